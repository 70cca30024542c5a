"""Sums of today and of what was published before in; what a public report may show out.

A page that is built anew with each answer tells that answer by its difference to the page of
yesterday, and archives keep old pages. So a public report is brought up to date in steps, and
whatever can be subtracted changes by 0 or by enough people: each number of a question, of a
period, of a group. What would not keeps showing what it showed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from mati.model import (
    Collection,
    Counted,
    Distribution,
    Figure,
    Groups,
    QuestionSummary,
    Release,
    Segment,
    Survey,
    Trace,
)
from mati.responses import NONE, PERIOD
from mati.summarise.privacy import least_of, small
from mati.summarise.shown import collection, summaries
from mati.summarise.table import segments_of
from mati.summarise.traces import Earlier, changes, groups, segment

__all__ = ["Published", "published", "release", "today"]

_KEPT = 24
"""Releases that a new one is held against."""
_ORIGINS = "mati_origins"
"""What stands for all origins among the things that a release shows."""
_ONLY = "="
"""Behind an item's name: of it the answers alone are of an earlier release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The numbers of a report, safe to show, and when its answers were given (UTC, ISO 8601)."""

    first: str = ""
    last: str = ""
    summaries: tuple[QuestionSummary, ...]
    collection: Collection
    groups: Groups
    held: bool = False
    """Whether something shows an earlier state than the rest."""


def today(
    survey: Survey, cubes: Sequence[Counted], earlier: Earlier = MappingProxyType({})
) -> Published:
    """Return what a report made of these sums shows; ``earlier`` as with ``groups``."""
    sums = cubes[0].sums
    shown = summaries(survey, sums)
    return Published(
        summaries=shown,
        collection=collection(survey, sums),
        groups=groups(survey, cubes, shown, earlier),
        first=cubes[0].first,
        last=cubes[0].last,
    )


def _told(survey: Survey, history: Sequence[Release], number: int) -> Published:
    """Return what the numbers of one release gave, held against those before it."""
    made = next(one for one in history if one.number == number)
    return today(survey, made.cubes, _earlier(survey, history, number))


def _earlier(survey: Survey, history: Sequence[Release], number: int) -> Earlier:
    """Return the sums of the releases before one that showed each column and item of it anew."""
    before = {one.number: one for one in history if one.number < number}
    found: dict[str, list[Sequence[Counted]]] = {}
    for column in (PERIOD, *(column.name for column in segments_of(survey))):
        seen = set()
        for key in _order(survey, column):
            item = key.partition(":")[2]
            shown = {
                shows.get(key, shows.get(item, one.number))
                for one in before.values()
                for shows in (dict(one.shows),)
            }
            found[key] = [before[n].cubes for n in sorted(shown & before.keys())]
            seen |= shown
        found[column] = [before[n].cubes for n in sorted(seen & before.keys())]
    return found


def _marginals(cubes: Sequence[Counted]) -> tuple[Counted, ...]:
    whole = cubes[0].marginal()
    return (whole, *(cube.marginal(column) for cube in cubes for column in cube.by))


# --- What a difference tells -----------------------------------------------------------------


Table = Mapping[frozenset[str], int]
_ALL = frozenset({""})


def _tables(things: Sequence[Distribution]) -> dict[str, Table]:
    """Return the sums of items by the answers they are of, table by table."""
    found: dict[str, Table] = {}
    for one in things:
        if not one.hidden:
            found |= _of_answers(one)
    return found


def _sides(one: Distribution) -> dict[str, Table]:
    """Return what all tables of a rated item have in common: how many on which side."""
    if one.hidden or not one.sides:
        return _tables((one,))
    found = {name: table for name, table in _of_answers(one).items() if name != one.name}
    sides = {frozenset(side): one.count(side) for side in one.sides}
    return found | {one.name: {side: n for side, n in sides.items() if n is not None}}


