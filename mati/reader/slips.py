"""Lines that are nearly right in, what they were meant to be out: slips of hand and keyboard."""

from __future__ import annotations

import re

from mati.diagnostics import Code
from mati.reader.comments import Lines
from mati.reader.pieces import Piece, Reading

__all__ = ["lettered", "narrowed", "numbered", "short_line", "undashed"]

_DASHES = "-*+\u2010\u2011\u2012\u2013\u2014\u2212\u2022\u00b7"
"""What people or their word processors put before an answer in place of ``- ``."""
_UNDASHED = re.compile(
    rf" {{0,3}}[{re.escape(_DASHES)}]{{0,3}}\s*(?=[(\[][^\s)\]]{{1,40}}[)\]]\s+\S)"
)
_LETTERED = re.compile(r" {0,3}([A-Za-z])[).]\s+(?=\S)")
_NUMBERED = re.compile(r" {0,3}([A-Za-z]|\d{1,9})[).]\s+(?=\S)")
_GLUED = re.compile(r"(_{3,})([A-Za-z]+)\s*$")
_SHORT = re.compile(r" {0,3}_{1,2}(?=\s|$)")
_BARS = "\u00a6\u2502\u2223"
"""Signs that look like ``|``: a broken bar, one to draw boxes, one of mathematics."""
_WIDE = re.compile(rf"[\uff01-\uff5e{_BARS}]")
_STRUCTURE = re.compile(
    rf"^\s*(?:\uff03|\uff3f|[\uff5c{_BARS}]|\|.*[\uff5c{_BARS}]|(?:[-*+]|\d{{1,9}}[.)])\s+[\uff08\uff3b])"
    r"|^#{1,4}\s.*[\uff5b\uff5d]"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, _BARS), ord("|")
)


def lettered(text: str) -> re.Match[str] | None:
    """Find an answer as paper forms have it: ``a) Yes``."""
    return _LETTERED.match(text)


def numbered(text: str) -> re.Match[str] | None:
    """Find an answer with a number or a letter in place of dash and code: ``3. Fair``."""
    return _NUMBERED.match(text)


def undashed(text: str) -> re.Match[str] | None:
    """Find an answer whose dash is missing, stands too close, or is another sign."""
    return _UNDASHED.match(text)


def short_line(reading: Reading, piece: Piece) -> bool:
    """Tell whether a line is one to write on, but for the third ``_``; if so, say it."""
    place = piece.strip()
    glued = _GLUED.match(place.text)
    if glued:
        offer = f"{glued[1]} {glued[2]}"
        reading.note(Code.UNKNOWN_INPUT, place, text=place.text[:40], offer=offer[:40], known="")
        return True
    if not _SHORT.match(piece.text):
        return False
    end = len(place.text) - len(place.text.lstrip("_ "))
    reading.note(Code.LINE_TOO_SHORT, place.cut(0, end), text=place.text[:end].strip())
    return True


def narrowed(reading: Reading, lines: Lines) -> Lines:
    """Return ``lines`` with wide signs of East Asian keyboards and false bars as what they mean.

    Only where they stand in the place of a sign of the dialect; each such line is written down
    once. Columns stay.
    """
    if not any(map(_WIDE.search, lines.texts)):
        return lines
    texts = list(lines.texts)
    for index, text in enumerate(texts):
        if not _STRUCTURE.search(text):
            continue
        wide = _WIDE.search(text)
        if wide is not None:
            place = Piece(wide[0], lines.first + index, wide.start() + 1)
            offer = wide[0].translate(_NARROW)
            reading.note(Code.WIDE_SIGN, place, text=wide[0], offer=offer)
            texts[index] = text.translate(_NARROW)
    return Lines(tuple(texts), lines.first, lines.gone, lines.words)
