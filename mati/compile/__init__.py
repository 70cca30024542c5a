"""A survey in, its form's body out: literal HTML and places for words, once for all languages."""

from __future__ import annotations

from mati.compile.holes import Hole, Holes
from mati.compile.page import FormPage, asked_under, group_id, part_id
from mati.diagnostics import Code, Notebook, Span
from mati.model import Body, FormTarget, Survey, map_text
from mati.templating import Templates, shown_path

__all__ = ["Hole", "Holes", "compile_form", "group_id", "part_id"]

BODY = "body.html"
KIND_FOLDER = "questions/"


def compile_form(
    survey: Survey, target: FormTarget, templates: Templates, notes: Notebook
) -> Body | None:
    """Return the body of the form of ``survey`` for a service that wants ``target``.

    Each question is filled through the ``form.html`` of its kind, with places where its words
    go. None when a template is broken; ``notes`` then says which and where.
    """
    holes = Holes()
    page = FormPage(survey=survey, target=target, holes=holes, asked=asked_under(survey))
    environment = templates.environment(message=holes.message)
    places = map_text(survey, holes.words)
    html = templates.render(environment, BODY, {"survey": places, "page": page}, notes)
    if html is None:
        return None
    try:
        parts, slots = holes.cut(html)
    except ValueError as error:
        path = shown_path(BODY)
        notes.note(Code.TEMPLATE_TESTS_WORDS, Span(path), path=path, problem=str(error))
        return None
    kinds = _kinds(templates.used(environment))
    return Body(parts=parts, slots=slots, styles=kinds, scripts=kinds, rules=page.rules())


def _kinds(loaded: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds whose templates were used, those borrowed by another kind included."""
    inside = (name.removeprefix(KIND_FOLDER) for name in loaded if name.startswith(KIND_FOLDER))
    return tuple(dict.fromkeys(name.split("/")[0] for name in inside))
