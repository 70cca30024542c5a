"""A survey and a moment in; whether it may be answered then, and until when that holds, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import MAXYEAR, UTC, datetime, timedelta, tzinfo
from datetime import time as clock

from mati.diagnostics import Code, Notebook, Span
from mati.model import Survey
from mati.reader import check_reward

__all__ = ["ahead", "check", "holds_until", "state"]

_MOMENT = timedelta(microseconds=1)


def state(survey: Survey, now: datetime | None) -> str:
    """Tell whether a survey is not open ("early"), not any more ("closed"), or open ("").

    ``now`` is None where nobody asks: it counts as open.
    """
    settings = survey.settings
    if now is None:
        return ""
    if settings.closes and now >= settings.closes:
        return "closed"
    return "early" if settings.opens and now < settings.opens else ""


def ahead(survey: Survey, now: datetime | None) -> Survey:
    """Return the survey with only those hours that its form still has to watch for.

    A form made after the opening does not look for it: on a phone whose clock is slow it would
    send people away.
    """
    opens = survey.settings.opens
    if opens is None or now is None or now < opens:
        return survey
    return replace(survey, settings=replace(survey.settings, opens=None))


def holds_until(surveys: Iterable[Survey], now: datetime | None, zone: tzinfo) -> datetime | None:
    """Return the next moment at which time alone makes a build of the surveys another one."""
    if now is None:
        return None
    moments = [moment for survey in surveys for moment in _turns(survey, zone) if moment > now]
    return min(moments, default=None)


def _turns(survey: Survey, zone: tzinfo) -> Iterable[datetime]:
    settings = survey.settings
    over = settings.reward.until if settings.reward else None
    # The end of the last year there is may lie beyond what UTC can say.
    ends = over is not None and over.year < MAXYEAR
    last = datetime.combine(over, clock.max, zone) if over and ends else None
    return (moment for moment in (settings.opens, settings.closes, last) if moment)


def check(
    surveys: Iterable[Survey], now: datetime | None, zone: tzinfo | None, notes: Notebook
) -> None:
    """Write down what the moment makes of each survey: not open, closed, a reward that is over."""
    if now is None:
        return

    def note(code: Code, survey: Survey, moment: datetime | None, span: Span | None) -> None:
        day = moment.astimezone(zone or UTC).date().isoformat() if moment else ""
        notes.note(code, span or Span(survey.path), survey=survey.name, day=day)

    for survey in surveys:
        check_reward(survey, now.astimezone(zone or UTC), notes)
        settings = survey.settings
        match state(survey, now):
            case "closed":
                last = settings.closes and settings.closes - _MOMENT
                note(Code.SURVEY_CLOSED, survey, last, settings.closes_span)
            case "early":
                note(Code.SURVEY_NOT_OPEN, survey, settings.opens, settings.opens_span)
