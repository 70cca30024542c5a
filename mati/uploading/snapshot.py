"""What the last build made in, copies of exactly that out, to be published from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mati.errands import (
    Refusal,
    SiteFile,
    Why,
    may_be_published,
    shows_samples,
    without_answers,
)
from mati.writer import manifest
from mati.writer.journal import MANIFEST, locked
from mati.writer.sources import digest

try:
    import fcntl
except ImportError:  # Windows: two publishes at once are not kept apart there
    fcntl = None  # type: ignore[assignment]

__all__ = ["FOLDER", "alone", "take"]

FOLDER = ".mati/publishing"
"""Deleted before and after; ``site`` and ``empty`` lie below."""
_LOCK = ".mati/publishing.lock"
_SITE = "site/"


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one publish at a time run in a project; ``Refusal`` where another one does."""
    with (root / _LOCK).open("a", encoding="utf-8") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Refusal(Why.ALREADY_RUNNING) from None
        yield


def take(root: Path) -> dict[str, SiteFile]:
    """Copy what the last build made of the site, and return it by path below ``site/``.

    What only earlier builds made and is kept for a while stays here: some of it may never have
    been meant for anybody. Where it was published it stays anyway.
    ``Refusal`` where a file is not as it was built, is a link or something else than a file,
    must not be published, or shows sample answers.
    """
    folder = root / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    (folder / "empty").mkdir()
    with locked(root):
        known = manifest.load(root / MANIFEST)
        if known.options.get("sample"):
            raise Refusal(Why.SAMPLES, _SITE)
        made = (key for key in known.outputs if key not in known.ages)
        paths = sorted(key.removeprefix(_SITE) for key in made if key.startswith(_SITE))
        for path in paths:
            if not may_be_published(path):
                raise Refusal(Why.UNSAFE_FILE, _SITE + path)
        files = {path: _copy(root, path, known.outputs[_SITE + path].digest) for path in paths}
    folders = tuple(f"{path.rpartition('/')[0]}/" for path, file in files.items() if file.empty)
    return {path: replace(file, empty=path.startswith(folders)) for path, file in files.items()}


def _copy(root: Path, path: str, expected: str) -> SiteFile:
    content = _read(root / "site", path)
    if digest(content) != expected:
        raise Refusal(Why.NOT_AS_BUILT, _SITE + path)
    if shows_samples(path, content):
        raise Refusal(Why.SAMPLES, _SITE + path)
    target = root / FOLDER / "site" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(0o644)
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    empty = without_answers(path, content)
    return SiteFile(size=len(content), digest=expected, sha1=sha1, empty=empty)


def _read(top: Path, path: str) -> bytes:
    """Read a file of the site; no link on the way is followed."""
    place = top
    try:
        for part in ("", *path.split("/")[:-1]):
            place = place / part if part else place
            if not stat.S_ISDIR(place.lstat().st_mode):
                raise Refusal(Why.UNSAFE_FILE, _SITE + path)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        if not stat.S_ISREG((top / path).lstat().st_mode):
            raise Refusal(Why.UNSAFE_FILE, _SITE + path)
        with os.fdopen(os.open(top / path, flags), "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Refusal(Why.NOT_AS_BUILT, _SITE + path) from None
