"""Groups beside each other: whole, never too small to show, and compared as the formulas say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_surveys import (
    HERE,
    LAST,
    counts,
    csat,
    customer_service,
    everything,
    nps,
    responses,
    scale,
    section,
    survey,
    text,
)
from scipy.optimize import linprog

from mati import figures
from mati.model import Chosen, Counted, Hidden, Part, RawRow, Release, Survey, Trace
from mati.responses import PERIOD
from mati.samples import sample
from mati.summarise import groups, measures, summaries, today
from mati.summarise.traces import changes

LEAST = 5
MONTHS, BRANCHES = ("2026-09", "2026-10", "2026-11"), ("pp", "vt", "sr")
Name = tuple[str, str, str]
LEVELS = ("1", "2", "3", "4", "5")
CHANCE = random.Random(20261125)  # noqa: S311 -- for tests


def shop(*questions: object, segments: tuple[str, ...] = ("branch",), least: int = LEAST) -> Survey:
    made = survey(section("s", "Page", *(questions or (csat(),))), least=least)
    branches = tuple((code, text(code.upper())) for code in ("pp", "vt", "sr", "bb"))
    field = Hidden(name="branch", values=branches, span=HERE)
    report = replace(made.settings.report, segments=segments)
    return replace(made, settings=replace(made.settings, hidden=(field,), report=report))


SHOP = shop()


def rows(cells: dict[tuple[str, str, str], int]) -> list[RawRow]:
    """Make submissions of (month, branch, mark) -> how many; "" for no mark."""
    made = []
    for (month, branch, mark), number in cells.items():
        for _ in range(number):
            pairs = [("mati_survey", "customer-service"), ("branch", branch)]
            pairs += [("overall", mark)] if mark else []
            made.append(RawRow(key=str(len(made)), at=f"{month}-10T03:00:00Z", pairs=tuple(pairs)))
    return made


def told(found: list[RawRow], wanted: Survey = SHOP):
    cubes = counts(responses(found, wanted), wanted)
    shown = summaries(wanted, cubes[0].sums)
    return groups(wanted, cubes, shown), shown, cubes


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(("2026-08", "2026-09", "2026-10", "2026-11")),
        st.sampled_from(("pp", "vt", "sr", "bb")),
        st.sampled_from((*LEVELS, "")),
    ),
    st.integers(0, 12),
    max_size=40,
)


@given(CELLS)
@settings(max_examples=60, deadline=None)
def test_no_shown_group_is_small_and_none_is_lost(cells):
    found, shown, _ = told(rows(cells))
    whole = shown[0].distributions[0]
    traces = [*found.trends, *(trace for one in found.segments for trace in one.traces)]
    for trace in traces:
        for part in trace.parts:
            assert all(count == 0 or count >= LEAST for count in part.counts), part
        assert sum(part.base for part in trace.parts) == whole.base
        positive = sum(part.counts[0] for part in trace.parts)
        assert positive == sum(n for (_, _, mark), n in cells.items() if mark in ("4", "5"))
        codes = [code for part in trace.parts for code in part.codes]
        assert len(codes) == len(set(codes))


@given(CELLS)
@settings(max_examples=30, deadline=None)
def test_periods_follow_each_other(cells):
    found, _, _ = told(rows(cells))
    for trace in found.trends:
        codes = [code for part in trace.parts for code in part.codes]
        assert codes == sorted(codes)


# --- What a reader could work out: an oracle of linear programs -------------------------------


def drawn() -> dict[tuple[str, str, str], int]:
    """Draw a shop's answers: few or many, content or not, branches large and small."""
    content, size = CHANCE.uniform(0.3, 0.97), CHANCE.choice((4, 8, 15))
    weights = [CHANCE.uniform(0.1, 1) for _ in BRANCHES]
    cells: Counter[tuple[str, str, str]] = Counter()
    for month, (branch, weight) in product(MONTHS, zip(BRANCHES, weights, strict=True)):
        for _ in range(CHANCE.randint(0, int(size * weight) + 1)):
            good = CHANCE.random() < content
            mark = CHANCE.choice(("4", "5") if good else ("1", "2", "3"))
            cells[month, branch, mark if CHANCE.random() < 0.95 else ""] += 1
    return dict(cells)


