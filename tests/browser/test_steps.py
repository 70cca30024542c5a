"""One part at a time in a real browser: with and without JavaScript, by keyboard, Back and all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from formsite import Site, site_of
from playwright.sync_api import BrowserContext, Page, expect

from mati.model import ProjectSettings

pytestmark = pytest.mark.browser

SURVEY = """---
lang: en
pages: steps
prefill: [overall, first]
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
---

# How did we serve you?

Two minutes.

## Only in Vientiane {#parking_page if="branch = vt"}

### How was the parking? {#parking}

- (good) Good
- (bad) Bad

## Your visit {#visit}

### How was your visit? {#overall *}

- (5) Excellent
- (2) Fair
- (1) Poor

### Your first name {#first}

___

## What went wrong {#wrong if="overall <= 2"}

### Which part was bad? {#which *}

- [late] It came late
- [broken] It was broken

### Where was it? {#where * as=dropdown}

- (shop) Shop
- (home) Home

## A word for the manager {#manager if="which has late"}

### What do you say? {#said}

___
___

## In your own words {#words}

### How many people came? {#people}

___ number

### Your e-mail address {#email}

___ email

## A big group {#group if="overall = 1"}

### Was there enough room? {#room}

- (yes) Yes
- (no) No

## Thank you! {#thanks end}

