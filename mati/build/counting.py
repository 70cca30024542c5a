"""Answers at home in, the sums of a report out; months that stayed as they were count no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from mati import __version__, home
from mati.build.forms import Site
from mati.diagnostics import Notebook
from mati.engines import Engine, engines
from mati.model import Counted, Survey
from mati.responses import Row, Tabulator, as_of_today, period_of, read_row
from mati.runners import count as count_in_sql
from mati.samples import sample
from mati.summarise import columns, groupings, measures

__all__ = ["SAMPLED_UNTIL", "SAMPLES", "count"]

ENGINE = "sqlite"
SAMPLES = 240
SAMPLED_UNTIL = datetime(2026, 11, 15, 11, 0, tzinfo=UTC)
"""When the last made-up answer was given: a fixed day, so that equal input gives equal bytes."""


def _engine() -> Engine:
    found = engines.find(ENGINE)
    if found is None:
        raise LookupError(ENGINE)
    return found


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is counted of one survey."""

    site: Site
    survey: Survey

    def table(self) -> Tabulator:
        report = self.survey.settings.report
        zone = self.site.project.settings.zone
        return Tabulator(columns(self.survey), period_of(report.trend, report.waves, zone))

    def print(self) -> str:
        """Return what the sums depend on besides the answers, as a digest."""
        report, project = self.survey.settings.report, self.site.project.settings
        parts = (
            __version__, columns(self.survey), measures(self.survey), groupings(self.survey),
            report.trend, report.waves, project.timezone, self.survey.settings.aliases,
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()

    def count(self, rows: Iterator[Row], table: Tabulator) -> tuple[Counted, ...]:
        names = tuple(column.name for column in columns(self.survey))
        wanted = measures(self.survey)
        found = count_in_sql(_engine(), rows, names, wanted, groupings(self.survey))
        for one in found:
            one.see(table.first)
            one.see(table.last)
        return found


def count(site: Site, name: str, *, sampled: bool) -> tuple[Counted, ...]:
    """Return the sums that the report of a survey is made from, one set for each grouping.

    Made-up answers are counted where there are no real ones and it is wished.
    """
    wanted = _Wanted(site, site.surveys[name])
    # with other names than before, every answer is looked at again
    found = _renamed(wanted) if wanted.survey.settings.aliases else _by_month(wanted)
    if sampled and not any(one.sums["mati_received"] for one in found[:1]):
        table = wanted.table()
        made = sample(wanted.survey, SAMPLES, SAMPLED_UNTIL)
        rows = (table.row(read_row(row, wanted.survey, site.notes)) for row in made)
        found = wanted.count(rows, table)
    return found


def _renamed(wanted: _Wanted) -> tuple[Counted, ...]:
    site, survey, table = wanted.site, wanted.survey, wanted.table()
    kept = home.load(site.project.root, survey.name, site.notes)
    return wanted.count((table.row(one) for one in as_of_today(kept, survey)), table)


def _by_month(wanted: _Wanted) -> tuple[Counted, ...]:
    """Add up the months: those kept from before, and those counted now."""
    root, survey = wanted.site.project.root, wanted.survey
    revised = home.revised_keys(root, survey.name)
    shape = wanted.print() + "".join(sorted(revised))
    whole = wanted.count(iter(()), wanted.table())
    for month in home.months(root, survey.name):
        key = hashlib.sha256(f"{month.digest()}{shape}".encode()).hexdigest()[:32]
        cubes = home.kept_cubes(root, month, key)
        if [(one.by, one.names) for one in cubes] != [(one.by, one.names) for one in whole]:
            cubes = _counted_now(wanted, month, revised, key)
        for one, part in zip(whole, cubes, strict=True):
            one.add(part)
    return whole


def _counted_now(
    wanted: _Wanted, month: home.Month, revised: frozenset[str], key: str
) -> tuple[Counted, ...]:
    notes, table = Notebook(), wanted.table()
    cubes = wanted.count(month.rows(table, revised, notes), table)
    wanted.site.notes.extend(notes)
    if not len(notes):  # what is damaged is said at every build
        home.keep_cubes(wanted.site.project.root, month, key, cubes)
    return cubes
