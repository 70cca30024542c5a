"""Conditions of show-if: a small tree over sets of chosen codes, evaluated in one place.

All operators of the language are enumerated to sets of codes when the survey is read, so
that CSS, script, the form service and the importer share this one meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never, cast

__all__ = [
    "All",
    "Any",
    "Chosen",
    "Condition",
    "Not",
    "from_json",
    "holds",
    "references",
    "to_json",
]


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


Condition = Chosen | Not | All | Any


def holds(condition: Condition, answers: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether ``condition`` is true of ``answers`` (wire name -> values, blanks left out)."""
    match condition:
        case Chosen(names, codes):
            given = (v for name in names for v in answers.get(name, ()) if v.strip())
            return any(not codes or value in codes for value in given)
        case Not(inner):
            return not holds(inner, answers)
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case Any(parts):
            return any(holds(part, answers) for part in parts)
        case _:
            assert_never(condition)


def references(condition: Condition) -> frozenset[str]:
    """Return the wire names that ``condition`` looks at."""
    match condition:
        case Chosen(names):
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
            case "not", [inner]:
                return Not(from_json(inner))
            case "and", parts:
                return All(tuple(from_json(part) for part in cast("list[object]", parts)))
            case "or", parts:
                return Any(tuple(from_json(part) for part in cast("list[object]", parts)))
    message = f"not a condition: {record!r}"
    raise ValueError(message)
