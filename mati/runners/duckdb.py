"""Rows in, counts by measure and group out: Parquet beside the cubes, read by DuckDB.

Only needed where the extra ``fast`` is installed. A Parquet file holds codes, never words, and
may be deleted at any time.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from mati.engines import Engine
from mati.model import Counted
from mati.responses import Row
from mati.runners import Keep, NoEngineError, Wanted, asked

__all__ = ["count_parquet", "run"]

_MEMORY = "180MB"
"""What DuckDB may hold; more goes to the disk."""
_THREADS = 2


def run(
    engine: Engine, rows: Iterable[Row], wanted: Wanted, keep: Keep | None
) -> tuple[Counted, ...]:
    """Count rows, from their Parquet file where there is one; ``NoEngineError`` on refusal."""
    try:
        with TemporaryDirectory(dir=keep.folder if keep else None) as aside:
            place = Path(aside) if keep is None or keep.folder is None else keep.folder
            path = place / f"{keep.name if keep else 'rows'}.parquet"
            if not path.exists():
                _write(Path(aside), rows, wanted, path)
                _forget(path, keep)
            return count_parquet(engine, [path], wanted)
    except (duckdb.Error, OSError) as problem:
        raise NoEngineError(str(problem).partition("\n")[0]) from problem


def _connection(aside: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    for name, value in (("memory_limit", _MEMORY), ("threads", _THREADS)):
        connection.execute(f"SET {name} = '{value}'")
    connection.execute(f"SET temp_directory = {_quoted(Path(aside))}")
    return connection


def count_parquet(engine: Engine, paths: Iterable[Path], wanted: Wanted) -> tuple[Counted, ...]:
    """Count the rows of Parquet files whose columns are ``c0``, ``c1`` …, all together."""
    names = ", ".join(_quoted(path) for path in paths)
    with TemporaryDirectory() as aside, closing(_connection(aside)) as connection:
        table = f"read_parquet([{names}])"
        return asked(lambda text: connection.execute(text).fetchall(), engine, table, wanted)


def _write(aside: Path, rows: Iterable[Row], wanted: Wanted, path: Path) -> None:
    """Write a Parquet file by way of a table in text: row by row DuckDB takes a hundred times
    as long.
    """
    table, done = aside / "rows.csv", aside / "rows.parquet"
    with table.open("w", encoding="ascii", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(wanted.columns)))
    how = "auto_detect=false, header=false, nullstr='', quote='\"'"
    read = f"read_csv({_quoted(table)}, {how}, columns={{{names}}})"
    with closing(_connection(str(aside))) as connection:
        connection.execute(
            f"COPY (SELECT * FROM {read}) TO {_quoted(done)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 -- our own names
        )
    done.chmod(0o600)
    os.replace(done, path)  # noqa: PTH105 - all at once


def _forget(path: Path, keep: Keep | None) -> None:
    """Delete the file that this one takes the place of."""
    if keep is not None and keep.folder is not None:
        for old in keep.folder.glob(f"{keep.group}.*.parquet"):
            if old != path:
                old.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
