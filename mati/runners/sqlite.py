"""Rows in, counts by measure and group out: one table in memory, one pass for each grouping."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice

from mati.engines import Engine
from mati.model import Counted
from mati.responses import Row
from mati.runners import Keep, Wanted, asked

__all__ = ["run"]

_TABLE = "answers"
_CHUNK = 500
"""Rows handed over at once."""


def run(
    engine: Engine, rows: Iterable[Row], wanted: Wanted, keep: Keep | None
) -> tuple[Counted, ...]:
    """Count rows; memory holds one row of codes per response and never their words.

    Nothing is kept: ``keep`` is for others.
    """
    del keep
    rows = iter(rows)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fields = ", ".join(f"c{at} TEXT" for at in range(len(wanted.columns)))
        connection.execute(f"CREATE TABLE {_TABLE} ({fields})")
        places = ", ".join("?" * len(wanted.columns))
        insert = f"INSERT INTO {_TABLE} VALUES ({places})"  # noqa: S608 -- no words of others
        connection.execute("BEGIN")
        while chunk := list(islice(rows, _CHUNK)):
            connection.executemany(insert, chunk)
        return asked(connection.execute, engine, _TABLE, wanted)
