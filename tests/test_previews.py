"""What robots that show links find on a page: planted faults are found, whole sites have none.

1. Tags stand once, early, and say what is true of the page and its picture.
2. Whatever leads nowhere is said; what leads elsewhere is none of ours.
3. A page comes over a line as a crawler asks for it: by its name, packed, cut at a million bytes.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mati.build import Options, build
from mati.cli import main
from mati.crawl import crawl
from mati.diagnostics import Notebook
from mati.project import open_project
from mati.share import faults, neutral, read_page

ROOT = Path(__file__).parent.parent
URL = "https://s.example/shop"
CARD = neutral("")
PAGE = f"""<!doctype html>
<html lang="km">
<head>
<title>A &amp; B</title>
<link rel="canonical" href="{URL}/km/visit/">
<meta property="og:url" content="{URL}/km/visit/">
<meta property="og:title" content="A &amp; B">
<meta property="og:description" content="C">
<meta property="og:type" content="website">
<meta property="og:locale" content="km_KH">
<meta property="og:image" content="{URL}/a/card.png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="A">
<meta name="twitter:card" content="summary_large_image">
</head>
<body id="top"><a href="../../">up</a> <a href="#top">top</a> <a href="https://other.example/x">x</a>
<a href="mailto:a@b.example">m</a></body></html>
"""


def site(page: str = PAGE, **more: bytes) -> dict[str, bytes]:
    return {
        "km/visit/index.html": page.encode(),
        "index.html": b"<!doctype html><meta name=robots content=noindex><a href=km/visit/>x</a>",
        "a/card.png": CARD,
        **{name.replace("__", "/").replace("_", "."): content for name, content in more.items()},
    }


def found(page: str, **more: bytes) -> list[tuple[str, str]]:
    return [(fault.sort, fault.name) for fault in faults(site(page, **more), URL)]


def test_a_right_page_has_no_fault():
    assert found(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('<meta property="og:title" content="A &amp; B">\n', "", [("tag", "og:title")]),
        ('content="km_KH"', 'content="khmer"', [("tag", "og:locale")]),
        ('content="km_KH"', 'content=" "', [("tag", "og:locale")] * 2),
        ("</head>", '<meta property="og:url" content="x"></head>', [("tag", "og:url")]),
        ("</head>", '<meta property="og:locale:alternate" content="lo_LA"></head>',
         [("tag", "og:locale:alternate")]),
        ("<title>", "<!--" + "x" * 4200 + "--><title>", [("tag", "<head>")]),
        (f'og:url" content="{URL}', 'og:url" content="http://s.example', [("address", "og:url")]),
        (f'href="{URL}/km', f'href="{URL}/lo', [("address", "canonical")]),
        ("/a/card.png", "/a/other.png", [("picture", "og:image")]),
        (f'"{URL}/a/card.png', '"a/card.png', [("picture", "og:image")]),
        ('content="1200"', 'content="1201"', [("picture", "og:image:width")]),
        ('og:title" content="A', 'og:title" content="A' + "x" * 70, [("long", "og:title")]),
        ('n" content="C', 'n" content="C' + "x" * 200, [("long", "og:description")]),
        ('og:title" content="A', 'og:title" content="A' + "ក" * 1500, [("long", "og:title")]),
        ('href="../../"', 'href="https://s.example/menu/"', []),  # beside us, not ours
        ('href="../../"', 'href="https://s.example/shopping/"', []),
        ('href="../../"', 'href="../x/"', [("link", "href")]),
        ('href="#top"', 'href="#bottom"', [("link", "href")]),
        ('href="../../"', f'href="{URL}/km/nothing/"', [("link", "href")]),
        ('href="../../"', 'href="/elsewhere/"', [("link", "href")]),
        ("<body", '<img src="gone.png"><body', [("link", "href")]),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(old, new, expected):
    assert old in PAGE
    assert found(PAGE.replace(old, new)) == expected


def test_a_picture_is_judged_by_its_bytes():
    assert found(PAGE, a__card_png=b"GIF") == [("picture", "og:image:width")]
    heavy = CARD + b"\0" * 300_000
    assert found(PAGE, a__card_png=heavy) == [("picture", "kB")]


def test_pages_that_hide_need_no_tags_but_right_links():
    hidden = '<!doctype html><meta name="robots" content="noindex"><a href="nowhere/">x</a>'
    assert found(hidden) == [("link", "href")]


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(content):
    read_page(b"<html><head>" + content)
    list(faults({"index.html": content}, URL))


@cache
def sample() -> dict[str, bytes]:
    outputs = build(open_project(ROOT, Notebook()), Options(sample=True), Notebook())
    return {o.path: o.content for o in outputs if o.root == "site"}


def test_the_sample_site_has_no_fault_in_any_language():
    assert list(faults(sample(), "https://sokha.example")) == []


def test_the_sample_site_comes_over_a_line_as_a_crawler_asks():
    pages = {path: body for path, body in sample().items() if path.endswith(".html")}
    assert crawl(sample()) == pages
    assert len(pages) > 30


def test_a_crawler_reads_no_more_than_a_million_bytes():
    large = b"x" * 1_500_000
    assert len(crawl({"index.html": large})["index.html"]) == 1_000_000


# --- As a person uses it ---------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    return tmp_path


def mati(root: Path, *words: str, language: str = "en") -> Result:
    environment = {"LANGUAGE": language, "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment)


def test_check_looks_at_every_page(root):
    done = mati(root, "check", "--share")
    assert done.exit_code == 0, done.output
    assert re.search(r"Pages looked at as robots see them: \d\d\. No problems\.", done.output)
    assert not (root / "site").exists()


def test_check_says_what_is_too_long_and_what_is_broken(root):
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    title = "How did we serve you? " * 5
    survey.write_text(text.replace("report:\n", f"share: {{title: '{title}'}}\nreport:\n"), "utf-8")
    done = mati(root, "check", "--share")
    # Said once, where it is written, however many languages show these words.
    line = text[: text.index("report:\n")].count("\n") + 1
    place = f"content/customer-service.md:{line}:17: warning [share-long]"
    assert done.output.count("[share-long]") == done.output.count(place) == 1
    assert "say it in 70 signs or fewer: share: {title: …}" in done.output
    layout = (ROOT / "templates/layout.html").read_text("utf-8")
    (root / "templates").mkdir()
    broken = layout.replace('<meta property="og:type" content="website">\n', "")
    (root / "templates/layout.html").write_text(broken.replace("<main", '<a href="x/">x</a><main'))
    done = mati(root, "check", "--share", "--format", "json")
    assert done.exit_code == 1
    slugs = {one["code"] for one in json.loads(done.output)}
    assert {"share-tag", "dead-link", "share-long"} <= slugs


def test_a_small_picture_of_the_author_is_said(root):
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    survey.write_text(text.replace("report:\n", "share: {image: cup.png}\nreport:\n"), "utf-8")
    done = mati(root, "check")
    assert "[image-missing]" in done.output
    (root / "content/cup.png").write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
        + b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\0\0\0\0"
    )  # fmt: skip
    done = mati(root, "check", "--share")
    assert "content/customer-service.md" in done.output
    assert "[share-picture-small]" in done.output
    assert "300 × 200 pixels" in done.output
    (root / "content/cup.png").write_text("no picture")
    assert "[not-an-image]" in mati(root, "check").output
