"""The shelf of form services: a name in, the service out. A module here is a service.

A service does no input or output: it says what a form page must hold to post to it, and it
reads the rows it hands out again from text.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any as Json
from typing import Protocol
from urllib.parse import urlsplit

from mati.diagnostics import Code, Notebook, Span
from mati.model import FormTarget, ProjectSettings, RawRow, Survey, join, write_in
from mati.shelf import Shelf

__all__ = ["FormService", "Place", "Rows", "origin", "restore", "services", "tellable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one form page stands: its language, and the site paths of itself and its thanks."""

    language: str
    form: str
    thanks: str


class FormService(Protocol):
    """A form service: a module of ``mati/services/`` that has ``service = Service()``.

    ``status`` says how the record was proven: ``verified`` (against the real thing),
    ``documented`` (from the vendor's pages, named in ``sources``) or ``unverified``.
    ``key``: what must stand after the colon of ``send: name:KEY``, "" when nothing.
    """

    name: str
    status: str
    sources: tuple[str, ...]
    key: str

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return what the form page at ``place`` must hold; None when a diagnostic says why not."""
        ...

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read submissions from an export or a reply of the service; bad rows are diagnostics."""
        ...


services: Shelf[FormService] = Shelf(__name__, __path__, "service")


# --- What services share ---------------------------------------------------------------------

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[::1\])(?::[0-9]{1,5})?")
_URL = re.compile(r"[!#-;=?-\[\]_a-z~]{1,2000}")
"""Printable ASCII without quotes, angle brackets, backslash and what URLs must escape."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def origin(url: str) -> str | None:
    """Return the origin of a URL that answers may be sent to, None when it is not such a URL.

    That is one by HTTPS, or by HTTP to this very machine, without credentials and fragment.
    """
    if not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        fits = parts.port is None or parts.port > 0
    except ValueError:
        return None
    if not plain or not fits or "#" in url or not _HOST.fullmatch(parts.netloc):
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}"


_SPELLED = re.compile(r"([a-z][a-z0-9]*(?:_[a-z0-9]+)*_?)__(?=[a-z0-9])(.+)")
_BOX = re.compile(r"([a-z][a-z0-9_.]*)--([a-z0-9][a-z0-9_-]*)")
_BEHIND = "__text"


def _dotted(name: str) -> str:
    """Undo the spelling of dots as ``__``: no id holds two underscores, so the first pair counts.

    What follows may be the code of a write-in, which may hold any number of them.
    """
    found = _SPELLED.fullmatch(name)
    if found is None:
        return name
    first, rest = found.groups()
    if rest.endswith(_BEHIND) and len(rest) > len(_BEHIND):
        return f"{first}.{rest[: -len(_BEHIND)]}.text"
    return f"{first}.{rest}"


def restore(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Undo ``FormTarget.spell`` and ``FormTarget.option``: wire names again, boxes as codes."""
    found: list[tuple[str, str]] = []
    for name, value in pairs:
        box = _BOX.fullmatch(_dotted_box(name))
        if box and value == "1":
            found.append((box[1], box[2]))
        else:
            found.append((_dotted(name), value))
    return tuple(found)


def _dotted_box(name: str) -> str:
    """Undo the dots of a box's name only before its ``--``: the code behind is as it is."""
    left, mark, right = name.partition("--")
    return _dotted(left) + mark + right


def _names(survey: Survey) -> Iterator[tuple[str, str, Span]]:
    """Go through (wire name, code, place) of all that may be sent; code "" for words."""
    for question in survey.questions:
        for row in question.rows:
            name = join(question.id, row.id)
            yield from ((name, option.code, option.span) for option in question.options)
        for option in question.options:
            yield question.id, option.code, option.span
            if option.write_in:
                yield write_in(question.id, option.code), "", option.span
        for part in question.fields:
            yield join(question.id, part.id), "", part.span


