"""The present site and a staged one in, the whole next site beside it out: the stand-in.

While the present folder is changed step by step, the stand-in takes its place, so that nobody
who asks by path meets old and new pages side by side. It costs no copy of any byte: its files
are further names (hard links) of the present and the staged ones. Hence nothing may ever write
into a file of the site in place; files are only made beside and moved.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from pathlib import Path

__all__ = ["MOST", "carry", "compose"]

MOST = 5_000
"""Files. Above, to make and delete a stand-in takes seconds: the folders of the pages cost, 0.2 to
0.4 ms each, hardly the links."""


def _fill(present: str, staged: str, target: str, name: str, gone: Collection[str]) -> bool:
    """Make folder ``target`` of two others, either may be ""; tell whether it stands.

    ``name`` is its name in ``gone``. It does not stand when nothing but what is gone was in it.
    """
    os.mkdir(target, 0o777)  # noqa: PTH102 - thousands of folders go through here as strings
    new = _entries(staged)
    lost = kept = False
    for entry in _entries(present).values():
        over, key, place = new.get(entry.name), f"{name}/{entry.name}", f"{target}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if over is None or over.is_dir():
                below = new.pop(entry.name).path if over else ""
                stands = _fill(entry.path, below, place, key, gone)
                kept, lost = kept or stands, lost or not stands
        elif over is None and key in gone:
            lost = True
        elif over is None:
            os.link(entry.path, place, follow_symlinks=False)
            kept = True
    for entry in new.values():
        if entry.is_dir():
            _fill("", entry.path, f"{target}/{entry.name}", f"{name}/{entry.name}", gone)
        else:
            os.link(entry.path, f"{target}/{entry.name}", follow_symlinks=False)
    if lost and not kept and not new:
        os.rmdir(target)  # noqa: PTH106
        return False
    if present:
        _resemble(present, target)
    return True


def compose(present: Path, staged: Path, gone: Collection[str], target: Path) -> int:
    """Make ``target`` what ``present`` will be: without ``gone``, ``staged`` laid over it.

    ``gone`` are names that begin with ``site/``. The number (inode) of the new folder goes out.
    ``OSError`` when it cannot be made: no hard links here, another file system below, a foreign
    file or folder that may not be linked or read, more than ``MOST`` files.
    """
    if _count(str(present), MOST) > MOST:
        raise OSError(errno.EMLINK, "too many files for a stand-in", str(present))
    over = str(staged) if staged.is_dir() else ""
    if not _fill(str(present), over, str(target), "site", gone):
        target.mkdir()  # the site itself stays, even empty
        _resemble(str(present), str(target))
    return target.stat().st_ino


def _count(folder: str, most: int) -> int:
    """Count the files below a folder, but not further than one above ``most``."""
    found = 0
    for entry in _entries(folder).values():
        below = entry.is_dir(follow_symlinks=False)
        found += _count(entry.path, most - found) if below else 1
        if found > most:
            break
    return found


def carry(source: str, target: str) -> None:
    """Move over what others put into or changed in one of two like folders meanwhile.

    Both hold the same files by further names; a name that only ``source`` has, or that is younger
    there, is such a change. Nobody's file is lost; one deleted in that moment may return.
    """
    there = _entries(target)
    for name, entry in _entries(source).items():
        other = there.get(name)
        if other is None:
            os.rename(entry.path, f"{target}/{name}")  # noqa: PTH104
        elif entry.is_dir(follow_symlinks=False):
            if other.is_dir(follow_symlinks=False):
                carry(entry.path, other.path)
        elif entry.inode() == other.inode() or other.is_dir(follow_symlinks=False):
            continue
        elif _is_younger(entry, other):
            os.replace(entry.path, other.path)  # noqa: PTH105


def _entries(folder: str) -> dict[str, os.DirEntry[str]]:
    """Return what lies in a folder, by name; nothing for ""."""
    if not folder:
        return {}
    with os.scandir(folder) as entries:
        return {entry.name: entry for entry in entries}


def _is_younger(entry: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    moments = (one.stat(follow_symlinks=False).st_mtime_ns for one in (entry, other))
    return next(moments) > next(moments)


def _resemble(present: str, target: str) -> None:
    """Give a folder the owner, mode, moments and attributes of another.

    ``OSError`` when the owner cannot be given: a web server might not be let in.
    """
    seen, made = os.stat(present), os.stat(target)  # noqa: PTH116
    if hasattr(os, "chown") and (seen.st_uid, seen.st_gid) != (made.st_uid, made.st_gid):
        os.chown(target, seen.st_uid, seen.st_gid)
    shutil.copystat(present, target)
