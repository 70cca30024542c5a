"""A compiled form, or the templates of pages, in; how much room there is for which words, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mati.model import Body

__all__ = ["Rooms", "rooms_in_body", "rooms_in_templates"]

Rooms = Mapping[tuple[str, str], int]
"""Context and source of a text -> how many cells of a line there are for it."""

_CELL = 10
"""Pixels that a letter of Khmer takes on the average: 0.6 em of 17 px; of Lao it is 0.55 em."""
_LINE = 320 - 2 * 16 - 2 * (12 + 1)
"""Pixels of a line to write on, on the narrowest phone: without margins, padding, edges."""
_PLACEHOLDER = _LINE // _CELL
_OPTION = (_LINE + 12 - 44) // _CELL
"""A list shows the chosen one on one line, beside its arrow, and cuts off the rest."""
_BUTTON = 24
"""Two lines of the button that sends, whose padding is wide, and whose letters are bold."""
_HEAD = 3 * 76 // 9
"""Three lines in the head of a grid, whose columns are 76 px wide and whose letters smaller."""

_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|\x00(\d+)\x00")
_VALUE = re.compile(r"placeholder=\"\x00(\d+)\x00\"")
_ELEMENTS = {"button": _BUTTON, "option": _OPTION}
_GRID = re.compile(r"<div class=\"gh\">.*?</div>", re.DOTALL)
_CELLS = re.compile(r"<b\b[^>]*>(.*?)</b>", re.DOTALL)
_MARK = re.compile(r"\x00(\d+)\x00")
_MESSAGE = re.compile(r"\{\{\s*_\(\s*(\"(?:[^\"\\]|\\.)*\")[^{}]*\}\}")


def _marked(html: str) -> Iterator[tuple[int, int]]:
    """Go through the marks in HTML that have little room: number and cells."""
    inside = ""
    for closing, name, rest, number in _PIECE.findall(html):
        if number and inside:
            yield int(number), _ELEMENTS[inside]
        elif name:
            if name in _ELEMENTS:
                inside = "" if closing else name
            for found in _VALUE.findall(f"<{name}{rest}>"):
                yield int(found), _PLACEHOLDER
    for head in _GRID.findall(html):
        for cells in _CELLS.findall(head):
            yield from ((int(number), _HEAD) for number in _MARK.findall(cells))


def _least(found: Iterable[tuple[tuple[str, str], int]]) -> Rooms:
    """Return the smallest room for each text: it may stand in several places."""
    rooms: dict[tuple[str, str], int] = {}
    for key, room in found:
        rooms[key] = min(room, rooms.get(key, room))
    return rooms


def rooms_in_body(body: Body) -> Rooms:
    """Return the room for the words of a survey, and for those of ours in its questions.

    It follows from where the templates of the kinds, or a project's own, put the words.
    """
    html = body.parts[0]
    for number, part in enumerate(body.parts[1:]):
        html += f"\x00{number}\x00{part}"

    def keyed() -> Iterator[tuple[tuple[str, str], int]]:
        for number, room in _marked(html):
            slot = body.slots[number]
            if slot.text is not None:
                yield (slot.text.context, slot.text.source), room
            elif slot.message:
                yield ("", slot.message), room

    return _least(keyed())


def rooms_in_templates(templates: Mapping[str, str]) -> Rooms:
    """Return the room for our own messages in templates (path -> text)."""

    def keyed() -> Iterator[tuple[tuple[str, str], int]]:
        for text in templates.values():
            messages: list[str] = []

            def mark(match: re.Match[str], messages: list[str] = messages) -> str:
                messages.append(match[1][1:-1])
                return f"\x00{len(messages) - 1}\x00"

            for number, room in _marked(_MESSAGE.sub(mark, text)):
                yield ("", messages[number]), room

    return _least(keyed())
