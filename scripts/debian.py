"""Names of Debian's packages in, the packages installed out: what the tests need of a system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["able", "ensured", "here", "install"]

_WAIT = ("-o", "DPkg::Lock::Timeout=300")
"""Another installation may be under way: it is waited for, in seconds."""


def here() -> bool:
    """Tell whether this is Debian or one of its children, with its installer."""
    return Path("/etc/debian_version").is_file() and shutil.which("apt-get") is not None


def able() -> bool:
    """Tell whether packages may be installed: on Debian, and we are root."""
    return here() and hasattr(os, "geteuid") and os.geteuid() == 0


def install(names: Sequence[str]) -> None:
    """Install packages; a failure is shown, and left to the second look of the caller."""
    print(f"Installing for the tests: {' '.join(names)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", *_WAIT, "update", "-qq"],
        ["apt-get", *_WAIT, "install", "-y", "-qq", "--no-install-recommends", *names],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip() or done.stdout.strip(), file=sys.stderr)
            return


def ensured(
    there: Callable[[], object],
    names: Sequence[str],
    advice: Callable[[], str],
    settings: Sequence[str] = (),
) -> int:
    """Look, install where that is our business, look again; return an exit status.

    Where an environment variable of ``settings`` names a place nothing is installed. What is
    still missing is said with its ``advice``, and the status is 1.
    """
    if not there() and able() and not any(os.environ.get(setting) for setting in settings):
        install(names)
    if not there():
        print(advice(), file=sys.stderr)
        return 1
    return 0
