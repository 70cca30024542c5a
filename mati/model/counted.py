"""Sums by groups of answers: what is counted of a part of the answers, and added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Counted", "Release"]

Key = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Counted:
    """How many answers pass each measure, apart for each set of values of the columns ``by``.

    ``names`` are the measures, in the order of the sums of a cell; ``cells`` maps the values of
    ``by`` ("" where an answer has none) to them. ``first`` and ``last`` are the moments (UTC,
    ISO 8601) of the first and the last answer that counts; "" without any.
    """

    by: Key = ()
    names: Key = ()
    cells: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    first: str = ""
    last: str = ""

    def see(self, at: str) -> None:
        """Take note of the moment of one answer."""
        if at:
            self.first = min(self.first or at, at)
            self.last = max(self.last, at)

    def add(self, other: Counted) -> None:
        """Add the sums of other answers, made alike; ``ValueError`` where they are not."""
        if (self.by, self.names) != (other.by, other.names):
            message = "counted by other groups or measures"
            raise ValueError(message)
        for key, sums in other.cells.items():
            self.put(key, sums)
        self.see(other.first)
        self.see(other.last)

    def put(self, key: Key, sums: tuple[int, ...]) -> None:
        """Add the sums of one cell."""
        known = self.cells.get(key)
        self.cells[key] = sums if known is None else tuple(map(int.__add__, known, sums))

    @property
    def sums(self) -> dict[str, int]:
        """How many of all answers pass each measure."""
        return self._total(self.cells.values())

    def along(self, column: str) -> dict[str, dict[str, int]]:
        """Return the sums for each value of one of the columns ``by``, in its order."""
        at = self.by.index(column)
        found: dict[str, list[tuple[int, ...]]] = {}
        for key in sorted(self.cells):
            found.setdefault(key[at], []).append(self.cells[key])
        return {value: self._total(cells) for value, cells in found.items()}

    def _total(self, cells: Iterable[tuple[int, ...]]) -> dict[str, int]:
        whole = [sum(column) for column in zip(*cells, strict=True)] or [0] * len(self.names)
        return dict(zip(self.names, whole, strict=True))

    def marginal(self, column: str = "") -> Counted:
        """Return the same answers apart by one column alone; all together without one."""
        made = Counted(by=(column,) if column else (), names=self.names)
        at = self.by.index(column) if column else 0
        for key in sorted(self.cells):
            made.put((key[at],) if column else (), self.cells[key])
        made.see(self.first)
        made.see(self.last)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was counted when a public report was last brought up to date.

    ``cubes`` are all answers, then apart by one column each. ``shows`` names what the page still
    shows of an earlier release, with that one's ``number``: the difference would have told of
    too few.
    """

    number: int
    cubes: tuple[Counted, ...]
    shows: tuple[tuple[str, int], ...] = ()
