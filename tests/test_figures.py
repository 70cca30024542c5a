"""Figures equal the oracles: scipy and statsmodels, and answers worked out by others."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from mati import figures

EXACT = 1e-12
CHANCE = random.Random(20261122)  # noqa: S311 -- for tests
COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=12)


def tables(number: int = 300) -> list[tuple[int, int]]:
    bases = [CHANCE.randint(1, 5000) for _ in range(number)]
    return [(CHANCE.randint(0, base), base) for base in bases]


def test_wilson_equals_statsmodels_and_scipy():
    for count, base in tables():
        low, high = figures.wilson(count, base)
        assert (low, high) == pytest.approx(
            proportion_confint(count, base, method="wilson"), abs=EXACT
        )
        other = stats.binomtest(count, base).proportion_ci(method="wilson")
        assert (low, high) == pytest.approx((other.low, other.high), abs=EXACT)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_worked_cases_of_newcombe(count, base, low, high):
    assert figures.wilson(count, base) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_everybody_or_nobody_ends_exactly_there():
    assert figures.wilson(0, 7)[0] == 0
    assert figures.wilson(7, 7)[1] == 1
    assert figures.wilson(0, 0) == (0, 1)


def test_the_score_and_its_interval_equal_the_multinomial_formula():
    z = stats.norm.ppf(0.975)
    for _ in range(300):
        promoters, passives, detractors = (CHANCE.randint(0, 300) for _ in range(3))
        base = promoters + passives + detractors
        if not base:
            continue
        score = figures.nps(promoters, passives, detractors)
        assert score == pytest.approx(100 * (promoters - detractors) / base, abs=EXACT)
        # the same answers as numbers 1, 0, -1, three quarters of an answer added to each end
        weights = [promoters + 0.75, passives + 1.5, detractors + 0.75]
        described = DescrStatsW([1, 0, -1], weights=weights)
        half = z * math.sqrt(described.var / (base + 3))
        wanted = (max(-1, described.mean - half), min(1, described.mean + half))
        found = figures.nps_interval(promoters, passives, detractors)
        assert found == pytest.approx(tuple(100 * w for w in wanted), abs=1e-10)


def test_a_score_without_answers_is_none():
    assert figures.nps(0, 0, 0) is None


@pytest.mark.parametrize(("share", "least"), [((0.5, 0.3, 0.2), 0.92), ((0.9, 0.08, 0.02), 0.9)])
def test_the_score_lies_in_its_interval_as_often_as_it_says(share, least):
    true, inside = 100 * (share[0] - share[2]), 0
    chance = random.Random(7)  # noqa: S311 -- for tests
    for _ in range(1500):
        drawn = chance.choices((0, 1, 2), share, k=10)
        low, high = figures.nps_interval(*(drawn.count(group) for group in range(3)))
        inside += low <= true <= high
    assert inside / 1500 >= least


@given(COUNTS, st.integers(0, 1000))
@settings(max_examples=100)
def test_largest_remainder_adds_up_and_stays_within_one(counts, whole):
    parts = figures.largest_remainder(counts, whole)
    total = sum(counts)
    assert sum(parts) == (whole if total else 0)
    for part, count in zip(parts, counts, strict=True):
        assert abs(part - (whole * count / total if total else 0)) < 1
        assert count or not part


@given(st.lists(COUNTS, min_size=1, max_size=4))
@settings(max_examples=100)
def test_parts_add_up_to_the_totals_shown(groups):
    parts = figures.nested_percents(groups)
    totals = figures.largest_remainder([sum(group) for group in groups])
    assert tuple(map(sum, parts)) == totals
    assert sum(totals) == (100 if any(map(sum, groups)) else 0)


def test_18_and_22_are_40():
    # the fault of the trial chart: 18 + 22 beside a total of 41
    parts = figures.nested_percents([(74, 92), (107,), (87, 49)])
    totals = [sum(side) for side in parts]
    assert sum(totals) == 100
    assert parts[0][0] + parts[0][1] == totals[0]


@given(st.floats(-100, 100), st.floats(0, 50))
def test_intervals_are_never_rounded_inward(middle, half):
    low, high = figures.outward(middle - half, middle + half)
    assert low <= middle - half + 1e-6
    assert high >= middle + half - 1e-6


def test_whole_bounds_stay_where_they_are():
    assert figures.outward(100 * 0.29, 100 * 0.57) == (29, 57)


@given(st.dictionaries(st.integers(0, 10), st.integers(0, 40), min_size=1))
@settings(max_examples=100)
def test_mean_equals_that_of_the_answers_written_out(counts):
    answers = [value for value, count in counts.items() for _ in range(count)]
    if not answers:
        assert figures.mean(counts) is None
        return
    assert figures.mean(counts) == pytest.approx(statistics.fmean(answers), abs=EXACT)


def test_the_interval_of_a_mean_equals_statsmodels():
    for _ in range(100):
        counts = {value: CHANCE.randint(1, 90) for value in range(1, 8)}
        described = DescrStatsW(list(counts), weights=list(counts.values()), ddof=0)
        wanted = described.zconfint_mean()
        assert figures.mean_interval(counts) == pytest.approx(wanted, abs=1e-9)


def test_no_interval_of_a_mean_from_few_answers():
    assert figures.mean_interval({1: 10, 5: 19}) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_part_is_everything_or_nothing_only_where_it_is(part, whole):
    part = min(part, whole)
    found = figures.part_percent(part, whole)
    assert (found == 0) == (part == 0)
    assert (found == 100) == (part == whole)
    assert abs(found - 100 * part / whole) <= (0.5 if 1 <= 100 * part / whole <= 99 else 1)
