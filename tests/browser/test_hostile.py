"""Words that want to be more than words stay words: on every page, by every way they come in.

Ways in: the author's text, translations, the address, drafts, answers. Pages: form, thanks,
list, report, preview. Nothing runs, asks, loads, or leaves the page; what is accepted can be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from formsite import site_of
from payloads import PAYLOADS
from playwright.sync_api import BrowserContext, Page

from mati import home
from mati.build import Options, build
from mati.diagnostics import Notebook, Source
from mati.model import ProjectSettings, RawRow, Survey
from mati.project import open_project
from mati.reader import read

pytestmark = pytest.mark.browser

Contexts = Callable[..., BrowserContext]
FIRST = 1001
HEAD = "---\nlang: en\n---\n\n# Visit\n\n"
ASK = "### Well? {#well}\n\n- (y) Yes\n- (n) No\n"
ROUTES = {
    "title": "---\nlang: en\n---\n\n# @\n\n" + ASK,
    "intro": HEAD + "@\n\n" + ASK,
    "section": HEAD + "## @ {#part}\n\n" + ASK,
    "stem": HEAD + "### @ {#well}\n\n- (y) Yes\n- (n) No\n",
    "help": HEAD + "### Well? {#well}\n\n@\n\n- (y) Yes\n- (n) No\n",
    "option": HEAD + "### Well? {#well}\n\n- (y) @\n- (n) No\n",
    "several": HEAD + "### Well? {#well}\n\n- [y] @\n- [n] No: ___\n",
    "row": HEAD
    + "### Well? {#well}\n\n| | (2) A | (1) B |\n|---|---|---|\n| @ {#r} | | |\n| B {#s} | | |\n",
    "end": HEAD + "### Well? {#well}\n\n- (1..5) @ … Good\n",
    "ending": HEAD + ASK + "\n## Thanks {#thanks end}\n\n@\n",
    "field": HEAD + "### Well? {#well}\n\n- @: ___ {#f}\n- B: ___ {#g}\n",
}
TELL = """
window.__broken = [];
addEventListener("securitypolicyviolation", (event) =>
  __broken.push(event.violatedDirective + " " + event.blockedURI));
