"""Kinds that the sample survey does not hold, in a real browser: put in order, pictures."""

from __future__ import annotations

from functools import cache

import pytest
from formsite import Site, site_of
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ORDER = """---
lang: en
---

# What matters?

### Put these in order {#order *}

1. (price) The price
2. (taste) The taste and everything that belongs to it
3. (wait) No waiting

### And these {#more}

1. (a) ![Blue cup](a.png) A
2. (b) ![Red cup](b.png)
3. (c) C
4. (d) D
5. (e) E
6. (f) F
7. (g) G
8. (h) H
9. (i) I

### Which cups do you like? {#cups}

- [a] ![Blue cup](a.png) With stripes
- [b] ![Red cup](b.png)
- [none] None {only}
"""
LINES = """---
lang: en
---

# Lines

### In your words {#words min=5 max=40}

___

### How many were you? {#people}

___ number 1..20

### How heavy was it? {#weight}

___ number

### When? {#day}

___ date

### Your order {#bill}

- Mail: ___ email {#mail *}
- Phone: ___ phone {#phone autocomplete=tel}

### What else? {#more min=2 max=2}

- [a] A
- [b] B
- [c] C
- [dk] Cannot say {na}
"""
PATH = "en/order/"
AGREE = """---
lang: en
---

# Stay in touch

### May we write to you? {#want}

- (yes) Yes
- (no) No

### Your data {#ok kind=consent if="want = yes"}

We keep your address for a year.

- [yes] I agree

### Taking part {#part kind=consent *}

- [yes] I am sixteen or older
"""


@cache
def site() -> Site:
    return site_of({"order": ORDER, "agree": AGREE, "lines": LINES})


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def places(page: Page, question: str = "order") -> dict[str, str]:
    chosen = page.locator(f'[name^="{question}."]:checked')
    found = chosen.evaluate_all("found => found.map((one) => [one.name, one.value])")
    return {name.partition(".")[2]: value for name, value in found}


def test_by_keyboard_alone_without_script_everything_gets_a_place(context, desk):
    page = context(java_script_enabled=False).new_page()
    page.goto(desk.url + PATH)
    page.focus('[name="order.price"][value="1"]')
    keys = page.keyboard
    for moves in (1, 0, 2):
        keys.press("Space")
        for _ in range(moves):
            keys.press("ArrowRight")
        keys.press("Tab")
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    ((_, pairs, _),) = desk.posts
    given = {name: value for name, value in pairs if name.startswith("order.")}
    assert given == {"order.price": "2", "order.taste": "1", "order.wait": "3"}


