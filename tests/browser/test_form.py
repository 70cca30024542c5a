"""The form in a real browser: with and without JavaScript, by keyboard, small, dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from formsite import ROOT, Site, site_of
from playwright.sync_api import BrowserContext, Page

from mati.diagnostics import Notebook, Source
from mati.model import All, Any, Chosen, Compared, Condition, Not, ProjectSettings, holds
from mati.reader import read as read_survey

pytestmark = pytest.mark.browser

SAMPLE = (ROOT / "content" / "customer-service.md").read_text("utf-8")
KINDS = """---
lang: en
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
  product:
---

# Your new {{product|purchase}}

### How likely are you to recommend us? {#nps kind=nps *}

- (0..10) Not at all likely … Extremely likely

### How easy was it? {#easy}

- (1..7) Very difficult … Very easy

### What went wrong? {#wrong if="nps <= 6"}

- [late] It came late
- [broken] It was broken
- [other] Something else: ___
- [none] Nothing {only}

### Where did you reach us? {#reached}

- (shop) In the shop
- (page) On our page, by a message
- (other) Other: ___

### Your e-mail address {#email}

___ email

### Anything more? {#submit}

___
___

### When was that? {#action}

___ date

## Thank you! {#thanks end}

Bye.

## We will make it right {#sorry end if="nps <= 6"}

