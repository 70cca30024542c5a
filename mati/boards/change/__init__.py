"""Items of the last two periods in, what changed in words out."""

from __future__ import annotations

from dataclasses import dataclass

from mati import figures
from mati.boards import Value, label_of, stem_of, value_of
from mati.model import Change, Groups, Survey, Text

__all__ = ["Board", "Changes", "Row", "board"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item then and now; ``low`` and ``high`` bound the difference in points."""

    label: Text
    stem: Text | None
    before: Value
    now: Value
    low: int
    high: int
    verdict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All items that can be compared, in the order of the survey."""

    rows: tuple[Row, ...]
    board: str = "change"

    @property
    def clear(self) -> bool:
        """Whether anything changed for sure."""
        return any(row.verdict for row in self.rows)


def _row(change: Change, survey: Survey) -> Row:
    times = 1 if change.score else 100
    low, high = figures.outward(times * change.low, times * change.high)
    return Row(
        label=label_of(survey, change.item),
        stem=stem_of(survey, change.item),
        before=value_of(change.before),
        now=value_of(change.now),
        low=low,
        high=high,
        verdict=change.verdict,
    )


class Board:
    """The last period beside the one before it; words say what is more than chance."""

    name = "change"

    def view(self, survey: Survey, found: Groups) -> Changes | None:
        """Return a row for each item; None where nothing can be compared."""
        rows = tuple(_row(change, survey) for change in found.changes)
        return Changes(rows=rows) if rows else None


board = Board()
