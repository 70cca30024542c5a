"""What is confirmed is on disk, what is forgotten is gone, nobody else can read it."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, wait
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from submissions import body, survey

from mati import store as room
from mati.accept import Accepted, Limits, Outcome, Reason, Refused, accept
from mati.store import Connection, Ledger, NotStoredError, Store, connect

NOW = datetime(2026, 11, 22, 2, 47, tzinfo=UTC)
ID = "5f0c1d9e-0000-4000-8000-000000000001"
OTHER_ID = "5f0c1d9e-0000-4000-8000-000000000002"


def entry(*, name: str = "visit", most: int | None = None, **values: str) -> Accepted:
    found = accept(survey(name=name, most_answers=most), body(**values), NOW, Limits())
    assert isinstance(found, Accepted)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / "collect.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    one = Ledger(connect(path))
    yield one
    one.close()


def lines(path: Path) -> list[dict[str, object]]:
    one = Ledger(connect(path))
    try:
        return [json.loads(line) for line in one.lines()]
    finally:
        one.close()


def test_a_submission_is_kept_with_its_contacts_apart(path, ledger):
    assert ledger.keep([("k1", entry(mati_id=ID, overall="5", phone="012"))]) == (Outcome.KEPT,)
    (line,) = ledger.lines()
    assert json.loads(line) == {
        "key": "k1",
        "at": "2026-11-22T02:47:00Z",
        "survey": "visit",
        "pairs": [["mati_id", ID], ["overall", "5"], ["phone", "012"]],
        "language": "en",
        "ending": "thanks",
    }
    db = sqlite3.connect(path)
    assert "012" not in db.execute("SELECT pairs FROM submissions").fetchone()[0]
    assert db.execute("SELECT * FROM contacts").fetchall() == [("k1", '[["phone","012"]]')]
    db.close()


def test_a_printed_line_steers_no_terminal(ledger):
    words = "\x1b[31m\x9b2J\x7f\u202e\u2066 ខ្មែរ\u200bលាវ"
    ledger.keep([("k1", entry(best=words))])
    (line,) = ledger.lines()
    assert not set(line) & set("\x1b\x9b\x7f\u202e\u2066")
    assert ["best", words] in json.loads(line)["pairs"]


def test_the_same_id_in_every_way(ledger):
    first = entry(mati_id=ID, overall="5")
    later = entry(mati_id=ID, overall="1")
    away = entry(name="other", mati_id=ID, overall="5")
    assert ledger.keep([("1", first), ("2", first)]) == (Outcome.KEPT, Outcome.AGAIN)
    assert ledger.keep([("3", later)]) == (Outcome.REVISED,)
    assert ledger.keep([("4", first), ("5", later)]) == (Outcome.AGAIN, Outcome.AGAIN)
    (no,) = ledger.keep([("6", away)])
    assert isinstance(no, Refused)
    assert no.reason is Reason.OTHER_SURVEY
    kept = [json.loads(line) for line in ledger.lines()]
    assert [(one["key"], one.get("revised", False)) for one in kept] == [("1", False), ("3", True)]


def test_without_an_id_everything_is_kept(ledger):
    one = entry(overall="5")
    assert ledger.keep([("1", one), ("2", one)]) == (Outcome.KEPT, Outcome.KEPT)


def test_a_survey_closes_after_its_last_answer_and_not_in_mid_batch(ledger):
    batch = [(str(n), entry(most=3, overall="5", best=str(n))) for n in range(5)]
    batch.insert(1, ("s", replace(entry(most=3, overall="4"), suspect="honeypot")))
    outcomes = ledger.keep(batch)
    assert [isinstance(one, Refused) for one in outcomes] == [False] * 4 + [True] * 2


def test_lines_of_one_survey(ledger):
    ledger.keep([("1", entry(overall="5")), ("2", entry(name="other", overall="5"))])
    assert [json.loads(line)["key"] for line in ledger.lines("other")] == ["2"]


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_nobody_else_can_read_it_whatever_the_umask(path, mask):
    before = os.umask(mask)
    try:
        one = Ledger(connect(path))
        one.keep([("1", entry(overall="5"))])
        files = sorted(path.parent.iterdir())
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in files}
        one.close()
    finally:
        os.umask(before)
    assert modes == {f"collect.db{end}": "0o600" for end in ("", "-shm", "-wal")}
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_rights_that_were_too_wide_are_narrowed(path):
    path.parent.mkdir(mode=0o755)
    path.parent.chmod(0o755)
    path.touch()
    path.chmod(0o644)
    connect(path).close()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_makes_it_last(path, ledger):
    def asked(name: str) -> object:
        return ledger._rows(f"PRAGMA {name}")[0][0]

    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2}
    assert {name: asked(name) for name in wanted} == wanted


# --- Forgetting ------------------------------------------------------------------------------


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_what_is_forgotten_leaves_no_byte(path):
    one = Ledger(connect(path))
    secrets = [f"SENTINEL{n}ភាសា" for n in range(3)]
    batch = [
        ("gone-key-1", entry(mati_id=ID, best=secrets[0] * 300, phone=secrets[1])),
        ("gone-key-2", entry(mati_id=ID, best=secrets[2])),
        *(
            (f"key-{n}", entry(mati_id=f"kept-{n:08}", best="x" * (n * 37 % 900)))
            for n in range(200)
        ),
    ]
    for at in range(0, len(batch), 20):
        one.keep(batch[at : at + 20])
    needles = [ID, "gone-key-1", "gone-key-2", *secrets]
    assert all(needle.encode() in everything(path.parent) for needle in needles)
    assert set(one.forget(["gone-key-2"])) == {"gone-key-1", "gone-key-2", ID}
    left = everything(path.parent)
    assert [needle for needle in needles if needle.encode() in left] == []
    assert len(list(one.lines())) == 200
    assert one.forget(["gone-key-2", ID, "never"]) == ()
    one.close()


def test_forgetting_works_beside_a_running_writer(path):
    store = Store(path)
    store.keep(entry(mati_id=ID, best="SENTINEL")).result(5)
    one = Ledger(connect(path))
    assert ID in one.forget([ID])
    assert b"SENTINEL" not in everything(path.parent)
    one.close()
    assert store.keep(entry(mati_id=OTHER_ID)).result(5) is Outcome.KEPT
    store.close()
    assert len(lines(path)) == 1


# --- The writer ------------------------------------------------------------------------------


def test_what_is_confirmed_can_be_read_by_others_at_once(path):
    store = Store(path)
    for n in range(5):
        store.keep(entry(mati_id=f"number-{n:08}")).result(5)
        assert len(lines(path)) == n + 1
    store.close()


def test_many_at_once_are_one_sync(path):
    sizes: list[int] = []
    slow = threading.Event()

    class Watched(Ledger):
        def keep(self, entries):
            slow.wait(5)
            sizes.append(len(entries))
            return super().keep(entries)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "Ledger", Watched)
        store = Store(path)
        futures = [store.keep(entry(mati_id=f"number-{n:08}")) for n in range(100)]
        slow.set()
        assert [future.result(5) for future in futures] == [Outcome.KEPT] * 100
        store.close()
    assert len(sizes) <= 3
    assert sum(sizes) == 100


def test_a_hundred_parallel_posts_of_one_id_are_one(path):
    store = Store(path)
    futures = [store.keep(entry(mati_id=ID)) for _ in range(100)]
    outcomes = [future.result(5) for future in futures]
    assert outcomes.count(Outcome.KEPT) == 1
    assert outcomes.count(Outcome.AGAIN) == 99
    store.close()
    assert len(lines(path)) == 1


def test_closing_stores_what_waits(path):
    store = Store(path)
    futures = [store.keep(entry(mati_id=f"number-{n:08}")) for n in range(50)]
    store.close()
    assert [future.result(0) for future in futures] == [Outcome.KEPT] * 50
    with pytest.raises(NotStoredError):
        store.keep(entry(mati_id=ID)).result(0)
    store.close()


def test_what_was_given_up_in_time_is_not_stored(path):
    gate = threading.Event()

    def slow(where: Path) -> Connection:
        gate.wait(5)
        return connect(where)

    store = Store(path, slow)
    first = store.keep(entry(mati_id=ID))
    while not first.running():
        pass
    given_up = store.keep(entry(mati_id=OTHER_ID))
    assert given_up.cancel()
    gate.set()
    assert first.result(5) is Outcome.KEPT
    store.close()
    with pytest.raises(CancelledError):
        given_up.result(0)
    assert len(lines(path)) == 1


class Slow:
    """A connection whose every commit takes 20 ms, as on a disk that is slow to sync."""

    def __init__(self, inner: Connection) -> None:
        self.inner = inner

    def execute(self, sql, parameters=(), /):
        if sql == "COMMIT":
            time.sleep(0.02)
        return self.inner.execute(sql, parameters)

    def close(self) -> None:
        self.inner.close()


@pytest.mark.slow
def test_each_reply_waits_for_a_sync_and_many_share_one(path):
    store = Store(path, lambda where: Slow(connect(where)))
    store.keep(entry(mati_id=ID)).result(5)
    began = time.monotonic()
    for n in range(10):
        store.keep(entry(mati_id=f"alone-{n:08}")).result(5)
    assert time.monotonic() - began >= 10 * 0.02

    def send(name: int) -> None:
        for n in range(5):
            store.keep(entry(mati_id=f"crowd-{name}-{n:08}")).result(5)

    crowd = [threading.Thread(target=send, args=(name,)) for name in range(32)]
    began = time.monotonic()
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert time.monotonic() - began < 160 * 0.02 / 4
    store.close()


# --- Disks that fail -------------------------------------------------------------------------


class Faulty:
    """A connection that fails at statements that begin with ``word`` while ``broken``."""

    def __init__(self, inner: Connection, word: str, state: dict[str, bool]) -> None:
        self.inner, self.word, self.state = inner, word, state

    def execute(self, sql, parameters=(), /):
        if self.state["broken"] and sql.startswith(self.word):
            message = "disk I/O error"
            raise sqlite3.OperationalError(message)
        return self.inner.execute(sql, parameters)

    def close(self) -> None:
        self.inner.close()


@pytest.mark.parametrize("word", ["PRAGMA", "BEGIN", "SELECT", "INSERT", "COMMIT"])
def test_a_fault_is_told_and_passes(path, word):
    state = {"broken": True}
    store = Store(path, lambda where: Faulty(connect(where), word, state))
    futures = [store.keep(entry(mati_id=f"number-{n:08}")) for n in range(5)]
    wait(futures, 5)
    for future in futures:
        with pytest.raises(NotStoredError):
            future.result(0)
    state["broken"] = False
    assert store.keep(entry(mati_id=ID)).result(5) is Outcome.KEPT
    store.close()
    assert [line["pairs"] for line in lines(path)] == [[["mati_id", ID]]]


def test_a_database_that_may_only_be_read_refuses_at_once(path):
    ledger = Ledger(connect(path))
    ledger.keep([("1", entry(mati_id=OTHER_ID))])
    ledger.close()
    only_read = [True]

    def choose(where: Path) -> Connection:
        if not only_read[0]:
            return connect(where)
        uri = f"{where.as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    store = Store(path, choose)
    for _ in range(3):
        with pytest.raises(NotStoredError, match="readonly"):
            store.keep(entry(mati_id=ID)).result(2)
    only_read[0] = False
    assert store.keep(entry(mati_id=ID)).result(5) is Outcome.KEPT
    store.close()


def test_the_reason_given_never_quotes_an_answer(path):
    class Odd(Exception):  # noqa: N818 - a name is all it has
        pass

    def fail(_where: Path) -> Connection:
        message = "SENTINEL"
        raise Odd(message)

    store = Store(path, fail)
    with pytest.raises(NotStoredError, match=r"^Odd$"):
        store.keep(entry(mati_id=ID)).result(5)
    store.close()


def test_a_lock_is_waited_for_but_not_for_long(path, monkeypatch):
    monkeypatch.setattr(room, "BUSY_SECONDS", 0.2)
    connect(path).close()
    store = Store(path)
    store.keep(entry(mati_id=OTHER_ID)).result(5)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotStoredError):
        store.keep(entry(mati_id=ID)).result(5)
    holder.execute("ROLLBACK")
    holder.close()
    assert store.keep(entry(mati_id=ID)).result(5) is Outcome.KEPT
    store.close()


def test_a_database_that_was_moved_away_gets_no_more_answers(path):
    store = Store(path)
    store.keep(entry(mati_id=ID)).result(5)
    for end in ("", "-wal", "-shm"):
        file = Path(f"{path}{end}")
        file.rename(file.with_name(f"old.db{end}"))
    store.keep(entry(mati_id=OTHER_ID)).result(5)
    store.close()
    assert [line["pairs"] for line in lines(path)] == [[["mati_id", OTHER_ID]]]
    assert [line["pairs"] for line in lines(path.with_name("old.db"))] == [[["mati_id", ID]]]


def test_a_file_that_is_no_database_is_refused(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 1000)
    store = Store(path)
    with pytest.raises(NotStoredError):
        store.keep(entry(mati_id=ID)).result(5)
    store.close()
    assert path.read_bytes() == b"not a database" * 1000


def test_a_database_of_a_later_mati_is_left_alone(path):
    db = connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    store = Store(path)
    with pytest.raises(NotStoredError, match="newer"):
        store.keep(entry(mati_id=ID)).result(5)
    store.close()
