"""A survey in, what it asks people for and what it promises them out: contacts, rewards."""

from __future__ import annotations

from collections.abc import Iterator

from mati.diagnostics import Code
from mati.model import (
    All,
    Any,
    Block,
    Chosen,
    Condition,
    Not,
    Question,
    Section,
    Survey,
    join,
    ordered_sides,
    references,
    sides_of,
    texts,
)
from mati.questions import kind_of
from mati.reader.pieces import Piece, Reading
from mati.reader.reach import possible

__all__ = ["check_promises"]

_CODE = "reward.code"
_REWARD = "reward."
_WAYS = ("phone", "email")


def check_promises(reading: Reading, survey: Survey, several: frozenset[str]) -> None:
    """Write down what a survey asks for without saying why, and rewards that not everybody gets.

    ``several`` are the wire names that take more than one code.
    """
    for section in survey.sections:
        for question in section.questions:
            if question.private:
                _check_contact(reading, survey, section, question)
    _check_apart(reading, survey)
    # Few surveys hold a pipe of a reward, and going through all texts takes long.
    if not any(use.ref.text.startswith(_REWARD) for use in reading.pipes):
        return
    if not _check_marks(reading, survey, several):
        _check_conditions(reading, survey)


def _check_apart(reading: Reading, survey: Survey) -> None:
    """Warn of a way to reach people that is kept among the answers, not with the contacts."""
    found = [
        question
        for section in survey.sections
        for question in section.questions
        if not question.private and _asks_way(question)
    ]
    # What is wrong with its properties may be the reason: 'privat'.
    told = {diagnostic.span.line for diagnostic in reading.notes} if found else set()
    for question in found:
        if question.span.line not in told:
            reading.notes.note(Code.CONTACT_NOT_PRIVATE, question.span, id=question.id)


def _asks_way(question: Question) -> bool:
    if question.input is not None:
        return question.input.kind in _WAYS
    return any(field.input.kind in _WAYS for field in question.fields)


def _check_contact(reading: Reading, survey: Survey, section: Section, question: Question) -> None:
    """Warn of a way to reach people that nobody knows the purpose of, or that is kept for long."""
    if _has_consent(survey, section, question):
        return  # it says what for, and for how long
    # Where no heading parts them, the words below the title are those above the question.
    above = section.prose or (survey.intro if section.title is None else ())
    if not question.help and not above:
        reading.notes.note(Code.CONTACT_WITHOUT_PURPOSE, question.span, id=question.id)
        return
    kept, follow_up = survey.settings.retention.contacts_days, survey.settings.follow_up
    if kept is None or follow_up is None:
        return
    need = follow_up.within_days + (follow_up.again_days or 0)
    if kept > need:
        reading.notes.note(
            Code.CONTACT_WITHOUT_CONSENT, question.span, id=question.id, kept=kept, need=need
        )


def _has_consent(survey: Survey, section: Section, question: Question) -> bool:
    """Tell whether a box to agree stands on the same page, or is asked because of the contact."""
    names = {question.id, *(join(question.id, field.id) for field in question.fields)}
    return any(
        kind_of(other.kind).consent
        and (other in section.questions or (other.show_if and names & references(other.show_if)))
        for other in survey.questions
    )


# --- Rewards ---------------------------------------------------------------------------------


def _places(survey: Survey, ref: str) -> Iterator[tuple[Condition | None, bool]]:
    """Go through the texts that hold a pipe: the condition under which each is shown, and
    whether it stands where a page without script shows it to everybody the condition means.
    """
    found: list[tuple[object, tuple[Condition, ...], bool]] = [
        ((survey.title, survey.intro), (), True)
    ]
    for section in survey.sections:
        own = (section.show_if,) if section.show_if else ()
        found.append(((section.title, section.prose), own, True))
        for question in section.questions:
            further = (question.show_if,) if question.show_if else ()
            found.append((question, (*own, *further), True))
    earlier: tuple[Condition, ...] = ()
    for ending in survey.endings:
        own = (ending.show_if,) if ending.show_if else ()
        others = tuple(Not(other) for other in earlier)
        found.append(((ending.title, ending.prose), (*own, *others), not own))
        earlier = (*earlier, *own)
    for node, parts, sure in found:
        if any(pipe.ref.startswith(ref) for text in texts(node) for pipe in text.pipes):
            yield All(parts) if parts else None, sure


def _first(reading: Reading, ref: str) -> Piece:
    """Return where a pipe stands for the first time."""
    return next(use.ref for use in reading.pipes if use.ref.text.startswith(ref))


def _check_marks(reading: Reading, survey: Survey, several: frozenset[str]) -> bool:
    """Warn of a reward that nobody sees who gave a bad mark; tell whether it is so.

    Marks that are paid for tell nothing.
    """
    found = [condition for condition, _ in _places(survey, _REWARD)]
    conditions = tuple(condition for condition in found if condition is not None)
    if not found or len(conditions) < len(found):
        return False
    for names, (negative, _, positive) in _rated(survey):
        good = possible(All((Any(conditions), Chosen(names, positive))), several)
        if good and not possible(All((Any(conditions), Chosen(names, negative))), several):
            name = names[0].partition(".")[0]
            reading.note(Code.REWARD_FOR_GOOD_MARKS, _first(reading, _REWARD), id=name)
            return True
    return False


def _rated(survey: Survey) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Go through the questions that are marked: their wire names and the sides of their codes."""
    for question in survey.questions:
        names = tuple(join(question.id, row.id) for row in question.rows) or (question.id,)
        sides = ordered_sides(question) if question.block is Block.ONE else ()
        if question.block in (Block.SCALE, Block.MATRIX) and not question.several:
            sides = sides_of(question)
        if sides:
            yield names, sides


def _check_conditions(reading: Reading, survey: Survey) -> None:
    """Warn of a code that only some people see: without script others see another ending."""
    found = [sure for _, sure in _places(survey, _CODE)]
    if found and not any(found):
        reading.note(Code.REWARD_IN_CONDITION, _first(reading, _CODE), text="{{reward.code}}")
