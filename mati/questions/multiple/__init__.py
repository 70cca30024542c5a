"""A question with several answers in; its columns, sums and numbers out."""

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
    parse_columns,
    tallies,
    whole,
    write_in,
)

__all__ = ["Kind", "kind"]


class Kind:
    """Choose several."""

    name = "multiple"
    blocks = frozenset({Block.SEVERAL})
    default_for = frozenset({Block.SEVERAL})
    looks: tuple[str, ...] = ("cards", "buttons")
    attributes: Mapping[str, Check] = {"shuffle": flag, "min": whole, "max": whole}
    private = False
    consent = False
    example = ""
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Warn of a question that leaves no choice, and of limits that cannot be kept."""
        if len(question.options) == 1:
            notes.note(Code.ONLY_ONE_ANSWER, question.options[0].span, id=question.id)
        low, high = question.least or 0, question.most
        if low > len(question.options) or (high is not None and high < max(low, 1)):
            notes.note(Code.IMPOSSIBLE_LIMITS, question.span, id=question.id)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column of codes and one for each write-in."""
        codes = tuple(option.code for option in question.options)
        words = (o for o in question.options if o.write_in)
        return (
            Column(name=question.id, shape="several", codes=codes),
            *(Column(name=write_in(question.id, o.code), shape="open") for o in words),
        )

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the codes, however the service joined them, and the write-ins.

        "Does not apply" or "nothing" beside another answer contradicts it and is rejected.
        More or fewer picks than asked for are kept and named.
        """
        parsed = parse_columns(self.columns(question), values)
        alone = {option.code for option in question.options if option.na or option.only}
        kept = dict(parsed.kept)
        codes = kept.get(question.id, ())
        inside = tuple(code for code in codes if code not in alone)
        if not inside:
            return parsed
        kept[question.id] = inside
        lost = tuple((question.id, code) for code in codes if code in alone)
        low, high = question.least or 0, question.most
        fits = low <= len(inside) and (high is None or len(inside) <= high)
        return Parsed(
            tuple(kept.items()), (*parsed.rejected, *lost), () if fits else (question.id,)
        )

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked, who answered, and who gave each code."""
        return tallies(self.columns(question)[0])

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return one distribution of overlapping cells; the base is who answered at all."""
        found = distribution(self.columns(question)[0], question.options, counts)
        return QuestionSummary(
            question=question.id, kind=self.name, distributions=(found,), shows=("bars",)
        )


kind = Kind()
