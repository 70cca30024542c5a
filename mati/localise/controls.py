"""The forms of one survey in its languages in; proof that they ask the same, or diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser

from mati.diagnostics import Code, Notebook, Span
from mati.model import WORDING, Survey

__all__ = ["controls", "same_controls"]

_CONTROLS = frozenset({"input", "textarea", "select", "option", "button"})
_PER_LANGUAGE = frozenset({"mati_lang", "lang"})
"""Names whose value says the language; it must differ, as does the hash of a consent."""

Control = tuple[str, str, str, str, bool]


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[Control] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _CONTROLS:
            return
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        kind = given.get("type", "")
        proof = kind == "hidden" and name.endswith(WORDING)
        value = "" if name in _PER_LANGUAGE or proof else given.get("value", "")
        self.found[tag, name, value, kind, "required" in given] += 1


def controls(html: str) -> Counter[Control]:
    """Count the controls of a form: (element, name, value, type, required)."""
    reader = _Controls()
    reader.feed(html)
    reader.close()
    return reader.found


def same_controls(survey: Survey, filled: Mapping[str, str], notes: Notebook) -> bool:
    """Tell whether the forms (language -> HTML) have equal names, values, types and duties.

    Answers given in Khmer and in English must add up; a difference is an error.
    """
    if not filled:
        return True
    source = survey.language if survey.language in filled else next(iter(filled))
    wanted, same = controls(filled[source]), True
    for code, html in filled.items():
        differing = (controls(html) - wanted) + (wanted - controls(html))
        if code != source and differing:
            same = False
            text = " ".join(str(part) for part in min(differing)[:3])
            notes.note(
                Code.CONTROLS_DIFFER, Span(survey.path), language=code, source=source, text=text
            )
    return same
