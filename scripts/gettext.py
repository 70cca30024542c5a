"""Make sure the tests find GNU gettext and i18nspector, which judge our .po files beside us.

Run alone (``python -m scripts.gettext``) it looks, installs on Debian and Ubuntu when run as
root, and exits with 1 when one is still missing. ``find`` is the one place that knows where the
programs live.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import debian

__all__ = ["PROGRAMS", "advice", "find", "main"]

PROGRAMS = ("msgfmt", "msgmerge", "msgcat", "i18nspector")
PACKAGES = ("gettext", "i18nspector")
_ADVICE = """\
The tests of translations need GNU gettext and i18nspector.
  Debian, Ubuntu:  sudo apt-get install gettext i18nspector
  macOS:           brew install gettext i18nspector"""


def find(which: Callable[[str], str | None] = shutil.which) -> dict[str, Path] | None:
    """Return where each program is; None when one is missing."""
    found = {name: which(name) for name in PROGRAMS}
    if not all(found.values()):
        return None
    return {name: Path(path) for name, path in found.items() if path}


def advice() -> str:
    """Return how to get what is missing, in a few lines."""
    return _ADVICE


def main() -> int:
    """Look, install where that is our business, look again; 1 when something is missing."""
    return debian.ensured(find, PACKAGES, advice)


if __name__ == "__main__":
    sys.exit(main())
