"""Addresses in, Lighthouse's four scores out: a phone, its simulated slow fourth-generation net.

A score for performance on a shared computer can only be too low: each page is measured until it
has 100 four times, three times at most, and its best run counts, for ours and peers alike.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from node_packages import packages
from sheet import Sheet

__all__ = ["score"]

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BEST = 100
TRIES = 3
ENOUGH = 180


def _run(cli: Path, chromium: str, url: str) -> list[int]:
    command = [
        "node", str(cli), url, "--quiet", "--output=json", "--no-enable-error-reporting",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(
        command, env=environment, capture_output=True, check=False, timeout=ENOUGH
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OSError(said[-1] if said else "Lighthouse ended without a word")
    found = json.loads(done.stdout)["categories"]
    return [round(BEST * (found[name]["score"] or 0)) for name in CATEGORIES]


def score(sheet: Sheet, chromium: str, pages: Mapping[str, str], ours: frozenset[str]) -> None:
    """Print the scores of ``pages``, name to address; raises ``NotHere`` without Lighthouse."""
    cli = packages("peers") / "lighthouse" / "cli" / "index.js"
    sheet.head("Lighthouse, phone", "perform.", "access.", "practices", "seo", "runs")
    for name, url in pages.items():
        best: list[int] = []
        runs = 0
        while runs < TRIES and sum(best) < BEST * len(CATEGORIES):
            try:
                best = max(best, _run(cli, chromium, url), key=sum)
            except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
                sheet.skip(name, problem)
                break
            runs += 1
        if not best:
            continue
        cells: list[object] = list(best)
        if name in ours:
            cells = [
                sheet.least(f"{name}, {category}", figure, BEST)
                for category, figure in zip(CATEGORIES, best, strict=True)
            ]
        sheet.row(name, *cells, runs)
    sheet.row("  limit for ours", *[BEST] * len(CATEGORIES))
