"""A place in a project's folder in, what lies there out, links that lead outside left alone."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path

from mati.diagnostics import Code, Notebook, Severity, Source, Span
from mati.reader import decode

__all__ = [
    "LARGEST",
    "bytes_of",
    "forget",
    "names_in",
    "shown",
    "size_of",
    "stays_inside",
    "template_text",
    "text_of",
]

LARGEST = 4_000_000
"""Bytes a text written by hand may have, or a picture."""


def names_in(root: Path, folder: str, notes: Notebook) -> tuple[str, ...]:
    """Return what lies in a folder of the project, sorted; () without one."""
    place = root / folder
    if not os.path.lexists(place):
        return ()
    try:
        if not place.resolve().is_relative_to(root.resolve()):
            notes.note(Code.LINK_LEADS_OUTSIDE, Span(folder), name=folder)
            return ()
        return tuple(sorted(entry.name for entry in place.iterdir()))
    except OSError as problem:
        reason = problem.strerror or "?"
        notes.note(Code.FILE_UNREADABLE, Span(folder), name=folder, reason=reason)
        return ()


def text_of(root: Path, path: str, notes: Notebook) -> Source | None:
    """Read one text of the project; None when a diagnostic says why not."""
    data = bytes_of(root, path, notes)
    return decode(path, data, notes) if data is not None else None


def bytes_of(root: Path, path: str, notes: Notebook, span: Span | None = None) -> bytes | None:
    """Return what one file of the project holds; None when a diagnostic (at ``span``) says why."""
    span, place = span or Span(path), root / path
    level = Severity.WARNING if path.endswith(".po") else None
    try:
        found = place.stat()
        if not _is_inside(root, place):
            notes.note(Code.LINK_LEADS_OUTSIDE, span, severity=level, name=path)
        elif not stat.S_ISREG(found.st_mode):
            notes.note(Code.NOT_A_FILE, span, severity=level, name=path)
        elif found.st_size > LARGEST:
            notes.note(Code.FILE_TOO_LARGE, span, severity=level, name=path)
        else:
            return place.read_bytes()
    except OSError as problem:
        reason = problem.strerror or "?"
        notes.note(Code.FILE_UNREADABLE, span, severity=level, name=path, reason=reason)
    return None


def size_of(place: Path) -> int:
    """Return how many bytes a file has, 0 where nobody can tell."""
    try:
        return place.stat().st_size
    except OSError:
        return 0


def _is_inside(root: Path, place: Path) -> bool:
    """Tell whether a file lies in the project, links followed."""
    if place.is_symlink():
        return place.resolve().is_relative_to(root.resolve())
    return _folder_is_inside(root, place.parent)


@cache
def _folder_is_inside(root: Path, folder: Path) -> bool:
    """Tell it of a folder; the answer holds until a project is opened again."""
    return folder.resolve().is_relative_to(root.resolve())


def forget() -> None:
    """Look anew whether folders lie in the project: one may have become a link."""
    _folder_is_inside.cache_clear()


def shown(name: str) -> str:
    """Return a file name as people can read it, whatever bytes it holds."""
    return os.fsencode(name).decode("utf-8", "replace")


def stays_inside(name: str) -> bool:
    """Tell whether a template's name stays inside its folder."""
    parts = name.split("/")
    return all(p and p not in {".", ".."} for p in parts) and not set(name) & set("\\:\0")


def template_text(place: Path, base: Path) -> str | None:
    """Return a template's text; None where there is none, or it leads out of ``base``."""
    try:
        if not place.is_file() or not place.resolve().is_relative_to(base.resolve()):
            return None
        return place.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None
