"""Stretches of the author's lines that know their place, and the desk they are read at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mati.diagnostics import Code, Notebook, Span
from mati.model import CODE, LinkUse, Scale, Text
from mati.settings import close_to

__all__ = ["CODE", "ID", "Names", "Piece", "PipeUse", "Reading", "given_ids"]

ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?")


_new = tuple.__new__


class Piece(NamedTuple):
    """A stretch of one line: ``column`` from 1 in code points."""

    text: str
    line: int
    column: int

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return the stretch from ``start`` to ``end``, as with slices of text."""
        # Ten thousand are made in the time of a blink: past the class's own __new__.
        return _new(Piece, (self.text[start:end], self.line, self.column + start))

    def strip(self) -> Piece:
        """Return the piece without the blanks around it."""
        text = self.text
        kept = text.strip()
        if len(kept) == len(text):
            return self
        blanks = len(text) - len(text.lstrip()) if kept else 0
        return _new(Piece, (kept, self.line, self.column + blanks))


@dataclass(frozen=True, slots=True)
class PipeUse:
    """One ``{{ref|fallback}}`` as met while reading, to be judged when all names are known."""

    ref: Piece
    has_fallback: bool
    known: bool = False
    """The survey itself says what stands there."""


@dataclass(slots=True)
class Reading:
    """What each part of the reader needs: the file, the survey's name, where to write mistakes."""

    path: str
    survey: str
    notes: Notebook
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """Scales declared for the whole project, by name."""
    unsure: bool = False
    """The settings could not be read: any name may be one of theirs."""
    no_project: bool = False
    """There is no ``mati.yaml``."""
    facts: dict[str, Text | date | str] = field(default_factory=dict)
    """What pipes can stand for without anybody's answer: ``reward.code``, ``survey.title``."""
    pipes: list[PipeUse] = field(default_factory=list)
    braces: list[Piece] = field(default_factory=list)
    """What stands inside each pair of braces that holds properties."""
    grids: list[tuple[Piece, ...]] = field(default_factory=list)
    """The lines of each table that became a grid."""
    links: list[LinkUse] = field(default_factory=list)
    offers: int = 200
    """How many more suggestions are looked for: a file of ten thousand slips stays quick."""

    def span(self, piece: Piece) -> Span:
        """Return where ``piece`` stands."""
        return Span(self.path, piece.line, piece.column, len(piece.text))

    def offer(self, wrong: str, known: Iterable[str]) -> tuple[str, str]:
        """Return the name ``wrong`` was meant to be ("" for none) and the known ones, shown."""
        if not self.offers:
            return "", "…"
        self.offers -= 1
        names = tuple(known)
        return close_to(wrong, names), ", ".join(names[:12]) or "…"

    def note(self, code: Code, piece: Piece, /, **values: object) -> None:
        """Write down a mistake at ``piece``."""
        self.notes.note(code, self.span(piece), severity=None, **values)


@dataclass(slots=True)
class Names:
    """Names already taken, and a free one on demand, however many were asked for before."""

    taken: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def free(self, name: str) -> str:
        """Return ``name``, or ``name_2`` … where it is taken; from now on it is."""
        tried, number = name, self.counts.get(name, 2)
        while tried in self.taken:
            tried, number = f"{name}_{number}", number + 1
        self.counts[name] = number
        self.taken.add(tried)
        return tried


_GIVEN_ID = re.compile(r"[\s{*]#([a-z][a-z0-9_]*)")


def given_ids(lines: Iterable[str]) -> set[str]:
    """Return what looks like an id anywhere in ``lines``: no name that is made up may meet one."""
    return set(_GIVEN_ID.findall("\n".join(lines)))
