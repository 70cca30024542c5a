"""A page of the site that asks nothing: who we are, what becomes of the answers."""

from __future__ import annotations

from dataclasses import dataclass

from mati.model.links import LinkUse
from mati.model.survey import Prose
from mati.model.text import Text

__all__ = ["PlainPage", "PlainPart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPart:
    """What stands below one heading; ``anchor`` is the id an author gave it, "" without."""

    anchor: str
    level: int
    title: Text | None
    prose: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """One plain page, in its source language; ``name`` is its file's stem."""

    name: str
    path: str
    language: str
    title: Text
    intro: tuple[Prose, ...] = ()
    parts: tuple[PlainPart, ...] = ()
    links: tuple[LinkUse, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """The headings that links can lead to."""
        return tuple(part.anchor for part in self.parts if part.anchor)