def tellable(survey: Survey, target: FormTarget, notes: Notebook) -> FormTarget | None:
    """Return ``target`` when every answer can be told from the others once it comes back.

    Each name is spelled and read again; one that does not come back as it was is an error.
    """
    lost = False
    for name, code, span in _names(survey):
        sent = target.option(name, code) if code else (target.spell(name), "1")
        if restore([sent]) != ((name, code or "1"),):
            text = f"{name}.{code}" if code else name
            notes.note(Code.NAME_LOST_AT_SERVICE, span, text=text, service=target.service)
            lost = True
    return None if lost else target


Entry = Mapping[str, Json]


@dataclass(slots=True)
class Rows:
    """One export being read: its entries as rows, its faults as diagnostics.

    Nothing is left out without a word. ``service`` stands in the keys it makes up.
    """

    service: str
    path: str
    notes: Notebook
    _same: Counter[str] = field(default_factory=Counter)

    def unreadable(self, problem: str, line: int = 1) -> None:
        """Say that the whole text is no export of the service."""
        span = Span(self.path, line)
        self.notes.note(Code.EXPORT_UNREADABLE, span, service=self.service, problem=problem)

    def bad(self, line: int, number: int, problem: str) -> None:
        """Say that entry ``number`` (from 1) is left out, and why."""
        self.notes.note(Code.BAD_ROW, Span(self.path, line), number=number, problem=problem)

    def load(self, text: str, line: int = 1) -> object:
        """Return the JSON of ``text``; ``ValueError`` with a place in it when it is none."""
        try:
            loaded: object = json.loads(text.removeprefix("\ufeff"))
        except RecursionError:
            message = "it is nested too deeply"
        except json.JSONDecodeError as problem:
            message = f"{problem.msg}, line {line + problem.lineno - 1} column {problem.colno}"
        except ValueError:
            message = "it holds a number that is too long"
        else:
            return loaded
        raise ValueError(message)

    def table(self, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Go through a CSV text with a header: (line, number of the entry, cells by column)."""
        lines = (line + "\n" for line in text.removeprefix("\ufeff").rstrip("\r\n").split("\n"))
        reader = csv.reader(lines, strict=True)
        number = 0
        try:
            header = next(reader, [])
            if len(set(header)) != len(header) or not any(header):
                self.unreadable("two columns have the same name" if header else "it is empty")
                return
            for cells in reader:
                number += 1
                if not any(cells):
                    continue
                if len(cells) != len(header):
                    problem = f"{len(cells)} cells, but {len(header)} columns"
                    self.bad(reader.line_num, number, problem)
                else:
                    yield reader.line_num, number, dict(zip(header, cells, strict=True))
        except csv.Error as problem:
            self.bad(reader.line_num or 1, number + 1, str(problem))

    def pairs(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Return the fields of ``entry``: lists as repeats, empty cells left out."""
        found: list[tuple[str, str]] = []
        for name, value in entry.items():
            for one in value if isinstance(value, list) else [value]:
                if one is None or one == "":
                    continue
                plain = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
                found.append((name, plain))
        return restore(found)

    def moment(self, text: object, line: int, number: int, *, naive: bool = False) -> str:
        """Return a time as UTC in ISO 8601, "" with a warning when it is not clear.

        ``naive``: the service writes UTC without saying so.
        """
        try:
            moment = datetime.fromisoformat(str(text).strip())
            if moment.tzinfo is None and naive:
                moment = moment.replace(tzinfo=UTC)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError):
            pass
        span = Span(self.path, line)
        self.notes.note(Code.ROW_TIME_UNCLEAR, span, number=number, text=text)
        return ""

    def row(
        self, key: str, at: str, pairs: tuple[tuple[str, str], ...], line: int, suspect: str = ""
    ) -> RawRow:
        """Return the row; without a ``key`` of the service one is made of time and answers.

        Equal answers at the same time are told apart by their order, so that reading the
        same export twice gives the same keys.
        """
        if not key:
            content = json.dumps([at, sorted(pairs)]).encode()
            digest = hashlib.sha256(content).hexdigest()[:32]
            self._same[digest] += 1
            key = f"{digest}-{self._same[digest]}"
        where = f"{self.path}:{line}"
        return RawRow(key=f"{self.service}:{key}", at=at, pairs=pairs, suspect=suspect, where=where)
