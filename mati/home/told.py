"""Cases that somebody was told of: ``private/followups/<survey>.told.jsonl``.

The collector and ``pull`` both tell of cases; neither tells what the other has told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from mati.followups import Alert
from mati.home.files import alone, append, lines_of
from mati.model import Target

__all__ = ["tell"]

_LOCK = "told.lock"


def _path(root: Path, survey: str) -> Path:
    return root / "private" / "followups" / f"{survey}.told.jsonl"


def _mark(target: Target) -> str:
    """Return a name of somebody to tell that does not tell where they are."""
    return hashlib.sha256(f"{target.kind}:{target.to}".encode()).hexdigest()[:10]


def _known(root: Path, survey: str) -> dict[str, frozenset[str]]:
    """Return the cases that somebody was told of, and for each who was not yet."""
    path, found = _path(root, survey), {}
    for line in lines_of(path) if path.exists() else ():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue  # whoever is told twice has lost nothing
        if isinstance(record, dict):
            left = record.get("left", [])
            names = map(str, left) if isinstance(left, list) else ()
            found[str(record.get("case", ""))] = frozenset(names)
    return found


def _note(root: Path, survey: str, told: Iterable[tuple[Alert, frozenset[str]]]) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    lines = []
    for one, left in told:
        record: dict[str, object] = {"key": one.key, "id": one.id, "case": one.case, "at": at}
        lines.append(json.dumps(record | ({"left": sorted(left)} if left else {})))
    with alone(root):
        append(_path(root, survey), lines)


def tell(
    root: Path,
    survey: str,
    found: Sequence[Alert],
    targets: Sequence[Target],
    send: Callable[[Target, Sequence[Alert]], str],
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Tell each target of the cases it has not been told of; ``send`` returns "" or what failed.

    Returns how many cases somebody was told of now, and of each target that could not be told
    its kind and why. Such a target, and no other, is told again by the next call. A target that
    joins later is not told of what others knew before. Two programs never tell at once; what
    was told is on the disk when this returns.
    """
    marks = {_mark(target): target for target in targets}
    with alone(root, _LOCK):
        known = _known(root, survey)
        before = {a.case: known.get(a.case, frozenset(marks)) & marks.keys() for a in found}
        left, problems = dict(before), []
        for mark, target in marks.items():
            due = [alert for alert in found if mark in before[alert.case]]
            if problem := send(target, due) if due else "":
                problems.append((target.kind, problem))
                continue
            left |= {alert.case: left[alert.case] - {mark} for alert in due}
        changed = [alert for alert in found if left[alert.case] != before[alert.case]]
        _note(root, survey, [(alert, left[alert.case]) for alert in changed])
    return len(changed), tuple(problems)
