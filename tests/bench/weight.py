"""Pages in, their bytes on the wire out: gzip -9 and brotli 11, beside the bare HTML and peers.

The bare HTML is our own page without style, script and what only they need: the least that the
same form can weigh. Bodies only, for headers are the server's.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping

import brotli
from peers import Peer
from sheet import Sheet

__all__ = ["bare", "weigh", "weigh_peers"]

LIMITS = {"with script": (7500, 6500), "without script": (5500, 4500)}


def bare(page: str) -> str:
    """Return the page without style, script and everything that only they need."""
    page = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(meta|link) (?!charset|name=\"viewport|rel=\"icon)[^>]*>\n?", "", page)
    return re.sub(r" (class|data-[a-z]+)(=(\"[^\"]*\"|'[^']*'))?(?=[ >])", "", page)


def _gzip(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def _brotli(content: bytes) -> int:
    return len(brotli.compress(content, quality=11))


def weigh(sheet: Sheet, forms: Mapping[str, Mapping[str, str]]) -> None:
    """Print what our pages weigh: with and without script, then by language."""
    sheet.head("Weight in bytes", "requests", "raw", "gzip", "brotli", "x bare")
    for label, (most_gzip, most_brotli) in LIMITS.items():
        for code, page in forms[label].items():
            name = f"Mati {code}, {label}"
            content, least = page.encode("utf-8"), bare(page).encode("utf-8")
            times = _gzip(content) / _gzip(least)
            sheet.row(
                name, 1, len(content),
                sheet.held(f"{name}, gzip", _gzip(content), most_gzip),
                sheet.held(f"{name}, brotli", _brotli(content), most_brotli),
                f"{times:.2f}",
            )  # fmt: skip
        sheet.row("  limit", 1, "", most_gzip, most_brotli)
    for code, page in forms["without script"].items():
        least = bare(page).encode("utf-8")
        sheet.row(f"bare HTML {code}", 1, len(least), _gzip(least), _brotli(least), "1.00")


def weigh_peers(sheet: Sheet, peers: Iterable[Peer], page: str) -> None:
    """Print what the peers' pages weigh, beside the bare HTML of our page in their language."""
    least = _gzip(bare(page).encode("utf-8"))
    for peer in peers:
        files = peer.files.values()
        total = sum(map(_gzip, files))
        times = f"{total / least:.2f}"
        raw = sum(map(len, files))
        sheet.row(
            peer.name, len(files), raw, total, sum(map(_brotli, files)), times, note=peer.note
        )
