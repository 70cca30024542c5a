"""Measure building and the weight of pages; prints two small tables.

A project with copies of the sample survey is built in a temporary folder: from nothing, with
nothing changed, and after one edit. Each is the best of several runs, as a process of its own,
start of Python included. Numbers depend on the computer; compare them on one.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "customer-service"


def _copy_project(folder: Path, surveys: int) -> None:
    """Fill ``folder`` with a project of so many copies of the sample survey."""
    (folder / "content").mkdir()
    shutil.copy(ROOT / "mati.yaml", folder)
    names = [SAMPLE, *(f"{SAMPLE}-{number}" for number in range(2, surveys + 1))]
    for name in names:
        shutil.copy(ROOT / "content" / f"{SAMPLE}.md", folder / "content" / f"{name}.md")
    for language in (path for path in (ROOT / "locales").iterdir() if path.is_dir()):
        target = folder / "locales" / language.name
        target.mkdir(parents=True)
        for catalog in language.glob("*.po"):
            if catalog.stem != SAMPLE:
                shutil.copy(catalog, target)
                continue
            text = catalog.read_text("utf-8")
            for name in names:
                spelled = text.replace(f'msgctxt "{SAMPLE}.', f'msgctxt "{name}.')
                (target / f"{name}.po").write_text(spelled, "utf-8")


def _build(folder: Path) -> float:
    """Build the project; return the seconds it took, the start of Python included."""
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(folder), "build"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return seconds


def _best(rounds: int, folder: Path, before: Callable[[], None]) -> float:
    def measured() -> Iterator[float]:
        for _ in range(rounds):
            before()
            yield _build(folder)

    return min(measured())


def _measure(folder: Path, rounds: int) -> Iterator[tuple[str, float]]:
    def empty() -> None:
        shutil.rmtree(folder / "site", ignore_errors=True)
        shutil.rmtree(folder / ".mati", ignore_errors=True)

    def edit() -> None:
        path = folder / "content" / f"{SAMPLE}.md"
        path.write_text(path.read_text("utf-8") + "\nThank you.\n", "utf-8")

    yield "from nothing", _best(rounds, folder, empty)
    yield "nothing changed", _best(rounds, folder, lambda: None)
    yield "one survey edited", _best(rounds, folder, edit)


def _pages(site: Path) -> Iterator[tuple[str, int, int]]:
    """Go through the pages of the sample survey: path, bytes, bytes after gzip."""
    for path in sorted(site.glob(f"*/{SAMPLE}/**/*.html")):
        content = path.read_bytes()
        yield path.relative_to(site).as_posix(), len(content), len(gzip.compress(content, 9))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure building and the weight of pages.")
    parser.add_argument("--surveys", type=int, default=100, help="copies of the sample survey")
    parser.add_argument("--rounds", type=int, default=3, help="runs per figure, the best counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy_project(folder, options.surveys)
        print(f"Building {options.surveys} surveys, Python {sys.version.split()[0]}, "
              f"{os.cpu_count()} processors")  # fmt: skip
        for label, seconds in _measure(folder, options.rounds):
            print(f"  {label:<20}{seconds * 1000:>8.0f} ms")
        count = sum(1 for _ in (folder / "site").rglob("index.html"))
        print(f"  pages written       {count:>8}")
        print("Weight of a page           bytes     gzip")
        for path, whole, packed in _pages(folder / "site"):
            print(f"  {path:<38}{whole:>7}{packed:>7}")


if __name__ == "__main__":
    main()
