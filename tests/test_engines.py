"""Statements of an engine: safe by construction, and one for all the sums."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_surveys import HERE, LAST, counts, everything, responses, tally, text

from mati.engines import engines
from mati.engines.sqlite import literal
from mati.model import Column, Hidden, Measure
from mati.model import Test as Probe
from mati.responses import PERIOD
from mati.runners import Wanted, count
from mati.samples import sample
from mati.summarise import columns, groupings, measures

ENGINES = engines.all()
SQLITE = engines.find("sqlite")


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request):
    return request.param


def test_one_statement_holds_every_sum(engine):
    wanted = everything()
    names = tuple(column.name for column in columns(wanted))
    text = engine.statement("answers", names, measures(wanted))
    assert text.count("SELECT") == 1
    assert len(re.findall(r"COUNT(?:_IF)?\(", text)) == len(measures(wanted))
    for word in ("UNNEST", "PIVOT", "staff.polite =", "JSON"):
        assert word not in text


def test_words_of_a_survey_never_name_a_column(engine):
    text = engine.statement("t", ("a; DROP TABLE t", "b"), (Measure("m", (Probe("b", "given"),)),))
    assert "DROP" not in text
    assert "c1 <> '-'" in text


@given(st.text(min_size=1))
def test_only_codes_stand_in_a_statement(words):
    try:
        quoted = literal(words)
    except ValueError:
        return
    assert quoted == f"'{words}'"
    assert set(words) <= set(ascii_letters + digits + "_.-")


def test_a_language_with_a_region_is_counted(engine):
    probe = Measure("m", (Probe("lang", "in", ("pt-BR",)),))
    assert "'pt-BR'" in engine.statement("t", ("lang",), (probe,))


@pytest.mark.parametrize("code", ["a'b", "", "ក", "a|b", "a%", "-a", "a\n"])
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
def test_codes_of_a_multiple_choice_are_told_apart(stored, code, held):
    text = SQLITE.statement("t", ("a",), (Measure("m", (Probe("a", "has", (code,)),)),))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (c0 TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", (stored,))
    assert connection.execute(text).fetchone() == (held,)
    connection.close()


def test_no_rows_give_zeros(engine):
    wanted = everything()
    names = tuple(column.name for column in columns(wanted))
    asked = Wanted(columns=names, measures=measures(wanted), groupings=((), *groupings(wanted)))
    for found in count(SQLITE, (), asked):
        assert set(found.sums.values()) == {0}


def test_groups_add_up_to_the_whole(engine):
    wanted = everything()
    found = responses(sample(wanted, 200, LAST), wanted)
    sums = tally(wanted, found, measures(wanted))
    for one in counts(found, wanted):
        assert one.sums == sums
        for column in one.by:
            parts = one.along(column)
            assert len(parts) > 1
            for name, whole in sums.items():
                assert sum(part[name] for part in parts.values()) == whole


def test_each_group_is_counted_as_alone(engine):
    wanted = everything()
    found = responses(sample(wanted, 200, LAST), wanted)
    (cube,) = counts(found, wanted)
    for value, sums in cube.along("overall").items():
        alone = [one for one in found if (dict(one.answers).get("overall") or ("-",))[0] == value]
        assert sums == tally(wanted, alone, measures(wanted))


def test_a_grouping_does_not_grow_beyond_measure():
    long = [f"s{n}" for n in range(9)]
    fields = tuple(
        Hidden(name=name, values=tuple((f"v{n}", text("x")) for n in range(9)), span=HERE)
        for name in long
    )
    wanted = everything()
    more = replace(
        wanted.settings,
        hidden=fields,
        report=replace(wanted.settings.report, segments=(*long, "language", "channel", "nothing")),
    )
    found = groupings(replace(wanted, settings=more))
    assert found[0][0] == PERIOD
    every = [name for by in found for name in by]
    assert sorted(every) == sorted({PERIOD, "overall", "mati_lang", "mati_channel",
                                    *(f"mati_hidden.{name}" for name in long)})  # fmt: skip
    assert len(found) > 3


@pytest.mark.slow
def test_more_sums_than_one_statement_can_hold(engine):
    codes = tuple(f"c{n}" for n in range(3001))
    column = Column(name="q", shape="one", codes=codes)
    asked = tuple(Measure(f"q={code}", (Probe("q", "in", (code,)),)) for code in codes)
    wanted = Wanted(columns=(column.name,), measures=asked, groupings=((), ("q",)))
    for found in count(SQLITE, [("c3000",)], wanted):
        assert len(found.sums) == 3001
        assert sum(found.sums.values()) == found.sums["q=c3000"] == 1
