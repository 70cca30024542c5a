"""The people to call in, a page to print and to write on out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mati.build.looks import looks
from mati.diagnostics import Notebook
from mati.followups import Case
from mati.localise import Language
from mati.model import Page, Survey
from mati.project import Project
from mati.render import Renderer
from mati.templating import Templates

__all__ = ["callsheet"]


def callsheet(
    project: Project, survey: Survey, found: Sequence[Case], speaker: Language, now: datetime
) -> str:
    """Return the page of a survey's cases (in words of ``speaker``): HTML that needs nothing else.

    ``now`` is the moment in the project's timezone.
    """
    page = Page(kind="callsheet", path="", language=speaker.code, survey=survey.name)
    shown, _ = looks(project.settings, {survey.name: survey})
    voices = {speaker.code: speaker}
    renderer = Renderer(
        Templates(project.template), project.settings, (page,), voices, Notebook(), looks=shown
    )
    context = {
        "title": speaker.message("Whom to call back"),
        "survey": speaker.words(survey.title),
        "day": speaker.day(now.date()),
        "cases": [(case, speaker.day(case.due), speaker.day(case.at.date())) for case in found],
        "unlisted": True,
    }
    styles = ("report.css", "callsheet.css")
    made = renderer.page("callsheet.html", page, speaker, context, styles=styles, root="private")
    return made.content.decode("utf-8")
