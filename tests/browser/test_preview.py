"""The preview in a real browser: the page follows a save, problems lie over it and go again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from payloads import PAYLOADS
from playwright.sync_api import BrowserContext, expect

from mati import devserver
from mati.build import Options, build
from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import Output
from mati.project import open_project

pytestmark = pytest.mark.browser

PAGE = (
    '<!doctype html><html lang="en"><head><title>Visit</title>'
    '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
    "</head><body><main><h1>{text}</h1></main></body></html>"
)
SECOND = 1000


def make(root: Path) -> Callable[[Notebook], tuple[Output, ...]]:
    """A build of one page; "wrong" in its source is an error."""

    def build(notes: Notebook) -> tuple[Output, ...]:
        text = (root / "content/visit.md").read_text("utf-8")
        notes.open(Source("content/visit.md", text))
        if "wrong" in text:
            notes.note(Code.NO_SURVEYS, Span("content/visit.md", 1, 1, 5))
        return (Output(path="index.html", content=PAGE.replace("{text}", text).encode()),)

    return build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ"
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text("first", "utf-8")
    return folder


@contextmanager
def previewed(root: Path, made: Callable[[Notebook], tuple[Output, ...]]) -> Iterator[int]:
    """The port of a preview in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    started = asyncio.run_coroutine_threadsafe(devserver.start(root, made), loop).result(10)
    try:
        yield started.port
    finally:
        asyncio.run_coroutine_threadsafe(started.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    with previewed(root, make(root)) as found:
        yield found


def test_a_page_follows_a_save_and_problems_lie_over_it(
    root: Path, port: int, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"http://localhost:{port}/")
    expect(page.locator("h1")).to_have_text("first")
    source = root / "content/visit.md"

    source.write_text("second", "utf-8")
    expect(page.locator("h1")).to_have_text("second", timeout=SECOND)

    source.write_text("wrong <b>&", "utf-8")
    box = page.get_by_role("region", name="Problems")
    expect(box).to_contain_text("content/visit.md:1:1", timeout=SECOND)
    expect(box).to_contain_text("wrong <b>&")
    assert box.locator("b").count() == 0
    expect(page.locator("h1")).to_have_text("second")

    source.write_text("third", "utf-8")
    expect(page.locator("h1")).to_have_text("third", timeout=SECOND)
    expect(box).to_have_count(0)
    assert faults == []


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 80))
def test_problems_quote_hostile_lines_as_text(
    root: Path, context: Callable[..., BrowserContext], first: int
):
    lines = [" ".join(payload.split()) for payload in PAYLOADS[first : first + 80]]

    def build(notes: Notebook) -> tuple[Output, ...]:
        notes.open(Source("content/visit.md", "\n".join(lines)))
        for number, line in enumerate(lines, 1):
            span = Span("content/visit.md", number, 1, len(line))
            notes.note(Code.UNKNOWN_KIND, span, text=line, offer=line, known=line)
        return (Output(path="index.html", content=PAGE.replace("{text}", "here").encode()),)

    with previewed(root, build) as port:
        page = context().new_page()
        met: list[str] = []
        page.on("dialog", lambda dialog: (met.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: met.append(said.text) if said.type == "error" else None)
        page.on("request", lambda r: r.url.startswith("http://localhost") or met.append(r.url))
        page.goto(f"http://localhost:{port}/")
        box = page.get_by_role("region", name="Problems")
        expect(box).to_contain_text(lines[0][:60])
        shown = box.evaluate("(e) => e.textContent")
        missing = [x for x in lines if x.isprintable() and x[:60] not in shown]
        assert missing == []
        assert box.locator("script, img, svg, iframe, math, form, style").count() == 0
        assert page.evaluate("window.__pwned") is None
        assert [x for x in met if "503" not in x] == []  # there is no good page yet


SETTINGS = """name: Sokha
url: https://sokha.example
timezone: Asia/Phnom_Penh
collect:
  url: https://answers.sokha.example
"""
SURVEY = """---
lang: en
save: no
---

# Visit

### How well? {#staff}

| Our staff … | (2) Good | (1) Bad |
|-------------|----------|---------|
| polite {#polite} | | |
| quick {#quick} | | |

### How was it? {#mood}

- (2) Good
- (1) Bad

### What went wrong? {#wrong if="mood = 1"}

___

### Anything else? {#more}

___
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    (folder / "content").mkdir(parents=True)
    (folder / "mati.yaml").write_text(SETTINGS, "utf-8")
    (folder / "content/visit.md").write_text(SURVEY, "utf-8")
    return folder


@pytest.fixture
def address(shop: Path) -> Iterator[str]:
    """The form of a real survey, previewed."""

    def made(notes: Notebook) -> tuple[Output, ...]:
        return tuple(build(open_project(shop, notes), Options(), notes))

    with previewed(shop, made) as found:
        yield f"http://localhost:{found}/en/visit/"


def write(shop: Path, old: str, new: str) -> None:
    assert old in SURVEY
    (shop / "content/visit.md").write_text(SURVEY.replace(old, new), "utf-8")


def test_a_problem_leads_to_its_question_and_marks_it(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    page.goto(address)
    write(shop, "{#quick} | |", "{#quick} | yes |")
    box = page.get_by_role("region", name="Problems")
    expect(box).to_contain_text("content/visit.md:13:20", timeout=3 * SECOND)
    expect(box.locator("mark")).to_have_text("yes")
    expect(page.locator("#a-staff-quick")).to_have_attribute("data-mati-problem", "error")
    page.keyboard.press("Tab")
    box.get_by_role("link", name="Show the question").press("Enter")
    expect(page.locator("#a-staff-quick")).to_be_focused()
    expect(page.locator("#a-staff-quick")).to_be_in_viewport()
    top = page.locator("#a-staff-quick").bounding_box()
    low = box.bounding_box()
    assert top is not None
    assert low is not None
    assert top["y"] + top["height"] <= low["y"]
    write(shop, "___", "___")
    expect(box).to_have_count(0, timeout=3 * SECOND)
    expect(page.locator("[data-mati-problem]")).to_have_count(0)


def test_a_hidden_question_is_shown_when_one_jumps_to_it(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    page.goto(address)
    expect(page.locator("#q-wrong")).to_be_hidden()
    write(shop, "mood = 1", "mod = 1")
    box = page.get_by_role("region", name="Problems")
    box.get_by_role("link", name="Show the question").click(timeout=3 * SECOND)
    expect(page.locator("#a-wrong")).to_be_visible()
    expect(page.locator("#a-wrong")).to_be_focused()


def test_what_is_typed_comes_through_a_save(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    page.goto(address)
    page.locator('input[name="staff.quick"][value="1"]').check(force=True)
    page.locator('input[name="mood"][value="1"]').check(force=True)
    page.locator('[name="wrong"]').fill("ភ្លៀង")
    write(shop, "How was it?", "How was your visit?")
    expect(page.locator("#a-mood legend")).to_contain_text("your visit", timeout=3 * SECOND)
    expect(page.locator('input[name="staff.quick"][value="1"]')).to_be_checked()
    expect(page.locator('[name="wrong"]')).to_be_visible()
    expect(page.locator('[name="wrong"]')).to_have_value("ភ្លៀង")


def test_the_list_can_be_put_away_and_stays_away_until_there_is_news(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    page.goto(address)
    write(shop, "- (1) Bad", "- (2) Bad")
    button = page.get_by_role("region", name="Problems").get_by_role("button")
    expect(button).to_have_attribute("aria-expanded", "true", timeout=3 * SECOND)
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(button).to_have_attribute("aria-expanded", "false", timeout=3 * SECOND)
    write(shop, "- (1) Bad", "- (2) Worse")
    expect(button).to_have_attribute("aria-expanded", "true", timeout=3 * SECOND)
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")


def test_on_a_phone_the_list_waits_beside_the_form(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    page = context(viewport={"width": 360, "height": 640}).new_page()
    page.goto(address)
    write(shop, "- (1) Bad", "- (2) Bad")
    box = page.get_by_role("region", name="Problems")
    button = box.get_by_role("button")
    expect(button).to_have_attribute("aria-expanded", "false", timeout=3 * SECOND)
    page.mouse.wheel(0, 10_000)
    send = page.get_by_role("button", name="Send")
    expect(send).to_be_in_viewport()
    low, high = box.bounding_box(), send.bounding_box()
    assert low is not None
    assert high is not None
    assert high["y"] + high["height"] <= low["y"]
    button.click()
    box.get_by_role("link", name="Show the question").first.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#a-mood")).to_be_in_viewport()


def test_a_page_that_was_never_built_is_the_list(
    shop: Path, context: Callable[..., BrowserContext]
):
    write(shop, "- (1) Bad", "- (2) Bad")

    def made(notes: Notebook) -> tuple[Output, ...]:
        return tuple(build(open_project(shop, notes), Options(), notes))

    with previewed(shop, made) as found:
        page = context().new_page()
        page.goto(f"http://localhost:{found}/en/visit/")
        box = page.get_by_role("region", name="Problems")
        expect(box).to_contain_text("- (2) Bad")
        expect(box.locator("mark").first).to_have_text("2")
        expect(box.get_by_role("link")).to_have_count(0)
        (shop / "content/visit.md").write_text(SURVEY, "utf-8")
        expect(page.locator("#a-mood")).to_be_visible(timeout=3 * SECOND)


def test_a_question_of_a_later_step_is_shown_when_one_jumps_to_it(
    shop: Path, address: str, context: Callable[..., BrowserContext]
):
    stepped = SURVEY.replace("save: no", "save: no\npages: steps").replace(
        "### Anything", "## The rest\n\n### Anything"
    )
    (shop / "content/visit.md").write_text(stepped, "utf-8")
    page = context().new_page()
    page.goto(address)
    expect(page.locator("#a-more")).to_be_hidden(timeout=3 * SECOND)
    (shop / "content/visit.md").write_text(stepped.replace("{#more}", "{#more nd}"), "utf-8")
    box = page.get_by_role("region", name="Problems")
    box.get_by_role("link", name="Show the question").click(timeout=3 * SECOND)
    expect(page.locator("#a-more")).to_be_visible()
    expect(page.locator("#a-more")).to_be_focused()
