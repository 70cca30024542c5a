"""A survey as a whole in, what only the whole can tell out: names, pipes, endings, reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mati.diagnostics import Code, Notebook, Span
from mati.model import OWN_SEGMENTS, All, Condition, Not, Question, Section, spelling
from mati.questions import kind_of
from mati.reader.aliases import check_aliases
from mati.reader.assembly import Assembly
from mati.reader.conditions import read_condition
from mati.reader.pieces import ID, Piece, Reading
from mati.reader.pipes import check_pipes
from mati.reader.promises import check_promises
from mati.reader.reach import possible
from mati.settings import FrontMatter

__all__ = ["check_survey"]


def check_survey(reading: Reading, made: Assembly, front: FrontMatter) -> Condition | None:
    """Write down what is wrong with the survey as a whole; return which answers ask for a call."""
    survey = made.survey
    _check_hidden(reading, made)
    _check_wire_names(reading, made)
    check_pipes(reading, made)
    _check_named(reading, made, front)
    check_aliases(reading, made)
    rule = _check_follow_up(reading, made, front)
    _check_reach(reading, made)
    _check_pages(reading, made)
    for section in survey.sections:
        for question in section.questions:
            _check_question(reading, section, question)
    _check_ticked(reading, made)
    check_promises(reading, survey, _several(made))
    return rule


def _note(reading: Reading, code: Code, span: Span, /, **values: object) -> None:
    reading.notes.note(code, span, severity=None, **values)


def _check_hidden(reading: Reading, made: Assembly) -> None:
    """Judge the names of hidden fields as ids."""
    questions = {question.id: question for question in made.survey.questions}
    for field in made.survey.settings.hidden:
        if not ID.fullmatch(field.name):
            offer = spelling(field.name, "branch")
            _note(reading, Code.BAD_ID, field.span, text=field.name, offer=offer)
        elif field.name.startswith("mati_") or field.name in ("via", "lang", "kiosk", "survey"):
            offer = f"my_{field.name.removeprefix('mati_')}"
            _note(reading, Code.RESERVED_ID, field.span, id=field.name, offer=offer)
        elif field.name in questions:
            place, first = questions[field.name].span, field.span.line
            _note(reading, Code.ID_TWICE, place, id=field.name, first=first)


def _wire_names(made: Assembly) -> Iterator[tuple[str, Span]]:
    for field in made.survey.settings.hidden:
        yield field.name, field.span
    for question in made.survey.questions:
        parts = {row.id: row.span for row in question.rows}
        parts.update((field.id, field.span) for field in question.fields)
        for column in made.columns[question.id]:
            place = parts.get(column.name.rpartition(".")[2]) if parts else None
            yield column.name, place or question.span


def _check_wire_names(reading: Reading, made: Assembly) -> None:
    """Find names that a service which knows no dots could not tell apart."""
    seen: dict[str, tuple[str, int]] = {}
    for name, span in _wire_names(made):
        plain = name.replace(".", "_")
        other, first = seen.setdefault(plain, (name, span.line))
        if other != name:
            _note(reading, Code.NAMES_CLASH, span, name=name, other=other, first=first)


def _check_named(reading: Reading, made: Assembly, front: FrontMatter) -> None:
    """Judge the names in ``report.segments`` and ``prefill``."""
    settings = made.survey.settings
    for key, names in (
        ("report.segments", settings.report.segments),
        ("prefill", settings.prefill),
    ):
        for name in names:
            span = front.places.get(f"{key}.{name}")
            known = key == "report.segments" and name in OWN_SEGMENTS
            if span is not None and (name in made.subjects or not known):
                _check_name(reading, made, key, name, span)


def _check_name(reading: Reading, made: Assembly, key: str, name: str, span: Span) -> None:
    subject = made.subjects.get(name)
    if subject is None:
        own = OWN_SEGMENTS if key == "report.segments" else ()
        offer, shown = reading.offer(name, (*(n for n in made.subjects if "." not in n), *own))
        _note(
            reading,
            Code.UNKNOWN_NAME_IN_SETTING,
            span,
            key=key,
            name=name,
            offer=offer,
            known=shown,
        )
        return
    whole = name.partition(".")[0]
    question = next((q for q in made.survey.questions if q.id == whole), None)
    if question is not None and question.private:
        _note(reading, Code.PRIVATE_IN_SETTING, span, key=key, name=name)
    elif key == "prefill" and question is not None and kind_of(question.kind).consent:
        _note(reading, Code.CONSENT_IN_PREFILL, span, name=name)
    elif key != "prefill" and not subject.broken and (not subject.codes or subject.shape != "one"):
        _note(reading, Code.NOT_FOR_SETTING, span, key=key, name=name)


def _check_follow_up(reading: Reading, made: Assembly, front: FrontMatter) -> Condition | None:
    """Read which answers ask for a call back.

    What the project says for all surveys holds where a survey has the questions; where it has
    not, there is nothing to mend.
    """
    follow_up = made.survey.settings.follow_up
    if follow_up is None or not follow_up.condition:
        return None
    span = front.places.get("followup.if")
    own = span is not None and span.path == reading.path
    words = " ".join(follow_up.condition.split())
    # A condition folded over several lines, or escaped, is pointed at where it begins.
    aside = Notebook()
    span = span or Span(reading.path)
    piece = Piece(words, span.line, span.column)
    whole = own and span.length == len(words)
    desk = reading if whole else replace(reading, notes=aside)
    survey = made.survey
    others = {part.id: "" for part in (*survey.sections, *survey.endings)}
    others |= {alias.old: alias.new for alias in survey.settings.aliases if alias.new}
    found = read_condition(desk, piece, made.subjects, len(made.subjects) + 1, others=others)
    if not own:
        return None if aside.has_errors() else found
    for diagnostic in aside:
        _note(reading, diagnostic.code, span, **dict(diagnostic.values))
    if found is not None and not possible(found, _several(made)):
        _note(reading, Code.NEVER_SHOWN, span, id="followup", text=words)
    return found


def _check_pages(reading: Reading, made: Assembly) -> None:
    """Find pages with nothing on them, and one of thanks that nobody marked as an ending."""
    survey = made.survey
    bare = [] if made.broken else [page for page in survey.sections if not page.questions]
    if not bare:
        return
    if any(found.code is Code.ANSWER_WITHOUT_QUESTION for found in reading.notes):
        return  # they may be what such a page lacks
    told = {found.span.line for found in reading.notes}  # such as 'ende'
    last = survey.sections[-1] if len(survey.sections) > 1 else None
    for page in bare:
        if page.title is not None and not (page.prose or page is last or page.span.line in told):
            _note(reading, Code.EMPTY_PAGE, page.span, text=page.title.source[:60])
    if last is None or last.questions or last.span.line in told:
        return
    if all(ending.condition or ending.title is None for ending in survey.endings):
        _note(reading, Code.ENDING_NOT_MARKED, last.span, id=last.id)


def _check_question(reading: Reading, section: Section, question: Question) -> None:
    """Note what is legal but may surprise."""
    if question.required and (question.condition or section.condition):
        _note(reading, Code.REQUIRED_AND_CONDITIONAL, question.span, id=question.id)


def _check_ticked(reading: Reading, made: Assembly) -> None:
    """Find ``- [x]``: the list of tasks of a Git host, where it means something else."""
    for question in made.survey.questions:
        if question.rows or all(c.shape != "several" for c in made.columns[question.id]):
            continue
        for option in question.options:
            if option.code == "x":
                _note(reading, Code.TICKED_BOX, replace(option.span, length=3))


def _several(made: Assembly) -> frozenset[str]:
    found = (column for columns in made.columns.values() for column in columns)
    return frozenset(column.name for column in found if column.shape == "several")


def _check_reach(reading: Reading, made: Assembly) -> None:
    """Find pages, questions and endings whose conditions contradict themselves or others."""
    survey, several = made.survey, _several(made)
    for section in survey.sections:
        if section.show_if and not possible(section.show_if, several):
            _never(reading, section.span, section.id, section.condition)
            continue
        for question in section.questions:
            if question.show_if is None:
                continue
            parts = (question.show_if, *((section.show_if,) if section.show_if else ()))
            if not possible(All(parts), several):
                _never(reading, question.span, question.id, question.condition)
    earlier: list[Condition] = []
    for ending in survey.endings:
        if ending.show_if is None:
            continue
        if not possible(ending.show_if, several):
            _never(reading, ending.span, ending.id, ending.condition)
        elif not possible(All((ending.show_if, *(Not(c) for c in earlier))), several):
            _note(reading, Code.ENDING_NEVER_SHOWN, ending.span, id=ending.id)
        earlier.append(ending.show_if)


def _never(reading: Reading, span: Span, name: str, words: str) -> None:
    _note(reading, Code.NEVER_SHOWN, span, id=name, text=words)
