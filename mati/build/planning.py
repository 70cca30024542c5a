"""A project in; everything that is read of it and planned for it, before the first page, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mati.build import forms, hours, releases, reports, sharing
from mati.build import plain as plain_pages
from mati.build.cards import Cards
from mati.build.looks import looks
from mati.build.pictures import Pictures
from mati.diagnostics import Notebook
from mati.localise import Traces
from mati.model import Output
from mati.pages import plan
from mati.project import Project
from mati.render import Renderer
from mati.templating import Templates

__all__ = ["planned"]


def planned(
    project: Project, only: str, now: datetime | None, notes: Notebook, *,
    sample: bool, traces: Traces | None = None,
) -> tuple[forms.Site, Sequence[str], Sequence[Output]]:  # fmt: skip
    """Return the site, the surveys to report on, and the files that pages share.

    Markdown is read once; whatever is wrong with it stands in ``notes``.
    """
    pictures = Pictures(project, notes)
    surveys = pictures.place(forms.read(project, only, notes))
    plain = pictures.place(plain_pages.read(project, notes))
    words = pictures.place(plain_pages.read_reports(project, surveys, notes))
    plain_pages.check(project, surveys, plain, words, notes)
    hours.check(surveys.values(), now, project.settings.zone, notes)
    texts = (*surveys.values(), *plain.values(), *words.values())
    voices = forms.voices(project, texts, notes, traces)
    releases.check(project, surveys, voices, notes)
    told = reports.wanted(project, surveys, sample=sample)
    pages = plan(
        tuple(surveys.values()),
        voices.published,
        project.settings,
        reports=told,
        plain=plain,
        kits=sharing.wanted(project, surveys),
    )
    settings = pictures.settings(project.settings)
    shown, files = looks(settings, surveys)
    templates = Templates(project.template)
    cards = Cards(project, shown, pictures.outputs, notes)
    cards.plan(surveys, voices.site, voices.surveys)
    renderer = Renderer(
        templates,
        settings,
        pages,
        voices.site,
        notes,
        looks=shown,
        plain=tuple(plain.values()),
        cards=cards.images,
    )
    site = forms.Site(
        project=project,
        surveys=surveys,
        plain=plain,
        words=words,
        voices=voices,
        pages=pages,
        templates=templates,
        renderer=renderer,
        notes=notes,
        cards=cards,
        now=now,
    )
    return site, told, (*pictures.outputs.values(), *files)
