"""A small site made in memory from Markdown, for the tests that look at pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mati.catalog import Catalog, read_po
from mati.compile import compile_form
from mati.diagnostics import Notebook, Source, human
from mati.localise import Language, fill, language
from mati.model import (
    Body,
    CollectLanguage,
    FormTarget,
    Output,
    Page,
    ProjectSettings,
    Survey,
    texts,
)
from mati.pages import plan
from mati.project import Project, open_project
from mati.reader import read
from mati.render import Renderer
from mati.services import Place
from mati.services.own import service as own
from mati.templating import Templates

ROOT = Path(__file__).parent.parent
Dictionary = Mapping[str, str]


def _catalog(code: str, entries: Iterable[tuple[str, str]], known: Dictionary) -> Catalog:
    """Return a catalogue with what ``known`` says of some (context, msgid) pairs."""
    quoted = partial(json.dumps, ensure_ascii=False)
    blocks = [
        f"msgctxt {quoted(context)}\nmsgid {quoted(words)}\nmsgstr {quoted(known[words])}\n"
        if context
        else f"msgid {quoted(words)}\nmsgstr {quoted(known[words])}\n"
        for context, words in dict.fromkeys(entries)
        if words in known
    ]
    header = f'msgid ""\nmsgstr "Language: {code}\\n"\n'
    return read_po(Source(f"locales/{code}/test.po", "\n".join([header, *blocks])), Notebook())


def voice_of(code: str, known: Dictionary, survey: Survey | None = None) -> Language:
    """Return a language that knows the words of a small dictionary."""
    found = [(text.context, text.source) for text in texts(survey)] if survey else []
    own = [("", words) for words in known]
    return language(
        code,
        "en",
        survey=_catalog(code, found, known),
        site=_catalog(code, found, known),
        mati=_catalog(code, own, known),
        native=survey is not None and survey.settings.native_digits,
    )


def template(name: str) -> str | None:
    """Return a template of Mati's own."""
    for folder in (ROOT / "templates", ROOT / "mati"):
        if (folder / name).is_file():
            return (folder / name).read_text("utf-8")
    return None


def survey_of(markdown: str, name: str = "visit", project: ProjectSettings | None = None) -> Survey:
    """Read a survey that must be without errors."""
    notes = Notebook()
    source = Source(f"content/{name}.md", markdown)
    notes.open(source)
    survey = read(source, project or ProjectSettings(languages=("en", "km", "lo")), notes)
    assert not notes.has_errors(), "\n".join(human(d) for d in notes)
    assert survey is not None
    return survey


def target_of(survey: Survey, **settings: object) -> FormTarget:
    """Return the target of a form service at the site's own address."""
    plain = FormTarget(
        service="own", action=f"/f/{survey.name}", hosts=(), script="fetch", without_script=""
    )
    return replace(plain, **settings)


@dataclass(frozen=True)
class Site:
    """Pages by path, and the notebook they were made with."""

    files: dict[str, bytes]
    notes: Notebook
    refusal: CollectLanguage

    def html(self, path: str) -> str:
        return self.files[path].decode("utf-8")


def site_of(
    surveys: Mapping[str, str],
    *,
    words: Mapping[str, Mapping[str, str]] | None = None,
    project: ProjectSettings | None = None,
    script: bool = True,
    templates: Templates | None = None,
    **target: object,
) -> Site:
    """Make the whole site of some surveys, name -> Markdown, in every language in ``words``."""
    known = words or {"en": {}}
    settings = project or ProjectSettings(languages=tuple(known), url="https://sokha.example")
    notes = Notebook()
    read_all = [survey_of(text, name, settings) for name, text in surveys.items()]
    found = [replace(s, settings=replace(s.settings, script=script)) for s in read_all]
    site = {code: voice_of(code, dictionary) for code, dictionary in known.items()}
    voices = {
        (survey.name, code): voice_of(code, dictionary, survey)
        for survey in found
        for code, dictionary in known.items()
    }
    pages = plan(found, {survey.name: tuple(known) for survey in found}, settings)
    shelf = templates or Templates(template)
    renderer = Renderer(shelf, settings, pages, site, notes)
    bodies = {s.name: compile_form(s, target_of(s, **target), shelf, notes) for s in found}
    by_name = {survey.name: survey for survey in found}
    files: dict[str, bytes] = {}
    for page in pages:
        survey = by_name.get(page.survey)
        if survey is not None:
            output = _of_survey(page, survey, bodies[survey.name], voices, renderer, target)
        else:
            output = _of_site(page, found, voices, site, renderer)
        if output is not None:
            files[output.path] = output.content
    return Site(
        files, notes, renderer.refusal(found[0], site.get("en") or next(iter(site.values())))
    )


def _of_survey(  # noqa: PLR0917 -- the pieces of one loop
    page: Page,
    survey: Survey,
    body: Body | None,
    voices: Mapping[tuple[str, str], Language],
    renderer: Renderer,
    target: Mapping[str, object],
) -> Output | None:
    voice = voices[survey.name, page.language]
    match page.kind:
        case "thanks":
            return renderer.thanks(page, survey, voice)
        case "closed":
            return renderer.closed(page, survey, voice, "closed")
        case "again":
            return renderer.again(page, survey, voice)
    if page.kind != "form" or body is None:
        return None
    aim = target_of(survey, **target)
    return renderer.form(page, survey, body, fill(body, voice), target=aim, language=voice)


def _of_site(
    page: Page,
    surveys: Iterable[Survey],
    voices: Mapping[tuple[str, str], Language],
    site: Mapping[str, Language],
    renderer: Renderer,
) -> Output:
    match page.kind:
        case "list":
            listed = [(survey, voices[survey.name, page.language], "") for survey in surveys]
            return renderer.listing(page, listed, site[page.language])
        case "chooser":
            return renderer.chooser(page)
        case _:
            return renderer.missing(page)


def sample_forms(*, script: bool = True) -> dict[str, str]:
    """Make the form of the sample survey in every language there is a catalogue for."""
    notes = Notebook()
    project = open_project(ROOT, notes)
    source = next(s for s in project.sources if s.path == "content/customer-service.md")
    survey = read(source, project.settings, notes)
    assert survey is not None
    survey = replace(survey, settings=replace(survey.settings, script=script))
    voices = {code: _sample_voice(project, survey, code, notes) for code in survey.languages}
    pages = plan([survey], {survey.name: tuple(voices)}, project.settings)
    shelf = Templates(project.template)
    place = Place(language="en", form="", thanks="")
    target = own.target(survey, place, project.settings, notes)
    assert target is not None
    body = compile_form(survey, target, shelf, notes)
    assert body is not None
    renderer = Renderer(shelf, project.settings, pages, voices, notes)
    made = {}
    for page in (page for page in pages if page.kind == "form"):
        voice = voices[page.language]
        filled = fill(body, voice)
        output = renderer.form(page, survey, body, filled, target=target, language=voice)
        made[page.language] = output.content.decode("utf-8")
    return made


def _sample_voice(project: Project, survey: Survey, code: str, notes: Notebook) -> Language:
    return language(
        code,
        survey.language,
        survey=project.survey_catalog(survey.name, code, notes),
        site=project.site_catalog(code, notes),
        mati=project.mati_catalog(code, notes),
    )
