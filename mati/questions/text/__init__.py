"""A question answered in one's own words in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics import Code, Notebook
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
    bins_of,
    own_words,
    parse_lines,
    tallies,
    whole,
    word,
)

__all__ = ["Kind", "check_line", "kind"]


_LONGEST = 2700
"""Characters of one answer: as many of Khmer or Lao are the 8 KiB that the form service takes."""


def check_line(question: Question, notes: Notebook) -> None:
    """Find what is wrong with the properties of a question with one line."""
    line = question.input or Input()
    limits = {"min": question.least is not None, "max": question.most is not None}
    for name, stands in (*limits.items(), ("placeholder", question.placeholder is not None)):
        if stands and line.kind in ("date", "time"):
            notes.note(Code.PROPERTY_NOT_HERE, question.span, name=name, offer="", known="")
            return
    low, high = question.least or 0, question.most
    if line.kind == "number":
        low, high = line.low or 0, line.high
    elif high is None:
        high = _LONGEST
    elif not high:
        low = max(low, 1)
    if high is not None and high < low:
        notes.note(Code.IMPOSSIBLE_LIMITS, question.span, id=question.id)


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
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Find limits that cannot be kept, and what has no meaning at a line of this sort."""
        check_line(question, notes)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of words."""
        line = question.input or Input()
        return (Column(name=question.id, shape="open", bins=bins_of(line)),)

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the words; what does not fit the line is kept and named."""
        line = Line(question.input or Input(), question.least, question.most)
        return parse_lines(self.columns(question), {question.id: line}, values)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked and who wrote something."""
        return tuple(m for column in self.columns(question) for m in tallies(column))

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return how many wrote something, and how numbers, days and times spread."""
        return own_words(question.id, self.name, self.columns(question), counts)


kind = Kind()
