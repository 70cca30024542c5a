"""A survey and its compiled body in; which small parts of style and script its page needs out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from mati import inline
from mati.model import All, Any, Body, Compared, Condition, Not, Prose, Settings, Survey, texts

__all__ = ["PARTS", "Part", "has_pictures", "used"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form that only some pages carry: ``<name>.js``, ``<name>.css`` if styled.

    Parts run in this order, all behind ``form.js``.
    """

    name: str
    wanted: Callable[[Survey, Body], bool]
    styled: bool = False


def _stands(words: str) -> Callable[[Survey, Body], bool]:
    """Tell whether a piece of HTML stands in the body."""
    return lambda _, body: any(words in part for part in body.parts)


def _holds(name: str) -> Callable[[Survey, Body], bool]:
    """Tell whether an element of a class stands in the body."""
    return _stands(f'class="{name}"')


def _takes_numbers(_: Survey, body: Body) -> bool:
    """Tell whether a line takes a number."""
    return any('type="number"' in part for part in body.parts)


def _takes_dates(_: Survey, body: Body) -> bool:
    """Tell whether a line takes a day or a time."""
    return any(f'type="{kind}"' in part for part in body.parts for kind in ("date", "time"))


def has_pictures(blocks: Iterable[Prose]) -> bool:
    """Tell whether a picture stands among prose."""
    return any(block.pictures for block in blocks)


def _shows_pictures(survey: Survey, body: Body) -> bool:
    """Tell whether a picture stands in the body, or in the words above it."""
    return has_pictures(survey.intro) or _holds("pic")(survey, body)


def _links(survey: Survey, _: Body) -> bool:
    """Tell whether a link stands in a text of the form."""
    asked = replace(survey, endings=(), settings=Settings())
    return any(inline.links(text.source) for text in texts(asked) if text.rich)


def _repeats_answers(survey: Survey, body: Body) -> bool:
    """Tell whether a text of the questions repeats an answer."""
    known = {field.name for field in survey.settings.hidden}
    pipes = (pipe for slot in body.slots if slot.text for pipe in slot.text.pipes)
    return any(pipe.value is None and pipe.ref not in known for pipe in pipes)


def _compares(survey: Survey, _: Body) -> bool:
    """Tell whether a condition compares what people type."""
    found = [part.show_if for part in (*survey.sections, *survey.endings)]
    found += [question.show_if for question in survey.questions]
    return any(condition and _has_comparison(condition) for condition in found)


def _has_comparison(condition: Condition) -> bool:
    match condition:
        case Compared():
            return True
        case Not(inner):
            return _has_comparison(inner)
        case All(parts) | Any(parts):
            return any(map(_has_comparison, parts))
    return False


PARTS = (
    Part("compare", _compares),
    Part("clear", _holds("clear"), styled=True),
    Part("write-in", _holds("write-in"), styled=True),
    Part("dates", _takes_dates, styled=True),
    Part("digits", _takes_numbers),
    Part("pic", _shows_pictures, styled=True),
    Part("shuffle", _stands(" data-mix=")),
    Part("new-tab", _links, styled=True),
    Part("pipe", _repeats_answers),
    Part("prefill", lambda survey, _: bool(survey.settings.prefill)),
    Part("steps", _holds("go"), styled=True),
)


def used(survey: Survey, body: Body) -> tuple[Part, ...]:
    """Return the parts that the page of ``survey`` needs."""
    return tuple(part for part in PARTS if part.wanted(survey, body))
