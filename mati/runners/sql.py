"""Rows in, counts by measure and group out: one table in memory, one pass for each grouping."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice

from mati.engines import Engine
from mati.model import Counted, Measure
from mati.responses import Row

__all__ = ["count"]

_TABLE = "answers"
_MOST_SUMS = 1500
"""Columns asked for at once; SQLite returns at most 2000."""
_CHUNK = 500
"""Rows handed over at once."""


def count(
    engine: Engine,
    rows: Iterable[Row],
    columns: tuple[str, ...],
    measures: tuple[Measure, ...],
    groupings: tuple[tuple[str, ...], ...] = ((),),
) -> tuple[Counted, ...]:
    """Return, for each of ``groupings``, how many of the rows pass each measure.

    ``columns`` are the names of those of ``rows``. Memory holds one row of codes per response
    and never their words.
    """
    rows = iter(rows)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fields = ", ".join(f"c{at} TEXT" for at in range(len(columns)))
        connection.execute(f"CREATE TABLE {_TABLE} ({fields})")
        places = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {_TABLE} VALUES ({places})"  # noqa: S608 -- no words of others
        connection.execute("BEGIN")
        while chunk := list(islice(rows, _CHUNK)):
            connection.executemany(insert, chunk)
        return tuple(_counted(connection, engine, columns, measures, by) for by in groupings)


def _counted(
    connection: sqlite3.Connection,
    engine: Engine,
    columns: tuple[str, ...],
    measures: tuple[Measure, ...],
    by: tuple[str, ...],
) -> Counted:
    cells: dict[tuple[str, ...], tuple[int, ...]] = {}
    for start in range(0, len(measures), _MOST_SUMS):
        part = measures[start : start + _MOST_SUMS]
        for found in connection.execute(engine.statement(_TABLE, columns, part, by)):
            key = tuple(value or "" for value in found[: len(by)])
            cells[key] = (*cells.get(key, ()), *found[len(by) :])
    return Counted(by=by, names=tuple(m.name for m in measures), cells=cells)