"""


def number(payload: str) -> str:
    return re.search(r"1\d{3}", payload)[0]


def accepted(route: str) -> list[str]:
    """Return the payloads that the reader takes as a text; the others are refused with words."""
    found = []
    for payload in PAYLOADS:
        notes = Notebook()
        source = Source("content/visit.md", ROUTES[route].replace("@", payload))
        notes.open(source)
        survey = read(source, ProjectSettings(languages=("en",)), notes)
        if survey is None or notes.has_errors():
            assert any(d.code.slug for d in notes)
        else:
            found.append(payload)
    return found


def survey_of_all(taken: dict[str, list[str]]) -> str:
    """Return one survey that holds every accepted payload in every place of a question."""

    def nth(route: str, at: int) -> str:
        return taken[route][at % len(taken[route])]

    parts = [HEAD, *(f"{text}\n\n" for text in taken["intro"])]
    parts += [
        f"## {nth('section', at)} {{#p{at}}}\n\n"
        f"### {nth('stem', at)} {{#a{at}}}\n\n{nth('help', at)}\n\n"
        f"- (y) {nth('option', at)}\n- (n) No\n\n"
        f"### B {{#b{at}}}\n\n- [y] {nth('several', at)}\n- [n] No: ___\n\n"
        f"### C {{#c{at}}}\n\n| | (2) A | (1) B |\n|---|---|---|\n"
        f"| {nth('row', at)} {{#r}} | | |\n| B {{#s}} | | |\n\n"
        f"### D {{#d{at}}}\n\n- (1..5) {nth('end', at)} … Good\n\n"
        f"### E {{#e{at}}}\n\n- {nth('field', at)}: ___ {{#f}}\n- B: ___ {{#g}}\n\n"
        for at in range(max(map(len, taken.values())))
    ]
    parts.append("## Thanks {#thanks end}\n\n")
    parts += [f"{text}\n\n" for text in taken["ending"]]
    return "".join(parts)


@pytest.fixture(scope="module")
def taken() -> dict[str, list[str]]:
    return {route: accepted(route) for route in ROUTES}


@contextmanager
def watched(contexts: Contexts, home_url: str, **settings: object) -> Iterator[Page]:
    """Open a page on which nothing may happen but what the test does."""
    opened = contexts(**settings)
    opened.add_init_script(TELL)
    page = opened.new_page()
    met: list[str] = []
    page.on("dialog", lambda dialog: (met.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda r: r.url.startswith((home_url, "data:")) or met.append(r.url))
    page.on("pageerror", lambda error: met.append(f"error {error}"))
    page.on("popup", lambda other: met.append(f"popup {other.url}"))
    page.on("console", lambda m: m.type == "error" and "404" not in m.text and met.append(m.text))
    yield page
    assert met == []


def assert_untouched(page: Page) -> None:
    assert page.evaluate("[window.__pwned, window.__broken.length]") == [None, 0], page.evaluate(
        "[window.__pwned, window.__broken.slice(0, 3)]"
    )
    odd = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) =>"
        " /^on|^style$|^srcdoc$/i.test(a.name) || (/href|src|action|^data$/.test(a.name)"
        " && /^\\s*(javascript|vbscript|data:text)/i.test(a.value))))"
        ".map((e) => e.outerHTML.slice(0, 200))"
    )
    assert odd == []


def seen(page: Page, payloads: list[str]) -> None:
    """See to it that each payload stands in the page as text, its number with it."""
    text = page.evaluate(
        "document.body.textContent + [...document.images].map((i) => i.alt).join(' ')"
    )
    missing = [payload for payload in payloads if number(payload) not in text]
    assert missing == []


# The author's text


def test_most_payloads_reach_a_page(taken):
    assert len(PAYLOADS) >= 150
    assert all(len(found) >= 20 for found in taken.values()), {r: len(f) for r, f in taken.items()}


def test_words_of_the_author_are_words(context: Contexts, desk, taken):
    text = survey_of_all(taken)
    desk.files = site_of({"visit": text}, words={"en": {}}).files
    with watched(context, desk.url) as page:
        page.goto(desk.url + "en/visit/")
        assert_untouched(page)
        for route in set(ROUTES) - {"title", "ending"}:
            seen(page, taken[route])
        page.click(".send")
        page.wait_for_url("**/thanks/**")
        assert_untouched(page)
        seen(page, taken["ending"])


def test_titles_are_words(context: Contexts, desk, taken):
    titles = {f"t{number(payload)}": payload for payload in taken["title"]}
    surveys = {name: ROUTES["title"].replace("@", payload) for name, payload in titles.items()}
    desk.files = site_of(surveys, words={"en": {}}).files
    with watched(context, desk.url) as page:
        page.goto(desk.url + "en/")
        assert_untouched(page)
        seen(page, taken["title"])
        for name in list(titles)[:: max(1, len(titles) // 12)]:
            for path in ("", "thanks/"):
                page.goto(f"{desk.url}en/{name}/{path}")
                assert_untouched(page)


# Translations


def test_translations_are_words(context: Contexts, desk):
    asked = "".join(
        f"### Stem {n} {{#q{n}}}\n\n- (y) Option {n}\n- (n) No\n\n" for n in range(len(PAYLOADS))
    )
    told = {f"Stem {n}": text for n, text in enumerate(PAYLOADS)}
    told |= {f"Option {n}": text for n, text in enumerate(PAYLOADS)}
    told |= {"Visit": PAYLOADS[7], "Thanks": PAYLOADS[8], "Bye": PAYLOADS[9]}
    text = f"{HEAD}{asked}\n## Thanks {{#thanks end}}\n\nBye\n"
    desk.files = site_of({"visit": text}, words={"en": {}, "km": told}).files
    with watched(context, desk.url) as page:
        for path in ("km/visit/", "km/visit/thanks/", "km/visit/again/", "km/"):
            page.goto(desk.url + path)
            assert_untouched(page)
        page.goto(desk.url + "km/visit/")
        shown = page.evaluate("document.body.textContent")
        kept = [n for n, payload in enumerate(PAYLOADS) if number(payload) in shown]
        fallen = [n for n in range(len(PAYLOADS)) if n not in kept]
        assert all(f"Stem {n}" in shown for n in fallen)  # refused: the source stands there
        assert len(kept) >= 20


# The address, drafts, answers

OPEN = """---
lang: en
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
  guest:
prefill: [well, words, mail]
---

# Hello {{guest|you}} of {{branch|ours}}

### Well? {#well}

- (y) Yes
- (n) No
- (o) Other: ___

### Words? {#words}

___
___

### Mail {#mail}

___

### You said {{words|nothing}} and {{mail|nothing}} and {{well|nothing}} {#end}

