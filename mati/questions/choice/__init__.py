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
    flag,
    parse_columns,
    write_in,
)

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

    def check(self, question: Question, notes: Notebook) -> None:
        """Warn of a question that leaves no choice."""
        if len(question.options) == 1:
            notes.note(Code.ONLY_ONE_ANSWER, question.options[0].span, id=question.id)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of codes and one for each write-in."""
        return option_columns(question, "one")

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read one code and the write-ins."""
        return parse_columns(self.columns(question), values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Return the sums wanted."""
        raise NotImplementedError

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the numbers."""
        raise NotImplementedError


kind = Kind()
