"""Inline Markdown: what a sentence needs, nothing that runs, and plain text for free."""

from __future__ import annotations

import subprocess
import sys
import time

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.inline import html, is_plain, links, plain, rich

PLAIN = st.text(
    alphabet=st.sampled_from("ab Zé1.,:;?!'\"()-#+={}$%@/~|^&>\n" + "កខ្រាំ។ៗ" + "ກຂັ່ຳໜ" + "\u200b"),
    max_size=40,
)
SOUP = st.text(alphabet=st.sampled_from("ab *_`[]()<>\\!&;:/#\n'\"{}.jក"), max_size=60)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a **b** *c* `d<e>`", "a <strong>b</strong> <em>c</em> <code>d&lt;e&gt;</code>"),
        ("[x](https://e.example/?a=1&b=2)", '<a href="https://e.example/?a=1&amp;b=2">x</a>'),
        ("[privacy](../pages/privacy/)", '<a href="../pages/privacy/">privacy</a>'),
        ("line  \nbreak", "line<br>break"),
        ("<b onclick=x>raw</b> & more", "&lt;b onclick=x&gt;raw&lt;/b&gt; &amp; more"),
        ("![Blue *cup*](cup.jpg) Cup", "Blue *cup* Cup"),
        ("**«ល្អ»**ណាស់", "<strong>«ល្អ»</strong>ណាស់"),
        ("snake_case_word", "snake_case_word"),
        ("# no *heading*", "# no <em>heading</em>"),
        ("1. no list", "1. no list"),
        ("**{{reward.code}}**", "<strong>{{reward.code}}</strong>"),
    ],
)
def test_what_a_sentence_needs(source, expected):
    assert html(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](JaVa\nScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "[x](&#47;/evil.example)",
        "[x](/&#47;evil.example)",
        "[x](/\\evil.example)",
        "[x](/\t/evil.example)",
        "<javascript:alert(1)>",
        "[x](https://ok.example 'on\" onclick=\"x')",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '![x](x" onerror="alert(1))',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "`<script>`",
    ],
)
def test_nothing_that_runs_survives(source):
    result = html(source)
    assert "<script" not in result
    assert "<img" not in result
    for target in links(source):
        assert not target.lower().startswith(("javascript", "data", "vbscript", "//", "/\\"))
    inside_tags = "".join(part.split(">")[0] for part in result.split("<")[1:])
    assert "onerror" not in inside_tags
    assert "onclick" not in inside_tags


@given(PLAIN)
def test_the_fast_path_equals_python_markdown(text):
    if is_plain(text):
        assert html(text).strip("\n") == rich.render(text).strip("\n")


@given(PLAIN.filter(lambda t: not set(t) & set("#+-=|\n1") and t.strip()))
def test_the_fast_path_equals_a_whole_page_through_python_markdown(text):
    text = text.lstrip(" >:")
    if is_plain(text) and text.strip():
        assert f"<p>{html(text.strip())}</p>" == markdown.markdown(text.strip())


@given(SOUP)
def test_any_soup_gives_balanced_tags_of_the_few_allowed(text):
    result = html(text)
    for name in ("a", "em", "strong", "code"):
        opened = result.count(f"<{name}>") + result.count(f"<{name} ")
        assert opened == result.count(f"</{name}>")
    for piece in result.split("<")[1:]:
        assert piece.startswith(
            (
                "a>",
                'a href="',
                "/a>",
                "em>",
                "/em>",
                "strong>",
                "/strong>",
                "code>",
                "/code>",
                "br>",
            )
        )


def test_plain_words_for_attributes():
    assert plain("a **b** & [c](x) &lt;") == "a b & c <"
    assert plain("R&D 'x' < 3") == "R&D 'x' < 3"
    assert plain("a  \nb") == "a\nb"


def test_links_in_order():
    assert links("[a](one) and <https://two.example> and `[b](no)`") == (
        "one",
        "https://two.example",
    )
    assert links("no [links] here") == ()


def test_control_characters_are_replaced():
    assert html("a\x00b\x02klzzwxh:0000\x03\ufdd0") == "a\ufffdb\ufffdklzzwxh:0000\ufffd\ufffd"


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["[", "![a", "[a](", "*", "_a*", "<a@", "`", "  \n", "[a]([a](["])
def test_hostile_text_is_quick(piece):
    started = time.perf_counter()
    html(piece * (100_000 // len(piece)))
    html(piece * (1_400 // len(piece)))
    assert time.perf_counter() - started < 2


def test_plain_text_never_loads_python_markdown():
    code = (
        "import sys; from mati.inline import html, plain; html('R&D > \\'x\\''); plain('x');"
        "sys.exit('markdown' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
