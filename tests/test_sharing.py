"""What a site offers to be passed on with: kits, links that say their channel, sitemaps, pictures.

1. Every language of a survey has its words, links, codes; hostile words stay words.
2. The sitemap names every page that wants to be found, in every language, and no other.
3. A picture posted yesterday stays for five builds that no longer make it.
4. Without the library that draws, all this works but for the pictures' words.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import pypdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mati import home
from mati.build import Options, build
from mati.cli import main
from mati.diagnostics import Notebook
from mati.images import image
from mati.model import Output, RawRow, led, ways
from mati.project import open_project
from mati.reader import read
from mati.share import CHANNELS, kit
from mati.writer import write

ROOT = Path(__file__).parent.parent
PICTURE = next((ROOT / "docs").rglob("*.png")).read_bytes()
ADDRESS = "https://s.example/shop/km/visit/"


def made(title: str = "Tea?", text: str = "Two minutes."):
    return kit(
        language="km", title=title, text=text, address=ADDRESS,
        embed="https://s.example/shop/embed.js", folder="share/visit/", image=None,
    )  # fmt: skip


def test_each_channel_has_a_link_that_says_so():
    found = made().ways
    assert [way.channel for way in found] == list(CHANNELS)
    assert [way.address for way in found] == [f"{ADDRESS}?via={name}" for name in CHANNELS]
    opened = [way.channel for way in found if way.opens]
    assert opened == ["facebook", "whatsapp", "telegram", "line", "email", "sms"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_title_reaches_a_channel_as_it_is(title):
    (way,) = ways(ADDRESS, title, ("whatsapp",))
    (said,) = parse_qs(urlsplit(way.opens).query, keep_blank_values=True)["text"]
    assert said == f"{title} {led(ADDRESS, 'whatsapp')}"
    (way,) = ways(ADDRESS, title, ("email",))
    assert unquote(way.opens).startswith("mailto:?subject=")
    assert "\n" not in way.opens


def test_words_to_post_hold_the_link_that_says_facebook():
    assert made().post == f"Tea?\n\nTwo minutes.\n\n{ADDRESS}?via=facebook"
    assert made(text="").post == f"Tea?\n\n{ADDRESS}?via=facebook"


def test_lines_for_another_website_hold_words_as_words():
    snippet = made('<script>"x"&').snippet
    assert "&lt;script&gt;&quot;x&quot;&amp;</a>" in snippet
    assert snippet.count("<script") == 1


def test_codes_are_files_that_any_program_opens():
    vector, picture = made().files
    assert vector.path == "share/visit/qr-km.svg"
    root = ET.fromstring(vector.content)  # noqa: S314 - ours
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    found = image(picture.content)
    assert (found.ending, found.width) == ("png", found.height)
    assert found.width >= 500


# --- In a whole site -------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    return tmp_path


def change(root: Path, **settings: str) -> None:
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
    survey.write_text(text.replace("report:\n", f"{lines}report:\n", 1), "utf-8")


def built(root: Path, now: datetime | None = None, *, sample: bool = True) -> dict[str, bytes]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=sample, now=now), notes)
    assert not notes.has_errors(), list(notes)
    return {o.path: o.content for o in outputs if o.root == "site"}


def test_the_kit_stands_in_every_language_with_the_words_of_all(root):
    site = built(root)
    pages = [f"share/customer-service/{code}index.html" for code in ("", "km/", "lo/")]
    for page in pages:
        html = site[page].decode()
        assert '<meta name="robots" content="noindex">' in html
        for code in ("en", "km", "lo"):
            assert f"https://sokha.example/{code}/customer-service/?via=facebook" in html
            assert re.search(rf'src="(\.\./)+a/{code}\.[0-9a-f]+\.png"', html)
            assert f"share/customer-service/qr-{code}.png" in site
            assert f"share/customer-service/poster-{code}-a4.pdf" in site
        assert len(re.findall(r"qr-\w\w\.png", html)) == 1  # the whole kit of its own language
    assert "qr-lo.png" in site[pages[2]].decode()
    assert not any(b"share/" in body for path, body in site.items()
                   if path.endswith(".html") and not path.startswith("share/"))  # fmt: skip


def test_every_page_that_wants_to_be_found_stands_in_the_sitemap(root):
    site = built(root)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9",
             "x": "http://www.w3.org/1999/xhtml"}  # fmt: skip
    tree = ET.fromstring(site["sitemap.xml"])  # noqa: S314 - ours
    named = {one.text for one in tree.findall("s:url/s:loc", space)}
    wanted = {
        f"https://sokha.example/{path.removesuffix('index.html')}"
        for path, body in site.items()
        if path.endswith("index.html") and b'content="noindex"' not in body
    }
    assert named == wanted
    assert "https://sokha.example/km/customer-service/report/" in named
    for url in tree.findall("s:url", space):
        links = url.findall("x:link", space)
        led_to = {one.get("hreflang"): one.get("href") for one in links}
        if led_to:
            assert set(led_to) == {"en", "km", "lo", "x-default"}
            assert set(led_to.values()) <= named
            assert url.find("s:loc", space).text in led_to.values()
    assert b"Sitemap: https://sokha.example/sitemap.xml" in site["robots.txt"]


def test_without_an_address_nothing_is_offered(root):
    settings = root / "mati.yaml"
    settings.write_text(re.sub(r"^url: .*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE))
    site = built(root)
    assert not [path for path in site if path.startswith("share/")]
    assert not {"sitemap.xml", "robots.txt", "embed.js"} & set(site)
    assert b"og:image" not in site["km/customer-service/index.html"]


def test_a_survey_that_is_over_is_passed_on_no_more(root):
    change(root, close="2026-03-31")
    assert "share/customer-service/index.html" in built(root, datetime(2026, 3, 1, tzinfo=UTC))
    site = built(root, datetime(2026, 5, 1, tzinfo=UTC))
    assert not [path for path in site if path.startswith("share/")]


def test_hostile_titles_stay_words_everywhere(root):
    change(root, share="{title: '<script>alert(1)</script> #import \"x\" \\\\ ]', text: '{{ 1 }}'}")
    site = built(root)
    html = site["share/customer-service/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "{{ 1 }}" in html
    assert image(next(body for path, body in site.items() if path.startswith("a/en.")))


def test_a_picture_of_the_author_takes_the_place_of_ours(root):
    shutil.copy(next((ROOT / "docs").rglob("*.png")), root / "content" / "cup.png")
    change(root, share="{image: cup.png}")
    html = built(root)["km/customer-service/index.html"].decode()
    assert re.search(r'og:image" content="https://sokha\.example/a/cup\.[0-9a-f]+\.png"', html)


def test_a_public_report_shows_its_first_number_where_it_is_posted(root):
    project = open_project(root, Notebook())
    survey = read(project.sources[0], project.settings, Notebook())
    rows = [
        RawRow(
            key=f"k{at}",
            at="2026-11-01T03:00:00Z",
            pairs=(("mati_survey", survey.name), ("overall", "5" if at % 4 else "1")),
        )
        for at in range(200)
    ]
    home.bring(root, survey, rows, Notebook())
    said = {}
    for code in ("en", "km", "lo"):
        html = built(root, sample=False)[f"{code}/customer-service/report/index.html"].decode()
        said[code] = re.search(r'og:image:alt" content="([^"]*)"', html)[1]
    assert said["en"] == "How did we serve you? · 75% satisfied"
    assert all("75%" in one for one in said.values())


def test_a_letter_that_cannot_be_drawn_is_said_at_the_title(root):
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    survey.write_text(text.replace("# How did we serve you?", "# How did we 您好?"), "utf-8")
    notes = Notebook()
    build(open_project(root, notes), Options(), notes)
    line = 1 + text[: text.index("# How did we serve you?")].count("\n")
    places = {(one.span.path, one.span.line) for one in notes if one.code.slug == "card-letters"}
    assert places == {("content/customer-service.md", line)}


def test_without_the_library_a_picture_without_words_stands_in(root, monkeypatch):
    monkeypatch.setattr("mati.build.cards.available", lambda: False)
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=True), notes)
    site = {o.path: o.content for o in outputs if o.root == "site"}
    cards = [path for path in site if path.endswith(".png") and path.startswith("a/")]
    assert len(cards) == 1
    assert not [path for path in site if path.endswith(".pdf")]
    assert "cards-plain" in {found.code.slug for found in notes}
    assert b"pip install mati-survey[print]" in site["share/customer-service/index.html"]
    assert cards[0].encode() in site["lo/customer-service/index.html"]


def test_letters_without_a_font_are_said_where_each_translation_stands(root):
    survey = root / "content" / "customer-service.md"
    survey.write_text(survey.read_text("utf-8").replace("[km, lo]", "[km, lo, th, my]"), "utf-8")
    for code, title in (("th", "เป็นอย่างไร"), ("my", "ဘယ်လိုလဲ")):
        (root / "locales" / code).mkdir()
        (root / "locales" / code / "customer-service.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            f'msgctxt "customer-service.title"\nmsgid "How did we serve you?"\nmsgstr "{title}"\n',
            "utf-8",
        )
    notes = Notebook()
    build(open_project(root, notes), Options(sample=True), notes)
    found = {one.span.path: one.values for one in notes if one.code.slug == "card-letters"}
    assert set(found) == {f"locales/{code}/customer-service.po" for code in ("th", "my")}
    assert "เ" in str(found["locales/th/customer-service.po"])


# --- The sign of the shop --------------------------------------------------------------------


def signed(root: Path, content: bytes, name: str = "sign.png") -> None:
    (root / "content" / name).write_bytes(content)
    settings = root / "mati.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}\ntheme: {{logo: {name}}}\n", "utf-8")


def noted(root: Path) -> tuple[list[str], dict[str, bytes]]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=True), notes)
    found = [one.code.slug for one in notes if one.code.slug.startswith(("card-", "not-an"))]
    return found, {o.path: o.content for o in outputs if o.root == "site"}


def cards_of(site: dict[str, bytes]) -> set[str]:
    return {path for path in site if re.fullmatch(r"a/(en|km|lo)\.[0-9a-f]+\.png", path)}


def test_the_sign_of_the_shop_stands_on_cards_and_posters(root):
    _none, bare = noted(root)
    signed(root, PICTURE)
    codes, site = noted(root)
    assert codes == []
    assert len(cards_of(site)) == len(cards_of(bare))
    assert not cards_of(site) & cards_of(bare)
    poster = "share/customer-service/poster-lo-a4.pdf"
    assert len(pypdf.PdfReader(io.BytesIO(site[poster])).pages[0].images) == 1
    assert not pypdf.PdfReader(io.BytesIO(bare[poster])).pages[0].images


def test_a_damaged_sign_is_said_once_and_left_out(root):
    _none, bare = noted(root)
    signed(root, PICTURE[:-300])
    for _again in range(2):  # kept cards must not hide it
        codes, site = noted(root)
        assert codes == ["card-sign"]
        assert cards_of(site) == cards_of(bare)


def test_a_sign_that_would_slow_every_build_is_left_out(root):
    huge = io.BytesIO()
    Image.new("1", (2600, 2600)).save(huge, "PNG")
    signed(root, huge.getvalue())
    assert noted(root)[0] == ["card-sign"]


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"not a picture"])
def test_a_sign_that_is_no_picture_is_said(root, content):
    signed(root, content)
    assert noted(root)[0] == ["not-an-image"]


# --- Drawn once ------------------------------------------------------------------------------


def kept(root: Path) -> set[str]:
    return {path.name for path in (root / ".mati" / "cards").iterdir()}


def rename(root: Path, old: str, new: str) -> None:
    survey = root / "content/customer-service.md"
    survey.write_text(survey.read_text("utf-8").replace(old, new), "utf-8")


def test_a_build_without_changes_opens_neither_typst_nor_icu(root):
    built(root)
    program = (
        "import sys, pathlib\nfrom mati.build import Options, build\n"
        "from mati.diagnostics import Notebook\nfrom mati.project import open_project\n"
        "notes = Notebook(); root = pathlib.Path(sys.argv[1])\n"
        "files = build(open_project(root, notes), Options(sample=True), notes)\n"
        "print(sum(one.path.endswith('.pdf') for one in files), 'typst' in sys.modules,"
        " 'icu4py' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, root], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["6", "False", "False"]


def test_what_no_page_shows_any_more_is_forgotten(root):
    built(root)
    before = kept(root)
    assert {name.rpartition(".")[2] for name in before} == {"card", "poster"}
    rename(root, "How did we serve you?", "How was it today?")
    built(root)
    after = kept(root)
    assert len(after) == len(before)
    assert len(before - after) >= 3  # a card and two posters, in English alone


def test_building_one_survey_forgets_nothing_of_another(root):
    shutil.copy(ROOT / "content" / "after-sales.md", root / "content")
    shutil.copytree(ROOT / "content" / "pages", root / "content" / "pages")
    built(root)
    before = kept(root)
    notes = Notebook()
    build(open_project(root, notes), Options(sample=True, only="after-sales"), notes)
    assert kept(root) == before


def test_a_mistake_in_one_survey_forgets_nothing(root):
    built(root)
    before = kept(root)
    (root / "content" / "broken.md").write_text("# A\n\n### B\n\n- one\n", "utf-8")
    rename(root, "How did we serve you?", "How was it today?")
    notes = Notebook()
    build(open_project(root, notes), Options(sample=True), notes)
    assert notes.has_errors()
    assert kept(root) >= before


def test_a_poster_sent_on_as_a_file_leads_to_the_form(root):
    site = built(root)
    reader = pypdf.PdfReader(io.BytesIO(site["share/customer-service/poster-km-a5.pdf"]))
    links = {each.get_object()["/A"]["/URI"] for each in reader.pages[0]["/Annots"]}
    assert links == {"https://sokha.example/km/customer-service/?via=qr"}


@pytest.mark.parametrize("there", [False, True])
def test_a_build_says_how_to_get_better_cards(root, monkeypatch, there):
    monkeypatch.setattr("mati.build.cards.available", lambda: there)
    done = CliRunner().invoke(main, ["--project", str(root), "build", "--sample"])
    assert done.exit_code == 0
    assert ("pip install mati-survey[print]" in done.output) is not there


def test_what_was_posted_yesterday_stays_for_five_builds(tmp_path):
    def run(*names: str) -> set[str]:
        outputs = [Output(path=name, content=name.encode()) for name in ("x.html", *names)]
        assert write(tmp_path, outputs, Notebook())
        site = tmp_path / "site"
        return {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}

    assert run("a/old.1.png", "b/old.2.png") == {"x.html", "a/old.1.png", "b/old.2.png"}
    for _build in range(5):
        assert run("a/new.1.png") == {"x.html", "a/old.1.png", "a/new.1.png"}
    assert run("a/new.1.png") == {"x.html", "a/new.1.png"}
    assert run("a/old.1.png") == {"x.html", "a/old.1.png", "a/new.1.png"}
    for _build in range(4):
        run("a/old.1.png")
    assert run("a/new.1.png") == {"x.html", "a/old.1.png", "a/new.1.png"}