Bye.
"""
FORM = "en/steps/"
Contexts = Callable[..., BrowserContext]


@cache
def site() -> Site:
    project = ProjectSettings(languages=("en",), url="https://sokha.example")
    one = SURVEY.replace("pages: steps", "pages: one")
    return site_of({"steps": SURVEY, "one": one}, words={"en": {}}, project=project)


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def part(page: Page) -> list[str]:
    """Return the headings of the parts that are seen."""
    return page.locator("section.s h2:visible").all_inner_texts()


def ways(page: Page) -> list[str]:
    """Return what can be pressed to go somewhere."""
    return page.locator(".go a:visible, .send:visible").all_inner_texts()


def start(context: Contexts, desk, *, script: bool, query: str = "") -> Page:
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + FORM + query)
    return page


def go(page: Page, word: str) -> None:
    page.locator(".go a:visible", has_text=word).click()


def only_post(desk) -> dict[str, str]:
    ((_, pairs, _),) = desk.posts
    return dict(pairs)


@pytest.mark.parametrize("script", [True, False])
def test_one_part_at_a_time(context, desk, script):
    page = start(context, desk, script=script)
    # without a script nobody knows the branch: the first part is shown
    first = ["Only in Vientiane"] if not script else ["Your visit"]
    assert part(page) == first
    if not script:
        assert ways(page) == ["Next"]
        go(page, "Next")
    assert (part(page), ways(page)) == (["Your visit"], ["Next"] if script else ["Back", "Next"])
    page.check("[name=overall][value='5']")
    go(page, "Next")
    assert (part(page), ways(page)) == (["In your own words"], ["Back", "Send my answers"])
    page.go_back()
    assert part(page) == ["Your visit"]
    assert page.is_checked("[name=overall][value='5']")
    page.check("[name=overall][value='2']")
    go(page, "Next")
    assert (part(page), ways(page)) == (["What went wrong"], ["Back", "Next"])
    page.check("[value=late]")
    if script:
        go(page, "Next")
        assert part(page) == ["What went wrong"]
        page.click("div.sum a")
        assert page.evaluate("document.activeElement.name") == "where"
    page.select_option("[name=where]", "home")
    go(page, "Next")
    assert part(page) == ["A word for the manager"]
    go(page, "Back")
    page.uncheck("[value=late]")
    page.check("[value=broken]")
    go(page, "Next")
    assert part(page) == ["In your own words"]
    go(page, "Back")
    assert part(page) == ["What went wrong"]
    go(page, "Next")
    page.fill("[name=people]", "3")
    page.click(".send:visible")
    page.wait_for_url("**/thanks/#thanks")
    assert only_post(desk)["overall"] == "2"
    assert (only_post(desk)["which"], only_post(desk)["people"]) == ("broken", "3")


@pytest.mark.parametrize("script", [True, False])
def test_the_button_stands_behind_the_last_part(context, desk, script):
    page = start(context, desk, script=script)
    if not script:
        go(page, "Next")
    page.check("[name=overall][value='1']")
    go(page, "Next")
    page.check("[value=broken]")
    page.select_option("[name=where]", "home")
    go(page, "Next")
    assert (part(page), ways(page)) == (["In your own words"], ["Back", "Next"])
    go(page, "Next")
    assert (part(page), ways(page)) == (["A big group"], ["Back", "Send my answers"])


def test_nothing_static_can_block_a_part_that_is_not_seen(context, desk):
    html = site().html("en/steps/index.html")
    assert " required" not in html
    assert "novalidate" in html.partition("<form")[2].partition(">")[0]
    page = start(context, desk, script=False)
    for _ in range(2):
        go(page, "Next")
    page.fill("[name=email]", "nobody")
    page.press("[name=email]", "Tab")  # said at once, and then it is left to the writer
    expect(page.get_by_text("Please write an e-mail address")).to_be_visible()
    page.click(".send")
    page.wait_for_url("**/thanks/#thanks")
    assert only_post(desk)["email"] == "nobody"


def test_enter_sends_nothing_too_early_without_script(context, desk):
    page = start(context, desk, script=False)
    go(page, "Next")
    page.fill("[name=first]", "Dara")
    page.press("[name=first]", "Enter")
    page.wait_for_timeout(200)
    assert not desk.posts
    assert part(page) == ["Your visit"]


def test_a_part_is_checked_before_the_next(context, desk, violations):
    page = start(context, desk, script=True)
    page.fill("[name=first]", "Dara")
    page.press("[name=first]", "Enter")
    assert part(page) == ["Your visit"]
    expect(page.locator("#a-overall > .e")).to_be_visible()
    page.click("div.sum a")
    assert page.evaluate("document.activeElement.name") == "overall"
    assert violations(page) == []
    page.keyboard.press("Space")
    page.press("[name=first]", "Enter")  # goes on
    assert part(page) == ["In your own words"]
    assert page.evaluate("document.activeElement.textContent") == "In your own words"
    assert not desk.posts
    page.fill("[name=email]", "nobody")
    page.press("[name=email]", "Enter")
    expect(page.get_by_text("Please write an e-mail address")).to_be_visible()
    page.fill("[name=email]", "dara@sokha.example")
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/thanks/#thanks")
    assert only_post(desk)["first"] == "Dara"


def test_keyboard_alone(context, desk, violations):
    page = start(context, desk, script=True)
    keys = page.keyboard
    for key in ("Tab", "Space", "Tab", "Tab", "Enter"):  # answer, name, next
        keys.press(key)
    page.wait_for_url("**#q-words")
    assert part(page) == ["In your own words"]
    for key in ("Tab", "4", "Tab", "Tab", "Tab", "Enter"):  # people, e-mail, back, send
        keys.press(key)
    page.wait_for_url("**/thanks/#thanks")
    assert only_post(desk)["people"] == "4"


def test_what_only_the_script_knows(context, desk):
    page = start(context, desk, script=True, query="?branch=vt")
    assert (part(page), ways(page)) == (["Only in Vientiane"], ["Next"])
    expect(page.get_by_text("Two minutes.")).to_be_visible()
    go(page, "Next")
    assert (part(page), ways(page)) == (["Your visit"], ["Back", "Next"])
    expect(page.get_by_text("Two minutes.")).to_be_hidden()
    page = start(context, desk, script=True, query="?branch=pp")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert (part(page), ways(page)) == (["Your visit"], ["Next"])
    expect(page.get_by_text("Two minutes.")).to_be_visible()


def test_a_link_into_the_middle_asks_what_is_missing(context, desk):
    page = start(context, desk, script=True, query="#q-words")
    assert part(page) == ["In your own words"]
    page.click(".send")
    assert part(page) == ["In your own words"]
    page.click("div.sum a")
    assert part(page) == ["Your visit"]
    assert page.evaluate("document.activeElement.name") == "overall"
    assert not desk.posts


def test_a_part_that_is_skipped_meanwhile_is_passed_over(context, desk):
    page = start(context, desk, script=True, query="#q-wrong")
    page.wait_for_url("**#q-words")
    assert part(page) == ["In your own words"]


def test_the_skip_link_stays_in_the_part(context, desk):
    page = start(context, desk, script=True)
    page.check("[name=overall][value='5']")
    go(page, "Next")
    page.focus(".skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**#q-words")
    assert part(page) == ["In your own words"]
    page.evaluate("location.hash = 'a-overall'")  # as a list of problems would
    page.wait_for_url("**#q-visit")
    assert part(page) == ["Your visit"]


def test_no_part_has_anything_for_axe_to_find(context, desk, violations):
    page = start(context, desk, script=True)
    assert violations(page) == []
    page.check("[name=overall][value='2']")
    go(page, "Next")
    assert violations(page) == []


def test_axe_finds_nothing_where_the_script_never_came(context, desk, violations):
    desk.files = {
        FORM + "index.html": site().html(FORM + "index.html").partition("<script")[0].encode()
    }
    page = start(context, desk, script=True)
    for _ in range(2):
        assert violations(page) == []
        go(page, "Next")


def test_the_introduction_stands_before_the_first_part_alone(context, desk):
    page = start(context, desk, script=False)
    expect(page.get_by_text("Two minutes.")).to_be_visible()
    go(page, "Next")
    expect(page.get_by_text("Two minutes.")).to_be_hidden()
    go(page, "Back")
    expect(page.get_by_text("Two minutes.")).to_be_visible()


def test_paper_shows_everything(context, desk):
    page = start(context, desk, script=True)
    page.emulate_media(media="print")
    assert len(page.locator("section.s:visible").all()) == 6
    assert ways(page) == []


def old_engine(desk) -> None:
    """Serve the page as an engine sees it that has never heard of :has."""
    html = site().html(FORM + "index.html").replace(":has(", ":hasnt(")
    start, end = html.index('<meta http-equiv="Content-Sec'), html.index('<meta name="viewport"')
    desk.files = {**site().files, FORM + "index.html": (html[:start] + html[end:]).encode()}


@pytest.mark.parametrize("script", [True, False])
def test_an_old_engine_shows_every_part_and_sends_them_together(context, desk, script):
    old_engine(desk)
    page = context(java_script_enabled=script).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(desk.url + FORM + "#q-words")
    assert ways(page) == ["Send my answers"]
    always = ["Your visit", "In your own words"]
    assert part(page) == always if script else set(always) < set(part(page))
    if script:
        page.click(".send")
        page.click("div.sum a")
        assert page.evaluate("document.activeElement.name") == "overall"
    page.check("[name=overall][value='5']")
    page.click(".send")
    page.wait_for_url("**/thanks/#thanks")
    assert only_post(desk)["overall"] == "5"
    assert not problems


def test_a_link_fills_in_several_parts(context, desk):
    page = start(context, desk, script=True, query="?overall=2#first=Dara")
    assert part(page) == ["Your visit"]
    assert page.is_checked("[name=overall][value='2']")
    assert page.input_value("[name=first]") == "Dara"
    go(page, "Next")
    assert part(page) == ["What went wrong"]


def test_a_survey_on_one_page_carries_none_of_it():
    html = site().html("en/one/index.html")
    assert 'class="go"' not in html
    assert ".next" not in html
    assert "hashchange" not in html
