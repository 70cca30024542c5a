"""Netlify Forms: a form that Netlify finds in the published page out, its answers in.

Shapes as in Netlify's published API description (open-api, swagger of May 2026) and its pages
on form set-up; nobody has yet tried it against the live service.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as Json
from urllib.parse import urlsplit

from mati.diagnostics import Notebook
from mati.model import FormTarget, ProjectSettings, RawRow, Survey
from mati.services import Place, Rows, tellable

__all__ = ["Service", "service"]

HONEYPOT = "mati_trap"
_OF_THE_SENDER = frozenset({"ip", "user_agent", "referrer", "form-name", HONEYPOT})
"""Fields that Netlify adds and nobody needs to keep, and those that only steer it."""
_AT = "created_at"


class Service:
    """``send: netlify``: the site's own host keeps the answers.

    Netlify reads the form from the published HTML and drops what it does not find there, and
    it is not known to keep repeated names: each box has a name of its own.
    """

    name = "netlify"
    status = "documented"
    sources = (
        "https://docs.netlify.com/manage/forms/setup/",
        "https://github.com/netlify/open-api",
    )
    key = ""

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return a form that posts to its own thanks page, where Netlify takes it."""
        base = urlsplit(project.url).path.rstrip("/")
        target = FormTarget(
            service=self.name,
            action=f"{base}/{place.thanks}",
            hosts=(),
            script="native",
            without_script="The thank-you page of this survey, in the language of the form.",
            hidden=(("form-name", survey.name),),
            attributes=(
                ("name", survey.name),
                ("data-netlify", "true"),
                ("netlify-honeypot", HONEYPOT),
            ),
            honeypot=HONEYPOT,
            thanks_action=True,
            dot="__",
            distinct=True,
        )
        return tellable(survey, target, notes)

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read the JSON list that the API returns, or the CSV that the site's pages offer."""
        rows = Rows(self.name, path, notes)
        if text.lstrip("\ufeff \t\r\n")[:1] in {"[", "{"}:
            yield from _json(rows, text)
            return
        for line, number, cells in rows.table(text):
            at = rows.moment(cells.pop(_AT, ""), line, number)
            yield rows.row(cells.pop("id", ""), at, rows.pairs(_answers(cells)), line)


def _json(rows: Rows, text: str) -> Iterator[RawRow]:
    try:
        entries = rows.load(text)
    except ValueError as problem:
        rows.unreadable(str(problem))
        return
    if not isinstance(entries, list):
        rows.unreadable("a list of submissions was expected")
        return
    for number, entry in enumerate(entries, 1):
        match entry:
            case {"id": str(key), "data": dict(data)}:
                at = rows.moment(entry.get(_AT, ""), 1, number)
                yield rows.row(key, at, rows.pairs(_answers(data)), number)
            case _:
                rows.bad(number, number, "no 'id' and 'data'")


def _answers(data: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in data.items() if name not in _OF_THE_SENDER}


service = Service()
