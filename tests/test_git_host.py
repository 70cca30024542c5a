"""On a Git host every survey reads well: its own Markdown leaves no debris but the braces.

Rendered with cmark-gfm, what GitHub itself uses. Rules: 1. every table, heading, list and line
comes out as such; 2. all words and every pair of braces are whole; 3. nothing else of the notation
is seen but ``(code)``, ``[code]`` and ``___``.
"""

from __future__ import annotations

import html
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

import mati
from mati.diagnostics import Notebook, Source
from mati.inline import plain
from mati.model import ProjectSettings, texts
from mati.reader import Marks, marks, read
from mati.reader.front import part
from mati.settings import read_project
from scripts.examples import all_examples

ROOT = Path(__file__).parent.parent
PACKAGE = Path(mati.__file__).parent


def surveys() -> dict[str, str]:
    """Every survey that we show to anybody, by a name for the test."""
    files = [
        *sorted((ROOT / "content").glob("*.md")),
        *(path for path in sorted(PACKAGE.glob("starters/*/*.md")) if "README" not in path.name),
    ]
    found = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}
    found.update((str(example), example.text) for example in all_examples() if not example.wrong)
    return found


SURVEYS = surveys()


class Page(HTMLParser):
    """What a page shows: its text by block, and how often each tag stands there."""

    BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "th", "td", "pre"})

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.blocks: list[str] = [""]
        flags = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
        self.feed(cmarkgfm.github_flavored_markdown_to_html(source, flags))
        self.text = " ".join(" ".join(self.blocks).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in self.BLOCKS:
            self.blocks.append("")
        if tag == "img":
            self.blocks[-1] += f" {dict(attrs)['alt']} "

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


@cache
def _project() -> ProjectSettings:
    return read_project(Source("mati.yaml", (ROOT / "mati.yaml").read_text("utf-8")), Notebook())


@cache
def rendered(name: str) -> tuple[Page, Marks, str]:
    """A survey as a Git host shows it, what the reader makes of it, and its text."""
    _, body, _ = part("visit.md", SURVEYS[name], Notebook())
    found = marks(Source("visit.md", SURVEYS[name]), _project(), Notebook())
    return Page(body), found, body


every = pytest.mark.parametrize("name", SURVEYS)


@every
def test_headings_are_those_that_were_written(name):
    page, _, body = rendered(name)
    bare = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    for level in (1, 2, 3):
        written = re.findall(rf"^{'#' * level} ", bare, flags=re.MULTILINE)
        assert page.tags.count(f"h{level}") == len(written)
    assert not {"h4", "h5", "h6"} & set(page.tags)


@every
def test_grids_are_tables_and_bars_are_seen_nowhere(name):
    page, found, body = rendered(name)
    assert page.tags.count("table") == len(found.grids)
    assert page.tags.count("tr") == sum(len(grid) - 1 for grid in found.grids)
    bars = re.sub(r"\{\{.*?\}\}", "", page.text).count("|")
    assert bars == body.count("\\|")  # those that belong to the words


@every
def test_lines_to_write_on_are_lines(name):
    page, _, body = rendered(name)
    lines = re.findall(r"^___+\s*$|^---+\s*$", body, flags=re.MULTILINE)
    assert page.tags.count("hr") == len(lines)


@every
def test_nothing_becomes_what_it_is_not(name):
    page, _, body = rendered(name)
    assert "<!--" not in page.text
    assert "-->" not in page.text
    assert "input" not in page.tags  # a list of tasks
    assert "code" not in page.tags or "`" in body
    assert not {"del", "blockquote", "section", "sup"} & set(page.tags)
    for tag in ("em", "strong"):
        assert tag not in page.tags or re.search(
            r"[*_]\w[^*\n]*\w[*_]", re.sub(r"\{.*?\}", "", body)
        )


@every
def test_all_braces_are_whole(name):
    page, found, _ = rendered(name)
    for piece in found.braces:
        assert " ".join(f"{{{piece.text}}}".split()) in page.text


@every
def test_all_words_are_there(name):
    page, found, _ = rendered(name)
    survey = read(Source("content/visit.md", SURVEYS[name]), _project(), Notebook())
    assert survey is not None
    seen = page.text + re.sub(r"(\{\{[\w.]+)\|[^}]*", r"\1", page.text)
    for text in texts(survey):
        if text.context.startswith("visit.") and text.span.line >= found.first:
            words = plain(text.source) if text.rich else text.source
            assert " ".join(words.split()) in seen


@every
def test_no_other_debris(name):
    page, _, _ = rendered(name)
    for block in page.blocks:
        shown = re.sub(r"\{\{.*?\}\}|\{[^{}]*\}", "", html.unescape(block))
        shown = re.sub(r"^\s*(\([a-z0-9_.-]*\)|\[[a-z0-9_-]*\])", "", shown)
        shown = re.sub(r"_{3,}", "", shown)
        assert not re.search(r"[{}\\]|^\s*(#|[-*+] |\d+\.)|__|\*\*", shown), block


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Words\n---\n", "h2"),
        ("- [x] Done\n", "input"),
        ("    - (5) Good\n", "pre"),
        ("- (a) *one {* #a}\n", "em"),
        ("~~a~~", "del"),
    ],
)
def test_what_a_git_host_takes_for_something_else_is_seen(text, tag):
    assert tag in Page(text).tags
