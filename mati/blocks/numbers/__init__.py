"""Typed numbers, days and times in, bars of their spans and the middle of them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mati import figures
from mati.blocks import Headline, Level, State, state_of
from mati.model import Bins, Cell, Distribution, Question, QuestionSummary, Text

__all__ = ["Block", "Numbers", "Row", "Span", "Spread", "block", "span_of"]

_MOST = 12
"""Bars that fit on a phone; more are drawn in pairs."""
_HALF, _QUARTER = (1, 2), (1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From where to where answers lie, both ends included; None where there is no end.

    Numbers are whole numbers, or for a time hours; days are the first and the last of months.
    """

    low: int | date | None
    high: int | date | None

    @property
    def after(self) -> date | None:
        """The day after the last one, before which all of them lie; None for what is no day."""
        return self.high + timedelta(days=1) if isinstance(self.high, date) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar: the answers between two ends, and the interval of their share."""

    span: Span
    level: Level
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The answers to one line: bars, the span that holds the middle answer, and the span that
    at least half of all lie in. ``kind`` is number, date or time.
    """

    label: Text | None
    state: State
    kind: str
    rows: tuple[Row, ...] = ()
    middle: Span | None = None
    half: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A spread for each line of a question that takes numbers, days or times."""

    spreads: tuple[Spread, ...]
    block: str = "numbers"
    headlines: tuple[Headline, ...] = ()


def _end(edge: int | None, kind: str, *, last: bool) -> int | date | None:
    """Return an end as people read it; ``edge`` is where a span begins, or the next one does."""
    if edge is None:
        return None
    if kind == "date":
        return date.fromordinal(edge - last)
    return edge // 60 - last if kind == "time" else edge - last


def span_of(codes: Sequence[str], bins: Bins) -> Span:
    """Return where the answers of some neighbouring spans lie."""
    low, high = bins.span(codes[0])[0], bins.span(codes[-1])[1]
    return Span(low=_end(low, bins.kind, last=False), high=_end(high, bins.kind, last=True))


def _at(cells: Sequence[Cell], share: tuple[int, int], *, up: bool) -> Cell:
    """Return the cell that holds the answer at a share of all, counted from below or above.

    That is the inverse of the empirical distribution (type 1 of Hyndman and Fan, American
    Statistician 50 (1996) 361-365): an answer that somebody gave, never one between two.
    """
    base, seen = sum(cell.count for cell in cells), 0
    ordered = cells if up else cells[::-1]
    for cell in ordered:
        seen += cell.count
        if seen * share[1] >= base * share[0] and cell.count:
            return cell
    return ordered[-1]


def _trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Leave out empty spans at both ends; those between stay."""
    filled = [at for at, cell in enumerate(cells) if cell.count]
    return tuple(cells[filled[0] : filled[-1] + 1]) if filled else ()


def _paired(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    while len(cells) > _MOST:
        pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
        cells = [
            Cell(
                tuple(code for cell in pair for code in cell.codes),
                sum(cell.count for cell in pair),
            )
            for pair in pairs
        ]
    return tuple(cells)


def _row(cell: Cell, percent: int, base: int, bins: Bins) -> Row:
    low, high = figures.outward(*(100 * end for end in figures.wilson(cell.count, base)))
    level = Level(names=(), count=cell.count, percent=percent, tone="b", width=float(percent))
    return Row(span=span_of(cell.codes, bins), level=level, low=low, high=high)


def _spread(found: Distribution, label: Text | None) -> Spread:
    bins = found.bins
    if bins is None:
        raise LookupError(found.name)
    empty = Spread(label=label, state=state_of(found), kind=bins.kind)
    cells = _paired(_trimmed(found.cells))
    if found.hidden or not cells:
        return empty
    percents = figures.largest_remainder([cell.count for cell in cells])
    rows = (
        _row(cell, percent, found.base, bins) for cell, percent in zip(cells, percents, strict=True)
    )
    first, last = (_at(found.cells, _QUARTER, up=up) for up in (True, False))
    return replace(
        empty,
        rows=tuple(rows),
        middle=span_of(_at(found.cells, _HALF, up=True).codes, bins),
        half=Span(low=span_of(first.codes, bins).low, high=span_of(last.codes, bins).high),
    )


class Block:
    """Bars of spans, the middle answer, and where half of all lie."""

    name = "numbers"

    def view(self, question: Question, summary: QuestionSummary) -> Numbers:
        """Return a spread for each line that does not take words."""
        labels = {f"{question.id}.{field.id}": field.label for field in question.fields}
        return Numbers(
            spreads=tuple(
                _spread(found, labels.get(found.name))
                for found in summary.distributions
                if found.bins is not None
            )
        )


block = Block()
