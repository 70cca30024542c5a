"""A recommendation question (Net Promoter Score) in; its columns, sums and numbers out."""

from __future__ import annotations

from collections.abc import Mapping

from mati import figures
from mati.diagnostics import Code, Notebook
from mati.model import (
    Block,
    Distribution,
    Figure,
    Question,
    QuestionSummary,
    Standard,
    distribution,
    translate,
)
from mati.questions.scale import Kind as Scale

__all__ = ["Kind", "kind"]

DETRACTORS = tuple(str(n) for n in range(7))
PASSIVES = ("7", "8")
PROMOTERS = ("9", "10")


def _score(found: Distribution) -> Figure:
    """Return the score; below the base of a headline only its interval stands."""
    groups = tuple(found.count(codes) or 0 for codes in reversed(found.sides))
    low, high = figures.nps_interval(*groups)
    return Figure(
        name="nps",
        item=found.name,
        value=figures.nps(*groups) if found.base >= figures.HEADLINE else None,
        low=low,
        high=high,
        base=found.base,
        reveals=found.sides,
    )


class Kind(Scale):
    """How likely from 0 to 10; promoters 9-10, passives 7-8, detractors 0-6."""

    name = "nps"
    looks = ("radio", "buttons", "dropdown")
    blocks = frozenset({Block.SCALE})
    example = "- (0..10) Not at all likely … Extremely likely"
    default_for: frozenset[Block] = frozenset()
    standard = Standard(
        block=Block.SCALE,
        codes=tuple(str(n) for n in range(11)),
        low=translate("Not at all likely"),
        high=translate("Extremely likely"),
    )

    def check(self, question: Question, notes: Notebook) -> None:
        """Insist on 0 to 10, in this order: the score has no other meaning."""
        if tuple(o.code for o in question.scored) != tuple(str(n) for n in range(11)):
            notes.note(Code.NPS_NOT_0_TO_10, question.span, id=question.id)

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return the distribution of the eleven marks and the score with its interval."""
        sides = (DETRACTORS, PASSIVES, PROMOTERS)
        found = distribution(self.columns(question)[0], question.options, counts, sides)
        return QuestionSummary(
            question=question.id,
            kind=self.name,
            distributions=(found,),
            figures=(_score(found),) if found.base else (),
            shows=("nps",),
            scored=True,
        )


kind = Kind()
