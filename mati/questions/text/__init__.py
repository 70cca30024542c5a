"""A question answered in one's own words in; its columns, sums and numbers out."""

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
    parse_columns,
    tallies,
    whole,
    word,
    written,
)

__all__ = ["Kind", "kind"]


class Kind:
    """A line or several to write on."""

    name = "text"
    blocks = frozenset({Block.LINES})
    default_for = frozenset({Block.LINES})
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {
        "min": whole,
        "max": whole,
        "placeholder": word,
        "autocomplete": word,
    }
    private = False
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find limits that cannot be kept."""
        if question.most is not None and question.most < max(question.least or 0, 1):
            notes.note(Code.IMPOSSIBLE_LIMITS, question.span, id=question.id)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of words."""
        return (Column(name=question.id, shape="open"),)

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the words as they came."""
        return parse_columns(self.columns(question), values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked and who wrote something."""
        return tuple(m for column in self.columns(question) for m in tallies(column))

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the number of answers and no more: words are shown only when approved."""
        found = tuple(written(column.name, counts) for column in self.columns(question))
        return QuestionSummary(
            question=question.id, kind=self.name, distributions=found, shows=("written",)
        )


kind = Kind()
