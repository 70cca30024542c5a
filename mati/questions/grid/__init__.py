"""Items rated on one scale in; their columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Code, Notebook
from mati.model import (
    RATING_LOOKS,
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
    join,
    parse_columns,
    sides_of,
    tallies,
)
from mati.questions.choice import note_disorder, note_marks
from mati.questions.scale import side_figures

__all__ = ["Kind", "kind"]


class Kind:
    """Several items, one scale: one answer a row, or several where the codes are square."""

    name = "grid"
    blocks = frozenset({Block.MATRIX})
    default_for = frozenset({Block.MATRIX})
    looks: tuple[str, ...] = ("likert", "radio", "buttons", "stars", "smileys")
    attributes: Mapping[str, Check] = {"shuffle": flag}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find looks that do not suit the answers; the reader has checked rows and columns."""
        if question.several and question.look not in ("", "likert", "radio"):
            notes.note(Code.LOOK_FOR_ONE_ANSWER, question.span, look=question.look)
        note_marks(question, notes)
        if question.look not in RATING_LOOKS and not question.several:
            note_disorder(question, notes)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of codes for each row."""
        codes = tuple(option.code for option in question.options)
        shape = "several" if question.several else "one"
        return tuple(
            Column(name=join(question.id, row.id), shape=shape, codes=codes)
            for row in question.rows
        )

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read each row's code or codes."""
        return parse_columns(self.columns(question), values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want for each row who was asked, who answered, and who gave each code."""
        return tuple(m for column in self.columns(question) for m in tallies(column))

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return a distribution for each row, ordered where the codes are numbers."""
        sides = () if question.several else sides_of(question)
        found = tuple(
            distribution(column, question.options, counts, sides)
            for column in self.columns(question)
        )
        return QuestionSummary(
            question=question.id,
            kind=self.name,
            distributions=found,
            figures=tuple(figure for one in found for figure in side_figures(one)),
            shows=("diverging",) if sides else ("bars",),
        )


kind = Kind()
