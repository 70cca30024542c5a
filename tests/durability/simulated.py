"""A disk in memory that tells what was synced from what was only written.

SQLite writes through it by way of apsw, so that the very statements of ``mati.store`` run on
it. A power cut keeps what was synced, or that and a random part of the rest, torn at 512
bytes. Names of files last from their first sync on; nothing is reordered across syncs.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR = 512
_names = itertools.count()


class PowerCutError(Exception):
    """The lights went out."""


@dataclass
class File:
    current: bytearray = field(default_factory=bytearray)
    durable: bytearray | None = None
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes since the last sync: (offset, bytes), or (length, None) for a cut to a length."""

    def sync(self) -> None:
        self.durable, self.pending = bytearray(self.current), []


def _write(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


@dataclass
class Disk:
    """All files; ``before`` is asked before every write ("write") and sync ("sync")."""

    files: dict[str, File] = field(default_factory=dict)
    before: Callable[[str], None] = lambda _operation: None

    def after_cut(self, dice: random.Random | None) -> Disk:
        """Return what is found when the lights are on again; with ``dice``, writes are torn."""
        found: dict[str, File] = {}
        for name, file in self.files.items():
            if file.durable is None:
                continue
            content = bytearray(file.durable)
            for offset, data in file.pending if dice else ():
                if data is None:
                    if dice.random() < 0.5:
                        del content[offset:]
                    continue
                for at in range(0, len(data), SECTOR):
                    if dice.random() < 0.5:
                        _write(content, offset + at, data[at : at + SECTOR])
            found[name] = File(content, bytearray(content))
        return Disk(found)


class _Handle:
    """One open file, in the words of SQLite's file methods."""

    def __init__(self, disk: Disk, file: File) -> None:
        self.disk, self.file = disk, file

    def xRead(self, amount, offset):  # noqa: N802 - SQLite's name
        return bytes(self.file.current[offset : offset + amount])

    def xWrite(self, data, offset):  # noqa: N802
        self.disk.before("write")
        _write(self.file.current, offset, bytes(data))
        self.file.pending.append((offset, bytes(data)))

    def xTruncate(self, size):  # noqa: N802
        self.disk.before("write")
        del self.file.current[size:]
        self.file.pending.append((size, None))

    def xSync(self, _flags):  # noqa: N802
        self.disk.before("sync")
        self.file.sync()

    def xFileSize(self):  # noqa: N802
        return len(self.file.current)

    def xSectorSize(self):  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self):  # noqa: N802
        return 0

    def xFileControl(self, _operation, _pointer):  # noqa: N802
        return False

    def xCheckReservedLock(self):  # noqa: N802
        return False

    def xLock(self, _level):  # noqa: N802
        """One program at a time: nothing to lock."""

    def xUnlock(self, _level):  # noqa: N802
        """Nor to unlock."""

    def xClose(self):  # noqa: N802
        """Nothing to let go."""


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.disk, self.name = disk, f"disk-{next(_names)}"
        super().__init__(self.name, "")

    def xOpen(self, name, flags):  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return _Handle(self.disk, self.disk.files.setdefault(path, File()))

    def xDelete(self, name, _sync):  # noqa: N802
        self.disk.files.pop(name, None)

    def xAccess(self, name, _flags):  # noqa: N802
        return name in self.disk.files

    def xFullPathname(self, name):  # noqa: N802
        return name


class Simulated:
    """Opens connections to one simulated disk, in the way ``mati.store.connect`` does."""

    def __init__(self, disk: Disk) -> None:
        self.disk, self.vfs = disk, _Vfs(disk)

    def open(self, _path: Path | None = None) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = apsw.Connection("/collect.db", flags=flags, vfs=self.vfs.name)
        # Shared memory is not simulated; with it or without, the log is written the same way.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        return connection
