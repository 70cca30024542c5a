"""The shelf of runners: rows in, counts by measure and group out, where the answers lie.

A module here carries out the statements of the engine of the same name.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mati.engines import Engine
from mati.model import Counted, Measure
from mati.responses import Row
from mati.shelf import Shelf

__all__ = [
    "Ask",
    "Keep",
    "NoEngineError",
    "Run",
    "Wanted",
    "asked",
    "count",
    "installed",
    "runners",
]

_MOST_SUMS = 1500
"""Columns asked for at once: SQLite returns at most 2000, PostgreSQL 1664."""
_MODULES = {"duckdb": "duckdb", "postgres": "psycopg"}
"""What must be installed for an engine that does not come with Python."""


class NoEngineError(Exception):
    """The engine cannot be used; the words say why, in those of its library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Where rows may stay for the next time: a folder of our own, or a database's address.

    ``name`` tells these rows from all others, ``group`` are those they take the place of.
    """

    name: str
    group: str
    folder: Path | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is counted: the table's columns, the measures, the groupings."""

    columns: tuple[str, ...]
    measures: tuple[Measure, ...]
    groupings: tuple[tuple[str, ...], ...] = ((),)
    moment: str = ""
    """The column that tells when an answer was given; "" without one."""


Ask = Callable[[str], Iterable[Sequence[object]]]
"""A statement in, its rows out."""


def installed(name: str) -> bool:
    """Tell whether what an engine needs is there."""
    return name not in _MODULES or importlib.util.find_spec(_MODULES[name]) is not None


class Run(Protocol):
    """A runner: a module of ``mati/runners/`` that has a function ``run``."""

    def __call__(
        self, engine: Engine, rows: Iterable[Row], wanted: Wanted, keep: Keep | None
    ) -> tuple[Counted, ...]:
        """Return the sums for each grouping; ``NoEngineError`` where it cannot."""
        ...


runners: Shelf[Run] = Shelf(__name__, __path__, "run")


def count(
    engine: Engine, rows: Iterable[Row], wanted: Wanted, keep: Keep | None = None
) -> tuple[Counted, ...]:
    """Return, for each of the groupings, how many of the rows pass each measure.

    Where the rows were kept before, they are not asked for again. ``NoEngineError`` where the
    engine is not there or refuses.
    """
    run = runners.find(engine.name) if installed(engine.name) else None
    if run is None:
        raise NoEngineError(_MODULES.get(engine.name, engine.name))
    return run(engine, rows, wanted, keep)


def asked(ask: Ask, engine: Engine, table: str, wanted: Wanted) -> tuple[Counted, ...]:
    """Ask for all sums, as many at once as an engine returns."""
    found = tuple(_grouped(ask, engine, table, wanted, by) for by in wanted.groupings)
    if wanted.moment:
        for ends in ask(engine.extremes(table, wanted.columns, wanted.moment)):
            for one in found:
                one.see(str(ends[0] or ""))
                one.see(str(ends[1] or ""))
    return found


def _grouped(ask: Ask, engine: Engine, table: str, wanted: Wanted, by: tuple[str, ...]) -> Counted:
    cells: dict[tuple[str, ...], tuple[int, ...]] = {}
    for start in range(0, len(wanted.measures), _MOST_SUMS):
        part = wanted.measures[start : start + _MOST_SUMS]
        for found in ask(engine.statement(table, wanted.columns, part, by)):
            key = tuple(str(value or "") for value in found[: len(by)])
            sums = tuple(int(str(number or 0)) for number in found[len(by) :])
            cells[key] = (*cells.get(key, ()), *sums)
    names = tuple(measure.name for measure in wanted.measures)
    return Counted(by=by, names=names, cells=dict(sorted(cells.items())))
