"""Make sure the tests find a Chromium and letters for Khmer and Lao; what is missing is named.

Run alone (``python -m scripts.browser``) it looks, installs on Debian and Ubuntu when run as
root, and exits with 1 when there is still no browser. ``find`` is the one place that knows where
browsers live.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts import debian

__all__ = ["SETTING", "advice", "find", "main", "missing_letters", "packages"]

SETTING = "MATI_CHROMIUM"
"""Environment variable that names the browser to use."""

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
"""Names a Chromium or Chrome goes by on the search path."""

ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where macOS and Windows keep it, off the search path."""

LANGUAGES = ("km", "lo")
"""Languages whose letters the layout tests measure."""


def find(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    elsewhere: Sequence[str] = ELSEWHERE,
) -> str | None:
    """Return the path of a Chromium or Chrome; None when there is none.

    What ``MATI_CHROMIUM`` names wins, also when it is wrong: then the answer is None.
    """
    wanted = environment.get(SETTING, "")
    if wanted:
        return which(wanted)
    on_path = (which(name) for name in NAMES)
    off_path = (place for place in elsewhere if Path(place).is_file())
    return next((place for place in (*on_path, *off_path) if place), None)


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
