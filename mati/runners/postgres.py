"""Rows in, counts by measure and group out: a table in PostgreSQL, counted where it lies.

Only needed where the extra ``postgres`` is installed. The tables hold codes, never words; they
stay in the database, so that whoever may read it can count the same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import psycopg
from psycopg import sql

from mati.engines import Engine
from mati.model import Counted
from mati.responses import Row
from mati.runners import Keep, NoEngineError, Wanted, asked

__all__ = ["run"]

_LIST = "mati_tables"
"""The table that says which table holds what."""


def run(
    engine: Engine, rows: Iterable[Row], wanted: Wanted, keep: Keep | None
) -> tuple[Counted, ...]:
    """Count rows, from their table where there is one; ``NoEngineError`` on refusal."""
    if keep is None or not keep.address:
        message = "no address"
        raise NoEngineError(message)
    name = f"mati_{hashlib.sha256(keep.name.encode()).hexdigest()[:24]}"
    try:
        with psycopg.connect(keep.address, connect_timeout=10) as connection:
            if not _known(connection, name):
                _fill(connection, name, rows, wanted, keep)
            return asked(
                lambda text: connection.execute(text.encode("ascii")).fetchall(),
                engine,
                name,
                wanted,
            )
    except psycopg.Error as problem:
        # what the library says may hold the address, and with it a password
        raise NoEngineError(type(problem).__name__) from None


def _known(connection: psycopg.Connection, name: str) -> bool:
    connection.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS {} (name TEXT PRIMARY KEY, held TEXT NOT NULL)").format(
            sql.Identifier(_LIST)
        )
    )
    found = connection.execute(
        sql.SQL("SELECT 1 FROM {} WHERE name = %s").format(sql.Identifier(_LIST)), (name,)
    )
    return found.fetchone() is not None


def _fill(
    connection: psycopg.Connection, name: str, rows: Iterable[Row], wanted: Wanted, keep: Keep
) -> None:
    """Make a table, and drop those it takes the place of: all of it, or nothing."""
    listed = sql.Identifier(_LIST)
    old = connection.execute(
        sql.SQL("DELETE FROM {} WHERE held = %s RETURNING name").format(listed), (keep.group,)
    ).fetchall()
    for (one,) in old:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(one)))
    fields = sql.SQL(", ").join(
        sql.SQL("{} TEXT").format(sql.Identifier(f"c{at}")) for at in range(len(wanted.columns))
    )
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(name), fields))
    copy = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
    with connection.cursor().copy(copy) as table:
        for row in rows:
            table.write_row(row)
    connection.execute(
        sql.SQL("INSERT INTO {} (name, held) VALUES (%s, %s)").format(listed), (name, keep.group)
    )
