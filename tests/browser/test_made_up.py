"""Made-up languages in a browser: nothing clipped, nothing over the edge, no word by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from leaks import leaks_in_page
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
FORMS = ("customer-service", "after-sales", "kiosk")
Contexts = Callable[..., BrowserContext]

CLIPPED = """() => {
  const found = [], tell = (what, one) => found.push(what + " " + one.outerHTML.slice(0, 90));
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one), own = [...one.childNodes].some((node) => {
      return node.nodeType === 3 && node.data.trim();
    });
    const shown = own && one.checkVisibility({ opacityProperty: true });
    if (!shown || style.position === "absolute" || one.closest(".vh, pre, svg, code")) continue;
    const box = one.getBoundingClientRect();
    let unseen = box.width < 2 || box.height < 2; // or read aloud only: in a box of one pixel
    for (let part = one; part; part = part.parentElement) unseen ||= part.clientWidth === 1;
    if (unseen) continue;
    const field = ["INPUT", "SELECT", "TEXTAREA"].includes(one.tagName);
    const high = one.scrollHeight > one.clientHeight + 1;
    if ((field || style.overflowY !== "visible") && high) tell("clipped", one);
    const wide = style.display !== "inline" && one.scrollWidth > one.clientWidth + 1;
    if (wide && style.overflowX === "visible") tell("wide", one);
    const line = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    const stacked = /[\\u1780-\\u17ff\\u0e80-\\u0eff]/.test(one.textContent);
    if (stacked && line < 1.5) tell("line " + line.toFixed(2), one);
  }
  return found;
}"""
"""What is cut off, runs out of its box, or has lines so near that stacks touch.

The ink of Noto Sans Khmer and Lao needs 1.51 and 1.55 em in the worst word of two texts measured;
what touches at 1.5 is a pixel of one mark.
"""


@cache
def site(language: str) -> dict[str, bytes]:
    """The sample as it is served, in a language that is made up or a real one."""
    notes = Notebook()
    project = open_project(ROOT, notes)
    made_up = () if language in ("km", "lo") else (language,)
    settings = replace(project.settings, collect_url="/")
    project = replace(project, invented=True, pseudo=made_up, settings=settings)
    now = datetime(2026, 11, 25, tzinfo=UTC)
    made = build(project, Options(sample=True, release=False, now=now), notes)
    return {one.path: one.content for one in made}


def pages(language: str) -> Iterator[str]:
    """Every page of a language, as a path."""
    for path in site(language):
        if path.endswith("index.html") and f"/{language}/" in f"/{path}":
            yield path.removesuffix("index.html")


def opened(page: Page) -> None:
    """Open what is folded, and every branch."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.evaluate("document.querySelectorAll('[data-if]').forEach((one) => { one.hidden = false })")


@pytest.mark.parametrize("language", ["en-XA", "km-XA", "km", "lo"])
def test_no_stack_is_clipped_and_nothing_runs_over_the_edge(context: Contexts, desk, language):
    desk.files = site(language)
    page = context(viewport={"width": 320, "height": 800}).new_page()
    found = {}
    for path in pages(language):
        page.goto(desk.url + path)
        opened(page)
        wrong = page.evaluate(CLIPPED)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wrong.append("the page is wider than the window")
        if wrong:
            found[path] = wrong[:6]
    assert found == {}
    assert len(list(pages(language))) >= 15


