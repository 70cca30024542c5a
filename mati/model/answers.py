"""Submissions and responses: one person's answers, first as received, then as understood."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RawRow", "Response"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One submission as a service hands it out, with our wire names already undone.

    ``key`` tells this submission from every other at this service for ever; ``at`` is UTC in
    ISO 8601 (``2026-11-22T02:47:00Z``); ``pairs`` are (wire name, value) in the order sent,
    repeated names allowed, ``mati_…`` fields included.
    """

    key: str
    at: str
    pairs: tuple[tuple[str, str], ...]
    suspect: str = ""
    """Why the service thinks this may not be a person's answer; "" for nothing."""
    where: str = ""
    """File and line or URL, for messages."""
    sample: bool = False
    """Made up to show what a report looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One submission as it is kept at home: declared columns, and everything else apart.

    ``answers`` maps column -> values (several for a multiple choice); ``private`` the same for
    private questions, split off on arrival; ``stale`` answers to parts that were skipped;
    ``unknown`` names or codes the survey does not declare. Nothing received is in none of
    them. ``odd`` names answers that are kept although they do not fit: a number out of its
    range, an address that is none, more picks than asked for.
    """

    key: str
    id: str
    """``mati_id``, "" when the page had no script."""
    survey: str
    version: str
    language: str
    channel: str
    at: str
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    private: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    stale: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    odd: tuple[str, ...] = ()
    suspect: str = ""
    sample: bool = False
    asked: tuple[str, ...] = ()
    """Wire names (write-ins left out) the respondent was shown, judged when the row came in."""
    late: bool = False
    """Came after the survey closed: kept and counted apart, out of the report."""
    other_version: bool = False
    """Given to another version of the survey than the one that read it."""
    revises: str = ""
    """Key of the earlier response with the same id that this one takes the place of."""
    revised: bool = False
    """A later response takes its place; known only when the file is read as a whole."""
    mark: str = ""
    """Keyed digest of all that was sent: tells a revision from a repetition."""
