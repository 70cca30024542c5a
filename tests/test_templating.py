"""Templates fill, share their compiled form, and name file and line when they break."""

from __future__ import annotations

import pytest

from mati.diagnostics import Notebook, human
from mati.templating import Templates


def templates(**texts: str) -> Templates:
    return Templates({name.replace("_", "."): text for name, text in texts.items()}.get)


def render(texts: Templates, name: str = "a.html", **context: object) -> tuple[str | None, str]:
    notes = Notebook()
    made = texts.environment(message=lambda m, **values: m.format(**values))
    shown = texts.render(made, name, context, notes)
    return shown, "\n".join(human(d) for d in notes)


def test_words_are_escaped_and_messages_filled():
    shown, said = render(templates(a_html='{{ _("Part {n}", n=2) }} {{ x }}'), x="<b>")
    assert (shown, said) == ("Part 2 &lt;b&gt;", "")


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("one\n{% if x %}", "templates/a.html:2:1", "endif"),
        ("one\ntwo {{ nobody }}", "templates/a.html:2:1", "'nobody' is undefined"),
        ("{{ x }}\n\n{{ 1 // 0 }}", "templates/a.html:3:1", "zero"),
        ('{% import "b.html" as b %}\n{{ b.m() }}', "templates/b.html:2:1", "'gone' is undefined"),
        ('\n{% include "nowhere.html" %}', "templates/a.html:2:1", "nowhere.html"),
    ],
)
def test_a_broken_template_is_a_diagnostic_with_file_and_line(text: str, place: str, problem: str):
    shown, said = render(
        templates(a_html=text, b_html="{% macro m() %}\n{{ gone.x }}{% endmacro %}"), x=1
    )
    assert shown is None
    assert said.startswith(place + ": error [template-broken]")
    assert problem in said


def test_the_authors_line_is_quoted():
    _, said = render(templates(a_html="one\ntwo {{ nobody }}"))
    assert "   2 | two {{ nobody }}" in said


def test_a_missing_template_is_a_diagnostic():
    shown, said = render(templates(), "a.html")
    assert shown is None
    assert "templates/a.html" in said


def test_the_names_of_loaded_templates_are_known():
    texts = templates(a_html='{% import "b.html" as b %}', b_html="")
    made = texts.environment(message=str)
    texts.render(made, "a.html", {}, Notebook())
    assert texts.used(made) == ("a.html", "b.html")
    assert texts.text("b.html") == ""
    assert texts.text("nowhere") == ""
