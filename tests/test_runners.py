"""All engines give the same sums, and keep what they need for the next time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from postgres_server import server
from report_surveys import (
    LAST,
    customer_service,
    everything,
    responses,
    tally,
)

from mati.engines import engines
from mati.model import Counted
from mati.responses import MOMENT, Tabulator, period_of
from mati.runners import Keep, NoEngineError, Wanted, count, installed, runners
from mati.samples import sample
from mati.summarise import columns, groupings, measures

NAMES = engines.names()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as found:
        yield found


def asked(survey) -> Wanted:
    names = tuple(column.name for column in columns(survey))
    return Wanted(
        columns=names, measures=measures(survey), groupings=groupings(survey), moment=MOMENT
    )


def rows(survey, number: int = 300):
    table = Tabulator(columns(survey), period_of("month", (), None))
    found = responses(sample(survey, number, LAST), survey)
    found = [replace(one, late=n % 41 == 0, revised=n % 37 == 0) for n, one in enumerate(found)]
    return found, [table.row(one) for one in found]


def keep(name: str, folder: Path, address: str) -> Keep:
    return Keep(name=f"a.{name}", group="a", folder=folder, address=address)


def digest(found: tuple[Counted, ...]) -> str:
    plain = [(one.by, one.names, sorted(one.cells.items()), one.first, one.last) for one in found]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def test_every_engine_has_a_runner():
    assert runners.names() == NAMES
    assert all(installed(name) for name in NAMES)


@pytest.mark.parametrize("survey", [customer_service(), everything()], ids=["shop", "everything"])
def test_every_engine_gives_the_same_digest(survey, tmp_path, address):
    found, table = rows(survey)
    where = keep(f"r{len(survey.questions)}", tmp_path, address)
    digests = {
        name: digest(count(engines.find(name), iter(table), asked(survey), where)) for name in NAMES
    }
    assert len(set(digests.values())) == 1, digests
    (first, *_) = count(engines.find("sqlite"), iter(table), asked(survey))
    assert first.sums == tally(survey, found, measures(survey))
    assert first.first < first.last


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [0, 1])
def test_no_answers_give_zeros(name, number, tmp_path, address):
    survey = everything()
    table = rows(survey, 1)[1][:number]
    for one in count(
        engines.find(name), table, asked(survey), keep(f"n{number}", tmp_path, address)
    ):
        assert one.sums["mati_received"] == number
        assert (one.first == "") == (one.sums["mati_counted"] == 0)


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
def test_rows_that_were_kept_are_not_asked_for_again(name, tmp_path, address):
    survey, engine = everything(), engines.find(name)
    first = count(engine, iter(rows(survey)[1]), asked(survey), keep("k1", tmp_path, address))

    def never():
        message = "asked for rows"
        raise AssertionError(message)
        yield

    again = count(engine, never(), asked(survey), keep("k1", tmp_path, address))
    assert digest(again) == digest(first)
    fewer = replace(asked(survey), groupings=((),))
    assert count(engine, never(), fewer, keep("k1", tmp_path, address))[0].sums == first[0].sums


def test_parquet_takes_the_place_of_the_older_and_is_the_owners_alone(tmp_path):
    survey, engine = everything(), engines.find("duckdb")
    for name in ("one", "two"):
        count(engine, iter(rows(survey)[1]), asked(survey), keep(name, tmp_path, ""))
    assert [path.name for path in tmp_path.iterdir()] == ["a.two.parquet"]
    if os.name != "nt":
        assert (tmp_path / "a.two.parquet").stat().st_mode & 0o777 == 0o600
    assert b"Everything was fine" not in (tmp_path / "a.two.parquet").read_bytes()


def test_tables_take_the_place_of_the_older_and_hold_no_words(address, tmp_path):
    survey, engine = everything(), engines.find("postgres")
    for name in ("one", "two"):
        count(engine, iter(rows(survey)[1]), asked(survey), keep(name, tmp_path, address))
    with psycopg.connect(address) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE tablename LIKE 'mati_%' AND tablename <> 'mati_tables'"
        ).fetchall()
        assert len(tables) == 1
        words = connection.execute(f'SELECT * FROM "{tables[0][0]}"').fetchall()  # noqa: S608
    assert not any("fine" in str(value) for row in words for value in row)


def test_a_crash_while_filling_leaves_nothing_behind(address, tmp_path):
    survey, engine = everything(), engines.find("postgres")

    def breaks():
        yield rows(survey)[1][0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count(engine, breaks(), asked(survey), keep("crash", tmp_path, address))
    found = count(engine, iter(rows(survey)[1]), asked(survey), keep("crash", tmp_path, address))
    assert found[0].sums["mati_received"] == 300


@pytest.mark.parametrize(
    "where", ["", "postgresql://mati:secret@127.0.0.1:1/none", "not an address", "\x00"]
)
def test_a_database_that_is_not_there_says_so_and_no_password(where, tmp_path):
    with pytest.raises(NoEngineError) as found:
        count(engines.find("postgres"), (), asked(everything()), keep("x", tmp_path, where))
    assert "secret" not in str(found.value)


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(NoEngineError):
        count(engines.find("duckdb"), (), asked(everything()), keep("x", tmp_path / "none", ""))


def test_an_engine_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setattr("mati.runners.importlib.util.find_spec", lambda _: None)
    for name in ("duckdb", "postgres"):
        assert not installed(name)
        with pytest.raises(NoEngineError):
            count(engines.find(name), (), asked(everything()))
