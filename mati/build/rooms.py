"""A project in, how much room its layout has for which words, out: one map for each catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mati.build import forms
from mati.build.pictures import Pictures
from mati.compile import compile_form
from mati.diagnostics import Notebook
from mati.localise.language import SITE
from mati.merge import Rooms, rooms_in_body, rooms_in_templates
from mati.model import FormTarget, Survey
from mati.project import Project
from mati.templating import Templates

__all__ = ["rooms"]

_PAGES = ("form.html", "parts.html", "share.html", "body.html", "layout.html")
"""Page layouts in which our own words stand where there is little room."""
_OWN = "mati"


def rooms(project: Project) -> Mapping[str, Rooms]:
    """Return the rooms by catalogue (``visit``, ``site``, ``mati``), as the templates make them.

    What is wrong with a survey or a template is for the build to say.
    """
    notes, templates = Notebook(), Templates(project.template)
    surveys = Pictures(project, notes).place(forms.read(project, "", notes))
    pages = {name: templates.text(name) for name in _PAGES}
    found: dict[str, dict[tuple[str, str], int]] = {_OWN: dict(rooms_in_templates(pages))}
    for survey in surveys.values():
        for (context, source), room in _of(survey, templates, notes).items():
            domain = "site" if context.startswith(SITE) else survey.name if context else _OWN
            known = found.setdefault(domain, {})
            known[context, source] = min(room, known.get((context, source), room))
    return found


def _of(survey: Survey, templates: Templates, notes: Notebook) -> Rooms:
    """Return the rooms of one form; where it is sent to has no part in them."""
    plain = replace(survey, settings=replace(survey.settings, opens=None, closes=None))
    target = FormTarget(service="", action="", hosts=None, script="native", without_script="")
    body = compile_form(plain, target, templates, notes)
    return rooms_in_body(body) if body is not None else {}
