"""Formspree: a form that posts to it out, its exports in.

Posting as in the package that Formspree publishes for its forms (``{endpoint}/f/{key}``);
exports as in its help pages and in its published source. Nobody has yet tried it against the
live service, and how the hosted one joins repeated names is read from that source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any as Json

from mati.diagnostics import Code, Notebook, Span
from mati.model import FormTarget, ProjectSettings, RawRow, Survey
from mati.services import Place, Rows, tellable

__all__ = ["Service", "service"]

_ORIGIN = "https://formspree.io"
_KEY = re.compile(r"[a-z0-9]{6,20}")
_EXAMPLE = "xayzwvut"
_OSS = ("id", "date")
"""The first two columns of a table by its published source; all others are answers."""


class Service:
    """``send: formspree:KEY``; the key stands in the form's address there, after ``/f/``."""

    name = "formspree"
    status = "documented"
    sources = (
        "https://help.formspree.io",
        "https://www.npmjs.com/package/@formspree/core",
        "https://github.com/formspree/formspree",
    )
    key = _EXAMPLE

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return a form that posts to the key's address."""
        key = survey.settings.send_key
        if not _KEY.fullmatch(key):
            span = survey.settings.send_span or Span(survey.path)
            notes.note(Code.BAD_SERVICE_KEY, span, text=key, service=self.name, example=_EXAMPLE)
            return None
        target = FormTarget(
            service=self.name,
            action=f"{_ORIGIN}/f/{key}",
            hosts=(_ORIGIN,),
            script="fetch",
            without_script="A page of Formspree, perhaps with a puzzle against robots first;"
            " with a plan that allows it, then the thank-you page of this survey.",
            hidden=(("_language", place.language),),
            honeypot="_gotcha",
            thanks_field="_next",
            dot="__",
        )
        return tellable(survey, target, notes)

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read the JSON of the API or of an export, or the CSV of an export."""
        rows = Rows(self.name, path, notes)
        if text.lstrip("\ufeff \t\r\n")[:1] in {"[", "{"}:
            yield from _json(rows, text)
            return
        for line, number, cells in rows.table(text):
            oss = tuple(cells)[:2] == _OSS
            key, at = (cells.pop("id"), cells.pop("date")) if oss else ("", "")
            yield _row(rows, {"_id": key, "_date": at} | cells if oss else cells, line, number)


def _json(rows: Rows, text: str) -> Iterator[RawRow]:
    try:
        record = rows.load(text)
    except ValueError as problem:
        rows.unreadable(str(problem))
        return
    entries = record.get("submissions") if isinstance(record, dict) else record
    if not isinstance(entries, list):
        rows.unreadable("no list of 'submissions'")
        return
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict):
            yield _row(rows, entry, number, number)
        else:
            rows.bad(number, number, "no names and values")


def _row(rows: Rows, entry: dict[str, Json], line: int, number: int) -> RawRow:
    """Return one entry; names that begin with an underscore are Formspree's own."""
    key = str(entry.get("_id") or "")
    at = rows.moment(entry.get("_date", ""), line, number, naive=True)
    answers = {name: value for name, value in entry.items() if not name.startswith("_")}
    return rows.row(key, at, rows.pairs(answers), line)


service = Service()
