"""Numbers of groups of answers beside each other: periods, segments, ratings. No words."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Change", "Groups", "Link", "Part", "Segment", "Trace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one group answered: those of a period or segment, or of several rolled up.

    ``codes`` are its values; ``counts`` how many gave each of the answers that are told apart.
    """

    codes: tuple[str, ...]
    counts: tuple[int, ...]
    rest: bool = False
    """Small segments together."""

    @property
    def base(self) -> int:
        """How many of the group answered."""
        return sum(self.counts)

    @property
    def level(self) -> float:
        """The share of the positive from 0 to 1, or the score from -1 to 1."""
        against = self.counts[-1] if len(self.counts) > 2 else 0  # noqa: PLR2004 - a score
        return (self.counts[0] - against) / self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One rated item in each group, in the order of the groups.

    A part counts (positive, others), or for a ``score`` (promoters, passives, detractors).
    """

    item: str
    score: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One rated item in one group beside the same in another, such as the period before.

    ``low`` and ``high`` are the 95 % interval of the difference, as a share from -1 to 1 or in
    points of a score. ``chance`` is how often chance alone would make such a difference
    somewhere among all that were compared (Holm). ``verdict``: 1 likely higher, -1 likely lower,
    0 neither.
    """

    item: str
    score: bool
    before: Part
    now: Part
    low: float
    high: float
    chance: float
    verdict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How closely the answers to an item go with how content people are all in all.

    ``strength`` is Kendall's tau-b, from -1 to 1; ``percent`` how many of all rated it well;
    ``weight`` what there is to win: strength times the share that is not positive.
    """

    item: str
    base: int
    strength: float
    percent: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The rated items by the values of one column, such as a branch; changes set one group
    beside all others.
    """

    column: str
    codes: tuple[str, ...]
    traces: tuple[Trace, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """All groups of answers that a report sets beside each other; safe to show."""

    trends: tuple[Trace, ...] = ()
    changes: tuple[Change, ...] = ()
    segments: tuple[Segment, ...] = ()
    links: tuple[Link, ...] = ()
