"""Staged files in, the new site out: whole, whatever happens in between.

The list of what is to be done is written first, then done, then deleted. A build that was
killed before the list stood has changed nothing; one that was killed later is finished by the
next (``recover``): every step may be done twice.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not kept apart there
    fcntl = None  # type: ignore[assignment]

__all__ = ["MANIFEST", "STAGING", "commit", "discard", "locked", "recover"]

_FOLDER = ".mati"
STAGING = f"{_FOLDER}/staging"
MANIFEST = f"{_FOLDER}/manifest.json"
_JOURNAL = f"{_FOLDER}/journal.json"
_LOCK = f"{_FOLDER}/lock"
_FEW = 64
"""Up to so many staged files are flushed one by one, more of them all at once."""


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Let one build at a time write into ``root``; others wait. Makes ``.mati/``."""
    folder = root / _FOLDER
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        (folder / ".gitignore").write_text("*\n", "utf-8")
    with (root / _LOCK).open("a", encoding="utf-8") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _flush(path: Path) -> None:
    """Ask the disk to keep a file, or the names in a folder, now."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_whole(path: Path, words: str) -> None:
    """Put a file there whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(words, "utf-8")
    _flush(new)
    new.replace(path)
    _flush(path.parent)


def _moves(staged: Path, target: Path, name: str) -> Iterator[str]:
    """Go through what to move so that the staged tree stands in ``target``.

    A folder that is new goes in one piece: the fewer steps, the shorter the moment in which
    a reader of the site meets old and new pages side by side.
    """
    if staged.is_dir() and target.is_dir():
        for entry in sorted(staged.iterdir()):
            yield from _moves(entry, target / entry.name, f"{name}/{entry.name}")
    else:
        yield name


def commit(
    root: Path, manifest: str, staged: Sequence[Path], stale: Iterable[str], *, flush: bool
) -> None:
    """Put what was staged in its place, take ``stale`` away, and the manifest last.

    ``flush`` asks the disk to keep the staged bytes first, so that not even a power cut can
    leave a page of the old site replaced by an empty one.
    """
    if flush and len(staged) > _FEW and hasattr(os, "sync"):
        os.sync()
    elif flush:
        for path in staged:
            _flush(path)
    (root / STAGING / "manifest.json").write_text(manifest, "utf-8")
    _flush(root / STAGING / "manifest.json")
    tops = [name for name in ("private", "site") if (root / STAGING / name).exists()]
    removed = sorted(stale)
    moves = [step for top in tops for step in _moves(root / STAGING / top, root / top, top)]
    first = [name for name in removed if _is_in_the_way(root, name)]
    later = sorted(set(removed) - set(first))
    steps = {"first": first, "moves": moves, "removed": later}
    _write_whole(root / _JOURNAL, json.dumps(steps, ensure_ascii=False))
    _follow(root, steps)


def _is_in_the_way(root: Path, name: str) -> bool:
    """Tell whether an old file stands where the new build has a folder, or the other way."""
    staged = root / STAGING / name
    top = root / STAGING
    return staged.is_dir() or any(p.is_file() for p in staged.parents if top in p.parents)


def _follow(root: Path, steps: dict[str, list[str]]) -> None:
    """Do the steps of a journal that are still to be done, then forget the journal."""
    for name in steps["first"]:
        if not (root / name).is_dir():  # else the new folder stands there already
            _unlink(root / name)
    for name in steps["moves"]:
        _move(root / STAGING / name, root / name)
    for name in steps["removed"]:
        _remove(root, name)
    staged = root / STAGING / "manifest.json"
    if staged.exists():
        staged.replace(root / MANIFEST)
    (root / _JOURNAL).unlink(missing_ok=True)
    discard(root)


def _move(staged: Path, target: Path) -> None:
    """Move one staged file or new folder into its place; done already is well, too."""
    if not staged.exists():
        return
    _empty_folder_away(staged, target)
    try:
        staged.replace(target)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        _copy_then_move(staged, target)


def _empty_folder_away(staged: Path, target: Path) -> None:
    """Remove folders without any file that stand where a file is wanted."""
    if staged.is_file() and target.is_dir() and not target.is_symlink():
        for folder, _folders, _files in os.walk(target, topdown=False):
            Path(folder).rmdir()


def _copy_then_move(staged: Path, target: Path) -> None:
    """As a move, for a target on another disk: the copy stands beside it before it counts."""
    beside = target.with_name(f".{target.name}.mati-new")
    if staged.is_dir():
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(staged, beside)
    else:
        shutil.copy2(staged, beside)
    beside.replace(target)


def _unlink(path: Path) -> None:
    """Remove a file or link; gone already is well, too."""
    if path.is_file() or path.is_symlink():
        path.unlink(missing_ok=True)


def _remove(root: Path, name: str) -> None:
    """Remove one file of an earlier build and the folders that it leaves empty."""
    path = root / name
    _unlink(path)
    top = root / name.split("/", maxsplit=1)[0]
    for folder in path.parents:
        if folder == top or top not in folder.parents:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _is_ours(name: object) -> bool:
    """Tell whether a step of a journal stays where a build may write."""
    if not isinstance(name, str):
        return False
    parts = name.split("/")
    return parts[0] in {"site", "private"} and not {"", ".", ".."} & set(parts)


def recover(root: Path) -> bool:
    """Finish, or undo, a build that was killed; tell whether there was anything to finish.

    ``OSError`` when the disk refuses. A journal that names other places is not followed.
    """
    path = root / _JOURNAL
    if not path.exists():
        return False
    try:
        steps = json.loads(path.read_text("utf-8"))
        lists = {name: list(steps[name]) for name in ("first", "moves", "removed")}
    except (ValueError, KeyError, TypeError):
        lists = {}
    if not lists or not all(_is_ours(name) for names in lists.values() for name in names):
        path.unlink()
        discard(root)
        return False
    _follow(root, lists)
    return True


def discard(root: Path) -> None:
    """Throw away what was staged and not committed."""
    shutil.rmtree(root / STAGING, ignore_errors=True)
