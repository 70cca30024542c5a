"""Any address that takes form posts: a form that posts to it out, a table of answers in."""

from __future__ import annotations

from collections.abc import Iterator

from mati.diagnostics import Code, Notebook, Span
from mati.model import FormTarget, ProjectSettings, RawRow, Survey
from mati.services import Place, Rows, origin, tellable

__all__ = ["Service", "service"]

AT, KEY = "mati_at", "mati_key"
"""Columns of the table that are no answers: when it came, and what tells it from others."""

_EXAMPLE = "https://forms.example.org/visit"


class Service:
    """``send: generic:https://…``: a script of one's own, or a service that Mati does not know.

    Nothing is known of it, so everything is sent in the safest way: no dots in names (PHP
    turns them into underscores), a name of its own for each box (many keep only the last of
    equal names), and the browser itself posts.

    Nor is it known where such an address leads people on to, and a browser stops them at a
    host that the page's policy does not name. So the policy leaves that open, unless the hosts
    stand behind the address: ``send: generic:https://a.example/take https://b.example``.
    """

    name = "generic"
    status = "unverified"
    sources: tuple[str, ...] = ()
    key = _EXAMPLE

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return a form that posts to the address after the colon."""
        url, *others = survey.settings.send_key.split() or [""]
        hosts = [origin(one) for one in (url, *others)]
        known = tuple(dict.fromkeys(host for host in hosts if host is not None))
        if None in hosts:
            span, text = survey.settings.send_span or Span(survey.path), survey.settings.send_key
            notes.note(Code.BAD_SERVICE_KEY, span, text=text, service=self.name, example=_EXAMPLE)
            return None
        if not others:
            span = survey.settings.send_span or Span(survey.path)
            notes.note(Code.HOSTS_UNKNOWN, span, text=url)
        target = FormTarget(
            service=self.name,
            action=url,
            hosts=known if others else None,
            script="native",
            without_script="Whatever the service at that address shows.",
            dot="__",
            distinct=True,
        )
        return tellable(survey, target, notes)

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read a CSV text whose header holds the wire names, in either spelling.

        ``mati_at`` is the time with its zone; ``mati_key``, where the service has such a
        thing, what tells each entry from every other.
        """
        rows = Rows(self.name, path, notes)
        for line, number, cells in rows.table(text):
            at = rows.moment(cells.pop(AT, ""), line, number)
            yield rows.row(cells.pop(KEY, ""), at, rows.pairs(cells), line)


service = Service()
