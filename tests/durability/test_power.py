"""Power cuts and failing disks, simulated: what was acknowledged is there afterwards.

``synchronous=NORMAL`` must fail here; otherwise these tests would prove nothing.
"""

from __future__ import annotations

import contextlib
import json
import random
from datetime import UTC, datetime

import apsw
import pytest
from simulated import Disk, PowerCutError, Simulated
from submissions import body, survey

from mati.accept import Accepted, Limits, Outcome, accept
from mati.store import Ledger, NotStoredError, Store

pytestmark = [
    pytest.mark.durability,
    # What a simulated disk raises, apsw also reports where nobody can catch it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BATCHES = 60


def dice_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a game, the same each time


def entry(number: int) -> Accepted:
    words = "ល្អណាស់ " * (number % 9)
    found = accept(
        survey(), body(mati_id=f"number-{number:08}", best=words, phone="012"), NOW, Limits()
    )
    assert isinstance(found, Accepted)
    return found


def fill(disk: Disk, synchronous: str, dice: random.Random, largest: int) -> list[str]:
    """Store batch after batch until the end or the cut; return the keys acknowledged."""
    acknowledged: list[str] = []
    number = 0
    with contextlib.suppress(PowerCutError, apsw.Error):
        ledger = Ledger(Simulated(disk).open(), synchronous=synchronous)
        for _ in range(BATCHES):
            size = dice.randint(1, largest)
            batch = [(f"key-{n}", entry(n)) for n in range(number, number + size)]
            number += size
            ledger.keep(batch)
            acknowledged += [key for key, _ in batch]
    return acknowledged


def found(disk: Disk) -> tuple[set[str], str]:
    """Return the keys on a disk, and what SQLite says of the whole file."""
    connection = Simulated(disk).open()
    try:
        check = next(iter(connection.execute("PRAGMA integrity_check")))[0]
        return {json.loads(line)["key"] for line in Ledger(connection).lines()}, check
    except apsw.Error as problem:
        return set(), type(problem).__name__
    finally:
        connection.close()


def operations(synchronous: str, largest: int) -> int:
    """Count the writes and syncs of one whole run."""
    counted = [0]

    def count(_operation: str) -> None:
        counted[0] += 1

    fill(Disk(before=count), synchronous, dice_of(1), largest)
    return counted[0]


def cut(synchronous: str, at: int, seed: int, largest: int, *, torn: bool) -> tuple[int, int, str]:
    """Cut the power at one operation; return (acknowledged, lost, what SQLite says)."""
    left = [at]

    def out(_operation: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCutError

    disk = Disk(before=out)
    acknowledged = fill(disk, synchronous, dice_of(1), largest)
    keys, check = found(disk.after_cut(dice_of(seed) if torn else None))
    if not acknowledged and not disk.after_cut(None).files:
        check = "ok"  # nothing was promised and nothing is there
    return len(acknowledged), len(set(acknowledged) - keys), check


def cuts(synchronous: str, count: int) -> tuple[int, int, set[str]]:
    """Cut at random operations, in every way; return (acknowledged, lost, what SQLite says)."""
    dice, total, lost, said = dice_of(7), 0, 0, set()
    for largest in (1, 20):
        end = operations(synchronous, largest)
        for torn in (False, True):
            for _ in range(count):
                seed = dice.randrange(1 << 30)
                a, b, check = cut(synchronous, dice.randint(20, end), seed, largest, torn=torn)
                total, lost = total + a, lost + b
                said.add(check)
    return total, lost, said


def test_a_power_cut_loses_nothing_acknowledged():
    total, lost, said = cuts("FULL", 12)
    assert total > 5000
    assert lost == 0
    assert said == {"ok"}


def test_the_same_with_less_syncing_loses_answers():
    total, lost, _ = cuts("NORMAL", 4)
    assert total > 0
    assert lost > 0


@pytest.mark.parametrize("operation", ["write", "sync"])
@pytest.mark.parametrize("error", [apsw.IOError, apsw.FullError, apsw.ReadOnlyError])
def test_each_failure_is_told_and_the_next_answers_are_kept(operation, error, tmp_path):
    """Let the n-th operation fail, for n = 1, 2, 3 … until none fails any more."""
    nth, failures = 0, 1
    while failures and nth < 40:
        nth += 1
        left, failed = [nth], [0]

        def fail(kind: str, left: list[int] = left, failed: list[int] = failed) -> None:
            left[0] -= kind == operation
            if kind == operation and left[0] == 0:
                failed[0] += 1
                raise error

        disk = Disk(before=fail)
        store = Store(tmp_path / "collect.db", Simulated(disk).open)
        kept, refused = set(), 0
        for number in range(4):
            try:
                assert store.keep(entry(number)).result(10) is Outcome.KEPT
                kept.add(f"number-{number:08}")
            except NotStoredError:
                refused += 1
        store.close()
        failures = failed[0]
        assert refused <= failures
        assert kept <= ids(disk.after_cut(None)), f"{operation} {nth}"
    assert nth > 3


def ids(disk: Disk) -> set[str]:
    ledger = Ledger(Simulated(disk).open())
    try:
        return {dict(json.loads(line)["pairs"])["mati_id"] for line in ledger.lines()}
    finally:
        ledger.close()


def dead_syncs(synchronous: str) -> int:
    """Return how many answers are acknowledged while every sync fails."""
    broken = [False]

    def fail(kind: str) -> None:
        if broken[0] and kind == "sync":
            raise apsw.IOError

    ledger = Ledger(Simulated(Disk(before=fail)).open(), synchronous=synchronous)
    ledger.keep([("first", entry(0))])
    broken[0], acknowledged = True, 0
    for number in range(1, 20):
        with contextlib.suppress(apsw.Error):
            acknowledged += len(ledger.keep([(str(number), entry(number))]))
    return acknowledged


def test_while_every_sync_fails_nothing_is_acknowledged():
    assert dead_syncs("FULL") == 0
    assert dead_syncs("NORMAL") > 0
