"""Stretches of the author's lines that know their place, and the desk they are read at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from mati.diagnostics import Code, Notebook, Span

__all__ = ["CODE", "ID", "Piece", "PipeUse", "Reading", "spelling"]

ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LONGEST_NAME = 60


class Piece(NamedTuple):
    """A stretch of one line: ``column`` from 1 in code points."""

    text: str
    line: int
    column: int

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return the stretch from ``start`` to ``end``, as with slices of text."""
        return Piece(self.text[start:end], self.line, self.column + start)

    def strip(self) -> Piece:
        """Return the piece without the blanks around it."""
        kept = self.text.strip()
        if len(kept) == len(self.text):
            return self
        blanks = len(self.text) - len(self.text.lstrip()) if kept else 0
        return Piece(kept, self.line, self.column + blanks)


@dataclass(frozen=True, slots=True)
class PipeUse:
    """One ``{{ref|fallback}}`` as met while reading, to be judged when all names are known."""

    ref: Piece
    has_fallback: bool


@dataclass(slots=True)
class Reading:
    """What each part of the reader needs: the file, the survey's name, where to write mistakes."""

    path: str
    survey: str
    notes: Notebook
    pipes: list[PipeUse] = field(default_factory=list)

    def span(self, piece: Piece) -> Span:
        """Return where ``piece`` stands."""
        return Span(self.path, piece.line, piece.column, len(piece.text))

    def note(self, code: Code, piece: Piece, /, **values: object) -> None:
        """Write down a mistake at ``piece``."""
        self.notes.note(code, self.span(piece), severity=None, **values)


def spelling(text: str, fallback: str, *, code: bool = False) -> str:
    """Return the id (or ``code``) that ``text`` was most likely meant to be.

    Khmer, Lao and other digits become 0-9, capitals small letters, accents fall, everything
    else becomes ``_``; ``fallback`` where nothing is left.
    """
    kept = ""
    for char in unicodedata.normalize("NFKD", text[:_LONGEST_NAME]).lower():
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept += str(digit)
        elif char.isascii() and char.isalnum():
            kept += char
        elif not unicodedata.combining(char):
            kept += "_"
    words = [word for word in kept.split("_") if word]
    name = "_".join(words)[:40].strip("_")
    if not name:
        return fallback
    return name if code or name[0].isalpha() else f"q{name}"
