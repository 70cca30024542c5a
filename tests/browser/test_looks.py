"""What answers may look like, in a real browser."""

from __future__ import annotations

from functools import cache

import pytest
from formsite import Site, site_of
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOOKS = """---
lang: en
---

# Looks

### How was your visit? {#mood as=smileys *}

- (5) Very good
- (4) Good
- (3) So-so
- (2) Bad
- (1) Very bad
- (dk) I cannot say {na}

### How was the cake? {#cake as=stars}

- (5) Excellent
- (4) Good
- (3) Average
- (2) Fair
- (1) Poor

### Are you satisfied? {#satisfied kind=csat as=smileys}

### How easy was it? {#easy kind=ces as=stars}

### How easy was paying? {#paying kind=ces as=radio}

### Would you recommend us? {#recommend kind=nps as=buttons}

### Would you recommend the cake? {#cakes kind=nps as=dropdown}

### Where did you reach us? {#reached as=dropdown *}

- (shop) In the shop
- (mail) E-mail
- (other) Other: ___

### What did you write? {#wrote if="reached = mail"}

___

### Was it quick, on {{reached|our way}}? {#quick as=buttons if="answered reached"}

- (yes) Yes
- (no) No
- (else) Something else: ___

### What went wrong? {#wrong as=buttons}

- [late] It came late
- [broken] It was broken
- [none] Nothing {only}

### Which box? {#box as=cards}

- (small) Small
- (large) Large
- (none) I buy none {na}

### Which boxes? {#boxes as=cards}

- [round] Round, with a ribbon around it
- [square] Square

### Our staff {#staff as=stars}

| Our staff … | (3) Good | (2) Fair | (1) Poor |
|---|---|---|---|
| were friendly {#friendly} | | | |

### Our shop {#shop as=smileys}

| Our shop … | (3) Good | (2) Fair | (1) Poor | (na) Cannot say {na} |
|---|---|---|---|---|
| is clean {#clean} | | | | |

### Our prices {#prices as=buttons}

| Our prices … | (3) Good | (2) Fair | (1) Poor |
|---|---|---|---|
| are fair {#fair} | | | |

### Our help {#help as=radio}

| Our help … | (3) Good | (2) Fair | (1) Poor |
|---|---|---|---|
| is quick {#quick} | | | |
"""
PATH = "en/looks/"


@cache
def site() -> Site:
    return site_of({"looks": LOOKS})


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def sent(page: Page, desk) -> dict[str, str]:
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    return {name: value for name, value in desk.posts[-1][1] if value and "mati_" not in name}


def fills(page: Page, name: str) -> list[bool]:
    stars = page.locator(f'label:has([name="{name}"]) svg')
    return stars.evaluate_all("all => all.map((star) => getComputedStyle(star).fill != 'none')")


@pytest.mark.parametrize("script", [True, False])
def test_by_keyboard_alone_every_look_is_answered(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + PATH)
    keys = page.keyboard
    page.focus('[name="mood"][value="5"]')
    keys.press("ArrowRight")
    page.focus('[name="cake"][value="1"]')
    for _ in range(3):
        keys.press("ArrowRight")
    page.focus('[name="reached"]')
    keys.type("E-mail")
    page.focus('[name="recommend"][value="0"]')
    keys.press("ArrowRight")
    page.focus('[name="wrong"][value="broken"]')
    keys.press("Space")
    page.focus('[name="boxes"][value="round"]')
    keys.press("Space")
    given = sent(page, desk)
    assert given == {
        "mood": "4", "cake": "4", "reached": "mail", "recommend": "1", "wrong": "broken",
        "boxes": "round",
    }  # fmt: skip


@pytest.mark.parametrize("script", [True, False])
def test_parts_follow_an_answer_of_a_list(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + PATH)
    seen = ("wrote", "quick", "reached.other.text")
    places = {"shop": (False, True, False), "mail": (True, True, False), "": (False,) * 3}
    for code, shown in {**places, "other": (False, True, True)}.items():
        page.select_option('[name="reached"]', code)
        found = tuple(page.locator(f'[name="{name}"]').first.is_visible() for name in seen)
        assert found == shown, code
    page.fill('[name="reached.other.text"]', "By bus")
    page.check('[name="mood"][value="5"]')
    assert sent(page, desk)["reached.other.text"] == "By bus"


