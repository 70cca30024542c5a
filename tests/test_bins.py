"""Numbers, days and times fall into spans that the survey alone decides."""

from __future__ import annotations

import statistics
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
from mati.model import Block, Field, Input, RawRow, bins_of
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
        (Input(kind="date"), ["2026-11-03"] * 9 + ["1850-01-01"] * 9, ["Nov 2026", "before Dec"]),
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
