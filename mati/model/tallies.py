"""Columns in, the sums a report wants of them out; and sums in, distributions out.

The plain way, right for nearly every kind. Options come from the survey, never from the
answers, so that a level nobody chose keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from mati.model.kinds import Column
from mati.model.measures import Measure, Test
from mati.model.options import Option
from mati.model.summary import Cell, Distribution, QuestionSummary
from mati.model.survey import Question

__all__ = [
    "RATING_LOOKS",
    "asked_of",
    "distribution",
    "ladder",
    "ordered_sides",
    "own_words",
    "sides_of",
    "spread",
    "tallies",
    "written",
]


def asked_of(name: str) -> str:
    """Return the name of the measure that counts who was asked ``name``."""
    return f"{name}?"


def tallies(column: Column) -> tuple[Measure, ...]:
    """Return the sums of one column: asked (``name?``), answered (``name``), each ``name=code``."""
    op = "has" if column.shape == "several" else "in"
    return (
        Measure(asked_of(column.name), (Test(column.name, "asked"),)),
        Measure(column.name, (Test(column.name, "given"),)),
        *(
            Measure(f"{column.name}={code}", (Test(column.name, op, (code,)),))
            for code in (column.bins.codes if column.bins else column.codes)
        ),
    )


def spread(column: Column, counts: Mapping[str, int]) -> Distribution:
    """Return the typed answers to one item in the spans of ``column.bins``, which has some.

    What is no such answer, or out of its range, stands in no span and outside the base.
    """
    codes = column.bins.codes if column.bins else ()
    cells = tuple(Cell((code,), counts.get(f"{column.name}={code}", 0)) for code in codes)
    given = counts.get(column.name, 0)
    missing = max(0, counts.get(asked_of(column.name), 0) - given)
    base = sum(cell.count for cell in cells)
    return Distribution(name=column.name, base=base, missing=missing, cells=cells, bins=column.bins)


def distribution(
    column: Column,
    options: Sequence[Option],
    counts: Mapping[str, int],
    sides: tuple[tuple[str, ...], ...] = (),
) -> Distribution:
    """Return the answers to one item; with ``sides`` its cells run from the lowest code up."""
    outside = {option.code for option in options if option.na}
    inside = [option.code for option in options if not option.na]
    if sides:
        inside = [code for side in sides for code in side]
    given = counts.get(column.name, 0)
    na = sum(counts.get(f"{column.name}={code}", 0) for code in outside)
    return Distribution(
        name=column.name,
        base=given - na,
        missing=max(0, counts.get(asked_of(column.name), 0) - given),
        na=na,
        cells=tuple(Cell((code,), counts.get(f"{column.name}={code}", 0)) for code in inside),
        sides=sides,
        several=column.shape == "several",
        has_na=bool(outside),
    )


def written(name: str, counts: Mapping[str, int]) -> Distribution:
    """Return how many wrote something in an open answer."""
    given = counts.get(name, 0)
    missing = max(0, counts.get(asked_of(name), 0) - given)
    return Distribution(name=name, base=given, missing=missing)


def sides_of(question: Question) -> tuple[tuple[str, ...], ...]:
    """Return (negative, middle, positive) codes of a scale; () when a code is no whole number.

    The higher number is the better answer. An odd number of levels has one in the middle;
    with five levels the positive side is the top-2 box.
    """
    codes = [option.code for option in question.scored]
    if len(codes) < 2 or not all(code.isdigit() for code in codes):  # noqa: PLR2004
        return ()
    codes.sort(key=int)
    half = len(codes) // 2
    return tuple(codes[:half]), tuple(codes[half:-half]), tuple(codes[-half:])


def ladder(question: Question) -> tuple[Option, ...]:
    """Return the answers that are steps of a scale, the lowest first.

    Numbers say which is higher; among words the first is taken for the best.
    """
    steps = tuple(option for option in question.scored if not option.write_in)
    if all(option.code.isdigit() for option in steps):
        return tuple(sorted(steps, key=lambda option: int(option.code)))
    return steps[::-1]


RATING_LOOKS = ("stars", "smileys")
"""What only the steps of a scale can look like."""

_LEVELS = 3
"""Fewest levels that look like a scale among plain choices."""


def ordered_sides(question: Question) -> tuple[tuple[str, ...], ...]:
    """Return the sides of a choice that is plainly a scale: codes that count down by one.

    ``(5) Excellent`` down to ``(1) Poor`` is one; ``(1) Shop, (2) Phone, (3) E-mail`` are
    only numbered, unless they look like marks.
    """
    if question.look in RATING_LOOKS:
        return sides_of(question)
    codes = [option.code for option in question.scored]
    if len(codes) < _LEVELS or not all(code.isdigit() for code in codes):
        return ()
    steps = {int(a) - int(b) for a, b in pairwise(codes)}
    return sides_of(question) if steps == {1} else ()


def own_words(
    question: str, kind: str, columns: tuple[Column, ...], counts: Mapping[str, int]
) -> QuestionSummary:
    """Return how many wrote something into each column, and how numbers, days and times spread.

    Words are shown only when approved.
    """
    found = (spread(c, counts) if c.bins else written(c.name, counts) for c in columns)
    looks = {"numbers" if column.bins else "written": None for column in columns}
    return QuestionSummary(
        question=question, kind=kind, distributions=tuple(found), shows=tuple(looks)
    )
