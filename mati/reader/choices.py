"""A list of coded answers in, its options out: choices, rankings, scales."""

from __future__ import annotations

import re
from dataclasses import replace

from mati.diagnostics import Code
from mati.model import Block, Option, Text
from mati.reader.attributes import flags, only, split
from mati.reader.brackets import CLOSING, RANGE, Bracket, Codes, shown
from mati.reader.drafts import Answers, Item
from mati.reader.images import image
from mati.reader.pieces import CODE, Piece, Reading
from mati.reader.slips import parted
from mati.reader.words import make_picture, make_text

__all__ = [
    "is_scale",
    "names_scale",
    "note_strays",
    "note_unknown_scale",
    "read_choices",
    "read_scale",
    "shared_options",
]

_FURTHER = re.compile(r"(?<=\s)[(\[][a-z0-9][a-z0-9_-]{0,19}[)\]]\s+\S")
"""A second answer behind the words of the first."""
_BEHIND_DASH = re.compile(r"(?<=\s-\s)[(\[][a-z0-9][a-z0-9_-]{0,19}[)\]]\s+\S")
_OTHER_JOINT = re.compile(r"\s+[-\u2010-\u2015/|~>]+\s+|\s*(?:\u2192|->|\.\.)\s*")
"""What people write between the ends of a scale in place of three dots."""
_COLONS = ":：៖"
_MOST_STEPS = 20
_SHORTEST_LINE = 3


def read_choices(reading: Reading, context: str, items: list[Item], block: Block) -> Answers:
    """Read a list of answers with codes, or one that names a scale declared for the project."""
    line = items[0].first.line
    _check_one_line(reading, items)
    codes = Codes(reading)
    codes.expect(item.bracket for item in items)
    several = block is Block.SEVERAL
    named = names_scale(items[0].bracket) if block is not Block.RANKING else None
    scale = shared_options(reading, named, codes) if named else None
    if named and scale is None and len(items) == 1:
        note_unknown_scale(reading, named)
        return Answers(block=block, line=line, broken=True)
    own = items if scale is None or named is None else _beside(reading, named, items[1:])
    options = (_read_option(reading, context, item, codes, several=several) for item in own)
    kept = (*(scale or ()), *(option for option in options if option))
    return Answers(block=block, line=line, options=kept, broken=not kept)


def _check_one_line(reading: Reading, items: list[Item]) -> None:
    """Say that an answer holds a second one; among others only where a dash parts the two."""
    further = _FURTHER if len(items) == 1 else _BEHIND_DASH
    for item in items:
        found = further.search(item.first.text, item.first.text.find(" ") + 1)
        if item.coded and found:
            place = item.first.cut(found.start())
            reading.note(Code.ANSWERS_ON_ONE_LINE, place, text=place.text[:60])
            return


def _beside(reading: Reading, scale: Piece, items: list[Item]) -> list[Item]:
    """Return the answers that may stand beside a declared scale: those outside the base."""
    apart = [item for item in items if "{na}" in "".join(piece.text for piece in item.lines)]
    note_strays(reading, scale, [item.first for item in items if item not in apart])
    return apart


def note_strays(reading: Reading, scale: Piece, strays: list[Piece]) -> None:
    """Say that beside a declared scale stand answers that belong into it."""
    if strays:
        text = strays[0].text.strip()[:60]
        reading.note(Code.SCALE_NOT_ALONE, strays[0], name=scale.text, text=text)


def names_scale(found: Bracket | None) -> Piece | None:
    """Return what could be the name of a declared scale: a code that is no number, no words."""
    if found is None or found.rest.text or not found.closing:
        return None
    inside = found.inside
    return inside if CODE.fullmatch(inside.text) and not inside.text.isdigit() else None


def shared_options(reading: Reading, name: Piece, codes: Codes) -> tuple[Option, ...] | None:
    """Return the answers of a declared scale as standing at ``name``; None without such a scale."""
    scale = reading.scales.get(name.text)
    if scale is None:
        return None
    codes.seen.update((option.code, name.line) for option in scale.options)
    return tuple(replace(option, span=reading.span(name)) for option in scale.options)


