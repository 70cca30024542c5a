"""How quickly unhappy people were called back, all together."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CallBacks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBacks:
    """``called`` people were reached, ``in_time`` of them within ``within_days``, half of them
    within ``hours``; of ``asked`` who were asked again, ``satisfied`` were. ``asked`` is 0 where
    that would tell of too few.
    """

    called: int
    in_time: int
    within_days: int
    hours: int
    asked: int = 0
    satisfied: int = 0
