"""A project kept in git in, its files as they were in an earlier revision out.

Git itself is asked, as a program; nothing is ever written.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Revision", "RevisionError", "find"]

_SECONDS = 60


class RevisionError(Exception):
    """There is no git, no repository, or no such revision; its words are git's own, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit of the repository that ``root`` lies in."""

    root: Path
    commit: str

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the paths of what lay in a folder of the project."""
        found = _git(self.root, "ls-tree", "-z", "--name-only", self.commit, f"{folder}/")
        return tuple(name.decode("utf-8", "replace") for name in found.split(b"\0") if name)

    def read(self, path: str) -> bytes | None:
        """Return what a file of the project held; None where it was not there."""
        try:
            return _git(self.root, "show", f"{self.commit}:./{path}")
        except RevisionError:
            return None


def find(root: Path, name: str) -> Revision:
    """Return the revision called ``name``; ``RevisionError`` where it cannot be found."""
    wanted = f"{name}^{{commit}}"
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    return Revision(root=root, commit=found.decode("ascii").strip().rpartition("\n")[2])


def _git(root: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise RevisionError
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and names begin no option
            [program, *arguments], cwd=root, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise RevisionError(str(problem)) from None
    if done.returncode:
        raise RevisionError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
