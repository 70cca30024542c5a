"""Conditions in, whether they can ever come true out.

Every way to answer is tried, in classes: of one question only the codes that conditions tell
apart count. Where that is too many, a condition counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product

from mati.model import All, Any, Chosen, Compared, Condition, Not, holds

__all__ = ["possible"]

_MOST_WAYS = 4_096
_DAYS = range(date.min.toordinal(), date.max.toordinal() + 1)


def possible(condition: Condition, several: frozenset[str]) -> bool:
    """Tell whether some answers make ``condition`` true.

    ``several`` are wire names that take more than one code.
    """
    atoms = tuple(_atoms(condition))
    groups = {atom.names for atom in atoms}
    if _overlap(groups):
        return True
    ways = []
    for names in sorted(groups):
        own = [atom for atom in atoms if atom.names == names]
        ways.append(_ways(names, own, many=len(names) > 1 or names[0] in several))
    count = 1
    for way in ways:
        count *= len(way)
        if count > _MOST_WAYS:
            return True
    return any(holds(condition, _answers(chosen)) for chosen in product(*ways))


def _atoms(condition: Condition) -> Iterator[Chosen | Compared]:
    match condition:
        case Chosen() | Compared():
            if condition.names:
                yield condition
        case Not(inner):
            yield from _atoms(inner)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _atoms(part)


def _overlap(groups: set[tuple[str, ...]]) -> bool:
    """Tell whether a grid and one of its rows are both looked at."""
    names = [name for group in groups for name in group]
    return len(names) != len(set(names))


Way = tuple[str, tuple[str, ...]]


def _ways(names: tuple[str, ...], atoms: list[Chosen | Compared], *, many: bool) -> list[Way]:
    """Return the answers to one subject that its conditions tell apart."""
    compared = [atom for atom in atoms if isinstance(atom, Compared)]
    if compared:
        values = {value for atom in compared for value in _around(atom)}
        return [(names[0], ()), *((names[0], (value,)) for value in sorted(values))]
    return _codes(names, [atom for atom in atoms if isinstance(atom, Chosen)], many=many)


def _around(atom: Compared) -> tuple[str, ...]:
    """Return answers just below, at, and just above what something typed is compared with."""
    match atom.kind:
        case "number":
            return tuple(str(int(atom.value) + step / 2) for step in range(-2, 3))
        case "date":
            day = date.fromisoformat(atom.value)
            days = (day.toordinal() + step for step in (-1, 0, 1))
            return tuple(date.fromordinal(n).isoformat() for n in days if n in _DAYS)
        case _:
            hour, minute = map(int, atom.value.split(":"))
            minutes = (60 * hour + minute + step for step in (-1, 0, 1))
            return tuple(f"{n // 60:02}:{n % 60:02}" for n in minutes if n in range(24 * 60))


def _codes(names: tuple[str, ...], atoms: list[Chosen], *, many: bool) -> list[Way]:
    """Return the choices of codes that conditions tell apart."""
    codes = sorted({code for atom in atoms for code in atom.codes})
    classes: dict[tuple[bool, ...], str] = {}
    for code in (*codes, "\x00"):
        classes.setdefault(tuple(code in atom.codes for atom in atoms), code)
    kinds = list(classes.values())
    if not many:
        return [(names[0], ()), *((names[0], (code,)) for code in kinds)]
    if 2 ** len(kinds) > _MOST_WAYS:
        return [(names[0], ())] * (_MOST_WAYS + 1)
    sizes = range(len(kinds) + 1)
    return [(names[0], chosen) for size in sizes for chosen in combinations(kinds, size)]


def _answers(chosen: tuple[Way, ...]) -> Mapping[str, tuple[str, ...]]:
    return dict(chosen)
