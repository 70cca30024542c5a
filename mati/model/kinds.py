"""What a kind of question must answer, and the columns its answers are kept in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from mati.diagnostics import Notebook
from mati.model.bins import Bins
from mati.model.measures import Measure
from mati.model.summary import QuestionSummary
from mati.model.survey import Block, Question

__all__ = [
    "Check",
    "Column",
    "Parsed",
    "QuestionKind",
    "Standard",
    "flag",
    "parse_columns",
    "translate",
    "whole",
    "word",
]

Check = Callable[[str], bool]
"""Tells whether the value of an attribute is well formed."""


def flag(value: str) -> bool:
    """Accept an attribute that stands alone: ``shuffle``."""
    return value == ""


_DIGITS = 9
"""Longest whole number an attribute may hold."""


def whole(value: str) -> bool:
    """Accept a whole number in ASCII digits."""
    return value.isascii() and value.isdigit() and len(value) <= _DIGITS


def word(value: str) -> bool:
    """Accept any text that is not blank."""
    return bool(value.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of answers; its name is the wire name.

    ``shape``: ``one`` (a code of ``codes``), ``several`` (codes of ``codes``) or ``open``
    (words). ``codes`` includes those outside the base.
    """

    name: str
    shape: str
    codes: tuple[str, ...] = ()
    bins: Bins | None = None
    """Spans in which typed numbers, days and times are counted; their words are not kept."""


def translate(words: str) -> str:
    """Return ``words`` as they are: it marks a kind's own English words for extraction."""
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The answers that a kind brings itself where the author writes none.

    ``labels`` go with ``codes``, () where the code itself is shown between ``low`` and
    ``high``. All words are English and go through ``translate``.
    """

    block: Block
    codes: tuple[str, ...]
    labels: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values understood, column by column, and (name, value) pairs that were not.

    ``odd`` names columns whose values are kept although they are not what was asked for.
    """

    kept: tuple[tuple[str, tuple[str, ...]], ...]
    rejected: tuple[tuple[str, str], ...] = ()
    odd: tuple[str, ...] = ()


class QuestionKind(Protocol):
    """A kind of question: a folder of ``mati/questions/`` whose module has ``kind = Kind()``.

    Beside ``__init__.py`` stand ``form.html`` (macro ``form(question, page)``), ``report.html``,
    ``examples.md`` and, where needed, ``style.css`` and ``script.js``.
    """

    name: str
    blocks: frozenset[Block]
    """Answer blocks it accepts."""
    default_for: frozenset[Block]
    """Answer blocks that mean this kind where the author names none."""
    looks: tuple[str, ...]
    """What ``as=`` may say."""
    attributes: Mapping[str, Check]
    """What may stand in ``{…}`` besides what every question takes
    (``#id * required if kind as private``)."""
    private: bool
    """True when every question of the kind is private."""
    consent: bool
    """True when an answer agrees to the question's own words: their hash is kept with it."""
    example: str
    """Answers as the kind wants them, to be shown to authors; "" where any of its blocks do."""
    standard: Standard | None
    """Its own answers, for a question without an answer block."""

    def check(self, question: Question, notes: Notebook) -> None:
        """Write down what is wrong with ``question`` that only this kind can know."""
        ...

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return the columns of its answers, in the order of the form."""
        ...

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the values received under its wire names; nothing is dropped."""
        ...

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Return the conditional sums that ``summarise`` wants."""
        ...

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Turn the sums (by measure name) into numbers."""
        ...


def _split(value: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Undo the ways services join repeated values (", ", ";", "|", blank); codes hold none."""
    if value in codes:
        return (value,)
    for joint in (",", ";", "|"):
        value = value.replace(joint, " ")
    return tuple(value.split())


def parse_columns(columns: tuple[Column, ...], values: Mapping[str, tuple[str, ...]]) -> Parsed:
    """Read ``values`` by their columns: the plain way, right for nearly every kind.

    Blank values count as not given. A value that is no code of its column, or a second value
    of a ``one`` column, is rejected, not dropped. A multiple choice that was answered with
    nothing chosen is not known on the wire and stays absent.
    """
    kept: list[tuple[str, tuple[str, ...]]] = []
    rejected: list[tuple[str, str]] = []
    for column in columns:
        given = tuple(v for v in values.get(column.name, ()) if v.strip())
        if column.shape == "open":
            good, bad = given[:1], given[1:]
        elif column.shape == "several":
            parts = dict.fromkeys(p for v in given for p in _split(v, column.codes))
            good = tuple(code for code in column.codes if code in parts)
            bad = tuple(p for p in parts if p not in column.codes)
        else:
            stripped = tuple(dict.fromkeys(v.strip() for v in given))
            good = tuple(v for v in stripped if v in column.codes)[:1]
            bad = tuple(v for v in stripped if v not in good)
        if good:
            kept.append((column.name, good))
        rejected.extend((column.name, value) for value in bad)
    return Parsed(tuple(kept), tuple(rejected))
