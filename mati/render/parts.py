"""A survey and its compiled body in; which small parts of style and script its page needs out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from mati import inline
from mati.model import (
    All,
    Any,
    Body,
    Compared,
    Condition,
    FormTarget,
    Not,
    Prose,
    Settings,
    Survey,
    texts,
)

__all__ = ["FETCH", "PARTS", "Form", "Part", "has_pictures", "has_steps", "used"]

FETCH = "fetch"
"""How the script posts where it can read the reply."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as far as its parts follow from it: the survey, its body, where it posts to."""

    survey: Survey
    body: Body
    target: FormTarget


Wanted = Callable[[Form], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form that only some pages carry: ``<name>.js``, ``<name>.css`` if styled.

    Parts run in this order, all behind ``form.js``.
    """

    name: str
    wanted: Wanted
    styled: bool = False


def _stands(*words: str) -> Wanted:
    """Tell whether one of some pieces of HTML stands in the body."""
    return lambda form: any(piece in part for part in form.body.parts for piece in words)


def _holds(name: str) -> Wanted:
    """Tell whether an element of a class stands in the body."""
    return _stands(f'class="{name}"')


has_steps = _holds("go")


def has_pictures(blocks: Iterable[Prose]) -> bool:
    """Tell whether a picture stands among prose."""
    return any(block.pictures for block in blocks)


def _shows_pictures(form: Form) -> bool:
    """Tell whether a picture stands in the body, or in the words above it."""
    return has_pictures(form.survey.intro) or _holds("pic")(form)


def _links(form: Form) -> bool:
    """Tell whether a link stands in a text of the form."""
    asked = replace(form.survey, endings=(), settings=Settings())
    return any(inline.links(text.source) for text in texts(asked) if text.rich)


def _repeated(form: Form) -> set[str]:
    """Return what the texts of a form repeat: hidden fields and answers, by wire name."""
    head = (form.survey.title, *(text for block in form.survey.intro for text in block.texts))
    said = (*head, *(slot.text for slot in form.body.slots if slot.text))
    return {pipe.ref for text in said for pipe in text.pipes if pipe.value is None}


def _repeats_answers(form: Form) -> bool:
    """Tell whether a text repeats an answer."""
    return not _repeated(form) <= {field.name for field in form.survey.settings.hidden}


def _repeats_fields(form: Form) -> bool:
    """Tell whether a text repeats a hidden field."""
    return not _repeated(form).isdisjoint(field.name for field in form.survey.settings.hidden)


def _takes_words(form: Form) -> bool:
    """Tell whether words come from the address, or are repeated."""
    return _greets(form) or _is_prefilled(form) or _repeats_answers(form)


def _greets(form: Form) -> bool:
    """Tell whether a hidden field holds words, such as a name to greet by."""
    return any(not field.values for field in form.survey.settings.hidden)


def _takes_fields(form: Form) -> bool:
    """Tell whether declared values of hidden fields come from the address."""
    return any(field.values for field in form.survey.settings.hidden)


def _is_prefilled(form: Form) -> bool:
    """Tell whether a link may bring answers."""
    return bool(form.survey.settings.prefill)


def _chooses_ending(form: Form) -> bool:
    """Tell whether the script may have to choose an ending."""
    return form.target.script == FETCH and any(e.show_if for e in form.survey.endings)


def _conditions(form: Form) -> list[Condition]:
    found = [part.show_if for part in form.survey.sections]
    found += [question.show_if for question in form.survey.questions]
    if _chooses_ending(form):
        found += [ending.show_if for ending in form.survey.endings]
    return [condition for condition in found if condition is not None]


def _compares(form: Form) -> bool:
    """Tell whether a condition compares what people type."""
    return any(map(_has_comparison, _conditions(form)))


def _has_comparison(condition: Condition) -> bool:
    match condition:
        case Compared():
            return True
        case Not(inner):
            return _has_comparison(inner)
        case All(parts) | Any(parts):
            return any(map(_has_comparison, parts))
    return False


def _has_hours(form: Form) -> bool:
    """Tell whether there is a time at which it may not be answered."""
    return bool(form.survey.settings.opens or form.survey.settings.closes)


PARTS = (
    Part("logic", lambda form: bool(_conditions(form))),
    Part("compare", _compares),
    Part("draft", lambda _: True),
    Part("frame", lambda _: True),
    Part("fetch", lambda form: form.target.script == FETCH),
    Part("ends", _chooses_ending),
    Part("words", _takes_words),
    Part("take", _takes_fields),
    Part("free", _greets),
    Part("tell", _repeats_fields),
    Part("hours", _has_hours),
    Part("clear", _holds("clear"), styled=True),
    Part("write-in", _holds("write-in"), styled=True),
    Part("dates", _stands('type="date"', 'type="time"'), styled=True),
    Part("count", _stands(" data-most="), styled=True),
    Part("native", lambda form: form.survey.settings.native_digits, styled=True),
    Part("na", _holds("na"), styled=True),
    Part("digits", _stands('type="number"')),
    Part("pic", _shows_pictures, styled=True),
    Part("shuffle", _stands(" data-mix=")),
    Part("new-tab", _links, styled=True),
    Part("pipe", _repeats_answers),
    Part("prefill", _is_prefilled),
    Part("kiosk", lambda form: form.survey.settings.kiosk is not None, styled=True),
    Part("steps", has_steps, styled=True),
    Part("paces", has_steps),
)


def used(form: Form) -> tuple[Part, ...]:
    """Return the parts that a form's page needs."""
    return tuple(part for part in PARTS if part.wanted(form))
