"""Measure the form service: answers a second over one and over 32 connections, CPU for each.

Once on the disk as it is, once with every sync slowed by 20 ms: a shared disk is faster or
slower from minute to minute, and only a sync of known length shows what sharing it brings.

Run by ``make bench`` or alone: ``python tests/bench/service.py``. Every answer is on the disk
before it is confirmed, so one connection at a time can be no faster than the disk syncs; the
ratio shows what committing in groups brings. Compare ratios; numbers depend on the computer.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from submissions import body, collect, exchange, post, status  # noqa: E402 - found just above

from mati.store import Ledger, connect  # noqa: E402

SLOW = """
import time
from mati import cli, store

class Slow:
    def __init__(self, inner):
        self.inner, self.close = inner, inner.close

    def execute(self, sql, parameters=(), /):
        if sql == "COMMIT":
            time.sleep(0.02)
        return self.inner.execute(sql, parameters)

store.Store.__init__.__defaults__ = (lambda path: Slow(store.connect(path)),)
cli.main()
"""


@contextmanager
def collecting(root: Path, *command: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run the service as a process of its own; yields its port."""
    (root / "private").mkdir(mode=0o700)
    (root / "mati.yaml").touch()
    (root / "private" / "collect.json").write_text(collect().to_json(), "utf-8")
    process = subprocess.Popen(
        [sys.executable, *command, "collect", "--port", "0", "--survey-per-minute", "1000000"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LANGUAGE": "en"},
        stderr=subprocess.PIPE,
        text=True,
    )
    if process.stderr is None:  # pragma: no cover - a pipe was asked for
        raise SystemExit(1)
    line = process.stderr.readline()
    threading.Thread(target=process.stderr.read, daemon=True).start()
    try:
        yield int(line.partition("127.0.0.1:")[2].partition("/")[0]), process
    finally:
        process.terminate()
        process.wait(30)


def cpu(process: subprocess.Popen[str]) -> float:
    """Return the seconds of CPU a process has used; 0 where the system does not tell."""
    try:
        words = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def load(port: int, connections: int, seconds: float) -> tuple[int, float]:
    """Send whole answers over so many connections; return how many were confirmed, and how long."""
    counts = [0] * connections
    end = time.perf_counter() + seconds
    words = "ល្អណាស់ " * 12

    def send(place: int) -> None:
        number = 0
        while time.perf_counter() < end:
            number += 1
            id_ = f"{connections}-{place}-{number:08}"
            pairs = [(f"staff.q{n}", "5") for n in range(7)]
            raw = post(body(*pairs, mati_id=id_, mati_lang="km", best=words, phone="012 345 678"))
            counts[place] += status(exchange(port, raw)) == 303

    began = time.perf_counter()
    threads = [threading.Thread(target=send, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - began


def measure(root: Path, seconds: float, *command: str) -> None:
    """Print one table: the service started with ``command``, under two loads."""
    write = sys.stdout.write
    rates: list[float] = []
    root.mkdir()
    with collecting(root, *command) as (port, process):
        load(port, 4, 0.3)
        write("connections  answers/s  CPU ms/answer\n")
        for connections in (1, 32):
            before = cpu(process)
            count, took = load(port, connections, seconds)
            rates.append(count / took)
            each = 1000 * (cpu(process) - before) / max(1, count)
            write(f"{connections:11}  {rates[-1]:9.0f}  {each:13.2f}\n")
    ledger = Ledger(connect(root / "private" / "collect.db"))
    write(f"stored: {sum(1 for _ in ledger.lines())}; 32 to 1: {rates[1] / rates[0]:.1f}\n\n")
    ledger.close()


def main() -> None:
    """Measure and print two small tables."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each load lasts")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write("The disk as it is\n")
        measure(Path(folder) / "plain", seconds, "-m", "mati")
        sys.stdout.write("Every sync slowed by 20 ms\n")
        measure(Path(folder) / "slow", seconds, "-c", SLOW)


if __name__ == "__main__":
    main()
