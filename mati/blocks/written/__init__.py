"""Open answers in, how many there are out: words are shown only when someone approved them."""

from __future__ import annotations

from dataclasses import dataclass

from mati.blocks import Headline, State, state_of
from mati.model import Question, QuestionSummary, Text

__all__ = ["Block", "Line", "Written", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place to write: how many did."""

    label: Text | None
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Every place to write of a question."""

    lines: tuple[Line, ...]
    block: str = "written"
    headlines: tuple[Headline, ...] = ()


class Block:
    """Open answers as a count."""

    name = "written"

    def view(self, question: Question, summary: QuestionSummary) -> Written:
        """Return how many wrote in each place."""
        labels = {f"{question.id}.{field.id}": field.label for field in question.fields}
        return Written(
            lines=tuple(
                Line(label=labels.get(found.name), state=state_of(found))
                for found in summary.distributions
                if found.bins is None
            )
        )


block = Block()
