"""Every example of every kind is answered and sent by the keyboard alone, without a script."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from formsite import ROOT, Site, site_of
from playwright.sync_api import BrowserContext, Page

sys.path.insert(0, str(ROOT))

from mati.diagnostics import Notebook, Source
from mati.model import Survey
from mati.questions import kind_of
from mati.reader import read
from mati.settings import read_project
from scripts.examples import Example, all_examples

pytestmark = pytest.mark.browser

EXAMPLES = tuple(example for example in all_examples() if not example.wrong)
TYPED = {
    "text": "abc def ghi jkl mno", "tel": "012345678", "email": "a@b.example",
    "url": "https://b.example", "number": "2", "date": "11252026", "time": "0130p",
}  # fmt: skip
NOW = "document.activeElement"


def built(example: Example) -> tuple[Site, Survey]:
    """Return the site of an example, and the survey it is."""
    text = f"---\nlang: en\n---\n\n{example.text}"
    project = read_project(Source("mati.yaml", f"languages: [en]\n{example.settings}"), Notebook())
    survey = read(Source("content/visit.md", text), project, Notebook())
    assert survey is not None
    return site_of({"visit": text}, words={"en": {}}, project=project, script=False), survey


def answer(page: Page) -> bool:
    """Answer what has the focus; True when that was the button."""
    tag, kind = page.evaluate(f"[{NOW}.tagName, {NOW}.type || '']")
    if tag == "BUTTON":
        page.keyboard.press("Enter")
        return True
    if tag == "SELECT":
        page.keyboard.press("ArrowDown")
    elif kind in {"radio", "checkbox"}:
        if not page.evaluate(f"{NOW}.checked"):
            page.keyboard.press("Space")
    elif tag in {"INPUT", "TEXTAREA"}:
        page.keyboard.type(TYPED.get(kind, TYPED["text"]))
    return False


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_it_is_answered_and_sent(context: Callable[..., BrowserContext], desk, example):
    site, survey = built(example)
    desk.files = site.files
    page = context(java_script_enabled=False, locale="en-US").new_page()
    page.goto(desk.url + "en/visit/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the head of the page
    for _ in range(120):
        page.keyboard.press("Tab")
        if answer(page):
            break
    page.wait_for_url("**/thanks/**")
    sent = {name for _, pairs, _ in desk.posts for name, value in pairs if value.strip()}
    for question in survey.questions:
        names = {column.name for column in kind_of(question.kind).columns(question)}
        assert sent & names, question.id
