"""A recommendation question (Net Promoter Score) in; its columns, sums and numbers out."""

from __future__ import annotations

from mati.diagnostics import Code, Notebook
from mati.model import Block, Question
from mati.questions.scale import Kind as Scale

__all__ = ["Kind", "kind"]


class Kind(Scale):
    """How likely from 0 to 10; promoters 9-10, passives 7-8, detractors 0-6."""

    name = "nps"
    blocks = frozenset({Block.SCALE})
    default_for: frozenset[Block] = frozenset()

    def check(self, question: Question, notes: Notebook) -> None:
        """Insist on 0 to 10, in this order: the score has no other meaning."""
        if tuple(o.code for o in question.options) != tuple(str(n) for n in range(11)):
            notes.note(Code.NPS_NOT_0_TO_10, question.span, id=question.id)


kind = Kind()
