"""The two streams from end to end, in memory: what is made, for whom, and always the same bytes."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mati import home
from mati.build import Options, build, hosting
from mati.diagnostics import Code, Notebook, Severity, Source, Span
from mati.model import Output, RawRow, ReportSettings
from mati.project import Project, open_project
from mati.reader import read
from mati.render.palette import accent_css
from mati.writer import write

REPOSITORY = Path(__file__).parent.parent
SURVEY = "customer-service"
LANGUAGES = ("en", "km", "lo")
CONTACT = "012 345 678"


@pytest.fixture
def project(tmp_path: Path) -> Callable[[], Project]:
    """A copy of the sample project with one survey, opened anew at each call."""
    for name in ("content", "locales"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    for path in (tmp_path / "content").glob("*.md"):
        if path.stem != SURVEY:
            path.unlink()
    shutil.copy(REPOSITORY / "mati.yaml", tmp_path)
    return lambda: open_project(tmp_path, Notebook())


def made(project: Project, **options: object) -> dict[str, Output]:
    notes = Notebook()
    outputs = build(project, Options(**options), notes)
    assert not notes.has_errors(), list(notes)
    return {f"{output.root}/{output.path}": output for output in outputs}


def store(project: Project, ratings: str) -> None:
    """Bring one answer for each digit home."""
    survey = read(project.sources[0], project.settings, Notebook())
    assert survey is not None
    rows = [
        RawRow(
            key=f"k{number}",
            at=f"2026-11-{number % 20 + 1:02}T03:00:00Z",
            pairs=(
                ("mati_survey", SURVEY), ("mati_lang", "km"), ("mati_version", survey.version),
                ("overall", rating), ("staff.polite", rating), ("phone", CONTACT),
                ("better", "=cmd()"), ("praise.name", "<script>alert(1)</script>"),
            ),
        )
        for number, rating in enumerate(ratings)
    ]  # fmt: skip
    home.bring(project.root, survey, rows, Notebook())


def test_every_page_is_made_in_every_language(project):
    found = made(project())
    forms = {f"site/{code}/{SURVEY}/index.html" for code in LANGUAGES}
    thanks = {f"site/{code}/{SURVEY}/thanks/index.html" for code in LANGUAGES}
    lists = {f"site/{code}/index.html" for code in LANGUAGES}
    thanks |= {f"site/{code}/{SURVEY}/again/index.html" for code in LANGUAGES}
    own = ("privacy", "accessibility")
    plain = {f"site/{code}/{page}/index.html" for code in LANGUAGES for page in own}
    kits = {f"site/share/{SURVEY}/{code}index.html" for code in ("", "km/", "lo/")}
    assert {path for path in found if not re.search(r"\.(png|svg|pdf)$", path)} == {
        *forms, *thanks, *lists, *plain, *kits, "site/index.html", "site/404.html",
        "site/embed.js", "site/robots.txt", "site/sitemap.xml", "private/collect.json",
    }  # fmt: skip


def test_reports_are_made_only_where_answers_are_kept(project):
    assert not any("report" in path for path in made(project()))
    store(project(), "543215432154321")
    found = made(project())
    for code in LANGUAGES:
        assert f"site/{code}/{SURVEY}/report/index.html" in found
        assert f"private/reports/{code}/{SURVEY}/report/index.html" in found
        listed = found[f"private/reports/{code}/index.html"].content.decode()
        assert f'href="{SURVEY}/report/"' in listed
        assert 'rel="canonical"' not in listed
        numbers = json.loads(found[f"site/{code}/{SURVEY}/report/results.json"].content)
        assert numbers["answers"] == 15


def test_a_sample_is_marked_and_gives_way_to_real_answers(project):
    page = f"site/km/{SURVEY}/report/index.html"
    numbers = f"site/km/{SURVEY}/report/results.json"
    sampled = made(project(), sample=True)
    assert json.loads(sampled[numbers].content)["sample"] is True
    assert b'class="banner"' in sampled[page].content
    store(project(), "5432154321")
    real = made(project(), sample=True)
    assert json.loads(real[numbers].content)["sample"] is False
    assert b'class="banner"' not in real[page].content


def test_the_same_input_gives_the_same_bytes(project):
    store(project(), "555544443333")
    assert made(project()) == made(project())
    assert made(project(), sample=True) == made(project(), sample=True)


def test_nothing_private_and_nothing_hostile_reaches_the_site(project):
    store(project(), "1" * 12)
    for path, output in made(project()).items():
        assert CONTACT.encode() not in output.content, path
        if path.startswith("site/") or "reports" in path:
            assert b"<script>alert" not in output.content, path
            assert b"=cmd()" not in output.content, path


def test_few_answers_are_not_shown(project):
    store(project(), "123")
    found = made(project())
    numbers = json.loads(found[f"site/en/{SURVEY}/report/results.json"].content)
    assert numbers["answers"] is None
    owner = found[f"private/reports/en/{SURVEY}/report/index.html"].content.decode()
    assert re.search(r"Received</th>\s*<td>3</td>", owner)


def test_forms_differ_only_in_words(project):
    """One style, one script, the same names and codes in every language."""
    found = made(project())
    pages = [found[f"site/{code}/{SURVEY}/index.html"].content.decode() for code in LANGUAGES]
    for pattern in (r"style-src[^;]*", r"script-src[^;]*", r'name="[^"]*" value="[a-z0-9]*"'):
        seen = {
            tuple(part for part in re.findall(pattern, page) if "mati_lang" not in part)
            for page in pages
        }
        assert len(seen) == 1, pattern
        assert next(iter(seen))


def test_the_preview_posts_and_thanks_at_home(project):
    opened = project()
    settings = replace(opened.settings, collect_url="/")
    found = made(replace(opened, settings=settings))
    assert f'action="/f/{SURVEY}"' in found[f"site/km/{SURVEY}/index.html"].content.decode()
    collect = json.loads(found["private/collect.json"].content)
    words = collect["surveys"][SURVEY]["languages"]["km"]
    assert words["thanks"] == f"/km/{SURVEY}/thanks/"


def test_an_unknown_service_is_an_error_that_names_those_there_are(project):
    opened = project()
    source = opened.sources[0]
    changed = replace(source, text=source.text.replace("send: own", "send: pigeon"))
    notes = Notebook()
    build(replace(opened, sources=(changed,)), Options(), notes)
    found = next(note for note in notes if note.code.slug == "unknown-service")
    assert (found.span.line, dict(found.values)["text"]) == (4, "pigeon")
    assert "formspree" in dict(found.values)["names"]
    assert "formspree:" in dict(found.values)["names"]


CUPS = """---
lang: en
---

