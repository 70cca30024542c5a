"""Nothing typed or sent is lost, and one response arrives once: drafts, weak lines, closed tabs.

1. What is typed outlives a reload and a change of language; private answers only the latter.
2. What is sent stands in the browser's store until the service has it, and not a moment longer.
3. However often a response is sent, it goes under one id.
4. A browser that stores nothing, or something odd, and a dead script leave the plain form.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest
from formsite import ROOT, Site, site_of
from playwright.sync_api import BrowserContext, Page, expect

from mati.model import ProjectSettings

pytestmark = pytest.mark.browser

SAMPLE = (ROOT / "content" / "customer-service.md").read_text("utf-8")
ROWS = ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite")
FORM = "km/visit/"
Contexts = Callable[..., BrowserContext]


@cache
def site(save: str = "session", action: str = "/f/visit") -> Site:
    project = ProjectSettings(languages=("en", "km"), url="https://sokha.example")
    text = SAMPLE.replace("\nlang: en", f"\nlang: en\nsave: {save}")
    hosts = (action.rsplit("/f/", maxsplit=1)[0],) if action.startswith("http") else ()
    return site_of(
        {"visit": text}, words={"en": {}, "km": {}}, project=project, action=action, hosts=hosts
    )


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def answer(page: Page, *, phone: str = "") -> None:
    for row in ROWS:
        page.check(f'[name="staff.{row}"][value="5"]')
    page.check(f'[name="overall"][value="{1 if phone else 5}"]')
    page.fill("[name=best]", "ឆ្ងាញ់")
    if phone:
        page.fill("[name=phone]", phone)


def stored(page: Page) -> str:
    """Return all that the browser keeps for the site."""
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def ids(desk) -> list[str]:
    return [dict(pairs)["mati_id"] for _, pairs, _ in desk.posts]


def arrived(page: Page) -> None:
    page.wait_for_url("**/thanks/#thanks", timeout=15_000)


# Drafts


def test_a_reload_keeps_what_was_typed_but_for_private_answers(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    expect(page.locator(".kept")).to_be_hidden()
    answer(page, phone="012 345 678")
    first = page.input_value("[name=mati_id]")
    page.goto("about:blank")
    page.goto(desk.url + FORM)
    assert page.is_checked('[name="staff.polite"][value="5"]')
    assert page.input_value("[name=best]") == "ឆ្ងាញ់"
    assert page.input_value("[name=phone]") == ""
    assert page.input_value("[name=mati_id]") == first
    expect(page.locator(".kept")).to_be_visible()
    assert "345 678" not in stored(page)


def test_one_can_start_again(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM + "?via=qr")
    answer(page)
    first = page.input_value("[name=mati_id]")
    page.reload()
    page.click(".kept button")
    expect(page.locator("[name=mati_id]")).not_to_have_value(first)
    assert page.url == desk.url + FORM + "?via=qr"
    assert page.locator(":checked").count() == 0
    assert page.input_value("[name=best]") == ""
    expect(page.locator(".kept")).to_be_hidden()


def test_another_language_has_all_answers_and_the_whole_address(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM + "?branch=pp&via=facebook")
    answer(page, phone="012 345 678")
    first = page.input_value("[name=mati_id]")
    page.click("header a[lang=en]")
    page.wait_for_url("**/en/visit/?branch=pp&via=facebook")
    assert page.input_value("[name=phone]") == "012 345 678"
    assert page.is_checked('[name="staff.polite"][value="5"]')
    assert page.input_value("[name=mati_lang]") == "en"
    assert page.input_value("[name=mati_id]") == first
    page.click(".send")
    arrived(page)
    (sent,) = [dict(pairs) for _, pairs, _ in desk.posts]
    assert (sent["branch"], sent["mati_channel"], sent["phone"]) == (
        "pp",
        "facebook",
        "012 345 678",
    )


@pytest.mark.parametrize(("save", "place"), [("session", 1), ("device", 0), ("no", None)])
def test_a_draft_is_kept_where_the_author_says(context: Contexts, desk, save, place):
    desk.files = site(save).files
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer(page, phone="012 345 678")
    kept = json.loads(stored(page))
    assert [bool(where) for where in kept] == [place == 0, place == 1]
    assert "345 678" not in stored(page)
    page.click("header a[lang=en]")
    page.wait_for_url("**/en/visit/")
    assert page.input_value("[name=phone]") == "012 345 678"
    page.wait_for_timeout(100)
    assert "345 678" not in stored(page)
    page.click(".send")
    arrived(page)
    assert json.loads(stored(page)) == [{}, {}]


def test_a_kiosk_keeps_nothing(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM + "?kiosk")
    answer(page)
    assert json.loads(stored(page)) == [{}, {}]
    page.reload()
    assert page.locator(":checked").count() == 0


ODD = ["null", "1", '"x"', "[null]", "[[]]", '[["a"]]', '{"a":1}', "{", "[1,[2]]", "[[1,2,3,4]]"]


@pytest.mark.parametrize("odd", ODD)
def test_what_the_browser_keeps_may_be_anything(context: Contexts, desk, odd):
    page = context().new_page()
    problems: list[str] = []
    page.goto(desk.url + FORM)
    page.evaluate(
        "odd => { for (const s of [localStorage, sessionStorage])"
        " for (const k of ['mati', 'mati/visit']) s[k] = odd }",
        odd,
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.reload()
    answer(page)
    page.click(".send")
    arrived(page)
    assert not problems
    assert dict(desk.posts[-1][1])["best"] == "ឆ្ងាញ់"


# Sending


def test_three_presses_are_one_response(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer(page)
    page.evaluate("for (let n = 0; n < 3; n++) document.querySelector('.send').click()")
    arrived(page)
    page.wait_for_timeout(300)
    assert len(desk.posts) == 1
    assert json.loads(stored(page)) == [{}, {}]


def test_a_service_that_cannot_just_now_is_asked_again(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer(page)
    busy = (503, {"Content-Type": "application/json"}, b'{"ok": false}')
    desk.replies = [busy, (429, {}, b""), ()]
    page.click(".send")
    assert page.get_attribute(".send", "aria-disabled") == "true"
    arrived(page)
    assert (len(desk.posts), len(set(ids(desk)))) == (3, 1)
    assert len({str(pairs) for _, pairs, _ in desk.posts}) == 1


def test_offline_answers_leave_by_themselves_when_there_is_a_connection(context: Contexts, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    answer(page, phone="012 345 678")
    opened.set_offline(True)
    page.click(".send")
    expect(page.locator("p.sum")).to_be_visible()
    assert "012 345 678" in json.loads(stored(page))[0]["mati"].replace("+", " ")
    opened.set_offline(False)
    arrived(page)
    assert len(set(ids(desk))) == len(desk.posts) == 1
    assert json.loads(stored(page)) == [{}, {}]


def test_a_closed_tab_sends_when_one_returns(context: Contexts, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    answer(page, phone="012 345 678")
    opened.set_offline(True)
    page.click(".send")
    expect(page.locator("p.sum")).to_be_visible()
    first = page.input_value("[name=mati_id]")
    page.close()
    opened.set_offline(False)
    again = opened.new_page()
    again.goto(desk.url + FORM)
    arrived(again)
    assert ids(desk) == [first]
    assert dict(desk.posts[0][1])["phone"] == "012 345 678"
    assert json.loads(stored(again)) == [{}, {}]


def test_a_tab_closed_while_sending_sends_the_same_again(context: Contexts, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    answer(page)
    desk.pause = 2
    page.click(".send")
    page.wait_for_timeout(300)
    page.close()
    desk.pause = 0
    again = opened.new_page()
    again.goto(desk.url + FORM)
    arrived(again)
    again.wait_for_timeout(2000)
    assert len(set(ids(desk))) == 1
    assert len({str(pairs) for _, pairs, _ in desk.posts}) == 1


def test_answers_of_another_survey_leave_too(context: Contexts, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    entry = [
        "1-2-3-4567",
        desk.url + "f/other",
        "overall=5&mati_id=1-2-3-4567&mati_lang=en&mati_survey=other",
    ]
    page.evaluate("entry => localStorage.mati = JSON.stringify([entry])", entry)
    page.reload()
    for _ in range(200):  # the page's own policy forbids what `wait_for_function` runs
        if not page.evaluate("localStorage.mati"):
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail("still waiting")
    assert [path for path, _, _ in desk.posts] == ["/f/other"]
    assert page.url == desk.url + FORM


def test_refused_answers_of_another_survey_wait_for_their_own_page(context: Contexts, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    entry = ["1-2-3-4567", desk.url + "f/other", "overall=5&mati_id=1-2-3-4567"]
    page.evaluate("entry => localStorage.mati = JSON.stringify([entry])", entry)
    gone = (410, {"Content-Type": "application/json"}, b'{"ok": false}')
    desk.replies = [gone]
    page.reload()
    page.wait_for_timeout(1000)
    assert [path for path, _, _ in desk.posts] == ["/f/other"]
    assert json.loads(page.evaluate("localStorage.mati")) == [entry]
    assert page.url == desk.url + FORM


# Other origins


@pytest.mark.parametrize("allowed", [True, False])
def test_a_service_elsewhere(context: Contexts, desk, other_desk, allowed):
    desk.files = site(action=other_desk.url + "f/visit").files
    other_desk.back = desk.url
    if allowed:
        other_desk.more = {"Access-Control-Allow-Origin": "*"}
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer(page)
    page.click(".send")
    arrived(page)
    # one that gives no permission to look at its reply got the same several times over
    assert len(set(ids(other_desk))) == 1
    assert len(other_desk.posts) == (1 if allowed else 5)
    assert json.loads(stored(page))[0] == {}


# Without stores, without script

NO_STORES = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no"); } });"""


def test_without_stores_all_goes_on(context: Contexts, desk):
    opened = context()
    opened.add_init_script(NO_STORES)
    page = opened.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(desk.url + FORM)
    answer(page)
    opened.set_offline(True)
    page.click(".send")
    expect(page.locator("p.sum")).to_be_visible()
    opened.set_offline(False)
    arrived(page)
    assert len(desk.posts) == 1
    assert not problems


def test_a_dead_script_leaves_the_plain_form(context: Contexts, desk):
    opened = context()
    opened.add_init_script(
        "Document.prototype.querySelectorAll = undefined; crypto.getRandomValues = undefined;"
    )
    page = opened.new_page()
    page.goto(desk.url + FORM)
    answer(page)
    page.click(".send")
    arrived(page)
    assert dict(desk.posts[0][1])["best"] == "ឆ្ងាញ់"