def test_words_of_ones_own_go_with_their_answer_in_a_list(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    page.select_option('[name="reached"]', "other")
    page.fill('[name="reached.other.text"]', "By bus")
    page.select_option('[name="reached"]', "shop")
    page.check('[name="mood"][value="5"]')
    assert sent(page, desk) == {"mood": "5", "reached": "shop"}


def test_a_list_without_an_answer_is_asked_for_and_repeated(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    page.check('[name="mood"][value="5"]')
    page.click(".send")
    assert page.is_visible("#a-reached > .e")
    page.click("div.sum a")
    assert page.evaluate("document.activeElement.name") == "reached"
    assert page.get_attribute('[name="reached"]', "aria-invalid") == "true"
    page.select_option('[name="reached"]', "shop")
    assert page.is_hidden("#a-reached > .e")
    assert "on In the shop?" in page.inner_text('[id="a-quick"] > legend')
    page.select_option('[name="reached"]', "")
    page.select_option('[name="reached"]', "mail")
    assert "on E-mail?" in page.inner_text('[id="a-quick"] > legend')
    assert desk.posts == []


def test_answers_are_counted_also_in_a_list(context, desk, counted):
    page = context(java_script_enabled=False).new_page()
    page.goto(desk.url + PATH)

    assert counted(page) == "Answered 0 / 15"
    page.select_option('[name="reached"]', "shop")
    assert counted(page) == "Answered 1 / 16"
    page.select_option('[name="reached"]', "")
    assert counted(page) == "Answered 0 / 15"


def test_all_stars_up_to_the_chosen_one_shine(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    assert fills(page, "cake") == [False] * 5
    page.check('[name="cake"][value="3"]')
    page.mouse.move(0, 0)
    assert fills(page, "cake") == [True, True, True, False, False]
    assert fills(page, "easy") == [False] * 7
    page.click('[id="a-cake"] .clear')
    assert fills(page, "cake") == [False] * 5


def test_what_is_read_out_are_the_words(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    for question, words in {
        "mood": "Very good",
        "cake": "Excellent",
        "staff-friendly": "Good",
    }.items():
        group = page.locator(f'[id="a-{question}"]')
        assert group.get_by_role("radio", name=words, exact=True).count() == 1
    assert page.get_by_role("combobox", name="Where did you reach us?").count() == 1
    assert page.get_by_role("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_and_nothing_is_too_small(context, desk, violations, scheme, width):
    page = context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    page.goto(desk.url + PATH)
    assert violations(page) == []
    page.click(".send")
    assert page.is_visible("#a-mood > .e")
    for name, value in {"mood": "4", "cake": "2", "recommend": "7", "box": "small"}.items():
        page.check(f'[name="{name}"][value="{value}"]')
    page.check('[name="boxes"][value="round"]')
    page.check('[name="wrong"][value="late"]')
    page.select_option('[name="reached"]', "other")
    assert violations(page) == []
    sizes = page.locator(".a label:has(input), .a select").evaluate_all(
        """all => all.map((e) => [e.textContent, e.getBoundingClientRect()])
        .map(([words, box]) => [Math.min(box.width, box.height), words]).filter(([n]) => n)"""
    )
    assert len(sizes) > 60
    assert min(sizes)[0] >= 44, min(sizes)


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%")])
def test_nothing_scrolls_sideways(context, desk, width, size):
    page = context(viewport={"width": width, "height": 740}, bypass_csp=True).new_page()
    page.goto(desk.url + PATH)
    page.add_style_tag(content=f"html {{ font-size: {size} }}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_every_answer_of_a_list(context, desk):
    page = context().new_page()
    page.goto(desk.url + PATH)
    assert page.locator(".paper").first.is_hidden()
    page.emulate_media(media="print")
    assert page.locator("select").first.is_hidden()
    assert "10 – Extremely likely" in page.inner_text('[id="a-cakes"]')
    assert page.locator('[id="a-wrote.i"]').is_visible()
