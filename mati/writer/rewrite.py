"""One of the author's own files in, its new bytes in the place of the old: whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

from mati.diagnostics import Code, Notebook, Span

__all__ = ["rewrite"]


def rewrite(root: Path, path: str, old: bytes, new: bytes, notes: Notebook) -> bool:
    """Put ``new`` in the place of ``old``; tell whether it was done, ``notes`` say why not.

    A file that is a link stays one: what it leads to is written, but only inside the project.
    Nothing is written where the file no longer holds ``old`` (b"" where there was none);
    ``OSError`` where the disk is full, or the file is one that nobody may write.
    """
    place = (root / path).resolve()
    if not place.is_relative_to(root.resolve()):
        notes.note(Code.LINK_LEADS_OUTSIDE, Span(path), name=path)
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and not place.stat().st_mode & 0o222:  # to replace it needs no such right
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".new", dir=place.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if (place.read_bytes() if place.exists() else b"") != old:
            notes.note(Code.FILE_CHANGED, Span(path), name=path)
            return False
        if place.exists():
            shutil.copymode(place, draft)
        else:
            draft.chmod(0o666 & ~_mask())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _mask() -> int:
    """Return what the system takes off the rights of a new file."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