def _of_answers(one: Distribution) -> dict[str, Table]:
    """Return the cells, who answered, and who was asked; of several answers each by itself."""
    name = one.name
    found: dict[str, Table] = {
        f"{name} answered": {_ALL: one.base},
        f"{name} asked": {_ALL: one.base + one.na + one.missing},
    }
    if one.has_na and one.apart:
        found[f"{name} na"] = {_ALL: one.na}
    if not one.several:
        return found | {name: {frozenset(cell.codes): cell.count for cell in one.cells}}
    for cell in one.cells:
        found[f"{name}={cell.codes[0]}"] = {_ALL: cell.count}
        found[f"{name}!{cell.codes[0]}"] = {_ALL: one.base - cell.count}
    return found


def _tells(now: Table, then: Table, least: int) -> bool:
    """Tell whether a difference of the two tables is of too few people.

    Cells may be joined otherwise than they were: what lies inside a larger one is taken from it.
    """
    for wide, narrow in ((now, then), (then, now)):
        for codes, count in wide.items():
            inside = [other for cell, other in narrow.items() if cell <= codes]
            if any(small(abs(count - part), least) for part in (*inside, sum(inside)) if inside):
                return True
    return False


def _changed(now: Mapping[str, Table], then: Mapping[str, Table], least: int) -> bool:
    """Tell whether what changed is of too few, or what was shown once is hidden now."""
    return bool(then.keys() - now.keys()) or any(
        _tells(now[name], then[name], least) for name in then
    )


# --- From release to release -----------------------------------------------------------------


def release(
    survey: Survey, cubes: Sequence[Counted], history: Sequence[Release]
) -> tuple[Release, ...]:
    """Return the releases after a build that counted ``cubes``: the same, or one more.

    A new one comes with the first report, and when at least as many people more (or fewer) are
    counted as a shown group must have.
    """
    least = least_of(survey)
    sums = cubes[0].sums
    came = collection(survey, sums)
    if not came.counted:
        return tuple(history)
    if not history:
        return (Release(number=1, cubes=_marginals(cubes)),)
    before = history[-1].cubes[0].sums.get("mati_counted", 0)
    if abs(came.counted - before) < max(least, 1):
        return tuple(history)
    number = history[-1].number + 1
    made = Release(number=number, cubes=_marginals(cubes))
    held = dict(_held(survey, summaries(survey, sums), history, least))
    if _changed(_tables(came.origins), _tables(_origins(survey, history)), least):
        held[_ORIGINS] = dict(history[-1].shows).get(_ORIGINS, history[-1].number)
    held |= _missing(survey, (*history, made), held)
    used = set(held.values())
    kept = [one for one in history if one.number in used or number - one.number < _KEPT]
    return (*kept, replace(made, shows=tuple(sorted(held.items()))))


def _origins(survey: Survey, history: Sequence[Release]) -> tuple[Distribution, ...]:
    number = dict(history[-1].shows).get(_ORIGINS, history[-1].number)
    made = next(one for one in history if one.number == number)
    return collection(survey, made.cubes[0].sums).origins


def _items(shown: Sequence[QuestionSummary]) -> Iterator[tuple[str, tuple[Distribution, ...]]]:
    """Go through what is held back as one: an item, or a table whose columns add up as well."""
    for summary in shown:
        if summary.together:
            yield summary.question, summary.distributions
        else:
            yield from ((one.name, (one,)) for one in summary.distributions)


def _held(
    survey: Survey, now: Sequence[QuestionSummary], history: Sequence[Release], least: int
) -> Iterator[tuple[str, int]]:
    """Go through the items that go on showing an earlier release, with the number of that."""
    told = {one.number: dict(_items(summaries(survey, one.cubes[0].sums))) for one in history}
    shows = {one.number: dict(one.shows) for one in history}
    last = history[-1].number
    for name, found in _items(now):
        whole = {shows[n].get(name, n) for n in told} & told.keys()
        alone = {shows[n].get(name + _ONLY, shows[n].get(name, n)) for n in told} & told.keys()
        sides = [_rows(told[number][name]) for number in whole]
        answers = [_tables(told[number][name]) for number in alone]
        if any(_changed(_rows(found), one, least) for one in sides):
            yield name, shows[last].get(name, last)
            name += _ONLY  # noqa: PLW2901 - the answers may be of a release before that
            if name in shows[last]:
                yield name, shows[last][name]
        elif any(_changed(_tables(found), one, least) for one in answers):
            yield name + _ONLY, shows[last].get(name + _ONLY, shows[last].get(name, last))


