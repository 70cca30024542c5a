"""Our own form service: a form that posts to it out, the lines of ``mati export`` in."""

from __future__ import annotations

from collections.abc import Iterator

from mati.diagnostics import Code, Notebook, Severity, Span
from mati.model import FormTarget, ProjectSettings, RawRow, Survey
from mati.services import Place, Rows, origin

__all__ = ["Service", "service"]

SAME_ORIGIN = "/"
"""``collect_url`` where the service answers at the site itself, as in the preview."""


class Service:
    """``send: own``: answers stay with whoever runs the service."""

    name = "own"
    status = "verified"
    sources = ("docs/collecting.md",)
    key = ""

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return a form that posts to ``/f/<survey>`` of the service."""
        url = project.collect_url.rstrip("/")
        hosts: tuple[str, ...] = ()
        if project.collect_url != SAME_ORIGIN:
            found = origin(url) if url else None
            if found is None:
                _complain(survey, project, notes)
                return None
            _at_home(found, project, notes)
            hosts = (found,)
        return FormTarget(
            service=self.name,
            action=f"{url}/f/{survey.name}",
            hosts=hosts,
            script="fetch",
            without_script="The thank-you page of this survey, in the language of the form.",
        )

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read the lines that ``mati export`` prints."""
        rows = Rows(self.name, path, notes)
        lines = text.removeprefix("\ufeff").split("\n")
        if text.strip() and not any(line.lstrip().startswith("{") for line in lines):
            rows.unreadable("no line of it is what 'mati export' prints")
            return
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _row(rows.load(line, number), f"{path}:{number}")
            except ValueError as problem:
                rows.bad(number, number, str(problem))


def _complain(survey: Survey, project: ProjectSettings, notes: Notebook) -> None:
    if project.collect_url:
        notes.note(Code.BAD_COLLECT_URL, Span(project.path), text=project.collect_url)
    elif not any(one.severity is Severity.ERROR and one.span.path == project.path for one in notes):
        # An error in the project's settings may be about this very address.
        if project.missing:
            notes.note(Code.NO_PROJECT_FILE, Span(project.path), offer="")
            return
        notes.note(Code.NO_COLLECT_URL, survey.settings.send_span or Span(survey.path))


def _at_home(found: str, project: ProjectSettings, notes: Notebook) -> None:
    """Say that a site for everybody sends answers where only its author's own browser finds it.

    A new project begins like that, and nothing fails until the first answer of a stranger.
    """
    if found.startswith("http://") and project.url.startswith("https://"):
        span = project.collect_span or Span(project.path)
        level = Severity.WARNING  # only publishing knows that it goes out
        notes.note(Code.ANSWERS_STAY_HERE, span, severity=level, url=project.collect_url)


def _row(record: object, where: str) -> RawRow:
    """Return one line as a row; ``ValueError`` says what is wrong with it."""
    match record:
        case {"key": str(key), "at": str(at), "pairs": list(listed), **rest} if key:
            pairs = tuple(_pair(one) for one in listed)
        case _:
            message = "no 'key', 'at' and 'pairs' as 'mati export' writes them"
            raise ValueError(message)
    survey, suspect = str(rest.get("survey", "")), str(rest.get("suspect", ""))
    if survey and all(name != "mati_survey" for name, _ in pairs):
        pairs = (*pairs, ("mati_survey", survey))
    return RawRow(key=key, at=at, pairs=pairs, suspect=suspect, where=where)


def _pair(record: object) -> tuple[str, str]:
    match record:
        case [str(name), str(value)]:
            return name, value
    message = "one of its 'pairs' is not a name and a value"
    raise ValueError(message)


service = Service()
