"""Conditions and what is shown in; whether the number of those asked gives somebody away out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mati.model import All, Any, Chosen, Compared, Condition, Distribution, Not
from mati.responses import HIDDEN, NONE
from mati.summarise.privacy import small

__all__ = ["bounds", "comparisons", "tells", "walls"]


def _tests(condition: Condition) -> Iterator[Chosen | Compared]:
    match condition:
        case Chosen() | Compared():
            yield condition
        case Not(inner):
            yield from _tests(inner)
        case All(parts) | Any(parts):
            for inner in parts:
                yield from _tests(inner)


def walls(condition: Condition) -> Iterator[Chosen]:
    """Go through the single tests of codes a condition is built of."""
    return (test for test in _tests(condition) if isinstance(test, Chosen))


def comparisons(condition: Condition) -> Iterator[Compared]:
    """Go through the comparisons of typed answers a condition is built of."""
    return (test for test in _tests(condition) if isinstance(test, Compared))


def tells(
    condition: Condition, shown: Mapping[str, Distribution], compared: Iterable[Compared] = ()
) -> bool:
    """Tell whether the number of those who were asked would give away what is held back.

    It does when the condition draws its line through answers, or through the values of a
    hidden field, that are shown only together. ``compared`` are all comparisons of the survey.
    """
    return _walled(condition, shown) or _divided(condition, shown, tuple(compared))


def _divided(
    condition: Condition, shown: Mapping[str, Distribution], compared: tuple[Compared, ...]
) -> bool:
    """Tell whether lines through spans of numbers, days or times give parts of them away.

    One line through a span parts it in two; ``bounds`` sees whether one of these is small. Of a
    second line in the same condition it knows nothing, and of one that another condition draws
    through the same span neither: each gives the part between the two away.
    """
    own = tuple(comparisons(condition))
    for name in {name for one in own for name in one.names}:
        found = shown.get(name)
        if found is None or found.bins is None:
            continue
        if found.hidden:
            return True
        mine, everyones = _cuts(own, name, found), _cuts(compared, name, found)
        parted = [c.codes for c in found.cells if c.count and found.bins.within(c.codes, mine)]
        if parted and len(mine) > 1:
            return True
        if any(len(found.bins.within(codes, everyones)) > 1 for codes in parted):
            return True
    return False


def _cuts(compared: Iterable[Compared], name: str, found: Distribution) -> frozenset[int]:
    bins = found.bins
    lines = (bins.cuts(one.op, one.value) for one in compared if bins and name in one.names)
    return frozenset().union(*lines)


def _walled(condition: Condition, shown: Mapping[str, Distribution]) -> bool:
    for wall in walls(condition):
        if wall.hidden:
            if any(_parts(wall, shown.get(HIDDEN + name)) for name in wall.names):
                return True
            continue
        for name in wall.names:
            found = shown.get(name)
            if found is None or not (wall.codes or found.has_na):
                continue
            if not wall.codes and not found.apart:
                return True
            inside = tuple(code for cell in found.cells for code in cell.codes)
            codes = tuple(code for code in wall.codes if code in (*inside, *found.withheld))
            if found.hidden or set(codes) & set(found.withheld) or found.count(codes) is None:
                return True
            if not found.apart and len(codes) < len(wall.codes):
                return True
    return False


def _parts(wall: Chosen, found: Distribution | None) -> bool:
    """Tell whether a line through the values of a hidden field parts what is shown together.

    Without codes it runs between those who came with a value and those without.
    """
    if found is None:
        return False
    codes = wall.codes or tuple(c for cell in found.cells for c in cell.codes if c != NONE)
    return found.hidden or found.count(codes) is None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Sizes of the groups a reader can see around those who were asked.

    Everybody asked stands in each of ``above``, and everybody of each of ``below`` was asked.
    """

    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()

    def tell(self, asked: int, everyone: int, least: int) -> bool:
        """Tell whether a group of few is what lies between those asked and a group around."""
        between = [asked, everyone - asked]
        between += [size - asked for size in self.above]
        between += [asked - size for size in self.below]
        if len(self.above) == 2:  # noqa: PLR2004 - those outside both groups
            between.append(everyone - sum(self.above) + asked)
        if len(self.below) == 2:  # noqa: PLR2004 - those inside both groups
            between.append(sum(self.below) - asked)
        return any(small(size, least) for size in between)


def bounds(condition: Condition, shown: Mapping[str, Distribution], everyone: int) -> _Bounds:
    """Return the groups a reader can see around those whom a condition lets through."""
    match condition:
        case Chosen(names):
            sizes = tuple(_size(condition, name, shown) for name in names)
            known = tuple(size for size in sizes if size is not None)
            return _Bounds(above=known if len(names) == 1 else (), below=known)
        case Compared(names):
            given = tuple(shown[n] for n in names if n in shown and not shown[n].hidden)
            ends = tuple(_ends(condition, found) for found in given)
            below = tuple(low for low, _ in ends)
            return _Bounds(
                above=tuple(high for _, high in ends) if len(names) == 1 else (), below=below
            )
        case Not(inner):
            found = bounds(inner, shown, everyone)
            return _Bounds(
                above=tuple(everyone - size for size in found.below),
                below=tuple(everyone - size for size in found.above),
            )
        case All(parts) | Any(parts):
            each = [bounds(inner, shown, everyone) for inner in parts]
            if len(each) == 1:
                return each[0]
            if isinstance(condition, All):
                return _Bounds(above=tuple(size for one in each for size in one.above))
            return _Bounds(below=tuple(size for one in each for size in one.below))


def _ends(test: Compared, found: Distribution) -> tuple[int, int]:
    """Return how many surely passed a comparison, and how many may have, as a reader sees it."""
    if found.bins is None:  # those asked typed something there
        return 0, found.base
    passed = [(found.bins.passes(c.codes, test.op, test.value), c.count) for c in found.cells]
    return (
        sum(count for passes, count in passed if passes),
        sum(count for passes, count in passed if passes is not False),
    )


def _size(wall: Chosen, name: str, shown: Mapping[str, Distribution]) -> int | None:
    """Return how many gave one of the codes of a wall, as far as a reader sees it."""
    found = shown.get(HIDDEN + name if wall.hidden else name)
    if found is None or found.hidden:
        return None
    if wall.hidden and not wall.codes:
        return found.base - (found.count((NONE,)) or 0)
    if not wall.codes:
        return found.base + found.na
    inside = {code for cell in found.cells for code in cell.codes}
    size = found.count(tuple(code for code in wall.codes if code in inside))
    return None if size is None else size + (0 if inside.issuperset(wall.codes) else found.na)
