"""A project folder in, a stamp of everything a build reads out: size, moment, digest.

Only names, sizes and moments are looked at where the last stamps still hold, so that a build
with nothing to do is over in milliseconds. Where only the moments are new (a fresh checkout),
the bytes decide.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import stat
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import mati

__all__ = ["SHARED", "Stamp", "digest", "scan", "stamp"]

_PACKAGE = Path(mati.__file__).parent
SHARED = _PACKAGE / "shared" if (_PACKAGE / "shared").is_dir() else _PACKAGE.parent
"""Mati's own templates and catalogues: inside the package of a wheel, else the repository."""

_WATCHED = (
    "content",
    "locales",
    "templates",
    "private/responses",
    "private/approved",
    "private/followups",
)
_LIBRARIES = ("babel", "icu4py", "jinja2", "markdown", "typst")
_MADE = frozenset({".gitignore", "collect.json", "reports"})
_YOUNG = 2_000_000_000
"""Nanoseconds. A younger file may change again within the clock step of its file system (FAT:
2 s), so its moment proves nothing and is kept as 0."""


class Stamp(NamedTuple):
    """What one source looked like: bytes, moment of change in ns (0: unsure), digest."""

    size: int
    moment: int
    digest: str = ""


def digest(content: bytes) -> str:
    """Return what tells these bytes from others: half of their SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    """Go through all below ``folder``, links to folders not followed; nothing without it."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name != "__pycache__":
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)


@cache
def _libraries() -> tuple[tuple[str, str], ...]:
    """Return where the libraries that shape the pages stand, without importing them."""
    specs = ((name, importlib.util.find_spec(name)) for name in _LIBRARIES)
    return tuple((f"package:{n}", spec.origin) for n, spec in specs if spec and spec.origin)


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """Go through (key, path) of everything a build of ``root`` may read."""
    yield "mati.yaml", str(root / "mati.yaml")
    for folder in _WATCHED:
        top = str(root / folder)
        for entry in _walk(top):
            yield folder + entry.path[len(top) :].replace(os.sep, "/"), entry.path
    own = [("mati", _PACKAGE)]
    if root != SHARED:
        own += [(name, SHARED / name) for name in ("templates", "locales")]
    for name, place in own:
        for entry in _walk(str(place)):
            if not entry.name.endswith((".pyc", ".md")):
                yield f"own:{name}{entry.path[len(str(place)) :]}".replace(os.sep, "/"), entry.path
    yield from _libraries()


def scan(root: Path) -> dict[str, tuple[str, int, int]]:
    """Return key -> (path, size, moment in ns) of every source; only names and stats are read."""
    found: dict[str, tuple[str, int, int]] = {}
    for key, path in _files(root):
        try:
            seen = os.stat(path)  # noqa: PTH116 - six times quicker than through pathlib
        except OSError:
            continue
        if stat.S_ISDIR(seen.st_mode):  # of a folder only the name counts
            found[key] = (path, 0, 0)
        else:
            found[key] = (path, seen.st_size, seen.st_mtime_ns)
    if _has_private(root):
        found["private/"] = ("", 0, 0)
    return found


def _has_private(root: Path) -> bool:
    """Tell whether ``private/`` holds more than builds leave there, so that reports are made."""
    try:
        return not _MADE.issuperset(os.listdir(root / "private"))  # noqa: PTH208 - names only
    except OSError:
        return False


def _digest_file(key: str, path: str, size: int, moment: int) -> str:
    """Return the digest of a source; answers only grow, so size and moment are theirs."""
    if key.startswith("private/"):
        return f"{size}-{moment}"
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return "unreadable"


def stamp(root: Path, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Return the stamps of all sources; a digest is taken from ``known`` where the rest agrees.

    Call it before the sources are read: what changes afterwards is then seen by the next build.
    """
    now = time.time_ns()
    stamps: dict[str, Stamp] = {}
    for key, (path, size, moment) in scan(root).items():
        before = known.get(key)
        if before is not None and before.size == size and before.moment == moment:
            stamps[key] = before
        else:
            sure = moment if now - moment > _YOUNG else 0
            stamps[key] = Stamp(size, sure, _digest_file(key, path, size, moment))
    return stamps