We call you.
"""
KHMER = {
    "Please choose an answer.": "សូមជ្រើសរើសចម្លើយមួយ",
    "Please choose an answer in this row.": "សូមជ្រើសរើសចម្លើយក្នុងជួរនេះ",
    "Excellent": "ល្អប្រសើរ",
    "Good": "ល្អ",
    "Average": "មធ្យម",
    "Fair": "ល្មម",
    "Poor": "អន់",
}
ROWS = ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite")
FORM = "km/customer-service/"
Contexts = Callable[..., BrowserContext]


@cache
def site() -> Site:
    project = ProjectSettings(languages=("en", "km"), url="https://sokha.example")
    surveys = {"customer-service": SAMPLE, "kinds": KINDS}
    return site_of(surveys, words={"en": {}, "km": KHMER}, project=project)


def answer_grid(page: Page, code: str = "5") -> None:
    for row in ROWS:
        page.check(f'[name="staff.{row}"][value="{code}"]')


def sent(desk) -> list[dict[str, str]]:
    return [dict(pairs) for _, pairs, _ in desk.posts]


@pytest.fixture(autouse=True)
def served(desk):
    desk.files = site().files


@pytest.fixture
def no_script(context: Contexts) -> Page:
    return context(java_script_enabled=False).new_page()


# Sending


def test_keyboard_alone_without_script(no_script, desk):
    page = no_script
    page.goto(desk.url + FORM)
    keys = page.keyboard
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")
    for _ in ROWS:
        keys.press("Tab")
        keys.press("Space")  # the first cell: excellent
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowRight")  # good, all in all
    keys.press("Tab")
    keys.type("នំប៉័ង")
    for _ in range(4):
        keys.press("Tab")
    keys.press("Enter")
    page.wait_for_url("**/thanks/#thanks")
    (answers,) = sent(desk)
    assert [answers[f"staff.{row}"] for row in ROWS] == ["5"] * len(ROWS)
    assert (answers["overall"], answers["best"]) == ("4", "នំប៉័ង")
    assert (answers["mati_id"], answers["mati_trap"]) == ("", "")
    assert (answers["mati_lang"], answers["mati_survey"]) == ("km", "customer-service")
    assert answers["mati_version"]


def test_three_clicks_are_one_post_with_an_id(context, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer_grid(page)
    page.check('[name="overall"][value="5"]')
    page.evaluate("for (let n = 0; n < 3; n++) document.querySelector('.send').click()")
    page.wait_for_url("**/thanks/#thanks")
    page.wait_for_timeout(200)
    (answers,) = sent(desk)
    assert re.fullmatch(r"[0-9-]{20,64}", answers["mati_id"])
    assert "phone" not in answers


def test_a_broken_connection_is_tried_once_more(context, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer_grid(page)
    page.check('[name="overall"][value="5"]')
    desk.replies = [None, None]  # Chromium itself tries a kept connection twice
    page.click(".send")
    page.wait_for_url("**/thanks/#thanks")
    assert len({answers["mati_id"] for answers in sent(desk)}) == 1


def test_what_the_service_refuses_is_shown_in_its_words(context, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    answer_grid(page)
    page.check('[name="overall"][value="5"]')
    refusal = (422, {"Content-Type": "text/html; charset=utf-8"}, "<h1>មិនទាន់បាន</h1>".encode())
    desk.replies = [refusal, refusal]
    page.click(".send")
    page.wait_for_selector("text=មិនទាន់បាន")
    page.go_back()
    assert page.is_checked('[name="staff.polite"][value="5"]')
    assert page.get_attribute(".send", "aria-disabled") == "false"


def test_offline_the_answers_stay_and_it_is_said(context, desk):
    opened = context()
    page = opened.new_page()
    page.goto(desk.url + FORM)
    answer_grid(page)
    page.check('[name="overall"][value="5"]')
    opened.set_offline(True)
    page.click(".send")
    page.wait_for_selector("p.sum", state="visible")
    opened.set_offline(False)
    page.click(".send")
    page.wait_for_url("**/thanks/#thanks")
    assert len(desk.posts) == 1


def test_a_conditional_ending_is_chosen_by_the_script_where_the_service_says_nothing(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/kinds/")
    page.check('[name="nps"][value="2"]')
    desk.replies = [(200, {"Content-Type": "application/json"}, b"{}")]
    page.click(".send")
    page.wait_for_url("**/thanks/#sorry")
    assert page.is_visible("text=We call you.")
    assert not page.is_visible("text=Bye.")


def test_thanks_without_a_fragment_shows_the_last_ending(no_script, desk):
    no_script.goto(desk.url + "en/kinds/thanks/")
    assert no_script.is_visible("text=Bye.")
    assert not no_script.is_visible("text=We call you.")
    no_script.goto(desk.url + "en/kinds/thanks/#sorry")
    assert not no_script.is_visible("text=Bye.")
    assert no_script.is_visible("text=We call you.")


def test_names_that_hide_properties_of_the_form_do_no_harm(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/kinds/")
    page.check('[name="nps"][value="10"]')
    page.fill('[name="submit"]', "a question called submit")
    page.fill('[name="action"]', "2026-11-20")
    desk.replies = [(500, {}, b"x")]
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    assert sent(desk)[-1]["submit"] == "a question called submit"
    assert desk.posts[-1][0] == "/f/kinds"


# Show-if


@pytest.mark.parametrize("script", [True, False])
def test_a_part_opens_and_closes_with_its_condition(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + FORM)
    phone = page.locator('[name="phone"]')
    assert not phone.is_visible()
    page.check('[name="overall"][value="2"]')
    assert phone.is_visible()
    page.check('[name="overall"][value="5"]')
    assert not phone.is_visible()
    page.check('[name="staff.polite"][value="1"]')
    assert phone.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_stale_answer_is_sent_only_without_script(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + FORM)
    answer_grid(page)
    page.check('[name="overall"][value="1"]')
    page.fill('[name="phone"]', "012 345 678")
    page.check('[name="overall"][value="5"]')
    page.click(".send")
    page.wait_for_url("**/thanks/#thanks")
    (answers,) = sent(desk)
    assert ("phone" in answers) is not script  # the importer leaves such answers out


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_every_part(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + FORM)
    page.emulate_media(media="print")
    assert page.is_visible('[name="phone"]')
    assert not page.is_visible(".send")
    assert not page.is_visible("nav")


# Errors


@pytest.mark.parametrize("script", [True, False])
def test_errors_speak_the_language_of_the_page(context, desk, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + FORM)
    page.check('[name="staff.prompt"][value="5"]')
    page.click(".send")
    page.wait_for_selector("#a-staff-welcome > .e")
    said = page.inner_text("#a-staff-welcome > .e")
    assert said == KHMER["Please choose an answer in this row."]
    assert not page.is_visible("#a-staff-prompt > .e")
    assert page.is_visible("#a-staff-welcome > .e")
    assert page.is_visible("#a-overall > .e")
    page.check('[name="staff.welcome"][value="5"]')
    assert not page.is_visible("#a-staff-welcome > .e")
    assert not desk.posts


def test_a_list_of_errors_gets_the_focus_and_leads_to_each(context, desk):
    page = context().new_page()
    page.goto(desk.url + FORM)
    page.check('[name="staff.prompt"][value="5"]')
    page.click(".send")
    focused = "document.activeElement"
    assert page.evaluate(focused + ".className") == "sum"
    assert page.get_attribute("div.sum", "role") == "alert"
    links = page.locator("div.sum a")
    assert links.all_inner_texts() == [
        page.inner_text(f"#a-{name} > legend")
        for name in (*(f"staff-{r}" for r in ROWS[1:]), "overall")
    ]
    links.first.click()
    assert page.evaluate(focused + ".name") == "staff.welcome"
    described = page.evaluate(focused + ".getAttribute('aria-describedby')")
    assert KHMER["Please choose an answer in this row."] in page.inner_text(
        f'[id="{described.strip()}"]'
    )


def test_a_required_question_in_an_open_part_is_asked_for(context, desk):
    page = context().new_page()
    desk.files = site_of(
        {"visit": "---\nlang: en\n---\n\n# A\n\n### One {#one}\n\n- (y) Yes\n- (n) No\n\n"
                  '### Why? {#why * if="one = n"}\n\n___\n'}
    ).files  # fmt: skip
    page.goto(desk.url + "en/visit/")
    page.check('[name="one"][value="n"]')
    page.fill('[name="why"]', "   ")
    page.click(".send")
    assert page.is_visible("text=Please write an answer.")
    page.check('[name="one"][value="y"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    assert len(desk.posts) == 1


# Kinds


def test_hidden_fields_come_from_the_address(context, desk):
    page = context().new_page()
    page.goto(
        desk.url
        + "en/kinds/?branch=pp&product=no&via=qr&lang=km#product=%3Cb%3E%20a%20%E2%80%AE%20kettle"
    )
    assert page.inner_text("h1") == "Your new <b> a kettle"
    assert page.evaluate("location.hash") == ""
    page.check('[name="nps"][value="10"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    (answers,) = sent(desk)
    assert (answers["branch"], answers["product"]) == ("pp", "<b> a kettle")
    assert (answers["mati_channel"], answers["mati_lang"]) == ("qr", "en")


@pytest.mark.parametrize("value", ["xx", "constructor", "PP", "pp "])
def test_values_nobody_declared_become_other(context, desk, value):
    page = context().new_page()
    page.goto(f"{desk.url}en/kinds/?branch={value}")
    taken = page.input_value('[name="branch"]')
    assert taken == ("pp" if value == "pp " else "other")


def test_write_ins_open_with_their_answer_and_only_excludes(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/kinds/")
    page.check('[name="nps"][value="0"]')
    page.check('[name="wrong"][value="late"]')
    page.check('[name="wrong"][value="other"]')
    page.fill('[name="wrong.other.text"]', "a dent")
    page.check('[name="wrong"][value="none"]')
    assert not page.is_checked('[name="wrong"][value="late"]')
    assert not page.is_visible('[name="wrong.other.text"]')
    page.click(".send")
    page.wait_for_url("**/thanks/**")
    assert "wrong.other.text" not in sent(desk)[0]
    assert sent(desk)[0]["wrong"] == "none"


def test_an_answer_given_by_mistake_can_be_taken_back(context, desk):
    page = context().new_page()
    page.goto(desk.url + "en/kinds/")
    button = page.locator("#a-easy .clear")
    assert not button.is_visible()
    height = page.evaluate("document.documentElement.scrollHeight")
    page.check('[name="easy"][value="3"]')
    assert page.evaluate("document.documentElement.scrollHeight") == height  # nothing jumps
    button.click()
    assert not page.is_checked('[name="easy"][value="3"]')


@pytest.mark.parametrize("script", [True, False])
def test_the_count_of_answers_is_honest(context, desk, counted, script):
    page = context(java_script_enabled=script).new_page()
    page.goto(desk.url + "en/customer-service/")
    assert counted(page) == "Answered 0 / 12"
    page.check('[name="overall"][value="1"]')
    page.fill('[name="best"]', "bread")
    assert counted(page) == "Answered 2 / 13"


# Looks


WIDTHS = (320, 360, 1200)


PAGES = (
    "en/customer-service/",
    FORM,
    "en/kinds/",
    "km/",
    "",
    "404.html",
    "en/customer-service/thanks/",
    "en/kinds/thanks/#sorry",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(context, desk, violations, scheme):
    page = context(color_scheme=scheme, viewport={"width": 360, "height": 740}).new_page()
    for path in PAGES:
        page.goto(desk.url + path)
        assert violations(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_with_errors_and_open_parts(context, desk, violations, scheme, width):
    page = context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    page.goto(desk.url + FORM)
    page.check('[name="overall"][value="1"]')
    page.check('[name="staff.prompt"][value="2"]')
    page.click(".send")
    assert page.is_visible("#a-staff-welcome > .e")
    assert violations(page) == []
    page.goto(desk.url + "en/kinds/")
    page.check('[name="nps"][value="3"]')
    page.check('[name="wrong"][value="other"]')
    page.fill('[name="email"]', "nobody")
    page.click(".send")
    assert page.is_visible("text=such as name@example.com")
    assert violations(page) == []


SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


@pytest.mark.parametrize(
    ("width", "style"),
    [(320, ""), (360, "html { font-size: 200% }"), (320, SPACING), (1200, SPACING), (768, "")],
)
def test_nothing_scrolls_sideways(context, desk, width, style):
    page = context(viewport={"width": width, "height": 740}, bypass_csp=True).new_page()
    for path in (*PAGES, "en/"):
        page.goto(desk.url + path)
        if style:
            page.add_style_tag(content=style)
        if page.locator('[name="overall"]').count():
            page.check('[name="overall"][value="1"]')
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [360, 1200])
def test_every_target_is_large_enough(context, desk, width):
    page = context(viewport={"width": width, "height": 740}).new_page()
    for path in (*PAGES, "en/"):
        page.goto(desk.url + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea')]
              .filter((e) => e.checkVisibility() && !e.closest('.trap') && e.className != 'skip')
              .map((e) => [e, (e.closest('label') ?? e).getBoundingClientRect()])
              .filter(([, box]) => box.width < 44 || box.height < 44)
              .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
        )
        assert small == [], path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_count_covers_no_question(context, desk, width):
    page = context(viewport={"width": width, "height": 700}).new_page()
    page.goto(desk.url + FORM)
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 350):
        page.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        covered = page.evaluate(
            """() => {
              const pill = document.querySelector('.c').getBoundingClientRect();
              return [...document.querySelectorAll('.s, .send, h1')].some((e) => {
                const box = e.getBoundingClientRect();
                return box.left < pill.right && pill.left < box.right
                  && box.top < pill.bottom && pill.top < box.bottom;
              });
            }"""
        )
        assert not covered, top


def test_the_head_of_a_grid_covers_no_row_that_has_the_focus(context, desk):
    still = {"width": 1000, "height": 420}
    page = context(viewport=still, reduced_motion="reduce").new_page()
    page.goto(desk.url + FORM)
    page.locator('[name="best"]').focus()
    for _ in ROWS:
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(30)
        clear = page.evaluate(
            """() => {
              const head = document.querySelector('.gh').getBoundingClientRect();
              const row = document.activeElement.closest('.r');
              return !row || row.getBoundingClientRect().top >= head.bottom - 1;
            }"""
        )
        assert clear


@pytest.mark.parametrize("width", [320, 1200])
def test_a_grid_says_how_its_statements_begin(context, desk, width):
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto(desk.url + "en/customer-service/")
    assert page.get_by_text("Our staff …", exact=True).is_visible()
    assert "Our staff …" in page.locator("#form").aria_snapshot()


def test_dark_is_dark_and_light_is_light(context, desk):
    def paper(scheme: str) -> int:
        page = context(color_scheme=scheme).new_page()
        page.goto(desk.url + FORM)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(","))

    assert paper("light") > 600
    assert paper("dark") < 120


def test_forced_colours_leave_answers_visible(context, desk):
    page = context(forced_colors="active").new_page()
    page.goto(desk.url + FORM)
    look = "e => getComputedStyle(e).appearance"
    assert page.locator('[name="overall"]').first.evaluate(look) == "auto"


def test_a_page_is_one_request(context, desk):
    page = context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.url + FORM, wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [desk.url + FORM]


def test_nothing_is_blocked_by_the_policy(context, desk):
    page = context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("km/customer-service/", "en/kinds/", "en/", "", "en/kinds/thanks/"):
        page.goto(desk.url + path)
    assert said == []


ECHO = """---
lang: en
---