# New cups

![Both cups](cups/both.png)

### Which cup? {#cup}

- (blue) ![Blue cup](Blaue%20Tasse.png) The blue one
- (red) ![Red cup](cups/both.png)

## Thank you! {#thanks end}

![A smile](cups/both.png)
"""
PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30).to_bytes(4, "big") + (20).to_bytes(4, "big")


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    """A project whose only survey shows two pictures."""
    (tmp_path / "content/cups").mkdir(parents=True)
    (tmp_path / "content/cups.md").write_text(CUPS, "utf-8")
    (tmp_path / "content/Blaue Tasse.png").write_bytes(PIXEL + b"blue")
    (tmp_path / "content/cups/both.png").write_bytes(PIXEL + b"both")
    (tmp_path / "mati.yaml").write_text("collect:\n  url: https://a.example\n", "utf-8")
    return tmp_path


def told(root: Path) -> list[tuple[str, str, int]]:
    """Slug, quoted text and line of everything a build of ``root`` says."""
    notes = Notebook()
    build(open_project(root, notes), Options(), notes)
    found = [d for d in notes if d.severity is not Severity.NOTE]
    return [(d.code.slug, d.line[d.span.column - 1 :][: d.span.length], d.span.line) for d in found]


def test_pictures_are_published_under_names_of_their_contents(cups):
    site = made(open_project(cups, Notebook()))
    pictures = {path: o.content for path, o in site.items() if path.startswith("site/a/")}
    assert sorted(p.split(".")[0] for p in pictures) == ["site/a/blaue-tasse", "site/a/both"]
    assert set(pictures.values()) == {PIXEL + b"blue", PIXEL + b"both"}
    for page in ("site/en/cups/index.html", "site/en/cups/thanks/index.html"):
        html = site[page].content.decode()
        shown = re.findall(r'<img [^>]*src="([^"]*)"[^>]*>', html)
        places = [posixpath.normpath(posixpath.join(posixpath.dirname(page), s)) for s in shown]
        assert places
        assert set(places) <= set(pictures)
        assert html.count('width="30" height="20" loading="lazy"') == len(shown)
    before = set(pictures)
    (cups / "content/cups/both.png").write_bytes(PIXEL + b"changed")
    after = {p for p in made(open_project(cups, Notebook())) if p.startswith("site/a/")}
    assert len(after & before) == 1


def test_a_picture_that_cannot_be_shown_is_named_where_it_stands(cups):
    (cups / "content/cups/both.png").unlink()
    found = told(cups)
    assert [(slug, text) for slug, text, _ in found] == [("image-missing", "cups/both.png")] * 3
    (cups / "content/cups/both.png").write_text("<svg/>", "utf-8")
    assert {slug for slug, *_ in told(cups)} == {"not-an-image"}
    (cups / "content/cups/both.png").write_bytes(PIXEL + bytes(300_000))
    assert {slug for slug, *_ in told(cups)} == {"image-too-heavy"}


def test_a_picture_cannot_lead_out_of_the_project(cups, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.png"
    outside.write_bytes(PIXEL)
    (cups / "content/cups/both.png").unlink()
    (cups / "content/cups/both.png").symlink_to(outside)
    assert {slug for slug, *_ in told(cups)} == {"link-leads-outside"}


def test_a_misspelled_picture_is_offered(cups):
    (cups / "content/Blaue Tasse.png").rename(cups / "content/Blaue Tassen.png")
    notes = Notebook()
    build(open_project(cups, notes), Options(), notes)
    (found,) = (d for d in notes if d.code is Code.IMAGE_MISSING)
    assert dict(found.values)["offer"] == "Blaue Tassen.png"


def test_of_a_survey_with_a_mistake_nothing_is_said_to_translators(project):
    path = project().root / "content" / f"{SURVEY}.md"
    added = path.read_text("utf-8").replace("{#best}", "{#best}\n\nNot translated yet.")
    for text, said in ((added, True), (added.replace("kind=csat", "kind=csta"), False)):
        path.write_text(text, "utf-8")
        notes = Notebook()
        build(project(), Options(), notes)
        assert any(note.code is Code.INCOMPLETE_LANGUAGE for note in notes) is said
        assert notes.has_errors() is not said


def test_a_project_without_its_file_is_said_once(project):
    (project().root / "mati.yaml").unlink()
    notes = Notebook()
    build(open_project(project().root, notes), Options(), notes)
    told = [note.code for note in notes if note.severity is Severity.ERROR]
    assert told == [Code.NO_PROJECT_FILE]
    assert not any(note.code is Code.NO_SITE_URL for note in notes)


def test_a_survey_alone_is_built_alone(project):
    other = project().root / "content/other.md"
    other.write_text(
        "---\nlang: en\n---\n\n# Other\n\n### Again? {#again}\n\n- (y) Yes\n- (n) No\n"
    )
    assert "site/en/other/index.html" in made(project())
    found = made(project(), only=SURVEY)
    assert "site/en/other/index.html" not in found
    assert f"site/en/{SURVEY}/index.html" in found


def test_a_survey_speaks_its_own_language_where_nobody_named_others(tmp_path):
    (tmp_path / "content").mkdir()
    settings = "---\nlang: km\nsend: generic:https://example.org/f\n---\n"
    survey = "\n# មតិ\n\n### ល្អទេ? {#q}\n\n- (y) ល្អ\n- (n) ទេ\n"
    (tmp_path / "content/visit.md").write_text(settings + survey, "utf-8")
    notes = Notebook()
    outputs = build(open_project(tmp_path, notes), Options(), notes)
    assert {output.path for output in outputs if "visit/" in output.path} == {
        "km/visit/index.html",
        "km/visit/thanks/index.html",
        "km/visit/again/index.html",
    }
    assert not [note for note in notes if note.severity.name == "WARNING"]


def test_a_survey_has_a_colour_of_its_own_on_all_its_pages(project):
    other = project().root / "content/other.md"
    ask = "# Other\n\n### Again? {#again}\n\n- (y) Yes\n- (n) No\n"
    other.write_text(f"---\nlang: en\ntheme: {{accent: '#e91e63'}}\n---\n\n{ask}")
    colour = re.search("#[0-9a-f]{6}", accent_css("#e91e63"))[0].encode()
    pages = made(project(), sample=True)
    own = {path for path, output in pages.items() if colour in output.content}
    drawn = {path for path in pages if path.endswith((".png", ".svg", ".pdf"))}
    assert own == {path for path in pages if "/other/" in path} - drawn | {"private/collect.json"}
    other.write_text(f"---\nlang: en\n---\n\n{ask}")
    assert not any(colour in output.content for output in made(project()).values())


def test_a_form_that_does_not_arrive_at_once_is_said(tmp_path):
    rng = Random(1)  # noqa: S311 -- words, no secrets
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(4000)]
    asked = "\n\n".join(
        f"### {' '.join(words[n * 40 : n * 40 + 40])} {{#q{n}}}\n\n___" for n in range(100)
    )
    (tmp_path / "content").mkdir()
    (tmp_path / "mati.yaml").write_text("collect: {url: https://a.example}\n", "utf-8")
    for count, name in ((100, "long"), (10, "short")):
        text = "\n\n### ".join(asked.split("\n\n### ")[:count])
        text = f"---\nlang: en\n---\n\n# Much\n\n{text}\n"
        (tmp_path / "content" / f"{name}.md").write_text(text, "utf-8")
    notes = Notebook()
    build(open_project(tmp_path, notes), Options(), notes)
    heavy = [d for d in notes if d.code.slug == "form-heavy"]
    assert [d.span.path for d in heavy] == ["content/long.md"]
    assert not notes.has_errors()


# --- Words around a report -------------------------------------------------------------------

WORDS = """\
# What you told us

