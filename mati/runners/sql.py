"""Responses in, counts by measure name out: one table in memory, one statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from mati.engines import Engine
from mati.model import Column, Measure, Response
from mati.responses import rows

__all__ = ["Counted", "count"]

_TABLE = "answers"
_MOST_SUMS = 1500
"""Columns asked for at once; SQLite returns at most 2000."""
_CHUNK = 500
"""Rows handed over at once."""


@dataclass(slots=True)
class Counted:
    """Sums by measure name, and the moments (UTC, ISO 8601) of the first and last response
    that counted; "" without any.
    """

    sums: dict[str, int] = field(default_factory=dict)
    first: str = ""
    last: str = ""

    def see(self, at: str) -> None:
        """Take note of the moment of one response."""
        if at:
            self.first = min(self.first or at, at)
            self.last = max(self.last, at)


def _watched(responses: Iterable[Response], counted: Counted) -> Iterator[Response]:
    """Pass the responses on, noting when those that count were given."""
    for response in responses:
        if not (response.late or response.revised):
            counted.see(response.at)
        yield response


def count(
    engine: Engine,
    responses: Iterable[Response],
    columns: tuple[Column, ...],
    measures: tuple[Measure, ...],
) -> Counted:
    """Return how many of ``responses`` pass each measure.

    ``columns`` are those of ``summarise.columns``. Memory holds one row of codes per response
    and never their words.
    """
    counted = Counted()
    table = rows(_watched(responses, counted), columns)
    names = tuple(column.name for column in columns)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        fields = ", ".join(f"c{at} TEXT" for at in range(len(columns)))
        connection.execute(f"CREATE TABLE {_TABLE} ({fields})")
        places = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {_TABLE} VALUES ({places})"  # noqa: S608 -- no words of others
        connection.execute("BEGIN")
        while chunk := list(islice(table, _CHUNK)):
            connection.executemany(insert, chunk)
        for start in range(0, len(measures), _MOST_SUMS):
            part = measures[start : start + _MOST_SUMS]
            found = connection.execute(engine.statement(_TABLE, names, part)).fetchone()
            counted.sums.update(zip((m.name for m in part), found, strict=True))
    return counted
