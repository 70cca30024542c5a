"""The places that things were given in, the things in the order of their mean place out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from mati import figures
from mati.blocks import Headline, Level, Name, State, state_of
from mati.model import Distribution, Option, Question, QuestionSummary, Text

__all__ = ["Block", "Item", "Ranking", "block"]

_TONES = ("p3", "p2", "p1", "m")
"""From the first place to the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing: how often each place, the mean of them, and the share that put it first.

    ``mean`` and ``first`` are None where few gave some place, so that they would tell on them.
    """

    label: Text | None
    state: State
    levels: tuple[Level, ...] = ()
    mean: float | None = None
    first: int | None = None
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """One chart: its legend from the first place to the last, and its bars, the best first."""

    legend: tuple[Level, ...]
    items: tuple[Item, ...]
    joined: bool = False
    several_items: bool = True
    block: str = "ranking"
    headlines: tuple[Headline, ...] = ()


def _levels(found: Distribution) -> tuple[Level, ...]:
    percents = figures.largest_remainder([cell.count for cell in found.cells])
    last, at, levels = max(len(found.cells) - 1, 1), 0, []
    for number, (cell, percent) in enumerate(zip(found.cells, percents, strict=True)):
        levels.append(
            Level(
                names=tuple(Name(code) for code in cell.codes),
                count=cell.count,
                percent=percent,
                tone=_TONES[number * (len(_TONES) - 1) // last],
                x=at,
                width=percent,
            )
        )
        at += percent
    return tuple(levels)


def _place(found: Distribution) -> float:
    """Return the mean place as far as the cells shown tell it; what nobody placed comes last."""
    if found.hidden or not found.base:
        return float("inf")
    middles = (sum(map(int, cell.codes)) / len(cell.codes) * cell.count for cell in found.cells)
    return sum(middles) / found.base


def _item(option: Option, found: Distribution, summary: QuestionSummary) -> Item:
    state = state_of(found)
    if found.hidden or not found.base:
        return Item(label=option.label, state=state)
    mean, first = summary.figure("mean", found.name), summary.figure("first", found.name)
    levels = _levels(found)
    item = Item(
        label=option.label,
        state=state,
        levels=levels,
        mean=mean.value if mean else None,
    )
    if first is None or first.value is None or first.low is None or first.high is None:
        return item
    low, high = figures.outward(100 * first.low, 100 * first.high)
    # one percent stands for one thing: where all who answered gave a place, that of the bar
    share = math.floor(100 * first.value + 0.5)
    percent = levels[0].percent if first.base == found.base else share
    return replace(item, first=percent, low=low, high=high)


class Block:
    """Things in the order of their mean place: a bar of places for each."""

    name = "ranking"

    def view(self, question: Question, summary: QuestionSummary) -> Ranking:
        """Return what may be shown; the order rests on nothing else."""
        found = list(zip(question.options, summary.distributions, strict=True))
        found.sort(key=lambda pair: _place(pair[1]))
        items = tuple(_item(option, one, summary) for option, one in found)
        legend = next((item.levels for item in items if item.levels), ())
        joined = any(len(level.names) > 1 for level in legend)
        return Ranking(legend=legend, items=items, joined=joined)


block = Block()
