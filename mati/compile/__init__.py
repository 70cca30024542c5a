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
    environment = templates.environment(message=holes.message, names={"digits": holes.digits})
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
    used = templates.used(environment)
    return Body(
        parts=parts,
        slots=slots,
        styles=_beside(used, "style", "css"),
        scripts=_beside(used, "script", "js"),
        rules=page.rules(),
        endings=page.endings(),
    )


def _beside(used: tuple[str, ...], plain: str, ending: str) -> tuple[str, ...]:
    """Return the files that belong to the templates ``used``, whether or not there are any.

    To a kind belongs ``style.css``, to its look ``stars.html`` also ``stars.css``, behind all
    kinds; what a kind borrows from another is among them.
    """
    stems = [name.removesuffix(".html") for name in used if name.startswith(KIND_FOLDER)]
    kinds = (f"{stem.rpartition('/')[0]}/{plain}.{ending}" for stem in stems)
    looks = (f"{stem}.{ending}" for stem in stems if not stem.endswith("/form"))
    return tuple(dict.fromkeys((*kinds, *looks)))
