"""Numbers of a report: no words, no HTML."""

from __future__ import annotations

from dataclasses import dataclass

from mati.model.bins import Bins

__all__ = ["Cell", "Collection", "Distribution", "Figure", "QuestionSummary"]


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
    sides: tuple[tuple[str, ...], ...] = ()
    """(negative, middle, positive) codes of an ordered scale; () when there is no order."""
    several: bool = False
    """Cells overlap: a respondent may stand in more than one."""
    withheld: tuple[str, ...] = ()
    """Codes of a multiple choice whose cells are not shown."""
    has_na: bool = False
    """True when "does not apply" could be answered."""
    bins: Bins | None = None
    """What the cells are spans of, in rising order."""
    apart: bool = True
    """False: ``missing`` holds those of ``na`` as well, because too few said so."""

    def count(self, codes: tuple[str, ...]) -> int | None:
        """Return how many gave one of ``codes``; None when the cells shown do not tell."""
        wanted, found = set(codes), 0
        for cell in self.cells:
            inside = wanted.issuperset(cell.codes)
            if not inside and not wanted.isdisjoint(cell.codes):
                return None
            found += cell.count if inside else 0
        return None if self.hidden else found


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
    item: str = ""
    """Wire name of the distribution it was made from."""
    reveals: tuple[tuple[str, ...], ...] = ()
    """Sets of codes whose counts the figure gives away: shown only where those are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSummary:
    """Everything a report may say about one question."""

    question: str
    kind: str
    distributions: tuple[Distribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    shows: tuple[str, ...] = ()
    """Names of the report blocks that show it."""
    together: bool = False
    """The distributions are rows of one table with the same cells, whose columns add up too."""
    scored: bool = False
    """What counts is the positive side less the negative one, not the positive side alone."""

    def figure(self, name: str, item: str = "") -> Figure | None:
        """Return the figure called ``name`` (of ``item`` where given), None when withheld."""
        wanted = (f for f in self.figures if f.name == name and item in ("", f.item))
        return next(wanted, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """How the answers came in.

    ``counted`` are those a report rests on, None when they are too few to say; ``origins``
    are the languages, channels and hidden fields (safe to show). The other numbers are for
    the owner alone.
    """

    counted: int | None
    sample: bool
    origins: tuple[Distribution, ...] = ()
    received: int = 0
    suspect: int = 0
    revised: int = 0
    late: int = 0
    stale: int = 0
    unknown: int = 0
    odd: int = 0
    other_version: int = 0
    waiting: int = 0
    """Answers that the public report does not show yet, because they are few."""
