"""Whole-number counts in, statistics out: shares with intervals, scores, means, rounding.

Exact formulas on the standard library, held equal to scipy and statsmodels by the tests.
Nothing here knows what was counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import NormalDist

__all__ = [
    "FEW",
    "HEADLINE",
    "SURE",
    "Z95",
    "holm",
    "largest_remainder",
    "mean",
    "mean_interval",
    "nested_percents",
    "newcombe",
    "nps",
    "nps_change",
    "nps_interval",
    "outward",
    "part_percent",
    "tau_b",
    "two_proportions",
    "wilson",
]

Z95 = NormalDist().inv_cdf(0.975)
"""The two-sided 95 % point of the normal distribution."""

FEW = 30
"""Below this base a share is marked as resting on few answers (half-width above ±14 points)."""

SURE = 0.05
"""A difference that chance would make less often than this is said to be likely."""

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


# --- One group beside another ----------------------------------------------------------------


def newcombe(
    count: int, base: int, other: int, other_base: int, z: float = Z95
) -> tuple[float, float]:
    """Return the hybrid score interval of ``count / base - other / other_base``.

    Both bases are above 0. Source: Newcombe, Statistics in Medicine 17 (1998) 873-890,
    method 10.
    """
    here, there = count / base, other / other_base
    low, high = wilson(count, base, z)
    other_low, other_high = wilson(other, other_base, z)
    below = math.sqrt((here - low) ** 2 + (other_high - there) ** 2)
    above = math.sqrt((high - here) ** 2 + (there - other_low) ** 2)
    return max(-1.0, here - there - below), min(1.0, here - there + above)


def two_proportions(count: int, base: int, other: int, other_base: int) -> float:
    """Return how often chance alone would set two equal shares this far apart (two-sided p).

    The pooled z-test: its square is Pearson's chi-square without continuity correction. 1 where
    both shares are 0 or both are 1, or nothing was counted. Source: Agresti, Categorical Data
    Analysis (2013) sec. 3.2.
    """
    if base <= 0 or other_base <= 0:
        return 1.0
    pooled = (count + other) / (base + other_base)
    variance = pooled * (1 - pooled) * (1 / base + 1 / other_base)
    return _two_sided(count / base - other / other_base, variance)


def _two_sided(difference: float, variance: float) -> float:
    # erfc keeps its exactness far out, where 1 - cdf is rounded to 0
    return math.erfc(abs(difference) / math.sqrt(2 * variance)) if variance > 0 else 1.0


def nps_change(
    now: tuple[int, int, int], before: tuple[int, int, int], z: float = Z95
) -> tuple[float, float, float]:
    """Return (low, high, p) of the difference of two Net Promoter Scores, in points.

    Each of ``now`` and ``before`` is (promoters, passives, detractors) of independent groups,
    none of them empty.
    Standard errors are those of ``nps_interval``; p is two-sided, of the plain difference over
    the plain errors. Source: variance of a difference of multinomial shares, Agresti,
    Categorical Data Analysis (2013) sec. 1.2; the added answers are those of Rocks (2016).
    """
    score = variance = plain = plain_variance = 0.0
    for sign, (promoters, passives, detractors) in ((1, now), (-1, before)):
        for extra in (0.0, 0.75):
            base = promoters + passives + detractors + 4 * extra
            high, low = (promoters + extra) / base, (detractors + extra) / base
            spread = (high + low - (high - low) ** 2) / base
            if extra:
                score, variance = score + sign * (high - low), variance + spread
            else:
                plain, plain_variance = plain + sign * (high - low), plain_variance + spread
    half = z * math.sqrt(variance)
    return 100 * (score - half), 100 * (score + half), _two_sided(plain, plain_variance)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Return p-values made larger so that of all of them together one in twenty misleads.

    In the order given, at most 1. Source: Holm, Scandinavian Journal of Statistics 6 (1979)
    65-70.
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    found, least = [1.0] * len(chances), 0.0
    for place, at in enumerate(order):
        least = max(least, min(1.0, (len(chances) - place) * chances[at]))
        found[at] = least
    return tuple(found)


def tau_b(table: Sequence[Sequence[int]]) -> tuple[float, float] | None:
    """Return Kendall's rank association of two ordered answers, and its two-sided p.

    ``table`` holds how many gave the row's and the column's answer, both in rising order. From
    -1 to 1, ties allowed for; None where one of the two does not vary. The p is that of the
    normal approximation with ties. Source: Kendall, Rank Correlation Methods (1970) ch. 3, 4.
    """
    rows, columns = (
        [sum(row) for row in table],
        [sum(column) for column in zip(*table, strict=True)],
    )
    base = sum(rows)
    pairs = base * (base - 1) // 2
    tied_rows, tied_columns = (sum(n * (n - 1) // 2 for n in ends) for ends in (rows, columns))
    if pairs in (tied_rows, tied_columns):
        return None
    surplus = _surplus(table)
    value = surplus / math.sqrt((pairs - tied_rows) * (pairs - tied_columns))
    return value, _two_sided(surplus, _spread(rows, columns, base))


def _surplus(table: Sequence[Sequence[int]]) -> int:
    """Return how many more pairs agree in their order than contradict it."""
    found, above = 0, [0] * len(table[0])
    for row in table:
        before = [0, *accumulate(above)]
        whole = before[-1]
        found += sum(
            count * (before[at] - (whole - before[at + 1])) for at, count in enumerate(row)
        )
        above = [old + count for old, count in zip(above, row, strict=True)]
    return found


def _spread(rows: Sequence[int], columns: Sequence[int], base: int) -> float:
    """Return the variance of the surplus where the two answers have nothing to do with each
    other.
    """
    twos, threes, fives = 1.0, 1.0, 0
    for ends in (rows, columns):
        twos *= sum(n * (n - 1) for n in ends)
        threes *= sum(n * (n - 1) * (n - 2) for n in ends)
        fives += sum(n * (n - 1) * (2 * n + 5) for n in ends)
    plain = (base * (base - 1) * (2 * base + 5) - fives) / 18
    twos /= 2 * base * (base - 1)
    threes /= max(1, 9 * base * (base - 1) * (base - 2))
    return plain + twos + threes
