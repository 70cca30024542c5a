"""Measures in, one SELECT of conditional sums out, as DuckDB is quickest with."""

from __future__ import annotations

from mati.engines import sqlite

__all__ = ["Engine", "engine"]


class Engine(sqlite.Engine):
    """The same statement; rows stand in Parquet, a column beside the other, and stay there."""

    name = "duckdb"

    def sum_where(self, tests: str) -> str:
        """Return the number of rows that pass ``tests``; NULL where all cells tested are NULL.

        A third of the time of a COUNT of a CASE.
        """
        return f"COUNT_IF({tests})"


engine = Engine()
