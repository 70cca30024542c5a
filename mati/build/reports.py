"""The steps of the report stream: answers at home in, report pages and results files out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from mati import home
from mati.build.forms import Voices
from mati.diagnostics import Notebook
from mati.engines import Engine, engines
from mati.localise import Language, localise
from mati.model import Output, Page, Response, Survey
from mati.pages import report_path
from mati.project import Project
from mati.render import Renderer
from mati.report import Report, formats, report, results_csv, results_json, styles
from mati.responses import read_row
from mati.runners.sql import Counted
from mati.runners.sql import count as count_in_sql
from mati.samples import sample
from mati.summarise import collection, columns, measures, summaries

__all__ = ["count", "render", "wanted"]

ENGINE = "sqlite"
SAMPLES = 240
SAMPLED_UNTIL = datetime(2026, 11, 15, 11, 0, tzinfo=UTC)
"""When the last made-up answer was given: a fixed day, so that equal input gives equal bytes."""


def wanted(project: Project, surveys: Sequence[Survey], *, sample: bool) -> tuple[str, ...]:
    """Return the names of the surveys to report on: all where answers are kept, else none."""
    if not (project.has_private or sample):
        return ()
    return tuple(survey.name for survey in surveys)


def _engine() -> Engine:
    found = engines.find(ENGINE)
    if found is None:
        raise LookupError(ENGINE)
    return found


def _responses(
    project: Project, survey: Survey, sampled: bool, notes: Notebook
) -> Iterator[Response]:
    """Go through the answers to a survey; made-up ones where there are none and it is wished."""
    real = home.load(project.root, survey.name, notes)
    first = next(real, None)
    if first is not None:
        yield first
        yield from real
    elif sampled:
        for row in sample(survey, SAMPLES, SAMPLED_UNTIL):
            yield read_row(row, survey, notes)


def count(project: Project, survey: Survey, sampled: bool, notes: Notebook) -> Counted:  # noqa: FBT001 -- handed on
    """Return the sums that the report of ``survey`` is made from."""
    answers = _responses(project, survey, sampled, notes)
    return count_in_sql(_engine(), answers, columns(survey), measures(survey))


def _zone(project: Project) -> tzinfo:
    name = project.settings.timezone
    return ZoneInfo(name) if name else UTC


def _moment(at: str, zone: tzinfo) -> datetime | None:
    return datetime.fromisoformat(at).astimezone(zone) if at else None


def render(
    project: Project,
    surveys: Mapping[str, Survey],
    counts: Mapping[str, Counted],
    pages: Sequence[Page],
    voices: Voices,
    renderer: Renderer,
) -> Iterator[Output]:
    """Yield the public reports with their results files, and the owner's copy of every report."""
    zone = _zone(project)
    for name, counted in counts.items():
        survey = surveys[name]
        first, last = _moment(counted.first, zone), _moment(counted.last, zone)
        numbers = summaries(survey, counted.sums)
        came = collection(survey, counted.sums)
        public, owner = (
            report(survey, numbers, came, first=first, last=last, audience=audience)
            for audience in ("public", "owner")
        )
        for page in pages:
            if page.kind == "report" and page.survey == name:
                yield from _published(public, survey, page, voices, renderer)
        for code, speaker in voices.surveys[name].items():
            page = Page(
                kind="report", path=report_path(name, code), language=code, survey=name,
                alternates=tuple((c, report_path(name, c)) for c in voices.surveys[name]),
            )  # fmt: skip
            yield _owners(owner, survey, page, speaker, renderer)


def _published(
    public: Report, survey: Survey, page: Page, voices: Voices, renderer: Renderer
) -> Iterator[Output]:
    speaker = voices.surveys[survey.name][page.language]
    spoken = localise(public, speaker)
    yield _page(spoken, survey, page, speaker, renderer, "site")
    yield Output(path=f"{page.path}results.json", content=results_json(spoken, page.language))
    yield Output(path=f"{page.path}results.csv", content=results_csv(spoken))


def _page(
    spoken: Report,
    survey: Survey,
    page: Page,
    speaker: Language,
    renderer: Renderer,
    root: str,
) -> Output:
    names = formats(page.language)
    public = root == "site"
    title = getattr(spoken.title, "text", "")
    context = {
        "title": speaker.message("Results: {survey}", survey=title),
        "report": spoken,
        "f": names,
        "spoken": {code: names.language(code) for code in survey.languages},
        "files": public,
        "form": "../" if public else "",
        "unlisted": not public,
    }
    used = tuple(name for name in styles(spoken) if name != "page.css")
    return renderer.page("report.html", page, speaker, context, styles=used, root=root)


def _owners(
    owner: Report, survey: Survey, page: Page, speaker: Language, renderer: Renderer
) -> Output:
    made = _page(localise(owner, speaker), survey, page, speaker, renderer, "private")
    return replace(made, path=f"reports/{made.path}")
