"""Every example of every kind: nothing for axe to find, large enough, never wider than the screen.

Untouched, with errors, and with every branch open; light and dark; at 320 px, with letters twice
as large, and with the spacing of WCAG 1.4.12.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from formsite import ROOT
from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(ROOT))

from scripts import kind_pictures
from scripts.examples import Example, all_examples

pytestmark = pytest.mark.browser

EXAMPLES = tuple(example for example in all_examples() if not example.wrong)
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""
UNHIDE = "form [id^=q-], form [id^=a-] { display: block !important }"
SMALL = """[...document.querySelectorAll("label:has(input), .t, button, main a")]
  .filter((e) => e.checkVisibility() && !e.closest("p:not(.sum):not(.kept), .h"))
  .map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([html]) => html)"""


@pytest.fixture(scope="module")
def sites(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The examples built, those with the same settings together."""
    found: dict[str, Path] = {}
    for settings in dict.fromkeys(one.settings for one in EXAMPLES):
        same = tuple(one for one in EXAMPLES if one.settings == settings)
        place = tmp_path_factory.mktemp("examples") / "project"
        found[settings] = kind_pictures.build_examples(place, same, browser)
    return found


@pytest.fixture
def opened(context: Callable[..., BrowserContext], sites) -> Callable[..., Page]:
    def show(example: Example, width: int, scheme: str = "light") -> Page:
        page = context(
            viewport={"width": width, "height": 740}, color_scheme=scheme, bypass_csp=True
        ).new_page()
        site = sites[example.settings] / example.language / example.slug
        page.goto((site / "index.html").as_uri())
        return page

    return show


def wide(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_axe_finds_nothing_and_nothing_is_too_small(opened, violations, example, scheme):
    page = opened(example, 360, scheme)
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    if scheme == "dark":
        return  # what follows differs in colours that other tests measure
    page.evaluate("document.querySelectorAll('[data-if]').forEach((e) => { e.hidden = false })")
    page.add_style_tag(content=UNHIDE)
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    if page.locator("[data-need]").count():
        page.click(".send")
        assert page.locator("div.sum").is_visible()
        assert violations(page) == []
        assert page.evaluate(SMALL) == []
    assert wide(page) <= 360


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_nothing_runs_over_the_edge(opened, example):
    assert wide(opened(example, 320)) <= 320
    for style in ("html { font-size: 200% }", SPACING):
        page = opened(example, 360)
        page.add_style_tag(content=style)
        assert wide(page) <= 360, style
