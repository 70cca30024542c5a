"""A table whose heading cells carry codes in, the columns and rows of a grid out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mati.diagnostics import Code
from mati.model import Block, Option, Row, Text
from mati.reader.attributes import identifier, split
from mati.reader.brackets import Codes, bracket
from mati.reader.choices import names_scale, note_strays, note_unknown_scale, shared_options
from mati.reader.drafts import Answers
from mati.reader.naming import short
from mati.reader.pieces import CODE, ID, Names, Piece, Reading, given_ids
from mati.reader.slips import parted
from mati.reader.words import make_text

__all__ = ["TableRow", "cells_of", "is_rule", "is_table", "read_matrix"]

_RULE_CELL = re.compile(r":?-+:?")
_NA = re.compile(r"\{\s*+na\s*+\}")
_MOST_COLUMNS = 40
_MOST_CELLS = 100
_EMPTY = frozenset({"", "( )", "()", "[ ]", "[]", "○", "◯", "☐", "o", "O"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table with the author's word to translators."""

    line: Piece
    note: str = ""


def is_table(text: str) -> bool:
    """Tell whether a line belongs to a table by itself."""
    return text.lstrip().startswith("|")


def is_rule(text: str) -> bool:
    """Tell whether a line is the rule below a table's heading."""
    if "-" not in text or "|" not in text or text.strip(" \t|:-"):
        return False
    cells = (cell.strip() for cell in text.strip().strip("|").split("|"))
    return all(_RULE_CELL.fullmatch(cell) for cell in cells)


def cells_of(piece: Piece) -> list[Piece]:
    """Part a line at each ``|`` that no backslash guards."""
    piece = piece.strip()
    text = piece.text
    start = 1 if text.startswith("|") else 0
    found: list[Piece] = []
    position = start
    while len(found) < _MOST_CELLS and (end := text.find("|", position)) >= 0:
        position = end + 1
        if end and text[end - 1] == "\\":
            continue
        found.append(piece.cut(start, end).strip())
        start = position
    if text[start:].strip() or not found:
        found.append(piece.cut(start).strip())
    return found


def _plain(piece: Piece) -> Piece:
    """Return a cell with its guarded bars as they are meant."""
    return Piece(piece.text.replace("\\|", "|"), piece.line, piece.column)


def read_matrix(reading: Reading, context: str, table: list[TableRow]) -> Answers:
    """Read a table as a grid."""
    line = table[0].line.line
    broken = Answers(block=Block.MATRIX, line=line, broken=True)
    heading = cells_of(table[0].line)
    if len(heading) - 1 > _MOST_COLUMNS:
        count = max(len(heading) - 1, table[0].line.text.count("|") - 2)
        reading.note(Code.TOO_MANY_COLUMNS, table[0].line, cells=count)
        return broken
    if not heading[1:]:
        reading.note(Code.COLUMN_WITHOUT_CODE, heading[0], text=heading[0].text[:60], offer="(5) …")
        return broken
    columns, several = _columns(reading, context, heading[1:], table[0].note)
    if columns is None:
        return broken
    body = table[1:]
    if body and is_rule(body[0].line.text):
        rule = len(cells_of(body[0].line))
        if rule != len(heading):
            place = body[0].line.strip()
            reading.note(Code.RULE_LINE_DIFFERS, place, cells=rule, heading=len(heading))
        body = body[1:]
    else:
        example = "|" + "---|" * len(heading)
        reading.note(Code.NO_RULE_LINE, table[0].line.strip(), example=example)
    rows = _Rows(reading, context, len(heading)).read(body)
    if not body:
        reading.note(Code.NO_ROWS, table[0].line.strip())
    return Answers(
        block=Block.MATRIX,
        line=line,
        options=columns,
        rows=rows,
        several=several,
        corner=_corner(reading, context, heading, table[0].note),
        broken=not rows or not columns,
    )


def _corner(reading: Reading, context: str, heading: list[Piece], note: str) -> Text | None:
    corner = _plain(heading[0])
    return make_text(reading, f"{context}.corner", corner, note) if corner.text else None


