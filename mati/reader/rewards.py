"""A survey and a day in; whether it still promises on that day what is over, out."""

from __future__ import annotations

from datetime import datetime

from mati.diagnostics import Code, Notebook
from mati.model import Survey

__all__ = ["check_reward"]


def check_reward(survey: Survey, now: datetime, notes: Notebook) -> None:
    """Write down a reward whose last day is past while the survey can still be answered.

    ``now`` is the moment in the project's timezone.
    """
    settings, reward = survey.settings, survey.settings.reward
    if reward is None or reward.until is None or reward.until_span is None:
        return
    closed = settings.closes is not None and settings.closes <= now
    if not closed and reward.until < now.date():
        notes.note(Code.REWARD_OVER, reward.until_span, until=reward.until.isoformat())
