"""Names a pinned set of npm packages, gives the folder that holds them.

The sets stand under ``tests/npm/``, each a ``package.json`` with its lock; they are installed
into ``build/npm/``, which Git ignores, and once: until the lock changes. Node, npm and the
network are guests here: without them the answer is ``NotHere`` with a sentence that says why,
and whoever asked leaves out what needs the packages.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

__all__ = ["NotHere", "packages"]

ROOT = Path(__file__).parent.parent
SETS = ROOT / "tests" / "npm"
INSTALLED = ROOT / "build" / "npm"
ENOUGH = 600
"""Seconds an installation may take."""

# Own install scripts of packages are not run: what we use needs none.
COMMAND = (
    "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
    "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--loglevel=error",
)  # fmt: skip


class NotHere(Exception):  # noqa: N818 -- no error: it says why something is left out
    """Something a measurement needs cannot be had; the text says what."""


def packages(name: str) -> Path:
    """Return the ``node_modules`` of a set, installed now if need be; else raise ``NotHere``."""
    missing = _installed(name)
    if missing:
        raise NotHere(missing)
    return INSTALLED / name / "node_modules"


@cache
def _installed(name: str) -> str:
    """Install a set unless it is there; return "" or why that cannot be. Asked once a run."""
    lock = (SETS / name / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock + (SETS / name / "package.json").read_bytes()).hexdigest()
    folder = INSTALLED / name
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return ""
    if not shutil.which("node") or not shutil.which("npm"):
        return "there is no Node.js with npm here"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SETS / name, folder)
    try:
        done = subprocess.run(
            COMMAND, cwd=folder, capture_output=True, text=True, check=False, timeout=ENOUGH
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"npm did not end well ({type(problem).__name__})"
    if done.returncode:
        return f"the npm packages could not be fetched ({_first(done.stderr)})"
    stamp.write_text(wanted, "ascii")
    return ""


def _first(said: str) -> str:
    """Return the first line of npm's complaint that is a sentence."""
    lines = (line.removeprefix("npm error").strip() for line in said.splitlines())
    return next((line[:90] for line in lines if line.count(" ") > 1), "npm says no more")
