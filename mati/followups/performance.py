"""What was done for people, and when they answered, in; how quickly they were called back out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from statistics import median

from mati.followups.entries import Entry
from mati.model import CallBacks

__all__ = ["performance"]

_CALLED = frozenset({"contacted", "done"})
_HOUR = 3600


def _moment(at: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def performance(
    entries: Iterable[Entry],
    given: Mapping[str, str],
    within_days: int,
    zone: tzinfo,
    least: int,
) -> CallBacks | None:
    """Return how quickly people were first reached; None where ``least`` are not told of.

    ``given`` is when responses were given (ISO 8601), by key; a call whose response is gone is
    not counted. In time is a call until the end of the day ``within_days`` later in ``zone``.
    How many are satisfied now is told only where enough said so, and enough did not.
    """
    first: dict[str, tuple[datetime, datetime]] = {}
    satisfied: dict[str, str] = {}
    for entry in entries:
        begun, called = _moment(given.get(entry.key, "")), _moment(entry.at)
        if begun is None or called is None or called < begun:
            continue
        if entry.state in _CALLED:
            first.setdefault(entry.case, (begun, called))
        if entry.satisfied:
            satisfied[entry.case] = entry.satisfied
    if not first or len(first) < least:
        return None
    days = (
        (called.astimezone(zone).date() - begun.astimezone(zone).date()).days
        for begun, called in first.values()
    )
    in_time = sum(day <= within_days for day in days)
    hours = median((called - begun).total_seconds() / _HOUR for begun, called in first.values())
    asked, content = len(satisfied), sum(said == "yes" for said in satisfied.values())
    told = all(part == 0 or part >= least for part in (content, asked - content))
    return CallBacks(
        called=len(first),
        in_time=in_time,
        within_days=within_days,
        hours=round(hours),
        asked=asked if told else 0,
        satisfied=content if told else 0,
    )
