"""The plain pages of a project in, read and with their links followed, out; and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mati.diagnostics import Notebook
from mati.localise import Language
from mati.model import Output, Page, PlainPage, Survey
from mati.pages import check_links
from mati.project import Project
from mati.reader import read_page
from mati.render import Renderer

__all__ = ["check", "read", "render"]


def read(project: Project, notes: Notebook) -> dict[str, PlainPage]:
    """Return the plain pages of a project by name."""
    found = (read_page(source, project.settings, notes) for source in project.pages)
    return {page.name: page for page in found if page is not None}


def check(
    project: Project,
    surveys: Mapping[str, Survey],
    plain: Mapping[str, PlainPage],
    notes: Notebook,
) -> None:
    """Follow the links of all texts."""
    names = {
        "form": tuple(source.name for source in project.sources),
        "plain": tuple(source.name for source in project.pages),
    }
    check_links((*surveys.values(), *plain.values()), names, notes)


def render(page: Page, plain: PlainPage, voice: Language, renderer: Renderer) -> Output:
    """Return a plain page in one language of the site; it may be written in another than that."""
    if plain.language != voice.source:
        voice = replace(voice, source=plain.language, _known={})
    return renderer.plain(page, plain, voice)
