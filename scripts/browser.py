"""Make sure the tests find a Chromium and letters for Khmer and Lao; what is missing is named.

Run alone (``python -m scripts.browser``) it looks, installs on Debian and Ubuntu when run as
root, and exits with 1 when there is still no browser. Where browsers live ``mati.cli.browsers``
knows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from mati.cli.browsers import SETTING, find
from scripts import debian

__all__ = ["SETTING", "advice", "find", "main", "missing_letters", "packages"]

LANGUAGES = ("km", "lo")
"""Languages whose letters the layout tests measure."""


def missing_letters() -> tuple[str, ...]:
    """Return the languages no installed font has letters for; () where that cannot be known."""
    lister = shutil.which("fc-list")
    if lister is None:
        return LANGUAGES if debian.here() else ()
    return tuple(
        language
        for language in LANGUAGES
        if not subprocess.run(
            [lister, f":lang={language}", "family"], capture_output=True, check=False
        ).stdout.strip()
    )


def packages(browser: str | None, letters: Sequence[str]) -> tuple[str, ...]:
    """Return the Debian packages that bring what is missing."""
    wanted = () if browser else ("chromium",)
    return (*wanted, "fontconfig", "fonts-noto-core") if letters else wanted


def advice(browser: str | None, letters: Sequence[str]) -> str:
    """Return what is missing and how to get it, in a few lines; "" when all is there."""
    lines = []
    if browser is None:
        lines += [
            "The tests need a browser: Chromium or Google Chrome. None was found.",
            "  Debian, Ubuntu:  sudo apt-get install chromium",
            "  Fedora:          sudo dnf install chromium",
            "  macOS:           brew install --cask chromium",
            "  Windows:         install Google Chrome",
            f"  Elsewhere:       set {SETTING} to the path of the browser",
        ]
    if letters:
        lines += [
            f"No font has letters for: {', '.join(letters)}. Layout is measured without them.",
            "  Debian, Ubuntu:  sudo apt-get install fontconfig fonts-noto-core",
            "  Elsewhere:       install Noto Sans Khmer and Noto Sans Lao",
        ]
    return "\n".join(lines)


def main() -> int:
    """Look, install where that is our business, look again; 1 when there is no browser."""
    browser, letters = find(), missing_letters()
    wanted = packages(browser, letters)
    if wanted and debian.able() and not os.environ.get(SETTING):
        debian.install(wanted)
        browser, letters = find(), missing_letters()
    missing = advice(browser, letters)
    if missing:
        print(missing, file=sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
