"""Numbers of a report: no words, no HTML."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cell", "Distribution", "Figure", "QuestionSummary"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many answered with one of ``codes``; several codes where small cells were rolled up."""

    codes: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The answers to one item, in the author's order.

    ``base`` is the number inside the shares (answered and not ``{na}``), ``missing`` those who
    were asked and gave none, ``na`` those who said it does not apply. ``hidden``: too few to
    show anything.
    """

    name: str
    base: int
    missing: int
    na: int = 0
    cells: tuple[Cell, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its 95 % interval; shares from 0 to 1, NPS from -100 to 100.

    None where too few answers stand behind it.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    base: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSummary:
    """Everything a report may say about one question."""

    question: str
    kind: str
    distributions: tuple[Distribution, ...] = ()
    figures: tuple[Figure, ...] = ()
