"""A project in, every file of its site and its reports out: the sequence, no logic of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mati.build import counting, forms, hosting, hours, releases, reports
from mati.build import plain as plain_pages
from mati.build.looks import looks
from mati.build.pictures import Pictures
from mati.diagnostics import Notebook
from mati.model import Output
from mati.pages import plan
from mati.project import Project
from mati.render import Renderer
from mati.templating import Templates

__all__ = ["Options", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build may be told.

    ``sample``: made-up answers, marked wherever they are shown, for surveys without real ones.
    ``only``: the name of the one survey to build, "" for all. ``now``: the moment, for what only
    time makes wrong; None where nobody asks. ``release``: False for a preview, whose public reports
    show every answer at once and remember nothing.
    """

    sample: bool = False
    only: str = ""
    now: datetime | None = None
    release: bool = True


def build(project: Project, options: Options, notes: Notebook) -> tuple[Output, ...]:
    """Return every file of the site and the private reports; mistakes go to ``notes``.

    Where an error stands in ``notes`` afterwards, nothing of it may be written.
    """
    # Forms: Markdown is read once, its body compiled once; every language fills its places.
    pictures = Pictures(project, notes)
    surveys = pictures.place(forms.read(project, options.only, notes))
    plain = pictures.place(plain_pages.read(project, notes))
    words = pictures.place(plain_pages.read_reports(project, surveys, notes))
    plain_pages.check(project, surveys, plain, words, notes)
    hours.check(surveys.values(), options.now, project.settings.zone, notes)
    voices = forms.voices(project, (*surveys.values(), *plain.values(), *words.values()), notes)
    releases.check(project, surveys, voices, notes)
    told = reports.wanted(project, surveys, sample=options.sample)
    pages = plan(
        tuple(surveys.values()), voices.published, project.settings, reports=told, plain=plain
    )
    settings = pictures.settings(project.settings)
    shown, files = looks(settings, surveys)
    templates = Templates(project.template)
    site = forms.Site(
        project=project,
        surveys=surveys,
        plain=plain,
        words=words,
        voices=voices,
        pages=pages,
        templates=templates,
        renderer=Renderer(
            templates,
            settings,
            pages,
            voices.site,
            notes,
            looks=shown,
            plain=tuple(plain.values()),
        ),
        notes=notes,
        now=options.now,
    )
    asked = (*forms.render(site), *forms.collect(site), *pictures.outputs.values(), *files)
    forms.spare_translators(surveys, notes)

    # Reports: answers are counted in one statement; every language tells the same numbers.
    counts = {name: counting.count(site, name, sampled=options.sample) for name in told}
    return hosting.hosted(site, (*asked, *reports.render(site, counts, released=options.release)))
