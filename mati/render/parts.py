"""A survey and its compiled body in; which small parts of style and script its page needs out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mati.model import Body, Survey

__all__ = ["PARTS", "Part", "used"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form that only some pages carry: ``<name>.js``, and ``<name>.css`` if styled.

    Parts run in this order, all behind ``form.js``.
    """

    name: str
    wanted: Callable[[Survey, Body], bool]
    styled: bool = False


def _holds(name: str) -> Callable[[Survey, Body], bool]:
    """Tell whether an element of a class stands in the body."""
    return lambda _, body: any(f'class="{name}"' in part for part in body.parts)


def _repeats_answers(survey: Survey, body: Body) -> bool:
    """Tell whether a text of the questions repeats an answer."""
    known = {field.name for field in survey.settings.hidden}
    pipes = (pipe for slot in body.slots if slot.text for pipe in slot.text.pipes)
    return any(pipe.value is None and pipe.ref not in known for pipe in pipes)


PARTS = (
    Part("clear", _holds("clear"), styled=True),
    Part("write-in", _holds("write-in"), styled=True),
    Part("pipe", _repeats_answers),
)


def used(survey: Survey, body: Body) -> tuple[Part, ...]:
    """Return the parts that the page of ``survey`` needs."""
    return tuple(part for part in PARTS if part.wanted(survey, body))
