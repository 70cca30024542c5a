"""YAML text in, a small tree out in which every value knows its place; scalars stay text.

PyYAML composes the nodes with its base loader, so ``no`` stays "no" and ``07`` stays "07".
The input is bounded first: a composer calls itself for each level of nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

import yaml

from mati.diagnostics import Code, Notebook, Span
from mati.settings.parts import PARTS

__all__ = ["Listed", "Mapped", "Node", "Scalar", "close_to", "compose"]

_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_AT = "\ufdd5"
"""Stands for @ while YAML reads, which has no use for it and refuses values that begin with it."""
_LONGEST = 20_000
_LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as the author wrote it, without its quotes."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listed:
    """Values one after another."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """Values by key; of a key that stands twice the first counts."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    by_key: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))


Node = Scalar | Listed | Mapped


def close_to(wrong: str, known: tuple[str, ...]) -> str:
    """Return the name in ``known`` that ``wrong`` was most likely meant to be, "" for none."""
    found = get_close_matches(wrong[:40].lower().replace("-", "_"), known, n=1, cutoff=0.6)
    return found[0] if found else ""


class _Places:
    """Turns positions in YAML text into spans of the file it stands in."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path, self.first = path, first_line
        self.starts = [0]
        # Only the line feed counts: YAML takes U+2028 for a line end, the file does not.
        for line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.end = len(text)

    def at(self, index: int, length: int = 0) -> Span:
        """Return the span that begins ``index`` code points into the text."""
        index = max(0, min(index, self.end))
        low, high = 0, len(self.starts) - 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= index else (low, middle)
        column = index - self.starts[low] + 1
        return Span(self.path, self.first + low, column, length)


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ODD_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_KEY = re.compile(
    r"(?P<before>[^\w\n#\"'\[{:-]*)(?P<key>[A-Za-z_][\w\u00ad\u200b-\u200f\u2060\ufeff]*)"
    r"(?P<colon>[:\uff1a])(?P<behind>[^\S\n]*)"
)


def compose(text: str, path: str, first_line: int, notes: Notebook) -> Mapped | None:
    """Read YAML ``text`` that begins on ``first_line`` of ``path``.

    Returns None when it is blank or cannot be read; why not is written down.
    """
    places = _Places(path, text, first_line)
    if len(text) > _LONGEST or any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        notes.note(Code.SETTINGS_TOO_LONG, places.at(0))
        return None
    if _note_tab(text, places, notes):
        return None
    plain = text if text.isascii() else _plain(text, places, notes)
    if plain is None:
        return None
    root = _compose(plain, places, notes)
    if isinstance(root, yaml.MappingNode):
        return _mapped(root, places, notes, 0)
    if root is not None:
        _note_no_setting(text, places, root.start_mark.index, notes)
    return None


def _compose(text: str, places: _Places, notes: Notebook) -> yaml.Node | None:
    try:
        return yaml.compose(text.replace("@", _AT), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        opened = _never_closed(error)
        mark = error.problem_mark or error.context_mark
        if opened is None or _cut_short(text, mark.index if mark else 0) is not None:
            _note_unreadable(text, places, mark.index if mark else 0, notes)
        else:
            rest = text[opened:].split("\n", 1)[0].rstrip()
            notes.note(Code.SETTINGS_UNREADABLE, places.at(opened, len(rest)), text=rest, offer="")
    except (yaml.YAMLError, RecursionError) as error:
        _note_unreadable(text, places, getattr(error, "position", 0) or 0, notes)
    return None


def _never_closed(error: yaml.MarkedYAMLError) -> int | None:
    """Return where the quote or bracket stands whose other half YAML sought in the lines below."""
    opened, stopped = error.context_mark, error.problem_mark
    if opened is None or stopped is None or opened.line == stopped.line:
        return None
    quote = error.context == "while scanning a quoted scalar"
    bracket = str(error.context).startswith("while parsing a flow") and stopped.column == 0
    return opened.index if quote or bracket else None


def _note_tab(text: str, places: _Places, notes: Notebook) -> bool:
    for line, start in zip(text.split("\n"), places.starts, strict=False):
        blanks = len(line) - len(line.lstrip(" \t"))
        if "\t" in line[:blanks] and blanks < len(line):
            notes.note(Code.SETTINGS_TAB, places.at(start + line.index("\t"), 1))
            return True
    return False


def _plain(text: str, places: _Places, notes: Notebook) -> str | None:
    """Return ``text`` with plain blanks around its keys; None where other signs are in the way."""
    lines, readable = text.split("\n"), True
    for number, line in enumerate(lines):
        match, start = _KEY.match(line), places.starts[number]
        if match is None:
            continue
        unseen = _UNSEEN.search(match[0])
        if unseen:
            place = places.at(start + unseen.start(), 1)
            notes.note(Code.UNSEEN_CHARACTER, place, text=f"U+{ord(unseen[0]):04X}")
        elif match["colon"] != ":":
            place = places.at(start + match.start("colon"), 1)
            notes.note(Code.WIDE_SIGN, place, text=match["colon"], offer=":")
        readable = readable and not unseen and match["colon"] == ":"
        odd = _ODD_BLANK.search(match[0])
        if odd:
            place = places.at(start + odd.start(), 1)
            notes.note(Code.ODD_BLANK, place, text=f"U+{ord(odd[0]):04X}")
            lines[number] = _ODD_BLANK.sub(" ", match[0]) + line[match.end() :]
    return "\n".join(lines) if readable else None


def _line_at(text: str, index: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, max(0, min(index, len(text)))) + 1
    return start, text[start:].split("\n", 1)[0]


def _note_no_setting(text: str, places: _Places, index: int, notes: Notebook) -> None:
    start, line = _line_at(text, index)
    shown = line.strip()
    khmer = _KHMER_COLON.match(line)
    if khmer:
        place = places.at(start + khmer.start(1), 1)
        notes.note(Code.WIDE_SIGN, place, text=khmer[1], offer=":")
        return
    place = places.at(start + len(line) - len(line.lstrip()), len(shown))
    match = _UNSPACED.fullmatch(shown) or _EQUALS.fullmatch(shown)
    offer = f"{match[2]}: {match[3].strip()}" if match else ""
    remark = _NO_SETTING.match(shown)
    if remark:
        rest = shown[remark.end() :].removesuffix("-->").strip()
        offer = rest if remark[0].strip() == "-" else f"# {rest}"
    notes.note(Code.NOT_A_SETTING, place, text=shown, offer=offer)


def _note_unreadable(text: str, places: _Places, index: int, notes: Notebook) -> None:
    """Say where YAML gave up; a line without a colon is the most usual reason."""
    first, line = _line_at(text, min(index, len(text.rstrip())))
    if _note_slip(text, places, first, notes):
        return
    for start, candidate in (_line_at(text, max(first - 1, 0)), (first, line)):
        words = candidate.strip()
        plain = words and not words.startswith(("-", "#", "}", "]", '"', "'"))
        if plain and ":" not in words and not any(c in words for c in "{}[]\"'&*!|>%@`"):
            _note_no_setting(text, places, start, notes)
            return
    opened = _cut_short(text, first)
    if opened is not None:
        first, line = _line_at(text, opened)
        index = opened
    if not line.strip() and first:
        first, line = _line_at(text, len(text[:first].rstrip()))
    index = min(max(index, first), first + len(line))
    rest = text[index : first + len(line)].strip()
    place = places.at(index if rest else first, len(rest) or len(line))
    notes.note(Code.SETTINGS_UNREADABLE, place, text=rest or line.strip(), offer="")


def _note_slip(text: str, places: _Places, first: int, notes: Notebook) -> bool:
    """Say which sign or blank lacks, or is too many, around the line at ``first``."""
    above = [line for line in text[:first].split("\n") if line.strip()]
    line = _line_at(text, first)[1]
    for candidate in above:
        if _NO_SETTING.match(candidate) or _KHMER_COLON.match(candidate):
            _note_no_setting(text, places, text.find(candidate), notes)
            return True
    twice = _COLON_INSIDE.fullmatch(line.rstrip())
    if twice:
        place = places.at(first + twice.start(2), len(line.strip()))
        offer = f'{twice[2]}: "{twice[3]}"'
        notes.note(Code.SETTINGS_UNREADABLE, place, text=line.strip(), offer=offer)
        return True
    for candidate in (line, above[-1] if above else ""):
        match = _UNSPACED.fullmatch(candidate.rstrip())
        if match:
            start = first if candidate is line else text.rfind(candidate, 0, first)
            place = places.at(start + match.start(2), len(match[0]) - match.start(2))
            offer = f"{match[2]}: {match[3]}"
            notes.note(Code.SETTINGS_UNREADABLE, place, text=match[0].strip(), offer=offer)
            return True
    return _note_indent(text, places, first, notes)


def _note_indent(text: str, places: _Places, first: int, notes: Notebook) -> bool:
    """Say which line around the one at ``first`` has too few blanks before it, or too many."""
    lines = text[:first].split("\n")
    above = [line for line in lines if line.strip() and line.lstrip()[0] != "#"]
    line = _line_at(text, first)[1]
    if above and above[0][:1] == " " != line[:1]:
        start = len(text) - len(text.lstrip())
        shown = above[0].strip()[:60]
        notes.note(Code.SETTING_INDENTED, places.at(start, len(shown)), text=shown)
        return True
    indented = line[:1] == " " and _PAIR.match(line.strip())
    if not (indented and above and _PAIR.match(above[-1].strip())):
        return False
    key = _PAIR.match(above[-1])
    heads = [head.strip().rstrip(":") for head in above[:-1] if head[:1] != " "]
    if key and heads and key[1] in PARTS.get(heads[-1], ()):
        place = places.at(text.rfind(above[-1], 0, first), len(key[1]))
        notes.note(Code.SETTING_NOT_INDENTED, place, text=key[1], key=heads[-1])
        return True
    blanks = len(line) - len(line.lstrip())
    place = places.at(first + blanks, len(line.strip()))
    notes.note(Code.SETTING_INDENTED, place, text=line.strip()[:60])
    return True


def _cut_short(text: str, before: int) -> int | None:
    """Find a bracket above that never closes on its line, since a remark begins inside it.

    A colour without quotes does that: ``{accent: #0b6e5f}``.
    """
    start, line = _line_at(text, max(before - 1, 0))
    remark = line.find(" #")
    inside = line[:remark] if remark >= 0 else ""
    opened = inside.count("{") > inside.count("}") or inside.count("[") > inside.count("]")
    return start + remark + 1 if opened else None


_UNSPACED = re.compile(r"(\s*)([A-Za-z_]+):([^\s/:\"'].*)")
_NO_SETTING = re.compile(r"(?://|<!--|- (?=[A-Za-z_]+:))\s*")
"""A remark as other languages have it, or the dash of a list before a setting."""
_KHMER_COLON = re.compile(r"\s*[A-Za-z_]+\s*(\u17d6)")
"""A setting with the sign that a Khmer keyboard has for a colon."""
_COLON_INSIDE = re.compile(r"(\s*)([A-Za-z_]+): +([^\s\"'\[{].*: .*)")
_EQUALS = re.compile(r"(\s*)([A-Za-z_]+)\s*=\s*(\S.*)")
_PAIR = re.compile(r"([A-Za-z_]+):\s+\S")
_DEEPEST = 12


def _mapped(node: yaml.MappingNode, places: _Places, notes: Notebook, depth: int) -> Mapped:
    entries: list[tuple[Scalar, Node]] = []
    by_key: dict[str, Node] = {}
    first: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _node(key_node, places, notes, depth + 1)
        if not isinstance(key, Scalar):
            notes.note(Code.NOT_A_SETTING, key.span, text="?", offer="")
            continue
        if key.text in by_key:
            notes.note(Code.SETTING_TWICE, key.span, key=key.text, first=first[key.text])
            continue
        first[key.text] = key.span.line
        by_key[key.text] = _node(value_node, places, notes, depth + 1)
        entries.append((key, by_key[key.text]))
    return Mapped(tuple(entries), places.at(node.start_mark.index), MappingProxyType(by_key))


def _node(node: yaml.Node, places: _Places, notes: Notebook, depth: int) -> Node:
    start = node.start_mark.index
    if isinstance(node, yaml.ScalarNode):
        quoted = node.style in ("'", '"')
        length = max(0, node.end_mark.index - start - (2 if quoted else 0))
        single = node.start_mark.line == node.end_mark.line
        value = node.value.replace(_AT, "@")
        return Scalar(value, places.at(start + quoted, length if single else 0))
    if depth >= _DEEPEST:
        # Deeper than any setting; also where an alias would lead round in a circle.
        return Scalar("…", places.at(start))
    if isinstance(node, yaml.MappingNode):
        return _mapped(node, places, notes, depth)
    items = tuple(_node(item, places, notes, depth + 1) for item in _values(node))
    return Listed(items, places.at(start))


def _values(node: yaml.Node) -> Iterator[yaml.Node]:
    yield from node.value
