"""Outputs in, files below ``site/``, ``private/`` and ``hosting/`` out: all of a build, or none.

Only changed bytes are written. What an earlier build wrote and this one no longer makes is
removed; what others put into ``site/`` is never touched.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mati.diagnostics import Code, Notebook, Span
from mati.writer import manifest as records
from mati.writer.journal import MANIFEST, STAGING, commit, discard, locked
from mati.writer.journal import recover as finish
from mati.writer.manifest import Manifest
from mati.writer.paths import Names
from mati.writer.sources import SHARED, Stamp, digest, scan, stamp

if TYPE_CHECKING:  # the look for work to do needs no model, and is over sooner without
    from mati.model import Output

__all__ = [
    "SHARED",
    "Fresh",
    "Written",
    "foreign",
    "fresh",
    "recover",
    "scan",
    "stamps",
    "write",
]

_ASSETS, _KEPT = "site/a/", 5
"""Files whose address is made of their bytes stay for so many builds that no longer make them: a
page that somebody keeps, or a link posted yesterday, still shows them.
"""
_RESTAMP = 200
"""So many sources with new moments and old bytes make it worth to note the new moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build did to the disk; paths begin with ``site/`` or the like, sorted."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A build with nothing to do: how many files stand, how many warnings they came with."""

    outputs: int
    warnings: int


def recover(root: Path) -> bool:
    """Finish, or undo, a build that was killed; tell whether there was one to finish."""
    if not (root / ".mati").is_dir():
        return False
    with locked(root):
        return finish(root)


def stamps(root: Path) -> dict[str, Stamp]:
    """Return the stamps of all sources; take them before the sources are read."""
    return stamp(root, records.load(root / MANIFEST).sources)


def foreign(root: Path, key: str) -> bytes | None:
    """Return what stands at ``site/x`` where no build wrote it; None where nothing of the kind."""
    if key in records.load(root / MANIFEST).outputs:
        return None
    try:
        return (root / key).read_bytes()
    except OSError:
        return None


def _stands(path: str, expected: Stamp) -> bool:
    """Tell whether a file is as the last build left it, by its size and moment."""
    seen = _look(path)
    if seen is None:
        return False
    return seen.st_size == expected.size and seen.st_mtime_ns == expected.moment


def _same_sources(found: Mapping[str, Stamp], known: Mapping[str, Stamp]) -> bool:
    if found.keys() != known.keys():
        return False
    return all(seen.digest == known[key].digest for key, seen in found.items())


def fresh(root: Path, options: Mapping[str, object], now: datetime) -> Fresh | None:
    """Tell whether there is nothing to do: same sources, options and versions, all outputs there.

    None when there is, and when ``now`` (with its zone) is past the moment up to which the last
    build holds: a survey opens or closes though no source changed. Nothing is written, and where
    moments agree no file is opened but the manifest.
    """
    known = records.load(root / MANIFEST)
    if known.builder != Manifest().builder or dict(known.options) != dict(options):
        return None
    if known.until and now >= datetime.fromisoformat(known.until):
        return None
    if not _apart(root, Notebook()):
        return None
    prefix = str(root) + os.sep
    if not known.outputs or not all(_stands(prefix + k, s) for k, s in known.outputs.items()):
        return None
    found = stamp(root, known.sources)
    if not _same_sources(found, known.sources):
        return None
    if sum(found[key].moment != known.sources[key].moment for key in found) > _RESTAMP:
        _restamp(root, known, found)
    return Fresh(outputs=len(known.outputs), warnings=known.warnings)


def _restamp(root: Path, known: Manifest, found: Mapping[str, Stamp]) -> None:
    """Note new moments, so that the next look need not read the sources again."""
    new = replace(known, sources=found)
    path = root / MANIFEST
    beside = path.with_name("manifest.json.new")
    beside.write_text(records.text(new), "utf-8")
    beside.replace(path)


