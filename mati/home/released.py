"""What public reports showed, kept in ``private/released/<survey>/``, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any as Json

from mati.diagnostics import Code, Notebook, Span
from mati.home.files import lines_of
from mati.model import Counted, Release

__all__ = ["history_bytes", "history_of", "history_path"]

FORMAT = 1


def history_path(survey: str) -> str:
    """Return where the releases of a survey's report are kept, below ``private/``."""
    return f"released/{survey}/counts.jsonl"


def _cube(one: Counted) -> dict[str, Json]:
    cells = [[list(key), list(sums)] for key, sums in sorted(one.cells.items())]
    return {"by": list(one.by), "cells": cells}


def history_bytes(history: Iterable[Release]) -> bytes:
    """Return the releases as they are kept, one a line, the earliest first."""
    lines = []
    for one in history:
        whole = one.cubes[0]
        record = {
            "format": FORMAT,
            "number": one.number,
            "first": whole.first,
            "last": whole.last,
            "shows": dict(one.shows),
            "names": list(whole.names),
            "cubes": [_cube(cube) for cube in one.cubes],
        }
        lines.append(json.dumps(record, separators=(",", ":")) + "\n")
    return "".join(lines).encode("ascii")


def _release(line: bytes) -> Release:
    record = json.loads(line)
    if record["format"] != FORMAT:
        message = "a format of another version"
        raise ValueError(message)
    names = tuple(map(str, record["names"]))
    cubes = []
    for one in record["cubes"]:
        cells = {tuple(map(str, key)): tuple(map(int, sums)) for key, sums in one["cells"]}
        by = tuple(map(str, one["by"]))
        if any(len(key) != len(by) or len(sums) != len(names) for key, sums in cells.items()):
            message = "sums that do not fit their names"
            raise ValueError(message)
        first, last = str(record["first"]), str(record["last"])
        cubes.append(Counted(by=by, names=names, cells=cells, first=first, last=last))
    if not cubes or cubes[0].by:
        message = "no sums of all answers"
        raise ValueError(message)
    shows = tuple((str(name), int(number)) for name, number in record["shows"].items())
    return Release(number=int(record["number"]), cubes=tuple(cubes), shows=shows)


def history_of(root: Path, survey: str, notes: Notebook) -> tuple[Release, ...]:
    """Return the releases of a survey's public report, the earliest first.

    A line that cannot be read is an error: without it a report could be published whose
    difference to an earlier one tells of a few.
    """
    path = root / "private" / history_path(survey)
    found: list[Release] = []
    for number, line in enumerate(lines_of(path) if path.exists() else (), 1):
        try:
            found.append(_release(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            notes.note(Code.DAMAGED_RELEASE, Span(path.relative_to(root).as_posix(), number))
    return tuple(found)
