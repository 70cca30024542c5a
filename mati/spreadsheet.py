"""Rows in, a table as spreadsheets read it out: in any script, and with nothing that runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

__all__ = ["table", "unguarded"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection)."""
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .()-]*(?:e[+-]?[0-9]+)?")
"""Numbers, also those of telephones: no formula, whatever they begin with."""


_REMADE = re.compile(
    r"[+-]?[$€£¥]?[0-9][0-9.,:/ -]*(?:e[+-]?[0-9]+|%|[ap]m)?|true|false"
    r"|(?=.*[0-9])(?:[0-9]{1,4}[ /.-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"[ /.,-]*[0-9]{0,4}",
    re.IGNORECASE | re.ASCII,
)
"""What a spreadsheet takes for a number, a share, a day or an hour, and writes in its own way."""
_KEPT = re.compile("0|[1-9][0-9]{0,14}")
"""Numbers that stay as they are."""


def _guarded(text: str, *, exact: bool = False) -> str:
    """Keep a spreadsheet from running a cell; numbers stay numbers, unless ``exact``."""
    runs = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    remade = exact and _REMADE.fullmatch(text) and not _KEPT.fullmatch(text)
    if not (runs or remade) and text.startswith("'"):  # else it would be taken off again
        runs = _guarded(text[1:], exact=exact) != text[1:]
    return f"'{text}" if runs or remade else text


def unguarded(cell: str, *, exact: bool = False) -> str:
    """Return what stood in a cell of ``table``."""
    plain = cell.removeprefix("'")
    return plain if plain != cell and _guarded(plain, exact=exact) == cell else cell


class _Lines:
    """What ``csv.writer`` writes to: a list of lines, no file."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Take one line."""
        self.lines.append(line)


def table(rows: Iterable[Sequence[str]], *, exact: bool = False) -> str:
    """Return rows as CSV (RFC 4180), the first of them the head.

    With a byte-order mark and CRLF, without which spreadsheets misread Khmer and Lao. ``exact``:
    every cell is wording, so a spreadsheet must not make 1/2 a day or 007 a number.
    """
    made = _Lines()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([_guarded(cell, exact=exact) for cell in row] for row in rows)
    return "\ufeff" + "".join(made.lines)
