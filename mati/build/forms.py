"""The steps of the form stream: texts in; pages, and what the form service must know, out."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mati.build import hours
from mati.build.alerts import follow_up_rule
from mati.build.cards import Cards
from mati.build.plain import render as render_plain
from mati.compile import compile_form
from mati.diagnostics import Code, Notebook, Severity, Span
from mati.localise import (
    Language,
    Traces,
    check_catalog,
    check_own,
    fill,
    language,
    same_controls,
)
from mati.model import (
    Collect,
    CollectSurvey,
    FormTarget,
    Output,
    Page,
    PlainPage,
    Settings,
    Survey,
)
from mati.pages import form_path, thanks_path
from mati.project import Project
from mati.questions import kind_of
from mati.reader import read as read_survey
from mati.render import Renderer
from mati.responses import private_names
from mati.services import Place, services
from mati.services.own import SAME_ORIGIN
from mati.templating import Templates

__all__ = [
    "Site",
    "Voices",
    "collect",
    "dated",
    "read",
    "render",
    "spare_translators",
    "targets",
    "voices",
]

OWN = "own"
_AT_ONCE = 14_000
"""Bytes a server sends before it waits: ten packets (RFC 6928) without what frames them."""
_LIGHT = 2 * _AT_ONCE
"""Bytes of HTML that always become half or less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Every language of the site, and of each survey by name: code -> language."""

    site: Mapping[str, Language]
    surveys: Mapping[str, Mapping[str, Language]]

    @property
    def published(self) -> dict[str, tuple[str, ...]]:
        """The languages each survey is shown in, its source first."""
        return {name: tuple(spoken) for name, spoken in self.surveys.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One build under way: what was read, what is planned, and what turns it into files."""

    project: Project
    surveys: Mapping[str, Survey]
    plain: Mapping[str, PlainPage]
    words: Mapping[str, PlainPage]
    """What stands around reports, by survey."""
    voices: Voices
    pages: Sequence[Page]
    templates: Templates
    renderer: Renderer
    notes: Notebook
    cards: Cards
    """The pictures shown where a page is posted."""
    now: datetime | None = None
    """The moment, where somebody asks: a survey that is closed by then shows no form."""

    @property
    def at_home(self) -> bool:
        """Whether this is the preview: there a form shows and may be sent at any time."""
        return self.project.settings.collect_url == SAME_ORIGIN

    def state(self, survey: Survey) -> str:
        """Tell whether a survey is not open ("early"), not any more ("closed"), or open ("")."""
        return hours.state(survey, self.now)

    def spoken(self, survey: str) -> Mapping[str, Language]:
        """Return the languages of a survey by code."""
        return self.voices.surveys[survey]


def read(project: Project, only: str, notes: Notebook) -> dict[str, Survey]:
    """Return the surveys of a project by name; ``only`` names a single one."""
    found = [
        read_survey(source, project.settings, notes)
        for source in project.sources
        if not only or source.path == f"content/{only}.md"
    ]
    surveys = (survey for survey in found if survey is not None)
    if project.settings.collect_url == SAME_ORIGIN:
        surveys = (_at_home(survey) for survey in surveys)
    if project.pseudo:
        surveys = (replace(s, languages=(s.language, *project.pseudo)) for s in surveys)
    return {survey.name: survey for survey in surveys}


def _at_home(survey: Survey) -> Survey:
    """Let the preview take the answers itself, whichever service the survey names."""
    if services.find(survey.settings.send) is None:
        return survey
    return replace(survey, settings=replace(survey.settings, send=OWN))


