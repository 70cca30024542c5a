"""Files that only their owner may read: whole lines are added, all at once they are replaced."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ModuleNotFoundError:  # pragma: no cover - Windows has none; one person, one program
    fcntl = None  # type: ignore[assignment]

__all__ = ["alone", "append", "folder", "lines_of", "put", "rewrite", "sync"]


def folder(path: Path) -> None:
    """Make a folder, and see to it that nobody but its owner may look inside."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)


def sync(place: Path) -> None:
    """Put the names in a folder on the disk, where the system can."""
    try:
        handle = os.open(place, os.O_RDONLY)
    except OSError:  # pragma: no cover - Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, lines: list[str], *, log: bool = False) -> None:
    """Add whole lines; what a crash left of a line at the end is cut off first.

    ``log``: somebody may have saved the file in an editor, without the last newline. A last line
    that can be read gets its end.
    """
    if not lines:
        return
    folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "r+b") as file:
        start = _whole(path)
        file.seek(start)
        if log and _readable(file.read()):
            file.write(b"\n")
        else:
            file.seek(start)
            file.truncate()
        file.write("".join(line + "\n" for line in lines).encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    sync(path.parent)


def _readable(tail: bytes) -> bool:
    try:
        return isinstance(json.loads(tail), dict)
    except (ValueError, RecursionError):
        return False


def _whole(path: Path) -> int:
    """Return where the last whole line ends."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            at = file.read(end - start).rfind(b"\n")
            if at >= 0:
                return start + at + 1
            end = start
    return 0


def put(path: Path, data: bytes) -> None:
    """Put a whole file in the place of the old one, all at once and on the disk."""
    aside = path.with_name(f"{path.stem}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync(path.parent)


def rewrite(path: Path, lines: list[bytes]) -> None:
    """Put ``lines`` in place of the file's, all at once; without any the file goes."""
    if lines:
        put(path, b"".join(lines))
    else:
        path.unlink()
        sync(path.parent)


@contextmanager
def alone(root: Path, lock: str = "home.lock") -> Iterator[None]:
    """Keep two programs from bringing answers home at the same moment, or whatever else ``lock``
    stands for.
    """
    private = root / "private"
    folder(private)
    handle = os.open(private / lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def lines_of(path: Path) -> list[bytes]:
    """Return the lines of a file, each with its end."""
    with path.open("rb") as file:
        return list(file)
