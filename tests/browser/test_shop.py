"""Pages around the form: thanks, closed, again; how to reach the shop, how to tell a friend."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC
from functools import cache

import pytest
from formsite import Site, site_of
from playwright.sync_api import BrowserContext, expect

from mati.diagnostics import Notebook, Source
from mati.settings import read_project

pytestmark = pytest.mark.browser

SURVEY = """---
lang: en
open: 2026-06-01 08:00
close: 2999-07-01
share: {friend: yes}
---

# How was your visit?

### Well? {#well}

- (y) Yes
- (n) No

## We are sorry {#sorry end if="well = n"}

Somebody will look into it.

## Thank you {#happy end}
"""
YAML = """name: Sokha
url: https://sokha.example
timezone: UTC
languages: [en, km]
contact:
  phone: ["012 345 678", "+855 (12) 345 679"]
  messenger: a.page.with.a.very.long.name.on.facebook
  telegram: "@sokha"
  line: "@sokha"
  whatsapp: "+855 12 345 678"
  email: a.very.long.address@of-a-shop.sokha.example
"""
Contexts = Callable[..., BrowserContext]


@cache
def site() -> Site:
    project = read_project(Source("mati.yaml", YAML), Notebook(), zone=lambda _: UTC)
    return site_of({"visit": SURVEY}, words={"en": {}, "km": {}}, project=project)


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


@pytest.mark.parametrize("page_of", ["thanks", "closed", "again"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_small(
    context: Contexts, desk, violations, page_of, scheme
):
    page = context(viewport={"width": 320, "height": 740}, color_scheme=scheme).new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{desk.url}km/visit/{page_of}/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        "[...document.querySelectorAll('main a')].map((a) => a.getBoundingClientRect())"
        ".filter((box) => box.height < 44 || box.width < 44).length"
    )
    assert small == 0
    assert not problems
    page = context(viewport={"width": 320, "height": 740}, bypass_csp=True).new_page()
    page.goto(f"{desk.url}km/visit/{page_of}/")
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_before_it_opens_and_after_it_has_closed_another_page_says_so(context: Contexts, desk):
    page = context().new_page()
    page.clock.install(time="2026-05-31T23:59:00Z")
    page.goto(desk.url + "en/visit/")
    page.wait_for_url("**/en/visit/closed/#early")
    expect(page.get_by_text("This survey is not open yet.")).to_be_visible()
    expect(page.get_by_text("This survey is closed.")).to_be_hidden()
    page.clock.set_fixed_time("2999-08-01T00:00:00Z")
    page = context().new_page()
    page.clock.install(time="2999-08-01T00:00:00Z")
    page.goto(desk.url + "en/visit/")
    page.wait_for_url("**/en/visit/closed/")
    expect(page.get_by_text("This survey is closed.")).to_be_visible()
    expect(page.get_by_text("This survey is not open yet.")).to_be_hidden()
    page = context().new_page()
    page.goto(desk.url + "en/visit/")
    time.sleep(0.2)
    assert page.url == desk.url + "en/visit/"


def test_who_complained_is_not_asked_to_tell_a_friend(context: Contexts, desk):
    page = context().new_page()
    friend = page.get_by_role("heading", name="Tell a friend")
    for fragment, shown in (("", True), ("#happy", True), ("#sorry", False)):
        page.goto("about:blank")
        page.goto(desk.url + "en/visit/thanks/" + fragment)
        expect(friend).to_be_visible(visible=shown)
        expect(page.get_by_text("We are sorry")).to_be_visible(visible=not shown)


def test_a_link_to_a_friend_claims_to_come_from_one(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "en/visit/thanks/")
    address = page.get_attribute(".address", "href")
    assert address == "https://sokha.example/en/visit/?via=ref"
    page.goto(desk.url + address.removeprefix("https://sokha.example/"))
    page.check("[name=well][value=y]")
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    assert dict(desk.posts[0][1])["mati_channel"] == "ref"
