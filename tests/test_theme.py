"""The theme of ``mati.yaml``: colours that can be read, the sign of the shop, corners, letters."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from formsite import ROOT
from hypothesis import given
from hypothesis import strategies as st

from mati.build import Options, build
from mati.diagnostics import Notebook, Source, sentence
from mati.model import contrast, mix, nearest, readable
from mati.model.colours import CARD, LEAST, PAPER, tint
from mati.model.nearest import distance
from mati.project import open_project
from mati.render.inline import small_css
from mati.render.palette import accent_css
from mati.settings import read_project

SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### Well? {#well}\n\n- (y) Yes\n- (n) No\n"
ACCENTS = ("", "#ffcc00", "#fafafa", "#050505", "#ff0000", "#0b6e5f", "#7ec8e3")


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x80\x40" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def made(root: Path, theme: str, survey: str = SURVEY) -> tuple[dict[str, bytes], Notebook]:
    (root / "content").mkdir(exist_ok=True)
    (root / "content" / "visit.md").write_text(survey, "utf-8")
    (root / "content" / "logo.png").write_bytes(png(120, 60))
    lines = f"name: Sokha\nurl: https://s.example\nlanguages: [en]\ntheme: {theme}\n"
    collect = "collect: {url: https://a.example}\n"
    (root / "mati.yaml").write_text(lines + collect, "utf-8")
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(), notes)
    return {o.path: o.content for o in outputs if o.root == "site"}, notes


def tokens(accent: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the properties of a light and of a dark page, read from the style itself."""
    css = small_css((ROOT / "templates" / "page.css").read_text("utf-8")) + accent_css(accent)
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    rule = r"(@media screen and \(prefers-color-scheme:dark\)\{)?:root\{([^}]*)\}"
    for found in re.finditer(rule, css):
        whole = re.sub(r":#(.)(.)(.)(?=[;}]|$)", r":#\1\1\2\2\3\3", found[2])
        pairs = dict(re.findall(r"--([a-z0-9]+):(#[0-9a-f]{6})", whole))
        for kept in (dark,) if found[1] else (light, dark):
            kept.update(pairs)
    return light, dark


PAIRS = [
    ("ink", "bg"), ("ink", "card"), ("ink", "tint"), ("ink", "care"), ("soft", "bg"),
    ("soft", "card"), ("soft", "care"), ("accent", "bg"), ("accent", "card"), ("accent", "tint"),
    ("on", "accent"), ("bad", "card"), ("bad", "bg"),
]  # fmt: skip


@pytest.mark.parametrize("accent", ACCENTS)
def test_every_pair_of_letters_and_ground_can_be_read(accent):
    for page in tokens(accent):
        low = {pair: contrast(page[pair[0]], page[pair[1]]) for pair in PAIRS}
        assert min(low.values()) >= 4.5, low
        assert contrast("#ffffff", page["band"]) >= 4.5
        assert contrast(page["edge"], page["card"]) >= 3  # WCAG 2.2, 1.4.11


@given(st.integers(0, 0xFFFFFF))
def test_the_nearest_colour_is_readable_of_the_same_hue_and_closer_than_with_black(number):
    accent = f"#{number:06x}"
    shade = readable(accent)
    assert all(contrast(shade, ground) >= LEAST for ground in (PAPER, CARD, tint(shade)))
    assert readable(shade) == shade
    if shade != accent:
        grounds = (PAPER, CARD)
        blackened = next(
            c
            for c in (mix(accent, "#000000", step / 100) for step in range(101))
            if all(contrast(c, ground) >= LEAST for ground in grounds)
        )
        assert distance(nearest(accent, grounds), accent) <= distance(blackened, accent) + 0.02


@pytest.mark.parametrize("ground", ["#111718", "#1a2224"])
def test_on_dark_ground_the_nearest_is_lighter(ground):
    assert contrast(nearest("#0b3d91", (ground,)), ground) >= LEAST
    assert nearest("#ffffff", (ground,)) == "#ffffff"


