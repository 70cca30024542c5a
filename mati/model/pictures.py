"""Pictures an author places: each knows its file, its words, and in the end its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from mati.diagnostics import Span
from mati.model.text import Text, walk

__all__ = ["Picture", "map_pictures", "pictures"]

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: its file below ``content/`` as the author names it, and words in its place.

    ``alt`` is None where the picture stands alone as an answer: the answer's label then says
    what it shows. ``address`` (from the root of the site), ``width`` and ``height`` (pixels as
    shown) are known once the file was looked at.
    """

    path: str
    alt: Text | None
    span: Span
    address: str = ""
    width: int = 0
    height: int = 0


def map_pictures(node: Node, change: Callable[[Picture], Picture]) -> Node:
    """Return ``node`` with every ``Picture`` in it replaced by ``change(picture)``."""
    return walk(node, Picture, change)


def pictures(node: object) -> tuple[Picture, ...]:
    """Return every picture in ``node`` in source order."""
    found: list[Picture] = []

    def keep(picture: Picture) -> Picture:
        found.append(picture)
        return picture

    map_pictures(node, keep)
    return tuple(found)
