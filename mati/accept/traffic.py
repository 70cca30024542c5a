"""Posts of the last minutes in, "too often" and "sent twice" out. Remembers, in memory only."""

from __future__ import annotations

from dataclasses import dataclass, field

from mati.accept.reasons import Limits, Reason, Refused
from mati.accept.submission import Accepted

__all__ = ["Traffic"]

_MINUTE = 60.0
_REMEMBERED = 10_000
"""Buckets and repeats kept in memory before the stale ones are thrown away."""


@dataclass(slots=True)
class Traffic:
    """What is remembered, in memory only, of the posts of the last minutes.

    Addresses come in as keyed hashes; "" is an address that is not limited (a proxy on the
    same machine that does not say for whom it asks). ``now`` is any clock in seconds that
    never runs backwards.
    """

    limits: Limits = field(default_factory=Limits)
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _bodies: dict[tuple[str, str, bytes], float] = field(default_factory=dict)

    def admit(self, address: str, survey: str, now: float) -> Refused | None:
        """Count one post; the refusal says after how many seconds there is room again.

        Token buckets that hold two minutes' worth: a burst is normal, a flood is not.
        """
        rates = (
            (("survey", survey), self.limits.survey_per_minute),
            (("address", address), self.limits.address_per_minute),
        )
        wanted = [(key, rate) for key, rate in rates if key[1]]
        levels = {key: self._level(key, rate, now) for key, rate in wanted}
        for key, rate in wanted:
            if levels[key] < 1:
                wait = (1 - levels[key]) * _MINUTE / rate
                return Refused(reason=Reason.TOO_OFTEN, retry_after=max(1, round(wait + 0.5)))
        for key, level in levels.items():
            self._buckets[key] = (level - 1, now)
        if len(self._buckets) > _REMEMBERED:
            self._forget_buckets(now)
        return None

    def _level(self, key: tuple[str, str], rate: int, now: float) -> float:
        level, since = self._buckets.get(key, (2.0 * rate, now))
        return min(2.0 * rate, level + (now - since) * rate / _MINUTE)

    def _forget_buckets(self, now: float) -> None:
        """Drop buckets that have filled up again, and the oldest if none has."""
        fresh = {key: b for key, b in self._buckets.items() if now - b[1] < 2 * _MINUTE}
        newest = sorted(fresh.items(), key=lambda entry: entry[1][1])[-_REMEMBERED // 2 :]
        self._buckets = dict(newest)

    def repeats(self, address: str, entry: Accepted, now: float) -> bool:
        """Tell whether ``entry``, which has no id, repeats a body just sent from ``address``."""
        key = (address, entry.survey, entry.digest)
        last = self._bodies.get(key)
        self._bodies[key] = now
        if len(self._bodies) > _REMEMBERED:
            horizon = now - self.limits.repeat_seconds
            self._bodies = {k: seen for k, seen in self._bodies.items() if seen > horizon}
        return last is not None and now - last <= self.limits.repeat_seconds

    def not_kept(self, address: str, entry: Accepted) -> None:
        """Forget a body that could not be stored: sending it again is no repeat."""
        self._bodies.pop((address, entry.survey, entry.digest), None)

    def clear(self) -> None:
        """Forget everything, when the key of the address hashes changes."""
        self._buckets.clear()
        self._bodies.clear()
