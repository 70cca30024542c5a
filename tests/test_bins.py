"""Numbers, days and times fall into spans that the survey alone decides."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_surveys import (
    TEMPLATES,
    Tongue,
    counted,
    made,
    responses,
    section,
    survey,
    text,
    written,
)

from mati.blocks.numbers import block, span_of
from mati.model import All, Block, Compared, Condition, Field, Input, Not, RawRow, bins_of, holds
from mati.report import formats, results_csv, results_json
from mati.summarise import summaries

RANGES = st.one_of(
    st.tuples(st.none(), st.none()),
    st.tuples(st.integers(-(10**6), 10**6), st.none()),
    st.tuples(st.none(), st.integers(-(10**6), 10**6)),
    st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 10**6)).map(
        lambda p: (p[0], p[0] + p[1])
    ),
)


@given(RANGES, st.floats(-1e7, 1e7, allow_nan=False))
def test_every_number_in_range_falls_into_one_span(ends, number):
    low, high = ends
    bins = bins_of(Input(kind="number", low=low, high=high))
    words = f"{number:.3f}"
    code, value = bins.code_of(words), float(words)
    inside = (low is None or low <= value) and (high is None or value <= high)
    assert bool(code) == inside
    if code:
        begin, end = bins.span(code)
        assert begin is None or begin <= value
        assert end is None or value < end
    assert list(bins.edges) == sorted(set(bins.edges))
    assert list(bins.codes) == sorted(bins.codes)


@pytest.mark.parametrize(
    ("low", "high", "spans", "single"),
    [(0, 8, 9, True), (0, 20, 21, True), (1, 1, 1, True), (0, 21, 11, False), (10, 99, 18, False),
     (0, 1000, 21, False), (-50, 50, 21, False)],
)  # fmt: skip
def test_a_range_has_round_spans_and_never_many(low, high, spans, single):
    bins = bins_of(Input(kind="number", low=low, high=high))
    assert (len(bins.edges), bins.single) == (spans, single)
    assert bins.edges[0] == low
    assert all(edge % (bins.edges[2] - bins.edges[1]) == 0 for edge in bins.edges[1:] if not single)


@given(st.dates())
def test_every_day_falls_into_one_span(day):
    bins = bins_of(Input(kind="date"))
    begin, end = bins.span(bins.code_of(day.isoformat()))
    assert begin is None or begin <= day.toordinal()
    assert end is None or day.toordinal() < end


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_falls_into_its_hour(hour, minute):
    bins = bins_of(Input(kind="time"))
    assert bins.span(bins.code_of(f"{hour:02}:{minute:02}")) == (60 * hour, 60 * hour + 60)


NONE = ("", "soon", "1e5", "nan", "inf", "2026-02-30", "25:00", "--", "\x00")


@pytest.mark.parametrize("kind", ["number", "date", "time"])
@pytest.mark.parametrize("words", NONE)
def test_what_is_none_falls_into_no_span(kind, words):
    bins = bins_of(Input(kind=kind, low=0, high=9) if kind == "number" else Input(kind=kind))
    assert bins.code_of(words) == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [("date", "20260131"), ("date", "2026-W05-1"), ("time", "09:99"), ("time", "9:5"),
     ("time", "1_0:30")],
)  # fmt: skip
def test_what_does_not_fit_its_line_falls_into_no_span(kind, words):
    wanted = asked(Input(kind=kind))
    assert responses(rows([words]), wanted)[0].odd == ("many",)
    assert bins_of(Input(kind=kind)).code_of(words) == ""


@given(
    RANGES,
    st.integers(-(10**6), 10**6).map(float) | st.floats(-1e6, 1e6).map(lambda n: round(n, 1)),
    st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
    st.lists(st.integers(-(10**6), 10**6), min_size=1),
)
def test_spans_that_pass_a_comparison_hold_only_answers_that_do(ends, value, op, answers):
    bins = bins_of(Input(kind="number", low=ends[0], high=ends[1]))
    relation = Compared(("n",), op, f"{value:.1f}", "number")
    for answer in answers:
        code = bins.code_of(str(answer))
        passes = bins.passes((code,), op, relation.value) if code else None
        assert passes in (None, holds(relation, {"n": (str(answer),)}))


def test_words_have_no_spans():
    assert bins_of(Input(kind="text")) is None


# --- In a report -----------------------------------------------------------------------------


def asked(line: Input):
    question = written("many", "How many?")
    return survey(section("s", "Page", replace(question, input=line)))


def rows(answers, name="many") -> list[RawRow]:
    return [
        RawRow(
            key=str(at), at="2026-10-10T03:00:00Z",
            pairs=(("mati_survey", "customer-service"), (name, str(one))) if one != "" else
            (("mati_survey", "customer-service"),),
        )
        for at, one in enumerate(answers)
    ]  # fmt: skip


def view(line: Input, answers):
    wanted = asked(line)
    sums = counted(responses(rows(answers), wanted), wanted)
    (summary,) = summaries(wanted, sums)
    return block.view(wanted.questions[0], summary).spreads[0], summary


@given(st.lists(st.integers(0, 9), min_size=20, max_size=90))
def test_the_middle_is_an_answer_and_equals_numpy(answers):
    answers = [one for one in range(10) for _ in range(5)] + answers
    spread, _ = view(Input(kind="number", low=0, high=9), answers)
    middle = int(np.quantile(answers, 0.5, method="inverted_cdf"))
    assert (spread.middle.low, spread.middle.high) == (middle, middle)
    assert middle == statistics.median_low(answers)
    inside = [one for one in answers if spread.half.low <= one <= spread.half.high]
    assert 2 * len(inside) >= len(answers)
    assert spread.half.low == np.quantile(answers, 0.25, method="inverted_cdf")


@given(st.lists(st.integers(0, 100), max_size=60))
def test_no_span_of_few_is_shown_and_none_is_lost(answers):
    spread, summary = view(Input(kind="number", low=0, high=100), answers)
    (found,) = summary.distributions
    if found.hidden:
        assert len(answers) < 5
        return
    assert sum(row.level.count for row in spread.rows) == len(answers) == found.base
    assert all(row.level.count == 0 or row.level.count >= 5 for row in spread.rows)
    assert len(spread.rows) <= 12


def test_what_is_no_number_is_outside_the_base():
    spread, _ = view(Input(kind="number", low=0, high=8), ["3"] * 6 + ["many"] * 2 + ["99", "", ""])
    assert (spread.state.base, spread.state.missing) == (6, 2)


def test_khmer_and_lao_digits_count():
    spread, _ = view(Input(kind="number", low=0, high=30), ["១២"] * 5 + ["໑໒"] * 5)
    assert [row.level.count for row in spread.rows] == [10]


def test_the_files_say_where_spans_begin_and_end():
    wanted = asked(Input(kind="number", low=0, high=100))
    answers = [7] * 9 + [42] * 9 + [100] * 9
    found = made(rows(answers), wanted)
    text_ = results_json(found, "en").decode()
    assert '"from": 40' in text_
    assert '"to": 44' in text_
    assert "40..44" in results_csv(found).decode()
    assert "b00" not in text_


@pytest.mark.parametrize(
    ("line", "answers", "words"),
    [
        (Input(kind="number", low=0, high=9), [3] * 9 + [4] * 9, ["The middle answer: 3."]),
        (Input(kind="number"), [70_000] * 9 + [3 * 10**9] * 9, ["50,000 – 99,999", "or more"]),
        (Input(kind="number", high=10), [-3_000_000_000] * 9, ["or less"]),
        (Input(kind="date"), ["2026-11-03"] * 9 + ["1850-01-01"] * 9, ["before Jan 1930"]),
        (Input(kind="date"), ["2040-11-03"] * 9, ["Jan 2036 or later"]),
        (Input(kind="time"), ["23:30"] * 9, ["11:00\u202fPM–12:00\u202fAM"]),
    ],
)  # fmt: skip
def test_spans_are_written_as_people_say_them(line, answers, words):
    spread, _ = view(line, answers)
    module = (
        TEMPLATES.environment(message=Tongue().message)
        .get_template("blocks/numbers/block.html")
        .module
    )
    html = str(module.one(spread, formats("en")))
    for one in words:
        assert one in html


def test_fields_show_numbers_and_words_each_in_their_way():
    question = written("more", "More")
    fields = tuple(
        Field(id=name, label=text(name), input=Input(kind=kind, low=0, high=5), span=question.span)
        for name, kind in (("kids", "number"), ("note", "text"))
    )
    many = replace(question, kind="fields", block=Block.FIELDS, fields=fields)
    wanted = survey(section("s", "Page", many))
    made_ = [
        RawRow(key=str(n), at="2026-10-10T03:00:00Z", pairs=(
            ("mati_survey", "customer-service"), ("more.kids", "2"), ("more.note", "secret")))
        for n in range(9)
    ]  # fmt: skip
    (summary,) = summaries(wanted, counted(responses(made_, wanted), wanted))
    assert summary.shows == ("numbers", "written")
    kids, note = summary.distributions
    assert (kids.base, note.base) == (9, 9)
    assert span_of(kids.cells[2].codes, kids.bins).low == 2


def test_a_day_long_ago_and_one_far_ahead_have_their_places():
    bins = bins_of(Input(kind="date"))
    assert bins.code_of(date(1, 1, 1).isoformat()) == bins.codes[0]
    assert bins.code_of((date.max - timedelta(days=1)).isoformat()) == bins.codes[-1]


# --- Parts of a survey behind a comparison ---------------------------------------------------

FEW, MOST = 3, 10


def over(value: int) -> Compared:
    return Compared(("many",), ">=", str(value), "number")


BEHIND: tuple[tuple[Condition, ...], ...] = (
    (over(1),),
    (over(2),),
    (Not(over(2)),),
    (over(1), over(2)),
    (All((over(1), Compared(("many",), "<=", "2", "number"))),),
    (Compared(("many",), "=", "1", "number"),),
    (Compared(("many",), "!=", "2", "number"), over(3)),
)


def behind(line: Input, *conditions: Condition, least: int = 5):
    """A survey of a typed answer, and a question behind each of ``conditions``."""
    first = replace(written("many", "How many?"), input=line)
    more = (written(f"why{at}", "Why?", show_if=one) for at, one in enumerate(conditions))
    return survey(section("s", "Page", first, *more), least=least)


def with_script(answers) -> list[RawRow]:
    """As pages with a script send them, which show only what is asked."""
    return [
        replace(row, pairs=(*row.pairs, ("mati_version", "v1"), ("mati_id", f"visitor-{at:04}")))
        for at, row in enumerate(rows(answers))
    ]


def tables() -> Iterator[tuple[int, ...]]:
    found = itertools.product(range(MOST + 1), repeat=4)
    return (table for table in found if sum(table) <= MOST)


@pytest.mark.parametrize("conditions", BEHIND, ids=str)
def test_who_was_asked_tells_of_nobody_in_a_span(conditions):
    """A reader who knows the rules and tries every table finds no span of few for certain."""
    wanted = behind(Input(kind="number", low=0, high=3), *conditions, least=FEW)
    seen = defaultdict(list)
    for table in tables():
        everyone = sum(table)
        counts = {"mati_counted": everyone, "many?": everyone, "many": everyone}
        counts |= {f"many=b{at:03}": number for at, number in enumerate(table)}
        for at, one in enumerate(conditions):
            asked_ = sum(n for value, n in enumerate(table) if holds(one, {"many": (str(value),)}))
            counts |= {f"why{at}?": asked_, f"why{at}": asked_}
        found = [one.distributions[0] for one in summaries(wanted, counts)]
        told = tuple((one.hidden, one.base, one.cells) for one in found)
        seen[told].append(table)
    for told, possible in seen.items():
        for at in range(4):
            values = {table[at] for table in possible}
            assert len(values) > 1 or not 0 < min(values) < FEW, (told, possible)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({15: 9, 18: 9, 25: 9}, True),  # a line through a span with enough on both sides
        ({15: 9, 18: 2, 25: 9}, False),
        ({15: 2, 18: 9, 25: 9}, False),
        ({15: 9, 25: 9}, True),
        ({15: 9, 25: 9, "200": 2}, False),  # out of range, and asked all the same
    ],
)
def test_a_part_behind_a_line_through_a_span_stands_where_both_sides_do(answers, shown):
    wanted = behind(Input(kind="number", low=0, high=120), over(16))
    given_ = [value for value, number in answers.items() for _ in range(number)]
    _, why = summaries(wanted, counted(responses(with_script(given_), wanted), wanted))
    assert why.distributions[0].hidden != shown


def test_two_lines_through_a_span_give_the_part_between_them_away():
    line = Input(kind="number", low=0, high=120)
    answers = [12] * 9 + [15] * 2 + [18] * 9
    for conditions in ((over(14),), (over(16),)):
        wanted = behind(line, *conditions)
        (_, why) = summaries(wanted, counted(responses(with_script(answers), wanted), wanted))
        assert not why.distributions[0].hidden
    wanted = behind(line, over(14), over(16))
    found = summaries(wanted, counted(responses(with_script(answers), wanted), wanted))
    assert [one.distributions[0].hidden for one in found] == [False, True, True]


def test_days_are_parted_where_months_begin():
    answers = ["2026-10-05"] * 9 + ["2026-11-02"] * 9 + ["2026-11-29"] * 2
    answers += ["2026-12-05"] * 9
    for day, hidden in (("2026-11-01", False), ("2026-11-15", True)):
        wanted = behind(Input(kind="date"), Compared(("many",), ">=", day, "date"))
        _, why = summaries(wanted, counted(responses(with_script(answers), wanted), wanted))
        assert why.distributions[0].hidden == hidden
