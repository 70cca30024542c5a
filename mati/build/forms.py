"""The steps of the form stream: texts in; pages, and what the form service must know, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mati.compile import compile_form
from mati.diagnostics import Code, Notebook, Span
from mati.localise import Language, check_catalog, fill, language, same_controls
from mati.model import Collect, CollectSurvey, FormTarget, Output, Page, Survey
from mati.pages import form_path, thanks_path
from mati.project import Project
from mati.questions import kind_of
from mati.reader import read as read_survey
from mati.render import Renderer
from mati.responses import private_names
from mati.services import Place, services
from mati.services.own import SAME_ORIGIN
from mati.templating import Templates

__all__ = ["Voices", "collect", "read", "render", "voices"]

OWN = "own"
SAME_ORIGIN = "/"
"""``collect_url`` in the preview: the form service answers at the site itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Every language of the site, and of each survey by name: code -> language."""

    site: Mapping[str, Language]
    surveys: Mapping[str, Mapping[str, Language]]

    @property
    def published(self) -> dict[str, tuple[str, ...]]:
        """The languages each survey is shown in, its source first."""
        return {name: tuple(spoken) for name, spoken in self.surveys.items()}


def read(project: Project, only: str, notes: Notebook) -> tuple[Survey, ...]:
    """Return the surveys of a project, by name; ``only`` names a single one."""
    found = [
        read_survey(source, project.settings, notes)
        for source in project.sources
        if not only or source.path == f"content/{only}.md"
    ]
    surveys = tuple(survey for survey in found if survey is not None)
    return _at_home(surveys) if project.settings.collect_url == SAME_ORIGIN else surveys


def _at_home(surveys: Sequence[Survey]) -> tuple[Survey, ...]:
    """Let the preview take the answers of every form itself, whichever service it names."""
    return tuple(replace(s, settings=replace(s.settings, send=OWN)) for s in surveys)


def voices(project: Project, surveys: Sequence[Survey], notes: Notebook) -> Voices:
    """Return the languages: a survey speaks its source and each one it has a catalogue for."""
    spoken = {survey.name: _spoken(project, survey, notes) for survey in surveys}
    used = {code for by_code in spoken.values() for code in by_code}
    order = (*(c for c in project.settings.languages if c in used), *sorted(used))
    codes = tuple(dict.fromkeys(order)) or project.settings.languages[:1]
    source = project.settings.languages[0]
    for code in codes:
        words = project.site_catalog(code, notes)
        if words is not None:
            check_catalog((project.settings, *surveys), words, notes)
    site = {
        code: language(
            code,
            source,
            survey=None,
            site=project.site_catalog(code, notes),
            mati=project.mati_catalog(code, notes),
        )
        for code in codes
    }
    return Voices(site=site, surveys=spoken)


def _spoken(project: Project, survey: Survey, notes: Notebook) -> dict[str, Language]:
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
        )
    return found


def _targets(
    project: Project, survey: Survey, codes: Sequence[str], notes: Notebook
) -> dict[str, FormTarget]:
    """Return where the form of each language posts to; empty when a diagnostic says why not."""
    service = services.find(survey.settings.send)
    if service is None:
        span = survey.settings.send_span or Span(survey.path)
        names = ", ".join(services.names())
        notes.note(Code.UNKNOWN_SERVICE, span, text=survey.settings.send, names=names)
        return {}
    found = {}
    for code in codes:
        place = Place(
            language=code,
            form=form_path(survey.name, code),
            thanks=thanks_path(survey.name, code),
        )
        target = service.target(survey, place, project.settings, notes)
        if target is not None:
            found[code] = target
    return found


def render(
    project: Project,
    surveys: Sequence[Survey],
    pages: Sequence[Page],
    voices: Voices,
    renderer: Renderer,
    templates: Templates,
    notes: Notebook,
) -> tuple[Output, ...]:
    """Return every page of the site but the reports."""
    made: list[Output] = []
    for survey in surveys:
        made += _forms(project, survey, pages, voices, renderer, templates, notes)
    for page in pages:
        if page.kind == "thanks":
            survey = next(s for s in surveys if s.name == page.survey)
            made.append(renderer.thanks(page, survey, voices.surveys[page.survey][page.language]))
        elif page.kind == "list":
            shown = [
                (survey, voices.surveys[survey.name][page.language])
                for survey in surveys
                if page.language in voices.surveys[survey.name]
            ]
            made.append(renderer.listing(page, shown, voices.site[page.language]))
        elif page.kind == "chooser":
            made.append(renderer.chooser(page))
        elif page.kind == "missing":
            made.append(renderer.missing(page))
    return tuple(made)


def _forms(
    project: Project,
    survey: Survey,
    pages: Sequence[Page],
    voices: Voices,
    renderer: Renderer,
    templates: Templates,
    notes: Notebook,
) -> Iterator[Output]:
    """Compile one survey once and yield its form in each language, proven to ask the same."""
    spoken = voices.surveys[survey.name]
    targets = _targets(project, survey, tuple(spoken), notes)
    if len(targets) < len(spoken):
        return
    body = compile_form(survey, targets[survey.language], templates, notes)
    if body is None:
        return
    filled = {code: fill(body, speaker) for code, speaker in spoken.items()}
    same_controls(survey, filled, notes)
    for page in pages:
        if page.kind == "form" and page.survey == survey.name:
            code = page.language
            yield renderer.form(
                page, survey, body, filled[code], target=targets[code], language=spoken[code]
            )


def collect(
    project: Project, surveys: Sequence[Survey], voices: Voices, renderer: Renderer
) -> tuple[Output, ...]:
    """Return ``private/collect.json`` for the surveys that our own service collects.

    Where the service answers at the site itself, thanks stand at this very host.
    """
    own = [survey for survey in surveys if survey.settings.send == OWN]
    if not own:
        return ()
    here = project.settings.collect_url == SAME_ORIGIN
    collected = (_collected(s, voices.surveys[s.name], renderer, here=here) for s in own)
    found = Collect(surveys=tuple(collected))
    return (Output(path="collect.json", content=found.to_json().encode("utf-8"), root="private"),)


def _collected(survey: Survey, spoken: Mapping[str, Language], renderer: Renderer) -> CollectSurvey:
    settings = survey.settings
    columns = (c for q in survey.questions for c in kind_of(q.kind).columns(q))
    private = private_names(survey)
    return CollectSurvey(
        name=survey.name,
        version=survey.version,
        source=survey.language,
        languages=tuple(words.items()),
        names=tuple(column.name for column in columns),
        private=tuple(sorted(private)),
        endings=tuple((ending.id, ending.show_if) for ending in survey.endings),
        opens=settings.opens.isoformat() if settings.opens else "",
        closes=settings.closes.isoformat() if settings.closes else "",
        most_answers=settings.most_answers,
    )
