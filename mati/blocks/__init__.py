"""The shelf of report blocks: a name in, the block out. A folder here is a block.

A block turns the numbers of a question into a view: what its ``block.html`` draws, with every
percent rounded and every bar placed. A view holds numbers and the survey's own ``Text``s, no
other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from mati import figures
from mati.model import Distribution, Option, Question, QuestionSummary, Text
from mati.shelf import Shelf

__all__ = [
    "Block",
    "Headline",
    "Level",
    "Name",
    "State",
    "View",
    "blocks",
    "names_of",
    "state_of",
]


@dataclass(frozen=True, slots=True)
class Name:
    """One answer as people read it: its label, or its code where the survey gives none."""

    code: str
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One shown cell: the answers it holds, their count, whole percent of the base, tone.

    ``tone`` names a colour: ``n3`` (most negative) … ``n1 m p1`` … ``p3``, ``x`` for answers of
    both sides shown together, ``b`` for bars without an order.
    """

    names: tuple[Name, ...]
    count: int
    percent: int
    tone: str
    x: float = 0
    """Where its bar begins, in percent of the drawing's width."""
    width: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How many answered an item.

    ``hidden``: too few to show anything; ``few``: shown, but with care; ``apart``: ``missing``
    does not hold those of ``na``.
    """

    base: int
    missing: int
    na: int | None
    apart: bool
    hidden: bool
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The one number of an item: ``value`` a whole percent, or a score from -100 to 100.

    ``low`` and ``high`` are its interval rounded outward; ``value`` is None where too few
    answers stand behind one number. ``stem``: the words that the rows of a grid complete
    ("Our staff …").
    """

    name: str
    label: Text | None
    value: int | None
    low: int
    high: int
    base: int
    few: bool
    stem: Text | None = None


class View(Protocol):
    """What a block draws; ``block`` is the block's name."""

    @property
    def block(self) -> str:
        """Name of the block."""
        ...

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The numbers worth standing at the top of a report."""
        ...


class Block(Protocol):
    """A block: a folder of ``mati/blocks/`` whose module has ``block = Block()``.

    Beside ``__init__.py`` stand ``block.html`` (macro ``block(view, f)``) and ``style.css``.
    """

    name: str

    def view(self, question: Question, summary: QuestionSummary) -> View:
        """Return what to draw; the summary is one that may be shown."""
        ...


def names_of(codes: Iterable[str], options: Mapping[str, Option]) -> tuple[Name, ...]:
    """Return how people read ``codes``."""
    return tuple(Name(c, options[c].label if c in options else None) for c in codes)


def state_of(found: Distribution) -> State:
    """Return how many answered an item, and how surely its numbers stand."""
    return State(
        base=found.base,
        missing=found.missing,
        na=found.na if found.has_na and found.apart else None,
        apart=found.apart,
        hidden=found.hidden,
        few=0 < found.base < figures.FEW,
    )


blocks: Shelf[Block] = Shelf(__name__, __path__, "block")
