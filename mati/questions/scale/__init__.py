"""A question answered on a numbered scale in; its columns, sums and numbers out."""

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
    parse_columns,
)

__all__ = ["Kind", "kind"]


class Kind:
    """Numbers from a low end to a high end."""

    name = "scale"
    blocks = frozenset({Block.SCALE})
    default_for = frozenset({Block.SCALE})
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {}
    private = False

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
        """Return the sums wanted."""
        raise NotImplementedError

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the numbers."""
        raise NotImplementedError


kind = Kind()
