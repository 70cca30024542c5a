"""Accepted submissions in, kept on disk before anyone is told so.

SQLite with a write-ahead log and ``synchronous=FULL``: a commit returns only after the disk
has it, which ``NORMAL`` does not promise across a power cut. One writer thread takes whatever
waits as one transaction (group commit), so that safety costs little under load. Whatever
fails, the submission is not confirmed, and the next one starts with a fresh connection.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from mati.accept import Accepted, Earlier, Outcome, Refused, verdict

__all__ = [
    "Connection",
    "Ledger",
    "NotStoredError",
    "Store",
    "connect",
    "private_folder",
    "stored",
]

BUSY_SECONDS = 3.0
"""How long a commit waits for another program's lock before the submission is refused."""

MOST_AT_ONCE = 256
"""Submissions in one transaction."""

FORMAT = 1
"""``user_version`` of the database."""

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS submissions(
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        id TEXT,
        survey TEXT NOT NULL,
        language TEXT NOT NULL,
        at TEXT NOT NULL,
        pairs TEXT NOT NULL,
        ending TEXT NOT NULL,
        suspect TEXT NOT NULL,
        revised INTEGER NOT NULL,
        digest BLOB NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS submissions_by_id ON submissions(id) WHERE id IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS submissions_by_survey ON submissions(survey)",
    """CREATE TABLE IF NOT EXISTS contacts(
        key TEXT PRIMARY KEY REFERENCES submissions(key), pairs TEXT NOT NULL)""",
    f"PRAGMA user_version = {FORMAT}",
)


_RISKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What may steer a terminal or turn its text around: printed as JSON's escapes, like ESC."""


class NotStoredError(Exception):
    """The disk did not take it: full, broken, read-only, locked, too slow. Nothing was lost
    that anyone was told is safe.
    """


class Connection(Protocol):
    """What is used of a database connection; the standard library's has it, so has apsw's."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterator[Any]:
        """Run one statement; rows come as tuples."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def private_folder(folder: Path) -> None:
    """Make ``folder`` and see to it that nobody but its owner may look inside."""
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    _only_owner(folder, _FOLDER_MODE)


def _only_owner(path: Path, mode: int) -> None:
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)


def connect(path: Path) -> Connection:
    """Open the database at ``path``, readable by its owner alone whatever the umask says."""
    private_folder(path.parent)
    # SQLite gives its log and index files the mode of the database, so that one is made first.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), _FILE_MODE))
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        if file.exists():
            _only_owner(file, _FILE_MODE)
    # Closed by whoever opened it, in another thread when the service stops.
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


