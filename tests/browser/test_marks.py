"""What a translator sees in the preview: every text with its state, its line, its original."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mati import devserver
from mati.cli import shooting
from mati.cli.site import make_outputs
from mati.cli.tallies import progress
from mati.devserver import Left, Progress, Translating
from mati.devserver.status import status_page

pytestmark = pytest.mark.browser

SURVEY = """---
lang: en
languages: [km]
send: own
report:
  public: true
---

# How was it?

Two minutes are enough.

## Our staff {#team}

### How friendly were we? {#staff}

- (5) Very
- (1) Not at all

### Where? {#where as=dropdown}

- (here) Here
- (home) At home

### Anything else? {#more placeholder="Write here"}

___
"""
MISSING, OLD, BROKEN, SELECT = "Very", "How friendly were we?", "Not at all", "At home"
SPOKEN = {
    "How was it?": "តើយ៉ាងម៉េចដែរ?", "Two minutes are enough.": "ពីរនាទីគ្រប់គ្រាន់។",
    "Our staff": "បុគ្គលិក", "Where?": "នៅឯណា?", "Here": "ទីនេះ", OLD: "តើយើងរួសរាយទេ?",
    BROKEN: "<b>អត់ទេ</b>", "Anything else?": "មានអ្វីទៀតទេ?",
}  # fmt: skip
Contexts = Callable[..., BrowserContext]


def catalogue(root: Path, spoken: dict[str, str]) -> str:
    """The file of Khmer: what is spoken, one text outdated."""
    from mati.build import forms  # noqa: PLC0415
    from mati.diagnostics import Notebook  # noqa: PLC0415
    from mati.merge import of_node  # noqa: PLC0415
    from mati.project import open_project  # noqa: PLC0415

    survey = forms.read(open_project(root, Notebook()), "", Notebook())["visit"]
    blocks = ['msgid ""\nmsgstr "Language: km\\n"\n']
    for unit in of_node(survey):
        fuzzy = '#, fuzzy\n#| msgid "Were we nice?"\n' if unit.msgid == OLD else ""
        words = json.dumps(spoken.get(unit.msgid, ""), ensure_ascii=False)
        blocks.append(f'{fuzzy}msgctxt "{unit.context}"\nmsgid "{unit.msgid}"\nmsgstr {words}\n')
    return "\n".join(blocks)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង"
    (folder / "content").mkdir(parents=True)
    (folder / "locales/km").mkdir(parents=True)
    (folder / "content/visit.md").write_text(SURVEY, "utf-8")
    (folder / "mati.yaml").write_text(
        "name: Shop\nlanguages: [en, km]\nurl: https://x.example\n", "utf-8"
    )
    (folder / "locales/km/visit.po").write_text(catalogue(folder, SPOKEN), "utf-8")
    return folder


@pytest.fixture
def url(root: Path) -> Iterator[str]:
    """A preview for translators, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def make(notes, traces=None, only=""):
        return make_outputs(root, notes, sample=True, preview=True, traces=traces, only=only)[0]

    def part(notes, survey, traces):
        return make(notes, traces, survey)

    offered = Translating(
        make=make, part=part, progress=lambda: progress(root), editor="edit://{path}:{line}"
    )
    starting = devserver.start(root, make, translating=offered)
    started = asyncio.run_coroutine_threadsafe(starting, loop).result(20)
    try:
        yield f"http://localhost:{started.port}"
    finally:
        asyncio.run_coroutine_threadsafe(started.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def marked(context: Contexts, url: str, path: str = "/km/visit/", **settings: object) -> Page:
    page = context(**settings).new_page()
    page.goto(f"{url}/mati-preview/marks?on=1&to={path}")
    assert page.url == url + path
    return page


def line_of(root: Path, msgid: str) -> int:
    lines = (root / "locales/km/visit.po").read_text("utf-8").splitlines()
    return lines.index(f'msgid "{msgid}"') + 1


def test_each_state_has_a_line_of_its_own_and_none_is_told_by_colour_alone(context, url):
    page = marked(context, url)
    for words, state in ((MISSING, "missing"), (SPOKEN[OLD], "outdated"), (BROKEN, "broken")):
        expect(
            page.locator(f'main [data-mati-state="{state}"]', has_text=words.rstrip("?"))
        ).to_have_count(1)
    lines = {
        state: page.locator(f'[data-mati-state="{state}"]').first.evaluate(
            "(one) => getComputedStyle(one).outlineStyle"
        )
        for state in ("missing", "outdated", "broken", "good")
    }
    assert lines == {
        "missing": "solid", "outdated": "dashed", "broken": "double", "good": "none",
    }  # fmt: skip
    # texts where no tag may stand are marked on their element
    option = page.locator("option", has_text=SELECT)
    assert re.search(r"text:\d+", option.get_attribute("data-mati-attributes"))
    assert option.get_attribute("data-mati-states") == "missing"
    field = page.locator("[name=more]")
    assert re.search(r"placeholder:\d+", field.get_attribute("data-mati-attributes"))
    bar = page.get_by_role("region", name="Translation")
    expect(bar).to_contain_text("Outdated 1")
    expect(bar).to_contain_text("Cannot be shown 1")


def test_hovering_shows_the_line_the_original_and_the_old_wording(root, context, url):
    page = marked(context, url, permissions=["clipboard-read", "clipboard-write"])
    bar = page.get_by_role("region", name="Translation")
    page.locator("[data-mati-state=outdated]").first.hover()
    expect(bar).to_contain_text("Were we nice?")
    expect(bar).to_contain_text(OLD)
    place = f"locales/km/visit.po:{line_of(root, OLD)}"
    expect(bar.get_by_role("link", name=place)).to_be_visible()
    edit = bar.get_by_role("link", name="Open in the editor").get_attribute("href")
    assert edit.startswith("edit:///")
    assert edit.endswith(f"/locales/km/visit.po:{line_of(root, OLD)}")
    bar.get_by_role("button", name="Copy").click()
    expect(bar.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == place
    with page.context.expect_page() as opened:
        bar.get_by_role("link", name=place).click()
    line = opened.value.locator(":target")
    expect(line).to_have_text(f'msgid "{OLD}"')


def test_the_page_can_be_used_and_walked_by_keyboard(context, url, violations):
    page = marked(context, url)
    bar = page.get_by_role("region", name="Translation")
    seen = []
    for _ in range(6):
        page.keyboard.press("F8")
        seen.append(bar.locator("h2").inner_text())
    assert len(set(seen)) >= 4
    page.keyboard.press("Escape")
    expect(bar.locator(".told")).to_be_hidden()
    page.locator("[name=staff][value='5']").focus()
    expect(bar).to_contain_text(MISSING)
    page.keyboard.press("Space")
    assert page.locator("[name=staff][value='5']").is_checked()
    page.fill("[name=more]", "x")
    page.keyboard.press("Tab")
    assert violations(page) == []
    page.locator(".send").click()
    page.wait_for_url("**/km/visit/thanks/**")


def told(page: Page) -> dict[str, float]:
    return page.locator("section .told").bounding_box()


@pytest.mark.parametrize("width", [360, 1200])
def test_the_panel_never_lies_over_the_words_it_tells_of(context, url, width):
    page = marked(context, url, viewport={"width": width, "height": 640})
    for words in page.locator("main [data-mati-text]").all():
        if not words.is_visible():
            continue
        words.hover()
        box, panel = words.bounding_box(), told(page)
        over = box["y"] < panel["y"] + panel["height"] and box["y"] + box["height"] > panel["y"]
        assert not over, words.inner_text()
    for _ in range(4):
        page.keyboard.press("F8")
        place = page.locator("main [data-mati-at]")
        if place.count():
            assert place.first.bounding_box()["y"] < told(page)["y"]


def test_the_bar_leaves_a_phone_to_the_page_and_names_its_keys(context, url):
    page = marked(context, url, viewport={"width": 360, "height": 800})
    bar = page.get_by_role("region", name="Translation")
    assert bar.locator(".bar").bounding_box()["height"] <= 120
    expect(bar.get_by_role("button", name="Next")).to_have_attribute("aria-keyshortcuts", "F8")
    expect(bar.get_by_role("button", name="Next")).to_have_attribute("title", "F8")


def test_what_cannot_be_shown_says_why_and_what_to_write(context, url):
    page = marked(context, url)
    bar = page.get_by_role("region", name="Translation")
    page.locator("[data-mati-state=broken]").first.hover()
    expect(bar.locator(".why")).to_contain_text("holds HTML: '<b>'")
    expect(bar.locator(".why")).to_contain_text("write plain words")


def test_what_was_reworded_is_shown_in_its_own_language(context, url):
    page = marked(context, url)
    bar = page.get_by_role("region", name="Translation")
    page.locator("[data-mati-state=outdated]").first.hover()
    expect(bar.locator("del")).to_have_text("Were we nice")
    expect(bar.locator("ins")).to_have_text("How friendly were we")
    expect(bar.locator("dd").first).to_have_attribute("lang", "en")
    expect(bar.locator("dd").last).to_have_attribute("lang", "km")


def test_words_of_scripts_outline_nothing_and_are_told_all_the_same(context, url):
    page = marked(context, url)
    assert "data-busy" in page.locator("#main").get_attribute("data-mati-attributes")
    assert page.locator("#main").get_attribute("data-mati-states") is None
    bar = page.get_by_role("region", name="Translation")
    for _ in range(30):
        page.keyboard.press("F8")
        assert page.locator("main[data-mati-at]").count() == 0
        if "1 of" in bar.locator("h2").inner_text():
            break


LOOKS = """---
lang: en
languages: [km]
---

# How was it?

### Stars? {#stars as=stars}

- (5) Very good
- (4) Good
- (3) So-so
- (2) Bad
- (1) Very bad

### Faces? {#faces as=smileys}

- (5) Very good
- (1) Very bad

### Cards? {#cards as=cards}

- (tea) Tea
- (coffee) Coffee

### Buttons? {#buttons as=buttons}

- (here) Here
- (home) At home

### Row? {#row kind=nps}

- (0..10) Never … Surely

### Table? {#table}

| We were … | (2) Good | (1) Bad | (x) Not for me {na} |
|---|---|---|---|
| polite {#polite} | | | |
| quick {#quick} | | | |

### Sharing? {#what}

- [bread] Bread
- [other] Other: ___
"""
PLACES = """() => [...document.querySelectorAll("body *:not([data-mati-text])")].map((one) => {
  const box = one.getBoundingClientRect(), main = document.querySelector("main");
  const top = box.height ? box.y - main.getBoundingClientRect().y : 0;
  return [one.tagName, one.className, ...[box.x, top, box.width, box.height].map(Math.round)];
}).filter((one) => one[4])"""


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("path", ["/km/looks/", "/share/visit/km/", "/km/visit/report/"])
def test_marks_move_nothing(root, context, request, path, width):
    (root / "content/looks.md").write_text(LOOKS, "utf-8")
    text = 'msgid ""\nmsgstr "Language: km\\n"\n\nmsgctxt "looks.title"\nmsgid "How was it?"\n'
    (root / "locales/km/looks.po").write_text(f'{text}msgstr "យ៉ាងម៉េច?"\n', "utf-8")
    url = request.getfixturevalue("url")
    page = context(viewport={"width": width, "height": 800}).new_page()
    found = []
    for wish in (0, 1):
        page.goto(f"{url}/mati-preview/marks?on={wish}&to={path}")
        expect(page.locator("main [data-mati-text]")).not_to_have_count(0) if wish else None
        found.append(page.evaluate(PLACES))
    assert len(found[0]) > 20
    assert found[0] == found[1]


TWICE = """<p id=head hidden><mati-text data-mati-text="1">Fair</mati-text></p>
<p id=alone hidden><mati-text data-mati-text="2">Alone</mati-text></p>
<p><mati-text data-mati-text="1">Fair</mati-text></p>"""


def test_a_picture_opens_only_what_is_seen_nowhere_and_closes_it_again(context):
    page = context(viewport={"width": 480, "height": 900}).new_page()
    page.set_content(TWICE)
    page.evaluate(shooting._PREPARE)
    assert page.evaluate(shooting._POINT, ["1"])
    expect(page.locator("#head")).to_be_hidden()
    assert page.evaluate(shooting._POINT, ["2"])
    expect(page.locator("#alone")).to_be_visible()
    assert page.evaluate(shooting._POINT, ["1"])
    expect(page.locator("#alone")).to_be_hidden()


def test_the_walk_leaves_the_heads_of_a_table_on_a_phone_alone(root, context, request):
    text = LOOKS.replace("Very good", "Superb")
    (root / "content/looks.md").write_text(text, "utf-8")
    head = 'msgid ""\nmsgstr "Language: km\\n"\n\nmsgctxt "looks.title"\nmsgid "How was it?"\n'
    (root / "locales/km/looks.po").write_text(f'{head}msgstr "យ៉ាងម៉េច?"\n', "utf-8")
    url = request.getfixturevalue("url")
    page = marked(context, url, "/km/looks/", viewport={"width": 360, "height": 800})
    bar = page.get_by_role("region", name="Translation")
    walked = 0
    while walked < 60 and "looks.table.option.2" not in bar.inner_text():
        page.keyboard.press("F8")
        walked += 1
    assert walked < 60
    assert page.locator("[data-mati-at]:visible").count() >= 1
    assert page.locator("[data-mati-seen]").count() == 0


def test_after_a_save_the_walk_goes_on_where_it_was(root, context, url):
    page = marked(context, url)
    bar = page.get_by_role("region", name="Translation")
    page.keyboard.press("F8")
    page.keyboard.press("F8")
    seen = bar.locator("h2").inner_text()
    assert "2 of" in seen
    (root / "locales/km/visit.po").write_text(
        catalogue(root, {**SPOKEN, "Here": "នៅទីនេះ"}), "utf-8"
    )
    expect(page.locator("main option", has_text="នៅទីនេះ")).to_have_count(1, timeout=5000)
    expect(bar).to_be_attached()  # the words may stand there before the script has run
    page.keyboard.press("F8")
    assert bar.locator("h2").inner_text() == seen


def test_a_saved_file_shows_within_a_second(root, context, url):
    page = marked(context, url)
    expect(page.locator("[data-mati-state=missing]", has_text=MISSING)).to_have_count(1)
    took = []
    for word in ("ណាស់", "ខ្លាំងណាស់", "ពិតជាណាស់"):
        text = catalogue(root, {**SPOKEN, MISSING: word})
        (root / "locales/km/visit.po").write_text(text, "utf-8")
        started = time.monotonic()
        expect(page.locator("main [data-mati-state=good]", has_text=word)).to_have_count(
            1, timeout=5000
        )
        took.append(time.monotonic() - started)
    assert min(took) <= 1.0, took  # a busy machine may be slower once


def test_marks_are_a_wish_of_this_browser_and_go_again(context, url):
    page = context().new_page()
    page.goto(f"{url}/km/visit/")
    plain = page.content()
    assert "data-mati-text" not in plain
    assert not re.search("[\ufdd0-\ufdef]", plain)
    page.goto(f"{url}/mati-preview/marks?on=1&to=/km/visit/")
    expect(page.locator("[data-mati-text]").first).to_be_attached()
    page.get_by_role("link", name="Hide marks").click()
    expect(page.locator("[data-mati-text]")).to_have_count(0)
    for to in ("https://evil.example/", "//evil.example/", "/\\evil.example/"):
        page.goto(f"{url}/mati-preview/marks?on=1&to={to}")
        assert page.url == f"{url}/"


@pytest.mark.parametrize("path", ["/km/", "/km/visit/thanks/", "/km/visit/again/",
                                  "/km/visit/report/", "/share/visit/km/"])  # fmt: skip
def test_every_kind_of_page_is_marked(context, url, path):
    page = marked(context, url, path)
    expect(page.locator("main [data-mati-text]").first).to_be_attached()
    bar = page.get_by_role("region", name="Translation")
    expect(bar.get_by_role("link", name="Hide marks")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_of_translations_counts_and_leads(  # noqa: PLR0917
    root, context, url, violations, width, scheme
):
    page = context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.goto(f"{url}/mati-preview/translations/")
    row = page.locator("tr", has_text="locales/km/visit.po")
    cells = dict(zip(("good", "outdated", "missing", "same", "problems", "words"),
                     row.locator("td").all_inner_texts(), strict=True))  # fmt: skip
    assert (cells["outdated"], cells["missing"], cells["problems"]) == ("1", "3", "1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    summary = page.locator("summary", has_text="locales/km/visit.po")
    summary.click()
    name = f"locales/km/visit.po:{line_of(root, MISSING)}"
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    assert violations(page) == []
    row.get_by_role("link", name="See the pages").click()
    expect(page.locator("[data-mati-state=missing]").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("F8")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1200])
def test_fifty_languages_and_long_names_lead_to_each_and_fit(context, violations, width):
    name = "how-did-you-like-the-delivery-of-your-new-washing-machine-to-your-home"
    found = [
        Progress(
            language=f"km-{number:03}", endonym="ភាសាខ្មែរនិងភាសាលាវវែងណាស់", domain=name, total=12345,
            path=f"locales/km-{number:03}/{name}.po", good=11111, outdated=1000, missing=234,
            identical=1, problems=2, words=98765, begun=False, source="en",
            left=(Left(state="missing", context=f"{name}.staff.label", source="How?" * 40),),
        )
        for number in range(50)
    ]  # fmt: skip
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.set_content(status_page(found, {}, str, "en").decode("utf-8"))
    page.locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("nav a").count() == 50
    assert page.locator("section a").count() == 0  # no file is there to lead to
    expect(page.locator("details[open] li")).to_contain_text(f"{name}.staff.label")
    expect(page.locator("details[open] li span")).to_have_attribute("lang", "en")
    page.locator("nav a").nth(41).click()
    expect(page.locator("section").nth(41)).to_be_in_viewport()
    assert violations(page) == []


def test_no_other_file_can_be_read(root, url, context):
    page = context().new_page()
    for path in ("mati.yaml", "locales/../mati.yaml", "locales/km/../../mati.yaml",
                 "locales/km/%2e%2e/x.po", "private/collect.db"):  # fmt: skip
        answer = page.request.get(f"{url}/mati-preview/file/{path}")
        assert answer.status == 404, path
        assert b"languages" not in answer.body()
