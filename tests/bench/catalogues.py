"""Measure how quickly catalogues are read and checked: ten thousand messages of Khmer and of Lao.

Run by ``make bench`` or alone: ``python tests/bench/catalogues.py``. The messages are those of
the sample project's own files, each under contexts of its own until there are ten thousand, with
their Markdown, links and placeholders. Prints the least of several runs in milliseconds of the
processor beside the limit. Exits 1 when a limit is broken.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY)]

from mati import inline  # noqa: E402 - found just above
from mati.catalog import Catalog, Message, read_po  # noqa: E402
from mati.diagnostics import Notebook, Source  # noqa: E402
from mati.merge import Unit, check_units, head_of, write_po  # noqa: E402

COUNT = 10_000
LIMIT = 300.0


def least(work: Callable[[], object], times: int = 5) -> float:
    """Return the least milliseconds of the processor of several runs."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return 1000 * min(found)


def made(language: str) -> tuple[tuple[Unit, ...], str]:
    """Return ten thousand texts, and the file that translates them."""
    notes, known = Notebook(), []
    for path in sorted((REPOSITORY / "locales" / language).glob("*.po")):
        text = path.read_text("utf-8")
        read = read_po(Source(f"locales/{language}/{path.name}", text), notes)
        known += [message for message in read.messages.values() if message.string]
    messages, units = [], []
    for number in range(COUNT):
        one = known[number % len(known)]
        end = f" {number}"  # no two alike, so that nothing is remembered from one to the next
        strings = tuple(string + end for string in one.strings)
        context, msgid = f"v.q{number}.label", one.msgid + end
        messages.append(Message(context, msgid, strings))
        units.append(Unit(context=context, msgid=msgid, rich=bool(one.context)))
    return tuple(units), write_po(head_of(language, "Bench"), messages)


def main() -> int:
    """Print the table; return 1 when a limit is broken."""
    good = True
    sys.stdout.write(f"{COUNT} messages                  read    check   limit  found\n")
    for language in ("km", "lo"):
        units, text = made(language)
        path = f"locales/{language}/bench.po"
        notes = Notebook()

        def read(path: str = path, text: str = text) -> Catalog:
            return read_po(Source(path, text), Notebook())

        def check(catalog: Catalog, units: tuple[Unit, ...] = units) -> Notebook:
            inline.html.cache_clear()
            notes = Notebook()
            check_units(units, catalog, notes)
            return notes

        catalog = read()
        reading, checking = least(read), least(lambda c=catalog: check(c))
        notes = check(catalog)
        good &= checking <= LIMIT
        sys.stdout.write(
            f"  {language:<24}{reading:>8.1f}{checking:>9.1f}{LIMIT:>8.0f}{len(notes):>7}\n"
        )
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
