"""A survey in Arabic: everything runs from right to left, in every kind and look."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from formsite import Site, site_of
from playwright.sync_api import BrowserContext, Page, expect

from mati.model import Contact, ProjectSettings

pytestmark = pytest.mark.browser

SURVEY = """---
lang: ar
---

# كيف كانت خدمتنا؟

نريد أن نخدمكم بأفضل ما نستطيع. دقيقتان تكفيان.

## زيارتكم {#visit}

### ما رأيكم في العاملين؟ {#staff *}

| العاملون … | (5) ممتاز | (4) جيد | (3) متوسط | (2) مقبول | (1) ضعيف | (x) لا ينطبق {na} |
|---|---|---|---|---|---|---|
| مهذبون {#polite} | | | | | | |
| سريعون {#quick} | | | | | | |

### كيف كانت الزيارة؟ {#overall *}

- (3) جيدة
- (2) متوسطة
- (1) سيئة

### كم نجمة تعطوننا؟ {#stars as=stars}

- (5) ممتاز
- (4) جيد
- (3) متوسط
- (2) مقبول
- (1) ضعيف

### كيف تشعرون؟ {#mood as=smileys}

- (5) سعيد جدا
- (4) سعيد
- (3) عادي
- (2) حزين
- (1) حزين جدا

### هل توصون بنا؟ {#nps kind=nps}

- (0..10) لا أبدا … بالتأكيد

### من أين عرفتمونا؟ {#where as=dropdown}

- (friend) من صديق
- (page) من صفحتنا
- (other) من مكان آخر: ___

### أيهما تفضلون؟ {#which as=cards}

- (tea) الشاي
- (coffee) القهوة

### وأين؟ {#place as=buttons}

- (here) هنا
- (home) في البيت

### ماذا طلبتم؟ {#what}

- [bread] خبز
- [cake] كعكة
- [none] لا شيء {only}

### رتبوا حسب الأهمية {#rank}

1. (price) السعر
2. (taste) الطعم

## كلمتكم {#words}

### ما أعجبكم أكثر؟ {#best max=200}

___
___

### رقم هاتفكم {#phone private}

نتصل بكم لهذا فقط.

___ phone

### متى كان ذلك؟ {#day}

___ date
"""
Contexts = Callable[..., BrowserContext]


@cache
def site(*, steps: bool = False) -> Site:
    project = ProjectSettings(languages=("ar", "km"), url="https://sokha.example")
    text = SURVEY.replace("lang: ar", "lang: ar\npages: steps") if steps else SURVEY
    return site_of({"visit": text}, words={"ar": {}}, project=project)


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def left(page: Page, selector: str) -> float:
    return page.locator(selector).first.bounding_box()["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    context: Contexts, desk, violations, width, scheme
):
    page = context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.goto(desk.url + "ar/visit/")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.click(".send")
    expect(page.locator("div.sum")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('label:has(input), .t, button, .sum a')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())"
        ".filter((box) => box.height < 44 || box.width < 44).length"
    )
    assert small == 0 or width < 360


@pytest.mark.parametrize("width", [360, 1200])
def test_the_first_stands_at_the_right(context: Contexts, desk, width):
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto(desk.url + "ar/visit/")
    for name, first, second in (
        ("staff.polite", "5", "4"), ("overall", "3", "2"), ("nps", "0", "1"),
        ("stars", "1", "2"), ("which", "tea", "coffee"),
    ):  # fmt: skip
        box = f'label:has([name="{name}"][value="{{}}"])'
        assert left(page, box.format(first)) > left(page, box.format(second)), name
    # the box is at the right of its words, the arrow of a list at the left end
    box, words = page.locator("label:has([value=bread]) > *").all()
    assert box.bounding_box()["x"] > words.bounding_box()["x"]
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.arrow'), '::after').left"
    ).startswith("1")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.sum')).borderRightWidth") == "4px"
    )


def test_all_stars_up_to_the_chosen_one_shine_from_the_right(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "ar/visit/")
    page.locator('[name="stars"][value="3"]').focus()
    page.keyboard.press("Space")
    fills = page.evaluate(
        "[...document.querySelectorAll('.stars svg')].map((e) => getComputedStyle(e).fill)"
    )
    assert len(set(fills[:3])) == 1
    assert fills[3:] == ["none", "none"]


def test_the_whole_survey_is_answered_and_sent(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "ar/visit/")
    for row in ("polite", "quick"):
        page.check(f'[name="staff.{row}"][value="5"]')
    page.check('[name="overall"][value="3"]')
    page.check('[name="what"][value="bread"]')
    page.fill("[name=best]", "القهوة")
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    sent = dict(desk.posts[0][1])
    assert (sent["staff.polite"], sent["what"], sent["best"]) == ("5", "bread", "القهوة")


def test_ways_between_parts_are_mirrored(context: Contexts, desk, violations):
    desk.files = site(steps=True).files
    page = context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(desk.url + "ar/visit/")
    for row in ("polite", "quick"):
        page.check(f'[name="staff.{row}"][value="5"]')
    page.check('[name="overall"][value="3"]')
    page.click("a.next:visible")
    back, send = page.locator("a.back:visible"), page.locator(".send")
    expect(send).to_be_visible()
    assert violations(page) == []
    box = back.bounding_box()
    assert box["x"] + box["width"] > 300  # where reading begins


def test_words_of_another_direction_say_so(context: Contexts, desk):
    page = context().new_page()
    page.goto(desk.url + "ar/visit/")
    ways = page.evaluate(
        "[...document.querySelectorAll('span[lang=en]')].map((e) => e.getAttribute('dir'))"
    )
    assert ways
    assert set(ways) == {"ltr"}


POINTS = """() => [...document.querySelectorAll(".go")].map((one) => {
  const drawn = getComputedStyle(one, "::after");
  const [a, b, c, d] = drawn.transform.match(/-?[\\d.]+/g);
  const side = parseFloat(drawn.borderRightWidth) ? 1 : -1; // the tip is the corner of two borders
  return [getComputedStyle(one).direction, Math.round(a * side - c), Math.round(b * side - d)];
})"""
"""Where the tip of each arrow points from its middle, right and down, with the direction there."""


@pytest.mark.parametrize("languages", [("en", "ar"), ("ar", "en")])
def test_each_arrow_points_where_its_own_language_reads_to(context: Contexts, desk, languages):
    known = {code: {} for code in languages}
    survey = SURVEY.replace("lang: ar", f"lang: {languages[0]}")
    desk.files = site_of({"visit": survey}, words=known).files
    page = context().new_page()
    for path, many in (("", 2), ("404.html", 2), ("ar/", 1), ("en/", 1)):
        page.goto(desk.url + path)
        arrows = page.evaluate(POINTS)
        assert len(arrows) == many, path
        for direction, right, down in arrows:
            assert (right, down) == (-1 if direction == "rtl" else 1, 0), path


REACH = tuple(
    Contact(channel=channel, shown=shown, address=f"https://{channel}.example/")
    for channel, shown in (
        ("phone", "+855 12 345 678"), ("phone", "1286"), ("messenger", "m.me/sokha.coffee"),
        ("telegram", "@sokhacoffee"), ("email", "hello@sokha.example"),
    )
)  # fmt: skip
LINES = """(one) => {
  const words = document.createRange(), lines = [], text = one.textContent;
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  let top = null;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      words.setStart(node, at);
      words.setEnd(node, at + 1);
      const box = words.getBoundingClientRect();
      if (top === null || box.top > top + 4) lines.push("");
      top = box.top;
      lines.push(lines.pop() + node.data[at]);
    }
  }
  words.selectNodeContents(one);
  const { left, right } = words.getBoundingClientRect();
  return { left, right, lines };
}"""
"""Where the words of an element begin and end, and its lines."""


@pytest.mark.parametrize(("code", "side"), [("ar", "right"), ("en", "left")])
def test_ways_to_reach_the_shop_stand_below_their_names(context: Contexts, desk, code, side):
    project = ProjectSettings(languages=("ar", "en"), url="https://sokha.example", contact=REACH)
    desk.files = site_of({"visit": SURVEY}, words={"ar": {}, "en": {}}, project=project).files
    page = context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{desk.url}{code}/visit/thanks/")
    cards = page.locator(".reach li a").all()
    assert len(cards) == len(REACH)
    for card in cards:
        name, way = (card.locator(part).evaluate(LINES) for part in ("b", "bdi"))
        assert abs(name[side] - way[side]) < 2, way
        whole = {"m.me/", "sokha", ".coffee", "hello", "@sokha", ".example", "@sokhacoffee"}
        assert len(way["lines"]) == 1 or set(way["lines"]) <= whole | {
            "m.me/sokha", "hello@sokha", "@sokha.example", "sokha.coffee",
        }, way  # fmt: skip


def test_what_people_write_runs_as_its_own_letters_do(context: Contexts, desk):
    page = context().new_page()
    page.goto(f"{desk.url}ar/visit/")
    page.select_option("[name=where]", "other")
    lines = page.locator("input.t, textarea.t").all()
    assert len(lines) == 4
    for line in lines:  # Hello!, and not !Hello
        expect(line).to_have_css("unicode-bidi", "plaintext")
