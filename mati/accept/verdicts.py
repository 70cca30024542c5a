"""An accepted submission and what its id stored before in, what becomes of it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, unique

from mati.accept.reasons import Reason, Refused
from mati.accept.submission import Accepted

__all__ = ["Earlier", "Outcome", "verdict"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is stored already under the same ``mati_id``."""

    survey: str
    digest: bytes


@unique
class Outcome(Enum):
    """What became of an accepted submission; every one of them is answered the same way."""

    KEPT = "kept"
    AGAIN = "again"
    """The same id with the same bytes: stored before, nothing new."""
    REVISED = "revised"
    """The same id with other bytes: both kept, the later one counts."""


def verdict(entry: Accepted, earlier: Iterable[Earlier], count: int) -> Outcome | Refused:
    """Return what becomes of ``entry``, given what its id stored before and how many counted.

    What is stored already is confirmed even after the survey closed: a retry whose first
    reply got lost must not read "closed".
    """
    known = tuple(earlier) if entry.id else ()
    if any(one.survey != entry.survey for one in known):
        return Refused(reason=Reason.OTHER_SURVEY, language=entry.language)
    if any(one.digest == entry.digest for one in known):
        return Outcome.AGAIN
    if entry.closed is not None:
        return Refused(reason=entry.closed, language=entry.language)
    if known:
        return Outcome.REVISED
    if entry.most is not None and count >= entry.most:
        return Refused(reason=Reason.CLOSED, language=entry.language)
    return Outcome.KEPT
