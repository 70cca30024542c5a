"""The answers to a satisfaction question in, one large number and its bar out."""

from __future__ import annotations

from dataclasses import dataclass

from mati.blocks import Headline
from mati.blocks.diverging import Diverging
from mati.blocks.diverging import block as diverging
from mati.model import Question, QuestionSummary

__all__ = ["Block", "Csat", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Csat:
    """The share of the satisfied (the two best of five answers), and the bar of all answers."""

    score: Headline | None
    chart: Diverging
    block: str = "csat"
    headlines: tuple[Headline, ...] = ()


class Block:
    """Satisfied customers: the top-2 box with its interval."""

    name = "csat"

    def view(self, question: Question, summary: QuestionSummary) -> Csat:
        """Return the score, None where small cells do not let it be shown, and the bar."""
        chart = diverging.view(question, summary)
        item = chart.items[0] if chart.items else None
        if item is None or item.positive is None:
            return Csat(score=None, chart=chart, block=self.name)
        score = Headline(
            name=self.name,
            label=question.label,
            value=item.positive,
            low=item.low,
            high=item.high,
            base=item.state.base,
            few=item.state.few,
        )
        return Csat(score=score, chart=chart, block=self.name, headlines=(score,))


block = Block()