# Visit

### What did you drink? {#drink}

- (coffee) Coffee & cream
- (tea) Tea

### What did you eat? {#food}

- [bread] Bread
- [cake] Cake

### Who served you? {#who}

___

### How was {{drink|your drink}} with {{food|your food}}, brought by {{who|us}}? {#liked}

- (2) Good
- (1) Bad
"""


def test_a_text_repeats_answers_as_text(desk, context):
    desk.files = site_of({"visit": ECHO}).files
    page = context().new_page()
    page.goto(desk.url + "en/visit/")
    asked = page.locator("#a-liked legend")
    assert asked.inner_text() == "How was your drink with your food, brought by us?"
    page.get_by_label("Coffee").check()
    page.get_by_label("Bread").check()
    page.get_by_label("Cake").check()
    page.get_by_label("Who served you?").fill("<img src=x onerror=alert(1)>")
    said = "How was Coffee & cream with Bread, Cake, brought by <img src=x onerror=alert(1)>?"
    assert asked.inner_text() == said
    assert page.locator("#a-liked img").count() == 0
    page.get_by_label("Cake").uncheck()
    page.get_by_label("Bread").uncheck()
    assert "with your food" in asked.inner_text()


BASE = """---
lang: en
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
---

# Visit

### Stars {#stars}

