"""The lines of a table in, the same lines with every bar below the one above out."""

from __future__ import annotations

from collections.abc import Sequence

from mati.reader.matrix import cells_of, is_rule
from mati.reader.pieces import Piece
from mati.width import cells

__all__ = ["aligned"]

_WIDEST = 100
"""Cells that a column is padded to at most: one long row must not make all others long."""
_NARROWEST = 3


def aligned(lines: Sequence[str]) -> list[str]:
    """Return the lines of a table aligned; a row with more or fewer cells stays as it is."""
    table = [_parted(line) for line in lines]
    rule = next(
        (row for line, row in zip(lines[1:2], table[1:2], strict=True) if is_rule(line)), []
    )
    count = len(table[0])
    even = [row for row in table if len(row) == count and row is not rule]
    widths = [_width([row[column] for row in even]) for column in range(count)]
    sides = [_side(cell) for cell in rule] or [""] * count
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    kept = []
    for line, row in zip(lines, table, strict=True):
        if len(row) != count:
            kept.append(line)
        elif row is rule:
            kept.append(f"{indent}|{'|'.join(map(_dashes, rule, widths))}|")
        else:
            kept.append(f"{indent}| {' | '.join(map(_padded, row, widths, sides))} |")
    return kept


def _parted(line: str) -> list[str]:
    return [cell.text for cell in cells_of(Piece(line, 1, 1))]


def _width(column: Sequence[str]) -> int:
    return min(_WIDEST, max(_NARROWEST, *map(cells, column)))


def _side(rule: str) -> str:
    """Return which ends of a rule's cell carry a colon."""
    return (":" if rule.startswith(":") else "") + ("." if rule.endswith(":") else "")


def _dashes(rule: str, width: int) -> str:
    first = ":" if rule.startswith(":") else "-"
    last = ":" if rule.endswith(":") else "-"
    return first + "-" * width + last


def _padded(text: str, width: int, side: str) -> str:
    """Fill a cell up, on the side its rule says."""
    blanks = max(0, width - cells(text))
    before = {":.": blanks // 2, ".": blanks}.get(side, 0)
    return " " * before + text + " " * (blanks - before)
