"""Answers at home in, the sums of a report out; months that stayed as they were count no more."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from mati import __version__, home
from mati.build.forms import Site
from mati.diagnostics import Code, Notebook, Span
from mati.engines import Engine, engines
from mati.model import Counted, Survey
from mati.responses import MOMENT, Row, Tabulator, as_of_today, period_of, read_row
from mati.runners import Keep, NoEngineError, Wanted, installed
from mati.runners import count as count_rows
from mati.samples import sample
from mati.summarise import columns, groupings, measures

__all__ = ["ADDRESS", "SAMPLED_UNTIL", "SAMPLES", "count"]

SAMPLES = 240
SAMPLED_UNTIL = datetime(2026, 11, 15, 11, 0, tzinfo=UTC)
"""When the last made-up answer was given: a fixed day, so that equal input gives equal bytes."""
ADDRESS = "MATI_POSTGRES"
"""The environment variable that says where PostgreSQL is: a password may stand in it."""
_SMALL, _LARGE, _DATABASE = "sqlite", "duckdb", "postgres"
_MANY = 128 * 1024 * 1024
"""Bytes of answers from which on DuckDB is worth its start: about 200,000 answers."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is counted of one survey, and what the sums depend on besides the answers."""

    site: Site
    survey: Survey

    def wanted(self) -> Wanted:
        """Return the columns, the measures and the groupings."""
        return Wanted(
            columns=tuple(column.name for column in columns(self.survey)),
            measures=measures(self.survey),
            groupings=groupings(self.survey),
            moment=MOMENT,
        )

    def table(self) -> Tabulator:
        """Return what makes rows of answers."""
        report = self.survey.settings.report
        zone = self.site.project.settings.zone
        return Tabulator(columns(self.survey), period_of(report.trend, report.waves, zone))

    def shape(self) -> str:
        """Return what the rows depend on, as words."""
        report, project = self.survey.settings.report, self.site.project.settings
        parts = (__version__, columns(self.survey), report.trend, report.waves, project.timezone)
        return repr(parts)

    def engine(self, months: Iterable[home.Month]) -> Engine:
        """Return the engine that is wished, else the one that suits the number of answers."""
        name = self.site.project.settings.engine
        if not name:
            many = sum(month.size() for month in months) >= _MANY
            name = _LARGE if many and installed(_LARGE) else _SMALL
        return _found(name)

    def keep(self, engine: Engine, month: home.Month, key: str) -> Keep:
        """Return where the rows of a month may stay for the next time."""
        root = self.site.project.answers
        group = f"{month.survey}.{month.name}"
        if engine.name == _DATABASE:
            project = self.site.project.settings.url or str(root)
            mark = _digest(project)[:16]
            address = os.environ.get(ADDRESS, "")
            return Keep(name=f"{mark}.{group}.{key}", group=f"{mark}.{group}", address=address)
        folder = home.cube_folder(root) if engine.name == _LARGE else None
        return Keep(name=f"{group}.{key}", group=group, folder=folder)


def _found(name: str) -> Engine:
    found = engines.find(name)
    if found is None:
        raise LookupError(name)
    return found


def count(site: Site, name: str, *, sampled: bool) -> tuple[Counted, ...]:
    """Return the sums that the report of a survey is made from, one set for each grouping.

    Made-up answers are counted where there are no real ones and it is wished.
    """
    work = _Work(site, site.surveys[name])
    # with other names than before, every answer is looked at again
    found = _renamed(work) if work.survey.settings.aliases else _by_month(work)
    if sampled and not found[0].sums["mati_received"]:
        table = work.table()
        made = sample(work.survey, SAMPLES, SAMPLED_UNTIL)
        rows = (table.row(read_row(row, work.survey, site.notes)) for row in made)
        found = count_rows(_found(_SMALL), rows, work.wanted())
    return found


def _renamed(work: _Work) -> tuple[Counted, ...]:
    site, survey, table = work.site, work.survey, work.table()
    kept = home.load(site.project.answers, survey.name, site.notes)
    rows = (table.row(one) for one in as_of_today(kept, survey))
    return count_rows(_found(_SMALL), rows, work.wanted())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:32]


def _by_month(work: _Work) -> tuple[Counted, ...]:
    """Add up the months: those kept from before, and those counted now."""
    root, survey = work.site.project.answers, work.survey
    revised = home.revised_keys(root, survey.name)
    months, wanted = home.months(root, survey.name), work.wanted()
    engine, shape = work.engine(months), _digest(work.shape(), *sorted(revised))
    asked = _digest(repr(wanted.measures), repr(wanted.groupings))
    whole = count_rows(_found(_SMALL), iter(()), wanted)
    for month in months:
        rows_key = _digest(month.digest(), shape)
        key = _digest(rows_key, asked)
        cubes = home.kept_cubes(root, month, key)
        if [(one.by, one.names) for one in cubes] != [(one.by, one.names) for one in whole]:
            notes = Notebook()
            rows = month.rows(work.table(), revised, notes)
            cubes = _counted(work, engine, rows, wanted, work.keep(engine, month, rows_key))
            work.site.notes.extend(notes)
            if cubes and not len(notes):  # what is damaged is said at every build
                home.keep_cubes(root, month, key, cubes)
        for one, part in zip(whole, cubes, strict=False):
            one.add(part)
    return whole


def _counted(
    work: _Work, engine: Engine, rows: Iterator[Row], wanted: Wanted, keep: Keep
) -> tuple[Counted, ...]:
    """Count a month; where the engine cannot, say so and count nothing."""
    try:
        return count_rows(engine, rows, wanted, keep)
    except NoEngineError as problem:
        span = Span(work.site.project.settings.path, 1)
        work.site.notes.note(
            Code.ENGINE_UNUSABLE, span, engine=engine.name, problem=str(problem), variable=ADDRESS
        )
        return ()
