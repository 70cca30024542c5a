"""Texts that know where they come from: nothing of it is left where nobody asked."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from mati.inline.traces import annotated, numbers, trace, untraced

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufdda\ufddb\ufddc"))


def state(number: int) -> str:
    return {0: "good", 1: "missing", 2: "outdated"}[number]


@given(WORDS, st.integers(0, 99999))
def test_a_trace_goes_without_a_trace(words, number):
    shown = trace(words, number)
    assert untraced(shown) == words
    assert untraced(json.dumps(shown)) == json.dumps(words)
    assert untraced(quote(shown)) == quote(words)
    assert numbers(shown) == (number,)


def test_words_between_tags_get_an_element_of_their_own():
    page = f"<p>{trace('a <b>b</b>', 1)} c</p>"
    own = '<mati-text data-mati-text="1" data-mati-state="missing">'
    expected = f"<p>{own}a <b>b</b></mati-text> c</p>"
    assert annotated(page, state) == expected


def test_attributes_are_named_on_their_element():
    page = f"<img alt=\"{trace('a &gt; b', 2)}\" title='{trace('c', 0)}'/>"
    made = annotated(page, state)
    assert 'alt="a &gt; b"' in made
    assert 'data-mati-attributes="alt:2 title:0"' in made
    assert 'data-mati-states="outdated good"' in made
    assert made.endswith("/>")


def test_what_a_script_keeps_for_later_is_named_and_outlines_nothing():
    tag = f'<form title="{trace("a", 0)}" data-wait="{trace("b", 1)}">'
    made = annotated(tag, state)
    assert 'data-mati-attributes="title:0 data-wait:1"' in made
    assert 'data-mati-states="good"' in made
    assert "states" not in annotated(f'<form data-wait="{trace("b", 1)}">', state)


def test_elements_that_hold_no_tags_carry_their_words_themselves():
    for name in ("title", "option", "textarea"):
        made = annotated(f"<{name}>x {trace('a', 1)}</{name}><p>{trace('b', 0)}</p>", state)
        assert f'<{name} data-mati-attributes="text:1" data-mati-states="missing">x a<' in made
        assert '<mati-text data-mati-text="0"' in made


def test_scripts_and_remarks_are_left_alone():
    code = "<script>if (a < b) x = '<p>" + trace("y", 1) + "';</script><!-- " + trace("z", 1)
    assert annotated(code + " -->", state) == "<script>if (a < b) x = '<p>y';</script><!-- z -->"


def test_half_a_trace_breaks_nothing():
    begun = trace("word", 1)[:5]
    assert "\ufdda" not in annotated(f"<p>{begun}</p>", state)
    assert annotated("<p>x\ufddc</p>", state) == "<p>x</p>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if not (tag == "mati-text" and "data-mati-text" in dict(attrs)):
            self.seen.append(tag)


def tags(html: str) -> list[str]:
    reader = _Tags()
    reader.feed(html)
    return reader.seen


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", '<a href="x>y">', "</a>", "<br>", "<title>", "</title>", "a < b", "&lt;",
     trace("w", 0), trace("<b>v</b>", 1), f'<i title="{trace("t", 2)}">', "</i>"]
)))  # fmt: skip
def test_no_tag_is_lost_or_made(pieces):
    page = "".join(pieces)
    assert tags(annotated(page, state)) == tags(untraced(page))
