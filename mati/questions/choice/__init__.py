"""A question with one answer out of several in; its columns, sums and numbers out."""

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
    ordered_sides,
    parse_columns,
    tallies,
    write_in,
)
from mati.questions.scale import side_figures

__all__ = ["Kind", "kind", "note_disorder", "note_marks", "option_columns"]

_SHORTEST_SCALE = 3
_HIGHEST_STEP = 20
"""Larger numbers are years or sums, and no steps of a scale."""


def option_columns(question: Question, shape: str) -> tuple[Column, ...]:
    """Return the column of the chosen codes, then one for the words of each write-in."""
    codes = tuple(option.code for option in question.options)
    words = tuple(
        Column(name=write_in(question.id, option.code), shape="open")
        for option in question.options
        if option.write_in
    )
    return (Column(name=question.id, shape=shape, codes=codes), *words)


def note_marks(question: Question, notes: Notebook) -> None:
    """Say where answers that look like marks are no steps of a scale."""
    if question.look not in RATING_LOOKS:
        return
    codes = [option.code for option in question.scored]
    steps = [int(code) for code in codes if code.isdigit()]
    if len(steps) < len(codes):
        wrong = next(option for option in question.scored if not option.code.isdigit())
    elif steps in (sorted(steps), sorted(steps, reverse=True)):
        return
    else:
        wrong = question.scored[0]
    notes.note(
        Code.LOOK_WITHOUT_SCALE, wrong.span, id=question.id, look=question.look, code=wrong.code
    )


def note_disorder(question: Question, notes: Notebook) -> None:
    """Warn of codes that are a row of numbers out of order: most likely two were swapped."""
    codes = [option.code for option in question.scored]
    if len(codes) < _SHORTEST_SCALE or not all(map(str.isdigit, codes)):
        return
    steps = sorted(set(map(int, codes)), reverse=int(codes[0]) > int(codes[-1]))
    row = list(map(str, steps))
    gaps = abs(steps[0] - steps[-1]) >= len(steps)
    if len(row) < len(codes) or codes == row or gaps or max(steps) > _HIGHEST_STEP:
        return
    wrong = next(o for o, code in zip(question.scored, row, strict=True) if o.code != code)
    notes.note(Code.SCALE_IN_DISORDER, wrong.span, id=question.id, offer=", ".join(row))


class Kind:
    """Choose one."""

    name = "choice"
    blocks = frozenset({Block.ONE})
    default_for = frozenset({Block.ONE})
    looks: tuple[str, ...] = ("radio", "buttons", "dropdown", "stars", "smileys", "cards")
    attributes: Mapping[str, Check] = {"shuffle": flag}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Warn of a question that leaves no choice, and of a scale that is none or in disorder."""
        if len(question.options) == 1:
            notes.note(Code.ONLY_ONE_ANSWER, question.options[0].span, id=question.id)
        if question.shuffle and (question.look in RATING_LOOKS or ordered_sides(question)):
            notes.note(Code.SHUFFLED_SCALE, question.span, id=question.id)
        note_marks(question, notes)
        if question.look not in RATING_LOOKS:
            note_disorder(question, notes)

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
