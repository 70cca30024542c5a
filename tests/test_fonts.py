"""The letters a site may bring along: light, and every word drawn as by the whole font.

Rules: 1. a page of one language needs one small file; 2. no word of the built site, of our
catalogues or of the starters is shaped in another way; 3. a letter that is not in the file is in
no word of ours; 4. words that are parted unseen are drawn in one font.
"""

from __future__ import annotations

import io
import re
from functools import cache
from html import unescape

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from formsite import ROOT

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project
from mati.render.looks import FACES

FOLDER = ROOT / "mati" / "fonts"
LIMITS = {"khmer-400.woff2": 16_384, "khmer-700.woff2": 18_432, "lao-400.woff2": 8_192,
          "lao-700.woff2": 8_192}  # fmt: skip
SCRIPTS = {"km": "\u1780-\u17ff\u19e0-\u19ff", "lo": "\u0e80-\u0eff"}
LATIN = set(map(chr, range(0x20, 0x250)))


@cache
def font_of(name: str) -> tuple[uharfbuzz.Font, frozenset[str]]:
    """Return a font to shape with, and its letters; a compressed one is unpacked first."""
    plain = TTFont(FOLDER / name)
    plain.flavor, data = None, io.BytesIO()
    plain.save(data)
    face = uharfbuzz.Face(data.getvalue())
    return uharfbuzz.Font(face), frozenset(map(chr, plain.getBestCmap()))


def drawn(name: str, word: str) -> list[tuple[object, ...]]:
    """Return what a font draws for a word: places and outlines' boxes, glyph by glyph."""
    font, _ = font_of(name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    found = []
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        box = font.get_glyph_extents(info.codepoint)
        size = (box.x_bearing, box.y_bearing, box.width, box.height) if box else None
        found.append((info.cluster, at.x_advance, at.x_offset, at.y_offset, size))
        assert info.codepoint or word == "", f"{name} has no letter for {word!r}"
    return found


@cache
def texts() -> str:
    """Return all words of the built sample site, of the catalogues and of the starters."""
    outputs = build(open_project(ROOT, Notebook()), Options(), Notebook())
    pages = [unescape(o.content.decode()) for o in outputs if o.path.endswith(".html")]
    files = (*ROOT.glob("locales/*/*.po"), *ROOT.glob("mati/starters/**/*.md"),
             *ROOT.glob("docs/*.md"))  # fmt: skip
    return "\n".join([*pages, *(path.read_text("utf-8") for path in files)])


def words(language: str) -> set[str]:
    letters = SCRIPTS[language]
    return set(re.findall(f"[{letters}](?:[{letters}\u200b-\u200d]*[{letters}])?", texts()))


@pytest.mark.parametrize("name", LIMITS)
def test_a_file_is_light(name):
    assert (FOLDER / name).stat().st_size <= LIMITS[name]


@pytest.mark.slow
@pytest.mark.parametrize("face", FACES, ids=[face.file for face in FACES])
def test_every_word_is_drawn_as_by_the_whole_font(face):
    whole = face.file.replace(".woff2", ".ttf")
    found = words(face.language)
    assert len(found) > 1_000
    other = [word for word in found if drawn(face.file, word) != drawn(whole, word)]
    assert not other


@pytest.mark.parametrize("face", FACES, ids=[face.file for face in FACES])
def test_the_style_names_the_letters_of_the_file(face):
    spans = (part.removeprefix("U+").split("-") for part in face.letters.split(","))
    named = {chr(code) for low, *high in spans
             for code in range(int(low, 16), int((high or [low])[0], 16) + 1)}  # fmt: skip
    held = font_of(face.file)[1]
    assert held - named <= {" ", "\u00a0"}, "letters that no page would use"
    missing = {sign for sign in named - held if sign.isprintable()}
    assert not missing & set(texts()), "words of ours would be drawn in two fonts"
    assert "\u200b" in named
    assert not named & LATIN, "a blank or a question mark must not fetch the file"


def test_letters_that_are_only_half_there_are_told_from_whole_ones():
    """The test can fail: a vowel of two halves loses one where the cut forgets it."""
    assert drawn("khmer-400.ttf", "កើ") != drawn("khmer-400.ttf", "កេ")
    assert drawn("lao-400.ttf", "ນຳ") != drawn("lao-700.ttf", "ນຳ")
