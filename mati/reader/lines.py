"""Lines to write on in, what they take out: ``___``, ``- Name: ___``, kinds of input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mati.diagnostics import Code
from mati.model import FIELDS, Block, Field, Input, autofills, plain_digits
from mati.reader.attributes import NOTHING, Properties, identifier, only, split
from mati.reader.drafts import Answers, Item
from mati.reader.naming import short
from mati.reader.pieces import Names, Piece, Reading, given_ids
from mati.reader.words import make_text

__all__ = ["has_line", "is_line", "read_autofill", "read_fields", "read_lines"]

INPUTS = ("text", "email", "phone", "number", "date", "time", "url")
_LINE = re.compile(r"_{3,}")
_FIELD = re.compile(r"(?:^|(?<=[^_]))_{3,}(?!_)")
_RANGE = re.compile(r"(-?\d{1,9})\.\.(-?\d{1,9})")
_NUMBERS = re.compile(
    r"\(?(-?\d{1,9})(?:\s*(?:\.+|[\u2026\u2025~\u2010-\u2015,;/-])\s*| \w{1,5} )(-?\d{1,9})\)?"
)
"""Two numbers with whatever people write between them."""
_MEANT = {
    "tel": "phone", "telephone": "phone", "mobile": "phone", "mail": "email", "e-mail": "email",
    "link": "url", "website": "url", "web": "url", "day": "date", "clock": "time", "hour": "time",
    "int": "number", "integer": "number", "numbers": "number", "age": "number",
    "string": "text", "textarea": "text", "long": "text", "short": "text", "words": "text",
}  # fmt: skip
_COLONS = ":：៖"
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_LONG_FIELD = 10
_LONG_LINES = 3


def is_line(text: str) -> bool:
    """Tell whether a line is one to write on: ``___``, perhaps with what it takes."""
    match = _LINE.match(text)
    return bool(match) and (match.end() == len(text) or text[match.end()].isspace())  # type: ignore[union-attr]


def has_line(text: str) -> bool:
    """Tell whether an entry holds a line to write on behind its words."""
    return "___" in text and _FIELD.search(text) is not None


def read_fields(reading: Reading, context: str, items: list[Item]) -> Iterator[Field]:
    """Read a list of small lines; what is wrong with one does not hide the others."""
    seen: dict[str, int] = {}
    names = Names(given_ids(item.first.text for item in items))
    for item in items:
        match = _FIELD.search(item.first.text)
        if match is None:
            words, properties = split(reading, item.first)
            words = words.cut(0, len(_BRACKETED.sub("", words.text)))
            named = f" {{#{properties.id.text}}}" if properties.id else ""
            better = f"{words.text[:60].rstrip(_COLONS + ' ')}: ___{named}"
            place = item.first
            reading.note(Code.FIELD_WITHOUT_LINE, place, text=words.text[:60], better=better)
            continue
        found = _read_field(reading, context, item, match, number=len(seen) + 1, names=names)
        if found is None:
            continue
        if found.id in seen:
            reading.note(Code.ID_TWICE, item.first, id=found.id, first=seen[found.id])
            continue
        seen[found.id] = item.first.line
        yield found


def _read_field(
    reading: Reading,
    context: str,
    item: Item,
    match: re.Match[str],
    *,
    number: int,
    names: Names,
) -> Field | None:
    words = item.first.cut(0, match.start()).strip()
    words = words.cut(0, len(words.text.rstrip(_COLONS + " "))).strip()
    tail, properties = split(reading, _alone(reading, item.first, match))
    if properties.id is None and "{#" in item.first.text:
        words, tail, properties = _misplaced(reading, item.first, match)
    if not words.text:
        reading.note(Code.ANSWER_WITHOUT_TEXT, item.first, code="___")
        return None
    only(reading, properties, ("#", "required", "placeholder", "autocomplete"))
    taken = _read_input(reading, tail)
    if len(match[0]) >= _LONG_FIELD:
        taken = replace(taken, lines=_LONG_LINES)
    if properties.id is None:
        name = names.free(short(words.text, f"f{number}"))
        reading.note(Code.NO_ID, words, text=words.text[:60], offer=name)
    else:
        name = identifier(reading, properties.id, f"f{number}", wire=False)
    part = f"{context}.field.{name}"
    hint = properties.items.get("placeholder")
    return Field(
        id=name,
        label=make_text(reading, part, words, item.note),
        input=taken,
        span=reading.span(item.first),
        placeholder=make_text(reading, f"{part}.placeholder", hint.value, rich=False)
        if hint and hint.value.text.strip()
        else None,
        autocomplete=read_autofill(reading, properties),
        required="required" in properties.items,
    )


def _alone(reading: Reading, piece: Piece, match: re.Match[str]) -> Piece:
    """Return what stands behind the line of a field; a second field there is said, not read."""
    second = _FIELD.search(piece.text, match.end())
    if second is None:
        return piece.cut(match.end())
    brace = piece.text.find("}", match.end(), second.start())
    end = brace + 1 if brace > 0 else match.end()
    place = piece.cut(end).strip()
    reading.note(Code.ANSWERS_ON_ONE_LINE, place, text=place.text[:60])
    return piece.cut(match.end(), end)


def _misplaced(
    reading: Reading, piece: Piece, match: re.Match[str]
) -> tuple[Piece, Piece, Properties]:
    """Return words, input and properties of a field whose braces are not its end; say so."""
    start = piece.text.index("{#")
    end = piece.text.find("}", start) + 1 or len(piece.text)
    before = start < match.start()
    words = piece.cut(end, match.start()) if before else piece.cut(0, match.start())
    words = words.strip()
    words = words.cut(0, len(words.text.rstrip(_COLONS + " "))).strip()
    rest = piece.cut(match.end()) if before else piece.cut(match.end(), start)
    star = " *" if piece.text.rstrip().endswith("*") else ""
    inside = piece.text[start + 1 : end].rstrip("}") + star
    kind = f" {rest.text.strip()}" if rest.text.strip(" *") else ""
    better = f"- {words.text[:60]}: ___{kind} {{{inside}}}"
    place = piece.cut(start)
    reading.note(Code.BRACES_NOT_LAST, place, text=place.text[:60], better=better)
    return words, rest.strip(), split(reading, piece.cut(start, end))[1]


def read_autofill(reading: Reading, properties: Properties) -> str:
    """Return what browsers may fill in on a line; "" where none of them knows what is meant."""
    item = properties.items.get("autocomplete")
    if item is None:
        return ""
    value = item.value.text.strip()
    if autofills(value):
        return value.lower()
    offer = reading.offer(value, FIELDS)[0]
    place = item.value if value else item.name
    known = "name, email, tel, organization, street-address, bday, off"
    reading.note(Code.UNKNOWN_AUTOCOMPLETE, place, text=value[:40], offer=offer, known=known)
    return ""


def _read_input(reading: Reading, piece: Piece) -> Input:
    """Read what stands behind ``___``: a kind of input, perhaps a range."""
    piece = piece.strip()
    if not piece.text:
        return Input()
    word, _, rest = piece.text.partition(" ")
    limits = piece.cut(len(word)).strip()
    kind = word.lower()
    if kind not in INPUTS:
        offer, known = reading.offer(kind, INPUTS)
        offer = _MEANT.get(kind, offer)
        place = piece.cut(0, len(word))
        reading.note(Code.UNKNOWN_INPUT, place, text=word, offer=offer, known=known)
        return Input()
    if not rest.strip():
        return Input(kind=kind)
    match = _RANGE.fullmatch(limits.text)
    if kind != "number":
        reading.note(Code.RANGE_NOT_HERE, limits, text=limits.text[:40], kind=kind)
        return Input(kind=kind)
    if match is None or not match[0].isascii() or int(match[1]) > int(match[2]):
        both = _NUMBERS.fullmatch(plain_digits(limits.text))
        low, high = sorted((int(both[1]), int(both[2]))) if both else (0, 0)
        offer = f"___ number {low}..{high}" if both else ""
        reading.note(Code.BAD_RANGE, limits, text=limits.text[:40], offer=offer)
        return Input(kind=kind)
    return Input(kind=kind, low=int(match[1]), high=int(match[2]))


def read_lines(reading: Reading, lines: list[Piece]) -> tuple[Answers, Properties]:
    """Read ``___`` on one or more lines; properties at the end of the first are handed back."""
    first = lines[0].strip()
    start = len(first.text) - len(first.text.lstrip("_ "))
    tail, properties = split(reading, first.cut(start))
    taken = _read_input(reading, tail)
    for line in lines[1:]:
        rest = line.strip().text.strip("_").strip()
        if rest:
            reading.note(Code.UNKNOWN_INPUT, line.strip(), text=rest[:40], offer="", known="___")
    found = replace(taken, lines=len(lines)) if len(lines) > 1 else taken
    return Answers(block=Block.LINES, line=first.line, input=found), properties or NOTHING