def shows(at: int, codes: tuple[str, ...], marks: str) -> Callable[[Name], bool]:
    """Tell the cells of some groups and marks: the month stands at 0, the branch at 1."""
    return lambda name: name[at] in codes and name[2] in tuple(marks)


def published_sums(told, made) -> list[tuple[Callable[[Name], bool], int, int]]:
    """Return all that a page shows as sums: which cells, what they add up to, of which release."""
    number, held = made.number, dict(made.shows)
    (one,) = told.summaries[0].distributions
    at = held.get("overall=", held.get("overall", number))
    every = [(shows(2, cell.codes, "12345"), cell.count, at) for cell in one.cells]
    if not one.hidden:
        every.append((lambda name: name[2] == "", one.missing, at))
    if told.collection.counted is not None:
        every.append((lambda _: True, told.collection.counted, number))
    traces = [(0, told.groups.trends, held.get(f"{PERIOD}:overall", number))]
    traces += [(1, s.traces, held.get(f"{s.column}:overall", number)) for s in told.groups.segments]
    for place, found, at in traces:
        for part in (part for trace in found for part in trace.parts):
            every.append((shows(place, part.codes, "45"), part.counts[0], at))
            every.append((shows(place, part.codes, "123"), part.counts[1], at))
    at = held.get("mati_origins", number)
    origins = (o for o in told.collection.origins if o.name == "mati_hidden.branch")
    cells = (cell for origin in origins for cell in origin.cells)
    return every + [(lambda name, c=cell.codes: name[1] in c, cell.count, at) for cell in cells]


@pytest.mark.parametrize("turn", range(150))
def test_no_small_group_can_be_worked_out(turn):
    cells = drawn()
    cubes = counts(responses(rows(cells), SHOP), SHOP)
    names = list(product(MONTHS, BRANCHES, (*LEVELS, "")))
    known = published_sums(today(SHOP, cubes), Release(number=1, cubes=cubes))
    if not known:
        return
    left = np.array([[float(holds(name)) for name in names] for holds, _, _ in known])
    right = np.array([float(count) for _, count, _ in known])
    for at, groups_ in ((0, MONTHS), (1, BRANCHES)):
        for group, marks in product(groups_, ("45", "123")):
            holds = shows(at, (group,), marks)
            true = sum(number for name, number in cells.items() if holds(name))
            if 0 < true < LEAST:
                aim = np.array([float(holds(name)) for name in names])
                low, high = (linprog(way, A_eq=left, b_eq=right) for way in (aim, -aim))
                assert low.status == high.status == 0
                assert -high.fun >= LEAST - 1e-6, (group, marks, true, -high.fun)
                assert -high.fun - low.fun > 0.5, (group, marks, true)


# --- Change ----------------------------------------------------------------------------------


def trace(*pairs: tuple[int, ...], item: str = "overall", score: bool = False) -> Trace:
    parts = (Part(codes=(f"2026-{at:02}",), counts=c) for at, c in enumerate(pairs, 1))
    return Trace(item=item, score=score, parts=tuple(parts))


def test_the_last_two_periods_are_compared():
    (found,) = changes([trace((1, 99), (40, 40), (70, 10))])
    assert (found.before.counts, found.now.counts) == ((40, 40), (70, 10))
    assert (found.low, found.high) == figures.newcombe(70, 80, 40, 80)
    assert found.chance == figures.two_proportions(70, 80, 40, 80)
    assert found.verdict == 1


def test_few_answers_are_not_compared():
    assert changes([trace((29, 0), (40, 40)), trace((40, 40), (10, 19)), trace((50, 50))]) == ()


def test_many_comparisons_make_each_less_sure():
    pair = ((50, 50), (65, 35))
    assert changes([trace(*pair)])[0].verdict == 1
    others = [trace((50, 50), (50, 50), item=f"i{n}") for n in range(9)]
    assert changes([trace(*pair), *others])[0].verdict == 0


