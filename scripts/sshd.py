"""Make sure the tests of publishing find an SSH server and rsync; what is missing is named.

Run alone (``python -m scripts.sshd``) it looks, installs on Debian and Ubuntu when run as root,
and exits with 1 when there is still something missing. ``find`` is the one place that knows where
the programs live.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import debian

__all__ = ["PROGRAMS", "advice", "find", "main"]

PROGRAMS = ("sshd", "ssh", "sftp", "ssh-keygen", "rsync", "git")
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/usr/bin")
"""Where servers are kept, off the search path of most people."""
PACKAGES = ("openssh-server", "openssh-client", "rsync", "git")


def find(
    which: Callable[[str], str | None] = shutil.which, places: tuple[str, ...] = PLACES
) -> dict[str, Path] | None:
    """Return where each program is; None when one is missing."""
    found: dict[str, Path] = {}
    for name in PROGRAMS:
        on_path = which(name)
        ways = [Path(on_path)] if on_path else []
        ways += [Path(place, name) for place in places if Path(place, name).is_file()]
        if not ways:
            return None
        found[name] = ways[0]
    return found


_ADVICE = """\
The tests of publishing need an SSH server, its tools, rsync and git.
  Debian, Ubuntu:  sudo apt-get install openssh-server rsync git
  macOS:           brew install openssh rsync git"""


def advice() -> str:
    """Return how to get what is missing, in a few lines."""
    return _ADVICE


def main() -> int:
    """Look, install where that is our business, look again; 1 when something is missing."""
    return debian.ensured(find, PACKAGES, advice)


if __name__ == "__main__":
    sys.exit(main())
