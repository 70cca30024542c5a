"""Measure how quickly surveys are read and checked, beside Python-Markdown on the same text.

Run by ``make bench`` or alone: ``python tests/bench/reader.py``. Prints the least of several
runs in milliseconds of the processor, the limit where there is one, and how many times quicker
it is than making HTML of the same text with Python-Markdown, which finds no structure and no
mistakes. Exits 1 when a limit is broken.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

import markdown  # noqa: E402 - found just above
from hostile_texts import HOSTILE  # noqa: E402

from mati.diagnostics import Notebook, Source  # noqa: E402
from mati.model import ProjectSettings  # noqa: E402
from mati.reader import read  # noqa: E402

PROJECT = ProjectSettings(languages=("en", "km", "lo"))
HEAD = "---\nlang: en\n---\n\n# Survey\n\n"
OPEN = HEAD + "".join(f"### Question {n}? {{#q{n}}}\n\n___\n\n" for n in range(3000))
CLOSED = HEAD + "".join(
    f"### Question {n}? {{#q{n}}}\n\n- (5) Very good\n- (3) So-so\n- (1) Bad\n\n"
    for n in range(3000)
)
SLOW = 30_000
"""Characters from which on Python-Markdown is asked only once."""


def least(work: Callable[[], object], times: int) -> float:
    """Return the least milliseconds of the processor of several runs."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return 1000 * min(found)


def read_once(text: str) -> None:
    """Read and check one survey."""
    read(Source("content/survey.md", text), PROJECT, Notebook())


def peer(text: str) -> float:
    """Return the milliseconds of Python-Markdown with tables, once."""
    converter = markdown.Markdown(extensions=["tables"])
    return least(lambda: converter.reset().convert(text), 1 if len(text) > SLOW else 20)


def row(name: str, text: str, times: int, limit: float | None) -> bool:
    """Print one line; tell whether its limit holds."""
    ours = least(lambda: read_once(text), times)
    lines = text.count("\n")
    bound = f"{limit:>8.1f}" if limit else " " * 8
    sys.stdout.write(f"  {name:<34}{lines:>7}{ours:>9.2f}{bound}{peer(text) / ours:>10.1f}\n")
    return limit is None or ours <= limit


def main() -> int:
    """Print the table; return 1 when a limit is broken."""
    sample = (REPOSITORY / "content" / "customer-service.md").read_text("utf-8")
    sys.stdout.write("Reading and checking                lines       ms   limit   quicker\n")
    good = row("the sample survey", sample, 200, 1.5)
    good &= row("3,000 open questions", OPEN, 5, 120)
    good &= row("3,000 questions of three answers", CLOSED, 3, None)
    worst = max(least(lambda text=text: read_once(text), 1) for text in HOSTILE.values())
    sys.stdout.write(f"  {'100 kB of hostile text, the worst':<34}{worst:>16.2f}{500:>8.1f}\n")
    return int(not good or worst > 500)


if __name__ == "__main__":
    sys.exit(main())
