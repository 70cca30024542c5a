"""Answers without an order in, plain bars with their intervals out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mati import figures
from mati.blocks import Headline, Level, Name, State, names_of, state_of
from mati.model import Cell, Distribution, Option, Question, QuestionSummary, Text

__all__ = ["Bar", "Bars", "Block", "Group", "block", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One answer, or the small ones together (``rest``), with the interval of its share."""

    level: Level
    low: int
    high: int
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The bars of one item; ``label`` is None where the question itself says what was asked.

    ``withheld`` are answers of a multiple choice that too few chose, or too few did not.
    """

    label: Text | None
    state: State
    bars: tuple[Bar, ...] = ()
    withheld: tuple[Name, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One chart: a group of bars for each item."""

    groups: tuple[Group, ...]
    block: str = "bars"
    headlines: tuple[Headline, ...] = ()


def _percents(found: Distribution) -> tuple[int, ...]:
    """Round shares: those of one answer each add up to 100, those of several stand alone."""
    counts = [cell.count for cell in found.cells]
    if found.several:
        return tuple((200 * count + found.base) // (2 * found.base) for count in counts)
    return figures.largest_remainder(counts)


def _bar(cell: Cell, percent: int, found: Distribution, options: dict[str, Option]) -> Bar:
    low, high = figures.wilson(cell.count, found.base)
    level = Level(names=names_of(cell.codes, options), count=cell.count, percent=percent, tone="b")
    level = replace(level, width=float(percent))
    bounds = figures.outward(100 * low, 100 * high)
    return Bar(level=level, low=bounds[0], high=bounds[1], rest=len(cell.codes) > 1)


def group(found: Distribution, options: tuple[Option, ...], label: Text | None) -> Group:
    """Return the bars of one item, the longest first; write-ins and small ones stand last.

    Answers with numbers for codes keep the author's order.
    """
    state = state_of(found)
    if found.hidden or not found.base:
        return Group(label=label, state=state, several=found.several)
    known = {option.code: option for option in options}
    bars = [
        _bar(cell, percent, found, known)
        for cell, percent in zip(found.cells, _percents(found), strict=True)
    ]
    numbered = bool(options) and all(option.code.isdigit() for option in options)
    last = {option.code for option in options if option.write_in or option.only}
    bars.sort(
        key=lambda bar: (
            bar.rest,
            bar.level.names[0].code in last,
            0 if numbered else -bar.level.count,
        )
    )
    return Group(
        label=label,
        state=state,
        bars=tuple(bars),
        withheld=names_of(found.withheld, known),
        several=found.several,
    )


class Block:
    """Bars for choices, multiple choices, and grids whose columns have no order."""

    name = "bars"

    def view(self, question: Question, summary: QuestionSummary) -> Bars:
        """Return a group of bars for each item."""
        labels = {f"{question.id}.{row.id}": row.label for row in question.rows}
        return Bars(
            groups=tuple(
                group(found, question.options, labels.get(found.name))
                for found in summary.distributions
            )
        )


block = Block()