def voices(
    project: Project,
    texts: Sequence[object],
    notes: Notebook,
    traces: Traces | None = None,
) -> Voices:
    """Return the languages: a survey speaks its source and each one it has a catalogue for.

    With ``traces`` every text they say gives account of itself there.
    """
    surveys = (text for text in texts if isinstance(text, Survey))
    spoken = {survey.name: _spoken(project, survey, notes, traces) for survey in surveys}
    used = {code for by_code in spoken.values() for code in by_code}
    order = (*(c for c in project.settings.languages if c in used), *sorted(used))
    codes = tuple(dict.fromkeys(order)) or (*project.settings.languages, Settings().lang)[:1]
    source = (*project.settings.languages, *codes)[0]
    site = {}
    for code in codes:
        words = project.site_catalog(code, notes)
        if words is not None:
            check_catalog((project.settings, *texts), words, notes)
        own = project.mati_catalog(code, notes)
        if own is not None:
            check_own(own, notes)
        site[code] = language(
            code,
            source,
            site=words,
            mati=own,
            native=project.settings.defaults.native_digits,
            traces=traces,
        )
    return Voices(site=site, surveys=spoken)


def spare_translators(surveys: Mapping[str, Survey], notes: Notebook) -> None:
    """Take back what is missing in the translations of surveys that are wrong themselves.

    Their words may be about to change, and what is missing often follows from the mistake.
    """
    wrong = {found.span.path for found in notes if found.severity is Severity.ERROR}
    for survey in surveys.values():
        if survey.path in wrong:
            for code in survey.languages:
                for missing in (Code.INCOMPLETE_LANGUAGE, Code.NO_TRANSLATION):
                    notes.forget(missing, f"locales/{code}/{survey.name}.po")


def _spoken(
    project: Project, survey: Survey, notes: Notebook, traces: Traces | None
) -> dict[str, Language]:
    found = {}
    for code in survey.languages:
        words = None
        if code != survey.language:
            words = project.survey_catalog(survey.name, code, notes)
            if words is None:
                continue
            check_catalog(survey, words, notes)
        found[code] = language(
            code,
            survey.language,
            survey=words,
            site=project.site_catalog(code, notes),
            mati=project.mati_catalog(code, notes),
            outdated=survey.settings.outdated,
            native=survey.settings.native_digits,
            traces=traces,
        )
    return found


def render(site: Site) -> tuple[Output, ...]:
    """Return every page of the site but the reports."""
    made = [output for survey in site.surveys.values() for output in _forms(site, survey)]
    return (*made, *(output for page in site.pages for output in _page(site, page)))


def dated(site: Site, made: Iterable[Output]) -> tuple[Output, ...]:
    """Return outputs that know from when on time alone makes them others."""
    zone = site.project.settings.zone or UTC
    until = hours.holds_until(site.surveys.values(), site.now, zone)
    return tuple(replace(output, until=until) for output in made) if until else tuple(made)


def _page(site: Site, page: Page) -> Iterator[Output]:
    """Yield a page that is neither a form nor a report."""
    match page.kind:
        case "thanks":
            speaker = site.spoken(page.survey)[page.language]
            yield site.renderer.thanks(page, site.surveys[page.survey], speaker)
        case "closed":
            speaker = site.spoken(page.survey)[page.language]
            survey = site.surveys[page.survey]
            yield site.renderer.closed(page, survey, speaker, site.state(survey) or "closed")
        case "again":
            speaker = site.spoken(page.survey)[page.language]
            yield site.renderer.again(page, site.surveys[page.survey], speaker)
        case "list":
            shown = [
                (survey, site.spoken(name)[page.language], site.state(survey))
                for name, survey in site.surveys.items()
                if page.language in site.spoken(name)
            ]
            yield site.renderer.listing(page, shown, site.voices.site[page.language])
        case "plain":
            plain = site.plain[page.survey]
            yield render_plain(page, plain, site.voices.site[page.language], site.renderer)
        case "chooser":
            yield site.renderer.chooser(page)
        case "missing":
            yield site.renderer.missing(page)


def _forms(site: Site, survey: Survey) -> Iterator[Output]:
    """Compile one survey once and yield its form in each language, proven to ask the same."""
    spoken = site.spoken(survey.name)
    if site.state(survey) == "closed" and not site.at_home:
        yield from _shut(site, survey)
        return
    found = targets(site, survey, tuple(spoken))
    if len(found) < len(spoken):
        return
    body = compile_form(survey, found[survey.language], site.templates, site.notes)
    if body is None:
        return
    asked = _for_page(site, survey)
    filled = {code: fill(body, speaker) for code, speaker in spoken.items()}
    same_controls(survey, filled, site.notes)
    early = site.state(survey) == "early" and not site.at_home
    for page in site.pages:
        if page.kind == "form" and page.survey == survey.name:
            code = page.language
            output = site.renderer.form(
                page,
                asked,
                body,
                filled[code],
                target=found[code],
                language=spoken[code],
                early=early,
            )
            _weigh(output, survey, code, site.notes)
            yield output