def _rows(found: Sequence[Distribution]) -> dict[str, Table]:
    return {name: table for one in found for name, table in _sides(one).items()}


def _missing(survey: Survey, history: Sequence[Release], held: Mapping[str, int]) -> dict[str, int]:
    """Return the groups of items that the newest release could not tell apart: those of before.

    An item that is held back shows its groups of before as well.
    """
    *before, newest = history
    last = before[-1]
    now, then = (
        dict(_traces(published(survey, past).groups))
        for past in ((*before, replace(newest, shows=tuple(held.items()))), before)
    )
    shows = dict(last.shows)
    found = {}
    for key in then:
        item = key.partition(":")[2]
        if key not in now or item in held:
            found[key] = shows.get(key, last.number)
    return found


def _traces(found: Groups) -> Iterator[tuple[str, Trace]]:
    """Go through all traces by column and item."""
    yield from ((f"{PERIOD}:{trace.item}", trace) for trace in found.trends)
    for one in found.segments:
        yield from ((f"{one.column}:{trace.item}", trace) for trace in one.traces)


def published(survey: Survey, history: Sequence[Release]) -> Published:
    """Return what the public report shows after the last of at least one release."""
    made = history[-1]
    shows = dict(made.shows)
    newest = _told(survey, history, made.number)
    old = {n: _told(survey, history, n) for n in set(shows.values())}
    source = {name: old[number] for name, number in shows.items()}
    fresh = dict(_traces(newest.groups)).items()
    found = {key: trace for key, trace in fresh if trace.item not in shows}
    found |= {
        key: dict(_traces(told.groups))[key]
        for key, told in source.items()
        if key in dict(_traces(told.groups))
    }
    trends = tuple(found[key] for key in _order(survey, PERIOD) if key in found)
    return replace(
        newest,
        held=bool(shows),
        summaries=tuple(_mixed(one, source) for one in newest.summaries),
        collection=replace(
            newest.collection, origins=source.get(_ORIGINS, newest).collection.origins
        ),
        groups=Groups(
            trends=trends,
            changes=changes(trends),
            segments=tuple(_segments(survey, found)),
            links=newest.groups.links,
        ),
    )


def _order(survey: Survey, column: str) -> Iterator[str]:
    for question in survey.questions:
        yield f"{column}:{question.id}"
        yield from (f"{column}:{question.id}.{row.id}" for row in question.rows)


def _segments(survey: Survey, found: Mapping[str, Trace]) -> Iterator[Segment]:
    for column in segments_of(survey):
        keys = (key for key in _order(survey, column.name) if key in found)
        traces = tuple(found[key] for key in keys)
        if traces:
            codes = tuple(dict.fromkeys((*column.codes, NONE)))
            yield segment(column.name, codes, traces)


def _mixed(summary: QuestionSummary, source: Mapping[str, Published]) -> QuestionSummary:
    """Put what is held back in the place of the newer numbers."""
    if summary.together:
        told = source.get(summary.question + _ONLY) or source.get(summary.question)
        return _of(told, summary) if told else summary
    distributions: list[Distribution] = []
    figures: list[Figure] = []
    for one in summary.distributions:
        told = source.get(one.name + _ONLY) or source.get(one.name)
        from_ = _of(told, summary) if told else summary
        distributions += [d for d in from_.distributions if d.name == one.name]
        figures += [f for f in from_.figures if f.item == one.name]
    return replace(summary, distributions=tuple(distributions), figures=tuple(figures))


def _of(told: Published, summary: QuestionSummary) -> QuestionSummary:
    return next((one for one in told.summaries if one.question == summary.question), summary)
