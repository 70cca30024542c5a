"""Make sure the tests find ZBar, which reads QR codes as many telephones do.

Run alone it looks, installs on Debian and Ubuntu when run as root, and exits with 1 when it is
still missing.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def _install() -> None:
    """Install Debian's package; a failure is left to the second look of the caller."""
    print(f"Installing for the tests: {_PACKAGE} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    for command in (
        ["apt-get", *wait, "update", "-qq"],
        ["apt-get", *wait, "install", "-y", "-qq", "--no-install-recommends", _PACKAGE],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip() or done.stdout.strip(), file=sys.stderr)
            return


def main() -> int:
    """Look, install where that is our business, look again; 1 when it is missing."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    debian = Path("/etc/debian_version").is_file() and shutil.which("apt-get") is not None
    if find() is None and debian and root:
        _install()
        importlib.invalidate_caches()
    if find() is None:
        print(advice(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
