"""Cases that somebody was told of: ``private/followups/<survey>.told.jsonl``.

The collector and ``pull`` both tell of cases; neither tells what the other has told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mati.followups import Alert
from mati.home.files import alone, append, lines_of

__all__ = ["note_told", "told_of"]


def _path(root: Path, survey: str) -> Path:
    return root / "private" / "followups" / f"{survey}.told.jsonl"


def told_of(root: Path, survey: str) -> frozenset[str]:
    """Return the names of the cases of a survey that somebody was told of."""
    path, found = _path(root, survey), set()
    for line in lines_of(path) if path.exists() else ():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue  # whoever is told twice has lost nothing
        if isinstance(record, dict):
            found.add(str(record.get("case", "")))
    return frozenset(found)


def note_told(root: Path, survey: str, alerts: Iterable[Alert]) -> None:
    """Note that somebody was told of these cases; it is on the disk when this returns."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [
        json.dumps({"key": one.key, "id": one.id, "case": one.case, "at": at}) for one in alerts
    ]
    with alone(root):
        append(_path(root, survey), lines)
