"""A month of answers in, its rows or the sums made of them before out: ``private/cubes/``.

A cube is made from answers and can be made again: it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from mati.diagnostics import Code, Notebook, Span
from mati.home.answers import files_of
from mati.home.files import folder, put
from mati.model import Counted
from mati.responses import Row, Tabulator

__all__ = ["Month", "cube_folder", "keep_cubes", "kept_cubes", "months"]

_BLOCK = 1 << 20


class Month:
    """One file of answers: those that were given in one month."""

    def __init__(self, root: Path, survey: str, path: Path) -> None:
        """Look at ``path``, which belongs to ``survey`` of the project at ``root``."""
        self._root, self._path = root, path
        self.survey = survey
        self.name = path.stem

    def size(self) -> int:
        """Return how many bytes its answers are."""
        return self._path.stat().st_size

    def digest(self) -> str:
        """Return what tells its bytes from all others."""
        found = hashlib.sha256()
        with self._path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
        return found.hexdigest()

    def rows(self, table: Tabulator, revised: frozenset[str], notes: Notebook) -> Iterator[Row]:
        """Go through the rows of its answers; damaged lines are left out and said."""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield table.stored(line, revised)
                except ValueError:
                    if line.endswith(b"\n"):
                        place = Span(self._path.relative_to(self._root).as_posix(), number)
                        notes.note(Code.DAMAGED_LINE, place)


def months(root: Path, survey: str) -> tuple[Month, ...]:
    """Return the months in which a survey was answered, the earliest first."""
    return tuple(Month(root, survey, path) for path in files_of(root, survey))


def cube_folder(root: Path) -> Path:
    """Return the folder where what is counted is kept, for its owner alone; it is made."""
    path = root / "private" / "cubes"
    folder(path)
    return path


def _cube(root: Path, month: Month, key: str) -> Path:
    return root / "private" / "cubes" / f"{month.survey}.{month.name}.{key}.json"


def kept_cubes(root: Path, month: Month, key: str) -> tuple[Counted, ...]:
    """Return the sums that were kept of a month under ``key``; () where there are none."""
    try:
        found = json.loads(_cube(root, month, key).read_bytes())
        return tuple(
            Counted(
                by=tuple(one["by"]),
                names=tuple(one["names"]),
                cells={tuple(values): tuple(map(int, sums)) for values, sums in one["cells"]},
                first=str(one["first"]),
                last=str(one["last"]),
            )
            for one in found
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def keep_cubes(root: Path, month: Month, key: str, cubes: Sequence[Counted]) -> None:
    """Keep the sums of a month; those that were kept of it before go."""
    path = _cube(root, month, key)
    folder(path.parent)
    for old in path.parent.glob(f"{month.survey}.{month.name}.*.json"):
        old.unlink(missing_ok=True)
    record = [
        {"by": one.by, "names": one.names, "cells": list(one.cells.items()),
         "first": one.first, "last": one.last}
        for one in cubes
    ]  # fmt: skip
    put(path, json.dumps(record, separators=(",", ":")).encode("ascii"))
