"""The call-back list's files: contacts in, the log in and longer out, sheets out.

``private/followups/<survey>.jsonl`` only ever grows; ``forget`` alone takes lines out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mati.diagnostics import Code, Notebook, Span
from mati.followups import Entry, entry_line, read_entries
from mati.home.files import alone, append, folder, lines_of, put
from mati.responses import Contact, contact_from_json

__all__ = ["contacts_of", "log_of", "note_done", "write_sheet"]


def contacts_of(root: Path, survey: str, notes: Notebook) -> dict[str, Contact]:
    """Return the contacts of a survey by key of their response; damaged lines are said."""
    path = root / "private" / "contacts" / f"{survey}.jsonl"
    found: dict[str, Contact] = {}
    for number, line in enumerate(lines_of(path) if path.exists() else (), 1):
        try:
            contact = contact_from_json(line)
        except ValueError:
            if line.endswith(b"\n"):
                notes.note(Code.DAMAGED_LINE, Span(path.relative_to(root).as_posix(), number))
            continue
        found[contact.key] = contact
    return found


def _log(root: Path, survey: str) -> Path:
    return root / "private" / "followups" / f"{survey}.jsonl"


def log_of(root: Path, survey: str, notes: Notebook) -> tuple[Entry, ...]:
    """Return what was done for people who answered a survey, in the order it was written down."""
    path = _log(root, survey)
    lines = lines_of(path) if path.exists() else []
    texts = (line.decode("utf-8", "replace") for line in lines)
    return tuple(read_entries(texts, path.relative_to(root).as_posix(), notes))


def note_done(root: Path, survey: str, entries: Sequence[Entry]) -> None:
    """Add to the log; the lines are on the disk when this returns."""
    with alone(root):
        append(_log(root, survey), [entry_line(entry) for entry in entries], log=True)


def write_sheet(root: Path, sheets: Mapping[str, str]) -> tuple[Path, ...]:
    """Write sheets (file name -> text) into ``private/followups/``, for their owner alone."""
    place = root / "private" / "followups"
    written = []
    with alone(root):
        folder(place)
        for name, text in sheets.items():
            put(place / name, text.encode("utf-8", "replace"))
            written.append(place / name)
    return tuple(written)
