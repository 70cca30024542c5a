"""Lines that are nearly right in, what they were meant to be out: slips of hand and keyboard."""

from __future__ import annotations

import re

from mati.diagnostics import Code
from mati.model import plain_digits
from mati.reader.comments import Lines
from mati.reader.lines import has_line
from mati.reader.naming import short
from mati.reader.pieces import Piece, Reading

__all__ = [
    "answers_of_words",
    "drawn",
    "looks_like_answer",
    "meant_as_answers",
    "narrowed",
    "numbered",
    "parted",
    "short_line",
    "undashed",
]

_DASHES = "-*+\u2010\u2011\u2012\u2013\u2014\u2212\u2022\u00b7"
"""What people or their word processors put before an answer in place of ``- ``."""
_UNDASHED = re.compile(
    rf" {{0,3}}[{re.escape(_DASHES)}]{{0,3}}\s*(?=[(\[][^\s)\]]{{1,40}}[)\]]\s+\S)"
)
_LETTERED = re.compile(r" {0,3}([A-Za-z])[).]\s+(?=\S)")
_NUMBERED = re.compile(r" {0,3}([A-Za-z]|\d{1,9})[).]\s+(?=\S)")
_GLUED = re.compile(r"(_{3,})([A-Za-z]+)\s*$")
_AHEAD = re.compile(r"[*_]{0,2}[(\[{<]\s*([a-z0-9_-]{1,20})\s*[)\]}>][*_]{0,2}\s*[:.-]?\s*(\S.*)")
_NUMBER_AHEAD = re.compile(r"(\d{1,3})(?:\s*[=:.)\u2013-]\s*|\s+)(\S.*)")
_BEHIND = re.compile(r"(\S.*?)\s*[(\[{](\d{1,3}|[a-z0-9_-]{1,20})[)\]}]")
_DRAWN = re.compile(
    "\\s*([\u2022\u25a0-\u25ff\u2600-\u27bf\u2b1b\u2b1c\U0001f300-\U0001faff])\ufe0f?\\s*(?=\\S)"
)
"""Boxes, circles, ticks and faces (Unicode blocks Geometric Shapes to Symbols and Pictographs)."""
_ROW_OF_NUMBERS = re.compile(r"(\d{1,2})(?:[\s,|/-]+\d{1,2}){2,18}[\s,|/-]+(\d{1,2})")
_SHORTEST_ROW, _LONGEST_LABEL = 3, 40
_SHORT = re.compile(r" {0,3}_{1,2}(?=\s|$)")
_BARS = "\u00a6\u2502\u2223"
"""Signs that look like ``|``: a broken bar, one to draw boxes, one of mathematics."""
_DOTS = r"[.\u2026]{5,}|\u2026{2,}"
_WIDE = re.compile(rf"[\uff01-\uff5e{_BARS}]")
_LINE_OF_DOTS = re.compile(rf"^\s*(?:[-*+]\s+\S.*?[:\uff1a\u17d6]?\s*)?({_DOTS})(?=\s*(?:\{{|$))")
_STRUCTURE = re.compile(
    rf"^\s*(?:\uff03|\uff3f|[\uff5c{_BARS}]|\|.*[\uff5c{_BARS}]|(?:[-*+]|\d{{1,9}}[.)])\s+[\uff08\uff3b])"
    r"|^#{1,4}\s.*[\uff5b\uff5d]"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, _BARS), ord("|")
)


def meant_as_answers(texts: list[str], code: str) -> tuple[int, str]:
    """Return which line of a paragraph was meant as an answer, and how it is to be written.

    Paper forms have ``a) Yes``, boxes to tick, faces, ``1 2 3 4 5`` and ``Name: ____``. The second
    part is "" where nothing of that stands there. ``code`` is that of the best answer where the
    question would show answers of its own.
    """
    first = texts[0].strip()
    if len(texts) == 1:
        row = _ROW_OF_NUMBERS.fullmatch(first) if first[:1].isdigit() else None
        if row:
            return 0, f"({row[1]}..{row[2]}) … … …"
    else:
        letters, signs = list(map(_LETTERED.match, texts)), list(map(drawn, texts))
        if letters[0] and all(letters):
            words = texts[0][letters[0].end() :].strip()
            return 0, f"({code or letters[0][1].lower()}) {words[:60]}"
        if signs[0] and all(signs):
            words = texts[0][signs[0].end() :].strip()
            return 0, f"({code or short(words, 'a1', code=True)}) {words[:60]}"
    fields = [(at, text.strip()[:60]) for at, text in enumerate(texts) if has_line(text)]
    return fields[0] if fields else (0, "")


def answers_of_words(texts: list[str], code: str) -> str:
    """Return how the first of ``Good / Fair / Bad``, or of short lines, would be written.

    "" for a sentence. Where a question has no answers of its own that is said anyway.
    """
    parts = texts if len(texts) > 1 else re.split(r"[/|;]", texts[0])
    if len(parts) < _SHORTEST_ROW or not all(map(_is_label, parts)):
        return ""
    given, words = parted(parts[0])
    return f"({given or code}) {words[:60]}"


def looks_like_answer(text: str) -> bool:
    """Tell an answer as paper forms have it, by what is ahead of its words."""
    return bool(drawn(text) or _LETTERED.match(text) or _UNDASHED.match(text))


def _is_label(text: str) -> bool:
    """Tell a short line that is no sentence."""
    kept = text.strip()
    return len(kept) <= _LONGEST_LABEL and not kept.endswith(tuple(".,;:!?\u17d4"))


def parted(text: str) -> tuple[str, str]:
    """Return code and words of an answer as people write them: ``5 = Good``, ``Good (5)``.

    The code is "" where there is none.
    """
    for pattern, code, words in ((_AHEAD, 1, 2), (_NUMBER_AHEAD, 1, 2), (_BEHIND, 2, 1)):
        match = pattern.fullmatch(text.strip())
        if match:
            return plain_digits(match[code]), match[words].strip()
    return "", text.strip()


def drawn(text: str) -> re.Match[str] | None:
    """Find an answer with a box, a circle or a picture of a face in place of dash and code."""
    return _DRAWN.match(text)


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
    whole = "\n".join(lines.texts)
    if not (_WIDE.search(whole) or "....." in whole or "\u2026\u2026" in whole):
        return lines
    texts = list(lines.texts)
    for index, text in enumerate(texts):
        dots = _LINE_OF_DOTS.search(text)
        if dots:
            place = Piece(dots[1], lines.first + index, dots.start(1) + 1)
            reading.note(Code.LINE_TOO_SHORT, place, text=dots[1][:20])
            texts[index] = text[: dots.start(1)] + "_" * len(dots[1]) + text[dots.end(1) :]
        if not _STRUCTURE.search(text):
            continue
        wide = _WIDE.search(text)
        if wide is not None:
            place = Piece(wide[0], lines.first + index, wide.start() + 1)
            offer = wide[0].translate(_NARROW)
            reading.note(Code.WIDE_SIGN, place, text=wide[0], offer=offer)
            texts[index] = text.translate(_NARROW)
    return Lines(tuple(texts), lines.first, lines.gone, lines.words)
