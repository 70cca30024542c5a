"""The report in a real browser: small and wide, light and dark, long words, paper, policy."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page
from report_surveys import LAST, Tongue, customer_service, everything, made, page_of

from mati.model import contrast
from mati.samples import sample

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1200)
LONG = {
    "en": "Nevertheless-uninterrupted statements that hardly ever seem to come to an end ",
    "km": "បុគ្គលិកទទួលខុសត្រូវដោះស្រាយបញ្ហារបស់ខ្ញុំរហូតដល់ចប់ដោយមិនបាច់ឱ្យខ្ញុំសួរម្តងទៀត",
    "lo": "ພະນັກງານຮັບຜິດຊອບແກ້ໄຂບັນຫາຂອງຂ້ອຍຈົນຈົບໂດຍບໍ່ຕ້ອງໃຫ້ຂ້ອຍຖາມຊໍ້າອີກຄັ້ງ",
    "ar": "الموظفون يجيبون عن جميع أسئلتي بسرعة ووضوح ولا يتركونني أنتظر طويلا أبدا ",
}
TONGUES = {code: Tongue(code, "rtl" if code == "ar" else "ltr") for code in LONG}


def stretched(code: str) -> Callable[[str], str]:
    """Put long words of a language in the place of all of the survey's own."""
    return lambda source: source if "{" in source or len(source) < 4 else LONG[code]


@cache
def html(kind: str, code: str, count: int, long: bool = False) -> str:  # noqa: FBT001, FBT002 -- cached
    wanted = {"shop": customer_service, "all": everything}[kind]()
    tongue = TONGUES[code]
    if long:
        tongue = Tongue(code, tongue.direction, stretched(code))
    found = made(sample(wanted, count, LAST), wanted, "owner")
    return page_of(found, tongue, (TONGUES["km"], TONGUES["lo"]))


def opened(browser: Browser, text: str, width: int = 360, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))
    page.set_content(text)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "count"), [("shop", 240), ("all", 240), ("all", 12), ("all", 0)])
def test_nothing_stands_in_the_way_of_anyone(browser, violations, kind, count, scheme):
    page = opened(browser, html(kind, "en", count), 1200, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []
    assert page.problems == []
    page.close()


@pytest.mark.parametrize("code", sorted(LONG))
@pytest.mark.parametrize("long", [False, True])
def test_nothing_runs_over_the_edge(browser, code, long):
    page = opened(browser, html("all", code, 240, long))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(e => {
              const box = e.getBoundingClientRect();
              return !e.closest('.wide, .vh, .skip, thead, svg') && box.width
                && (box.right > innerWidth + 1 || box.left < -1);
            }).map(e => e.outerHTML.slice(0, 90))"""
        )
        assert beyond == [], (width, code)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, code)
    page.close()


@pytest.mark.parametrize("code", ["km", "lo"])
def test_no_label_is_cut(browser, code):
    page = opened(browser, html("shop", code, 240, long=True), 360)
    shown = page.locator(".dv tbody th").first
    assert shown.inner_text().strip() == LONG[code].strip()
    assert shown.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    page.close()


def test_bars_stand_beside_each_other_and_meet_at_the_middle(browser):
    page = opened(browser, html("shop", "en", 240), 1200)
    rows = page.evaluate(
        """() => [...document.querySelectorAll('.dv')[0].querySelectorAll('svg.bar')].map(svg =>
          [...svg.querySelectorAll('rect')].map(r =>
            [parseFloat(r.getAttribute('x')), parseFloat(r.getAttribute('width'))]))"""
    )
    assert len(rows) == 7
    for bars in rows:
        for (x, width), (after, _) in pairwise(bars):
            assert abs(x + width - after) < 0.05
        assert bars[0][0] >= -0.01
        assert sum(bars[-1]) <= 100.05
    page.close()


def test_the_positive_side_is_where_reading_ends(browser):
    for code, wanted in (("en", "p3"), ("ar", "n3")):
        page = opened(browser, html("shop", code, 240), 1200)
        rightmost = page.evaluate(
            """() => [...document.querySelectorAll('.dv svg.bar')].at(-1)
              && [...document.querySelectorAll('.dv')[0].querySelectorAll('svg.bar')].at(-1)
              .querySelectorAll('rect').values().toArray()
              .sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0]
              .getAttribute('class')"""
        )
        assert rightmost == wanted, code
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_on_colours_can_be_read(browser, scheme):
    page = opened(browser, html("all", "en", 240), 1200, scheme)
    pairs = page.evaluate(
        """() => [...document.querySelectorAll('svg.bar')].flatMap(svg => {
          const colours = {};
          for (const r of svg.querySelectorAll('rect'))
            colours[r.getAttribute('class')] = getComputedStyle(r).fill;
          return [...svg.querySelectorAll('text')].map(t =>
            [getComputedStyle(t).fill, colours[t.getAttribute('class')]]);
        })"""
    )
    assert pairs

    def hexed(colour: str) -> str:
        numbers = colour.removeprefix("rgb(").removesuffix(")").split(",")
        return "#" + "".join(f"{int(number):02x}" for number in numbers)

    for ink, ground in {tuple(pair) for pair in pairs}:
        assert contrast(hexed(ink), hexed(ground)) >= 4.5, (ink, ground)
    page.close()


def test_on_paper_the_numbers_stand_open(browser):
    page = opened(browser, html("shop", "en", 240), 800)
    page.emulate_media(media="print")
    assert page.locator("details table").first.is_visible()
    assert not page.locator("summary").first.is_visible()
    page.close()


def test_without_colours_of_its_own_a_screen_still_shows_bars(browser):
    page = browser.new_page(forced_colors="active")
    page.set_content(html("shop", "en", 240))
    fills = page.evaluate(
        """() => [...new Set([...document.querySelectorAll('.dv svg.bar rect')]
          .map(r => getComputedStyle(r).fill))]"""
    )
    assert len(fills) >= 4
    page.close()


def test_the_page_asks_for_nothing_and_runs_nothing(browser):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html("all", "en", 240))
    assert [url for url in asked if not url.startswith("data:")] == []
    assert page.locator("script").count() == 0
    assert page.locator("[style]").count() == 0
    page.close()
