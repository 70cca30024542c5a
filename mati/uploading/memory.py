"""What was published where: ``.mati/published/<digest>.json``, one file for each target.

It only saves time: a wrong or missing one lets more travel than had to.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from mati.errands import may_be_published

__all__ = ["Place"]

_FOLDER = ".mati/published"
_FORMAT = 1
_DIGITS = frozenset("0123456789abcdef")


class Place:
    """What is remembered of one target."""

    def __init__(self, root: Path, target: str) -> None:
        """Read what there is; of a damaged memory nothing is believed."""
        name = hashlib.sha256(target.encode("utf-8")).hexdigest()[:16]
        self._target = target
        self._path = root / _FOLDER / f"{name}.json"
        self._kept = root / _FOLDER / name
        self.files, self.mark = self._read()

    def _read(self) -> tuple[dict[str, str], str]:
        try:
            record = json.loads(self._path.read_text("utf-8"))
            if record["format"] != _FORMAT or record["target"] != self._target:
                return {}, ""
            files = {str(path): str(found) for path, found in record["files"].items()}
            mark = str(record["mark"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}, ""
        safe = {path: found for path, found in files.items() if may_be_published(path)}
        return safe, mark if set(mark) <= _DIGITS else ""

    def write(self, files: Mapping[str, str], mark: str) -> None:
        """Remember; all at once or not at all."""
        self.files, self.mark = dict(files), mark
        record = {"format": _FORMAT, "target": self._target, "mark": mark, "files": self.files}
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
        beside.replace(self._path)

    def keep(self, folder: Path, paths: Iterable[str]) -> None:
        """Keep copies of files."""
        for path in paths:
            target = self._kept / path
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(folder / path, target)

    def bring(self, folder: Path, paths: Iterable[str]) -> tuple[str, ...]:
        """Lay kept copies beside others; return the paths of those there were."""
        found: list[str] = []
        for path in paths:
            target = folder / path
            with contextlib.suppress(OSError):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._kept / path, target)
                found.append(path)
        return tuple(found)
