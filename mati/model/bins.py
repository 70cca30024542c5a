"""What a line takes in, the fixed spans its answers are counted in out.

Spans follow from the survey alone, never from the answers: so the sums of months add up, and a
span nobody is in keeps its place.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from mati.model.conditions import typed
from mati.model.survey import Input

__all__ = ["Bins", "bins_of"]

_FINE = 21
"""Whole numbers that each have a span of their own; and the most spans of a range."""
_POWERS = 9
"""Decimal places up to which numbers without a range are told apart."""
_FIRST_YEAR, _MONTHS_FROM, _MONTHS_TO = 1920, 2020, 2036


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Spans of answers: ``edges`` are their beginnings, each reaching to the next.

    The first span holds what lies below the second edge, the last one all above its own; the
    outer edges are None where no bound was declared. ``kind`` is that of the line: ``number``,
    ``date`` (days since the year 1) or ``time`` (minutes).
    """

    kind: str
    edges: tuple[int, ...]
    low: int | None = None
    high: int | None = None
    single: bool = False
    """Each span is one whole number."""
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Name the spans."""
        object.__setattr__(self, "codes", tuple(f"b{at:03}" for at in range(len(self.edges))))

    def code_of(self, text: str) -> str:
        """Return the span an answer lies in; "" where it is no such answer or out of its range."""
        value = _value(text, self.kind)
        if value is None or (self.low is not None and value < self.low):
            return ""
        if self.high is not None and value > self.high:
            return ""
        return self.codes[max(0, bisect(self.edges, value) - 1)]

    def span(self, code: str) -> tuple[int | None, int | None]:
        """Return where a span begins and where the next one does; None for no end."""
        at = self.codes.index(code)
        begin = self.edges[at] if at or self.low is not None else None
        if at + 1 < len(self.edges):
            return begin, self.edges[at + 1]
        return begin, None if self.high is None else self.high + 1

    def cuts(self, op: str, value: str) -> frozenset[int]:
        """Return where a comparison draws its lines: each is the first value above one.

        Between whole numbers, that is: a fraction counts with the whole number below it.
        """
        found = _value(value, self.kind)
        if found is None:
            return frozenset()
        at, after = math.ceil(found), math.floor(found) + 1
        return frozenset(
            {"<": (at,), ">=": (at,), "<=": (after,), ">": (after,)}.get(op, (at, after))
        )

    def within(self, codes: Sequence[str], cuts: frozenset[int]) -> frozenset[int]:
        """Return those of ``cuts`` that run through neighbouring spans shown as one."""
        low, high = self.span(codes[0])[0], self.span(codes[-1])[1]
        return frozenset(
            cut for cut in cuts if (low is None or low < cut) and (high is None or cut < high)
        )

    def passes(self, codes: Sequence[str], op: str, value: str) -> bool | None:
        """Tell whether all answers of neighbouring spans pass a comparison; None: only some may."""
        cuts = sorted(self.cuts(op, value))
        if not cuts or self.within(codes, frozenset(cuts)):
            return None
        low, high = self.span(codes[0])[0], self.span(codes[-1])[1]
        above = low is not None and low >= cuts[0]
        if op in (">", ">=", "<", "<="):
            return above == (op[0] == ">")
        equal = above and high is not None and high <= cuts[-1]
        return equal == (op == "=")


def _value(text: str, kind: str) -> float | None:
    found = typed(text, kind)
    if not isinstance(found, str):
        return found
    if kind == "time":
        hours, _, minutes = found.partition(":")
        return 60 * int(hours) + int(minutes)
    try:
        return date.fromisoformat(found).toordinal()
    except ValueError:  # 2026-02-30
        return None


def _steps() -> tuple[int, ...]:
    """Return 1, 2, 5, 10, 20, 50 and so on."""
    return tuple(10**power * digit for power in range(_POWERS) for digit in (1, 2, 5))


@cache
def bins_of(line: Input) -> Bins | None:
    """Return the spans of a line; None where it takes words."""
    if line.kind == "number":
        return _numbers(line.low, line.high)
    if line.kind == "time":
        return Bins(kind="time", edges=tuple(range(0, 24 * 60, 60)), low=0, high=24 * 60 - 1)
    if line.kind == "date":
        decades = [date(year, 1, 1) for year in range(_FIRST_YEAR, _MONTHS_FROM, 10)]
        months = [
            date(year, month, 1)
            for year in range(_MONTHS_FROM, _MONTHS_TO)
            for month in range(1, 13)
        ]
        last = date(_MONTHS_TO, 1, 1)
        return Bins(kind="date", edges=tuple(d.toordinal() for d in (*decades, *months, last)))
    return None


def _numbers(low: int | None, high: int | None) -> Bins:
    if low is not None and high is not None and high - low < _FINE:
        edges = tuple(range(low, high + 1))
        return Bins(kind="number", edges=edges, low=low, high=high, single=True)
    if low is not None and high is not None:
        step = next(size for size in _steps() if (high - low) // size < _FINE)
        inner = range((low // step + 1) * step, high + 1, step)
        return Bins(kind="number", edges=(low, *inner), low=low, high=high)
    ends = [*_steps(), 10**_POWERS]
    open_ = [*(-end for end in reversed(ends)), 0, *ends]
    if low is not None:
        open_ = [low, *(edge for edge in open_ if edge > low)]
    if high is not None:
        open_ = [edge for edge in open_ if edge <= high] or [high]
    return Bins(kind="number", edges=tuple(open_), low=low, high=high)