Thank you. See [the survey](../customer-service.md) and [below](#done).

{{headline}}

## You said, we did {#done}

- Two more people at the counter.

{{overall}}

{{trend}}
"""


def put_words(project: Project, text: str = WORDS, name: str = SURVEY) -> None:
    (project.root / "content/reports").mkdir(exist_ok=True)
    (project.root / f"content/reports/{name}.md").write_text(text, "utf-8")


def test_words_around_a_report_place_its_parts(project):
    put_words(project())
    store(project(), "54321" * 12)
    page = made(project())[f"site/en/{SURVEY}/report/index.html"].content.decode()
    order = [
        "<h1>What you told us",
        'class="cards"',
        'id="done"',
        "Two more people",
        'id="overall"',
    ]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert 'href="../"' in page
    assert 'id="staff"' not in page
    assert "How to read this" not in page
    assert "results.csv" in page
    assert "{{" not in page


def test_words_around_a_report_are_translated(project):
    put_words(project())
    store(project(), "54321" * 12)
    path = project().root / "locales/km/site.po"
    path.write_text(
        path.read_text("utf-8")
        + '\nmsgctxt "site.report.customer-service.title"\nmsgid "What you told us"\n'
        'msgstr "អ្វីដែលអ្នកបានប្រាប់យើង"\n',
        "utf-8",
    )
    found = made(project())
    assert (
        "<h1>អ្វីដែលអ្នកបានប្រាប់យើង</h1>"
        in found[f"site/km/{SURVEY}/report/index.html"].content.decode()
    )
    owner = found[f"private/reports/km/{SURVEY}/report/index.html"].content.decode()
    assert "<h1>អ្វីដែលអ្នកបានប្រាប់យើង</h1>" in owner
    assert (
        "How the answers came in"
        not in found[f"site/km/{SURVEY}/report/index.html"].content.decode()
    )


@pytest.mark.parametrize(
    ("text", "name", "slug", "place"),
    [
        ("# T\n\n{{trendy}}\n", SURVEY, "unknown-pipe", (3, 3)),
        ("# T\n\nSee {{trend}} here.\n", SURVEY, "part-in-text", (3, 1)),
        ("# T\n\n- {{trend}}\n", SURVEY, "part-in-text", (3, 3)),
        ("# T\n\n{{phone}}\n", SURVEY, "unknown-pipe", (3, 3)),
        ("# T\n\n{{trend}}\n", "customer-servise", "report-without-survey", (1, 1)),
        ("Words without a title.\n", SURVEY, "no-title", (1, 1)),
        ("# T\n\n### How? {#how}\n\n- (1) Bad\n", SURVEY, "question-on-page", (5, 3)),
        ("# T\n\n[x](../customer-servise.md)\n", SURVEY, "link-missing", (3, 5)),
        ("# T\n\n[x](#nowhere)\n", SURVEY, "link-missing", (3, 5)),
    ],
)
def test_wrong_words_around_a_report_are_said(project, text, name, slug, place):
    put_words(project(), text, name)
    notes = Notebook()
    root = project().root
    build(open_project(root, notes), Options(sample=True), notes)
    found = [(d.code.slug, d.span.path, d.span.line, d.span.column) for d in notes]
    assert (slug, f"content/reports/{name}.md", *place) in found


def test_no_contact_of_anybody_is_anywhere_in_the_site(project):
    """Every private value of many people is looked for in every byte that is published."""
    survey = read(project().sources[0], project().settings, Notebook())
    chance = Random(7)  # noqa: S311 -- for a test
    rows = [
        RawRow(
            key=f"secret-key-{number}",
            at=f"2026-11-{number % 20 + 1:02}T03:00:00Z",
            pairs=(
                ("mati_survey", SURVEY), ("mati_id", f"{chance.getrandbits(96):x}"),
                ("overall", str(number % 5 + 1)), ("branch", f"private-{number}"),
                ("phone", f"0{chance.randrange(10**8, 10**9)}"),
                ("better", f"words of person {number} {chance.getrandbits(64):x}"),
                ("praise.name", f"name{chance.getrandbits(64):x}"),
            ),
        )
        for number in range(120)
    ]  # fmt: skip
    home.bring(project().root, survey, rows, Notebook())
    wanted = [value for row in rows for name, value in row.pairs
              if name not in ("mati_survey", "overall")]  # fmt: skip
    wanted += [row.key for row in rows]
    found = made(project())
    published = [output.content for path, output in found.items() if path.startswith("site/")]
    assert len(published) > 10
    for value in wanted:
        assert not any(value.encode() in content for content in published), value


# --- Web hosts -------------------------------------------------------------------------------


def at(project: Project, host: str, url: str = "", **more: object) -> Project:
    """The project for a host, named in line 2 of its settings."""
    settings = replace(project.settings, host=host, host_span=Span("mati.yaml", 2, 7), **more)
    return replace(project, settings=replace(settings, url=url or settings.url))


def said(project: Project, **options: object) -> tuple[dict[str, Output], dict[str, object]]:
    notes = Notebook()
    outputs = build(project, Options(**options), notes)
    found = {d.code.slug: d for d in notes if "host" in d.code.slug}
    return {f"{output.root}/{output.path}": output for output in outputs}, found


def test_without_a_host_nothing_is_added(project):
    plain = made(project())
    assert made(at(project(), "folder")) == plain
    assert not [key for key in plain if key.endswith((".gz", ".htaccess")) or "hosting/" in key]


def test_an_unknown_host_is_said_at_its_place_with_the_nearest_name(project):
    found, notes = said(at(project(), "netlfy"))
    assert found.keys() == made(project()).keys()
    error = notes["unknown-host"]
    assert error.severity is Severity.ERROR
    assert (error.span.line, error.span.column) == (2, 7)
    assert dict(error.values)["offer"] == "netlify"
    assert dict(said(at(project(), "geocities"))[1]["unknown-host"].values)["offer"] == ""


def test_what_a_host_cannot_do_is_said_once_it_is_asked_for(project):
    limits = {
        "github": ["host-not-for-shops", "host-without-headers", "host-without-languages"],
        "cloudflare": ["host-without-languages"],
        "netlify": [],
        "s3": ["host-without-folders"],
        "apache": [],
    }
    for host, slugs in limits.items():
        assert sorted(said(at(project(), host))[1]) == slugs
    address = dict(said(at(project(), "github"))[1]["host-without-languages"].values)["address"]
    assert address == "https://sokha.example/en/"


def test_a_path_is_said_where_a_host_has_no_room_for_one(project):
    url = "https://sokha.example/shop"
    for host in ("netlify", "cloudflare", "vercel"):
        warning = said(at(project(), host, url))[1]["host-without-paths"]
        assert dict(warning.values)["path"] == "/shop/"
        assert warning.severity is Severity.WARNING
    for host in ("github", "nginx", "apache", "s3"):
        assert "host-without-paths" not in said(at(project(), host, url))[1]


@pytest.mark.parametrize("path", ["/shop;}", "/ហាង", "/$x", "/a/../b", "/%7Ba", "/."])
def test_a_path_that_would_break_settings_of_a_host_is_refused(project, path):
    found, notes = said(at(project(), "nginx", f"https://sokha.example{path}"))
    assert notes["host-path-odd"].severity is Severity.ERROR
    assert "hosting/nginx/site.conf" not in found


def test_long_texts_are_packed_and_unpack_to_themselves(project):
    found = made(at(project(), "apache"), sample=True)
    pages = {key: one.content for key, one in found.items() if key.startswith("site/")}
    packed = {key for key in pages if key.endswith(".gz")}
    long = {
        key
        for key, content in pages.items()
        if len(content) > 1000 and key.endswith((".html", ".csv", ".json", ".txt", ".svg", ".xml"))
    }
    assert packed == {f"{key}.gz" for key in long}
    for key in packed:
        assert gzip.decompress(pages[key]) == pages[key.removesuffix(".gz")]
        assert pages[key][4:8] == b"\0\0\0\0", "a time in it"
        assert len(pages[key]) < len(pages[key.removesuffix(".gz")]) / 2
    assert made(at(project(), "apache"), sample=True) == found


def test_only_what_changed_is_packed_again(project, monkeypatch):
    root = project().root
    write(root, build(at(project(), "nginx"), Options(), Notebook()), Notebook())
    squeezed: list[int] = []
    pack = hosting.packed
    monkeypatch.setattr(hosting, "packed", lambda text: squeezed.append(len(text)) or pack(text))
    before = made(at(project(), "nginx"))
    assert squeezed == []
    page = f"en/{SURVEY}/index.html.gz"
    for damaged in (b"", b"x", gzip.compress(b"other"), before[f"site/{page}"].content[:-9]):
        (root / "site" / page).write_bytes(damaged)
        assert made(at(project(), "nginx")) == before
    assert len(squeezed) == 4


def test_a_form_may_post_to_its_service_and_be_shown_in_a_frame(project):
    rules = made(at(project(), "netlify"))["site/_headers"].content.decode()
    form = rules.split("/km/:page/\n")[1].split("\n/")[0]
    assert "form-action 'self' https://answers.sokha.example" in form
    assert "frame-ancestors" not in form
    chooser = rules.split("\n/\n")[1].split("\n/")[0]
    assert "form-action 'none'; frame-ancestors 'none'" in chooser


def test_a_service_whose_hosts_are_unknown_leaves_open_where_a_form_may_post_to(project):
    generic = "generic:https://forms.example/take"
    one = at(project(), "netlify")
    text = one.sources[0].text.replace("send: own", f"send: {generic}")
    one = replace(one, sources=(Source(one.sources[0].path, text),))
    rules = made(one)["site/_headers"].content.decode()
    assert "form-action 'self'" not in rules.split("/km/:page/\n")[1].split("\n/")[0]


def test_a_public_report_made_elsewhere_keeps_its_headers(project):
    one = at(project(), "nginx")
    defaults = replace(one.settings.defaults, report=ReportSettings(public=True))
    one = replace(one, settings=replace(one.settings, defaults=defaults), has_private=False)
    found = made(one)
    assert not [key for key in found if "/report/" in key]
    assert "/report/" in found["hosting/nginx/maps.conf"].content.decode()


def test_the_build_of_one_survey_leaves_files_for_the_host_alone(project):
    root = project().root
    shutil.copy(REPOSITORY / "content" / "kiosk.md", root / "content")
    whole = made(at(project(), "nginx"))
    alone = made(at(project(), "nginx"), only=SURVEY)
    assert not [key for key in alone if key.startswith("hosting/")]
    packed = {key for key in alone if key.endswith(".gz")}
    assert packed == {key for key in whole if key.endswith(".gz") and f"/{SURVEY}/" in key}


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("apache", ".htaccess"),
        ("netlify", "_headers"),
        ("github", "CNAME"),
        ("vercel", "vercel.json"),
    ],
)
def test_a_file_that_somebody_put_there_by_hand_stays(project, host, path):
    root, key = project().root, f"site/{path}"
    (root / "site").mkdir()
    (root / key).write_text("mine", "utf-8")
    found, notes = said(at(project(), host))
    assert key not in found
    assert dict(notes["host-file-kept"].values)["path"] == key
    (root / key).unlink()
    outputs = build(at(project(), host), Options(), Notebook())
    write(root, outputs, Notebook())
    changed = at(project(), host, "https://other.example")
    found, notes = said(changed)
    assert key in found
    assert "host-file-kept" not in notes