- (3) Three
- (2) Two
- (1) One
- (dk) Cannot say {na}

### Wrong {#wrong}

- [late] Late
- [cold] Cold
- [more] More: ___
- [none] Nothing {only}

### Staff {#staff}

| They | (2) Good | (1) Bad |
|---|---|---|
| smiled {#smile} | | |
| helped {#help} | | |

### People {#people}

___ number

### Day {#day}

___ date

### Words {#words}

___

"""
ATOMS = (
    "stars = 2", "stars <= 2", "stars != 3", "answered stars", "stars in (3, dk)",
    "wrong has late", "wrong has (late, cold)", "answered wrong", "staff <= 1",
    "staff.smile = 2", "answered staff.help", "people > 4", "people != 2", "answered people",
    "day < 2026-06-01", "answered day", "answered words", "branch = pp",
    "branch = other", "answered wrong.more.text",
)  # fmt: skip


def random_condition(chance: Random, depth: int = 3) -> str:
    """Words of a condition, at most ``depth`` brackets deep."""
    if not depth or chance.random() < 0.3:
        return chance.choice(ATOMS)
    parts = [random_condition(chance, depth - 1) for _ in range(2)]
    joint = chance.choice((" and ", " or "))
    return ("not " if chance.random() < 0.3 else "") + f"({joint.join(parts)})"


def never_false(condition: Condition, given: dict[str, tuple[str, ...]], *, sure: bool) -> bool:
    """What a page without script may show: all that is not surely false (or surely true)."""
    match condition:
        case Not(inner):
            return not never_false(inner, given, sure=not sure)
        case All(parts):
            return all(never_false(part, given, sure=sure) for part in parts)
        case Any(parts):
            return any(never_false(part, given, sure=sure) for part in parts)
        case Compared():
            return not sure
        case Chosen(names, codes, hidden):
            if hidden or (not codes and names[0] in {"day", "wrong.more.text"}):
                return not sure
            return holds(condition, given)
    raise AssertionError(condition)


def fill_in(page: Page, chance: Random) -> dict[str, tuple[str, ...]]:
    """Answer at random; return what was answered."""
    given: dict[str, tuple[str, ...]] = {}
    for name, codes in (
        ("stars", ["3", "2", "1", "dk"]),
        ("staff.smile", ["2", "1"]),
        ("staff.help", ["2", "1"]),
    ):
        if chance.random() < 0.7:
            code = chance.choice(codes)
            page.check(f'[name="{name}"][value="{code}"]')
            given[name] = (code,)
    picked = chance.choice(((), ("late",), ("late", "cold"), ("more",), ("none",)))
    for code in picked:
        page.check(f'[name="wrong"][value="{code}"]')
    if "more" in picked:
        page.fill('[name="wrong.more.text"]', "x")
        given["wrong.more.text"] = ("x",)
    lines = (("people", ["", "2", "5"]), ("day", ["", "2026-01-31", "2026-12-31"]))
    for name, values in (*lines, ("words", ["", "ល្អ"])):
        value = chance.choice(values)
        page.fill(f'[name="{name}"]', value)
        given[name] = (value,)
    return {**given, "wrong": picked}


@pytest.mark.parametrize("script", [True, False])
def test_css_script_and_model_agree_on_what_is_asked(script, desk, context):
    chance = Random(7)  # noqa: S311 -- the same every time
    words = [random_condition(chance) for _ in range(80)]
    extra = "".join(f'### Q{n} {{#q{n} if="{w}"}}\n\n___\n\n' for n, w in enumerate(words))
    project = ProjectSettings(languages=("en",), url="https://sokha.example")
    notes = Notebook()
    read = read_survey(Source("content/visit.md", BASE + extra), project, notes)
    impossible = {d.span.line for d in notes if d.code.slug == "never-shown"}
    assert read is not None
    kept = [q for q in read.questions if q.condition and q.span.line not in impossible]
    assert len(kept) > 40
    text = BASE + "".join(f'### Q {{#{q.id} if="{q.condition}"}}\n\n___\n\n' for q in kept)
    desk.files = site_of({"visit": text}).files
    for link, branch in (("", ""), ("?branch=pp", "pp"), ("?branch=xx", "other")):
        page = context(java_script_enabled=script).new_page()
        page.goto(f"{desk.url}en/visit/{link}")
        given = fill_in(page, chance) | {"branch": (branch,)}
        for question in kept:
            shown = page.locator(f"#q-{question.id}").is_visible()
            condition = question.show_if
            seen = never_false(condition, given, sure=False)
            wanted = holds(condition, given) if script else seen
            assert shown is wanted, (question.condition, given)
