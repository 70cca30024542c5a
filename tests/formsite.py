"""A small site made in memory from Markdown, for the tests that look at pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup, escape

from mati.compile import compile_form
from mati.diagnostics import Notebook, Source, human
from mati.model import (
    Body,
    CollectLanguage,
    FormTarget,
    Output,
    Page,
    ProjectSettings,
    Survey,
    Text,
)
from mati.pages import plan
from mati.reader import read
from mati.render import Renderer
from mati.templating import Templates

ROOT = Path(__file__).parent.parent
ENDONYMS = {"en": "English", "km": "ខ្មែរ", "lo": "ລາວ"}


@dataclass(frozen=True)
class Spoken:
    """Words of a stand-in language."""

    text: str

    @property
    def html(self) -> Markup:
        return escape(self.text)

    def __html__(self) -> str:
        return str(self.html)


@dataclass(frozen=True)
class Stub:
    """A stand-in language: ``known`` words are translated, all others stay."""

    code: str
    known: Mapping[str, str]
    direction: str = "ltr"

    @property
    def endonym(self) -> str:
        return ENDONYMS[self.code]

    def words(self, text: Text) -> Spoken:
        return Spoken(self.known.get(text.source, text.source))

    def message(self, msgid: str, **values: object) -> Markup:
        return escape(self.known.get(msgid, msgid)).format(**values)

    def fill(self, body: Body) -> str:
        """Fill the places of a compiled body."""
        pieces = [body.parts[0]]
        for slot, part in zip(body.slots, body.parts[1:], strict=True):
            if slot.shape == "class":
                long = any(len(self.words(text).text) > slot.limit for text in slot.texts)
                pieces.append("long" if long else "short")
            elif slot.text is not None:
                pieces.append(str(self.words(slot.text).html))
            else:
                pieces.append(str(self.message(slot.message, **dict(slot.values))))
            pieces.append(part)
        return "".join(pieces)


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
    voices = {code: Stub(code, dictionary) for code, dictionary in known.items()}
    pages = plan(found, {survey.name: tuple(known) for survey in found}, settings)
    shelf = templates or Templates(template)
    renderer = Renderer(shelf, settings, pages, voices, notes)
    bodies = {s.name: compile_form(s, target_of(s, **target), shelf, notes) for s in found}
    by_name = {survey.name: survey for survey in found}
    made = [_made(page, by_name, bodies, voices, renderer, target) for page in pages]
    files = {output.path: output.content for output in made if output}
    return Site(files, notes, renderer.refusal(found[0], voices[found[0].language]))


def _made(  # noqa: PLR0917 -- the pieces of one loop
    page: Page,
    surveys: Mapping[str, Survey],
    bodies: Mapping[str, Body | None],
    voices: Mapping[str, Stub],
    renderer: Renderer,
    target: Mapping[str, object],
) -> Output | None:
    voice, survey = voices[page.language], surveys.get(page.survey)
    body = bodies.get(page.survey)
    if survey is not None and page.kind == "form" and body is not None:
        aim = target_of(survey, **target)
        return renderer.form(page, survey, body, voice.fill(body), target=aim, language=voice)
    if survey is not None and page.kind == "thanks":
        return renderer.thanks(page, survey, voice)
    match page.kind:
        case "list":
            return renderer.listing(page, [(s, voice) for s in surveys.values()], voice)
        case "chooser":
            return renderer.chooser(page)
        case "missing":
            return renderer.missing(page)
        case _:
            return None
