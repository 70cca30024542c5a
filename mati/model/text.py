"""Human words of a survey: each knows its translation context and its place in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from mati.diagnostics import Span

__all__ = ["Pipe", "Text", "map_text", "texts", "walk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    """One ``{{ref|fallback}}`` inside a text; it stands in the text as ``{{ref}}``.

    Without a ``value`` it is filled on the page: from the link, or by an answer.
    """

    ref: str
    fallback: Text | None = None
    value: Text | date | str | None = None
    """What it stands for, where the survey itself knows: a reward's code, the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One translation unit.

    ``context`` is the msgctxt (``survey.question.part``), ``source`` the msgid as Markdown
    inline text, ``note`` the author's word to translators, ``rich`` whether inline Markdown
    has a meaning here (false for placeholders, alternatives of images, hidden labels).
    """

    context: str
    source: str
    span: Span
    note: str = ""
    rich: bool = True
    pipes: tuple[Pipe, ...] = ()


Node = TypeVar("Node")
Found = TypeVar("Found")


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a node that may hold further nodes; none of what is no node."""
    if not is_dataclass(kind) or kind is Span:
        return ()
    return tuple(f.name for f in fields(kind))


def map_text(node: Node, change: Callable[[Text], object]) -> Node:
    """Return ``node`` with every ``Text`` in it replaced by ``change(text)``.

    The one walk over human words: extraction, compilation and translation all use it, so
    none of them can miss a word.
    """
    return walk(node, Text, change)


def walk(node: Node, kind: type[Found], change: Callable[[Found], object]) -> Node:
    """Return ``node`` with all of one ``kind`` in it replaced by what ``change`` makes of them.

    It enters dataclasses and tuples in field order.
    """
    if isinstance(node, kind):
        return cast("Node", change(node))
    if isinstance(node, tuple):
        return cast("Node", tuple(walk(item, kind, change) for item in node))
    parts: Any = node
    changed = {}
    kept: Any = type(node)  # mypy holds a class of anything to be no key of a cache
    for name in _names(kept):
        old = getattr(parts, name)
        if old is None or isinstance(old, str | bool):
            continue
        new = walk(old, kind, change)
        if new is not old and not (isinstance(old, tuple) and new == old):
            changed[name] = new
    return replace(parts, **changed) if changed else node


def texts(node: object) -> Iterator[Text]:
    """Go through every ``Text`` in ``node`` in source order, fallbacks of pipes included."""
    found: list[Text] = []

    def keep(text: Text) -> Text:
        found.append(text)
        found.extend(p.fallback for p in text.pipes if p.fallback is not None)
        return text

    map_text(node, keep)
    yield from found
