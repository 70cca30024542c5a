"""A satisfaction question in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mati.diagnostics import Code, Notebook
from mati.model import Block, Question, QuestionSummary, Standard, translate
from mati.questions.choice import note_disorder
from mati.questions.scale import Kind as Scale

__all__ = ["Kind", "kind"]


class Kind(Scale):
    """Five ordered answers, the two best counted as satisfied."""

    name = "csat"
    looks = ("radio", "buttons", "dropdown", "stars", "smileys", "cards")
    blocks = frozenset({Block.SCALE, Block.ONE})
    default_for: frozenset[Block] = frozenset()
    example = "- (5) Very satisfied"
    standard = Standard(
        block=Block.ONE,
        codes=("5", "4", "3", "2", "1"),
        labels=(
            translate("Very satisfied"),
            translate("Satisfied"),
            translate("Neither satisfied nor dissatisfied"),
            translate("Dissatisfied"),
            translate("Very dissatisfied"),
        ),
    )

    def check(self, question: Question, notes: Notebook) -> None:
        """Insist on the codes 1 to 5: which two are best must be known."""
        codes = {option.code for option in question.scored}
        if codes != {"1", "2", "3", "4", "5"}:
            notes.note(Code.CSAT_NOT_1_TO_5, question.span, id=question.id)
        else:
            note_disorder(question, notes)

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the distribution and the share of the satisfied: the two best of five."""
        return replace(super().summarise(question, counts), shows=("csat",))


kind = Kind()
