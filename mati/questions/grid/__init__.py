"""Items rated on one scale in; their columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Notebook
from mati.model import (
    Block,
    Check,
    Column,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    join,
    parse_columns,
)

__all__ = ["Kind", "kind"]


class Kind:
    """Several items, one scale: one answer a row, or several where the codes are square."""

    name = "grid"
    blocks = frozenset({Block.MATRIX})
    default_for = frozenset({Block.MATRIX})
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {}
    private = False

    def check(self, question: Question, notes: Notebook) -> None:
        """Find nothing: the reader has checked rows and columns."""

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
        """Return the sums wanted."""
        raise NotImplementedError

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the numbers."""
        raise NotImplementedError


kind = Kind()
