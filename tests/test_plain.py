"""Plain pages and the links among all texts: read, checked, followed, in every language."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from mati.build import Options, build
from mati.diagnostics import Notebook, Source
from mati.merge import of_node
from mati.model import Goal, Page, PlainPage, ProjectSettings, leads_to, texts
from mati.project import open_project
from mati.reader import check_reward, read, read_page
from mati.render.follow import follow
from mati.settings import read_project

HEAD = "---\nlang: en\n---\n\n# Privacy\n\n"
ASK = "### All in all? {#overall}\n\n- (5) Good\n- (1) Bad\n"


def page(text: str, *, settings: str = "languages: [en, km]\nname: Sokha\n") -> PlainPage:
    found, slugs = noted(text, settings=settings)
    assert found is not None
    assert slugs == []
    return found


def noted(
    text: str, *, settings: str = "languages: [en, km]\nname: Sokha\n"
) -> tuple[PlainPage | None, list[str]]:
    project = read_project(Source("mati.yaml", settings), Notebook())
    notes = Notebook()
    found = read_page(Source("content/pages/privacy.md", text), project, notes)
    return found, [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]


# Reading


def test_a_page_has_a_title_an_introduction_and_parts():
    found = page(
        HEAD + "We *ask*.\n\n## Why\n\n- To learn\n- To mend\n\n### Who {#who}\n\n"
        "1. You\n2. Us\n\n---\n\nBye.\n"
    )
    assert (found.name, found.language, found.title.source) == ("privacy", "en", "Privacy")
    assert [block.texts[0].source for block in found.intro] == ["We *ask*."]
    parts = [(p.level, p.anchor, p.title and p.title.source) for p in found.parts]
    assert parts == [(2, "", "Why"), (3, "who", "Who"), (2, "", None)]
    assert [block.shape for p in found.parts for block in p.prose] == ["ul", "ol", "p"]
    assert found.anchors == ("who",)


def test_its_words_are_translated_once_for_the_site_and_no_two_contexts_agree():
    found = page(HEAD + "One.\n\nTwo.\n\n## Why\n\n- a\n- b\n\n## Who {#who}\n\nUs.\n")
    contexts = [text.context for text in texts(found)]
    assert contexts == [
        "site.page.privacy.title",
        "site.page.privacy.intro.p1",
        "site.page.privacy.intro.p2",
        "site.page.privacy.page_1.title",
        "site.page.privacy.page_1.p1.1",
        "site.page.privacy.page_1.p1.2",
        "site.page.privacy.who.title",
        "site.page.privacy.who.p1",
    ]
    assert [unit.context for unit in of_node(found, site=True)] == contexts
    assert of_node(found) == ()


def test_words_to_translators_reach_the_paragraph_they_stand_above():
    found = page(HEAD + "<!-- translators: keep it short -->\nWe ask.\n")
    assert of_node(found.intro, site=True)[0].notes == ("keep it short",)


def test_a_page_may_name_the_shop():
    found = page(HEAD + "The owner of {{survey.shop}}.\n")
    assert found.intro[0].texts[0].pipes[0].ref == "survey.shop"


@pytest.mark.parametrize(
    ("reader", "path", "rest"),
    [(read_page, "content/pages/privacy.md", ""), (read, "content/visit.md", ASK)],
)
def test_a_shop_without_a_name_is_said_where_the_name_is_wanted(reader, path, rest):
    source = Source(path, HEAD + "{{survey.shop}} asks.\n\n" + rest)
    for missing, told in (
        (False, (path, "no-shop-name")),
        (True, ("mati.yaml", "no-project-file")),
    ):
        notes = Notebook()
        reader(source, ProjectSettings(missing=missing), notes)
        assert [(d.span.path, d.code.slug) for d in notes] == [told]


@pytest.mark.parametrize(
    ("settings", "language"),
    [("languages: [km, en]\n", "km"), ("lang: lo\n", "lo"), ("languages: [km]\nlang: en\n", "en")],
)
def test_a_page_that_names_no_language_is_written_in_the_project_s_own(settings, language):
    found, slugs = noted("# Privacy\n\nHello.\n", settings=settings)
    assert found is not None
    assert (found.language, slugs) == (language, [])


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("", ["1:1 empty-file"]),
        ("---\nlang: en\n---\n\nHello.\n", ["4:1 no-title"]),
        ("---\nlang: kh\n---\n\n# Privacy\n", ["2:7 wrong-setting"]),
        ("---\nlang: en\nsend: own\n---\n\n# Privacy\n", ["3:1 unknown-setting"]),
        (HEAD + "# Again\n", ["7:3 second-title"]),
        (HEAD + "# Again\n\n___\n__\n", ["7:3 second-title", "9:1 question-on-page"]),
        (HEAD + "## How was it?\n\n- (a) A\n", ["9:3 question-on-page"]),
        (HEAD + "**How was it?**\n\n- (a) A\n", ["9:3 question-on-page"]),
        (HEAD + "##Why\n", ["7:1 no-space-after-hash"]),
        (HEAD + "##\n", ["7:1 empty-heading"]),
        (HEAD + "Text\n---\n", ["8:1 line-makes-heading"]),
        (HEAD + "## Why {#why *}\n", ["7:14 property-not-here"]),
        (HEAD + '## Why {if="a = 1"}\n', ["7:9 property-not-here"]),
        (HEAD + "## Why {#Why}\n", ["7:10 bad-id"]),
        (HEAD + "## Why {#why}\n\n## Who {#why}\n", ["9:10 id-twice"]),
        (HEAD + "## Why {#main}\n", ["7:10 reserved-id"]),
        (HEAD + "Hello {{branch|you}}.\n", ["7:9 unknown-pipe"]),
        (HEAD + "Hello {{survey.title}}.\n", ["7:9 unknown-pipe"]),
        (HEAD + "- (5) Good\n- (1) Bad\n", ["7:3 question-on-page"]),
        (HEAD + "- [a] Good\n- [ ] Bad\n", ["7:3 question-on-page"]),
        (HEAD + "- Name: ___\n", ["7:3 question-on-page"]),
        (HEAD + "___\n___\n\nText.\n", ["7:1 question-on-page"]),
        (HEAD + "| a | b |\n|---|---|\n| c | d |\n\nText.\n", ["7:1 question-on-page"]),
        (HEAD + "A <b>word</b>.\n", ["7:3 html-in-text"]),
    ],
)
def test_a_mistake_on_a_page_is_said_where_it_stands(text, slugs):
    assert noted(text)[1] == slugs


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[a](b.md)" * 10_000,
        "## a {#b}\n" * 5_000,
        "{{" * 20_000,
        "- (" * 20_000,
        "- (1) a\n\n" * 9_000,
    ],
    ids=["links", "headings", "pipes", "one list", "lists"],
)
def test_a_hostile_page_is_read_in_time(text):
    before = time.perf_counter()
    noted(HEAD + text + "\n")
    assert time.perf_counter() - before < 2


# Links


@pytest.mark.parametrize(
    ("path", "target", "goal"),
    [
        ("content/visit.md", "pages/privacy.md", Goal("plain", "privacy")),
        ("content/visit.md", "./pages/privacy.md#who", Goal("plain", "privacy", "who")),
        ("content/visit.md", "after-sales.md", Goal("form", "after-sales")),
        ("content/pages/about.md", "privacy.md", Goal("plain", "privacy")),
        ("content/pages/about.md", "../visit.md", Goal("form", "visit")),
        ("content/pages/about.md", "#who", Goal("plain", "", "who")),
        ("content/visit.md", "../mati.yaml", Goal("", "")),
        ("content/visit.md", "../../etc/passwd", Goal("", "")),
        ("content/visit.md", "www.example.com", Goal("", "")),
        ("content/visit.md", "https://e.example/a.md", None),
        ("content/visit.md", "mailto:a@b.example", None),
        ("content/visit.md", "/menu.pdf", None),
    ],
)
def test_where_a_link_leads(path, target, goal):
    assert leads_to(path, target) == goal


def test_links_of_a_survey_know_where_their_targets_stand():
    text = "---\nlang: en\n---\n\n# Visit\n\nSee [us](pages/us.md), `[no](x.md)`,\n![p](p.jpg).\n\n"
    found = read(Source("content/visit.md", text + ASK), ProjectSettings(), Notebook())
    assert found is not None
    assert [(use.target, use.span.line, use.span.column) for use in found.links] == [
        ("pages/us.md", 7, 10)
    ]


@pytest.mark.parametrize(
    ("folder", "target", "offer"),
    [
        ("", "pages/privacy.md", None),
        ("", "pages/privacy.md#who", None),
        ("", "visit.md", None),
        ("", "pages/privcy.md", "pages/privacy.md"),
        ("", "privacy.md", "pages/privacy.md"),
        ("", "pages/privacy.md#whom", "pages/privacy.md#who"),
        ("", "visit.md#who", "visit.md"),
        ("", "visitt.md", "visit.md"),
        ("", "www.example.com", "https://www.example.com"),
        ("", "https//example.com/a", "https://example.com/a"),
        ("", "dara@example.com", "mailto:dara@example.com"),
        ("", "#who", ""),
        ("pages/", "#who", None),
        ("pages/", "#whom", "#who"),
        ("pages/", "../visit.md", None),
        ("pages/", "visit.md", "../visit.md"),
    ],
)
def test_a_link_that_leads_nowhere_is_said_with_what_was_meant(tmp_path, folder, target, offer):
    write(tmp_path, {"visit": f"{HEAD}{ASK}", "pages/privacy": f"{HEAD}## Who {{#who}}\n\nUs.\n"})
    name = f"{folder}privacy" if folder else "visit"
    place = tmp_path / f"content/{name}.md"
    place.write_text(
        place.read_text("utf-8").replace("# Privacy\n", f"# Privacy\n\n[x]({target})\n")
    )
    notes = Notebook()
    project = open_project(tmp_path, notes)
    build(project, Options(), notes)
    found = [d for d in notes if d.code.slug == "link-missing"]
    if offer is None:
        assert found == []
    else:
        assert [dict(d.values)["offer"] for d in found] == [offer]
        assert (found[0].span.line, found[0].span.column) == (7, 5)
        assert found[0].span.length == len(target)


def test_links_are_followed_to_the_same_language_from_wherever_a_text_is_shown():
    where = {"plain": "privacy/", "form": "visit/"}

    def followed(kind: str, html: str, *, survey: str = "visit") -> str:
        shown = Page(kind=kind, path="km/visit/", language="km", survey=survey)
        return follow(html, shown, lambda goal: where[goal.kind], "new tab")

    words = '<a href="pages/privacy.md#who">P</a>'
    assert followed("thanks", words) == '<a href="privacy/#who">P</a>'
    assert followed("list", words, survey="") == '<a href="privacy/#who">P</a>'
    assert followed("plain", '<a href="../visit.md">V</a>') == '<a href="visit/">V</a>'
    assert followed("plain", '<a href="#who">V</a>') == '<a href="#who">V</a>'
    beside = 'target="_blank" rel="noopener">P<span class="tab" lang="km"> new tab</span></a>'
    assert followed("form", words) == f'<a href="privacy/#who" {beside}'
    away = '<a href="https://e.example/">P</a>'
    assert followed("form", away) == f'<a href="https://e.example/" {beside}'
    assert followed("thanks", away) == away
    elsewhere = '<a href="https://git.example/README.md#top">P</a>'
    assert followed("thanks", elsewhere) == elsewhere
    assert followed("form", elsewhere).startswith('<a href="https://git.example/README.md#top" ')
    for kept in ("#main", "mailto:a@b.example", "../"):
        assert followed("form", f'<a href="{kept}">P</a>') == f'<a href="{kept}">P</a>'


@pytest.mark.parametrize("piece", ['<a href="', '<a href="x">', '<a href="x.md', "</a>"])
def test_links_are_followed_in_time_whatever_a_template_leaves_open(piece):
    shown = Page(kind="form", path="en/visit/", language="en", survey="visit")
    before = time.perf_counter()
    follow(piece * 20_000, shown, lambda _: "x/", "")
    assert time.perf_counter() - before < 1


def test_a_link_that_holds_nowhere_leaves_its_words():
    shown = Page(kind="report", path="en/visit/report/", language="en", survey="visit")
    html = follow('<a href="pages/privacy.md">P</a>', shown, lambda _: "", "")
    assert html == "<a>P</a>"


# The whole site


def write(root: Path, files: dict[str, str], yaml: str = "languages: [en, km]\n") -> None:
    (root / "content/pages").mkdir(parents=True)
    (root / "mati.yaml").write_text(f"name: Sokha\nurl: https://s.example\n{yaml}", "utf-8")
    for name, text in files.items():
        (root / f"content/{name}.md").write_text(text, "utf-8")


def built(root: Path, *, only: str = "", expect: tuple[str, ...] = ()) -> dict[str, str]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(only=only), notes)
    errors = [d.code.slug for d in notes if d.severity.value == "error"]
    assert errors == list(expect)
    return {o.path: o.content.decode("utf-8", "replace") for o in outputs if o.root == "site"}


VISIT = (
    "---\nlang: en\nlanguages: [km]\nsend: generic:https://e.example/f\n---\n\n# Visit\n\n"
    "Read [how we keep it](pages/privacy.md).\n\n" + ASK + "\n## Thanks {#thanks end}\n\n"
    "[Privacy](pages/privacy.md#who)\n"
)


def catalog(root: Path, name: str, **messages: str) -> None:
    folder = root / "locales/km"
    folder.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Language: km\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    body = "".join(
        f'\nmsgctxt "{context}"\nmsgid "{words.split("|")[0]}"\nmsgstr "{words.split("|")[1]}"\n'
        for context, words in messages.items()
    )
    (folder / f"{name}.po").write_text(head + body, "utf-8")


def test_a_page_stands_in_every_language_and_every_page_but_the_forms_leads_there(tmp_path):
    write(tmp_path, {"visit": VISIT, "pages/privacy": f"{HEAD}Hello.\n\n## Who {{#who}}\n\nUs.\n"})
    catalog(tmp_path, "visit", **{"visit.title": "Visit|ដំណើរ"})
    catalog(tmp_path, "site", **{"site.page.privacy.title": "Privacy|ឯកជនភាព"})
    pages = built(tmp_path)
    km = pages["km/privacy/index.html"]
    assert "<h1>ឯកជនភាព</h1>" in km
    assert "<title>ឯកជនភាព</title>" in km
    assert '<meta name="description" content="Hello.">' in km
    assert '<p><span lang="en">Hello.</span></p>' in km
    assert '<h2 id="who"><span lang="en">Who</span></h2>' in km
    assert '<link rel="canonical" href="https://s.example/km/privacy/">' in km
    assert 'hreflang="en" href="https://s.example/en/privacy/"' in pages["sitemap.xml"]
    assert '<a href="../../en/privacy/" lang="en">English</a>' in km
    assert '<a href="./" aria-current="page">ឯកជនភាព</a>' in km
    assert '<a href="../privacy/">ឯកជនភាព</a>' not in pages["km/visit/index.html"]
    assert '<a href="../../privacy/">ឯកជនភាព</a>' in pages["km/visit/thanks/index.html"]
    assert '<a href="privacy/">ឯកជនភាព</a>' in pages["km/index.html"]
    assert '<a href="en/privacy/">Privacy</a>' in pages["index.html"]
    assert "privacy/" not in pages["404.html"]


def test_links_reach_their_pages_in_the_same_language(tmp_path):
    write(
        tmp_path,
        {"visit": VISIT, "pages/privacy": f"{HEAD}[Visit](../visit.md)\n\n## Who {{#who}}\n"},
    )
    catalog(
        tmp_path,
        "visit",
        **{"visit.thanks.p1": "[Privacy](pages/privacy.md#who)|[P](pages/privacy.md#who)"},
    )
    pages = built(tmp_path)
    form = pages["km/visit/index.html"]
    assert '<a href="../privacy/" target="_blank" rel="noopener">how we keep it<' in form
    assert "(បើកក្នុងផ្ទាំងថ្មី)</span></a>" in form
    assert '<a href="../../privacy/#who">P</a>' in pages["km/visit/thanks/index.html"]
    assert '<a href="../visit/"' in pages["km/privacy/index.html"]
    assert '<a href="privacy/">how we keep it</a>' in pages["km/index.html"]
    assert not any(re.search(r'href="[^"]*\.md', html) for html in pages.values())
    assert ".tab{" in form


def test_a_translation_leads_nowhere_else(tmp_path):
    write(tmp_path, {"visit": VISIT, "pages/privacy": f"{HEAD}Hello.\n\n## Who {{#who}}\n\nUs.\n"})
    catalog(
        tmp_path,
        "visit",
        **{"visit.thanks.p1": "[Privacy](pages/privacy.md#who)|[P](https://evil.example)"},
    )
    thanks = built(tmp_path)["km/visit/thanks/index.html"]
    assert "evil" not in thanks
    assert '<a href="../../privacy/#who">Privacy</a>' in thanks


def test_forms_without_links_carry_no_style_for_them(tmp_path):
    plain = VISIT.replace("Read [how we keep it](pages/privacy.md).", "Read.")
    write(tmp_path, {"visit": plain, "pages/privacy": f"{HEAD}Hello.\n\n## Who {{#who}}\n\nUs.\n"})
    assert ".tab{" not in built(tmp_path)["en/visit/index.html"]


def test_a_survey_built_alone_still_links_to_the_others(tmp_path):
    other = VISIT.replace("pages/privacy.md).", "visit.md).")
    write(tmp_path, {"visit": VISIT, "after": other, "pages/privacy": f"{HEAD}## Who {{#who}}\n"})
    assert '<a href="../visit/"' in built(tmp_path, only="after")["en/after/index.html"]


def test_a_page_written_in_another_language_than_the_site_says_so(tmp_path):
    write(
        tmp_path,
        {
            "visit": VISIT.replace("[Privacy](pages/privacy.md#who)", "Bye."),
            "pages/privacy": "---\nlang: km\n---\n\n# ឯកជនភាព\n\nសួស្តី\n",
        },
    )
    catalog(tmp_path, "visit", **{"visit.title": "Visit|ដំណើរ"})
    pages = built(tmp_path)
    assert '<h1><span lang="km">ឯកជនភាព</span></h1>' in pages["en/privacy/index.html"]
    assert "<h1>ឯកជនភាព</h1>" in pages["km/privacy/index.html"]


def test_no_page_has_the_name_of_a_survey_or_a_language(tmp_path):
    files = dict.fromkeys(("visit", "pages/visit", "pages/km", "pages/report"), HEAD + ASK)
    write(tmp_path, {**files, "pages/Über uns": HEAD, "pages/about": HEAD + "Us.\n"})
    notes = Notebook()
    project = open_project(tmp_path, notes)
    assert [source.path for source in project.pages] == ["content/pages/about.md"]
    assert [(d.span.path, d.code.slug, dict(d.values)["better"]) for d in notes] == [
        ("content/pages/km.md", "reserved-name", "km-page.md"),
        ("content/pages/report.md", "reserved-name", "report-page.md"),
        ("content/pages/visit.md", "reserved-name", "visit-page.md"),
        ("content/pages/Über uns.md", "bad-file-name", "uber-uns.md"),
    ]


def test_hostile_words_on_a_page_stay_words(tmp_path):
    hostile = (
        "<script>alert(1)</script> [x](javascript:alert(1)) [y](//evil.example) "
        '[z](pages/privacy.md"onclick="alert(1)) &lt;b&gt; {{survey.shop}}'
    )
    write(tmp_path, {"visit": VISIT, "pages/privacy": f"{HEAD}## Who {{#who}}\n\nUs.\n"})
    place = tmp_path / "content/pages/privacy.md"
    place.write_text(place.read_text() + hostile + "\n")
    yaml = tmp_path / "mati.yaml"
    yaml.write_text(yaml.read_text().replace("Sokha", '"<img src=x onerror=alert(1)>"'))
    notes = Notebook()
    outputs = build(open_project(tmp_path, notes), Options(), notes)
    html = next(o.content.decode() for o in outputs if o.path == "en/privacy/index.html")
    tags = re.findall(r"<[^>]*>", html.partition("<article")[2])
    assert not [t for t in tags if "script" in t or re.search(r'\son\w+="', t)]
    assert "<img" not in "".join(tags)
    assert "javascript:" not in html
    assert "evil" not in "".join(tags)


@pytest.mark.parametrize(
    ("settings", "day", "said"),
    [
        ("reward: {code: A, until: 2026-06-30}", 30, []),
        ("reward: {code: A, until: 2026-06-30}", 31, ["2:26 reward-over"]),
        ("reward: {code: A}", 31, []),
        ("close: 2026-06-30\nreward: {code: A, until: 2026-06-30}", 31, []),
    ],
)
def test_a_reward_that_is_over_is_said_while_the_survey_is_open(settings, day, said):
    zone = timezone(timedelta(hours=7))
    project = ProjectSettings(timezone="Asia/Phnom_Penh", zone=zone)
    text = f"---\n{settings}\nlang: en\n---\n\n# Visit\n\n{ASK}"
    found = read(Source("content/visit.md", text), project, Notebook())
    assert found is not None
    notes = Notebook()
    moment = datetime(2026, 6, 30, tzinfo=zone) + timedelta(days=day - 30, hours=1)
    check_reward(found, moment, notes)
    assert [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes] == said
