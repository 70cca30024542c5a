"""Statements of an engine: safe by construction, and one for all the sums."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_surveys import everything

from mati.engines import engines
from mati.engines.sqlite import literal
from mati.model import Column, Measure, Response
from mati.model import Test as Probe
from mati.runners import count
from mati.summarise import columns, measures

ENGINES = engines.all()


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request):
    return request.param


def test_one_statement_holds_every_sum(engine):
    wanted = everything()
    names = tuple(column.name for column in columns(wanted))
    text = engine.statement("answers", names, measures(wanted))
    assert text.count("SELECT") == 1
    assert text.count("COUNT(") == len(measures(wanted))
    for word in ("UNNEST", "PIVOT", "staff.polite =", "JSON"):
        assert word not in text


def test_words_of_a_survey_never_name_a_column(engine):
    text = engine.statement("t", ("a; DROP TABLE t", "b"), (Measure("m", (Probe("b", "given"),)),))
    assert "DROP" not in text
    assert "c1 IS NOT NULL" in text


@given(st.text(min_size=1))
def test_only_codes_stand_in_a_statement(words):
    try:
        quoted = literal(words)
    except ValueError:
        return
    assert quoted == f"'{words}'"
    assert set(words) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.-")


@pytest.mark.parametrize("code", ["a'b", "", "A", "ក", "a|b", "a%", "-a", "a\n"])
def test_other_words_are_refused(engine, code):
    for op in ("in", "has"):
        with pytest.raises(ValueError, match="not a code"):
            engine.statement("t", ("a",), (Measure("m", (Probe("a", op, (code,)),)),))


def test_tests_it_does_not_know_are_refused(engine):
    for test in (Probe("a", "like", ("x",)), Probe("a", "in"), Probe("a", "has")):
        with pytest.raises(ValueError, match="not a test"):
            engine.statement("t", ("a",), (Measure("m", (test,)),))


@pytest.mark.parametrize(
    ("stored", "code", "held"),
    [
        ("|a|c|", "a", 1),
        ("|a|c|", "c", 1),
        ("|ab|c|", "a", 0),
        ("|a_b|", "a_b", 1),
        ("|axb|", "a_b", 0),
        ("|a-b|", "a-b", 1),
        (None, "a", 0),
    ],
)
def test_codes_of_a_multiple_choice_are_told_apart(engine, stored, code, held):
    text = engine.statement("t", ("a",), (Measure("m", (Probe("a", "has", (code,)),)),))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (c0 TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", (stored,))
    assert connection.execute(text).fetchone() == (held,)
    connection.close()


def test_no_rows_give_zeros(engine):
    wanted = everything()
    found = count(engine, (), columns(wanted), measures(wanted))
    assert set(found.sums.values()) == {0}
    assert (found.first, found.last) == ("", "")


def answered(key: str, at: str, code: str) -> Response:
    return Response(key=key, id="", survey="s", version="", language="", channel="", at=at,
                    answers=(("q", (code,)),))  # fmt: skip


def test_more_sums_than_one_statement_can_hold(engine):
    codes = tuple(f"c{n}" for n in range(3001))
    column = Column(name="q", shape="one", codes=codes)
    asked = tuple(Measure(f"q={code}", (Probe("q", "in", (code,)),)) for code in codes)
    found = count(engine, [answered("k", "", "c3000")], (column,), asked)
    assert len(found.sums) == 3001
    assert sum(found.sums.values()) == found.sums["q=c3000"] == 1


def test_it_says_when_the_first_and_the_last_were_given(engine):
    moments = ("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z", "", "2026-11-03T00:00:00Z")
    rows = [answered(str(n), at, "a") for n, at in enumerate(moments)]
    found = count(engine, rows, (Column(name="q", shape="one", codes=("a",)),), ())
    assert (found.first, found.last) == (moments[1], moments[3])
