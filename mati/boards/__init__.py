"""The shelf of boards: parts of a report about all questions together. A folder here is one.

A board turns groups of answers beside each other into a view: what its ``board.html`` draws,
with every percent rounded and every mark placed. A view holds numbers, codes and the survey's
own ``Text``s, no other words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mati import figures
from mati.model import Groups, Part, Survey, Text
from mati.shelf import Shelf

__all__ = ["Board", "Value", "View", "boards", "heat_of", "label_of", "stem_of", "value_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What one group answered: a whole percent, or a score from -100 to 100, with its interval.

    ``number`` is None where too few answers stand behind one score. ``masked``: everybody or
    nobody of a few, which would say of each of them what they answered; the number is then a
    bound that they are above or below.
    """

    codes: tuple[str, ...]
    number: int | None
    low: int
    high: int
    base: int
    few: bool
    score: bool = False
    masked: str = ""
    """``over`` or ``under`` where ``number`` is a bound."""


class View(Protocol):
    """What a board draws; ``board`` is the board's name."""

    @property
    def board(self) -> str:
        """Name of the board."""
        ...


class Board(Protocol):
    """A board: a folder of ``mati/boards/`` whose module has ``board = Board()``.

    Beside ``__init__.py`` stand ``board.html`` (macros ``title()`` and ``board(view, f, w)``) and
    ``style.css``.
    """

    name: str

    def view(self, survey: Survey, found: Groups) -> View | None:
        """Return what to draw; None where there is nothing to say."""
        ...


_MASK = 5
"""Percent from either end within which the share of a small group is not told."""
_ALL = 100


def value_of(part: Part) -> Value:
    """Return the number of a group, rounded, with its interval rounded outward."""
    few = part.base < figures.FEW
    if len(part.counts) > 2:  # noqa: PLR2004 - a score tells three groups apart
        promoters, passives, detractors = part.counts
        low, high = figures.outward(*figures.nps_interval(promoters, passives, detractors))
        shown = part.base >= figures.HEADLINE
        number = round(_ALL * part.level) if shown else None
        return Value(
            codes=part.codes, number=number, low=low, high=high, base=part.base, few=few, score=True
        )
    low, high = figures.outward(*(_ALL * end for end in figures.wilson(part.counts[0], part.base)))
    number = figures.part_percent(part.counts[0], part.base)
    masked = {_ALL: "over", 0: "under"}.get(number, "") if few else ""
    number = {"over": _ALL - _MASK, "under": _MASK}.get(masked, number)
    return Value(
        codes=part.codes, number=number, low=low, high=high, base=part.base, few=few, masked=masked
    )


_HEATS = 5


def heat_of(part: Part) -> int:
    """Return how high the number of a group is, from 0 to 4."""
    share = (part.level + 1) / 2 if len(part.counts) > 2 else part.level  # noqa: PLR2004 - a score
    return min(_HEATS - 1, int(share * _HEATS))


def label_of(survey: Survey, item: str) -> Text:
    """Return what people read of a rated item: its row, else its question."""
    for question in survey.questions:
        if item == question.id:
            return question.label
        for row in question.rows:
            if item == f"{question.id}.{row.id}" and row.label is not None:
                return row.label
    raise LookupError(item)


def stem_of(survey: Survey, item: str) -> Text | None:
    """Return the words that the rows of an item's grid complete ("Our staff …"), where it has
    some.
    """
    for question in survey.questions:
        if any(item == f"{question.id}.{row.id}" for row in question.rows):
            return question.corner
    return None


boards: Shelf[Board] = Shelf(__name__, __path__, "board")
