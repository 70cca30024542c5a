"""A question of effort (Customer Effort Score) in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mati.diagnostics import Code, Notebook
from mati.model import Block, Question, QuestionSummary, Standard, translate
from mati.questions.choice import note_disorder
from mati.questions.scale import Kind as Scale

__all__ = ["Kind", "kind"]

_LENGTHS = (5, 7)


class Kind(Scale):
    """How easy something was, from 1 to 7 (or to 5), the easiest highest.

    Reported as the mean and the share of the easy side. Source: Dixon, Freeman, Toman, "Stop
    Trying to Delight Your Customers", Harvard Business Review 2010, with the direction of the
    later CES 2.0: more is easier.
    """

    name = "ces"
    blocks = frozenset({Block.SCALE, Block.ONE})
    default_for: frozenset[Block] = frozenset()
    standard = Standard(
        block=Block.SCALE,
        codes=tuple(str(n) for n in range(1, 8)),
        low=translate("Very difficult"),
        high=translate("Very easy"),
    )

    def check(self, question: Question, notes: Notebook) -> None:
        """Insist on 1 to 7 or 1 to 5: marks of other scales cannot be compared."""
        codes = {option.code for option in question.scored}
        if not any(codes == {str(n + 1) for n in range(length)} for length in _LENGTHS):
            notes.note(Code.CES_NOT_1_TO_7, question.span, id=question.id)
        else:
            note_disorder(question, notes)

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the distribution, the share of the easy side and the mean."""
        return replace(super().summarise(question, counts), shows=("ces",))


kind = Kind()
