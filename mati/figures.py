"""Whole-number counts in, statistics out: shares with intervals, scores, means, rounding.

Exact formulas on the standard library, held equal to scipy and statsmodels by the tests.
Nothing here knows what was counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist

__all__ = [
    "FEW",
    "HEADLINE",
    "Z95",
    "largest_remainder",
    "mean",
    "mean_interval",
    "nested_percents",
    "nps",
    "nps_interval",
    "outward",
    "part_percent",
    "wilson",
]

Z95 = NormalDist().inv_cdf(0.975)
"""The two-sided 95 % point of the normal distribution."""

FEW = 30
"""Below this base a share is marked as resting on few answers (half-width above ±14 points)."""

HEADLINE = 50
"""From this base on a Net Promoter Score is shown as one number (half-width about ±21)."""


def wilson(count: int, base: int, z: float = Z95) -> tuple[float, float]:
    """Return the score interval of the share ``count / base``; (0, 1) when nothing was counted.

    Source: Wilson, JASA 22 (1927) 209-212; recommended by Brown, Cai and DasGupta,
    Statistical Science 16 (2001) 101-133.
    """
    if base <= 0:
        return 0.0, 1.0
    share, square = count / base, z * z
    centre = (share + square / (2 * base)) / (1 + square / base)
    spread = math.sqrt(share * (1 - share) / base + square / (4 * base * base))
    half = z / (1 + square / base) * spread
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == base else min(1.0, centre + half)
    return low, high


def nps(promoters: int, passives: int, detractors: int) -> float | None:
    """Return the Net Promoter Score from -100 to 100; None without answers.

    Source: Reichheld, Harvard Business Review 81 (2003) 46-54.
    """
    base = promoters + passives + detractors
    return 100 * (promoters - detractors) / base if base else None


def nps_interval(
    promoters: int, passives: int, detractors: int, z: float = Z95
) -> tuple[float, float]:
    """Return the adjusted Wald interval of the score, cut to -100 … 100.

    Three answers are added, three quarters of one to each end; the variance is that of a
    difference of two multinomial shares. Source: Rocks, American Statistician 70 (2016)
    365-372. The plain interval misses one time in three for ten happy answers.
    """
    base = promoters + passives + detractors + 3
    high, low = (promoters + 0.75) / base, (detractors + 0.75) / base
    score = high - low
    half = z * math.sqrt((high + low - score * score) / base)
    return 100 * max(-1.0, score - half), 100 * min(1.0, score + half)


def largest_remainder(counts: Sequence[int], whole: int = 100) -> tuple[int, ...]:
    """Return whole numbers in proportion to ``counts`` that add up to ``whole``.

    Zeros stay zero; ties go to the larger count, then to the first. All zeros without counts.
    Source: the method of Hamilton, in Balinski and Young, Fair Representation (1982).
    """
    total = sum(counts)
    if total <= 0:
        return (0,) * len(counts)
    floors = [count * whole // total for count in counts]
    order = sorted(
        range(len(counts)), key=lambda at: (-(counts[at] * whole % total), -counts[at], at)
    )
    for at in order[: whole - sum(floors)]:
        floors[at] += 1
    return tuple(floors)


def nested_percents(groups: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return whole percents of every count: totals of the groups first, the parts inside them.

    So the parts of a side add up to the total shown beside it, and the totals to 100.
    """
    totals = largest_remainder([sum(group) for group in groups])
    return tuple(
        largest_remainder(group, total) for group, total in zip(groups, totals, strict=True)
    )


_NOISE = 1e-9
"""Floating-point dust that must not push a rounded bound one further out."""


def outward(low: float, high: float) -> tuple[int, int]:
    """Round the ends of an interval away from its middle, so that it is never too narrow."""
    return math.floor(low + _NOISE), math.ceil(high - _NOISE)


def part_percent(part: int, whole: int) -> int:
    """Return a part as a whole percent; 0 and 100 only where it is nothing, or everything.

    ``whole`` is above 0 and not below ``part``.
    """
    nearest = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        return min(max(nearest, 1), 99)
    return nearest


def mean(counts: Mapping[int, int]) -> float | None:
    """Return the arithmetic mean of values (value -> count); None without answers."""
    base = sum(counts.values())
    return sum(value * count for value, count in counts.items()) / base if base else None


def mean_interval(counts: Mapping[int, int], z: float = Z95) -> tuple[float, float] | None:
    """Return mean ± z·SD/√n with the n - 1 SD; None below 30 answers, where it misleads.

    Source: Student's limit for large n, Snedecor and Cochran, Statistical Methods (1989) ch. 4.
    """
    base, middle = sum(counts.values()), mean(counts)
    if middle is None or base < FEW:
        return None
    squares = sum(count * (value - middle) ** 2 for value, count in counts.items())
    half = z * math.sqrt(squares / (base - 1) / base)
    return middle - half, middle + half
