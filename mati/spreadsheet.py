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


def _guarded(text: str) -> str:
    """Keep a spreadsheet from running a cell; numbers stay numbers."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return what stood in a cell of ``table``."""
    plain = cell.removeprefix("'")
    return plain if plain != cell and _guarded(plain) == cell else cell


class _Lines:
    """What ``csv.writer`` writes to: a list of lines, no file."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Take one line."""
        self.lines.append(line)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV (RFC 4180), the first of them the head.

    With a byte-order mark and CRLF, without which spreadsheets misread Khmer and Lao.
    """
    made = _Lines()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return "\ufeff" + "".join(made.lines)
