"""A way to reach the respondent in; its columns out. Private: never counted one by one."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Notebook
from mati.model import (
    Block,
    Check,
    Column,
    Input,
    Line,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    join,
    parse_lines,
    word,
)
from mati.questions.text import check_line

__all__ = ["Kind", "kind"]


class Kind:
    """A telephone number, an address, a name: kept with the contacts, in no report."""

    name = "contact"
    blocks = frozenset({Block.LINES, Block.FIELDS})
    default_for: frozenset[Block] = frozenset()
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {"placeholder": word, "autocomplete": word}
    private = True
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find what has no meaning at a line of this sort."""
        if question.block is Block.LINES:
            check_line(question, notes)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of words, or one for each field."""
        if question.block is Block.LINES:
            return (Column(name=question.id, shape="open"),)
        return tuple(Column(name=join(question.id, f.id), shape="open") for f in question.fields)

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the words; a mistyped address is kept and named: it may be all there is."""
        lines = {join(question.id, field.id): Line(field.input) for field in question.fields}
        lines[question.id] = Line(question.input or Input())
        return parse_lines(self.columns(question), lines, values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want nothing: contacts are in no report."""
        return ()

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return no numbers."""
        return QuestionSummary(question=question.id, kind=self.name)


kind = Kind()
