"""The answers to a question of effort in, how many found it easy out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mati.blocks import Headline, csat
from mati.blocks.diverging import Diverging
from mati.model import Question, QuestionSummary

__all__ = ["Block", "Ces", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ces:
    """The share of those who found it easy, and the bar of all answers with their mean.

    Easy are the three best of seven answers, or the two best of five (Dixon, Toman, DeLisi, The
    Effortless Experience, 2013: the share that agrees it was made easy).
    """

    score: Headline | None
    chart: Diverging
    block: str = "ces"
    headlines: tuple[Headline, ...] = ()


class Block:
    """Customer effort: the easy side with its interval."""

    name = "ces"

    def view(self, question: Question, summary: QuestionSummary) -> Ces:
        """Return the score, None where small cells do not let it be shown, and the bar."""
        found = csat.block.view(question, summary)
        score = replace(found.score, name="ces") if found.score else None
        return Ces(
            score=score,
            chart=found.chart,
            headlines=(score,) if score else (),
        )


block = Block()
