"""A draft in, the survey out: conditions are understood once everything they name is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mati.diagnostics import Code, Span
from mati.model import Column, Condition, Question, Section, Survey, Text, join, write_in
from mati.questions import kind_of
from mati.reader.comparisons import Subject
from mati.reader.conditions import read_condition
from mati.reader.drafts import Draft, DraftSection
from mati.reader.pieces import Piece, Reading
from mati.reader.questions import check_known, finish
from mati.reader.structure import version_of
from mati.settings import FrontMatter

__all__ = ["Assembly", "assemble"]

OTHER = "other"
"""What a hidden field says where the link brings a value that nobody declared."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """The survey, what conditions can name, and what broke on the way."""

    survey: Survey
    subjects: dict[str, Subject]
    columns: dict[str, tuple[Column, ...]]
    """The columns of each question's answers, by its id: every kind is asked once."""
    broken: frozenset[str]
    """Ids of questions that were left out because they could not be read."""


def assemble(reading: Reading, draft: Draft, front: FrontMatter) -> Assembly:
    """Make the survey of everything in ``draft`` that could be read."""
    made: dict[int, Question] = {}
    subjects = {subject.name: subject for subject in _hidden(front)}
    taken: dict[str, int] = {}
    columns: dict[str, tuple[Column, ...]] = {}
    broken: set[str] = set()
    order = 0
    for section in draft.sections:
        _check_id(reading, section.id, section.place, taken)
        for question in section.questions:
            first = _check_id(reading, question.id, question.words, taken)
            found = finish(reading, question)
            if "end" in section.properties.items:
                reading.note(Code.QUESTION_IN_ENDING, question.words, id=question.id)
                found = None
            if found is None:
                broken.add(question.id)
                _add_broken(subjects, question.id, order)
            elif first:
                made[id(question)] = found
                columns[found.id] = kind_of(found.kind).columns(found)
                damaged = question.answers is not None and question.answers.damaged
                _add_subjects(subjects, found, columns[found.id], order, damaged=damaged)
            order += 1
    sections = tuple(_sections(reading, draft, made, subjects, _others(draft, front)))
    survey = _survey(reading, draft, front, sections)
    survey = replace(survey, version=version_of(survey))
    return Assembly(survey, subjects, columns, frozenset(broken))


def _check_id(reading: Reading, name: str, place: Piece, taken: dict[str, int]) -> bool:
    """Tell whether an id is free; a second use is written down."""
    if name in taken:
        reading.note(Code.ID_TWICE, place, id=name, first=taken[name])
        return False
    taken[name] = place.line
    return True


def _hidden(front: FrontMatter) -> Iterator[Subject]:
    for field in front.settings.hidden:
        declared = tuple(code for code, _ in field.values)
        codes = tuple(dict.fromkeys((*declared, OTHER))) if declared else ()
        yield Subject(
            name=field.name,
            names=(field.name,),
            shape="one" if codes else "open",
            codes=codes,
            numbers=declared if all(c.isdigit() for c in declared) else (),
            hidden=True,
        )


def _add_broken(subjects: dict[str, Subject], name: str, order: int) -> None:
    subject = Subject(name=name, names=(), shape="open", order=order, broken=True)
    subjects.setdefault(name, subject)


def _add_subjects(
    subjects: dict[str, Subject],
    question: Question,
    columns: tuple[Column, ...],
    order: int,
    *,
    damaged: bool,
) -> None:
    """Let conditions name a question, and each of its rows or fields."""
    own = tuple(c for c in columns if c.name == question.id)
    parts = own or columns
    shape = parts[0].shape if parts else "open"
    names = tuple(column.name for column in parts)
    codes = parts[0].codes if parts else ()
    outside = {option.code for option in question.options if option.na}
    scored = tuple(code for code in codes if code not in outside)
    numbers = scored if scored and all(code.isdigit() for code in scored) else ()
    subject = Subject(
        name=question.id,
        names=names,
        shape=shape,
        codes=codes,
        numbers=numbers,
        takes=question.input.kind if question.input else "",
        order=order,
        damaged=damaged,
    )
    subjects.setdefault(question.id, subject)
    for option in question.options:
        if option.write_in and own:
            name = write_in(question.id, option.code)
            words = replace(subject, name=name, names=(name,), shape="open", codes=(), numbers=())
            subjects.setdefault(name, words)
    kinds = {join(question.id, field.id): field.input.kind for field in question.fields}
    for column in () if own else columns:
        part = replace(
            subject,
            name=column.name,
            names=(column.name,),
            shape=column.shape,
            codes=column.codes,
            takes=kinds.get(column.name, ""),
        )
        subjects.setdefault(column.name, part)


