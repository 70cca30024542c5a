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


def _looked() -> bool:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    return find() is not None


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
    return debian.ensured(_looked, [_PACKAGE], advice)


if __name__ == "__main__":
    sys.exit(main())
