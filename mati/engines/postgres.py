"""Measures in, one SELECT of conditional sums out, as PostgreSQL takes it: as all others do."""

from __future__ import annotations

from mati.engines import sqlite

__all__ = ["Engine", "engine"]


class Engine(sqlite.Engine):
    """The same statement; rows stand in a table of the database, and stay there."""

    name = "postgres"


engine = Engine()
