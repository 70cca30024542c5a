"""The plain pages of a project in, read and with their links followed, out; and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mati.diagnostics import Notebook
from mati.localise import Language
from mati.model import Output, Page, PlainPage, Survey
from mati.pages import check_links
from mati.project import Project
from mati.reader import read_page, read_report
from mati.render import Renderer
from mati.report import PARTS

__all__ = ["check", "read", "read_reports", "render"]


def read(project: Project, notes: Notebook) -> dict[str, PlainPage]:
    """Return the plain pages of a project by name."""
    found = (read_page(source, project.settings, notes) for source in project.pages)
    return {page.name: page for page in found if page is not None}


def read_reports(
    project: Project, surveys: Mapping[str, Survey], notes: Notebook
) -> dict[str, PlainPage]:
    """Return the words around reports by survey."""
    found = {}
    for source in project.reports:
        survey = surveys.get(source.name)
        if survey is None:
            continue  # not built, or not readable: that was said
        questions = (question.id for question in survey.questions if not question.private)
        page = read_report(source, project.settings, (*PARTS, *questions), notes)
        if page is not None:
            found[source.name] = page
    return found


def check(
    project: Project,
    surveys: Mapping[str, Survey],
    plain: Mapping[str, PlainPage],
    words: Mapping[str, PlainPage],
    notes: Notebook,
) -> None:
    """Follow the links of all texts."""
    names = {
        "form": tuple(source.name for source in project.sources),
        "plain": tuple(source.name for source in project.pages),
    }
    check_links((*surveys.values(), *plain.values(), *words.values()), names, notes)


def render(page: Page, plain: PlainPage, voice: Language, renderer: Renderer) -> Output:
    """Return a plain page in one language of the site; it may be written in another than that."""
    if plain.language != voice.source:
        voice = replace(voice, source=plain.language, _known={})
    return renderer.plain(page, plain, voice)
