"""Conditions in, whether they can ever come true out.

Every way to answer is tried, in classes: of one question only the codes that conditions tell
apart count. Where that is too many, a condition counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from mati.model import All, Any, Chosen, Condition, Not, holds

__all__ = ["possible"]

_MOST_WAYS = 4_096


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


def _atoms(condition: Condition) -> Iterator[Chosen]:
    match condition:
        case Chosen():
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


def _ways(names: tuple[str, ...], atoms: list[Chosen], *, many: bool) -> list[Way]:
    """Return the answers to one subject that its conditions tell apart."""
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
