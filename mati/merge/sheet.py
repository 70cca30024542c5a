"""Texts with their translations in, rows of a spreadsheet out; and what came back of them in.

A row is found by its context and its source, never by its place, so that rows may be sorted,
left out or sent in parts. A text of a template or a command has no context: its domain stands in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mati.catalog import Catalog, Message, faults
from mati.diagnostics import Code, Notebook, Severity, Span
from mati.merge.extract import Unit
from mati.reader import decode
from mati.spreadsheet import unguarded

__all__ = ["COLUMNS", "STATES", "Row", "decode_sheet", "read_rows", "rows_of", "taken"]

COLUMNS = ("context", "source", "translation", "note", "state")
STATES = ("translated", "outdated", "missing")
_NEEDED = COLUMNS[:3]
_FORM = re.compile(r"(.*)\[(\d)\]")
_ASKED = 3
"""So many question marks more than in the source are no question any more."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What the own files of Excel and LibreOffice begin with."""
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

Place = tuple[str, str]
"""What a row is found by: its context (or domain) and its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that came back, and the line of the file it begins on."""

    context: str
    source: str
    translation: str
    state: str
    line: int


def _place(domain: str, unit: Unit) -> Place:
    return unit.context or domain, unit.msgid


def _state(message: Message | None) -> str:
    if message is None or not message.string:
        return "missing"
    return "outdated" if message.fuzzy else "translated"


