"""The answers to a recommendation question in, score, groups, interval and histogram out."""

from __future__ import annotations

from dataclasses import dataclass

from mati import figures
from mati.blocks import Headline, Level, Name, State, state_of
from mati.model import Cell, Distribution, Question, QuestionSummary, Text

__all__ = ["Bin", "Block", "Nps", "Whisker", "block"]

_MARKS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bar of the histogram over ``span`` marks; ``height`` in percent of the tallest.

    A bar over several marks is as high as their mean, so that area stands for answers.
    """

    names: tuple[Name, ...]
    count: int
    tone: str
    x: float
    width: float
    height: float
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """The interval on a line from -100 to 100, in percent of its length; ``at`` the score."""

    low: float
    high: float
    at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps:
    """Everything that may be shown of a recommendation question.

    ``groups`` are detractors, passives, promoters, () where one of them is too small.
    """

    state: State
    score: Headline | None = None
    groups: tuple[Level, ...] = ()
    whisker: Whisker | None = None
    bins: tuple[Bin, ...] = ()
    low_end: Text | None = None
    high_end: Text | None = None
    block: str = "nps"
    headlines: tuple[Headline, ...] = ()


def _groups(found: Distribution) -> tuple[Level, ...]:
    counts = [found.count(codes) or 0 for codes in found.sides]
    percents, at, groups = figures.largest_remainder(counts), 0, []
    for tone, count, percent in zip(("n3", "m", "p3"), counts, percents, strict=True):
        groups.append(Level(names=(), count=count, percent=percent, tone=tone, x=at, width=percent))
        at += percent
    return tuple(groups)


def _tone(cell: Cell, sides: tuple[tuple[str, ...], ...]) -> str:
    tones = [t for t, side in zip(("n3", "m", "p3"), sides, strict=True) if {*cell.codes} & {*side}]
    return tones[0] if len(tones) == 1 else "x"


def _bins(found: Distribution) -> tuple[Bin, ...]:
    tallest = max((cell.count / len(cell.codes) for cell in found.cells), default=0) or 1
    at, bins = 0, []
    for cell in found.cells:
        span = len(cell.codes)
        bins.append(
            Bin(
                names=tuple(Name(code) for code in cell.codes),
                count=cell.count,
                tone=_tone(cell, found.sides),
                x=round(100 * at / _MARKS, 2),
                width=round(100 * span / _MARKS, 2),
                height=round(100 * cell.count / span / tallest, 2),
                first=cell.codes[0],
                last=cell.codes[-1],
            )
        )
        at += span
    return tuple(bins)


def _score(
    question: Question, summary: QuestionSummary, state: State, groups: tuple[Level, ...]
) -> tuple[Headline | None, Whisker | None]:
    """Return the score as the difference of the percents shown, so that readers can check it."""
    figure = summary.figure("nps")
    if figure is None or figure.low is None or figure.high is None:
        return None, None
    low, high = figures.outward(figure.low, figure.high)
    value = None if figure.value is None else groups[-1].percent - groups[0].percent
    headline = Headline(
        name="nps",
        label=question.label,
        value=value,
        low=low,
        high=high,
        base=figure.base,
        few=state.few,
    )
    at = None if figure.value is None else round((figure.value + 100) / 2, 2)
    whisker = Whisker(
        low=round((figure.low + 100) / 2, 2), high=round((figure.high + 100) / 2, 2), at=at
    )
    return headline, whisker


class Block:
    """Net Promoter Score: never the number alone."""

    name = "nps"

    def view(self, question: Question, summary: QuestionSummary) -> Nps:
        """Return what may be shown; below the base of a headline the score has no value."""
        found = summary.distributions[0]
        state = state_of(found)
        if found.hidden or not found.base:
            return Nps(state=state)
        groups = _groups(found)
        score, whisker = _score(question, summary, state, groups)
        return Nps(
            state=state,
            score=score,
            groups=groups if score else (),
            whisker=whisker,
            bins=_bins(found),
            low_end=question.low_end,
            high_end=question.high_end,
            headlines=(score,) if score and score.value is not None else (),
        )


block = Block()
