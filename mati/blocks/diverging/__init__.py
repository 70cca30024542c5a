"""Ordered answers in, bars that part at the middle out: negative here, positive there.

Source of the design: Heiberger and Robbins, Journal of Statistical Software 57 (2014) no. 5;
half of the middle level stands on either side. All items of a question share one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mati import figures
from mati.blocks import Headline, Level, Name, State, names_of, state_of
from mati.model import Cell, Distribution, Question, QuestionSummary, Text

__all__ = ["Block", "Diverging", "Item", "block", "levels_of", "tone"]

_TONES = 3
"""Shades of each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One bar. ``label`` is None where the question itself says what was rated.

    ``negative`` and ``positive`` are whole percents, None where small cells had to be joined
    over the border; the parts of ``levels`` add up to them.
    """

    label: Text | None
    state: State
    levels: tuple[Level, ...] = ()
    negative: int | None = None
    positive: int | None = None
    low: int = 0
    high: int = 0
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverging:
    """One chart: its legend from the negative end to the positive one, and its bars.

    ``centre`` is where the sides part, in percent of the width; ``joined`` tells whether some
    answers are shown together.
    """

    legend: tuple[Level, ...]
    items: tuple[Item, ...]
    centre: float = 50
    joined: bool = False
    several_items: bool = True
    block: str = "diverging"
    headlines: tuple[Headline, ...] = ()


def tone(code: str, sides: tuple[tuple[str, ...], ...]) -> str:
    """Return the tone of a level: the further out, the stronger."""
    negative, middle, positive = sides
    if code in middle:
        return "m"
    side, name = (negative, "n") if code in negative else (positive[::-1], "p")
    place = side.index(code)
    return f"{name}{_TONES - place * _TONES // max(len(side), _TONES)}"


def _tone_of(cell: Cell, sides: tuple[tuple[str, ...], ...]) -> str:
    tones = [tone(code, sides) for code in cell.codes]
    return tones[len(tones) // 2] if len({name[0] for name in tones}) == 1 else "x"


def _grouped(found: Distribution) -> list[list[Cell]]:
    """Sort the cells by side; one group of all where a cell lies over a border."""
    groups = [[c for c in found.cells if set(c.codes) <= set(side)] for side in found.sides]
    return groups if sum(map(len, groups)) == len(found.cells) else [list(found.cells)]


def levels_of(found: Distribution, question: Question) -> tuple[Level, ...]:
    """Return the shown levels of an item; the parts of a side add up to the side."""
    options = {option.code: option for option in question.options}
    groups = _grouped(found)
    percents = figures.nested_percents([[cell.count for cell in group] for group in groups])
    return tuple(
        Level(
            names=names_of(cell.codes, options),
            count=cell.count,
            percent=percent,
            tone=_tone_of(cell, found.sides),
        )
        for group, parts in zip(groups, percents, strict=True)
        for cell, percent in zip(group, parts, strict=True)
    )


def _side(levels: Sequence[Level], letter: str) -> int:
    return sum(level.percent for level in levels if level.tone[0] == letter)


def _left(levels: Sequence[Level]) -> float:
    """Return how far the bar reaches to the negative side, in percent of its own length."""
    middle = sum(level.percent for level in levels if level.tone in ("m", "x"))
    return _side(levels, "n") + middle / 2


def _placed(levels: tuple[Level, ...], left: float, whole: float) -> tuple[Level, ...]:
    """Place the levels of one bar beside each other; ``left`` is how far the longest reaches."""
    at, placed = left - _left(levels), []
    for level in levels:
        placed.append(
            replace(
                level, x=round(100 * at / whole, 2), width=round(100 * level.percent / whole, 2)
            )
        )
        at += level.percent
    return tuple(placed)


def _item(
    found: Distribution, question: Question, summary: QuestionSummary, label: Text | None
) -> Item:
    state = state_of(found)
    if found.hidden or not found.base:
        return Item(label=label, state=state)
    levels = levels_of(found, question)
    positive, mean = summary.figure("positive", found.name), summary.figure("mean", found.name)
    low, high = 0, 0
    if positive and positive.low is not None and positive.high is not None:
        low, high = figures.outward(100 * positive.low, 100 * positive.high)
    return Item(
        label=label,
        state=state,
        levels=levels,
        negative=_side(levels, "n") if summary.figure("negative", found.name) else None,
        positive=_side(levels, "p") if positive else None,
        low=low,
        high=high,
        mean=mean.value if mean else None,
    )


def _legend(question: Question, sides: tuple[tuple[str, ...], ...]) -> tuple[Level, ...]:
    options = {option.code: option for option in question.options}
    return tuple(
        Level(names=names_of((code,), options), count=0, percent=0, tone=tone(code, sides))
        for side in sides
        for code in side
    )


def _ends(legend: tuple[Level, ...], question: Question) -> tuple[Level, ...]:
    """Say at the two ends of a numbered scale what they mean."""
    if question.low_end is None or question.high_end is None or not legend:
        return legend
    first, last = legend[0], legend[-1]
    low = replace(first, names=(Name(first.names[0].code, question.low_end),))
    high = replace(last, names=(Name(last.names[0].code, question.high_end),))
    return (low, *legend[1:-1], high)


class Block:
    """Diverging bars for grids, scales and ordered choices."""

    name = "diverging"

    def view(self, question: Question, summary: QuestionSummary) -> Diverging:
        """Return the bars, the best rated first; what may not be shown stands last."""
        labels = {f"{question.id}.{row.id}": row.label for row in question.rows}
        items = [
            _item(found, question, summary, labels.get(found.name))
            for found in summary.distributions
        ]
        items.sort(key=lambda one: (not one.levels, -(one.positive or 0), one.negative or 0))
        shown = [item.levels for item in items if item.levels]
        left = max((_left(levels) for levels in shown), default=50)
        whole = left + max((100 - _left(levels) for levels in shown), default=50)
        placed = tuple(replace(item, levels=_placed(item.levels, left, whole)) for item in items)
        sides = next((found.sides for found in summary.distributions if found.sides), ())
        return Diverging(
            legend=_ends(_legend(question, sides), question),
            items=placed,
            centre=round(100 * left / whole, 2),
            joined=any(len(level.names) > 1 for levels in shown for level in levels),
            several_items=bool(question.rows),
            headlines=tuple(
                Headline(
                    name="positive",
                    label=item.label,
                    value=item.positive,
                    low=item.low,
                    high=item.high,
                    base=item.state.base,
                    few=item.state.few,
                    stem=question.corner,
                )
                for item in placed
                if item.positive is not None and item.label is not None
            ),
        )


block = Block()
