"""Conditions of show-if: a small tree over sets of chosen codes, evaluated in one place.

All operators of the language are enumerated to sets of codes when the survey is read, so
that CSS, script, the form service and the importer share this one meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any as Json
from typing import assert_never, cast

from mati.model.names import plain_digits

__all__ = [
    "KINDS",
    "All",
    "Any",
    "Chosen",
    "Compared",
    "Condition",
    "Not",
    "from_json",
    "holds",
    "needs_script",
    "references",
    "to_json",
    "typed",
]

KINDS = ("number", "date", "time")
"""What can be compared of what people type."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """True when one of ``names`` (wire names) has one of ``codes``; empty ``codes``: any value.

    ``hidden``: the name is a hidden field, known only to script and service; a static page
    shows the part.
    """

    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """True when what was typed at one of ``names`` stands in the relation ``op`` to ``value``.

    ``kind`` is number, date (2026-12-31) or time (09:30). What is no such thing is in no
    relation. Only script, form service and importer can tell; a static page shows the part.
    """

    names: tuple[str, ...]
    op: str
    """``=``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``."""
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Not:
    """True when ``inner`` is not."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class All:
    """True when each of ``parts`` is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when one of ``parts`` is."""

    parts: tuple[Condition, ...]


Condition = Chosen | Compared | Not | All | Any

_RELATIONS: dict[str, Callable[[Json, Json], bool]] = {
    "=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def typed(text: str, kind: str) -> float | str | None:
    """Return what was typed in an order of its kind; None when it is no number, date or time.

    Khmer, Lao and other digits count as 0 to 9. Dates (ISO 8601) and times of day in 24 hours
    compare as they are written.
    """
    plain = plain_digits(text.strip())
    if kind == "number":
        return float(plain) if _NUMBER.fullmatch(plain) else None
    return plain if (_DATE if kind == "date" else _TIME).fullmatch(plain) else None


def _related(condition: Compared, text: str) -> bool:
    given, wanted = typed(text, condition.kind), typed(condition.value, condition.kind)
    if given is None or wanted is None:
        return False
    return _RELATIONS[condition.op](given, wanted)


def holds(condition: Condition, answers: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether ``condition`` is true of ``answers`` (wire name -> values, blanks left out)."""
    match condition:
        case Chosen(names, codes):
            given = (v for name in names for v in answers.get(name, ()) if v.strip())
            return any(not codes or value in codes for value in given)
        case Compared(names):
            return any(_related(condition, v) for name in names for v in answers.get(name, ()))
        case Not(inner):
            return not holds(inner, answers)
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case Any(parts):
            return any(holds(part, answers) for part in parts)
        case _:
            assert_never(condition)


def needs_script(condition: Condition, unseen: frozenset[str]) -> bool:
    """Tell whether a page without script cannot judge a condition, and so shows the part.

    ``unseen`` are the wire names of lines that hide whether they are filled in.
    """
    match condition:
        case Chosen(names, codes, hidden):
            return hidden or not (codes or unseen.isdisjoint(names))
        case Compared():
            return True
        case Not(inner):
            return needs_script(inner, unseen)
        case All(parts) | Any(parts):
            return any(needs_script(inner, unseen) for inner in parts)
        case _:
            assert_never(condition)


def references(condition: Condition) -> frozenset[str]:
    """Return the wire names that ``condition`` looks at."""
    match condition:
        case Chosen(names) | Compared(names):
            return frozenset(names)
        case Not(inner):
            return references(inner)
        case All(parts) | Any(parts):
            return frozenset().union(*(references(part) for part in parts))
        case _:
            assert_never(condition)


def to_json(condition: Condition) -> list[object]:
    """Return ``condition`` as nested JSON lists such as ``["in", names, codes]``."""
    match condition:
        case Chosen(names, codes):
            return ["in", list(names), list(codes)]
        case Compared(names, op, value, kind):
            return ["cmp", list(names), op, value, kind]
        case Not(inner):
            return ["not", to_json(inner)]
        case All(parts):
            return ["and", *(to_json(part) for part in parts)]
        case Any(parts):
            return ["or", *(to_json(part) for part in parts)]
        case _:
            assert_never(condition)


def from_json(record: object) -> Condition:
    """Read back what ``to_json`` wrote; ``ValueError`` on anything else."""
    if isinstance(record, list) and record:
        word, rest = record[0], record[1:]
        match word, rest:
            case "in", [list() as names, list() as codes]:
                return Chosen(tuple(map(str, names)), tuple(map(str, codes)))
            case "cmp", [list() as names, str() as op, str() as value, str() as kind] if (
                op in _RELATIONS and kind in KINDS
            ):
                return Compared(tuple(map(str, names)), op, value, kind)
            case "not", [inner]:
                return Not(from_json(inner))
            case "and", parts:
                return All(tuple(from_json(part) for part in cast("list[object]", parts)))
            case "or", parts:
                return Any(tuple(from_json(part) for part in cast("list[object]", parts)))
    message = f"not a condition: {record!r}"
    raise ValueError(message)
