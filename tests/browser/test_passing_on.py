"""The page a survey is passed on with, and where its links lead: apps, other websites, old phones.

1. Words are copied by a button, or marked by one touch where no script runs.
2. On another website the link becomes the form, as high as it needs to be, thanks included;
   whoever else sends messages there changes nothing.
3. In the browser inside an app, without script and storage, at 320 pixels, the form completes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from formsite import ROOT
from playwright.sync_api import BrowserContext, Page, expect

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

pytestmark = pytest.mark.browser
Contexts = Callable[..., BrowserContext]
KIT = "share/customer-service/"
IN_APP = (
    "Mozilla/5.0 (Linux; Android 9; SM-J260F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/120.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0.0.30.105;]"
)


@cache
def sample() -> dict[str, bytes]:
    outputs = build(open_project(ROOT, Notebook()), Options(sample=True), Notebook())
    return {o.path: o.content for o in outputs if o.root == "site"}


def at(url: str) -> dict[str, bytes]:
    """The sample site as if it stood at ``url``, its form service too."""
    home = url.rstrip("/").encode()
    return {
        path: body.replace(b"https://answers.sokha.example", home).replace(
            b"https://sokha.example", home
        )
        if path.endswith((".html", ".js"))
        else body
        for path, body in sample().items()
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", [("", 320), ("km/", 360), ("lo/", 1200)])
def test_the_kit_is_for_everybody(context: Contexts, desk, violations, place, scheme):
    path, width = place
    desk.files = at(desk.url)
    page = context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.goto(desk.url + KIT + path)
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    sizes = page.locator(".copy button, .copy a, .code li a, summary").evaluate_all(
        "found => found.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44


def test_buttons_of_links_stand_below_each_other_and_not_on_paper(context: Contexts, desk):
    desk.files = at(desk.url)
    page = context(viewport={"width": 1200, "height": 800}).new_page()
    page.goto(desk.url + KIT)
    ways = page.locator(".ways .copy")
    begins = ways.locator("button").evaluate_all(
        "found => found.map(one => Math.round(one.getBoundingClientRect().x))"
    )
    assert len(begins) > 4
    assert len(set(begins)) == 1, begins  # also where there is nothing to open
    page.emulate_media(media="print")
    assert page.locator(".copy button:visible, .copy a:visible").count() == 0


def test_words_are_copied_by_a_button(context: Contexts, desk):
    desk.files = at(desk.url)
    opened = context()
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.new_page()
    page.goto(desk.url + KIT + "km/")
    button = page.locator(".copy button").first
    button.click()
    expect(button).to_have_text(button.get_attribute("data-done"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"\n\n{desk.url}km/customer-service/?via=facebook")
    assert copied.count("\n\n") == 2


def test_without_a_script_words_are_marked_by_one_touch(context: Contexts, desk):
    desk.files = at(desk.url)
    page = context(java_script_enabled=False).new_page()
    page.goto(desk.url + KIT)
    expect(page.locator(".copy button").first).to_be_hidden()
    words = page.locator("pre").first
    assert words.evaluate("e => getComputedStyle(e).userSelect") == "all"
    expect(page.locator(".copy a").first).to_be_visible()


# --- On another website ----------------------------------------------------------------------


def host(desk, other_desk, more: str = "") -> None:
    """Put the lines of the kit into a page at another origin."""
    desk.files = at(desk.url)
    link = f'<a data-mati href="{desk.url}en/customer-service/?via=web">How was it?</a>'
    script = f'<script async src="{desk.url}embed.js"></script>'
    page = f"<!doctype html><title>Shop</title><h1>Shop</h1>{link}\n{script}{more}"
    other_desk.files = {"index.html": page.encode()}


def height(page: Page) -> float:
    return page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().height")


def settled(page: Page, holds: Callable[[float], bool]) -> float:
    for _ in range(100):
        if holds(found := height(page)):
            return found
        page.wait_for_timeout(50)
    pytest.fail(f"the frame stays {height(page)} pixels high")


def test_a_link_becomes_the_form_as_high_as_it_is(context: Contexts, desk, other_desk):
    host(desk, other_desk)
    page = context(viewport={"width": 700, "height": 900}).new_page()
    page.goto(other_desk.url)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    inner = page.frames[1]
    high = inner.evaluate("document.body.scrollHeight")
    settled(page, lambda found: abs(found - high) <= 1)
    assert page.locator("iframe").get_attribute("title") == "How was it?"
    for name in ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite"):
        inner.check(f"[name='staff.{name}'][value='5']", force=True)
    inner.check("[name=overall][value='5']", force=True)
    inner.click(".send")
    inner.wait_for_url("**/thanks/**")
    thanks = page.frames[1].evaluate("document.body.scrollHeight")
    settled(page, lambda found: abs(found - thanks) <= 1)
    assert thanks < high
    assert dict(desk.posts[0][1])["mati_channel"] == "web"


def test_thanks_are_seen_where_the_website_goes_on_below(context: Contexts, desk, other_desk):
    host(desk, other_desk, "<p style='height: 5000px'>Our bread</p>")
    page = context(viewport={"width": 360, "height": 640}).new_page()
    page.goto(other_desk.url)
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    settled(page, lambda found: found > 1000)
    assert page.evaluate("scrollY") == 0  # nothing moves before somebody sends
    inner = page.frames[1]
    for name in ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite"):
        inner.check(f"[name='staff.{name}'][value='5']", force=True)
    inner.check("[name=overall][value='5']", force=True)
    inner.click(".send")
    inner.wait_for_url("**/thanks/**")
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    for _ in range(40):
        top = page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().top")
        if -1 <= top < 640:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the thanks begin {top} pixels from the top of the screen")


def test_messages_of_others_change_nothing(context: Contexts, desk, other_desk):
    host(desk, other_desk, "<script>postMessage({mati: 5000}, '*')</script>")
    page = context(viewport={"width": 700, "height": 900}).new_page()
    page.goto(other_desk.url)
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    high = page.frames[1].evaluate("document.body.scrollHeight")
    settled(page, lambda found: abs(found - high) <= 1)
    page.evaluate("postMessage({mati: 5000}, '*')")
    for said in ("null", "{mati: -5}", "{mati: 1e9}", "{mati: '1px;position:fixed'}", "'mati'"):
        page.frames[1].evaluate(f"parent.postMessage({said}, '*')")
    page.wait_for_timeout(200)
    assert abs(height(page) - high) <= 1


def test_where_no_script_may_run_the_link_stays_a_link(context: Contexts, desk, other_desk):
    host(desk, other_desk)
    page = context(java_script_enabled=False).new_page()
    page.goto(other_desk.url)
    page.click("a[data-mati]")
    expect(page.locator("h1")).to_have_text("How did we serve you?")


# --- Inside an app ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["km", "lo", "en"])
@pytest.mark.parametrize("script", [True, False])
def test_the_form_completes_in_the_browser_of_an_app(context: Contexts, desk, code, script):
    desk.files, desk.back = at(desk.url), "/"
    opened = context(
        user_agent=IN_APP, java_script_enabled=script, viewport={"width": 320, "height": 568}
    )
    opened.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('blocked') }})"
    )
    page = opened.new_page()
    page.goto(f"{desk.url}{code}/customer-service/?via=facebook&fbclid=x")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320 if script else True
    for name in ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite"):
        page.check(f"[name='staff.{name}'][value='4']", force=True)
    page.check("[name=overall][value='4']", force=True)
    page.click(".send")
    page.wait_for_url(f"**/{code}/customer-service/thanks/**")
    ((path, pairs, _headers),) = desk.posts
    sent = dict(pairs)
    assert path == "/f/customer-service"
    assert (sent["overall"], sent["mati_lang"]) == ("4", code)
    assert sent.get("mati_channel", "") == ("facebook" if script else "")
    assert "fbclid" not in sent