def _others(draft: Draft, front: FrontMatter) -> dict[str, str]:
    """Return what conditions name by mistake: pages, and names that questions had once."""
    once = {alias.old: alias.new for alias in front.settings.aliases if alias.new}
    return {**{section.id: "" for section in draft.sections}, **once}


def _sections(
    reading: Reading,
    draft: Draft,
    made: dict[int, Question],
    subjects: dict[str, Subject],
    others: dict[str, str],
) -> Iterator[Section]:
    order = 0
    for section in draft.sections:
        end = "end" in section.properties.items
        check_known(reading, section.properties, ("if", "end"))
        known = len(subjects) + order if end else order
        item = section.properties.items.get("if")
        show_if, words = _condition(reading, item, subjects, known, others=others)
        questions: list[Question] = []
        for drafted in section.questions:
            question = made.get(id(drafted))
            if question is not None:
                item = drafted.properties.items.get("if")
                own = drafted.id
                found, _ = _condition(reading, item, subjects, order, own=own, others=others)
                questions.append(replace(question, show_if=found) if found else question)
            order += 1
        yield _section(reading, section, tuple(questions), show_if, words)


def _condition(
    reading: Reading,
    item: object,
    subjects: dict[str, Subject],
    before: int,
    *,
    own: str = "",
    others: dict[str, str],
) -> tuple[Condition | None, str]:
    value = getattr(item, "value", None)
    if not isinstance(value, Piece):
        return None, ""
    if not value.text.strip():
        name = getattr(item, "name", value)
        reading.note(Code.EMPTY_CONDITION, name)
        return None, ""
    return read_condition(
        reading, value, subjects, before, own=own, others=others
    ), value.text.strip()


def _section(
    reading: Reading,
    drafted: DraftSection,
    questions: tuple[Question, ...],
    show_if: Condition | None,
    condition: str,
) -> Section:
    return Section(
        id=drafted.id,
        span=reading.span(drafted.place),
        title=drafted.title,
        prose=tuple(drafted.prose),
        questions=questions,
        show_if=show_if,
        condition=condition,
        end="end" in drafted.properties.items,
    )


def _survey(
    reading: Reading, draft: Draft, front: FrontMatter, sections: tuple[Section, ...]
) -> Survey:
    settings = front.settings
    endings = [section for section in sections if section.end]
    pages = tuple(s for s in sections if not s.end)
    further = (code for code in settings.languages if code != settings.lang)
    return Survey(
        name=reading.survey,
        language=settings.lang,
        languages=(settings.lang, *further),
        title=draft.title or Text(context=f"{reading.survey}.title", source="", span=_top(reading)),
        intro=tuple(draft.intro),
        sections=pages,
        endings=_endings(endings, {section.id for section in sections}, reading),
        settings=settings,
        path=reading.path,
    )


def _top(reading: Reading) -> Span:
    return Span(reading.path, 1, 1)


def _endings(endings: list[Section], taken: set[str], reading: Reading) -> tuple[Section, ...]:
    """Put the ending without a condition last; a survey that has none gets a plain one."""
    last = [ending for ending in endings if not ending.condition]
    for extra in last[1:]:
        if extra.id == last[0].id:
            continue  # the id is the news
        first_line = last[0].span.line
        reading.notes.note(Code.TWO_ENDINGS, extra.span, id=extra.id, first=first_line)
    if not last:
        name = "thanks" if "thanks" not in taken else "thanks_2"
        last = [Section(id=name, span=_top(reading), end=True)]
    first = [ending for ending in endings if ending.condition]
    return (*first, *last[:1])
