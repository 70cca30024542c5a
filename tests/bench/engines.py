"""Measure counting: a million answers and ten millions with DuckDB.

Prints one line a figure with its limit, and beside it, from the same run, plain DuckDB with a
query written by hand and pandas. CPU seconds of a process of its own, memory above that of a
bare start of Python. Exit status 1 when one of ours is over.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import duckdb  # noqa: E402 -- found by the line above
from report_surveys import csat, grid, section, survey, text  # noqa: E402

from mati.engines import engines  # noqa: E402
from mati.model import Hidden, Row  # noqa: E402
from mati.runners import Wanted  # noqa: E402
from mati.runners.duckdb import count_parquet  # noqa: E402
from mati.summarise import columns, groupings, measures  # noqa: E402

MILLION = 1_000_000


def used() -> float:
    """Return the CPU seconds of this process so far."""
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime


def peak() -> float:
    """Return the most memory this process held, in MiB."""
    status = Path("/proc/self/status")
    if status.is_file():  # the system's other figure still counts the process that started us
        found = [line for line in status.read_text("ascii").splitlines() if "VmHWM" in line]
        return int(found[0].split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024 / 1024


def fill(path: Path, number: int) -> None:
    """Write the rows of a survey of 30 statements, as the runner would have kept them."""
    names = wanted()[0]
    marks = ["NULL", "'5'", "'4'", "'3'", "'2'", "'1'"]
    level = f"([{', '.join(marks)}])[1 + CAST(floor(random() * 6) AS INTEGER)]"
    cells = {
        "mati_counted": "'1'",
        "mati_lang": "(['km', 'lo', 'en'])[1 + CAST(floor(random() * 3) AS INTEGER)]",
        "mati_channel": "(['web', 'qr', 'facebook'])[1 + CAST(floor(random() * 3) AS INTEGER)]",
        "mati_at": "'2026-11-05T03:00:00Z'",
        "mati_period": "'2026-' || lpad(CAST(1 + CAST(floor(random() * 12) AS INTEGER) AS VARCHAR), 2, '0')",  # noqa: E501
        "mati_hidden.branch": "(['pp', 'vt'])[1 + CAST(floor(random() * 2) AS INTEGER)]",
    }
    made = [
        f"{cells.get(name, 'NULL' if name.startswith('mati_') else level)} AS c{at}"
        for at, name in enumerate(names)
    ]
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET memory_limit = '2GB'")
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"COPY (SELECT {', '.join(made)} FROM range({number})) TO '{path}' "  # noqa: S608
            "(FORMAT parquet, COMPRESSION zstd)"
        )


def wanted() -> tuple[tuple[str, ...], Wanted]:
    """Return the columns, and what is wanted of a survey of 30 statements."""
    many = replace(
        grid(),
        rows=tuple(Row(id=f"s{n}", label=text(f"s{n}"), span=grid().span) for n in range(30)),
    )
    made = survey(section("s", "Page", many, csat()))
    branches = tuple((code, text(code)) for code in ("pp", "vt"))
    field = Hidden(name="branch", values=branches, span=grid().span)
    report = replace(made.settings.report, segments=("branch",))
    made = replace(made, settings=replace(made.settings, hidden=(field,), report=report))
    names = tuple(column.name for column in columns(made))
    asked = Wanted(
        columns=names, measures=measures(made), groupings=groupings(made), moment="mati_at"
    )
    return names, asked


def ours(path: Path) -> None:
    """Count with our runner."""
    engine = engines.find("duckdb")
    assert engine is not None
    found = count_parquet(engine, [path], wanted()[1])
    assert found[0].sums["mati_counted"]


def plain(path: Path) -> None:
    """Count the same levels by the same groups with DuckDB alone, one item after the other."""
    names, asked = wanted()
    places = {name: f"c{at}" for at, name in enumerate(names)}
    by = ", ".join(places[name] for name in asked.groupings[0])
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = 2")
        for name in names:
            if name.startswith(("staff.", "overall", "mati_lang", "mati_channel")):
                connection.execute(
                    f"SELECT {by}, {places[name]}, COUNT(*) FROM read_parquet('{path}') GROUP BY ALL"  # noqa: S608, E501
                ).fetchall()


def pandas_(path: Path) -> None:
    """Count the same levels by the same groups with pandas, read through DuckDB."""
    names, asked = wanted()
    places = {name: f"c{at}" for at, name in enumerate(names)}
    by = [places[name] for name in asked.groupings[0]]
    with duckdb.connect(":memory:") as connection:
        frame = connection.execute(f"SELECT * FROM read_parquet('{path}')").df()  # noqa: S608
    for name in names:
        if name.startswith(("staff.", "overall", "mati_lang", "mati_channel")):
            frame.groupby([*by, places[name]], dropna=False).size()


def start(path: Path) -> None:
    """Do nothing but start: what every other way needs as well."""


WAYS = {"ours": ours, "plain": plain, "pandas": pandas_, "start": start}


def measured(way: str, path: Path) -> tuple[float, float]:
    """Run one way in a process of its own; return CPU seconds and MiB above a bare start."""
    command = [sys.executable, __file__, way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def main() -> int:
    """Measure everything; return the exit status."""
    over = False
    with tempfile.TemporaryDirectory() as folder:
        for number, seconds_limit, memory_limit in ((1, 1.5, 250), (10, 12, 250)):
            path = Path(folder) / f"{number}.parquet"
            fill(path, number * MILLION)
            bare = measured("start", path)[1]
            seconds, memory = measured("ours", path)
            high = seconds > seconds_limit or memory - bare > memory_limit
            over |= high
            sys.stdout.write(
                f"{number:2} million answers, DuckDB: {seconds:6.2f} s CPU "
                f"(limit {seconds_limit}), {memory - bare:4.0f} MiB more (limit {memory_limit})"
                f"{'   OVER' if high else ''}\n"
            )
            for other in ("plain", "pandas")[: 2 if number == 1 else 1]:
                time_, held = measured(other, path)
                sys.stdout.write(
                    f"   {other:8} {time_:6.2f} s, {held - bare:5.0f} MiB: ours takes "
                    f"{seconds / time_:.2f} × the time, {(memory - bare) / (held - bare):.2f} × the memory\n"  # noqa: E501
                )
            path.unlink()
    return int(over)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        WAYS[sys.argv[1]](Path(sys.argv[2]))
        sys.stdout.write(f"{used():.2f} {peak():.1f}\n")
    else:
        sys.exit(main())
