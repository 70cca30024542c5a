"""A survey's text in, the ids and codes that it lacks out, each with its place.

What is planned is tried: the edited text is read again, and a plan stands only where every name
is then there, none meets another, and no question was lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mati.diagnostics import Code, Diagnostic, Notebook, Source
from mati.editing.edits import Edit, apply
from mati.editing.naming import Namer, codes
from mati.editing.places import Heading, Sheet
from mati.model import Option, ProjectSettings, Section, Survey
from mati.reader import read
from mati.reader.attributes import RESERVED_IDS, stands_alone
from mati.reader.naming import short

__all__ = ["Plan", "Released", "plan"]

_ANY_ID = re.compile(r"#([a-z][a-z0-9_]*)")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_PIPE = re.compile(r"\{\{([^{}]*)\}\}")
_TRIES = 3
_NAMING = frozenset(
    {
        Code.NO_ID, Code.NO_CODE, Code.BAD_ID, Code.BAD_CODE, Code.ID_TWICE, Code.CODE_TWICE,
        Code.NAMES_CLASH, Code.RESERVED_ID, Code.PROPERTY_TWICE, Code.UNREADABLE_PROPERTY,
        Code.UNCLOSED_BRACE, Code.UNCLOSED_QUOTE, Code.SURVEY_TOO_LONG,
    }
)  # fmt: skip
"""What must not become more through an edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What answers were given to: every name (``staff``, ``staff.polite``), and what each wording
    was called, by (id of its question or "", words).
    """

    names: frozenset[str] = frozenset()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be written, and what is wrong with the text as it stands."""

    edits: tuple[Edit, ...] = ()
    notes: Notebook = field(default_factory=Notebook)
    safe: bool = True
    """False where places cannot be trusted before what is wrong has been mended."""


def plan(
    source: Source,
    project: ProjectSettings,
    *,
    released: Released | None = None,
    pages: bool = False,
) -> Plan:
    """Return the edits that give every question, row, field, answer and ending its name.

    What was ``released`` and has lost its name gets it back; no other gets that name. ``pages``:
    every page is named too, not only endings.
    """
    notes, avoid = Notebook(), set[str]()
    released = released or Released()
    survey = read(source, project, notes)
    if survey is None or any(found.code is Code.SURVEY_TOO_LONG for found in notes):
        return Plan(notes=notes, safe=False)
    for _ in range(_TRIES):
        edits = _Planner(source, survey, notes, released, avoid).edits(pages=pages)
        clashes = _tried(source, project, survey, notes, edits)
        if clashes is None:
            return Plan(edits=edits, notes=notes)
        avoid |= clashes
    return Plan(notes=notes, safe=False)


def _tried(
    source: Source,
    project: ProjectSettings,
    survey: Survey,
    notes: Notebook,
    edits: tuple[Edit, ...],
) -> set[str] | None:
    """Read the edited text; return None where all is well, else the names that may be to blame."""
    before = Counter(found.code for found in notes)
    if not (edits or before[Code.NO_ID] or before[Code.NO_CODE]):
        return None
    after = Notebook()
    again = read(Source(source.path, apply(source.text, edits)), project, after)
    counted = Counter(found.code for found in after)
    worse = {code for code in _NAMING if counted[code] > before[code]}
    left = counted[Code.NO_ID] + counted[Code.NO_CODE]
    if again and not worse and not left and len(again.questions) >= len(survey.questions):
        return None
    return {v for found in after if found.code in worse for _, v in found.values}


