"""The beginning of an answer in, its bracket and a good code out: ``(5)``, ``[price]``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mati.diagnostics import Code
from mati.model import spelling
from mati.reader.naming import short
from mati.reader.pieces import CODE, Names, Piece, Reading

__all__ = ["CLOSING", "RANGE", "Bracket", "Codes", "bracket", "is_answer", "mostly", "shown"]

_LONGEST_CODE = 60
_MOST_NUMBERS = 1_000
CLOSING = {"(": ")", "[": "]"}
"""The bracket that closes each opening one."""
RANGE = re.compile(
    r"(\S{1,12}?)\s*\.\.+\s*(\S{1,12})|(\d{1,9})\s*([\u2026\u2025~\u301c\u2010-\u2015-]|\sto\s|\sដល់\s|\sຫາ\s|\sເຖິງ\s)\s*(\d{1,9})"
)
"""Two ends with dots between them, or two numbers with another sign that was meant for them."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """``(5)`` at the beginning of an entry: the code inside and what follows."""

    opening: str
    closing: str
    """"" when the bracket is never closed."""
    inside: Piece
    rest: Piece

    @property
    def is_code(self) -> bool:
        """Tell whether it closes and holds no blanks, but for those around a range's dots."""
        if not self.closing:
            return False
        blank = any(map(str.isspace, self.inside.text))
        return not blank or RANGE.fullmatch(self.inside.text) is not None


def bracket(piece: Piece) -> Bracket | None:
    """Return the bracket an entry begins with; None for other text, such as a link."""
    text = piece.text
    if not text or text[0] not in "([":
        return None
    end, other = text.find(")", 1, _LONGEST_CODE), text.find("]", 1, _LONGEST_CODE)
    end = other if end < 0 or 0 < other < end else end
    if end < 0:
        stop = text.find(" ", 1)
        stop = len(text) if stop < 0 else stop
        return Bracket(text[0], "", piece.cut(1, stop), piece.cut(stop).strip())
    if text[0] == "[" and text[end + 1 : end + 2] in ("(", "["):
        return None
    return Bracket(text[0], text[end], piece.cut(1, end).strip(), piece.cut(end + 1).strip())


def mostly(found: Iterable[Bracket | None]) -> str:
    """Return the opening bracket that most of ``found`` have, the first where they are even."""
    openings = "".join([each.opening for each in found if each])
    return max(dict.fromkeys(openings), key=openings.count, default="")


def is_answer(piece: Piece) -> bool:
    """Tell whether an entry begins with a code: brackets around something without blanks."""
    found = bracket(piece)
    return found is not None and found.is_code


@dataclass(slots=True)
class Codes:
    """The codes of one block: their spelling is mended, a second use is written down."""

    reading: Reading
    opening: str = ""
    seen: dict[str, int] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    def take(self, found: Bracket, words: str, letter: str = "a") -> str:
        """Return the code of an answer, whatever mistake its bracket holds."""
        self.check_bracket(found)
        inside = found.inside
        fallback = f"{letter}{len(self.seen) + 1}"
        if not inside.text:
            code = self._free(self.offer(words, fallback))
            offer = f"{found.opening}{code}{CLOSING[found.opening]}"
            self.reading.note(Code.NO_CODE, shown(found), text=words[:60], offer=offer)
        elif not CODE.fullmatch(inside.text):
            code = self._free(spelling(inside.text, fallback, code=True))
            offer = f"{found.opening}{code}{CLOSING[found.opening]}"
            self.reading.note(Code.BAD_CODE, inside, text=inside.text, offer=offer)
        else:
            code = inside.text
            if code in self.seen:
                self.reading.note(Code.CODE_TWICE, inside, code=code, first=self.seen[code])
                return ""
        self.seen[code] = inside.line
        self.names.taken.add(code)
        return code

    def expect(self, brackets: Iterable[Bracket | None]) -> None:
        """Keep their codes, so that none is made up for an answer above them, and their form."""
        found = [each for each in brackets if each]
        self.names.taken.update([f.inside.text for f in found if CODE.fullmatch(f.inside.text)])
        self.opening = mostly(found)

    def offer(self, words: str, fallback: str) -> str:
        """Return a code to write: the number that a row of numbers lacks, else one of the words."""
        taken = self.names.taken
        if len(taken) > 1 and all(code.isdigit() for code in taken):
            low, *_, high = sorted(map(int, taken))
            gaps = set(range(low, high)) - set(map(int, taken)) if high < _MOST_NUMBERS else set()
            return str(max(gaps, default=low - 1 if low > 1 else high + 1))
        return short(words, fallback, code=True)

    def _free(self, code: str) -> str:
        return self.names.free(code)

    def check_bracket(self, found: Bracket) -> None:
        """Find a bracket that does not close, or not as it or those above it opened."""
        place = shown(found)
        if not found.closing:
            self.reading.note(Code.UNCLOSED_BRACKET, place, text=place.text)
        elif found.closing != CLOSING[found.opening]:
            self.reading.note(Code.WRONG_BRACKET, place, text=place.text, code=found.inside.text)
        elif self.opening and found.opening != self.opening:
            offer = f"{self.opening}{found.inside.text}{CLOSING[self.opening]}"
            self.reading.note(Code.MIXED_BRACKETS, place, text=place.text, offer=offer)
        self.opening = self.opening or found.opening


def shown(found: Bracket) -> Piece:
    """Return the bracket as written."""
    inside = found.inside
    text = f"{found.opening}{inside.text}{found.closing}"
    return Piece(text, inside.line, max(1, inside.column - 1))