def test_a_score_is_compared_as_a_score():
    (found,) = changes([trace((20, 20, 60), (60, 20, 20), score=True)])
    low, high, chance = figures.nps_change((60, 20, 20), (20, 20, 60))
    assert (found.low, found.high, found.chance, found.verdict) == (low, high, chance, 1)


def test_a_fall_is_a_fall():
    assert changes([trace((90, 10), (40, 60))])[0].verdict == -1


# --- What is told apart ----------------------------------------------------------------------


def test_what_only_some_were_asked_is_not_told_by_group():
    some = shop(csat(), replace(scale(), show_if=Chosen(("overall",), ("1", "2"))))
    made = [
        replace(row, pairs=(*row.pairs, ("easy", "3")))
        for row in rows(
            {("2026-10", "pp", "2"): 60, ("2026-11", "vt", "5"): 60, ("2026-11", "pp", "1"): 60}
        )
    ]
    found, _, _ = told(made, some)
    items = {t.item for t in found.trends} | {t.item for s in found.segments for t in s.traces}
    assert items == {"overall"}


def test_a_scale_by_itself_is_no_segment_of_itself():
    wanted = shop(csat(), nps(), segments=("overall", "branch", "language", "channel"))
    found, _, _ = told(list(sample(wanted, 400, LAST)), wanted)
    assert [segment.column for segment in found.segments] == [
        "overall",
        "mati_hidden.branch",
        "mati_lang",
        "mati_channel",
    ]
    assert all(t.item != "overall" for t in found.segments[0].traces)


def test_who_said_nothing_stands_last_and_once():
    wanted = shop(csat(), scale(), segments=("overall",))
    made = []
    for mark, number in (("5", 40), ("1", 20), ("", 20)):
        for at in range(number):
            pairs = [("mati_survey", "customer-service"), ("easy", "1" if at % 2 else "5")]
            pairs += [("overall", mark)] if mark else []
            made.append(RawRow(key=f"{mark}{at}", at="2026-10-10T03:00:00Z", pairs=tuple(pairs)))
    found, _, _ = told(made, wanted)
    (segment,) = found.segments
    assert [part.codes for part in segment.traces[0].parts] == [("5",), ("1",), ("none",)]


def test_what_goes_with_contentment_is_named_with_most_to_win_first():
    wanted = customer_service()
    found, _, _ = told(list(sample(wanted, 240, LAST)), wanted)
    weights = [link.weight for link in found.links]
    assert weights == sorted(weights, reverse=True)
    assert {link.item for link in found.links} <= {
        f"staff.{row.id}" for row in wanted.questions[0].rows
    }
    assert all(0 < link.strength <= 1 and link.base >= figures.FEW for link in found.links)


def test_what_has_nothing_to_do_with_contentment_is_not_named():
    wanted = shop(csat(), scale())
    made = []
    for at in range(400):
        pairs = (
            ("mati_survey", "customer-service"),
            ("overall", "15"[at % 2]),
            ("easy", "15"[at // 2 % 2]),
        )
        made.append(RawRow(key=str(at), at="2026-10-10T03:00:00Z", pairs=pairs))
    assert told(made, wanted)[0].links == ()


@pytest.mark.parametrize("number", [0, 1, 4, 29])
def test_few_answers_name_nothing(number):
    wanted = everything()
    found, _, _ = told(list(sample(wanted, number, LAST)), wanted)
    assert found.links == found.changes == ()


def test_sums_of_other_groups_are_not_added():
    with pytest.raises(ValueError, match="other groups"):
        Counted(by=("a",)).add(Counted(by=("b",)))


def test_months_counted_apart_give_the_whole():
    wanted = everything()
    found = responses(sample(wanted, 120, LAST), wanted)
    whole = counts(found, wanted)
    parts = [
        counts([one for one in found if one.at[:7] == m], wanted)
        for m in sorted({one.at[:7] for one in found})
    ]
    added = counts((), wanted)
    for part in parts:
        for sums, more in zip(added, part, strict=True):
            sums.add(more)
    assert [
        (one.cells.items() >= all_.cells.items()) for one, all_ in zip(added, whole, strict=True)
    ]
    assert [one.sums for one in added] == [one.sums for one in whole]
    assert set(added[0].sums) == {measure.name for measure in measures(wanted)}
