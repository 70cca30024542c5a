"""The real process on the real disk: killed under load, traced, and with no room left."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from submissions import body, collect, exchange, post, status

from mati.store import Ledger, connect

pytestmark = [
    pytest.mark.durability,
    pytest.mark.skipif(os.name == "nt", reason="no such signals there"),
]

ROUNDS = 30
CLIENTS = 8
SECONDS = 0.25
REPOSITORY = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "LANGUAGE": "en"}
MATI = (sys.executable, "-m", "mati")
_LESS = """
from mati import cli, store
store.Ledger.__init__.__kwdefaults__["synchronous"] = "NORMAL"
cli.main()
"""
NORMAL = (sys.executable, "-c", _LESS)
"""The same command, but for what is to be proven."""


@contextmanager
def collecting(
    root: Path, command: Sequence[str] = MATI, before: Sequence[str] = ()
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [*before, *command, "collect", "--port", "0", "--survey-per-minute", "1000000"],
        cwd=root,
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    try:
        line = process.stderr.readline()
        number = int(line.partition("127.0.0.1:")[2].partition("/")[0])
        drain.start()
        yield number, process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        if drain.ident:
            drain.join(5)
        process.stderr.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "private").mkdir(mode=0o700)
    (tmp_path / "mati.yaml").touch()
    (tmp_path / "private" / "collect.json").write_text(collect().to_json(), "utf-8")
    return tmp_path


def stored(root: Path) -> list[str]:
    ledger = Ledger(connect(root / "private" / "collect.db"))
    try:
        pairs = [dict(json.loads(line)["pairs"]) for line in ledger.lines()]
        return [one["mati_id"] for one in pairs]
    finally:
        ledger.close()


def client(port: int, name: str, acknowledged: list[str], sent: list[str]) -> None:
    for number in range(100_000):
        id_ = f"{name}-{number:06}"
        sent.append(id_)
        try:
            reply = exchange(port, post(body(mati_id=id_, best="ល្អ", phone="012")), 5)
        except OSError:
            return
        if status(reply) != 303:
            return
        acknowledged.append(id_)


def test_killed_thirty_times_under_load_nothing_acknowledged_is_missing(project):
    acknowledged: list[str] = []
    sent: list[str] = []
    for turn in range(ROUNDS):
        with collecting(project) as (port, process):
            clients = [
                threading.Thread(
                    target=client, args=(port, f"round-{turn:02}-{n}", acknowledged, sent)
                )
                for n in range(CLIENTS)
            ]
            for one in clients:
                one.start()
            time.sleep(SECONDS)
            process.send_signal(signal.SIGKILL)
            for one in clients:
                one.join()
    kept = stored(project)
    assert len(acknowledged) > ROUNDS * CLIENTS
    assert set(acknowledged) - set(kept) == set()
    assert len(kept) == len(set(kept))
    assert set(kept) <= set(sent)
    # Who got no reply sends again: nothing is counted twice.
    again = [one for one in sent if one not in set(acknowledged)][:100] + acknowledged[:100]
    with collecting(project) as (port, _):
        for id_ in again:
            raw = post(body(mati_id=id_, best="ល្អ", phone="012"))
            assert status(exchange(port, raw)) == 303
    kept = stored(project)
    assert len(kept) == len(set(kept))
    assert set(again) <= set(kept)


def synced_before_reply(root: Path, command: Sequence[str], posts: int) -> int:
    """Return how many of so many posts were synced to the disk before their reply was sent."""
    trace = root / "trace"
    calls = "trace=recvfrom,sendto,fdatasync,fsync"
    before = ("strace", "-f", "-s", "64", "-o", str(trace), "-e", calls)
    with collecting(root, command, before) as (port, process):
        for number in range(posts):
            raw = post(body(mati_id=f"number-{number:08}"))
            assert status(exchange(port, raw, 20)) == 303
        # To the whole group: the service ends, and with it what watches it.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    good, synced = 0, False
    for line in trace.read_text("utf-8", errors="replace").splitlines():
        if "recvfrom" in line and "POST /f/visit" in line:
            synced = False
        elif re.search(r"f(data)?sync(\(\d+\)| resumed>\)) += 0", line):
            synced = True
        elif "sendto" in line and "HTTP/1.1 303" in line:
            good += synced
    trace.unlink()
    return good


def test_the_reply_leaves_after_the_disk_has_it(project):
    if shutil.which("strace") is None:
        pytest.skip("needs strace; the simulated disk proves the same order")
    probe = subprocess.run(["strace", "-o", os.devnull, "true"], check=False)
    if probe.returncode:
        pytest.skip("strace may not trace here; the simulated disk proves the same order")
    assert synced_before_reply(project, MATI, 20) == 20
    (project / "private" / "collect.db").unlink()
    assert synced_before_reply(project, NORMAL, 20) <= 2


def test_without_room_answers_are_refused_and_later_kept(project):
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("limits of another process cannot be set here")
    with collecting(project) as (port, process):
        assert status(exchange(port, post(body(mati_id="before-it-was-full")))) == 303
        everything = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (16 * 1024, everything[1]))
        codes: list[tuple[str, int]] = []
        for number in range(20):
            id_ = f"number-{number:08}"
            began = time.monotonic()
            raw = post(body(mati_id=id_, best="x" * 7000))
            codes.append((id_, status(exchange(port, raw))))
            assert time.monotonic() - began < 8
        refused = [id_ for id_, code in codes if code == 503]
        assert len(refused) > 10
        assert {code for _, code in codes} <= {303, 503}
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, everything)
        assert status(exchange(port, post(body(mati_id="after-it-was-full")))) == 303
        assert process.poll() is None
    kept = set(stored(project))
    assert {id_ for id_, code in codes if code == 303} <= kept
    assert {"before-it-was-full", "after-it-was-full"} <= kept
