"""An answer block in, its options, fields or line out: lists, scales, ``___``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mati.diagnostics import Code
from mati.model import Block, Field, Input, Option, Row, Text
from mati.reader.attributes import NOTHING, Properties, identifier, split
from mati.reader.pieces import CODE, Names, Piece, Reading, spelling
from mati.reader.words import make_text

__all__ = [
    "Answers",
    "Bracket",
    "Codes",
    "Item",
    "bracket",
    "is_answer",
    "is_line",
    "read_lines",
    "read_list",
]

INPUTS = ("text", "email", "phone", "number", "date", "time", "url")
_LINE = re.compile(r"_{3,}")
_FIELD = re.compile(r"(?:^|(?<=[^_]))_{3,}(?!_)")
_SCALE = re.compile(r"\s*(\S{1,12}?)\s*\.\.+\s*(\S{1,12}?)\s*")
_RANGE = re.compile(r"(\d{1,9})\.\.(\d{1,9})")
_COLONS = ":：៖"
_LONG_FIELD = 10
_LONG_LINES = 3
_LONGEST_CODE = 60
_MOST_STEPS = 20
_SHORTEST_LINE = 3
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its lines, the marker gone, and the author's word to translators."""

    lines: tuple[Piece, ...]
    note: str = ""

    @property
    def first(self) -> Piece:
        """Return its first line."""
        return self.lines[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer block, ready to go into a question."""

    block: Block
    line: int
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    input: Input | None = None
    low_end: Text | None = None
    high_end: Text | None = None
    corner: Text | None = None
    several: bool = False
    damaged: bool = False
    """A mistake in it was written down: what the kind would find may only follow from it."""
    broken: bool = False
    """A mistake in it was written down that leaves its answers unknown."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """``(5)`` at the beginning of an entry: the code inside and what follows."""

    opening: str
    closing: str
    """"" when the bracket is never closed."""
    inside: Piece
    rest: Piece


def bracket(piece: Piece) -> Bracket | None:
    """Return the bracket an entry begins with; None for other text, such as a link."""
    text = piece.text
    if not text or text[0] not in "([":
        return None
    ends = [end for end in (text.find(c, 1, _LONGEST_CODE) for c in ")]") if end > 0]
    if not ends:
        stop = text.find(" ", 1)
        stop = len(text) if stop < 0 else stop
        return Bracket(text[0], "", piece.cut(1, stop), piece.cut(stop).strip())
    end = min(ends)
    if text[0] == "[" and text[end + 1 : end + 2] in ("(", "["):
        return None
    return Bracket(text[0], text[end], piece.cut(1, end).strip(), piece.cut(end + 1).strip())


def is_answer(piece: Piece) -> bool:
    """Tell whether an entry begins with a code: brackets around something without blanks."""
    found = bracket(piece)
    return bool(found and found.closing and not _has_blank(found.inside.text))


def is_line(text: str) -> bool:
    """Tell whether a line is one to write on: ``___``, perhaps with what it takes."""
    match = _LINE.match(text)
    return bool(match) and (match.end() == len(text) or text[match.end()].isspace())  # type: ignore[union-attr]


def _has_blank(text: str) -> bool:
    return any(char.isspace() for char in text)


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
            code = self._free(spelling(words, fallback, code=True))
            offer = f"{found.opening}{code}{_CLOSING[found.opening]}"
            self.reading.note(Code.NO_CODE, _shown(found), text=words[:60], offer=offer)
        elif not CODE.fullmatch(inside.text):
            code = self._free(spelling(inside.text, fallback, code=True))
            offer = f"{found.opening}{code}{_CLOSING[found.opening]}"
            self.reading.note(Code.BAD_CODE, inside, text=inside.text, offer=offer)
        else:
            code = inside.text
            if code in self.seen:
                self.reading.note(Code.CODE_TWICE, inside, code=code, first=self.seen[code])
                return ""
        self.seen[code] = inside.line
        self.names.taken.add(code)
        return code

    def _free(self, code: str) -> str:
        return self.names.free(code)

    def check_bracket(self, found: Bracket) -> None:
        """Find a bracket that does not close, or not as it or those above it opened."""
        place = _shown(found)
        if not found.closing:
            self.reading.note(Code.UNCLOSED_BRACKET, place, text=place.text)
        elif found.closing != _CLOSING[found.opening]:
            self.reading.note(Code.WRONG_BRACKET, place, text=place.text, code=found.inside.text)
        elif self.opening and found.opening != self.opening:
            self.reading.note(Code.MIXED_BRACKETS, place, text=place.text)
        self.opening = self.opening or found.opening


def _shown(found: Bracket) -> Piece:
    """Return the bracket as written."""
    inside = found.inside
    text = f"{found.opening}{inside.text}{found.closing}"
    return Piece(text, inside.line, max(1, inside.column - 1))


def read_list(
    reading: Reading, context: str, items: list[Item], *, ordered: bool
) -> Answers | None:
    """Read a list as an answer block; None when it is plain prose."""
    first = items[0].first
    coded = [item for item in items if is_answer(item.first)]
    if coded and not ordered and _scale_part(coded[0].first) is not None:
        return _read_scale(reading, context, items)
    if coded:
        found = bracket(coded[0].first)
        several = found is not None and found.opening == "["
        block = Block.RANKING if ordered else Block.SEVERAL if several else Block.ONE
        return _read_choices(reading, context, items, block)
    if not ordered and any(_FIELD.search(item.first.text) for item in items):
        fields = tuple(_read_fields(reading, context, items))
        return Answers(block=Block.FIELDS, line=first.line, fields=fields, broken=not fields)
    return None


def _read_choices(reading: Reading, context: str, items: list[Item], block: Block) -> Answers:
    line = items[0].first.line
    found = bracket(items[0].first)
    if len(items) == 1 and found and not found.rest.text and _is_scale_name(found.inside.text):
        reading.note(Code.SHARED_SCALE, found.inside, name=found.inside.text)
        return Answers(block=block, line=line, broken=True)
    codes = Codes(reading)
    several = block is Block.SEVERAL
    options = (_read_option(reading, context, item, codes, several=several) for item in items)
    kept = tuple(option for option in options if option)
    return Answers(block=block, line=line, options=kept, broken=not kept)


def _is_scale_name(text: str) -> bool:
    return CODE.fullmatch(text) is not None and not text.isdigit()


def _read_option(
    reading: Reading, context: str, item: Item, codes: Codes, *, several: bool
) -> Option | None:
    found = bracket(item.first)
    if found is None:
        _note_without_code(reading, item, codes)
        return None
    last = len(item.lines) - 1
    tail = item.lines[last] if last else found.rest
    words, properties = split(reading, tail)
    flags = _flags(reading, properties, ("na", "only") if several else ("na",))
    words, write_in = _without_line(words)
    lines = (found.rest, *item.lines[1:last], words) if last else (words,)
    shown = " ".join(piece.text for piece in lines).strip()
    code = codes.take(found, shown)
    if not shown and code:
        reading.note(Code.ANSWER_WITHOUT_TEXT, found.inside, code=code)
    if not code:
        return None
    return Option(
        code=code,
        label=make_text(reading, f"{context}.option.{code}", lines, item.note) if shown else None,
        span=reading.span(item.first),
        na="na" in flags,
        only="only" in flags,
        write_in=write_in,
    )


def _note_without_code(reading: Reading, item: Item, codes: Codes) -> None:
    text = item.first.text.strip()
    opening = codes.opening or "("
    code = spelling(text.partition(":")[0], f"a{len(codes.seen) + 1}", code=True)
    offer = f"- {opening}{code}{_CLOSING[opening]} {text[:60]}"
    reading.note(Code.ITEM_WITHOUT_CODE, item.first, text=text[:60], offer=offer)


def _flags(reading: Reading, properties: Properties, known: tuple[str, ...]) -> frozenset[str]:
    """Return which of ``known`` stand there; anything else has no meaning at an answer."""
    _only(reading, properties, known)
    return frozenset(properties.items) & frozenset(known)


def _only(reading: Reading, properties: Properties, known: tuple[str, ...]) -> None:
    if properties.id is not None and "#" not in known:
        _note_not_here(reading, properties.id, "#" + properties.id.text, known)
    for name, item in properties.items.items():
        if name not in known:
            _note_not_here(reading, item.name, item.name.text, known)


def _note_not_here(reading: Reading, place: Piece, name: str, known: tuple[str, ...]) -> None:
    offer, _ = reading.offer(name, known)
    if offer:
        reading.note(Code.UNKNOWN_PROPERTY, place, name=name, offer=offer)
    else:
        shown = ", ".join("#id" if word == "#" else word for word in known)
        reading.note(Code.PROPERTY_NOT_HERE, place, name=name, known=shown)


def _without_line(words: Piece) -> tuple[Piece, bool]:
    """Part "Other: ___" into its words and whether a line follows."""
    kept = words.text.rstrip()
    bare = kept.rstrip("_")
    if len(kept) - len(bare) < _SHORTEST_LINE or (
        bare and not bare[-1].isspace() and bare[-1] not in _COLONS
    ):
        return words, False
    return words.cut(0, len(bare.rstrip().rstrip(_COLONS).rstrip())), True


def _scale_part(piece: Piece) -> re.Match[str] | None:
    found = bracket(piece)
    return _SCALE.fullmatch(found.inside.text) if found and ".." in found.inside.text else None


def _read_scale(reading: Reading, context: str, items: list[Item]) -> Answers:
    first = items[0]
    found = bracket(first.first)
    match = _scale_part(first.first)
    if found is None or match is None:
        coded = next(item for item in items if _scale_part(item.first))
        reading.note(Code.SCALE_AND_ANSWERS, first.first, text=first.first.text[:60])
        return replace(_read_scale(reading, context, [coded]), broken=True)
    Codes(reading).check_bracket(found)
    steps = _steps(reading, found.inside, match)
    tail = Piece(
        " ".join(p.text.strip() for p in (found.rest, *first.lines[1:])),
        found.rest.line,
        found.rest.column,
    )
    ends = _ends(reading, context, tail, match, _shown(found), note=first.note)
    codes = Codes(reading, seen=dict.fromkeys(steps, first.first.line))
    options = [Option(code=code, label=None, span=reading.span(first.first)) for code in steps]
    for item in items[1:]:
        option = _read_option(reading, context, item, codes, several=False)
        if option and not option.na:
            reading.note(Code.SCALE_AND_ANSWERS, item.first, text=item.first.text[:60])
        elif option:
            options.append(option)
    return Answers(
        block=Block.SCALE,
        line=first.first.line,
        options=tuple(options),
        low_end=ends[0],
        high_end=ends[1],
        broken=not steps or ends[0] is None,
    )


def _steps(reading: Reading, inside: Piece, match: re.Match[str]) -> tuple[str, ...]:
    low, high = match[1], match[2]
    if not (low.isascii() and low.isdigit() and high.isascii() and high.isdigit()):
        if low.isdecimal() and high.isdecimal():
            offer = f"({int(low)}..{int(high)})"
            reading.note(Code.BAD_CODE, inside, text=inside.text, offer=offer)
        else:
            reading.note(Code.IMPOSSIBLE_SCALE, inside, text=inside.text)
        return ()
    if not int(low) < int(high) <= int(low) + _MOST_STEPS:
        reading.note(Code.IMPOSSIBLE_SCALE, inside, text=inside.text)
        return ()
    return tuple(str(number) for number in range(int(low), int(high) + 1))


def _ends(
    reading: Reading, context: str, tail: Piece, match: re.Match[str], shown: Piece, *, note: str
) -> tuple[Text | None, Text | None]:
    words, properties = split(reading, tail)
    _only(reading, properties, ())
    joint = "…" if "…" in words.text else "..."
    low, found, high = words.text.partition(joint)
    high = high.lstrip(".…")
    if not (low.strip() and found and high.strip()):
        place = words if words.text else shown
        reading.note(Code.SCALE_NEEDS_TWO_LABELS, place, low=match[1], high=match[2])
        return None, None
    start = len(words.text) - len(high)
    return (
        make_text(reading, f"{context}.end.low", words.cut(0, len(low)).strip(), note),
        make_text(reading, f"{context}.end.high", words.cut(start).strip(), note),
    )


def _read_fields(reading: Reading, context: str, items: list[Item]) -> Iterator[Field]:
    seen: dict[str, int] = {}
    for item in items:
        match = _FIELD.search(item.first.text)
        if match is None:
            words, properties = split(reading, item.first)
            named = f" {{#{properties.id.text}}}" if properties.id else ""
            better = f"{words.text[:60].rstrip(_COLONS + ' ')}: ___{named}"
            place = item.first
            reading.note(Code.FIELD_WITHOUT_LINE, place, text=words.text[:60], better=better)
            continue
        found = _read_field(reading, context, item, match, len(seen) + 1)
        if found is None:
            continue
        if found.id in seen:
            reading.note(Code.ID_TWICE, item.first, id=found.id, first=seen[found.id])
            continue
        seen[found.id] = item.first.line
        yield found


def _read_field(
    reading: Reading, context: str, item: Item, match: re.Match[str], number: int
) -> Field | None:
    words = item.first.cut(0, match.start()).strip()
    words = words.cut(0, len(words.text.rstrip(_COLONS + " "))).strip()
    tail, properties = split(reading, item.first.cut(match.end()))
    if not words.text:
        reading.note(Code.ANSWER_WITHOUT_TEXT, item.first, code="___")
        return None
    _only(reading, properties, ("#", "required", "placeholder", "autocomplete"))
    taken = _read_input(reading, tail)
    if len(match[0]) >= _LONG_FIELD:
        taken = replace(taken, lines=_LONG_LINES)
    if properties.id is None:
        name = spelling(words.text, f"f{number}")
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
        autocomplete=properties.value("autocomplete") or "",
        required="required" in properties.items,
    )


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
        place = piece.cut(0, len(word))
        reading.note(Code.UNKNOWN_INPUT, place, text=word, offer=offer, known=known)
        return Input()
    if not rest.strip():
        return Input(kind=kind)
    match = _RANGE.fullmatch(limits.text)
    good = match is not None and match[0].isascii() and int(match[1]) <= int(match[2])
    if match is None or not good or kind != "number":
        reading.note(Code.BAD_RANGE, limits, text=limits.text[:40])
        return Input(kind=kind)
    return Input(kind=kind, low=int(match[1]), high=int(match[2]))


def read_lines(reading: Reading, lines: list[Piece]) -> tuple[Answers, Properties]:
    """Read ``___`` on one or more lines; properties at the end of the first are handed back."""
    first = lines[0].strip()
    match = _LINE.match(first.text)
    start = match.end() if match else 0
    tail, properties = split(reading, first.cut(start))
    taken = _read_input(reading, tail)
    for line in lines[1:]:
        rest = line.strip().text.strip("_").strip()
        if rest:
            reading.note(Code.UNKNOWN_INPUT, line.strip(), text=rest[:40], offer="", known="___")
    found = replace(taken, lines=len(lines))
    return Answers(block=Block.LINES, line=first.line, input=found), properties or NOTHING