def test_a_place_that_is_taken_changes_hands(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    page.check('[name="order.price"][value="1"]')
    page.check('[name="order.taste"][value="1"]')
    assert places(page) == {"taste": "1"}
    page.check('[name="order.price"][value="2"]')
    page.check('[name="order.wait"][value="3"]')
    page.check('[name="order.wait"][value="1"]')
    assert places(page) == {"wait": "1", "price": "2", "taste": "3"}
    page.check('[name="more.a"][value="1"]')
    assert places(page)["wait"] == "1"


def test_places_can_be_taken_back(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    page.check('[name="more.a"][value="1"]')
    page.check('[name="more.b"][value="2"]')
    page.click("text=Clear my answer")
    assert places(page, "more") == {}
    page.check('[name="more.c"][value="1"]')
    page.check('[name="more.b"][value="1"]')
    assert places(page, "more") == {"b": "1"}


def test_every_thing_without_a_place_is_asked_for(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    page.check('[name="order.taste"][value="1"]')
    page.click(".send")
    assert [page.is_visible(f"#a-order-{name} > .e") for name in ("price", "taste", "wait")] == [
        True, False, True,
    ]  # fmt: skip
    page.click("div.sum a")
    assert page.evaluate("document.activeElement.name") == "order.price"
    assert desk.posts == []


@pytest.mark.parametrize("script", [True, False])
def test_a_consent_is_given_by_hand_and_comes_with_its_words(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + "en/agree/")
    assert page.locator(":checked").count() == 0
    page.click(".send")
    assert desk.posts == []
    page.check('[name="want"][value="yes"]')
    page.check('[name="part"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    page.goto(desk.url + "en/agree/")
    page.check('[name="want"][value="yes"]')
    page.check('[name="ok"]')
    page.check('[name="part"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    without, given = (dict(pairs) for _, pairs, _ in desk.posts)
    assert "ok" not in without
    assert (given["ok"], given["part"]) == ("yes", "yes")
    assert len(given["ok.wording"]) == len(given["part.wording"]) == 16
    assert given["ok.wording"] != given["part.wording"]


def test_a_consent_that_is_not_asked_sends_nothing(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/agree/")
    page.check('[name="part"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    ((_, pairs, _),) = desk.posts
    assert not {"ok", "ok.wording"} & {name for name, _ in pairs}


WRONG = {
    "words": ("ab", "Please write 5 to 40 characters."),
    "people": ("21", "Please write a number from 1 to 20."),
    "bill.mail": ("nobody", "Please write an e-mail address, such as name@example.com."),
}


def test_what_does_not_fit_its_line_is_asked_for_again(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/lines/")
    for name, (text, _) in WRONG.items():
        page.fill(f'[name="{name}"]', text)
    page.fill('[name="weight"]', "1.5")
    page.check('[name="more"][value="a"]')
    page.click(".send")
    shown = page.locator(".e:visible").all_inner_texts()
    assert shown == [*(m for _, m in WRONG.values()), "Please choose as many answers as asked for."]
    page.fill('[name="words"]', "abcde")
    page.fill('[name="people"]', "20")
    page.fill('[name="bill.mail"]', "sokha@example.com")
    page.check('[name="more"][value="dk"]')
    assert page.locator('[name="more"]:checked').count() == 1
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    ((_, pairs, _),) = desk.posts
    given = dict(pairs)
    assert (given["weight"], given["more"], given["people"]) == ("1.5", "dk", "20")


@pytest.mark.parametrize(("typed", "value"), [("១២", "12"), ("໑໗", "17"), ("๒๐", "20"), ("3", "3")])
def test_numbers_can_be_typed_with_the_digits_of_the_country(context, desk, typed, value):
    page = context().new_page()
    page.goto(desk.url + "en/lines/")
    page.focus('[name="people"]')
    for digit in typed:
        page.keyboard.insert_text(digit)
    assert page.input_value('[name="people"]') == value
    page.focus('[name="words"]')
    page.keyboard.insert_text(typed)
    assert page.input_value('[name="words"]') == typed


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_and_nothing_is_too_small(context, desk, violations, scheme, width):
    page = context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    page.goto(desk.url + PATH)
    assert violations(page) == []
    page.check('[name="cups"][value="a"]')
    page.check('[name="order.taste"][value="1"]')
    page.click(".send")
    assert violations(page) == []
    page.goto(desk.url + "en/agree/")
    page.check('[name="want"][value="yes"]')
    page.click(".send")
    assert page.is_visible("#a-part > .e")
    assert violations(page) == []
    page.goto(desk.url + PATH)
    labels = page.locator(".a label")
    sizes = labels.evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
    )
    assert len(sizes) > 90
    assert min(sizes) >= 44


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%")])
def test_nothing_scrolls_sideways(context, desk, width, size):
    page = context(viewport={"width": width, "height": 740}, bypass_csp=True).new_page()
    page.goto(desk.url + PATH)
    page.add_style_tag(content=f"html {{ font-size: {size} }}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_press_on_send_reaches_it_although_an_error_appears(context, desk):
    page = context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(desk.url + "en/lines/")
    page.fill('[name="bill.mail"]', "nobody")
    page.locator(".send").scroll_into_view_if_needed()
    page.click(".send")  # leaving the line is what shows its error, above the button
    page.click("div.sum a")
    assert page.evaluate("document.activeElement.name") == "bill.mail"
