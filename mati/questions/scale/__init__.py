"""A question answered on a numbered scale in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati import figures
from mati.diagnostics import Notebook
from mati.model import (
    Block,
    Check,
    Column,
    Distribution,
    Figure,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    distribution,
    parse_columns,
    sides_of,
    tallies,
)

__all__ = ["Kind", "kind", "mean_figure", "side_figures"]


def side_figures(found: Distribution) -> tuple[Figure, ...]:
    """Return the shares of the two sides of an ordered distribution with Wilson intervals."""
    if not found.sides or not found.base:
        return ()
    negative, _, positive = found.sides
    return (_share("positive", positive, found), _share("negative", negative, found))


def _share(name: str, codes: tuple[str, ...], found: Distribution) -> Figure:
    count = found.count(codes) or 0
    low, high = figures.wilson(count, found.base)
    return Figure(
        name=name,
        item=found.name,
        value=count / found.base,
        low=low,
        high=high,
        base=found.base,
        reveals=(codes,),
    )


def mean_figure(found: Distribution) -> Figure:
    """Return the mean of the codes; with all counts shown it gives nothing more away."""
    counts = {int(cell.codes[0]): cell.count for cell in found.cells}
    low, high = figures.mean_interval(counts) or (None, None)
    return Figure(
        name="mean",
        item=found.name,
        value=figures.mean(counts),
        low=low,
        high=high,
        base=found.base,
        reveals=tuple(cell.codes for cell in found.cells),
    )


class Kind:
    """Numbers from a low end to a high end."""

    name = "scale"
    blocks = frozenset({Block.SCALE})
    default_for = frozenset({Block.SCALE})
    looks: tuple[str, ...] = ("radio", "buttons", "dropdown", "stars")
    attributes: Mapping[str, Check] = {}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find nothing: the reader has checked numbers and ends."""

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of codes."""
        codes = tuple(option.code for option in question.options)
        return (Column(name=question.id, shape="one", codes=codes),)

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read one number."""
        return parse_columns(self.columns(question), values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked, who answered, and who gave each code."""
        return tallies(self.columns(question)[0])

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return one ordered distribution, the shares of its sides and the mean."""
        column = self.columns(question)[0]
        found = distribution(column, question.options, counts, sides_of(question))
        return QuestionSummary(
            question=question.id,
            kind=self.name,
            distributions=(found,),
            figures=(*side_figures(found), mean_figure(found)),
            shows=("diverging",),
        )


kind = Kind()
