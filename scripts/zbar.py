"""Make sure the tests find ZBar, which reads QR codes as many telephones do.

Run alone (``python -m scripts.zbar``) it looks, installs on Debian and Ubuntu when run as root,
and exits with 1 when it is still missing.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

from scripts import debian

__all__ = ["advice", "find", "main"]

_PACKAGE = "libzbar0"


def find() -> Callable[[Any], list[Any]] | None:
    """Return what reads a picture of Pillow; None where the library is missing."""
    try:
        read: Callable[[Any], list[Any]] = importlib.import_module("pyzbar.pyzbar").decode
    except ImportError:
        return None
    return read


def advice() -> str:
    """Return how to get it, in a few lines."""
    return "\n".join(
        (
            "The tests of QR codes need ZBar's library. It was not found.",
            f"  Debian, Ubuntu:  sudo apt-get install {_PACKAGE}",
            "  macOS:           brew install zbar",
        )
    )


def main() -> int:
    """Look, install where that is our business, look again; 1 when it is missing."""
    if find() is None and debian.able():
        debian.install([_PACKAGE])
        importlib.invalidate_caches()
    if find() is None:
        print(advice(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