class Ledger:
    """The database itself: every statement that is ever sent to it stands here."""

    def __init__(self, connection: Connection, *, synchronous: str = "FULL") -> None:
        """Set up ``connection`` and make the tables when they are missing.

        ``synchronous`` is FULL; only the test that proves why ever says anything else.
        """
        self._db = connection
        if self._rows("PRAGMA journal_mode = WAL") != [("wal",)]:
            message = "the database does not take a write-ahead log here"
            raise NotStoredError(message)
        for pragma in (
            f"synchronous = {synchronous}",
            "secure_delete = ON",
            "temp_store = MEMORY",  # no private answers in a folder for temporary files
        ):
            self._rows(f"PRAGMA {pragma}")
        version = self._rows("PRAGMA user_version")[0][0]
        if version > FORMAT:
            message = "the database was written by a newer Mati"
            raise NotStoredError(message)
        if version < FORMAT:
            with self._transaction():
                for statement in _SCHEMA:
                    self._rows(statement)

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return list(self._db.execute(sql, values))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            # A commit that failed has often rolled back by itself; then this one complains.
            with contextlib.suppress(Exception):
                self._rows("ROLLBACK")
            raise

    def keep(self, entries: Sequence[tuple[str, Accepted]]) -> tuple[Outcome | Refused, ...]:
        """Store (key, submission) in one transaction; return what became of each, in order.

        When this returns, the disk has them. Any exception means: none of them is stored.
        """
        with self._transaction():
            return tuple(self._keep(key, entry) for key, entry in entries)

    def _keep(self, key: str, entry: Accepted) -> Outcome | Refused:
        earlier: list[Earlier] = []
        if entry.id:
            rows = self._rows("SELECT survey, digest FROM submissions WHERE id = ?", entry.id)
            earlier = [Earlier(survey, bytes(digest)) for survey, digest in rows]
        count = self._count(entry.survey) if entry.most is not None else 0
        outcome = verdict(entry, earlier, count)
        if outcome in {Outcome.KEPT, Outcome.REVISED}:
            self._insert(key, entry, revised=outcome is Outcome.REVISED)
        return outcome

    def _count(self, survey: str) -> int:
        """Count complete answers: each respondent once, doubtful ones not at all."""
        wanted = (
            "SELECT count(*) FROM submissions WHERE survey = ? AND suspect = '' AND revised = 0"
        )
        return int(self._rows(wanted, survey)[0][0])

    def _insert(self, key: str, entry: Accepted, *, revised: bool) -> None:
        self._rows(
            "INSERT INTO submissions(key, id, survey, language, at, pairs, ending, suspect,"
            " revised, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            key,
            entry.id or None,
            entry.survey,
            entry.language,
            entry.at,
            _text(entry.pairs),
            entry.ending,
            entry.suspect,
            int(revised),
            entry.digest,
        )
        if entry.contacts:
            self._rows("INSERT INTO contacts VALUES (?, ?)", key, _text(entry.contacts))

    def since(self, number: int, survey: str) -> Iterator[tuple[int, str, str, list[list[str]]]]:
        """Go through what was stored after ``number``: number, key, id and all pairs of each."""
        rows = self._db.execute(
            "SELECT number, s.key, id, s.pairs, c.pairs FROM submissions AS s"
            " LEFT JOIN contacts AS c ON c.key = s.key"
            " WHERE number > ? AND survey = ? ORDER BY number",
            (number, survey),
        )
        for place, key, id_, pairs, contacts in rows:
            found = json.loads(pairs) + (json.loads(contacts) if contacts else [])
            yield place, key, id_ or "", found

    def counts_since(self, number: int) -> tuple[int, dict[str, int]]:
        """Return the number of what was stored last, and how many of each survey after
        ``number``.
        """
        rows = self._rows(
            "SELECT survey, COUNT(*), MAX(number) FROM submissions WHERE number > ?"
            " GROUP BY survey",
            number,
        )
        return max((one[2] for one in rows), default=number), {one[0]: one[1] for one in rows}

    def lines(self, survey: str = "") -> Iterator[str]:
        """Go through what is stored as lines of JSON, in the order received.

        Private answers stand among the pairs again: whoever brings them home parts them anew.
        """
        rows = self._db.execute(
            "SELECT s.key, at, survey, language, s.pairs, c.pairs, suspect, revised, ending"
            " FROM submissions AS s LEFT JOIN contacts AS c ON c.key = s.key"
            " WHERE ? IN ('', survey) ORDER BY number",
            (survey,),
        )
        for key, at, name, language, pairs, contacts, suspect, revised, ending in rows:
            record: dict[str, object] = {"key": key, "at": at, "survey": name}
            record["pairs"] = json.loads(pairs) + (json.loads(contacts) if contacts else [])
            record |= {"language": language, "ending": ending}
            if suspect:
                record["suspect"] = suspect
            if revised:
                record["revised"] = True
            yield _RISKY.sub(_escaped, json.dumps(record, ensure_ascii=False))

    def forget(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Remove every submission whose id or key is ``wanted`` so that no byte of it remains.

        Its other versions, under the same id, go too. Returns the ids and keys of what was
        removed. Deleted content is overwritten, the database is written anew without its gaps,
        and the log is emptied.
        """
        gone: list[str] = []
        with self._transaction():
            for one in wanted:
                rows = self._rows(
                    "SELECT key, id FROM submissions WHERE ?1 IN (key, id) OR id IN"
                    " (SELECT id FROM submissions WHERE key = ?1)",
                    one,
                )
                for key, id_ in rows:
                    self._rows("DELETE FROM contacts WHERE key = ?", key)
                    self._rows("DELETE FROM submissions WHERE key = ?", key)
                    gone.extend(name for name in (key, id_) if name)
        if gone:
            self.scrub()
        return tuple(dict.fromkeys(gone))

    def expire(self, answers: Iterable[str], contacts: Iterable[str]) -> None:
        """Remove the submissions with the keys ``answers``, and the contacts alone of others.

        Unlike ``forget`` it leaves other versions under the same id: one may be newer.
        """
        gone = False
        with self._transaction():
            for key in answers:
                gone = self._gone("contacts", key) or gone
                gone = self._gone("submissions", key) or gone
            for key in contacts:
                gone = self._gone("contacts", key) or gone
        if gone:
            self.scrub()

    def _gone(self, table: str, key: str) -> bool:
        before = self._rows(f"SELECT 1 FROM {table} WHERE key = ?", key)  # noqa: S608
        self._rows(f"DELETE FROM {table} WHERE key = ?", key)  # noqa: S608
        return bool(before)

    def scrub(self) -> None:
        """Write the database anew, empty its log; ``NotStoredError`` when others keep it busy."""
        self._rows("VACUUM")
        end = time.monotonic() + BUSY_SECONDS
        while self._rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            if time.monotonic() > end:
                message = "another program keeps reading the database"
                raise NotStoredError(message)
            time.sleep(0.05)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _text(pairs: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class _Waiting:
    """One submission on its way to the writer."""

    key: str
    entry: Accepted
    future: Future[Outcome | Refused] = field(default_factory=Future)


class Store:
    """The one writer: submissions from any thread in, futures that resolve after the commit."""

    def __init__(self, path: Path, open_connection: Callable[[Path], Connection] = connect) -> None:
        """Start the writer for the database at ``path``; it is opened with the first use."""
        self._path, self._open = path, open_connection
        self._ledger: Ledger | None = None
        self._identity: tuple[int, int] | None = None
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._write, name="mati-store", daemon=True)
        self._thread.start()

    def keep(self, entry: Accepted) -> Future[Outcome | Refused]:
        """Hand over ``entry``; the future resolves once it is on disk.

        It raises ``NotStoredError`` when the disk does not take it. A future cancelled before the
        writer comes to it is not stored.
        """
        waiting = _Waiting(secrets.token_hex(16), entry)
        if self._closed:
            waiting.future.set_exception(NotStoredError("the service is stopping"))
        else:
            self._waiting.put(waiting)
        return waiting.future

    def close(self) -> None:
        """Store what waits, then let go of the database."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def _write(self) -> None:
        running = True
        while running:
            batch = [self._waiting.get()]
            with contextlib.suppress(queue.Empty):
                while len(batch) < MOST_AT_ONCE:
                    batch.append(self._waiting.get_nowait())
            running = None not in batch
            self._keep([one for one in batch if one is not None])
        # Whatever slipped in while the door was closing is refused, never left hanging.
        with contextlib.suppress(queue.Empty):
            while late := self._waiting.get_nowait():
                late.future.set_exception(NotStoredError("the service is stopping"))
        self._let_go()

    def _keep(self, batch: list[_Waiting]) -> None:
        live = [one for one in batch if one.future.set_running_or_notify_cancel()]
        if not live:
            return
        try:
            outcomes = self._current().keep([(one.key, one.entry) for one in live])
        except Exception as problem:  # noqa: BLE001 - whatever it is, nobody may be left waiting
            # A connection that failed may be in any state; a new one finds the repaired disk.
            self._let_go()
            refusal = NotStoredError(_reason(problem))
            for one in live:
                one.future.set_exception(refusal)
            return
        for one, outcome in zip(live, outcomes, strict=True):
            one.future.set_result(outcome)

    def _current(self) -> Ledger:
        """Return the ledger of the file that stands at the path now.

        A database that was moved away or replaced would take answers nobody finds again.
        """
        if self._ledger is not None and self._identity != self._stands():
            self._let_go()
        if self._ledger is None:
            connection = self._open(self._path)
            try:
                self._ledger = Ledger(connection)
            except BaseException:
                connection.close()
                raise
            self._identity = self._stands()
            _sync_folder(self._path.parent)
        return self._ledger

    def _stands(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _let_go(self) -> None:
        if self._ledger is not None:
            with contextlib.suppress(Exception):
                self._ledger.close()
            self._ledger = None


def stored(database: Path, survey: str) -> str:
    """Return what is stored of ``survey`` ("" for all) as ``mati export`` prints it.

    "" where there is no database; none is made.
    """
    if not database.is_file():
        return ""
    with contextlib.closing(connect(database)) as connection:
        return "\n".join(Ledger(connection).lines(survey))


def _reason(problem: Exception) -> str:
    """Say why, for the log: only what cannot quote a submission is said in full."""
    plain = isinstance(problem, sqlite3.Error | OSError | NotStoredError)
    return f"{type(problem).__name__}: {problem}" if plain else type(problem).__name__


def _sync_folder(folder: Path) -> None:
    """Make the names of new files in ``folder`` last; systems without such a thing need none."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
