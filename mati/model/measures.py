"""What a report wants counted, and how a count is named."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UNANSWERED", "Measure", "Test"]

UNANSWERED = "-"
"""What stands in the table where somebody was asked and gave no answer: no code begins so."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a column: ``in`` (value among ``values``), ``has`` (a multiple choice holds
    one of ``values``), ``given`` (answered at all, even "none chosen") or ``asked`` (shown to
    the respondent, answered or not).
    """

    column: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One conditional sum: the number of responses that pass every test.

    ``name`` is unique in a survey, e.g. ``staff.polite=5`` or ``staff.polite`` for its base.
    """

    name: str
    tests: tuple[Test, ...]