def note_unknown_scale(reading: Reading, name: Piece) -> None:
    """Say that no declared scale is called so."""
    offer, _ = reading.offer(name.text, reading.scales)
    reading.note(Code.UNKNOWN_SCALE, name, name=name.text, offer=offer)


def _read_option(
    reading: Reading, context: str, item: Item, codes: Codes, *, several: bool
) -> Option | None:
    found = item.bracket
    if found is None:
        _note_without_code(reading, item, codes)
        return None
    last = len(item.lines) - 1
    tail = item.lines[last] if last else found.rest
    words, properties = split(reading, tail)
    marks = flags(reading, properties, ("na", "only") if several else ("na",))
    words, write_in = _without_line(reading, words)
    lines = (found.rest, *item.lines[1:last], words) if last else (words,)
    face = image(lines[0].strip())
    if face:
        behind = (face.rest, *lines[1:])
        lines = tuple(piece for piece in behind if piece.text.strip()) or behind[:1]
    label = " ".join(piece.text for piece in lines).strip()
    code = codes.take(found, label or (face.words.text if face else ""))
    if not label and not face and code:
        reading.note(Code.ANSWER_WITHOUT_TEXT, found.inside, code=code)
    if not code:
        return None
    part = f"{context}.option.{code}"
    picture = make_picture(reading, f"{part}.alt", face, item.note) if face else None
    words_of_picture = picture.alt if picture else None
    return Option(
        code=code,
        label=make_text(reading, part, lines, item.note) if label else words_of_picture,
        span=reading.span(item.first),
        na="na" in marks,
        only="only" in marks,
        write_in=write_in,
        picture=replace(picture, alt=None) if picture and not label else picture,
    )


def _note_without_code(reading: Reading, item: Item, codes: Codes) -> None:
    text = item.first.text.strip()
    opening = codes.opening or "("
    code, words = parted(text)
    if not code:
        spare = "other" if text.endswith("___") else f"a{len(codes.names.taken) + 1}"
        code = codes.offer(text.partition(":")[0], spare)
    codes.names.taken.add(code)  # the next one is offered another
    offer = f"- {opening}{code}{CLOSING[opening]} {words[:60]}"
    reading.note(Code.ITEM_WITHOUT_CODE, item.first, text=text[:60], offer=offer)


def _without_line(reading: Reading, words: Piece) -> tuple[Piece, bool]:
    """Part "Other: ___" into its words and whether a line follows."""
    kept = words.text.rstrip()
    bare = kept.rstrip("_")
    signs = len(kept) - len(bare)
    if not signs or (bare and not bare[-1].isspace() and bare[-1] not in _COLONS):
        return words, False
    if signs < _SHORTEST_LINE:
        reading.note(Code.LINE_TOO_SHORT, words.cut(len(bare), len(kept)), text="_" * signs)
    return words.cut(0, len(bare.rstrip().rstrip(_COLONS).rstrip())), True


def is_scale(coded: list[Item]) -> bool:
    """Tell whether the first of the answers begins with a range of numbers: ``(0..10)``.

    Where it stands alone with two ends behind it, ``(1-7) Bad … Good`` is one as well.
    """
    first = coded[0]
    match = _scale_part(first)
    if match is None or match[4] != "-":
        return match is not None
    alone = all("{na}" in item.lines[-1].text for item in coded[1:])
    return alone and _joint(first.first.text) in first.first.text


def _scale_part(item: Item) -> re.Match[str] | None:
    return RANGE.fullmatch(item.bracket.inside.text) if item.bracket else None


