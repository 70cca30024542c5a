"""Items by period in, points with their intervals on a line of time out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from mati.boards import Value, heat_of, label_of, value_of
from mati.model import Groups, Survey, Text, Trace

__all__ = ["Board", "Cell", "Line", "Point", "Row", "Trend", "board"]

_TOP, _BOTTOM = 16, 94
"""Where 100 and 0 stand, in percent of the drawing's height."""
_MOST = 12
"""Points that fit on a phone."""
_COLUMNS = 6
"""Periods that stand beside each other in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period, placed in percent of the drawing: ``y``, ``top`` and ``bottom`` from above.

    ``y`` is None where no number is shown.
    """

    value: Value
    x: float
    y: float | None
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item over time; ``earlier`` periods are left out of the picture."""

    label: Text
    score: bool
    points: tuple[Point, ...]
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What an item got in the periods of ``span`` columns; None where nobody answered it."""

    span: int
    value: Value | None = None
    heat: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item, period by period."""

    label: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The questions that were asked about the whole, each over time; and every rated item in a
    table, whose ``columns`` are the last periods.
    """

    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    board: str = "trend"


def _height(number: float, *, score: bool) -> float:
    """Return how far from the top a number stands; 0 and 100 leave room for words."""
    down = (50 - number / 2 if score else 100 - number) / 100
    return round(_TOP + down * (_BOTTOM - _TOP), 2)


def _line(trace: Trace, label: Text) -> Line:
    values = [value_of(part) for part in trace.parts[-_MOST:]]
    step = 100 / len(values)
    points = tuple(
        Point(
            value=value,
            x=round((at + 0.5) * step, 2),
            y=None if value.number is None else _height(value.number, score=trace.score),
            top=_height(value.high, score=trace.score),
            bottom=_height(value.low, score=trace.score),
        )
        for at, value in enumerate(values)
    )
    return Line(
        label=label, score=trace.score, points=points, earlier=len(trace.parts) - len(points)
    )


def _row(trace: Trace, columns: tuple[str, ...], label: Text) -> Row:
    parts = {code: part for part in trace.parts for code in part.codes}
    cells = []
    for part, group in groupby(columns, key=parts.get):
        span = len(tuple(group))
        if part is None:
            cells.append(Cell(span=span))
        else:
            cells.append(Cell(span=span, value=value_of(part), heat=heat_of(part)))
    return Row(label=label, cells=tuple(cells))


class Board:
    """Questions about the whole as curves, every rated item in a table."""

    name = "trend"

    def view(self, survey: Survey, found: Groups) -> Trend | None:
        """Return the lines; None where nothing reaches over two periods."""
        whole = {question.id for question in survey.questions}
        lines = tuple(
            _line(trace, label_of(survey, trace.item))
            for trace in found.trends
            if trace.item in whole
        )
        periods = sorted({code for trace in found.trends for p in trace.parts for code in p.codes})
        columns = tuple(periods[-_COLUMNS:])
        rows = (_row(trace, columns, label_of(survey, trace.item)) for trace in found.trends)
        return Trend(lines=lines, columns=columns, rows=tuple(rows)) if found.trends else None


board = Board()