def _for_page(site: Site, survey: Survey) -> Survey:
    """Return a survey with the hours its form watches; in the preview it watches none."""
    if site.at_home:
        return replace(survey, settings=replace(survey.settings, opens=None, closes=None))
    return hours.ahead(survey, site.now)


def _weigh(output: Output, survey: Survey, language: str, notes: Notebook) -> None:
    """Warn of a form that does not arrive at once."""
    if len(output.content) > _LIGHT and (size := len(zlib.compress(output.content, 9))) > _AT_ONCE:
        kilobytes = f"{size / 1000:.1f}"
        span = Span(survey.path)
        most = _AT_ONCE // 1000
        notes.note(Code.FORM_HEAVY, span, language=language, size=kilobytes, most=most)


def _shut(site: Site, survey: Survey) -> Iterator[Output]:
    """Yield the pages that stand at the form's address once it may not be answered any more."""
    for page in site.pages:
        if page.kind == "form" and page.survey == survey.name:
            speaker = site.spoken(survey.name)[page.language]
            closed = replace(page, kind="closed")  # no answers stand on it that a link could lose
            yield site.renderer.closed(closed, survey, speaker, "closed")


def _as_typed(name: str) -> str:
    """Return a service as it stands after ``send:``, with a made-up key where it needs one."""
    found = services.find(name)
    return f"{name}:{found.key}" if found and found.key else name


def targets(site: Site, survey: Survey, codes: Sequence[str]) -> dict[str, FormTarget]:
    """Return where the form of each language posts to; fewer when a diagnostic says why not."""
    service = services.find(survey.settings.send)
    if service is None:
        span = survey.settings.send_span or Span(survey.path)
        names = ", ".join(_as_typed(name) for name in services.names())
        site.notes.note(Code.UNKNOWN_SERVICE, span, text=survey.settings.send, names=names)
        return {}
    found = {}
    for code in codes:
        form, thanks = form_path(survey.name, code), thanks_path(survey.name, code)
        place = Place(language=code, form=form, thanks=thanks)
        target = service.target(survey, place, site.project.settings, site.notes)
        if target is not None:
            found[code] = target
    return found


def collect(site: Site) -> tuple[Output, ...]:
    """Return ``private/collect.json`` for the surveys that our own service collects."""
    own = [survey for survey in site.surveys.values() if survey.settings.send == OWN]
    if not own:
        return ()
    told = site.project.settings.collect_notify
    found = Collect(surveys=tuple(_collected(site, survey) for survey in own), notify=told)
    return (Output(path="collect.json", content=found.to_json().encode("utf-8"), root="private"),)


def _collected(site: Site, survey: Survey) -> CollectSurvey:
    settings = survey.settings
    columns = (c for q in survey.questions for c in kind_of(q.kind).columns(q))
    spoken = site.spoken(survey.name).items()
    words = {code: site.renderer.refusal(survey, speaker) for code, speaker in spoken}
    opens, closes = settings.opens, settings.closes
    if site.at_home:
        opens = closes = None
        words = {  # the preview thanks people at the preview
            code: replace(found, thanks="/" + thanks_path(survey.name, code))
            for code, found in words.items()
        }
    return CollectSurvey(
        name=survey.name,
        version=survey.version,
        source=survey.language,
        languages=tuple(words.items()),
        names=tuple(column.name for column in columns),
        private=tuple(sorted(private_names(survey))),
        endings=tuple((ending.id, ending.show_if) for ending in survey.endings),
        opens=opens.isoformat() if opens else "",
        closes=closes.isoformat() if closes else "",
        most_answers=settings.most_answers,
        follow_up=follow_up_rule(survey),
    )