def _columns(
    reading: Reading, context: str, cells: list[Piece], note: str
) -> tuple[tuple[Option, ...] | None, bool]:
    codes = Codes(reading)
    if not any(bracket(cell) for cell in cells):
        _note_bare(reading, cells[0], codes)
        return None, False
    codes.expect(map(bracket, cells))
    named = names_scale(bracket(cells[0]))
    scale = shared_options(reading, named, codes) if named else None
    if named and scale is None and len(cells) == 1:
        note_unknown_scale(reading, named)
        return None, False
    own = cells
    if named and scale is not None:
        codes.opening = cells[0].text[0]
        own = [cell for cell in cells[1:] if _NA.search(cell.text)]
        note_strays(reading, named, [cell for cell in cells[1:] if cell not in own])
    bare = [cell for cell in own if bracket(cell) is None]
    if bare:
        _note_bare(reading, bare[0], codes)
    columns = (_column(reading, context, cell, codes, note) for cell in own)
    kept = (*(scale or ()), *(column for column in columns if column))
    return kept, codes.opening == "["


def _note_bare(reading: Reading, cell: Piece, codes: Codes) -> None:
    """Say that a column has no code, once: the others are written in the same way."""
    code, words = parted(cell.text)
    code = code or codes.offer(cell.text, f"a{len(codes.seen) + 1}")
    offer = f"({code}) {words[:60]}"
    reading.note(Code.COLUMN_WITHOUT_CODE, cell, text=cell.text[:60], offer=offer)


def _column(reading: Reading, context: str, cell: Piece, codes: Codes, note: str) -> Option | None:
    found = bracket(cell)
    if found is None:
        return None
    words, properties = split(reading, found.rest)
    words = _plain(words)
    for name, item in properties.items.items():
        if name != "na":
            reading.note(Code.PROPERTY_NOT_HERE, item.name, name=name, known="na")
    code = codes.take(found, words.text)
    if code and not words.text:
        reading.note(Code.ANSWER_WITHOUT_TEXT, found.inside, code=code)
    if not code or not words.text:
        return None
    return Option(
        code=code,
        label=make_text(reading, f"{context}.option.{code}", words, note),
        span=reading.span(cell),
        na="na" in properties.items,
    )


@dataclass(slots=True)
class _Rows:
    """Reads the rows of one table."""

    reading: Reading
    context: str
    width: int
    names: Names = field(default_factory=Names)

    def read(self, body: list[TableRow]) -> tuple[Row, ...]:
        """Return the rows; what is wrong with one does not hide the others."""
        seen: dict[str, int] = {}
        kept: list[Row] = []
        self.names.taken.update(given_ids(row.line.text for row in body))
        for number, row in enumerate(body, 1):
            found = self._row(row, number)
            if found is None:
                continue
            if found.id in seen:
                place = cells_of(row.line)[0]
                self.reading.note(Code.ID_TWICE, place, id=found.id, first=seen[found.id])
                continue
            seen[found.id] = row.line.line
            kept.append(found)
        return tuple(kept)

    def _row(self, row: TableRow, number: int) -> Row | None:
        cells = cells_of(row.line)
        self._check_cells(row.line, cells)
        words, properties = split(self.reading, cells[0])
        words = _plain(words)
        for name, item in properties.items.items():
            self.reading.note(Code.PROPERTY_NOT_HERE, item.name, name=name, known="#id")
        if not words.text:
            self.reading.note(Code.ROW_WITHOUT_TEXT, row.line.strip())
            return None
        if properties.id is None:
            name = self._name(words, number)
        else:
            name = identifier(self.reading, properties.id, f"r{number}", wire=False)
        label = make_text(self.reading, f"{self.context}.row.{name}", words, row.note)
        return Row(id=name, label=label, span=self.reading.span(words))

    def _name(self, words: Piece, number: int) -> str:
        """Return a name for a row that has none, and say how to give it one."""
        code = bracket(words)
        before = code.inside.text if code and code.is_code and code.opening == "(" else ""
        if code and code.rest.text and CODE.fullmatch(before):
            wanted = before.lower() if ID.fullmatch(before.lower()) else short(code.rest.text, "")
            name = self.names.free(wanted or f"r{number}")
            offer = f"{code.rest.text[:60]} {{#{name}}}"
            self.reading.note(Code.CODE_BEFORE_ROW, words, code=before, offer=offer)
            return name
        name = self.names.free(short(words.text, f"r{number}"))
        self.reading.note(Code.NO_ID, words, text=words.text[:60], offer=name)
        return name

    def _check_cells(self, line: Piece, cells: list[Piece]) -> None:
        count = len(cells)
        if count > self.width:
            place = cells[self.width]
            self.reading.note(Code.TOO_MANY_CELLS, place, cells=count, heading=self.width)
            return
        if count < self.width:
            place = line.strip()
            self.reading.note(Code.MISSING_CELL, place, cells=count, heading=self.width)
            return
        for cell in cells[1:]:
            if cell.text not in _EMPTY:
                self.reading.note(Code.TEXT_IN_CELL, cell, text=cell.text[:60])