@dataclass(slots=True, kw_only=True)
class _Stage:
    """The staging folder of one build, and what was found out while filling it.

    Ten thousand files go through here: paths are strings and each is looked at once.
    """

    root: Path
    known: Mapping[str, Stamp]
    notes: Notebook
    names: Names = field(default_factory=Names)
    made: dict[str, Stamp] = field(default_factory=dict)
    staged: list[str] = field(default_factory=list)
    only: str = ""
    folders: dict[str, bool] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    until: datetime | None = None

    def take(self, output: Output) -> None:
        """Stage one output unless the same bytes stand already."""
        key = f"{output.root}/{output.path}"
        if output.until and (self.until is None or output.until < self.until):
            self.until = output.until
        reason = self.names.reason(output.root, output.path)
        if reason:
            self.notes.note(Code.OUTPUT_REFUSED, Span(key), path=key, reason=reason)
            return
        seen = _look(f"{self.root}/{key}")
        if not self._way_is_free(key, seen):
            self.notes.note(Code.OUTPUT_IN_THE_WAY, Span(key), path=key)
            return
        if self.only and self.only not in key.split("/")[1:-1] and seen is not None:
            return  # shared with other surveys, which this build knows nothing of
        found = digest(output.content)
        stands = self._standing(key, output.content, found, seen)
        self.made[key] = stands or self._put(key, output, found)

    def _way_is_free(self, key: str, seen: os.stat_result | None) -> bool:
        """Tell whether nothing foreign stands where the file or one of its folders must."""
        if seen is not None and stat.S_ISDIR(seen.st_mode) and not self._only_ours(key):
            return False
        parent = key.rpartition("/")[0]
        if parent not in self.folders:
            parts = parent.split("/")
            ways = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
            self.folders[parent] = all(self._may_be_folder(way) for way in ways)
        return self.folders[parent]

    def _may_be_folder(self, way: str) -> bool:
        seen = _look(f"{self.root}/{way}")
        return seen is None or stat.S_ISDIR(seen.st_mode) or way in self.known

    def _only_ours(self, key: str) -> bool:
        place = self.root / key
        files = (p for p in place.rglob("*") if p.is_symlink() or not p.is_dir())
        return all(f"{key}/{p.relative_to(place).as_posix()}" in self.known for p in files)

    def _standing(
        self, key: str, content: bytes, found: str, seen: os.stat_result | None
    ) -> Stamp | None:
        """Return the stamp of the file on disk when it holds these very bytes."""
        if seen is None or not stat.S_ISREG(seen.st_mode) or seen.st_size != len(content):
            return None
        if os.name != "nt" and key.startswith("private/") and seen.st_mode & 0o077:
            return None
        before = self.known.get(key)
        if before is not None and before[:2] == (seen.st_size, seen.st_mtime_ns):
            return before if before.digest == found else None
        if (self.root / key).read_bytes() != content:
            return None
        return Stamp(seen.st_size, seen.st_mtime_ns, found)

    def _put(self, key: str, output: Output, found: str) -> Stamp:
        """Write one file into the staging folder."""
        path = f"{self.root}/{STAGING}/{key}"
        folder, private = os.path.dirname(path), output.root == "private"  # noqa: PTH120
        if folder not in self.ready:
            _make_folders(Path(folder), 0o700 if private else 0o777)
            self.ready.add(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600 if private else 0o666)
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(output.content)
            file.flush()
            seen = os.fstat(handle)
        self.staged.append(key)
        return Stamp(seen.st_size, seen.st_mtime_ns, found)


def _look(path: str) -> os.stat_result | None:
    """Return what stands at a path, links not followed; None where nothing does."""
    try:
        return os.lstat(path)
    except OSError:
        return None


def _make_folders(folder: Path, mode: int) -> None:
    """Make a folder and those above it; ``Path.mkdir`` gives the mode only to the last."""
    if not folder.is_dir():
        _make_folders(folder.parent, mode)
        folder.mkdir(mode=mode)


