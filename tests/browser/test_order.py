"""What a link brings, and the order that answers stand in, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import pytest
from formsite import Site, site_of, survey_of
from playwright.sync_api import BrowserContext, Page

from mati.model import ProjectSettings, shown_order

pytestmark = pytest.mark.browser

FILLED = """---
lang: en
prefill: [overall, place, wrong, staff, why, praise, people]
---

# Visit

### How was it? {#overall}

- (5) Good
- (1) Bad

### What went wrong? {#wrong if="overall = 1"}

- [late] Late
- [broken] Broken
- [1] One more thing
- [none] Nothing {only}

### Not declared {#plain}

- (yes) Yes
- (no) No

### Our staff {#staff}

| They | (5) Good | (1) Bad |
| --- | --- | --- |
| are polite {#polite} | | |
| are quick {#quick} | | |

### Where? {#place as=dropdown}

- (shop) Shop
- (home) Home

### Why? {#why}

___
___

### Whom do you praise? {#praise}

- Name: ___ {#name}

### How many came? {#people}

___ number

### Other words {#other}

___
"""
MIXED = """---
lang: en
---

# Visit

### Where did you reach us? {#reached shuffle}

- (shop) In the shop
- (page) Our page
- (phone) Telephone
- (mail) E-mail
- (other) Other: ___
- (no) Not at all {na}

### What went wrong? {#wrong shuffle}

- [late] Late
- [broken] Broken
- [hard] Hard
- [none] Nothing {only}

### Our staff {#staff shuffle}

| They | (5) Good | (1) Bad |
| --- | --- | --- |
| are polite {#polite} | | |
| are quick {#quick} | | |
| are kind {#kind} | | |

### Put in order {#rank shuffle}

1. (price) Price
2. (quality) Quality
3. (service) Service

### Where do you live? {#town shuffle as=dropdown}

- (pp) Phnom Penh
- (vt) Vientiane
- (sr) Siem Reap
- (other) Elsewhere: ___
- (no) I do not say {na}

### In the author's order {#plain}

- (a) A
- (b) B
- (c) C
"""
Contexts = Callable[..., BrowserContext]


@cache
def site(*, distinct: bool = False) -> Site:
    project = ProjectSettings(languages=("en",), url="https://sokha.example")
    texts = {"filled": FILLED, "mixed": MIXED}
    return site_of(texts, words={"en": {}}, project=project, distinct=distinct)


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


def answers(page: Page) -> dict[str, list[str]]:
    """Return what would be sent, our own fields left out."""
    pairs = page.evaluate("[...new FormData(document.getElementById('form'))]")
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value and not name.startswith("mati_"):
            found.setdefault(name, []).append(value)
    return found


def opened(context: Contexts, desk, rest: str) -> Page:
    page = context().new_page()
    page.goto(desk.url + "en/filled/" + rest)
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(
    ("link", "sent"),
    [
        ("?overall=5", {"overall": ["5"]}),
        ("?overall=1&wrong=late,broken", {"overall": ["1"], "wrong": ["late", "broken"]}),
        ("?wrong=late&wrong=broken&overall=1", {"overall": ["1"], "wrong": ["late", "broken"]}),
        ("?overall=1&wrong=late,none", {"overall": ["1"], "wrong": ["none"]}),
        ("?overall=5&wrong=late", {"overall": ["5"]}),  # not asked
        ("?staff.polite=5&staff.quick=1", {"staff.polite": ["5"], "staff.quick": ["1"]}),
        ("?place=home", {"place": ["home"]}),
        ("?place=nowhere", {}),
        ("#why=It%20was%0Alate", {"why": ["It was late"]}),
        ("#why=" + "x" * 100, {"why": ["x" * 60]}),
        ("#praise.name=Dara&people=4", {"praise.name": ["Dara"], "people": ["4"]}),
        ("?overall=5#why=Good", {"overall": ["5"], "why": ["Good"]}),
        # nothing comes of these
        ("?plain=yes#other=x", {}),
        ("?why=x&people=3&praise.name=x", {}),
        ("#overall=5", {}),
        ("#people=many", {}),
        ("#why=" + quote("\u202e\u0000\n "), {}),
        ("?overall=", {}),
        ("?overall=05&overall=5%20&overall=%D9%A5", {}),
        ("?overall=" + quote('"]</form><script>1'), {}),
        ("?staff=5&staff.=5&staff.polite.x=5&a-overall=5", {}),
        ("?__proto__=5&constructor=5&mati_id=x&mati_trap=x", {}),
    ],
)  # fmt: skip
def test_a_link_fills_in_declared_questions_with_exact_codes(context, desk, link, sent):
    page = opened(context, desk, link)
    assert answers(page) == sent
    if "why=" in link.partition("#")[2]:
        assert "why" not in page.url.partition("#")[2]


def test_boxes_with_names_of_their_own_are_told_apart(context, desk):
    desk.files = site(distinct=True).files
    page = opened(context, desk, "?overall=1&wrong=1,broken")
    assert answers(page) == {"overall": ["1"], "wrong--1": ["1"], "wrong--broken": ["1"]}


def test_what_somebody_has_answered_stays(context, desk):
    page = opened(context, desk, "?overall=5")
    page.check("[name=overall][value='1']")
    page.goto(desk.url + "en/")
    page.go_back()
    page.wait_for_load_state()
    assert answers(page)["overall"] == ["1"]


def test_without_script_the_link_fills_in_nothing(context, desk):
    page = context(java_script_enabled=False).new_page()
    page.goto(desk.url + "en/filled/?overall=5")
    assert page.locator(":checked:not(option)").count() == 0


def order(page: Page) -> dict[str, list[str]]:
    """Return the order of the answers, and of the rows, by question."""
    found = {
        name: [
            box.get_attribute("value") for box in page.locator(f"#a-{name} .o input:not(.t)").all()
        ]
        for name in ("reached", "wrong", "plain")
    }
    towns = page.locator("#a-town option").all()
    found["town"] = [option.get_attribute("value") for option in towns[1:]]
    for name, rows in (("staff", ".r"), ("rank", ".place")):
        ids = [row.get_attribute("id") for row in page.locator(f"#a-{name} {rows}").all()]
        found[name] = [each.rpartition("-")[2] for each in ids]
    return found


AUTHOR = {
    "reached": ["shop", "page", "phone", "mail", "other", "no"],
    "wrong": ["late", "broken", "hard", "none"],
    "plain": ["a", "b", "c"],
    "town": ["pp", "vt", "sr", "other", "no"],
    "staff": ["polite", "quick", "kind"],
    "rank": ["price", "quality", "service"],
}


@pytest.mark.parametrize("distinct", [False, True])
def test_answers_are_shuffled_for_each_response(context, desk, distinct):
    desk.files = site(distinct=distinct).files
    page = context().new_page()
    seen = set()
    for _ in range(6):
        page.goto(desk.url + "en/mixed/")
        response = page.input_value("[name=mati_id]")
        found = (
            order(page)
            if not distinct
            else {
                **order(page),
                "wrong": [
                    box.get_attribute("name").rpartition("-")[2]
                    for box in page.locator("#a-wrong [type=checkbox]").all()
                ],
            }
        )
        assert found["plain"] == AUTHOR["plain"]
        assert found["reached"][4:] == ["other", "no"]
        assert found["wrong"][3:] == ["none"]
        for question in survey_of(MIXED).questions:
            parts = shown_order(question, response)
            assert found[question.id][: len(parts)] == list(parts)
        assert found["plain"] == AUTHOR["plain"]
        seen.add(str(found))
    assert len(seen) > 1
    page.check("[name=reached][value=other]")
    page.fill("[name='reached.other.text']", "By chance")
    assert answers(page)["reached.other.text"] == ["By chance"]


def test_a_shuffled_answer_is_never_given_back_at_another_place(context, desk):
    page = context().new_page()
    for _ in range(5):
        page.goto(desk.url + "en/mixed/")
        page.check("[name=reached][value=phone]")
        page.check("[name=wrong][value=hard]")
        page.check("[name='staff.kind'][value='5']")
        page.select_option("[name=town]", "sr")
        page.check("[name=plain][value=b]")
        page.goto(desk.url + "en/")
        page.go_back()
        page.wait_for_load_state()
        found = answers(page)
        assert found.get("reached", ["phone"]) == ["phone"]
        assert found.get("wrong", ["hard"]) == ["hard"]
        assert {n: v for n, v in found.items() if n.startswith("staff")} in (
            {},
            {"staff.kind": ["5"]},
        )
        assert found.get("town", ["sr"]) == ["sr"]
        assert found.get("plain") == ["b"]


def test_without_script_the_order_is_the_authors(context, desk):
    page = context(java_script_enabled=False).new_page()
    page.goto(desk.url + "en/mixed/")
    assert order(page) == AUTHOR


def test_pages_that_want_neither_carry_neither():
    filled, mixed = site().html("en/filled/index.html"), site().html("en/mixed/index.html")
    assert "data-fill" in filled
    assert "data-mix" not in filled
    assert "16777619" not in filled
    assert "data-mix" in mixed
    assert "data-fill" not in mixed
    assert "replaceState" not in mixed
