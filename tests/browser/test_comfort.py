"""Letters left, a language's own digits, a device by the door, a page inside another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from formsite import ROOT, Site, site_of
from playwright.sync_api import BrowserContext, expect

from mati.model import ProjectSettings

pytestmark = pytest.mark.browser

KIOSK = (ROOT / "content" / "kiosk.md").read_text("utf-8")
TEXT = """---
lang: en
theme: {digits: native}
---

# A word

### Say it in few words {#word * max=60}

___
___

### How likely? {#nps kind=nps}

- (0..10) Not at all … Surely

### Which first? {#rank}

1. (a) One
2. (b) Two
"""
WORDS = {"Characters left: {count}": "នៅសល់ {count} តួអក្សរ"}
Contexts = Callable[..., BrowserContext]


@cache
def site() -> Site:
    project = ProjectSettings(languages=("en", "km"), url="https://sokha.example")
    return site_of({"kiosk": KIOSK, "word": TEXT}, words={"en": {}, "km": WORDS}, project=project)


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


# Letters


def test_letters_are_counted_as_people_count_them(context: Contexts, desk, violations):
    page = context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(desk.url + "km/word/")
    left = page.locator(".left")
    assert left.inner_text() == "នៅសល់ ៦០ តួអក្សរ"
    word = "ខ្ញុំ"  # one letter to the eye, five signs
    page.fill("[name=word]", word * 10)
    assert left.inner_text() == "នៅសល់ ៥០ តួអក្សរ"
    expect(page.locator(".left + p")).to_have_text("")
    page.locator("[name=word]").press_sequentially(word[:1])
    assert left.inner_text() == "នៅសល់ ៤៩ តួអក្សរ"
    expect(page.locator(".left + p")).to_have_text("នៅសល់ ៤៩ តួអក្សរ")  # said after a pause
    assert page.get_attribute("[name=word]", "maxlength") == "120"
    page.evaluate("document.querySelector('[name=word]').value = 'ក'.repeat(61)")
    page.locator("[name=word]").dispatch_event("input")
    page.click(".send")
    expect(page.locator("#a-word > .e")).to_be_visible()
    assert "៦០ characters" in page.inner_text("#a-word > .e")
    assert violations(page) == []
    assert not desk.posts


def test_english_letters_take_one_sign_each(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "en/word/")
    assert page.get_attribute("[name=word]", "maxlength") == "60"
    assert page.inner_text(".left") == "Characters left: 60"


def test_numbers_are_shown_in_the_language_s_own_digits(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "km/word/")
    assert page.locator("#a-nps .n span").all_inner_texts() == [*"០១២៣៤៥៦៧៨៩", "១០"]
    assert page.locator("#a-rank-a .n span").all_inner_texts() == ["១", "២"]
    page.check("[name=nps][value='7']")
    page.fill("[name=word]", "ល្អ")
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    assert dict(desk.posts[0][1])["nps"] == "7"


# A device by the door


def test_a_kiosk_begins_anew_by_itself(context: Contexts, desk):
    page = context(viewport={"width": 800, "height": 1200}).new_page()
    page.clock.install(time=0)
    page.goto(desk.url + "km/kiosk/?kiosk&branch=pp")
    page.clock.run_for(120_000)
    expect(page.locator("#again")).to_be_hidden()  # nobody was here
    page.check("[name=mood][value='2']")
    page.clock.run_for(15_000)
    expect(page.locator("#again")).to_be_hidden()
    page.clock.run_for(8_000)
    expect(page.locator("#again b")).to_have_text("7")
    page.mouse.click(5, 5)
    page.clock.run_for(2_000)
    expect(page.locator("#again")).to_be_hidden()
    page.clock.run_for(40_000)
    expect(page.locator(":checked")).to_have_count(0)
    assert page.url == desk.url + "km/kiosk/?kiosk&branch=pp"
    assert not desk.posts


def test_a_kiosk_thanks_and_begins_anew_unless_it_is_stopped(context: Contexts, desk, violations):
    page = context(viewport={"width": 800, "height": 1200}).new_page()
    page.clock.install()
    page.goto(desk.url + "km/kiosk/?kiosk&branch=pp")
    page.check("[name=mood][value='5']")
    page.click(".send")
    page.wait_for_url("**/km/kiosk/thanks/?kiosk&branch=pp#*")
    (sent,) = [dict(pairs) for _, pairs, _ in desk.posts]
    assert (sent["mati_channel"], sent["branch"], sent["mood"]) == ("kiosk", "pp", "5")
    page.clock.run_for(1_000)
    expect(page.locator("#again")).to_be_visible()
    assert violations(page) == []
    page.clock.run_for(31_000)
    page.wait_for_url("**/km/kiosk/?kiosk&branch=pp")
    assert page.locator(":checked").count() == 0
    page.check("[name=mood][value='5']")
    page.click(".send")
    page.wait_for_url("**/km/kiosk/thanks/**")
    page.clock.run_for(2_000)
    page.click("#again button")
    page.clock.run_for(100_000)
    assert "/thanks/" in page.url
    assert len({dict(pairs)["mati_id"] for _, pairs, _ in desk.posts}) == 2


def test_without_the_word_in_the_address_it_is_a_page_like_others(context: Contexts, desk):
    page = context().new_page()
    page.clock.install()
    page.goto(desk.url + "km/kiosk/")
    page.check("[name=mood][value='5']")
    page.clock.run_for(200_000)
    assert page.is_checked("[name=mood][value='5']")
    page.click(".send")
    page.wait_for_url("**/km/kiosk/thanks/#*")
    page.clock.run_for(200_000)
    assert "/thanks/" in page.url
    expect(page.locator("#again")).to_be_hidden()


# Inside another page


def test_a_page_inside_another_says_how_high_it_is(context: Contexts, desk):
    desk.files = {
        **site().files,
        "host.html": b"<iframe src='en/word/' width=360 height=200></iframe><script>told = [];"
        b"onmessage = (event) => told.push(event.data);</script>",
    }
    page = context().new_page()
    page.goto(desk.url + "host.html")
    page.wait_for_function("told.length")
    inner = page.frames[1].evaluate("document.documentElement.scrollHeight")
    heights = page.evaluate("told.map((each) => each.mati)")
    assert abs(heights[-1] - inner) <= 1
    page.frames[1].click(".send")
    page.wait_for_function(f"told[told.length - 1].mati > {heights[-1] + 20}")
