"""Markdown in, ``Survey`` or ``PlainPage`` out, line by line, with positions.

What is asked carries ``{#id}``, what is answered carries ``(code)`` or ``[code]``. A mistake
never raises: it becomes a diagnostic and reading goes on, so that one run tells everything.
The way through the room: ``decoding`` -> ``front`` -> ``comments`` -> ``outline`` (with
``attributes``, ``answers``, ``matrix``, ``words``) -> ``assembly`` (with ``questions``,
``conditions``, ``structure``) -> ``checks`` (with ``reach``). A plain page goes through
``plain`` instead, on the same walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import ProjectSettings, Survey, Text
from mati.reader.assembly import assemble
from mati.reader.checks import check_survey
from mati.reader.comments import clear_comments
from mati.reader.decoding import decode
from mati.reader.drafts import Draft
from mati.reader.front import part
from mati.reader.outline import draft
from mati.reader.pieces import Piece, Reading
from mati.reader.pipes import SHOP
from mati.reader.plain import read_page, read_report
from mati.reader.rewards import check_reward
from mati.reader.spelling import note_spelling
from mati.settings import FrontMatter, read_front_matter

__all__ = ["Marks", "Place", "check_reward", "decode", "marks", "read", "read_page", "read_report"]


def _facts(front: FrontMatter, project: ProjectSettings) -> Iterator[tuple[str, Text | date | str]]:
    """Yield what pipes can stand for without anybody's answer."""
    reward = front.settings.reward
    if reward:
        yield from (("reward.code", reward.code),) if reward.code else ()
        yield from (("reward.text", reward.text),) if reward.text else ()
        yield from (("reward.until", reward.until),) if reward.until else ()
    if project.name or project.broken:
        yield SHOP, project.name or "…"
    closes = front.settings.closes
    if closes and project.zone:
        last = closes - timedelta(microseconds=1)  # "close: 2026-12-31" means the end of that day
        yield "survey.close", last.astimezone(project.zone).date()


def _drafted(
    source: Source, name: str, project: ProjectSettings, notes: Notebook
) -> tuple[Reading, Draft, FrontMatter, int]:
    """Read all lines; return the draft with what it takes to go on, and the first line."""
    settings, body, first = part(source.path, source.text, notes)
    front = read_front_matter(settings, source, 2, survey_name=name, project=project, notes=notes)
    scales = {scale.name: scale for scale in project.scales}
    reading = Reading(source.path, name, notes, scales, unsure=front.broken)
    reading.no_project = project.missing
    reading.facts.update(_facts(front, project))
    drafted = draft(reading, clear_comments(reading, body, first))
    return reading, drafted, front, first


def read(source: Source, project: ProjectSettings, notes: Notebook) -> Survey | None:
    """Read one survey; its name is the stem of the file.

    Returns None only where nothing can be made of the text; otherwise what could be read,
    with everything that is wrong written down.
    """
    notes.open(source)
    name = source.name
    if not source.text.strip():
        notes.note(Code.EMPTY_FILE, Span(source.path))
        return None
    reading, drafted, front, first = _drafted(source, name, project, notes)
    asked = sum(len(section.questions) for section in drafted.sections)
    if drafted.title is None:
        notes.note(Code.NO_TITLE, Span(source.path, min(first, source.text.count("\n") + 1), 1))
    if not asked:
        place = Span(source.path, max(1, drafted.title_line), 1)
        notes.note(Code.NO_QUESTION, place)
    made = assemble(reading, drafted, front)
    rule = check_survey(reading, made, front)
    follow_up = made.survey.settings.follow_up
    survey = made.survey
    note_spelling(source, survey.language, notes)
    if follow_up and rule:
        settings = replace(survey.settings, follow_up=replace(follow_up, rule=rule))
        survey = replace(survey, settings=settings)
    return replace(survey, links=tuple(reading.links)) if reading.links else survey


@dataclass(frozen=True, slots=True)
class Place:
    """A line on which a page, an ending, a question or a part of one (a row, a field) begins."""

    line: int
    id: str
    part: str = ""
    end: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a survey's text holds more than words: what stands inside each pair of braces that
    holds properties, the lines of each table that is a grid, and what begins where.
    """

    braces: tuple[Piece, ...]
    grids: tuple[tuple[Piece, ...], ...]
    places: tuple[Place, ...]
    first: int = 1
    """The first line below the settings."""


def marks(source: Source, project: ProjectSettings, notes: Notebook) -> Marks:
    """Find the marks of a survey's text; what hinders reading them goes to ``notes``."""
    notes.open(source)
    reading, drafted, _, first = _drafted(source, "survey", project, notes)
    places = tuple(_places(drafted))
    return Marks(tuple(reading.braces), tuple(reading.grids), places, first)


def _places(drafted: Draft) -> Iterator[Place]:
    """Yield in their order the places of everything that is asked, also what has mistakes."""
    for section in drafted.sections:
        if not section.implied:
            yield Place(section.place.line, section.id, end="end" in section.properties.items)
        for question in section.questions:
            yield Place(question.words.line, question.id)
            found = question.answers
            for row in found.rows if found else ():
                yield Place(row.span.line, question.id, row.id)
            for field in found.fields if found else ():
                yield Place(field.span.line, question.id, field.id)
