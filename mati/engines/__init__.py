"""The shelf of aggregation engines: measures in, SQL text out. A module here is an engine.

An engine writes SQL, it runs none: a runner in the shell does, where the answers lie.
"""

from __future__ import annotations

from typing import Protocol

from mati.model import Measure
from mati.shelf import Shelf

__all__ = ["Engine", "engines"]


class Engine(Protocol):
    """An engine: a module of ``mati/engines/`` that has ``engine = Engine()``."""

    name: str

    def statement(
        self,
        table: str,
        columns: tuple[str, ...],
        measures: tuple[Measure, ...],
        by: tuple[str, ...] = (),
    ) -> str:
        """Return one SELECT of conditional sums, a column per measure in this order.

        With ``by`` the values of those columns stand in front, one row for each set of them;
        else there is one row. ``columns`` are the columns of ``table`` in order; identifiers of
        the statement are made from their positions, never from words of a survey.
        """
        ...

    def extremes(self, table: str, columns: tuple[str, ...], column: str) -> str:
        """Return one SELECT of the smallest and the largest value of a column, one row."""
        ...


engines: Shelf[Engine] = Shelf(__name__, __path__, "engine")
