"""A question with one answer out of several in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Code, Notebook
from mati.model import (
    Block,
    Check,
    Column,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    distribution,
    flag,
    ordered_sides,
    parse_columns,
    tallies,
    write_in,
)
from mati.questions.scale import side_figures

__all__ = ["Kind", "kind", "option_columns"]


def option_columns(question: Question, shape: str) -> tuple[Column, ...]:
    """Return the column of the chosen codes, then one for the words of each write-in."""
    codes = tuple(option.code for option in question.options)
    words = tuple(
        Column(name=write_in(question.id, option.code), shape="open")
        for option in question.options
        if option.write_in
    )
    return (Column(name=question.id, shape=shape, codes=codes), *words)


class Kind:
    """Choose one."""

    name = "choice"
    blocks = frozenset({Block.ONE})
    default_for = frozenset({Block.ONE})
    looks = ("radio",)
    attributes: Mapping[str, Check] = {"shuffle": flag}
    private = False
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Warn of a question that leaves no choice, and of a scale in disorder."""
        if len(question.options) == 1:
            notes.note(Code.ONLY_ONE_ANSWER, question.options[0].span, id=question.id)
        if question.shuffle and ordered_sides(question):
            notes.note(Code.SHUFFLED_SCALE, question.span, id=question.id)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of codes and one for each write-in."""
        return option_columns(question, "one")

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read one code and the write-ins."""
        return parse_columns(self.columns(question), values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked, who answered, and who gave each code."""
        return tallies(self.columns(question)[0])

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return one distribution: ordered and with its two sides where the codes count down."""
        column, sides = self.columns(question)[0], ordered_sides(question)
        found = distribution(column, question.options, counts, sides)
        return QuestionSummary(
            question=question.id,
            kind=self.name,
            distributions=(found,),
            figures=side_figures(found),
            shows=("diverging",) if sides else ("bars",),
        )


kind = Kind()
