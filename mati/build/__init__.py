"""A project in, every file of its site and its reports out: the sequence, no logic of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mati.build import counting, forms, hosting, reports, sharing
from mati.build.finding import finding
from mati.build.planning import planned
from mati.diagnostics import Notebook
from mati.localise import Traces
from mati.model import Output
from mati.project import Project

__all__ = ["Options", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build may be told.

    ``sample``: made-up answers, marked wherever they are shown, for surveys without real ones.
    ``only``: the name of the one survey to build, "" for all. ``now``: the moment, for what only
    time makes wrong; None where nobody asks. ``release``: False for a preview, whose public reports
    show every answer at once and remember nothing. ``traces``: every text of a page gives account
    of itself there, for translators; such outputs are never written.
    """

    sample: bool = False
    only: str = ""
    now: datetime | None = None
    release: bool = True
    traces: Traces | None = None


def build(project: Project, options: Options, notes: Notebook) -> tuple[Output, ...]:
    """Return every file of the site and the private reports; mistakes go to ``notes``.

    Where an error stands in ``notes`` afterwards, nothing of it may be written.
    """
    # Forms: Markdown is read once, its body compiled once; every language fills its places.
    site, told, files = planned(
        project, options.only, options.now, notes, sample=options.sample, traces=options.traces
    )
    shown = forms.dated(site, (*forms.render(site), *sharing.render(site)))
    asked = (*shown, *forms.collect(site), *files)
    forms.spare_translators(site.surveys, notes)

    # Reports: answers are counted in one statement; every language tells the same numbers.
    counts = {name: counting.count(site, name, sampled=options.sample) for name in told}
    made = (*asked, *reports.render(site, counts, released=options.release))

    # Around both: pictures of links, what search engines ask for, and what the web host wants.
    found = finding(project.settings.url, made, site.pages)
    site.cards.sweep(whole=not options.only)
    return hosting.hosted(site, (*made, *site.cards.outputs.values(), *found))
