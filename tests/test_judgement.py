"""One judgement: check, status, preview and build say the same of every translation."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from untrusted import ATTACKS

from mati.catalog import DOUBTS, Catalog, Message, faults, state_of
from mati.diagnostics import Code, Notebook, Span
from mati.localise import Traces, coverage, language
from mati.merge import Unit, check_units, tally
from mati.model import Pipe, Text

PATH = "locales/km/visit.po"
SOURCES = (
    "Was it good?",
    "Thank you, {{q}}, see [our shop](https://shop.example/a) **soon**",
    "{n} of {count}",
    "<b> & {",
)
FRAMED = {Code.NOT_TRANSLATED, Code.OUTDATED_TRANSLATION, Code.PLURAL_FORMS}
PIECES = (
    *ATTACKS,
    *SOURCES,
    "{{q}}",
    "{{ q }}",
    "{{    q}}",
    "{{q q}}",
    "{ n }",
    "{count}",
    "[a](https://shop.example/a)",
    "[a](https://evil.example)",
    "\u2067",
    "\u2069",
    "ល្អ",
    " ",
)
strings = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=4).map("".join)


def judged(source: str, message: Message, *, rich: bool) -> None:
    """Ask everybody of one translation."""
    catalog = Catalog(language="km", path=PATH, messages={message.key: message})
    pipes = (Pipe(ref="q", fallback=None, value="Dara"),) if "{{q}}" in source else ()
    text = Text(context="v.q", source=source, span=Span("v.md"), rich=rich, pipes=pipes)
    unit = Unit(context="v.q", msgid=source, rich=rich)
    notes, traces = Notebook(), Traces()
    check_units([unit], catalog, notes)
    certain = {note.code for note in notes} - DOUBTS - FRAMED
    certain -= {Code.PO_HEADER_MISSING}
    words = language("km", "en", catalog).words(text)
    language("km", "en", catalog, traces=traces).words(text)
    state, count = state_of(source, message, rich=rich), tally([unit], catalog)
    covered = coverage(text, catalog)

    assert traces.found[0].state == state
    assert bool(certain - {Code.LINK_LOST}) is (state == "broken")
    assert (Code.NOT_TRANSLATED in {note.code for note in notes}) is (state == "missing")
    assert count.missing == covered.missing == (state == "missing")
    assert covered.outdated == (state == "outdated")
    assert covered.broken == (state == "broken")
    assert count.problems == (state in {"broken", "lost"})
    if state != "outdated":
        assert words.fallback is (state in {"missing", "broken"})
    if pipes and not words.fallback:
        assert "{{" not in words.text
        assert "{{" not in words.html


@example(source=SOURCES[1], string="ល្អ {{ q }}", rich=True, fuzzy=False)
@example(source=SOURCES[1], string="ល្អ {{ q }}", rich=True, fuzzy=True)
@example(source=SOURCES[1], string="ល្អ {{q}} [a](https://shop.example/a)", rich=True, fuzzy=False)
@example(source=SOURCES[0], string="<b>", rich=True, fuzzy=True)
@given(source=st.sampled_from(SOURCES), string=strings, rich=st.booleans(), fuzzy=st.booleans())
def test_everybody_says_the_same_of_a_translation(source, string, rich, fuzzy):
    flags = ("fuzzy",) if fuzzy else ()
    judged(source, Message("v.q", source, (string,), flags=flags), rich=rich)


@given(strings, strings, strings)
def test_and_of_a_plural(one, two, plural):
    source = "{n} of {count}"
    judged(source, Message("v.q", source, (one, two), plural=plural or "more"), rich=False)


@given(strings)
def test_a_message_that_is_shown_is_filled(string):
    source = "{n} of {count}"
    mati = Catalog(
        language="km", path=PATH, messages={("", source): Message("", source, (string,))}
    )
    said = language("km", "en", mati=mati).message(source, n=3, count=4)
    assert "{" not in said


@pytest.mark.parametrize(
    ("source", "string"),
    [
        ("Hi {{name}}", "ជំរាប {{na me}}"),
        ("Hi {{name}}", "ជំរាប {{    name }}"),
        ("Hi {name}", "ជំរាប { name }"),
        ("Hi {name}", "ជំរាប {name }"),
    ],
)
def test_a_placeholder_that_no_page_would_fill_is_a_fault(source, string):
    assert [fault.code for fault in faults(source, string)] == [Code.PLACEHOLDERS_DIFFER]


@pytest.mark.parametrize("string", ["{{name}}", "{{ name }}", "{{   name}}"])
def test_blanks_at_the_ends_of_a_pipe_are_free(string):
    assert not list(faults("Hi {{name}}", f"ជំរាប {string}"))


@pytest.mark.parametrize(
    ("string", "state"),
    [("", "missing"), ("<b>", "broken"), ("ហាង", "lost"), ("[a](https://shop.example/)", "good")],
)
def test_each_state_has_its_translation(string, state):
    source = "See [our shop](https://shop.example/)"
    assert state_of(source, Message("v.q", source, (string,))) == state
