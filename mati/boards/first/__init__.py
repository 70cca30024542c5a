"""Items that go with how content people are in, the few to mend first out."""

from __future__ import annotations

from dataclasses import dataclass

from mati.boards import label_of, stem_of
from mati.model import Groups, Survey, Text

__all__ = ["Board", "First", "Thing", "board"]

_MOST = 3
_LEAST = 0.02
"""Weight below which there is next to nothing to win."""
_CLEAR, _CLOSE = 0.3, 0.5
"""From here on a rank association is called clear, and close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One item: the percent of those who rated it well and not all that well, and how closely it
    goes with how content people are (0 a little, 1 clearly, 2 closely).
    """

    label: Text
    stem: Text | None
    percent: int
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """What to mend first, the most to win first."""

    things: tuple[Thing, ...]
    board: str = "first"


class Board:
    """Rated low by many, and those who rate it low are less content all in all."""

    name = "first"

    def view(self, survey: Survey, found: Groups) -> First | None:
        """Return at most three items; None where none stands out."""
        things = tuple(
            Thing(
                label=label_of(survey, link.item),
                stem=stem_of(survey, link.item),
                percent=link.percent,
                strength=(link.strength >= _CLEAR) + (link.strength >= _CLOSE),
            )
            for link in found.links[:_MOST]
            if link.weight >= _LEAST
        )
        return First(things=things) if things else None


board = Board()
