"""Every ``{{pipe}}`` of a survey in, what is wrong with it out: all names are known by now."""

from __future__ import annotations

from collections.abc import Iterator

from mati.diagnostics import Code, Span
from mati.model import Block, Question, Section
from mati.reader.assembly import Assembly
from mati.reader.pieces import Piece, PipeUse, Reading

__all__ = ["SHOP", "check_pipes", "note_unnamed"]

SHOP = "survey.shop"
"""The name of the shop, which ``mati.yaml`` says."""


def check_pipes(reading: Reading, made: Assembly) -> None:
    """Judge what stands between double braces."""
    hidden = {field.name for field in made.survey.settings.hidden}
    questions = {question.id: question for question in made.survey.questions}
    for use in reading.pipes:
        name = use.ref.text
        whole = name.partition(".")[0]
        if use.known:
            continue
        if name in hidden:
            _check_fallback(reading, use)
        elif whole in questions:
            _check_answer(reading, made, use, questions[whole])
        elif name == SHOP:
            note_unnamed(reading, use.ref)
        elif whole not in made.broken:
            _note_unknown(reading, use, (*sorted(hidden), *_answers(questions), *reading.facts))


def note_unnamed(reading: Reading, ref: Piece) -> None:
    """Say that a text names the shop, and nobody wrote what it is called."""
    if reading.no_project:
        reading.notes.note(Code.NO_PROJECT_FILE, Span("mati.yaml"), offer="")
    else:
        reading.note(Code.NO_SHOP_NAME, ref, name=ref.text)


def _check_fallback(reading: Reading, use: PipeUse) -> None:
    if not use.has_fallback:
        name = use.ref.text
        reading.note(Code.PIPE_WITHOUT_FALLBACK, use.ref, text="{{" + name + "}}", name=name)


def _answers(questions: dict[str, Question]) -> Iterator[str]:
    """Go through what can be piped of the questions: groups of controls, by their names."""
    for question in questions.values():
        if not question.private:
            yield from _groups(question)


def _groups(question: Question) -> tuple[str, ...]:
    parts = (*(row.id for row in question.rows), *(field.id for field in question.fields))
    if question.block is Block.RANKING:
        parts = tuple(option.code for option in question.options)
    return tuple(f"{question.id}.{part}" for part in parts) or (question.id,)


def _check_answer(reading: Reading, made: Assembly, use: PipeUse, question: Question) -> None:
    name, line = use.ref.text, use.ref.line
    if question.private:
        reading.note(Code.PRIVATE_PIPE, use.ref, name=name)
    elif name not in _groups(question):
        _note_unknown(reading, use, _groups(question))
    elif question.span.line >= line:
        reading.note(Code.PIPE_OF_LATER, use.ref, name=name)
    elif _inside(line, made.survey.endings):
        reading.note(Code.PIPE_IN_ENDING, use.ref, name=name)
    else:
        _check_fallback(reading, use)


def _inside(line: int, endings: tuple[Section, ...]) -> Section | None:
    """Return the ending that a line belongs to; endings stand behind all questions."""
    above = [ending for ending in endings if ending.span.line <= line and ending.title is not None]
    return max(above, key=lambda ending: ending.span.line, default=None)


def _note_unknown(reading: Reading, use: PipeUse, names: tuple[str, ...]) -> None:
    if reading.unsure:
        return
    offer, known = reading.offer(use.ref.text, names)
    place = use.ref if use.ref.text else Piece("", use.ref.line, use.ref.column)
    reading.note(Code.UNKNOWN_PIPE, place, name=use.ref.text, offer=offer, known=known)
