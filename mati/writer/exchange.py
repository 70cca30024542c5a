"""Two folders in, each in the place of the other out: by one call of the system, or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Any

__all__ = ["POSSIBLE", "exchange"]

POSSIBLE = sys.platform in {"linux", "darwin"}
"""Whether this system has such a call at all; a file system may refuse it none the less."""

_HERE = -100
"""``AT_FDCWD`` of Linux: a path is meant from the current folder."""
_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of renameat2(2) and ``RENAME_SWAP`` of renamex_np(2), the same number."""
_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276}
"""The number of renameat2 in Linux, for C libraries that have no name for it (musl)."""


def exchange(one: Path, other: Path) -> None:
    """Put ``one`` where ``other`` is and the other way round; nobody sees a moment between.

    ``OSError`` when that cannot be: on Windows, across file systems, for a mount point, on a file
    system that does not know how. Nothing has changed then.
    """
    if not POSSIBLE:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(one))
    library = ctypes.CDLL(None, use_errno=True)
    if _call(library, os.fsencode(one), os.fsencode(other)) != 0:
        number = ctypes.get_errno() or errno.ENOSYS
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def _call(library: Any, one: bytes, other: bytes) -> int:  # noqa: ANN401 - a C library has no type
    """Call the system; 0 is well, else ``errno`` says why."""
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, _EXCHANGE))
    if hasattr(library, "renameat2"):
        return int(library.renameat2(_HERE, one, _HERE, other, _EXCHANGE))
    number = _NUMBERS.get(os.uname().machine)
    if number is None or sys.maxsize < 2**32:  # a program of 32 bits has numbers of its own
        return -1
    return int(library.syscall(number, _HERE, one, _HERE, other, _EXCHANGE))
