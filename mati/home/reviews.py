"""What was decided of people's words, in and longer out: ``private/approved/<survey>.jsonl``.

The file only ever grows; ``forget`` alone takes lines out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from mati.diagnostics import Notebook
from mati.home.answers import load
from mati.home.files import alone, append, folder, lines_of, put
from mati.reviews import Decision, decision_line, read_decisions

__all__ = ["counted_keys", "decisions_of", "moments_of", "note_decisions", "write_words"]

Decisions = Mapping[tuple[str, str], Decision]


def _path(root: Path, survey: str) -> Path:
    return root / "private" / "approved" / f"{survey}.jsonl"


def decisions_of(root: Path, survey: str, notes: Notebook) -> dict[tuple[str, str], Decision]:
    """Return what was decided of the words in answers to a survey, by key and wire name."""
    path = _path(root, survey)
    lines = lines_of(path) if path.exists() else []
    texts = (line.decode("utf-8", "replace") for line in lines)
    return read_decisions(texts, path.relative_to(root).as_posix(), notes)


def note_decisions(root: Path, survey: str, made: Sequence[Decision]) -> None:
    """Add decisions; they are on the disk when this returns."""
    with alone(root):
        append(_path(root, survey), [decision_line(one) for one in made], log=True)


def counted_keys(root: Path, survey: str, keys: Collection[str]) -> frozenset[str]:
    """Return which of ``keys`` are those of responses that count in a report."""
    if not keys:
        return frozenset()
    found = load(root, survey)
    return frozenset(one.key for one in found if one.key in keys and not (one.late or one.revised))


def moments_of(root: Path, survey: str, keys: Collection[str]) -> dict[str, str]:
    """Return when the responses with these keys were given (UTC, ISO 8601)."""
    found = load(root, survey) if keys else ()
    return {one.key: one.at for one in found if one.key in keys}


def write_words(root: Path, name: str, text: str) -> Path:
    """Write a sheet into ``private/approved/``, for its owner alone; return its path."""
    place = root / "private" / "approved"
    with alone(root):
        folder(place)
        put(place / name, text.encode("utf-8", "replace"))
    return place / name