def test_a_pale_accent_is_said_with_the_nearest_shade_that_can_be_read():
    notes = Notebook()
    read_project(Source("mati.yaml", 'theme: {accent: "#ffcc00"}\n'), notes)
    (found,) = [d for d in notes if d.code.slug == "accent-pale"]
    assert (found.span.line, found.span.column) == (1, 18)
    text, hint = sentence(found)
    assert "1.5" in text
    offer = re.search(r"#[0-9a-f]{6}", hint)[0]
    assert offer == readable("#ffcc00")
    assert LEAST <= contrast(offer, tint(offer)) < LEAST + 0.2
    assert readable(offer) == offer
    quiet = Notebook()
    read_project(Source("mati.yaml", f'theme: {{accent: "{offer}"}}\n'), quiet)
    assert not [d for d in quiet if d.code.slug == "accent-pale"]


def test_a_sign_stands_beside_the_name_on_every_page(tmp_path):
    pages, notes = made(tmp_path, "{logo: logo.png}")
    assert not notes.has_errors()
    (sign,) = [path for path in pages if path.startswith("a/logo.")]
    for path, html in pages.items():
        if path.endswith(".html") and path != "404.html":
            depth = "../" * path.count("/")
            found = f'<img class="logo" src="{depth}{sign}" alt="" width="120" height="60">'
            assert found.encode() in html, path


@pytest.mark.parametrize(
    ("logo", "slug"),
    [("none.png", "image-missing"), ("visit.md", "not-an-image"), ("../mati.yaml", None)],
)
def test_a_sign_that_is_none_is_said(tmp_path, logo, slug):
    _, notes = made(tmp_path, f"{{logo: {logo}}}")
    found = {d.code.slug for d in notes if d.span.path == "mati.yaml"} - {"accent-pale"}
    assert found == {slug} if slug else found & {"image-missing", "not-an-image"}


@pytest.mark.parametrize(
    ("radius", "found"), [("none", "0rem"), ("small", "0.3rem"), ("large", "1.35rem")]
)
def test_corners_are_as_round_as_one_likes(tmp_path, radius, found):
    usual, _ = made(tmp_path, "{}")
    round_, notes = made(tmp_path, f"{{radius: {radius}}}")
    assert not notes.has_errors()
    usual_form, form = usual["en/visit/index.html"].decode(), round_["en/visit/index.html"].decode()
    assert "border-radius:.75rem" in usual_form
    assert f"border-radius:{found}" in form
    assert "border-radius:50%" in form
    assert "border-radius:.75rem" not in form


def test_letters_come_along_with_their_licence_and_only_where_asked_for(tmp_path):
    usual, _ = made(tmp_path, "{}")
    assert not [path for path in usual if path.startswith("a/") and not path.endswith(".png")]
    assert b"@font-face" not in usual["en/visit/index.html"]
    pages, notes = made(tmp_path, "{font: bundled}")
    assert not notes.has_errors()
    files = sorted(p for p in pages if p.startswith("a/") and not p.endswith(".png"))
    assert [re.sub(r"\.[0-9a-f]{12}", "", path) for path in files] == [
        "a/OFL.txt", "a/khmer-400.woff2", "a/khmer-700.woff2", "a/lao-400.woff2", "a/lao-700.woff2",
    ]  # fmt: skip
    assert b"SIL OPEN FONT LICENSE" in pages["a/OFL.txt"]
    form = pages["en/visit/index.html"].decode()
    for path in files[1:]:
        assert f"src:url(../../{path})" in form
        assert pages[path].startswith(b"wOF2")
    assert "unicode-range:U+1780-17DB," in form
    assert "font-display:swap" in form
    assert b"@font-face" not in pages["404.html"]


def test_a_survey_may_look_different(tmp_path):
    survey = SURVEY.replace("lang: en", "lang: en\ntheme: {radius: none, font: bundled}")
    pages, _ = made(tmp_path, "{}", survey)
    assert b"border-radius:0rem" in pages["en/visit/index.html"]
    assert b"border-radius:.75rem" in pages["en/index.html"]
    assert b"@font-face" not in pages["en/index.html"]
