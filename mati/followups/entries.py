"""What was done for one person in, a line of the log out; and back.

The log only ever grows: what holds today follows from all of its lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from mati.diagnostics import Code, Notebook, Span

__all__ = ["STATES", "Entry", "entry_line", "read_entries", "read_entry"]

STATES = ("assigned", "contacted", "unreachable", "done", "dropped")
"""What can become of somebody on the list; nothing said yet is "new"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened. What is empty says nothing new.

    ``key`` and ``id`` are those of the response, so that ``forget`` finds the line; ``at`` is
    UTC (ISO 8601); ``again`` the day (ISO 8601) on which to ask again; ``satisfied`` "yes" or
    "no", as the person said.
    """

    key: str
    id: str = ""
    case: str
    at: str
    state: str = ""
    owner: str = ""
    promised: str = ""
    again: str = ""
    satisfied: str = ""
    note: str = ""


_NAMES = tuple(field.name for field in fields(Entry))


def entry_line(entry: Entry) -> str:
    """Return the line of the log, without its end."""
    record = {name: getattr(entry, name) for name in _NAMES if getattr(entry, name)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_entry(line: str) -> Entry | None:
    """Read one line; None when it is none of ours."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not all(isinstance(v, str) for v in record.values()):
        return None
    known = {name: value for name, value in record.items() if name in _NAMES}
    if not all(known.get(name) for name in ("key", "case", "at")):
        return None
    if known.get("state", STATES[0]) not in STATES or not _is_day(known.get("again", "2026-01-01")):
        return None
    return Entry(**known)


def read_entries(lines: Iterable[str], path: str, notes: Notebook) -> Iterator[Entry]:
    """Go through the lines of a log; one that cannot be read is said, and left where it is.

    What a crash left of a line at the end was promised to nobody.
    """
    for number, line in enumerate(lines, 1):
        entry = read_entry(line)
        if entry is not None:
            yield entry
        elif line.endswith("\n") and line.strip():
            notes.note(Code.DAMAGED_LINE, Span(path, number))
