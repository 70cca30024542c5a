"""What typst draws, glyph by glyph and place by place, is what HarfBuzz makes of the plain words.

Words go through typst as a card says them, with joiners inside and places to break between them.
Letters as large as the em of their font give outlines and places in the font's own units, so that
a glyph is known by its outline. A lost sign, a joiner inside a cluster, a box for a letter that is
missing: each is another glyph, or stands elsewhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from xml.etree import ElementTree as ET

import pypdf
import pytest
import uharfbuzz as harfbuzz
from share_texts import FONTS, segment, texts

from mati import press as room
from mati.share import Card, Figure, card_source
from mati.share.markup import document
from mati.share.words import JOINER, borders, clean, glue

SCRIPTS = {"km": "khmer", "lo": "lao"}
OWN = {"km": "[\u1780-\u17ff]+", "lo": "[\u0e80-\u0eff]+"}
APART = 4
"""Ems from one word to the next below it."""
_WORDS = """
#set page(width: 60000pt, height: auto, margin: 0pt)
#set text(size: data.em * 1pt, weight: data.weight, top-edge: 1em, bottom-edge: -1em)
#for (number, word) in data.all.enumerate() {
  place(top + left, dy: number * data.apart * data.em * 1pt, box(width: 60000pt, word))
}
#v(data.all.len() * data.apart * data.em * 1pt)
"""
_MOVED = re.compile(r"(?:matrix\(1 0 0 -1|translate\() ?([^ )]+) ?([^ )]*)\)")
_STEP = re.compile(r"([MLQCZHVmlqczhv])([^MLQCZHVmlqczhv]*)")
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
Drawn = list[tuple[int, int, int]]
"""Glyph, and where it stands in units of the font; nothing that has no outline."""


@cache
def font(language: str, weight: str) -> harfbuzz.Font:
    path = FONTS / f"{SCRIPTS[language]}-{weight}.ttf"
    return harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(path))))


Outline = frozenset[tuple[int, int]]


def outline(path: str) -> Outline:
    """Return the corners of a path in half units, whatever way it takes from one to the next."""
    found: set[tuple[int, int]] = set()
    x = y = 0.0
    start = (x, y)
    for step, numbers in _STEP.findall(path.removeprefix("M 0 0")):
        given = [float(number) for number in numbers.split()]
        if step in "Zz":
            x, y = start
            continue
        ends = {"H": (given[-1], 0.0), "V": (0.0, given[-1])}.get(step.upper(), given[-2:])
        if step.islower():
            x, y = x + ends[0], y + ends[1]
        else:
            x, y = x if step == "V" else ends[0], y if step == "H" else ends[1]
        start = (x, y) if step in "Mm" else start
        found.add((round(2 * x), round(2 * y)))
    return frozenset(found)


@cache
def _outlines(language: str, weight: str) -> tuple[Outline, ...]:
    """Return the outline of every glyph of a font."""
    own, funcs = font(language, weight), harfbuzz.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, out: out.append(f"M {x} {y}"))
    funcs.set_line_to_func(lambda x, y, out: out.append(f"L {x} {y}"))
    funcs.set_quadratic_to_func(lambda *to: to[-1].append(f"Q {to[2]} {to[3]}"))
    funcs.set_cubic_to_func(lambda *to: to[-1].append(f"C {to[4]} {to[5]}"))
    funcs.set_close_path_func(lambda out: out.append("Z"))
    found = []
    for glyph in range(own.face.glyph_count):
        path: list[str] = []
        own.draw_glyph(glyph, funcs, path)
        found.append(outline("".join(path)))
    return tuple(found)


@cache
def glyphs(language: str, weight: str) -> dict[Outline, int]:
    """Return the first glyph of each outline."""
    found: dict[Outline, int] = {}
    for glyph, shape in enumerate(_outlines(language, weight)):
        found.setdefault(shape, glyph)
    return found


def drawn(language: str, weight: str, words: list[str]) -> list[Drawn]:
    """Return what typst draws of each word."""
    em = font(language, weight).face.upem
    more = {"em": em, "weight": int(weight), "apart": APART, "wide": 9, "rtl": False}
    made = room._compile(document(_WORDS, language, all=words, **more), format="svg")
    picture = ET.fromstring(made)  # noqa: S314 - typst's own
    known = glyphs(language, weight)
    shapes = {
        f"#{symbol.get('id')}": known.get(outline(next(symbol.iter(f"{_SVG}path")).get("d")), -1)
        for symbol in picture.iter(f"{_SVG}symbol")
    }
    found: list[Drawn] = [[] for _ in words]
    for x, y, name in placed(picture, 0.0, 0.0):
        number = int(y // (APART * em))
        line = number * APART * em + em
        found[number].append((shapes[name], round(x), round(line - y)))
    return [sorted(one) for one in found]


def placed(node: ET.Element, x: float, y: float) -> Iterable[tuple[float, float, str]]:
    """Yield where each glyph of a picture stands, and the name of its outline."""
    for inner in node:
        if inner.tag == f"{_SVG}use":
            yield x + float(inner.get("x")), y - float(inner.get("y")), inner.get(_HREF)
        elif inner.tag == f"{_SVG}g":
            moved = _MOVED.fullmatch(inner.get("transform", "translate(0 0)"))
            yield from placed(inner, x + float(moved[1]), y + float(moved[2] or 0))


def shaped(language: str, weight: str, word: str) -> Drawn:
    """Return what HarfBuzz makes of a word."""
    own, buffer, x = font(language, weight), harfbuzz.Buffer(), 0
    buffer.add_str(word)
    buffer.guess_segment_properties()
    harfbuzz.shape(own, buffer)
    found = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        shape = _outlines(language, weight)[info.codepoint]
        if shape:
            same = glyphs(language, weight)[shape]
            found.append((same, x + place.x_offset, place.y_offset))
        x += place.x_advance
    return sorted(found)


def near(one: Drawn, other: Drawn) -> bool:
    """Tell whether the same glyphs stand in the same places, to a unit that was rounded."""
    return len(one) == len(other) and all(
        a[0] == b[0] and abs(a[1] - b[1]) <= 1 and abs(a[2] - b[2]) <= 1
        for a, b in zip(one, other, strict=True)
    )


def words(language: str) -> list[str]:
    """Return every word of ours in a language's own letters."""
    return sorted(
        {
            word
            for text in texts(language)
            for run in re.findall(OWN[language], text)
            for word in segment(language)(run)
        }
    )


