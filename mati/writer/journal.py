"""Staged files in, the new site out: whole, whatever happens in between.

The list of what is to be done is written first, then done, then deleted. A build that was
killed before the list stood has changed nothing; one that was killed later is finished by the
next (``recover``): every step may be done twice.

What a visitor sees meanwhile: where two folders can be exchanged (Linux, macOS), the old site
or the new one at every moment, also after a kill and without a next run. A stand-in (``NEXT``)
that is already the whole new site takes the place of ``site/`` by one call, ``site/`` is changed
out of sight, and comes back by another such call. So the folder stays the same one for shells
that stand in it and for containers that mounted it. A change that is a single step needs none
of this. Elsewhere - Windows, ``site/`` a mount point, a file system without hard links or
exchange, more than ``standin.MOST`` files - the steps are done in the open: a reader may meet
old and new pages side by side for some milliseconds, after a kill until the next run.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from mati.writer import standin
from mati.writer.exchange import POSSIBLE, exchange

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not kept apart there
    fcntl = None  # type: ignore[assignment]

__all__ = ["MANIFEST", "NEXT", "STAGING", "commit", "discard", "locked", "recover"]

_FOLDER = ".mati"
STAGING = f"{_FOLDER}/staging"
NEXT = f"{_FOLDER}/next"
"""The stand-in; while it stands in for ``site/``, that one is here."""
MANIFEST = f"{_FOLDER}/manifest.json"
_JOURNAL = f"{_FOLDER}/journal.json"
_HALF = f"{_JOURNAL}.new"
_LOCK = f"{_FOLDER}/lock"
_COLLECT = "private/collect.json"
"""Comes last: a running form service reads it as soon as it is new."""
_FEW = 64
"""Up to so many staged files are flushed one by one, more of them all at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """A journal: names to unlink before, to move from the staging folder, to remove after.

    ``stand_in`` is the number (inode) of the stand-in's folder, 0 without one.
    """

    first: tuple[str, ...]
    moves: tuple[str, ...]
    removed: tuple[str, ...]
    stand_in: int = 0

    def below(self, top: str) -> _Steps:
        """Return the steps in ``site``, ``private`` or ``hosting`` alone."""
        first, moves, removed = (
            tuple(name for name in names if name.split("/", maxsplit=1)[0] == top)
            for names in (self.first, self.moves, self.removed)
        )
        return replace(self, first=first, moves=moves, removed=removed)


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


def _write_journal(root: Path, steps: _Steps) -> None:
    """Put the journal there whole or not at all."""
    half = root / _HALF
    half.write_text(json.dumps(asdict(steps), ensure_ascii=False), "utf-8")
    _flush(half)
    half.replace(root / _JOURNAL)
    _flush(root / _FOLDER)


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
    tops = [name for name in ("hosting", "private", "site") if (root / STAGING / name).exists()]
    removed = sorted(stale)
    moves = [step for top in tops for step in _moves(root / STAGING / top, root / top, top)]
    first = [name for name in removed if _is_in_the_way(root, name)]
    later = sorted(set(removed) - set(first))
    _finish(root, _Steps(first=tuple(first), moves=tuple(moves), removed=tuple(later)))


def _is_in_the_way(root: Path, name: str) -> bool:
    """Tell whether an old file stands where the new build has a folder, or the other way."""
    staged = root / STAGING / name
    top = root / STAGING
    return staged.is_dir() or any(p.is_file() for p in staged.parents if top in p.parents)


def _finish(root: Path, steps: _Steps) -> None:
    """Do the steps of a journal that are still to be done, then forget the journal."""
    site, aside = root / "site", root / NEXT
    if not _is_aside(root, steps):
        steps = _step_aside(root, steps)
    _follow(root, steps.below("site"), aside if _is_aside(root, steps) else site)
    if steps.stand_in:
        _step_back(root, steps)
    _follow(root, steps.below("private"), root / "private")
    _follow(root, steps.below("hosting"), root / "hosting")
    staged = root / STAGING / "manifest.json"
    if staged.exists():
        staged.replace(root / MANIFEST)
    (root / _JOURNAL).unlink(missing_ok=True)
    discard(root)


def _is_aside(root: Path, steps: _Steps) -> bool:
    """Tell whether the stand-in is seen as ``site/`` and the present site lies in ``NEXT``."""
    return steps.stand_in == _number(root / "site") and (root / NEXT).is_dir()


