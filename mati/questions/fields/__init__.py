"""A question with several small fields in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Notebook
from mati.model import (
    Block,
    Check,
    Column,
    Line,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    bins_of,
    join,
    own_words,
    parse_lines,
    tallies,
)

__all__ = ["Kind", "kind"]


class Kind:
    """Several labelled lines."""

    name = "fields"
    blocks = frozenset({Block.FIELDS})
    default_for = frozenset({Block.FIELDS})
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find nothing: the reader has checked the fields."""

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of words for each field."""
        return tuple(
            Column(name=join(question.id, f.id), shape="open", bins=bins_of(f.input))
            for f in question.fields
        )

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the words; what does not fit its line is kept and named."""
        lines = {join(question.id, field.id): Line(field.input) for field in question.fields}
        return parse_lines(self.columns(question), lines, values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked and who wrote something."""
        return tuple(m for column in self.columns(question) for m in tallies(column))

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return how many wrote something, and how numbers, days and times spread."""
        return own_words(question.id, self.name, self.columns(question), counts)


kind = Kind()
