"""A survey and what was released of it in; what would break results out, as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from mati.diagnostics import Code, Notebook, Severity, Span
from mati.model import Survey, resolve
from mati.versions.changes import BREAKING, Change, Sort
from mati.versions.compare import alike, compare
from mati.versions.lockfile import Release
from mati.versions.shape import Shape, places_of

__all__ = ["aliases_of", "check_lock", "placed"]

_CODES = {
    Sort.GONE: Code.RELEASED_QUESTION_GONE,
    Sort.RENAMED: Code.RELEASED_ID_RENAMED,
    Sort.KIND: Code.RELEASED_KIND_CHANGED,
    Sort.SEVERAL: Code.ONE_BECAME_SEVERAL,
    Sort.PART_GONE: Code.RELEASED_ROW_GONE,
    Sort.PART_RENAMED: Code.RELEASED_ID_RENAMED,
    Sort.CODE_GONE: Code.RELEASED_CODE_GONE,
    Sort.CODE_RENAMED: Code.RELEASED_CODE_RENAMED,
    Sort.CODE_REUSED: Code.RELEASED_CODE_REUSED,
    Sort.ID_REUSED: Code.RELEASED_ID_REUSED,
    Sort.REVERSED: Code.SCALE_REVERSED,
    Sort.CONSENT: Code.CONSENT_CHANGED,
    Sort.ANSWER_REWORDED: Code.ANSWER_REWORDED,
    Sort.ORDER: Code.ORDER_CHANGED,
}
"""What is said; other changes are nobody's mistake."""
_SHOWN = 60
_BEYOND = 10**9
"""A line below every other."""


@dataclass(slots=True)
class _Broken:
    """One thing that changed, and the versions whose answers it touches."""

    change: Change
    versions: set[str] = field(default_factory=set)


def aliases_of(survey: Survey) -> dict[str, str]:
    """Return the aliases of a survey as ``resolve`` wants them."""
    return {alias.old: alias.new for alias in survey.settings.aliases}


def check_lock(
    survey: Survey,
    current: Shape,
    releases: tuple[Release, ...],
    notes: Notebook,
    kept: Callable[[str], int],
) -> None:
    """Write down where ``survey`` would lose or mix up answers given to what was released.

    ``kept`` tells how many answers at home hold something under a name; it is asked only where
    something is wrong.
    """
    if not releases:
        return
    places, top, mistaken = placed(survey), survey.title.span, _mistaken(survey, notes)
    for found in _grouped(_broken(survey, current, releases)):
        first = found[0].change
        if first.near.partition(".")[0] in mistaken:
            continue
        names = list(dict.fromkeys(one.change.name for one in found if one.change.name))
        several = first.sort in BREAKING
        notes.note(
            _CODES[first.sort],
            places.get(first.offer, places.get(first.near, top)),
            names=", ".join(f"'{name}'" for name in names),
            name=first.name,
            words=(first.old or first.name.rpartition(".")[2])[:_SHOWN],
            new=first.new[:_SHOWN],
            offer=_offer(found) if several else ", ".join(one.change.offer for one in found),
            versions=len({version for one in found for version in one.versions}),
            answers=sum(kept(name) for name in names) if several else 0,
            date=releases[-1].date,
        )


def _mistaken(survey: Survey, notes: Notebook) -> frozenset[str]:
    """Return the questions that an error stands in: what they lost may only follow from it."""
    lines = {
        found.span.line
        for found in notes
        if found.span.path == survey.path and found.severity is Severity.ERROR
    }
    parts = [part.span.line for part in (*survey.sections, *survey.endings)]
    starts = sorted({*parts, *(question.span.line for question in survey.questions)})
    ends = dict(pairwise((*starts, _BEYOND)))
    return frozenset(
        question.id
        for question in survey.questions
        if any(question.span.line <= line < ends[question.span.line] for line in lines)
    )


def placed(survey: Survey) -> Mapping[str, Span]:
    """Return where each name of a survey stands, its pages too."""
    sections = {section.id: section.span for section in (*survey.sections, *survey.endings)}
    return {**sections, **places_of(survey)}


def _offer(found: list[_Broken]) -> str:
    """Return the entries of ``aliases`` that heal what can be healed."""
    return ", ".join(f"{one.change.name}: {one.change.offer}" for one in found)


def _broken(survey: Survey, current: Shape, releases: tuple[Release, ...]) -> Iterable[_Broken]:
    """Compare with every version released; what merely looks odd, with the last alone."""
    aliases = aliases_of(survey)
    last = {release.shape.version: release for release in releases}
    found: dict[tuple[Sort, str, str], _Broken] = {}
    for release in last.values():
        newest = release is releases[-1]
        for change in compare(release.shape, current, aliases):
            if change.sort in BREAKING or (newest and change.sort in _CODES):
                language = change.offer if change.sort is Sort.CONSENT else ""
                one = found.setdefault((change.sort, change.name, language), _Broken(change))
                one.change = change
                one.versions.add(release.shape.version)
    for version, change in _come_back(releases, current, aliases):
        found.setdefault((change.sort, change.name, ""), _Broken(change)).versions.add(version)
    return found.values()


def _come_back(
    releases: tuple[Release, ...], current: Shape, aliases: Mapping[str, str]
) -> Iterator[tuple[str, Change]]:
    """Find names that had gone in between and now stand for something else."""
    now = _worded(current)
    always: set[str] | None = None
    """Names that every later release has."""
    for release in reversed(releases):
        worded = _worded(release.shape)
        for name, words in worded.items():
            if always is None or name in always or name not in now:
                continue
            if resolve(aliases, name) == name and words and now[name]:
                sort = Sort.CODE_REUSED if "." in name else Sort.ID_REUSED
                near = name.partition(".")[0]
                if not alike(words, now[name]):
                    change = Change(sort=sort, name=name, near=near, old=words, new=now[name])
                    yield release.shape.version, change
        always = set(worded) if always is None else always & worded.keys()


def _worded(shape: Shape) -> dict[str, str]:
    found: dict[str, str] = {}
    for asked in shape.asked:
        found[asked.id] = asked.words
        for part in (*asked.parts, *asked.codes):
            found.setdefault(f"{asked.id}.{part.name}", part.words)
    return found


def _grouped(found: Iterable[_Broken]) -> list[list[_Broken]]:
    """Put together what can be said in one breath: the same, of the same question."""
    groups: dict[tuple[Sort, str, str], list[_Broken]] = {}
    for one in found:
        apart = one.change.offer if one.change.sort is not Sort.CONSENT else ""
        groups.setdefault((one.change.sort, one.change.near, apart), []).append(one)
    return list(groups.values())
