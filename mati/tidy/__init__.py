"""A survey's bytes in, the same survey with aligned tables and tidy braces out.

Only what the reader takes for a grid or for properties is touched; everything else stays byte
for byte, and a second time changes nothing. A table or a pair of braces that holds a mistake
waits until that is mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mati.diagnostics import Notebook, Severity
from mati.model import ProjectSettings
from mati.reader import decode, marks
from mati.reader.pieces import Piece
from mati.tidy.braces import in_order
from mati.tidy.tables import aligned

__all__ = ["tidy"]

_MARK = b"\xef\xbb\xbf"
_END = re.compile(r"(\r\n|\r|\n)")


def tidy(path: str, data: bytes, project: ProjectSettings, notes: Notebook) -> bytes:
    """Return ``data`` with its tables aligned and its braces in order.

    ``notes`` takes the mistakes that are in the way; bytes that are no text come back as they are.
    """
    source = decode(path, data, notes)
    if source is None:
        return data
    met = Notebook()
    found = marks(source, project, met)
    below = (note for note in met if note.span.line >= found.first)
    mistakes = [note for note in below if note.severity is Severity.ERROR]
    notes.extend(mistakes)
    wrong = {note.span.line for note in mistakes}
    mark = _MARK if data.startswith(_MARK) else b""
    parts = _END.split(data[len(mark) :].decode("utf-8"))
    written, ends = parts[::2], [*parts[1::2], ""]
    lines = list(written)
    for piece in sorted(set(found.braces), key=lambda one: (one.line, -one.column)):
        if piece.line not in wrong:
            _order(lines, piece)
    for grid in found.grids:
        if not wrong.intersection(piece.line for piece in grid) and _stand(written, grid):
            _align(lines, grid)
    text = "".join(line + end for line, end in zip(lines, ends, strict=True))
    return mark + text.encode("utf-8")


def _order(lines: list[str], piece: Piece) -> None:
    """Put one pair of braces in order, where it stands in the file as it was read."""
    line, start = lines[piece.line - 1], piece.column - 1
    end = start + len(piece.text)
    if line[start - 1 : end + 1] == f"{{{piece.text}}}":
        lines[piece.line - 1] = line[:start] + in_order(piece) + line[end:]


def _stand(written: Sequence[str], grid: Sequence[Piece]) -> bool:
    """Tell whether a table stands in the file as it was read: no comment lies between."""
    return all(written[row.line - 1].rstrip() == row.text.rstrip() for row in grid)


def _align(lines: list[str], grid: Sequence[Piece]) -> None:
    numbers = [row.line - 1 for row in grid]
    rows = aligned([lines[number] for number in numbers])
    for number, row in zip(numbers, rows, strict=True):
        lines[number] = row
