"""Links and repeated answers in a real browser: nothing is lost, nothing becomes HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

pytestmark = pytest.mark.browser
Contexts = Callable[..., BrowserContext]

VISIT = """---
lang: en
languages: [km]
send: generic:https://example.org/f
---

# Visit

Read [how long we keep it](pages/privacy.md#kept).

### What did you eat? {#ate}

- (bread) Bread
- (other) Something else: ___

### When was that? {#day}

___ date

### How was your {{ate|food}} on {{day|that day}}? {#liked}

- (2) Good
- (1) Bad

## Thanks {#thanks end}

[Privacy](pages/privacy.md)
"""
PRIVACY = (
    "---\nlang: en\n---\n\n# Privacy\n\n" + "Words.\n\n" * 60 + "## How long {#kept}\n\nA year.\n"
)


@pytest.fixture
def served(desk, tmp_path: Path):
    """The site of a survey and a page that it links to."""
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "mati.yaml").write_text("languages: [en, km]\n", "utf-8")
    (tmp_path / "content/visit.md").write_text(VISIT, "utf-8")
    (tmp_path / "content/pages/privacy.md").write_text(PRIVACY, "utf-8")
    km = 'msgid ""\nmsgstr "Language: km\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    (tmp_path / "locales/km").mkdir(parents=True)
    (tmp_path / "locales/km/visit.po").write_text(km, "utf-8")
    notes = Notebook()
    outputs = build(open_project(tmp_path, notes), Options(), notes)
    assert not notes.has_errors(), list(notes)
    desk.files = {output.path: output.content for output in outputs if output.root == "site"}
    return desk


def test_a_link_on_a_form_opens_beside_the_answers(served, context: Contexts):
    browser = context()
    page = browser.new_page()
    page.goto(served.url + "en/visit/")
    page.get_by_label("Bread").check()
    link = page.get_by_role("link", name="how long we keep it")
    assert link.text_content() == "how long we keep it (opens in a new tab)"
    with browser.expect_page() as opened:
        link.click()
    beside = opened.value
    beside.wait_for_load_state()
    assert beside.url == served.url + "en/privacy/#kept"
    expect(beside.get_by_role("heading", name="How long")).to_be_in_viewport()
    assert page.get_by_label("Bread").is_checked()
    assert beside.evaluate("opener") is None


def test_the_shop_s_pages_are_at_the_foot_and_large_enough(served, context: Contexts):
    page = context(viewport={"width": 360, "height": 640}).new_page()
    for path in ("", "en/", "en/visit/thanks/", "km/privacy/"):
        page.goto(served.url + path)
        box = page.locator("footer").get_by_role("link", name="Privacy").bounding_box()
        assert box["height"] >= 44, path
        assert box["width"] >= 44, path


def test_axe_finds_nothing_on_a_page_and_beside_a_link(served, context: Contexts, violations):
    page = context().new_page()
    for path in ("en/privacy/", "km/privacy/", "en/visit/", "en/visit/thanks/"):
        page.goto(served.url + path)
        assert violations(page) == [], path


def test_a_repeated_answer_is_in_one_s_own_words_and_a_day_in_the_page_s(served, context: Contexts):
    page = context().new_page()
    page.goto(served.url + "en/visit/")
    asked = page.locator("#a-liked legend")
    assert asked.inner_text() == "How was your food on that day?"
    page.get_by_label("Something else").first.check()
    assert "your Something else on" in asked.inner_text()
    page.locator(".write-in input").fill("<b>Rice</b> ")
    page.get_by_label("When was that?").fill("2026-12-01")
    assert "your <b>Rice</b> on December 1, 2026?" in asked.inner_text()
    page.get_by_label("Bread").check()
    page.get_by_label("When was that?").fill("")
    assert "your Bread on that day?" in asked.inner_text()
