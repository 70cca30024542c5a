"""The moment of an answer in, the period it belongs to out: a week, a month, a quarter, a round."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cache, lru_cache

__all__ = ["EARLIER", "period_of"]

_KEPT = 4096
"""Minutes whose period is remembered: answers stand nearly in the order of time."""
EARLIER = "earlier"
"""The period before the first round of asking."""


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-w{week:02}"


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _quarter(day: date) -> str:
    return f"{day.year:04}-q{(day.month + 2) // 3}"


_NAMES: dict[str, Callable[[date], str]] = {"week": _week, "month": _month, "quarter": _quarter}


def period_of(trend: str, waves: Sequence[date], zone: tzinfo | None) -> Callable[[str], str]:
    """Return what tells the period of a moment (UTC, ISO 8601): a code, "" for no moment.

    ``trend`` is ``week`` (ISO 8601: ``2026-w09``), ``month`` (``2026-02``) or ``quarter``
    (``2026-q1``); with ``waves``, the first days of rounds of asking in rising order, it is the
    first day of the round, or ``earlier``. Codes of one sort are in the order of time. Days are
    those of ``zone``, UTC where nobody named one.
    """

    def name(day: date) -> str:
        if not waves:
            return _NAMES[trend](day)
        at = bisect(waves, day)
        return waves[at - 1].isoformat() if at else EARLIER

    named = cache(name)

    @lru_cache(maxsize=_KEPT)
    def at_minute(minute: str) -> str:
        # no timezone is off by seconds today: all moments of a minute are of one day
        moment = datetime.fromisoformat(minute).replace(tzinfo=UTC)
        return named(moment.astimezone(zone or UTC).date())

    def of(moment: str) -> str:
        try:
            return at_minute(moment[:16])
        except (ValueError, OverflowError):
            return ""

    return of
