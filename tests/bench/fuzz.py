"""Read surveys that are wrong in a few places, as many as asked for: nothing may break.

``python tests/bench/fuzz.py --count 100000 [--first N] [--jobs 2]``. The same number is the same
survey on every run, so what breaks is found again by its number. Exits 1 when anything broke:
an exception, a message outside the file, or a survey that takes longer than ``LIMIT``.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from mutants import check_bytes, mutant, seeds  # noqa: E402 - found just above

LIMIT = 0.1
"""Seconds of the processor for one survey of a few kilobytes."""
SHARD = 2_000
WORST_SHOWN = 20


def run(first: int, count: int) -> tuple[float, list[str]]:
    """Read ``count`` surveys; return the longest time and what broke."""
    known, longest, broken = seeds(), 0.0, []
    for number in range(first, first + count):
        data = mutant(number, known)
        started = time.process_time()
        try:
            check_bytes(data)
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            last = traceback.format_exc().strip().split("\n")
            broken.append(f"{number}: {' / '.join(line.strip() for line in last[-5:])}")
        taken = time.process_time() - started
        longest = max(longest, taken)
        if taken > LIMIT:
            broken.append(f"{number}: took {taken:.2f} s")
    return longest, broken


def main() -> int:
    """Share the work out; print what broke and how long the slowest took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    last = asked.first + asked.count
    starts = range(asked.first, last, SHARD)
    longest, broken = 0.0, list[str]()
    with ProcessPoolExecutor(asked.jobs) as pool:
        counts = (min(SHARD, last - start) for start in starts)
        for worst, found in pool.map(run, starts, counts):
            longest = max(longest, worst)
            broken.extend(found)
    for line in broken[:WORST_SHOWN]:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(
        f"{asked.count} mutants read, {len(broken)} broken, the slowest {longest * 1000:.0f} ms\n"
    )
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
