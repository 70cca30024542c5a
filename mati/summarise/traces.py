"""Sums by group in, rated items beside each other out: over time, by segment, by contentment.

Each number stands in a table of groups and answers whose cells hold 0 or enough people:
periods are joined with the next, small segments with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from mati import figures
from mati.model import (
    Change,
    Column,
    Counted,
    Groups,
    Link,
    Part,
    QuestionSummary,
    Segment,
    Survey,
    Trace,
)
from mati.questions import kind_of
from mati.responses import NONE, PERIOD
from mati.summarise.privacy import least_of, small, spans, tight
from mati.summarise.table import overall_of, segments_of

__all__ = ["changes", "groups", "links", "segment", "segments", "trends"]

Key = tuple[str, ...]
Earlier = Mapping[str, Sequence[Sequence[Counted]]]
_NEVER: Earlier = MappingProxyType({})
Sums = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Rated:
    """An item whose answers have sides: its name, and the codes that are told apart."""

    item: str
    score: bool
    groups: tuple[tuple[str, ...], ...]

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(code for group in reversed(self.groups) for code in group)

    def count(self, sums: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(sum(sums.get(f"{self.item}={c}", 0) for c in codes) for codes in self.groups)


def _rated(survey: Survey, shown: Sequence[QuestionSummary]) -> Iterator[_Rated]:
    """Go through the rated items that everybody was asked and whose shares are shown.

    What only some were asked says by its numbers who they were.
    """
    sections = {q.id: section for section in survey.sections for q in section.questions}
    for question in survey.questions:
        if question.show_if is not None or sections[question.id].show_if is not None:
            continue
        for summary in (one for one in shown if one.question == question.id):
            for found in summary.distributions:
                if not found.sides or found.hidden or not found.base:
                    continue
                negative, middle, positive = found.sides
                others = (*negative, *middle)
                groups = (positive, middle, negative) if summary.scored else (positive, others)
                if all(found.count(codes) is not None for codes in groups):
                    yield _Rated(found.name, summary.scored, groups)


def _cube(cubes: Sequence[Counted], column: str) -> Sums:
    """Return the sums for each value of a column; {} where it was not counted by."""
    found = next((cube.along(column) for cube in cubes if column in cube.by), {})
    return {value: sums for value, sums in found.items() if sums.get("mati_counted")}


def groups(
    survey: Survey,
    cubes: Sequence[Counted],
    shown: Sequence[QuestionSummary],
    earlier: Earlier = _NEVER,
) -> Groups:
    """Return everything a report sets beside each other; ``shown`` is of ``summaries``.

    ``earlier`` are the sums of reports that showed a column (``mati_period``), or an item of it
    (``mati_period:overall``), before: what a group gained since is 0 or enough people, too.
    """
    traces = trends(survey, cubes, shown, earlier)
    return Groups(
        trends=traces,
        changes=changes(traces),
        segments=segments(survey, cubes, shown, earlier),
        links=links(survey, cubes, shown),
    )


Cells = Mapping[str, tuple[tuple[int, ...], ...]]
"""For each group its counts, followed by what it gained since each earlier report."""


def _cells(of: Callable[[Mapping[str, int]], tuple[int, ...]], along: Sequence[Sums]) -> Cells:
    now, *before = along
    return {
        group: (
            of(sums),
            *(tuple(map(int.__sub__, of(sums), of(one.get(group, {})))) for one in before),
        )
        for group, sums in now.items()
    }


def _counted(sums: Mapping[str, int]) -> tuple[int, ...]:
    return (sums.get("mati_counted", 0),)


def _total(cells: Iterable[tuple[tuple[int, ...], ...]]) -> tuple[tuple[int, ...], ...]:
    """Add up groups: their counts and what they gained, each by itself."""
    return tuple(tuple(map(sum, zip(*row, strict=True))) for row in zip(*cells, strict=True))


def _few(cell: tuple[tuple[int, ...], ...], least: int) -> bool:
    return any(small(abs(count), least) for row in cell for count in row)


# --- Over time -------------------------------------------------------------------------------


def trends(
    survey: Survey,
    cubes: Sequence[Counted],
    shown: Sequence[QuestionSummary],
    earlier: Earlier = _NEVER,
) -> tuple[Trace, ...]:
    """Return each rated item period by period; those too small for themselves are joined.

    Items that cannot be told apart by period are left out.
    """
    least = least_of(survey)
    # periods of few are joined alike for all items: what is joined differently in two of them
    # gives a period's answers away
    answers = _cells(_counted, _periods(cubes, earlier.get(PERIOD, ())))
    blocks = _spanned([((period,), answers[period]) for period in answers], least)
    found = []
    for one in _rated(survey, shown):
        along = _periods(cubes, earlier.get(f"{PERIOD}:{one.item}", ()))
        found.append(_over_time(one, along, blocks, least))
    return tuple(trace for trace in found if len(trace.parts) > 1)


def _periods(now: Sequence[Counted], before: Sequence[Sequence[Counted]]) -> list[Sums]:
    return [
        {period: sums for period, sums in _cube(one, PERIOD).items() if period}
        for one in (now, *before)
    ]


Block = tuple[Key, tuple[tuple[int, ...], ...]]


def _over_time(rated: _Rated, along: Sequence[Sums], blocks: Sequence[Block], least: int) -> Trace:
    cells = _cells(rated.count, along)
    parts = [(codes, _total(cells[period] for period in codes)) for codes, _ in blocks]
    joined = _spanned(parts, least)
    kept = (Part(codes=codes, counts=cell[0]) for codes, cell in joined if sum(cell[0]))
    return Trace(item=rated.item, score=rated.score, parts=tuple(kept))


def _spanned(blocks: Sequence[Block], least: int) -> list[Block]:
    """Join neighbours until each count and gain is 0 or enough; [] where all together is not."""
    rows = list(zip(*([n for row in cell for n in row] for _, cell in blocks), strict=True))
    parted = (spans(rows, least) if rows else None) or ()
    return [
        (
            tuple(code for codes, _ in blocks[start:end] for code in codes),
            _total(cell for _, cell in blocks[start:end]),
        )
        for start, end in parted
    ]


def _joined(parts: Sequence[Part]) -> Part:
    counts = tuple(map(sum, zip(*(part.counts for part in parts), strict=True)))
    return Part(codes=tuple(c for part in parts for c in part.codes), counts=counts)


def changes(traces: Sequence[Trace]) -> tuple[Change, ...]:
    """Compare the last two periods of each item; those with few answers are left out."""
    pairs = [(trace, trace.parts[-2], trace.parts[-1]) for trace in traces if len(trace.parts) > 1]
    return _judged(
        _compared(trace, before, now)
        for trace, before, now in pairs
        if min(before.base, now.base) >= figures.FEW
    )


def _compared(trace: Trace, before: Part, now: Part) -> Change:
    """Set two groups beside each other, as if theirs were the only comparison."""
    if trace.score:
        low, high, chance = figures.nps_change(_three(now), _three(before))
    else:
        counts = (now.counts[0], now.base, before.counts[0], before.base)
        low, high = figures.newcombe(*counts)
        chance = figures.two_proportions(*counts)
    return Change(
        item=trace.item, score=trace.score, before=before, now=now,
        low=low, high=high, chance=chance, verdict=0,
    )  # fmt: skip


def _three(part: Part) -> tuple[int, int, int]:
    promoters, passives, detractors = part.counts
    return promoters, passives, detractors


def _judged(found: Iterator[Change]) -> tuple[Change, ...]:
    """Say which differences are likely, all of them taken together."""
    both = tuple(found)
    surer = figures.holm([one.chance for one in both])
    return tuple(
        replace(one, chance=chance, verdict=_verdict(one) if chance < figures.SURE else 0)
        for one, chance in zip(both, surer, strict=True)
    )


def _verdict(one: Change) -> int:
    return 1 if one.now.level > one.before.level else -1


# --- By segment ------------------------------------------------------------------------------


def segments(
    survey: Survey,
    cubes: Sequence[Counted],
    shown: Sequence[QuestionSummary],
    earlier: Earlier = _NEVER,
) -> tuple[Segment, ...]:
    """Return, for each segment the author wants, its rated items and what stands out.

    A change sets a group beside all others together. The item that makes the groups is left out.
    """
    rated = tuple(_rated(survey, shown))
    found = []
    for column in segments_of(survey):

        def along(key: str, column: Column = column) -> list[Sums]:
            every = (cubes, *earlier.get(key, ()))
            return [_in_order(_cube(one, column.name), column) for one in every]

        answers = _cells(_counted, along(column.name))
        traces = (
            _apart(one, along(f"{column.name}:{one.item}"), answers, least_of(survey))
            for one in rated
            if one.item != column.name
        )
        kept = tuple(trace for trace in traces if len(trace.parts) > 1)
        if kept:
            codes = tuple(dict.fromkeys((*column.codes, NONE)))
            found.append(segment(column.name, codes, kept))
    return tuple(found)


def segment(column: str, codes: Key, traces: tuple[Trace, ...]) -> Segment:
    """Return traces by one column with what stands out among them."""
    beside = (_beside(trace, part) for trace in traces for part in trace.parts)
    judged = _judged(one for one in beside if one is not None)
    return Segment(column=column, codes=codes, traces=traces, changes=judged)


def _in_order(along: Sums, column: Column) -> Sums:
    """Put the groups in the order of the survey; who said nothing stands last."""
    known = {code: at for at, code in enumerate(column.codes)}
    found: dict[str, Counter[str]] = {}
    for value in sorted(along, key=lambda value: known.get(value, len(known))):
        found.setdefault(value if value in known else NONE, Counter()).update(along[value])
    return found


def _apart(rated: _Rated, along: Sequence[Sums], answers: Cells, least: int) -> Trace:
    """Roll groups up into one, the smallest first, until no count and no gain is of few.

    In each item it is the smallest that are rolled up, as where the report says how many came
    from where: were it others, two items would give the groups away.
    """
    cells = _cells(rated.count, along)
    sizes = {group: cell[0][0] for group, cell in answers.items()}
    for most in (0, *sorted(set(sizes.values()))):
        pool = [group for group, size in sizes.items() if size <= most]
        kept = [group for group in sizes if group not in pool]
        groups = [(group,) for group in kept] + ([tuple(pool)] if pool else [])
        told = [_total(one[g] for g in codes) for codes in groups for one in (cells, answers)]
        if any(_few(cell, least) for cell in told):
            continue
        if pool and tight([sum(cells[group][0]) for group in pool], least):
            continue
        parts = [Part(codes=(g,), counts=cells[g][0]) for g in kept if sum(cells[g][0])]
        if pool:
            whole = _total(cells[group] for group in pool)[0]
            parts.append(Part(codes=tuple(pool), counts=whole, rest=True))
        return Trace(item=rated.item, score=rated.score, parts=tuple(parts))
    return Trace(item=rated.item, score=rated.score, parts=())


def _beside(trace: Trace, part: Part) -> Change | None:
    """Set a group beside all others together; None where either is few."""
    others = _joined([one for one in trace.parts if one is not part])
    if min(part.base, others.base) < figures.FEW or part.rest:
        return None
    return _compared(trace, others, part)


# --- What to mend first ----------------------------------------------------------------------


def links(
    survey: Survey, cubes: Sequence[Counted], shown: Sequence[QuestionSummary]
) -> tuple[Link, ...]:
    """Return the items that go with how content people are, what there is most to win first.

    Only where both were answered by enough, and where chance would hardly make it (Holm).
    """
    overall = overall_of(survey)
    if overall is None:
        return ()
    column = kind_of(overall.kind).columns(overall)[0]
    along = _cube(cubes, column.name)
    marks = sorted((code for code in column.codes if code.isdigit() and code in along), key=int)
    rated = tuple(_rated(survey, shown))
    if len(marks) < 2 or all(one.item != column.name for one in rated):  # noqa: PLR2004
        return ()
    others = (one for one in rated if one.item != column.name and not one.score)
    linked = [one for one in (_link(other, along, marks, shown) for other in others) if one]
    surer = figures.holm([chance for _, chance in linked])
    likely = (link for (link, _), p in zip(linked, surer, strict=True) if p < figures.SURE)
    return tuple(sorted(likely, key=lambda link: -link.weight))


def _link(
    rated: _Rated, along: Sums, marks: Sequence[str], shown: Sequence[QuestionSummary]
) -> tuple[Link, float] | None:
    """Return how closely an item goes with the marks, and how often chance would make that."""
    table = [[along[m].get(f"{rated.item}={step}", 0) for step in rated.steps] for m in marks]
    base = sum(map(sum, table))
    found = figures.tau_b(table) if base >= figures.FEW else None
    if found is None or found[0] <= 0:
        return None
    whole = next(one for s in shown for one in s.distributions if one.name == rated.item)
    sides = [whole.count(codes) or 0 for codes in whole.sides]
    weight = found[0] * (1 - sides[-1] / whole.base)
    percent = figures.largest_remainder(sides)[-1]  # as its bar is rounded
    link = Link(item=rated.item, base=base, strength=found[0], percent=percent, weight=weight)
    return link, found[1]
