"""Files of another folder on this computer: looked at, put in their place, removed, one by one."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from mati.errands import Refusal, Why, may_be_published
from mati.writer.sources import digest

__all__ = ["look", "put", "remove"]

_NEW = ".mati-new"
_OWN = ("site", "private", ".mati", "content", "locales", "templates", "hosting", ".git")
"""Folders of a project that hold something else."""


def _top(root: Path, folder: str) -> Path:
    """Return the folder that is meant; refuse one that would show the project to everybody."""
    top, project = (root / folder).resolve(), root.resolve()
    inside = any(top.is_relative_to((project / name).resolve()) for name in _OWN)
    if project.is_relative_to(top) or inside or (top.exists() and not top.is_dir()):
        raise Refusal(Why.UNSAFE_FOLDER, folder)
    return top


def _place(top: Path, path: str) -> Path:
    """Return where a file belongs; refuse a way that leads through a link out of the folder."""
    if not may_be_published(path):
        raise Refusal(Why.UNSAFE_FILE, path)
    place = top
    for part in path.split("/")[:-1]:
        place = place / part
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise Refusal(Why.IN_THE_WAY, str(place))
    return top / path


def look(root: Path, folder: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the digests of the files that stand there; "" for what is no plain file."""
    top = _top(root, folder)
    found: dict[str, str] = {}
    for path in paths:
        place = _place(top, path)
        try:
            mode = place.lstat().st_mode
        except OSError:
            continue
        if stat.S_ISDIR(mode):
            raise Refusal(Why.IN_THE_WAY, str(place))
        found[path] = digest(place.read_bytes()) if stat.S_ISREG(mode) else ""
    return found


def put(root: Path, folder: str, path: str, source: Path) -> None:
    """Copy a file beside its place, then move it in: people see the old one or the new one."""
    place = _place(_top(root, folder), path)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}{_NEW}")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()  # of a publish that was killed; or a link somebody laid there
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(beside, flags, 0o644), "wb") as file:
            file.write((source / path).read_bytes())
        beside.replace(place)
    except OSError as problem:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise OSError(problem.errno, problem.strerror, str(place)) from None


def remove(root: Path, folder: str, path: str) -> None:
    """Remove one file and the folders it leaves empty; gone already is well, too."""
    top = _top(root, folder)
    place = _place(top, path)
    for one in (place, place.with_name(f".{place.name}{_NEW}")):
        if one.is_symlink() or one.is_file():
            one.unlink(missing_ok=True)
    for above in place.parents:
        if above == top or not above.is_relative_to(top):
            return
        try:
            above.rmdir()
        except OSError:
            return
