"""Where a Chromium or Chrome is on this computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

__all__ = ["ELSEWHERE", "NAMES", "SETTING", "commands", "find"]

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


commands: tuple[click.Command, ...] = ()