def read_scale(reading: Reading, context: str, items: list[Item]) -> Answers:
    """Read numbers from a low end to a high end, and answers outside the base below them."""
    first = items[0]
    found = first.bracket
    match = _scale_part(first)
    if found is None or match is None:
        coded = next(item for item in items if _scale_part(item))
        reading.note(Code.SCALE_AND_ANSWERS, first.first, text=first.first.text[:60])
        return replace(read_scale(reading, context, [coded]), broken=True)
    Codes(reading).check_bracket(found)
    steps = _steps(reading, found.inside, match)
    if _in_two(reading, items, match):
        return Answers(block=Block.SCALE, line=first.first.line, broken=True)
    lines = (found.rest, *first.lines[1:])
    ends = _ends(reading, context, lines, match, shown(found), note=first.note)
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


def _in_two(reading: Reading, items: list[Item], match: re.Match[str]) -> bool:
    """Say that both ends of a scale stand on one line where the second has a line of its own."""
    bracket, rest = items[0].bracket, items[1:]
    alone = len(rest) == 1 and rest[0].bracket is None and len(items[0].lines) == 1
    if bracket is None or not alone or _joint(bracket.rest.text) in bracket.rest.text:
        return False
    low, high = _both(match)
    words = f"{bracket.rest.text.strip()[:40]} … {rest[0].first.text.strip()[:40]}"
    offer = f"- ({low}..{high}) {words}"
    reading.note(Code.SCALE_NEEDS_TWO_LABELS, bracket.rest.strip(), low=low, high=high, offer=offer)
    return True


def _steps(reading: Reading, inside: Piece, match: re.Match[str]) -> tuple[str, ...]:
    low, high = _both(match)
    if not (low.isdecimal() and high.isdecimal()):
        reading.note(Code.IMPOSSIBLE_SCALE, inside, text=inside.text, offer="")
        return ()
    least, most = sorted((int(low), int(high)))
    fits = least < most <= least + _MOST_STEPS
    dots = match[1] and inside.text.isascii()
    if not fits or not dots or int(low) != least:
        offer = f"({least}..{most})" if fits else ""
        reading.note(Code.IMPOSSIBLE_SCALE, inside, text=inside.text, offer=offer)
    return tuple(str(number) for number in range(least, most + 1)) if fits else ()


def _both(match: re.Match[str]) -> tuple[str, str]:
    """Return the low and the high end of a range as written."""
    return match[1] or match[3], match[2] or match[5]


def _ends(
    reading: Reading,
    context: str,
    lines: tuple[Piece, ...],
    match: re.Match[str],
    shown: Piece,
    *,
    note: str,
) -> tuple[Text | None, Text | None]:
    last, properties = split(reading, lines[-1])
    only(reading, properties, ())
    lines = (*lines[:-1], last)
    low, high = _parted(lines)
    if not (low and high):
        place = next((line.strip() for line in lines if line.text.strip()), shown)
        _note_ends(reading, place, match)
        return None, None
    return (
        make_text(reading, f"{context}.end.low", low, note),
        make_text(reading, f"{context}.end.high", high, note),
    )


def _note_ends(reading: Reading, place: Piece, match: re.Match[str]) -> None:
    """Say that a scale lacks a word for one end; offer the words that another sign parts."""
    ends = [part.strip() for part in _OTHER_JOINT.split(place.text) if part.strip()]
    words = " … ".join(ends) if len(ends) == len(_both(match)) else ""
    low, high = _both(match)
    offer = f"- ({low}..{high}) {words[:80]}" if words else ""
    reading.note(Code.SCALE_NEEDS_TWO_LABELS, place, low=low, high=high, offer=offer)


def _joint(text: str) -> str:
    return "…" if "…" in text else "..."


def _parted(lines: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return what stands before the three dots and behind them, line by line."""
    joint = _joint("".join(line.text for line in lines))
    for number, line in enumerate(lines):
        before, found, behind = line.text.partition(joint)
        if found:
            start = len(line.text) - len(behind.lstrip(".…"))
            low = (*lines[:number], line.cut(0, len(before)))
            high = (line.cut(start), *lines[number + 1 :])
            return _filled(low), _filled(high)
    return _filled(lines), ()


def _filled(lines: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(line.strip() for line in lines if line.text.strip())
