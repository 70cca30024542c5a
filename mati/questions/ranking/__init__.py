"""Things to be put in order in; their columns, sums and numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mati import figures
from mati.diagnostics import Code, Notebook
from mati.model import (
    Block,
    Cell,
    Check,
    Column,
    Distribution,
    Figure,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    asked_of,
    flag,
    join,
    parse_columns,
    tallies,
)
from mati.questions.scale import mean_figure

__all__ = ["Kind", "kind"]

_MOST = 10
"""Things that people can put in order; with more they guess."""


class Kind:
    """Give each thing a place, the first being 1; some may be left without one."""

    name = "ranking"
    blocks = frozenset({Block.RANKING})
    default_for = frozenset({Block.RANKING})
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {"shuffle": flag}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find too few or too many things, and what has no meaning at one of them."""
        if len(question.options) == 1:
            notes.note(Code.ONLY_ONE_ANSWER, question.options[0].span, id=question.id)
        elif len(question.options) > _MOST:
            count = len(question.options)
            notes.note(
                Code.RANKING_TOO_LONG, question.span, id=question.id, count=count, most=_MOST
            )
        for option in question.options:
            if option.write_in:
                notes.note(Code.LINE_NOT_HERE, option.span, code=option.code)
            if option.na:
                notes.note(Code.PROPERTY_NOT_HERE, option.span, name="na", offer="", known="")

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of places for each thing."""
        places = tuple(str(place) for place, _ in enumerate(question.options, 1))
        return tuple(
            Column(name=join(question.id, option.code), shape="one", codes=places)
            for option in question.options
        )

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the places; one that was given to several things belongs to none of them."""
        plain = {name: tuple(map(_plain, given)) for name, given in values.items()}
        parsed = parse_columns(self.columns(question), plain)
        given = Counter(place for _, (place,) in parsed.kept)
        kept = tuple(pair for pair in parsed.kept if given[pair[1][0]] == 1)
        lost = tuple((name, place) for name, (place,) in parsed.kept if given[place] > 1)
        return Parsed(kept, (*parsed.rejected, *lost))

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want for each thing who was asked, who gave it a place, and who each place."""
        return tuple(m for column in self.columns(question) for m in tallies(column))

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return for each thing its places, the mean of them, and how often it came first.

        The base of the latter is everybody who put something first. Each place is given once,
        so the things are rows of one table: who knows the others knows the last.
        """
        found = tuple(_places(column, counts) for column in self.columns(question))
        base = sum(one.cells[0].count for one in found if one.cells)
        means = (mean_figure(one) for one in found if one.base)
        firsts = (_first(one, base) for one in found if base)
        return QuestionSummary(
            question=question.id,
            kind=self.name,
            distributions=found,
            figures=(*means, *firsts),
            shows=("ranking",),
            together=True,
        )


def _plain(value: str) -> str:
    """Return a place in the digits 0 to 9, whatever script's it was typed in."""
    value = value.strip()
    return str(int(value)) if value.isdecimal() and len(value) <= len(str(_MOST)) else value


def _places(column: Column, counts: Mapping[str, int]) -> Distribution:
    given = counts.get(column.name, 0)
    return Distribution(
        name=column.name,
        base=given,
        missing=max(0, counts.get(asked_of(column.name), 0) - given),
        cells=tuple(Cell((p,), counts.get(f"{column.name}={p}", 0)) for p in column.codes),
    )


def _first(found: Distribution, base: int) -> Figure:
    cell = found.cells[0]
    low, high = figures.wilson(cell.count, base)
    return Figure(
        name="first",
        item=found.name,
        value=cell.count / base,
        low=low,
        high=high,
        base=base,
        reveals=(cell.codes,),
    )


kind = Kind()
