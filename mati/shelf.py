"""A package whose modules or folders each offer one thing: a name in, the thing out.

Nothing lists what is on a shelf; it is found by its module or folder name. Packages of others
may offer more through the entry-point group of the same name, asked only for a name that is
not on the shelf itself.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
from collections.abc import MutableSequence
from typing import Generic, TypeVar, cast

__all__ = ["Shelf"]

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    """One shelf: ``package`` is its dotted name, ``path`` its ``__path__``, ``attribute`` what
    each module offers under that name.
    """

    def __init__(self, package: str, path: MutableSequence[str], attribute: str) -> None:
        """Make a shelf of the modules below ``path``; nothing is imported yet."""
        self._package, self._path, self._attribute = package, path, attribute
        self._names: tuple[str, ...] | None = None
        self._all: tuple[Thing, ...] | None = None
        self._found: dict[str, Thing | None] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all things on the shelf, sorted."""
        if self._names is None:
            self._names = tuple(sorted(entry.name for entry in pkgutil.iter_modules(self._path)))
        return self._names

    def find(self, name: str) -> Thing | None:
        """Return the thing called ``name``, None when there is none."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def all(self) -> tuple[Thing, ...]:
        """Return everything on the shelf, by name."""
        if self._all is None:
            found = (self.find(name) for name in self.names())
            self._all = tuple(thing for thing in found if thing is not None)
        return self._all

    def forget(self) -> None:
        """Forget what was found, after the shelf itself was changed."""
        self._names = self._all = None
        self._found.clear()

    def _look(self, name: str) -> Thing | None:
        if name in self.names():
            module = importlib.import_module(f"{self._package}.{name}")
            return cast("Thing", getattr(module, self._attribute))
        for entry in importlib.metadata.entry_points(group=self._package, name=name):
            return cast("Thing", entry.load())
        return None