def rows_of(
    domain: str, units: Iterable[Unit], catalog: Catalog, before: str = "{text}"
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each text; of a plural one for each form, its context with ``[number]``.

    ``before`` is how the old wording of an outdated translation is told in the note.
    """
    for unit in units:
        found = catalog.find(unit.context, unit.msgid)
        context, source = _place(domain, unit)
        told = [*unit.notes, *(found.comments if found else ())]
        if found and found.fuzzy and found.previous:
            told.append(before.format(text=found.previous))
        note, state = "\n".join(filter(None, told)), _state(found)
        if found is None or not found.plural:
            yield context, source, found.string if found else "", note, state
            continue
        for number, string in enumerate(found.strings):
            shown = found.plural if number else source
            yield f"{context}[{number}]", shown, string, note, state


def decode_sheet(name: str, data: bytes, notes: Notebook) -> str | None:
    """Return the text of a sheet: UTF-8, or UTF-16 with its mark, as Excel's "Unicode text" is.

    None where it is neither, and ``notes`` say what it is.
    """
    if data.startswith(_WORKBOOKS):
        notes.note(Code.SHEET_UNREADABLE, Span(name))
        return None
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.removeprefix(mark).decode(encoding)
            except UnicodeDecodeError:
                notes.note(Code.SHEET_UNREADABLE, Span(name))
                return None
            data = text.encode("utf-8")
            break
    found = decode(name, data, notes)
    return found.text if found else None


def read_rows(name: str, text: str, notes: Notebook) -> tuple[Row, ...]:
    """Read a sheet as any spreadsheet saves it: commas, semicolons or tabs, told or not."""
    lines = [line + "\n" for line in text.split("\n")]
    told = re.fullmatch(r"\s*\"?sep=([,;|\t])\"?[ \r\n]*", lines[0], re.IGNORECASE)
    skipped = 1 if told else 0
    head = lines[skipped] if len(lines) > skipped else ""
    sign = told[1] if told else max(",;\t", key=head.count)
    reader = csv.reader(lines[skipped:], delimiter=sign, strict=True)
    found: list[Row] = []
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        missing = [column for column in _NEEDED if column not in names]
        for column in missing:
            notes.note(Code.SHEET_NO_COLUMN, Span(name, 1 + skipped), name=column)
        line = reader.line_num + skipped + 1
        for cells in () if missing else reader:
            if any(cell.strip() for cell in cells):
                if len(cells) <= max(map(names.index, _NEEDED)) or any(cells[len(names) :]):
                    notes.note(Code.SHEET_UNREADABLE, Span(name, line))
                else:
                    found.append(_row(dict(zip(names, cells, strict=False)), line))
            line = reader.line_num + skipped + 1
    except csv.Error:
        notes.note(Code.SHEET_UNREADABLE, Span(name, max(1, reader.line_num) + skipped))
    return tuple(found)


def _row(cells: Mapping[str, str], line: int) -> Row:
    return Row(
        context=unguarded(cells["context"].strip(), exact=True),
        source=unguarded(cells["source"], exact=True),
        translation=unguarded(cells["translation"], exact=True),
        state=cells.get("state", "").strip().lower(),
        line=line,
    )


def taken(
    name: str,
    rows: Sequence[Row],
    domains: Mapping[str, Sequence[Unit]],
    catalogs: Mapping[str, Catalog],
    notes: Notebook,
) -> dict[str, Catalog]:
    """Return the catalogues that ``rows`` change, changed, by their domains.

    Each row that cannot be taken is in ``notes``, at its line in the file ``name``. An empty
    translation takes nothing back, and what no row names stays as it is.
    """
    desk = _Desk(name, domains, catalogs, notes)
    changed: dict[str, dict[Place, Message]] = {}
    for row in rows:
        found = desk.text_of(row)
        if found is None:
            continue
        domain, unit, number = found
        if domain not in changed:
            changed[domain] = dict(catalogs[domain].messages)
        messages = changed[domain]
        key = unit.context, unit.msgid
        old = messages.get(key, Message(*key, ("",)))
        if not desk.is_good(row, old):
            continue
        new = _changed(old, number, row)
        if new != old:
            desk.check(row, unit)
            messages[key] = new
    return {
        domain: replace(catalogs[domain], messages=messages)
        for domain, messages in changed.items()
        if messages != catalogs[domain].messages
    }


class _Desk:
    """What rows are held against: the texts there are, and the rows met before."""

    def __init__(
        self,
        name: str,
        domains: Mapping[str, Sequence[Unit]],
        catalogs: Mapping[str, Catalog],
        notes: Notebook,
    ) -> None:
        self._name, self._catalogs, self._notes = name, catalogs, notes
        self._known: dict[Place, tuple[str, Unit]] = {}
        self._there: dict[str, tuple[str, Unit]] = {}
        self._met: dict[Place, Row] = {}
        for domain, units in domains.items():
            for unit in units:
                self._known[_place(domain, unit)] = domain, unit
                if unit.context:
                    self._there.setdefault(unit.context, (domain, unit))

    def _note(self, code: Code, row: Row, **values: str) -> None:
        span = Span(self._name, row.line)
        self._notes.note(code, span, severity=None, name=row.context or row.source, **values)

    def text_of(self, row: Row) -> tuple[str, Unit, int] | None:
        """Return the domain and the text of a row, and which form of a plural it is.

        None where there is no such text, which is noted.
        """
        match = _FORM.fullmatch(row.context)
        context, number = (match[1], int(match[2])) if match else (row.context, 0)
        found = self._known.get((context, row.source))
        there = self._there.get(context)
        if found is None and there is not None and number:
            old = self._catalogs[there[0]].find(context, there[1].msgid)
            found = there if old is not None and old.plural == row.source else None
        if found is not None:
            return *found, number
        if _lost(row.source, ""):
            self._note(Code.SHEET_LETTERS_LOST, row, text=row.source)
        elif there is not None:
            self._note(Code.SHEET_SOURCE_CHANGED, row, text=row.source, now=there[1].msgid)
        else:
            self._note(Code.SHEET_TEXT_UNKNOWN, row)
        return None

    def is_good(self, row: Row, old: Message) -> bool:
        """Tell whether a row says what it means, and only once."""
        first = self._met.setdefault((row.context, row.source), row)
        if (first.translation, first.state) != (row.translation, row.state):
            self._note(Code.SHEET_TEXT_TWICE, row, first=str(first.line))
        elif row.state and row.state not in STATES:
            self._note(Code.SHEET_STATE, row, text=row.state, offer=", ".join(STATES))
        elif _lost(row.translation, old.msgid) or row.translation in filter(
            None, map(_asked, old.strings)
        ):
            self._note(Code.SHEET_LETTERS_LOST, row, text=row.translation)
        else:
            return True
        return False

    def check(self, row: Row, unit: Unit) -> None:
        """Note what forbids showing a new translation: here is the place to mend it."""
        for fault in faults(unit.msgid, row.translation, rich=unit.rich):
            self._notes.note(
                fault.code,
                Span(self._name, row.line),
                severity=Severity.ERROR,
                context=row.context,
                text=fault.text,
                offer=fault.offer,
            )


def _changed(old: Message, number: int, row: Row) -> Message:
    """Return an entry with what a row says; itself where that is nothing new."""
    strings = list(old.strings or ("",))
    number = min(number, len(strings) - 1)
    if not row.translation.strip():
        return old
    fresh = strings[number] != row.translation
    strings[number] = row.translation
    done = old.fuzzy and (fresh or row.state == "translated")
    doubted = not fresh and row.state == "outdated" and not old.fuzzy
    if doubted:
        return old._replace(flags=("fuzzy", *old.flags))
    if not done:
        return old._replace(strings=tuple(strings))
    flags = tuple(flag for flag in old.flags if flag != "fuzzy")
    return old._replace(
        strings=tuple(strings), flags=flags, previous="", previous_context="", previous_plural=""
    )


def _lost(text: str, source: str) -> bool:
    """Tell whether letters became question marks or the signs of another encoding.

    A program that knows no Khmer or Lao writes ``?????``, one that takes UTF-8 for Windows-1252
    writes ``áž€`` for each letter.
    """
    asked = text.count("?") - source.count("?")
    letters = [char for char in text if not char.isspace()]
    if asked >= _ASKED and text.count("?") * 2 >= len(letters):
        return True
    if text.isascii():
        return False
    try:
        return not b"".join(map(_western, text)).decode("utf-8").isascii()
    except UnicodeError:
        return False


def _asked(text: str) -> str:
    """Return what is left of a text where every letter that Windows-1252 lacks became ``?``."""
    left = text.encode("cp1252", "replace").decode("cp1252")
    return left if left != text else ""


def _western(char: str) -> bytes:
    """Return a character as the byte of Windows-1252 that it was taken for."""
    return char.encode("latin-1") if char < "\u0100" else char.encode("cp1252")
