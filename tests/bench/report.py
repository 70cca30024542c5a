"""Measure the report: weight of its pages, time of a chart, and counting 100,000 responses.

Prints one line a figure with its limit; exit status 1 when one is over. CPU seconds, not wall
time, though a busy computer needs more of those, too: the limits leave room. Counting runs in
a process of its own, whose memory is measured above that of a bare start with the same modules.
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from report_surveys import (  # noqa: E402 -- found by the line above
    LAST,
    Tongue,
    customer_service,
    everything,
    load,
    made,
    page_of,
)

from mati.diagnostics import Notebook  # noqa: E402
from mati.engines import engines  # noqa: E402
from mati.home import months, revised_keys  # noqa: E402
from mati.home.files import append  # noqa: E402
from mati.report import formats  # noqa: E402
from mati.responses import Tabulator, period_of, read_row, to_json  # noqa: E402
from mati.runners import Wanted, count  # noqa: E402
from mati.samples import sample  # noqa: E402
from mati.summarise import columns, groupings, measures  # noqa: E402
from mati.templating import Templates  # noqa: E402

RESPONSES = 100_000
DIFFERENT = 2_000


def peak() -> float:
    """Return the most memory this process held, in MiB."""
    status = Path("/proc/self/status")
    if status.is_file():  # the system's other figure still counts the process that started us
        found = [line for line in status.read_text("ascii").splitlines() if "VmHWM" in line]
        return int(found[0].split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024 / 1024


def fill(root: Path) -> None:
    """Store 100,000 answers to the sample survey at ``root``, as ``bring`` would."""
    wanted = customer_service()
    rows = [read_row(row, wanted, Notebook()) for row in sample(wanted, DIFFERENT, LAST)]
    lines = [
        to_json(replace(one, key=f"{one.key}-{again}", id=f"{one.id}-{again}"))
        for again in range(RESPONSES // DIFFERENT)
        for one in rows
    ]
    path = root / "private" / "responses" / wanted.name / "2026-11.jsonl"
    append(path, lines)


def counting(root: Path) -> None:
    """Count the answers at ``root`` anew; print CPU seconds and MiB."""
    wanted, engine = customer_service(), engines.find("sqlite")
    assert engine is not None
    before, start = peak(), time.process_time()
    known, table = columns(wanted), Tabulator(columns(wanted), period_of("month", (), None))
    names = tuple(column.name for column in known)
    (month,) = months(root, wanted.name)
    rows = month.rows(table, revised_keys(root, wanted.name), Notebook())
    asked = Wanted(columns=names, measures=measures(wanted), groupings=groupings(wanted))
    found = count(engine, rows, asked)
    seconds = time.process_time() - start
    assert found[0].sums["mati_counted"] == RESPONSES
    sys.stdout.write(f"{seconds:.2f} {peak() - before:.1f}\n")


def chart() -> float:
    """Return the milliseconds of drawing one chart of seven rows, after the first."""
    wanted = customer_service()
    view = made(sample(wanted, 240, LAST), wanted).items[0].views[0]
    environment = Templates(load).environment(message=Tongue().message)
    module = environment.get_template("blocks/diverging/block.html").module
    module.block(view, formats("km"))
    rounds = 50
    start = time.process_time()
    for _ in range(rounds):
        module.block(view, formats("km"))
    return 1000 * (time.process_time() - start) / rounds


def weight(kind: str) -> float:
    """Return the KiB of a page after gzip."""
    wanted = customer_service() if kind == "shop" else everything()
    html = page_of(made(sample(wanted, 240, LAST), wanted, "owner"), Tongue("km"))
    return len(gzip.compress(html.encode("utf-8"), 9)) / 1024


def main() -> int:
    """Measure everything; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        command = [sys.executable, __file__, folder]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, memory = map(float, printed.split())
    figures = (
        ("page of the sample survey, KiB gzip", weight("shop"), 15),
        ("page with every kind, KiB gzip", weight("all"), 15),
        ("one chart, ms CPU", chart(), 1),
        ("100,000 responses counted, s CPU", seconds, 2.5),
        ("100,000 responses counted, MiB more", memory, 60),
    )
    for name, value, limit in figures:
        over = "" if value <= limit else "   OVER"
        sys.stdout.write(f"{name:38} {value:7.2f}   limit {limit}{over}\n")
    return int(any(value > limit for _, value, limit in figures))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        counting(Path(sys.argv[1]))
    else:
        sys.exit(main())