@pytest.mark.parametrize("weight", ["400", "700"])
@pytest.mark.parametrize("language", SCRIPTS)
def test_typst_draws_the_glyphs_that_harfbuzz_gives(language, weight):
    chosen = words(language)
    assert len(chosen) > 700
    found = drawn(language, weight, [glue(word, ()) for word in chosen])
    for word, one in zip(chosen, found, strict=True):
        assert near(one, shaped(language, weight, word)), word


@pytest.mark.parametrize("language", SCRIPTS)
def test_whole_lines_keep_their_glyphs(language):
    phrases = sorted(
        {run for text in texts(language) for run in re.findall(OWN[language], text)}, key=len
    )[-150:]
    glued = [glue(one, borders(segment(language)(one))) for one in phrases]
    for phrase, one in zip(phrases, drawn(language, "700", glued), strict=True):
        assert near(one, shaped(language, "700", phrase)), phrase


@pytest.mark.parametrize(
    ("language", "spoilt", "plain"),
    [
        ("lo", f"ນ້{JOINER}ຳ", "ນ້ຳ"),
        ("km", f"ស{JOINER}្ត{JOINER}្រី", "ស្ត្រី"),
        ("km", "ស្តី", "ស្ត្រី"),
        ("lo", "ນຳ", "ນ້ຳ"),
    ],
)
def test_that_a_spoilt_word_is_noticed(language, spoilt, plain):
    (found,) = drawn(language, "400", [spoilt])
    assert not near(found, shaped(language, "400", plain))


# Whole cards


def codes(card: Card) -> list[bytes]:
    """Return the glyphs of a card by the numbers its PDF gives them; 0 is the empty box."""
    source = card_source(card, segment(card.language), room._known())
    page = pypdf.PdfReader(io.BytesIO(room._compile(source, format="pdf"))).pages[0]
    found = []
    for operands, operator in page.get_contents().operations:
        if operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            text = b"".join(p.original_bytes for p in parts if not isinstance(p, int | float))
            found += [text[at : at + 2] for at in range(0, len(text), 2)]
    return found


@pytest.mark.parametrize("language", ["km", "lo", "en"])
def test_no_card_shows_a_box_for_a_letter(language):
    said = texts(language) if language in SCRIPTS else ("How happy are you – “really”? ½ · 100 %",)
    shown = [clean(text) for text in said if 20 < len(text) < 60][::9] or list(said)
    for title in shown:
        figure = Figure(value="−81,5 %", words=shown[0])
        card = Card(language=language, shop=shown[-1], title=title, text=shown[0], figure=figure)
        assert room.Press().missing(card) == ""
        found = codes(card)
        assert found
        assert b"\0\0" not in found


def test_that_a_box_is_noticed():
    assert b"\0\0" in codes(Card(language="en", shop="A", title="สวย"))