- (y) Yes
- (n) No
"""


def test_addresses_bring_words_only(context: Contexts, desk):
    desk.files = site_of({"visit": OPEN}, words={"en": {}}).files
    with watched(context, desk.url) as page:
        for payload in PAYLOADS:
            said = quote(payload.encode("utf-8", "surrogatepass"))[:6000]
            names = ("via", "branch", "well", "lang", "kiosk", "mati_id", "__proto__", payload[:40])
            query = "&".join(f"{quote(name)}={said}" for name in names[:-3]) + f"&{said}"
            page.goto(f"{desk.url}en/visit/?{query}#guest={said}&words={said}&well={said}&{said}")
            assert_untouched(page)
            assert page.input_value("[name=branch]") == "other"
            assert page.locator("form :checked").count() == 0
            assert page.evaluate("location.hash") == ""
        title = page.inner_text("h1")
        assert title.startswith("Hello ")
        assert "of ours" in title


def test_drafts_and_queues_bring_words_only(context: Contexts, desk):
    desk.files = site_of({"visit": OPEN}, words={"en": {}}).files
    names = ("words", "mail", "well", "well.o.text", "guest", "mati_id", "branch", "mati_channel")
    with watched(context, desk.url) as page:
        page.goto(desk.url + "en/visit/")
        for payload in PAYLOADS:
            draft = json.dumps([[name, payload] for name in (*names, payload)])
            page.evaluate("(draft) => { sessionStorage['mati/visit'] = draft }", draft)
            page.goto(desk.url + "en/visit/")
            assert_untouched(page)
            plain = payload.replace("\r", "").replace("\0", "\0")
            assert page.input_value("[name=words]") == plain
            pipe = page.inner_text("legend [data-pipe=words]")
            assert "nothing" not in pipe
        for odd in PAYLOADS[:40]:
            queue = json.dumps([[odd, f"{desk.url}f/other", odd], odd])
            page.evaluate("(queue) => { localStorage.mati = queue }", queue)
            page.evaluate("delete sessionStorage['mati/visit']")
            page.goto(desk.url + "en/visit/")
            assert_untouched(page)


def test_answers_are_repeated_as_words(context: Contexts, desk):
    desk.files = site_of({"visit": OPEN}, words={"en": {}}).files
    with watched(context, desk.url) as page:
        page.goto(desk.url + "en/visit/")
        page.check("[name=well][value=o]")
        for payload in PAYLOADS:
            page.evaluate(
                "(words) => { for (const name of ['words', 'mail', 'well.o.text']) {"
                " document.querySelector(`[name='${name}']`).value = words; }"
                " document.querySelector('[name=words]').dispatchEvent("
                "new Event('input', { bubbles: true })); }",
                payload,
            )
        assert_untouched(page)
        assert page.locator("legend script, legend img, h1 script").count() == 0


# Reports

YAML = """name: Sokha
url: https://sokha.example
languages: [en]
timezone: Asia/Phnom_Penh
collect: {url: https://a.example}
report: {public: true, hide_below: 2}
"""


def ordinary(payloads: list[str]) -> list[str]:
    """Return those that a project takes, too: it looks at control signs, and where links lead."""
    return [payload for payload in payloads if payload.isprintable() and "](" not in payload]


def reports(root: Path, taken: dict[str, list[str]]) -> dict[str, bytes]:
    """Build a project whose texts and answers are hostile; return its pages."""
    both = [ordinary(taken[route]) for route in ("stem", "option")]
    asked = "".join(
        f"### {stem} {{#a{at}}}\n\n- (y) {option}\n- (n) No\n- (o) Other: ___\n\n"
        for at, (stem, option) in enumerate(zip(*both, strict=False))
    )
    text = f"{HEAD}{asked}### Words? {{#words}}\n\n___\n"
    (root / "content").mkdir()
    (root / "content" / "visit.md").write_text(text, "utf-8", "surrogatepass")
    (root / "mati.yaml").write_text(YAML, "utf-8")
    project = open_project(root, Notebook())
    survey: Survey | None = read(project.sources[0], project.settings, Notebook())
    assert survey is not None
    rows = [
        RawRow(
            key=f"k{at}",
            at="2026-02-01T10:00:00Z",
            where="x.csv:2",
            pairs=(
                ("mati_id", f"visitor-{at}"),
                ("mati_version", survey.version),
                ("a0", "y"),
                ("a1", "o"),
                ("a1.o.text", payload),
                ("words", payload),
                (payload, payload),
                ("mati_channel", payload),
                ("mati_lang", payload),
                ("a2", payload),
            ),
        )
        for at, payload in enumerate(PAYLOADS)
    ]
    home.bring(root, survey, rows, Notebook())
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(), notes)
    assert not notes.has_errors()
    return {f"{o.root}/{o.path}": o.content for o in outputs if o.path.endswith(".html")}


def test_reports_show_words_only(context: Contexts, desk, taken, tmp_path):
    desk.files = reports(tmp_path, taken)
    told = [path for path in desk.files if path.endswith("report/index.html")]
    assert {path.partition("/")[0] for path in told} == {"site", "private"}
    with watched(context, desk.url) as page:
        for path in told:
            page.goto(desk.url + path.removesuffix("index.html"))
            assert_untouched(page)
            seen(page, ordinary(taken["stem"])[:20])