class _Planner:
    """Works through one survey: headings first, then what stands below each."""

    def __init__(
        self,
        source: Source,
        survey: Survey,
        notes: Notebook,
        released: Released,
        avoid: set[str],
    ) -> None:
        self.sheet = Sheet(source)
        self.survey, self.notes, self.released = survey, notes, released
        hidden = {hidden.name for hidden in survey.settings.hidden}
        self.given = hidden | set(_ANY_ID.findall(source.text))
        self.namer = Namer({*RESERVED_IDS, *avoid, *released.names, *self.given})
        self.headings = self.sheet.headings()
        self.told = _told(source, survey)

    def _back(self, within: str, words: str) -> str:
        """Return the name that something was released under and has lost; "" without one."""
        name = self.released.words.get((within, " ".join(words.split())), "")
        whole = f"{within}.{name}" if within else name
        if not name or whole in self.given:
            return ""
        self.given.add(whole)
        return name

    def edits(self, *, pages: bool) -> tuple[Edit, ...]:
        """Return all edits in order."""
        found = [*self._headed(pages=pages)]
        self._take_given()
        return tuple(sorted((*found, *self._parts(), *self._codes())))

    # Headings

    def _headed(self, *, pages: bool) -> Iterator[Edit]:
        sections = {s.span.line: s for s in (*self.survey.sections, *self.survey.endings)}
        offers = {d.span.line: _offer(d) for d in self.notes if d.code is Code.NO_ID}
        asked = 0
        for heading in self.headings:
            asked += heading.question
            if heading.id:
                continue
            section = sections.get(heading.line)
            if heading.question:
                heading.id = self._asked(heading, offers.get(heading.line, ""), asked)
            elif section is not None and (section.end or pages):
                heading.id = self.namer.free(_section_name(section))
            if heading.id:
                yield self.sheet.of_heading(heading, heading.id)

    def _asked(self, heading: Heading, offer: str, number: int) -> str:
        if offer in self.told:
            return offer
        back = self._back("", heading.words.text)
        return back or self.namer.free(short(heading.words.text, f"q{number}"))

    def _heading_of(self, line: int) -> Heading | None:
        above = (h for h in reversed(self.headings) if h.line < line)
        found = next(above, None)
        return found if found and found.question else None

    def _take_given(self) -> None:
        """Take the ids and codes that stand in answers already."""
        stops = [heading.line for heading in self.headings[1:]]
        ends = (*stops, self.sheet.first + len(self.sheet.lines))
        for heading, stop in zip(self.headings, ends, strict=False):
            for names in self.sheet.names_between(heading.line + 1, stop):
                whole = {f"{heading.id}.{name}" for name in names}
                self.namer.taken |= whole
                self.given |= whole

    # Rows and fields

    def _parts(self) -> Iterator[Edit]:
        numbers: Counter[int] = Counter()
        own = {heading.line for heading in self.headings}
        for found in self.notes:
            line, column = found.span.line, found.span.column
            heading = self._heading_of(line)
            if not _lacks_id(found) or line in own or heading is None:
                continue
            if stands_alone(self.sheet.text(line)):
                continue  # the properties of the heading above
            numbers[heading.line] += 1
            field_ = self.sheet.is_field(line, column)
            plain = f"{'f' if field_ else 'r'}{numbers[heading.line]}"
            place = self.sheet.of_field if field_ else self.sheet.of_row
            words, offer = dict(found.values).get("text", ""), _offer(found)
            if found.code is Code.BAD_ID:
                place, offer = self.sheet.of_hash, ""
                words = self.sheet.words_before(line, column)
            name = offer if offer in self.told else self._back(heading.id, words)
            name = name or self.namer.free(short(words, plain), heading.id)
            yield place(line, column, name)

    # Codes

    def _codes(self) -> Iterator[Edit]:
        blank = {
            (d.span.line, d.span.column): _offer(d).strip("()[]")
            for d in self.notes
            if d.code is Code.NO_CODE
        }
        for question in self.survey.questions:
            options = [o for o in question.options if _place(o) in blank]
            if not options:
                continue
            heading = self._heading_of(options[0].span.line)
            id_ = heading.id if heading else question.id
            named = {option: self._back(id_, _words(option)) for option in options}
            left = [option for option in options if not named[option]]
            if question.id not in self.told:
                named |= codes(question, left, self.namer, id_)
            for option in options:
                offer = blank.pop(_place(option))
                yield from self._filled(*_place(option), named[option] or offer)
        for (line, column), offer in blank.items():  # of questions that could not be read
            heading = self._heading_of(line)
            yield from self._filled(
                line, column, self.namer.free(offer, heading.id if heading else "?")
            )

    def _filled(self, line: int, column: int, code: str) -> Iterator[Edit]:
        edit = self.sheet.of_code(line, column, code)
        if edit is not None:
            yield edit


def _lacks_id(found: Diagnostic) -> bool:
    """Tell whether an id is missing: none stands there, or nothing behind its ``#``."""
    return found.code is Code.NO_ID or (found.code is Code.BAD_ID and ("text", "") in found.values)


def _words(option: Option) -> str:
    return option.label.source if option.label else ""


def _place(option: Option) -> tuple[int, int]:
    return option.span.line, option.span.column


def _offer(found: Diagnostic) -> str:
    return dict(found.values).get("offer", "")


def _section_name(section: Section) -> str:
    words = short(section.title.source, "") if section.title else ""
    if not section.end:
        return f"page_{words}" if words else "page"
    return words or "sorry" if section.condition else "thanks"


def _told(source: Source, survey: Survey) -> frozenset[str]:
    """Return the names that conditions, pipes and settings already use.

    A question without an id can be named by the id the reader offers; it keeps that then.
    """
    settings = survey.settings
    parts = [q.condition for q in survey.questions]
    parts += [section.condition for section in (*survey.sections, *survey.endings)]
    parts += _PIPE.findall(source.text)
    parts += [settings.follow_up.condition if settings.follow_up else ""]
    parts += [*settings.prefill, *settings.report.segments]
    return frozenset(_WORD.findall(" ".join(parts)))