def _number(folder: Path) -> int:
    """Return what tells a folder from all others of its file system; -1 when there is none."""
    try:
        return folder.lstat().st_ino
    except OSError:
        return -1


def _step_aside(root: Path, steps: _Steps) -> _Steps:
    """Write the journal, then let a stand-in be seen if one is needed and can be had.

    A single step is done at once or not at all: a file moved, a folder moved, a file removed.
    """
    needed = _open_steps(root, steps.below("site")) > 1
    new = replace(steps, stand_in=_compose(root, steps)) if needed else steps
    if new != steps or not (root / _JOURNAL).exists():
        _write_journal(root, new)
    if needed and new.stand_in:
        try:
            exchange(root / "site", root / NEXT)
        except OSError:  # not here: the steps are done in the open
            _clear(root / NEXT)
    return new


def _open_steps(root: Path, steps: _Steps) -> int:
    """Count what is still to be done below ``site/``."""
    old = [name for name in (*steps.first, *steps.removed) if os.path.lexists(root / name)]
    return len(old) + sum((root / STAGING / name).exists() for name in steps.moves)


def _compose(root: Path, steps: _Steps) -> int:
    """Make the stand-in, return its number; 0 where none can be had."""
    site, place = root / "site", root / NEXT
    _clear(place)
    if not POSSIBLE or not site.is_dir():
        return 0
    try:
        gone = frozenset((*steps.first, *steps.removed))
        return standin.compose(site, root / STAGING / "site", gone, place)
    except OSError:
        _clear(place)
        return 0


def _step_back(root: Path, steps: _Steps) -> None:
    """Let the changed site be seen again, with all that others did to the stand-in meanwhile."""
    site, aside = root / "site", root / NEXT
    if _is_aside(root, steps):
        # When this is refused although the same worked before, the stand-in stays: it is whole.
        with contextlib.suppress(OSError):
            exchange(site, aside)
    if steps.stand_in in {_number(site), _number(aside)} and aside.is_dir():
        standin.carry(str(aside), str(site))


def _follow(root: Path, steps: _Steps, top: Path) -> None:
    """Do steps of which all names begin with the name of ``top``, which may lie elsewhere now."""
    for name in steps.first:
        if not _place(top, name).is_dir():  # else the new folder stands there already
            _unlink(_place(top, name))
    for name in steps.moves:
        if name != _COLLECT:
            _move(root / STAGING / name, _place(top, name))
    for name in steps.removed:
        _remove(_place(top, name), top)
    if _COLLECT in steps.moves:
        _move(root / STAGING / _COLLECT, _place(top, _COLLECT))


def _place(top: Path, name: str) -> Path:
    """Return where ``site/x`` is when ``site`` is at ``top``."""
    return top.joinpath(*name.split("/")[1:])


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


def _remove(path: Path, top: Path) -> None:
    """Remove one file of an earlier build and the folders below ``top`` that it leaves empty."""
    _unlink(path)
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
    return parts[0] in {"site", "private", "hosting"} and not {"", ".", ".."} & set(parts)


def recover(root: Path) -> bool:
    """Finish, or undo, a build that was killed; tell whether there was anything to finish.

    ``OSError`` when the disk refuses. A journal that names other places is not followed.
    """
    path = root / _JOURNAL
    if not path.exists():
        discard(root)
        return False
    try:
        found = json.loads(path.read_text("utf-8"))
        first, moves, removed = (tuple(found[name]) for name in ("first", "moves", "removed"))
        steps = _Steps(
            first=first, moves=moves, removed=removed, stand_in=int(found.get("stand_in", 0))
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        steps = None
    if steps is None or not all(map(_is_ours, (*steps.first, *steps.moves, *steps.removed))):
        path.unlink()
        discard(root)
        return False
    _finish(root, steps)
    return True


def discard(root: Path) -> None:
    """Throw away what was staged and not committed, and a stand-in that is not seen."""
    _clear(root / STAGING)
    _clear(root / NEXT)
    (root / _HALF).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Delete a folder of ours with all in it, foreign folders closed to their owner included."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir():
        folder.chmod(0o700)
        for top, names, _files in os.walk(folder):
            for inner in (Path(top, name) for name in names):
                if not inner.is_symlink():
                    inner.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
