"""Figures equal the oracles: scipy and statsmodels, and answers worked out by others."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)
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


# --- One group beside another ----------------------------------------------------------------

R_WILSON = [  # prop.test(x, n, correct = FALSE)$conf.int, R 4.2.2
    (81, 263, 0.25528851987827428, 0.36620957698280016),
    (15, 148, 0.062386399530736283, 0.160487241723308),
    (0, 20, 0, 0.1611251580528193),
    (1, 29, 0.006113214292762661, 0.17175521879320282),
    (567, 1681, 0.31509176329677824, 0.36024860945089077),
    (7, 7, 0.64566956493331262, 1),
]
R_TWO = [  # prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$p.value, R 4.2.2
    (90, 120, 60, 110, 0.0011399488201374831),
    (56, 70, 48, 80, 0.0080450813681965643),
    (9, 10, 3, 10, 0.0061698993205441532),
    (5, 56, 0, 29, 0.097186568170579746),
    (446, 1681, 668, 1681, 4.1490898303374093e-16),
]
RATED = ((9, 3, 1, 0), (4, 8, 6, 1), (1, 5, 12, 9), (0, 2, 7, 22))


@pytest.mark.parametrize(("count", "base", "low", "high"), R_WILSON)
def test_wilson_gives_what_r_gives(count, base, low, high):
    assert figures.wilson(count, base) == pytest.approx((low, high), abs=EXACT)


def test_the_interval_of_a_difference_equals_statsmodels():
    for (count, base), (other, other_base) in zip(tables(), tables(), strict=True):
        found = figures.newcombe(count, base, other, other_base)
        wanted = confint_proportions_2indep(
            count, base, other, other_base, method="newcomb", compare="diff"
        )
        assert found == pytest.approx(wanted, abs=EXACT)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((90, 120, 60, 110), 0.08119384, 0.3202997),  # Epi::ci.pd of R
    ],
)
def test_the_interval_of_a_difference_gives_the_worked_cases_of_newcombe(counts, low, high):
    assert figures.newcombe(*counts) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "base", "other", "other_base", "chance"), R_TWO)
def test_two_shares_are_compared_as_r_does(count, base, other, other_base, chance):
    found = figures.two_proportions(count, base, other, other_base)
    assert found == pytest.approx(chance, rel=EXACT)


def test_two_shares_are_compared_as_statsmodels_does():
    for (count, base), (other, other_base) in zip(tables(), tables(), strict=True):
        if 0 < count + other < base + other_base:
            wanted = proportions_ztest([count, other], [base, other_base])[1]
            found = figures.two_proportions(count, base, other, other_base)
            assert found == pytest.approx(wanted, abs=EXACT)


@pytest.mark.parametrize("counts", [(0, 9, 0, 4), (9, 9, 4, 4), (0, 0, 3, 5), (3, 5, 0, 0)])
def test_alike_or_unknown_shares_do_not_differ(counts):
    assert figures.two_proportions(*counts) == 1


@given(st.lists(st.floats(0, 1), max_size=30))
@settings(max_examples=100)
def test_many_comparisons_equal_statsmodels(chances):
    wanted = multipletests(chances, method="holm")[1] if chances else []
    assert figures.holm(chances) == pytest.approx(tuple(wanted), abs=EXACT)


def test_many_comparisons_equal_r():
    # p.adjust(c(...), "holm"), R 4.2.2
    found = figures.holm((0.01, 0.04, 0.03, 0.005, 0.2, 0.0001, 0.9))
    assert found == pytest.approx((0.05, 0.12, 0.12, 0.03, 0.4, 0.0007, 0.9), abs=EXACT)


def test_scores_are_compared_as_the_means_of_numbers_are():
    for _ in range(200):
        now, before = (tuple(CHANCE.randint(1, 90) for _ in range(3)) for _ in range(2))
        low, high, chance = figures.nps_change(now, before)
        means, variances, plain, plain_variances = [], [], [], []
        for promoters, passives, detractors in (now, before):
            base = promoters + passives + detractors
            marks = [1] * promoters + [0] * passives + [-1] * detractors
            plain.append(statistics.fmean(marks))
            plain_variances.append(statistics.pvariance(marks) / base)
            eased = DescrStatsW([1, 0, -1], [promoters + 0.75, passives + 1.5, detractors + 0.75])
            means.append(eased.mean)
            variances.append(eased.var / (base + 3))
        half = stats.norm.ppf(0.975) * math.sqrt(sum(variances))
        middle = means[0] - means[1]
        assert (low, high) == pytest.approx((100 * (middle - half), 100 * (middle + half)))
        z = (plain[0] - plain[1]) / math.sqrt(sum(plain_variances))
        assert chance == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-10)


def test_scores_without_spread_do_not_differ_by_chance():
    assert figures.nps_change((5, 0, 0), (9, 0, 0))[2] == 1


def test_rank_association_equals_scipy():
    for _ in range(150):
        width = CHANCE.randint(2, 6)
        table = [
            [CHANCE.choice((0, 0, 1, 3, 9)) for _ in range(width)]
            for _ in range(CHANCE.randint(2, 6))
        ]
        cells = [(r, c, n) for r, row in enumerate(table) for c, n in enumerate(row)]
        first = [r for r, _, n in cells for _ in range(n)]
        second = [c for _, c, n in cells for _ in range(n)]
        found = figures.tau_b(table)
        if len(set(first)) < 2 or len(set(second)) < 2:
            assert found is None
        elif len(first) > 2:
            wanted = stats.kendalltau(first, second, method="asymptotic")
            assert found == pytest.approx((wanted.statistic, wanted.pvalue), abs=EXACT)


def test_rank_association_equals_r():
    # cor.test(x, y, method = "kendall", exact = FALSE), R 4.2.2
    wanted = (0.64013605442176869, 8.7281000647425833e-13)
    assert figures.tau_b(RATED) == pytest.approx(wanted, abs=EXACT)


def test_two_answers_rank_alike():
    assert figures.tau_b(((1, 0), (0, 1))) == pytest.approx((1.0, 0.31731050786291415))
