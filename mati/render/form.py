"""A form in; its script, and what the page tells the script, out."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from mati.model import Hidden
from mati.render.inline import small_js
from mati.render.names import joined, short_names
from mati.render.parts import FETCH, Form, Part

__all__ = ["labels", "script", "small", "told"]

_PLACES = {"session": "session", "device": "local", "no": ""}
"""Which of the browser's stores a draft goes to."""


def script(form: Form, parts: Sequence[Part], text: Callable[[str], str]) -> str:
    """Return the script of a form, the same in all languages; ``text`` reads a template."""
    extras = (f"{part.name}.js" for part in parts)
    names = ("form.js", *extras, *form.body.scripts)
    return small("\n".join(text(name) for name in names))


def small(code: str) -> str:
    """Return JavaScript of our own as it stands in a page."""
    return joined(short_names(small_js(code)))


def told(form: Form, thanks: str, native: str) -> list[tuple[str, Markup]]:
    """Return what the page tells its script, by the name after ``data-``, between apostrophes.

    ``thanks`` is the way to the page that thanks. ``save``: the store of drafts, ``mute``: the
    questions that none keeps, ``fill``: those that a link may answer, ``ends``: the endings
    and their conditions, ``digits``: those of the language where it shows its own,
    ``open`` and ``close``: when it may be answered.
    """
    settings = form.survey.settings
    private = (question.id for question in form.survey.questions if question.private)
    found = {
        "save": _PLACES[settings.save],
        "mute": " ".join(private),
        "fill": " ".join(settings.prefill),
        "digits": native,
        "open": _epoch(settings.opens),
        "close": _epoch(settings.closes),
        "thanks": thanks if form.target.script == FETCH else "",
        "ends": form.body.endings if form.target.script == FETCH else "",
    }
    return [(name, _attribute(value)) for name, value in found.items() if value or name == "mute"]


def labels(hidden: Hidden, words: Callable[..., str]) -> Markup:
    """Return the declared values of a hidden field and their labels; "" for free text.

    ``words`` says a text in the language of the page.
    """
    if not hidden.values:
        return Markup()
    said = {code: words(label) for code, label in hidden.values}
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return _attribute(data)


def _epoch(moment: datetime | None) -> str:
    """Return a moment as JavaScript counts time: milliseconds since 1970."""
    return str(round(moment.timestamp() * 1000)) if moment else ""


def _attribute(text: str) -> Markup:
    """Return ``text`` for an attribute in apostrophes, where quotation marks cost nothing."""
    return Markup(html.escape(text, quote=False).replace("'", "&#39;"))  # noqa: S704 -- escaped
