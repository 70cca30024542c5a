"""Items by period in, points with their intervals on a line of time out."""

from __future__ import annotations

from dataclasses import dataclass

from mati.boards import Value, label_of, value_of
from mati.model import Groups, Survey, Text, Trace

__all__ = ["Board", "Line", "Point", "Trend", "board"]

_TOP, _BOTTOM = 16, 94
"""Where 100 and 0 stand, in percent of the drawing's height."""
_MOST = 12
"""Points that fit on a phone."""


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
class Trend:
    """The questions that were asked about the whole, each over time."""

    lines: tuple[Line, ...]
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


class Board:
    """Questions about the whole, period by period: rows of a table stand in ``change``."""

    name = "trend"

    def view(self, survey: Survey, found: Groups) -> Trend | None:
        """Return the lines; None where nothing reaches over two periods."""
        whole = {question.id for question in survey.questions}
        lines = tuple(
            _line(trace, label_of(survey, trace.item))
            for trace in found.trends
            if trace.item in whole
        )
        return Trend(lines=lines) if lines else None


board = Board()
