"""No page has a style or a script in an attribute, or a link that is none."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from formsite import ROOT

from mati import starters
from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

SCHEME = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data)\s*:", re.IGNORECASE)
LINKS = frozenset({"href", "src", "action", "formaction", "data", "poster", "background"})
YAML = "name: Sokha\nurl: https://s.example\ntimezone: UTC\nlanguages: [en, km, lo]\n"
COLLECT = "collect: {url: https://a.example}\n"


class Attributes(HTMLParser):
    """Finds attributes that no page of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            link = (
                name in LINKS and SCHEME.match(value or "") and (tag, value) != ("link", "data:,")
            )
            if name == "style" or name.startswith("on") or name == "srcdoc" or link:
                self.odd.append(f"<{tag} {name}={value}>")


def odd(html: str) -> list[str]:
    reader = Attributes()
    reader.feed(html)
    reader.close()
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    unquoted = re.findall(
        r"<[a-z][^<>]*\s[a-z-]+=[^\"'\s][^<>]*>", re.sub(r"=\"[^\"]*\"|='[^']*'", '=""', text)
    )
    return [*reader.odd, *unquoted]


def pages(root: Path) -> dict[str, str]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=True), notes)
    assert not notes.has_errors()
    return {o.path: o.content.decode() for o in outputs if o.path.endswith(".html")}


def test_the_check_finds_what_it_looks_for():
    assert odd("<p style='x'>") == ["<p style=x>"]
    assert odd('<a href=" javascript:x">') == ["<a href= javascript:x>"]
    assert odd('<img src="a" onerror="x">')
    assert odd("<p class=x>")
    assert not odd('<link rel="icon" href="data:,"><p class="x" data-x=\'{"a":1}\'>style="x"</p>')


def test_the_sample_project_is_clean(tmp_path):
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "mati.yaml").write_text((ROOT / "mati.yaml").read_text("utf-8"), "utf-8")
    found = pages(tmp_path)
    assert len(found) > 40
    assert {path: odd(html) for path, html in found.items() if odd(html)} == {}


@pytest.mark.parametrize("name", starters.names())
def test_the_starters_are_clean(tmp_path, name):
    (tmp_path / "content").mkdir()
    (tmp_path / "mati.yaml").write_text(YAML + COLLECT, "utf-8")
    for code in starters.languages(name):
        (tmp_path / "content" / f"{name}-{code}.md").write_text(starters.text(name, code), "utf-8")
    found = pages(tmp_path)
    assert {path: odd(html) for path, html in found.items() if odd(html)} == {}