def test_what_is_clipped_is_found(context: Contexts, desk):
    desk.files = site("km-XA")
    page = context(viewport={"width": 320, "height": 800}, bypass_csp=True).new_page()
    page.goto(f"{desk.url}km-XA/customer-service/")
    page.add_style_tag(content="h1 { height: 12px; overflow: hidden }")
    assert any(one.startswith("clipped <h1") for one in page.evaluate(CLIPPED))
    page.add_style_tag(content="h1 { height: auto; overflow: visible; line-height: 1.1 }")
    assert any(one.startswith("line 1.10 <h1") for one in page.evaluate(CLIPPED))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_from_right_to_left_nothing_runs_over_the_edge(
    context: Contexts, desk, violations, width, scheme
):
    desk.files = site("ar-XB")
    page = context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    for path in pages("ar-XB"):
        page.goto(desk.url + path)
        opened(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if "/ar-XB/" in f"/{path}"[:7]:
            assert page.get_attribute("html", "dir") == "rtl", path
    for path in ("ar-XB/customer-service/", "ar-XB/customer-service/report/"):
        page.goto(desk.url + path)
        assert violations(page) == [], path


SIGNS = """(one) => [...one.textContent].map((sign, at) => {
  const range = document.createRange(), text = one.firstChild;
  range.setStart(text, at);
  range.setEnd(text, at + 1);
  return [range.getBoundingClientRect().x, sign];
}).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]).join("")"""
"""The signs of an element from left to right, as they are seen."""


def left(part: Locator) -> float:
    """Return where the words of an element begin, whatever the size of its box."""
    return part.evaluate(
        "(one) => { const words = document.createRange(); words.selectNodeContents(one);"
        " return words.getBoundingClientRect().left }"
    )


@pytest.mark.parametrize("width", [360, 1200])
def test_numbers_keep_their_order_between_words_from_right_to_left(context: Contexts, desk, width):
    desk.files = site("ar-XB")
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{desk.url}ar-XB/customer-service/report/")
    for one in page.locator(".dv .ci").all():
        assert one.evaluate(SIGNS) == one.text_content()  # 78–89%, and not 89%–78
    for one in page.locator(".dv td.neg").all():
        percent, text = page.evaluate(
            """(one) => {
              const text = one.lastChild, range = document.createRange(), end = text.length;
              const at = (from) => {
                range.setStart(text, from);
                range.setEnd(text, from + 1);
                return range.getBoundingClientRect().x;
              };
              return [at(end - 1) > at(0), one.textContent];
            }""",
            one.element_handle(),
        )
        assert percent, text
    for one in page.locator(".dv .pos:has(.ci)").all():  # an interval ends where its percent does
        percent, interval = (left(one.locator(part)) for part in ("b", ".ci"))
        assert width == 360 or abs(percent - interval) < 2, one.text_content()
    page.goto(f"{desk.url}share/customer-service/ar-XB/")
    snippet = page.locator("pre", has_text="<a data-mati")
    expect(snippet).to_have_css("direction", "ltr")


USED = """() => {
  const tell = (one, name) => one.dispatchEvent(new Event(name, { bubbles: true }));
  for (const one of document.querySelectorAll("[type=radio],[type=checkbox]")) {
    one.checked = true;
    tell(one, "input");
    tell(one, "change");
  }
  for (const one of document.querySelectorAll("textarea")) {
    one.value = "ṽ".repeat(200);
    tell(one, "input");
  }
  for (const one of document.querySelectorAll("[hidden]")) one.hidden = false;
}"""
"""Everything chosen and written, and everything shown that waits for its moment."""
NAMES = ("English", "en-XA", "Mati", "LINE", "Telegram", "Messenger")


def test_what_scripts_say_comes_from_the_catalogues(context: Contexts, desk):
    desk.files = site("en-XA")
    for name in FORMS:
        page = context().new_page()
        page.goto(f"{desk.url}en-XA/{name}/")
        before = page.locator("body").inner_text()
        send = page.locator(".send:visible, a.next:visible")
        if send.count():
            send.first.click()
            page.wait_for_timeout(300)
        page.evaluate(USED)
        assert leaks_in_page(page.content(), "en-XA", NAMES) == []
        assert page.locator("body").inner_text() != before


def test_a_refused_form_says_so_in_its_language(context: Contexts, desk):
    desk.files = site("en-XA")
    page = context().new_page()
    page.goto(f"{desk.url}en-XA/customer-service/")
    for name in ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite"):
        page.evaluate(
            "(name) => document.querySelectorAll(`[name='staff.${name}'][value='5']`)"
            ".forEach((one) => { one.checked = true })", name,
        )  # fmt: skip
    page.evaluate("document.querySelectorAll('[name=overall]')[0].checked = true")
    desk.replies = [(503, {"Content-Type": "text/plain"}, b"no")] * 5
    for _ in range(3):
        send = page.locator(".send:visible")
        if send.count():
            send.click()
            break
        page.locator("a.next:visible").first.click()
    page.wait_for_timeout(600)
    expect(page.locator("html")).to_have_attribute("lang", "en-XA")
    assert leaks_in_page(page.content(), "en-XA", NAMES) == []
