"""Items by segment in, a table of them out whose fields say what stands out."""

from __future__ import annotations

from dataclasses import dataclass

from mati.boards import Value, heat_of, label_of, value_of
from mati.model import Groups, Segment, Survey, Text, Trace

__all__ = ["Board", "Cell", "Column", "Row", "Segments", "Table", "board"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One group: its code, and its words where the survey has some; ``rest``: small ones
    together.
    """

    code: str = ""
    label: Text | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a group answered, how high that is (0 … 4), and whether it likely differs."""

    column: Column
    value: Value
    heat: int
    verdict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item; a cell is None where the group stands in the last column with others."""

    label: Text
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All items by one segment: ``name`` is its column, ``label`` its words."""

    name: str
    label: Text | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def clear(self) -> bool:
        """Whether a group likely differs from the others in anything."""
        return any(cell.verdict for row in self.rows for cell in row.cells if cell is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """A table for each segment."""

    tables: tuple[Table, ...]
    board: str = "segments"

    @property
    def joined(self) -> bool:
        """Whether small groups stand together in some table."""
        return any(column.rest for table in self.tables for column in table.columns)


def _words(survey: Survey, column: str) -> tuple[Text | None, dict[str, Text | None]]:
    """Return what a segment is called, and its values."""
    name = column.removeprefix("mati_hidden.")
    for field in survey.settings.hidden:
        if field.name == name and name != column:
            return field.label, dict(field.values)
    for question in survey.questions:
        values: dict[str, Text | None] = {o.code: o.label for o in question.options}
        if column == question.id:
            return question.label, values
        for row in question.rows:
            if column == f"{question.id}.{row.id}":
                return row.label, values
    return None, {}


def _row(trace: Trace, columns: tuple[Column, ...], segment: Segment, label: Text) -> Row:
    alone = {part.codes[0]: part for part in trace.parts if not part.rest}
    rest = next((part for part in trace.parts if part.rest), None)
    verdicts = {c.now.codes: c.verdict for c in segment.changes if c.item == trace.item}

    def cell(column: Column) -> Cell | None:
        part = rest if column.rest else alone.get(column.code)
        if part is None:
            return None
        return Cell(
            column=column,
            value=value_of(part),
            heat=heat_of(part),
            verdict=0 if column.rest else verdicts.get(part.codes, 0),
        )

    return Row(label=label, cells=tuple(map(cell, columns)))


def _table(survey: Survey, segment: Segment) -> Table:
    label, words = _words(survey, segment.column)
    used = {code for t in segment.traces for p in t.parts if not p.rest for code in p.codes}
    columns = tuple(
        Column(code=code, label=words.get(code)) for code in segment.codes if code in used
    )
    if any(part.rest for trace in segment.traces for part in trace.parts):
        columns = (*columns, Column(rest=True))
    rows = tuple(
        _row(trace, columns, segment, label_of(survey, trace.item)) for trace in segment.traces
    )
    return Table(name=segment.column, label=label, columns=columns, rows=rows)


class Board:
    """Every rated item by each of the segments that the author wants."""

    name = "segments"

    def view(self, survey: Survey, found: Groups) -> Segments | None:
        """Return a table for each segment; None without any."""
        tables = tuple(_table(survey, segment) for segment in found.segments)
        return Segments(tables=tables) if tables else None


board = Board()
