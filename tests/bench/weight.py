"""Measure what a form weighs on the wire: each language, with and without script.

Run by ``make bench`` or alone: ``python tests/bench/weight.py``. Bytes after gzip, next to the
limits and to the bare HTML of the same form in the same run: the ratio is what style, script
and head cost. Exits 1 when a limit is broken.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from formsite import sample_forms  # noqa: E402 - found just above

LIMITS = {"with script": 7500, "without": 5500}


def packed(text: str) -> int:
    """Return the bytes of ``text`` after gzip -9."""
    return len(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def bare(page: str) -> str:
    """Return the page without style, script and everything that only they need."""
    page = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(meta|link) (?!charset|name=\"viewport)[^>]*>\n?", "", page)
    return re.sub(r" (class|data-[a-z]+)(=(\"[^\"]*\"|'[^']*'))?(?=[ >])", "", page)


def main() -> int:
    """Print the table; return 1 when a limit is broken."""
    broken = False
    sys.stdout.write("Weight of the sample form      raw    gzip   limit   times bare HTML\n")
    for label, limit in LIMITS.items():
        for code, page in sample_forms(script=label == "with script").items():
            weight, least = packed(page), packed(bare(page))
            broken |= weight > limit
            raw = len(page.encode("utf-8"))
            figures = f"{raw:>11}{weight:>8}{limit:>8}{weight / least:>10.2f}"
            sys.stdout.write(f"  {code}  {label:<18}{figures}\n")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
