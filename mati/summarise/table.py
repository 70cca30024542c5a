"""A survey in, the table that is counted and the sums wanted of it out."""

from __future__ import annotations

from collections.abc import Iterator

from mati.model import OWN_SEGMENTS, Column, Measure, Question, Survey, Test
from mati.questions import kind_of
from mati.responses import CHANNELS, HIDDEN, MOMENT, NONE, OTHER, PERIOD

__all__ = ["columns", "groupings", "measures", "origins", "overall_of", "reported", "segments_of"]

_MARKS = (
    "mati_counted", "mati_sample", "mati_suspect", "mati_stale", "mati_unknown",
    "mati_other_version", "mati_late", "mati_revised", "mati_odd",
)  # fmt: skip


def reported(survey: Survey) -> Iterator[Question]:
    """Go through the questions a report speaks of: none that is private."""
    return (q for q in survey.questions if not q.private)


def origins(survey: Survey) -> tuple[Column, ...]:
    """Return the columns that say where answers came from: language, channel, hidden fields."""
    return (
        Column(name="mati_lang", shape="one", codes=(*survey.languages, NONE)),
        Column(name="mati_channel", shape="one", codes=(*CHANNELS, OTHER, NONE)),
        *(
            Column(
                name=HIDDEN + field.name,
                shape="one",
                codes=tuple(dict.fromkeys((*(code for code, _ in field.values), OTHER))),
            )
            for field in survey.settings.hidden
            if field.values
        ),
    )


def columns(survey: Survey) -> tuple[Column, ...]:
    """Return the columns of the table that is counted: Mati's own, then those of the questions.

    Private questions have none: their answers never come near a report.
    """
    marks = tuple(Column(name=name, shape="open") for name in _MARKS)
    own = (
        *marks,
        Column(name=MOMENT, shape="open"),
        Column(name=PERIOD, shape="open"),
        *origins(survey),
    )
    return (
        *own,
        *(c for q in reported(survey) for c in kind_of(q.kind).columns(q)),
    )


def measures(survey: Survey) -> tuple[Measure, ...]:
    """Return every sum that a report of ``survey`` wants; each name stands once."""
    return (
        Measure("mati_received", ()),
        *(Measure(name, (Test(name, "given"),)) for name in _MARKS),
        *(
            Measure(f"{column.name}={code}", (Test(column.name, "in", (code,)),))
            for column in origins(survey)
            for code in column.codes
        ),
        *(m for q in reported(survey) for m in kind_of(q.kind).measures(q)),
    )


# --- Groups of answers beside each other -----------------------------------------------------

_CELLS = 1000
"""Most sets of values that one grouping makes from what the survey declares."""
_PERIODS = 12
"""Periods that one month's or one year's answers are thought to fall into."""


def segments_of(survey: Survey) -> tuple[Column, ...]:
    """Return the columns that the author wants a report parted by, in their order."""
    known = {column.name: column for column in columns(survey) if column.shape == "one"}
    hidden = {field.name for field in survey.settings.hidden}
    found = []
    for name in dict.fromkeys(survey.settings.report.segments):
        wanted = HIDDEN + name if name in hidden else name
        column = known.get(wanted) or known.get(OWN_SEGMENTS.get(name, ""))
        if column is not None:
            found.append(column)
    return tuple(found)


def overall_of(survey: Survey) -> Question | None:
    """Return the question that says how content somebody is all in all.

    The first of satisfaction; else of recommendation, else of effort. None without any.
    """
    asked = tuple(reported(survey))
    found = (q for kind in ("csat", "nps", "ces") for q in asked if q.kind == kind)
    return next(found, None)


def groupings(survey: Survey) -> tuple[tuple[str, ...], ...]:
    """Return the sets of columns by whose values the answers are counted apart.

    By period first; what else the report sets beside each other is joined to it as long as the
    sets of values stay few, since each grouping is one more pass over the answers.
    """
    overall = overall_of(survey)
    names = {column.name: len(column.codes) + 1 for column in segments_of(survey)}
    if overall is not None:
        column = kind_of(overall.kind).columns(overall)[0]
        names.setdefault(column.name, len(column.codes) + 2)
    found, cells = [[PERIOD]], _PERIODS
    for name, values in names.items():
        if cells * values > _CELLS:
            found.append([])
            cells = 1
        found[-1].append(name)
        cells *= values
    return tuple(map(tuple, found))