def _apart(root: Path, notes: Notebook) -> bool:
    """Insist that public and private lie beside each other inside the project, links followed."""
    top, site, private = root.resolve(), (root / "site").resolve(), (root / "private").resolve()
    inside = site.is_dir() and any(name.casefold() == "private" for name in os.listdir(site))  # noqa: PTH208 - names only
    if private.is_relative_to(site) or inside:
        notes.note(Code.PRIVATE_IN_SITE, Span("private"), name="private")
    elif site.is_relative_to(private):
        notes.note(Code.SITE_IN_PRIVATE, Span("site"), name="site")
    hosting = (root / "hosting").resolve()
    for name, place in (("site", site), ("private", private), ("hosting", hosting)):
        if not place.is_relative_to(top) or (root / name).is_symlink():
            notes.note(Code.LINK_LEADS_OUTSIDE, Span(name), name=name)
    return not notes.has_errors()


def _is_stale(key: str, *, only: str, keep_reports: bool) -> bool:
    """Tell whether a file that this build did not make has to go."""
    parts = key.split("/")
    if keep_reports and (parts[0] == "private" or "report" in parts[2:-1]):
        return False
    return not only or (only in parts[1:-1] and parts[0] != "hosting")


def _tighten(root: Path) -> None:
    """Let nobody but the owner look into ``private/`` and ``.mati/``."""
    for name in ("private", ".mati"):
        folder = root / name
        if folder.is_dir() and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def write(
    root: Path,
    outputs: Iterable[Output],
    notes: Notebook,
    *,
    sources: Mapping[str, Stamp] | None = None,
    options: Mapping[str, object] | None = None,
    keep_reports: bool = False,
) -> Written | None:
    """Write a build: stage everything, then put what changed in its place in one go.

    ``outputs`` may be made while they are read. None, and nothing written, when ``notes`` hold
    an error after the last of them. ``sources`` and ``options`` are what ``fresh`` compares; an
    option ``only`` with a survey's name keeps whatever belongs to others too; ``keep_reports``
    keeps published reports although this build made none, but not those of sample answers.
    ``OSError`` when the disk refuses; the old site then stands, or the next run finishes this one.
    """
    if not _apart(root, notes):
        return None
    with locked(root):
        finish(root)
        discard(root)
        (root / STAGING).mkdir(mode=0o700, parents=True)
        try:
            record = Manifest(options=options or {}, sources=sources or {})
            return _write(root, outputs, notes, record, keep_reports=keep_reports)
        finally:
            if not (root / ".mati" / "journal.json").exists():
                discard(root)


def _write(
    root: Path,
    outputs: Iterable[Output],
    notes: Notebook,
    record: Manifest,
    *,
    keep_reports: bool,
) -> Written | None:
    """Stage, decide, commit; the caller holds the lock."""
    known = records.load(root / MANIFEST)
    only = str(record.options.get("only", ""))
    kept_reports = keep_reports and not known.options.get("sample")
    is_stale = partial(_is_stale, only=only, keep_reports=kept_reports)
    stage = _Stage(root=root, known=known.outputs, notes=notes, only=only)
    for output in outputs:
        stage.take(output)
    if notes.has_errors():
        return None
    gone = [key for key in known.outputs if key not in stage.made]
    spelled = {key.casefold() for key in stage.made}  # one file where case does not count
    ages = {key: known.ages.get(key, 0) + 1 for key in gone if key.startswith(_ASSETS)}
    old = {key for key in gone if ages.get(key, _KEPT + 1) > _KEPT and is_stale(key)}
    stale = [key for key in sorted(old) if key.casefold() not in spelled]
    kept = {k: known.outputs[k] for k in gone if k not in old and (root / k).exists()}
    ages = {key: age for key, age in ages.items() if key in kept}
    until = stage.until.astimezone(UTC).isoformat() if stage.until else ""
    new = replace(
        record, warnings=len(notes), outputs={**kept, **stage.made}, until=until, ages=ages
    )
    _tighten(root)
    staged = [root / STAGING / key for key in stage.staged]
    commit(root, records.text(new), staged, stale, flush=bool(known.outputs))
    return Written(
        changed=tuple(sorted(stage.staged)),
        removed=tuple(sorted(stale)),
        unchanged=len(stage.made) - len(stage.staged),
    )
