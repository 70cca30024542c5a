"""Lines with characters that nobody sees in, lines as they were meant out.

Signs of the dialect are read as if nothing unseen stood among them. In words such characters
stay: Khmer and Lao part their words with one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mati.diagnostics import Code
from mati.reader.comments import Lines
from mati.reader.pieces import Piece, Reading

__all__ = ["seen"]

_U = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_UNSEEN = re.compile(f"[{_U}]")
_TURNING = re.compile("[\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_B = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[{_B}]")
_BEFORE = re.compile(rf"([ {_B}]*)(?:#{{1,6}}|[-*+]|\d{{1,9}}[.)]|_{{3,}}|\|)([ {_B}]*)")
"""The blanks before and behind what begins a line."""
_SIGNS = re.compile(r"\s*(?:#{1,6}(?:\s|$)|[-*+]\s|\d{1,9}[.)]\s|\||_{3,}|---|\{(?!\{))")
_LEAD = re.compile(rf"[\s{_U}]*(?:#[#{_U}]*|-[-{_U}]*|[*+]|\d{{1,9}}[.)]|_[_{_U}]*|\|)?[{_U}]*")
_AHEAD = re.compile(rf"\s+[{_U}]+(?=[(\[])")
_CODES = re.compile(rf"[(\[][a-z0-9_.{_U}-]*[)\]]")
_BRACES = re.compile(r'(?<!\{)\{(?!\{)((?:[^{}"]|"[^"]*")*+)\}')
_LONGEST = 2_000
"""Longer lines are read as they are: looking for braces in them could take long."""


def seen(reading: Reading, lines: Lines) -> Lines:
    """Return ``lines`` without unseen characters among their signs; each line is told of once."""
    if all(map(str.isascii, lines.texts)):
        return lines
    texts = list(lines.texts)
    for index, text in enumerate(texts):
        if not text.isascii():
            texts[index] = _line(reading, text, lines.first + index)
    return Lines(tuple(texts), lines.first, lines.gone, lines.words)


def _line(reading: Reading, text: str, number: int) -> str:
    turning = _TURNING.search(text)
    kept = _without_unseen(reading, text, number) if _UNSEEN.search(text) else text
    if turning and kept == text:
        place = Piece(turning[0], number, turning.start() + 1)
        reading.note(Code.TURNING_CHARACTER, place, text=_name(turning[0]))
    return _plain_blanks(reading, kept, number) if _ODD.search(kept) else kept


def _name(char: str) -> str:
    return f"U+{ord(char):04X}"


def _without_unseen(reading: Reading, text: str, number: int) -> str:
    visible = _UNSEEN.sub("", text)
    if not visible.strip():
        return ""
    if len(text) > _LONGEST or not _SIGNS.match(visible):
        return text
    among = sorted({at for start, end in _stretches(text) for at in _found(text, start, end)})
    if not among:
        return text
    place = Piece(text[among[0]], number, among[0] + 1)
    reading.note(Code.UNSEEN_CHARACTER, place, text=_name(place.text))
    gone = frozenset(among)
    return "".join(char for at, char in enumerate(text) if at not in gone)


def _found(text: str, start: int, end: int) -> Iterator[int]:
    return (match.start() for match in _UNSEEN.finditer(text, start, end))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Go through where signs stand: what begins the line, codes in brackets, braces."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    yield 0, start
    first = _UNSEEN.sub("", text[:start]).strip()[:1]
    ahead = _AHEAD.match(text, start)
    if ahead:
        yield ahead.span()
    if first == "_":
        brace = text.find("{")
        yield start, brace if brace >= 0 else len(text)
    if first and first in "-*+|0123456789":
        yield from (match.span() for match in _CODES.finditer(text))
    for match in _BRACES.finditer(text):
        yield from _in_braces(match[1], match.start(1))


def _in_braces(inside: str, start: int) -> Iterator[tuple[int, int]]:
    """Go through the names and conditions in a pair of braces; other quoted words stay."""
    before = ""
    for number, part in enumerate(inside.split('"')):
        if number % 2 == 0 or before.endswith("if="):
            yield start, start + len(part)
        before, start = part, start + len(part) + 1


def _plain_blanks(reading: Reading, text: str, number: int) -> str:
    """Return ``text`` with plain blanks around what begins it."""
    match = _BEFORE.match(text)
    for group in (1, 2) if match else ():
        start, end = match.span(group) if match else (0, 0)
        odd = _ODD.search(text, start, end)
        if odd:
            place = Piece(odd[0], number, odd.start() + 1)
            reading.note(Code.ODD_BLANK, place, text=_name(odd[0]))
            kept = text[:start] + " " * (end - start) + text[end:]
            return kept if group > 1 else _plain_behind(kept)
    return text


def _plain_behind(text: str) -> str:
    match = _BEFORE.match(text)
    start, end = match.span(2) if match else (0, 0)
    return text[:start] + " " * (end - start) + text[end:]
