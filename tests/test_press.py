"""Cards and posters as they come off the press: whole, light, the same every time."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import segno
import typst
import uharfbuzz as harfbuzz
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw
from share_texts import FONTS, ROOT, segment, texts

from mati import press as room
from mati.diagnostics import Code
from mati.images import image
from mati.press import HEAVIEST, Press, PressError, available
from mati.share import Card, Figure, Poster, Sign, card_source, neutral, poster_source
from mati.share.markup import document, reach, said, value
from mati.share.words import glue, plain

TITLES = {
    "km": "តើអ្នកពេញចិត្តនឹងសេវាកម្មរបស់យើងឬទេ? ",
    "lo": "ທ່ານພໍໃຈກັບການບໍລິການຂອງພວກເຮົາບໍ? ",
    "en": "How happy are you with our service today? ",
    "ar": "ما مدى رضاك عن خدمتنا اليوم؟ ",
}
TEXTS = {
    "km": "ឆ្លើយតែពីរនាទី ហើយទទួលបានកាហ្វេមួយកែវ",
    "lo": "ໃຊ້ເວລາພຽງສອງນາທີ ແລະຮັບກາເຟຟຣີໜຶ່ງຈອກ",
    "en": "Two minutes, and a free coffee when you come again.",
    "ar": "دقيقتان فقط",
}
LENGTHS = (1, 12, 45, 110, 300)
FIGURE = Figure(value="81 %", words="are happy with our service")
INSIDE = {"title", "text", "value", "words"}
BUBBLE = (48, 42, 1152, 478)
FIELD = (76, 70, 468, 450)
Box = tuple[float, float, float, float]


def card(language: str = "km", length: int = 45, **more: object) -> Card:
    title = (TITLES[language] * 20)[:length]
    own = {"shop": "Sokha Coffee", "title": title, "text": TEXTS[language]}
    return Card(language=language, **{"rtl": language == "ar", **own, **more})


def open_picture(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def asked(source: str, label: str) -> Any:  # noqa: ANN401 - whatever the source tells
    """Return what a source tells under a label."""
    own = {"include_system_fonts": False, "include_embedded_fonts": False}
    fonts = typst.Fonts(font_paths=[FONTS], **own)
    found = typst.query(
        source.encode(), label, field="value", one=True, font_paths=fonts, root=room._desk().name
    )
    return json.loads(found)


def told(source: str) -> dict[str, dict[str, float]]:
    """Return the boxes that typst says it filled."""
    return {name: box for name, box in asked(source, "<boxes>").items() if box["rows"]}


def boxes(card: Card) -> dict[str, dict[str, float]]:
    return told(card_source(card, segment(card.language), room._known()))


def corners(box: dict[str, float]) -> Box:
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def apart(one: Box, other: Box) -> bool:
    beside = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
    return beside or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1


CASES = [
    pytest.param(language, length, figure, id=f"{language}-{length}{'-figure' * bool(figure)}")
    for language in TITLES
    for length in LENGTHS
    for figure in (None, FIGURE)
]


# Cards


@pytest.mark.parametrize(("language", "length", "figure"), CASES)
def test_a_card_has_its_size_and_weight(language, length, figure):
    drawn = Press().card(card(language, length, figure=figure))
    found = image(drawn)
    assert found is not None
    assert (found.ending, found.width, found.height) == ("png", 1200, 630)
    assert len(drawn) <= HEAVIEST


@pytest.mark.parametrize(("language", "length", "figure"), CASES)
def test_no_box_of_a_card_meets_another(language, length, figure):
    found = boxes(card(language, length, figure=figure))
    assert found.keys() == {"title", "text", "shop", *(("value", "words") if figure else ())}
    assert found["title"]["rows"] <= 3
    assert found["text"]["rows"] <= 2
    assert found["title"]["size"] >= 42
    places = {name: corners(box) for name, box in found.items()}
    names = sorted(places)
    for number, name in enumerate(names):
        for other in names[number + 1 :]:
            assert apart(places[name], places[other]), (name, other)
    left, top, right, bottom = BUBBLE
    for name in INSIDE & places.keys():
        x, y, end, low = places[name]
        assert left < x < end < right, name
        assert top < y < low < bottom, name
    assert bottom < places["shop"][1] < places["shop"][3] < 615
    for name in {"value", "words"} & places.keys():
        x, y, end, low = places[name]
        if language == "ar":  # from the other side
            x, end = 1200 - end, 1200 - x
        assert FIELD[0] + 20 < x < end < FIELD[2] - 20, name
        assert FIELD[1] + 20 < y < low < FIELD[3] - 20, name


def test_a_name_stands_at_the_same_height_in_every_script():
    """The middle of its letters is that of the five answers, whatever stands above or below."""
    for language in ("km", "lo", "en"):
        shop = {"km": "ហាងកាហ្វេ សុខា", "lo": "ຮ້ານກາເຟ ສຸຂາ", "en": "Sokha"}[language]
        box = boxes(card(language, shop=shop))["shop"]
        line = box["y"] + reach(shop)[0] * box["size"]
        assert line == pytest.approx(564 + 0.34 * box["size"], abs=0.01)


@pytest.mark.parametrize("language", ["km", "lo", "en"])
def test_a_short_title_is_large(language):
    word = {"km": "មតិ", "lo": "ມະຕິ", "en": "Tea?"}[language]
    assert boxes(card(language, title=word, text=""))["title"]["size"] == 148
    found = boxes(card(language, title=TITLES[language].strip()))["title"]
    assert (found["rows"], found["size"] >= 84) == (2, True)


@pytest.mark.parametrize(("language", "length", "figure"), CASES)
def test_all_ink_of_a_card_lies_in_its_boxes(language, length, figure):
    full = card(language, length, figure=figure)
    nothing = replace(full, shop="", title="", text="")
    if figure:
        nothing = replace(nothing, figure=Figure(value="", words=""))
    source = card_source(full, segment(language), room._known())
    ink = ImageChops.difference(
        open_picture(room._compile(source, format="png", ppi=72)),
        open_picture(Press().card(nothing)),
    )
    for box in told(source).values():
        x, y, end, low = corners(box)
        # Letters may lean a hair over the side of their box; above and below they may not.
        ink.paste((0, 0, 0), (int(x) - 6, int(y) - 1, int(end) + 7, int(low) + 2))
    assert ink.getbbox() is None


@pytest.mark.parametrize("figure", [None, FIGURE])
def test_x_may_cut_the_edges_off(figure):
    picture = open_picture(Press().card(card("lo", 300, figure=figure)))
    for strip in ((0, 0, 1200, 15), (0, 615, 1200, 630)):
        assert len(picture.crop(strip).getcolors()) == 1


@pytest.mark.parametrize("language", TITLES)
def test_a_title_too_long_ends_at_a_word_with_three_dots(language):
    source = card_source(card(language, 300), segment(language), room._known())
    pieces = said(card(language, 300).title, segment(language), room._known())["pieces"]
    assert told(source)["title"]["rows"] == 3
    few = f"#metadata(cut({value([piece.text for piece in pieces])}, 3)) <cut>"
    shown = asked(f"{source}\n{few}", "<cut>")
    assert shown == "".join(piece.text for piece in pieces[:3]).rstrip(" \u200b") + "…"


_COUNT = """
#set text(size: 10pt, top-edge: 1em, bottom-edge: 0em)
// A box breaks inside when its column is narrower than a word, which no card's is.
#set box(width: 100pt)
#context [#metadata(data.all.map(it => rows(it.join(), 10pt, 0.1pt))) <rows>]
"""
_BROAD = """
#set text(size: 1000pt, weight: data.weight)
#context [#metadata(data.all.map(it => measure(it).width.pt())) <broad>]
"""
SCRIPTS = {"km": "khmer", "lo": "lao"}
WEIGHTS = ("400", "700")
LETTERS = {"km": range(0x1780, 0x17D4), "lo": range(0x0E80, 0x0EC6)}


def lines(language: str, texts: list[list[str]]) -> list[int]:
    """Count the lines of each text, given in pieces, in a column no wider than a hair."""
    return asked(document(_COUNT, language, all=texts, wide=9, rtl=False), "<rows>")


@pytest.mark.parametrize("language", LETTERS)
def test_typst_breaks_at_our_borders_and_nowhere_else(language):
    """In the narrowest column a text has as many lines as pieces: each word is whole."""
    own = {chr(code) for code in LETTERS[language]} | {" "}
    chosen = [text for text in texts(language) if set(text) <= own]
    assert len(chosen) > 50
    known = room._known()
    parted = [
        [piece.text for piece in said(text, segment(language), known)["pieces"]] for text in chosen
    ]
    assert lines(language, parted) == [len(parts) for parts in parted]


@pytest.mark.parametrize("language", LETTERS)
def test_no_word_of_ours_comes_apart(language):
    known = room._known()
    letters = {chr(code) for code in range(0xE80, 0x1800)} | {" ", "\u200b", "\u2060"}
    words = sorted(
        {
            piece.text
            for text in texts(language)
            for piece in said(text, segment(language), known)["pieces"]
            if set(piece.text) <= letters
        }
    )
    assert len(words) > 1000
    counted = lines(language, [[word] for word in words])
    assert [word for word, count in zip(words, counted, strict=True) if count != 1] == []


def test_no_syllable_of_lao_comes_apart():
    """typst's model knows some letters so badly that it parts them from their vowels."""
    consonants = [chr(code) for code in range(0xE81, 0xEAF) if chr(code).isalpha()]
    behind, above = "ະາຽ", "ັິີຶືຸູົຼ"
    tones = ("", *"່້໊໋໌ໍ")
    syllables = [
        *(c + v + t for c in consonants for v in above for t in tones),
        *(c + t + v for c in consonants for v in behind for t in tones),
        *(v + c + t for c in consonants for v in "ເແໂໃໄ" for t in tones),
    ]
    counted = lines("lo", [[one] for one in syllables])
    assert [one for one, count in zip(syllables, counted, strict=True) if count != 1] == []


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("language", SCRIPTS)
def test_typst_draws_words_as_broad_as_harfbuzz_does(language, weight):
    """Glued words in typst, plain ones in HarfBuzz: nothing came apart, nothing was replaced."""
    words = sorted({word for text in texts(language) for word in segment(language)(text)})
    letters = LETTERS[language]
    chosen = [word for word in words if all(ord(char) in letters for char in word)]
    assert len(chosen) > 400
    glued = [glue(word, ()) for word in chosen]
    source = document(_BROAD, language, all=glued, weight=int(weight), wide=9, rtl=False)
    font = harfbuzz.Font(
        harfbuzz.Face(
            harfbuzz.Blob.from_file_path(str(FONTS / f"{SCRIPTS[language]}-{weight}.ttf"))
        )
    )
    drawn = asked(source, "<broad>")
    for word, breadth in zip(chosen, drawn, strict=True):
        buffer = harfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        harfbuzz.shape(font, buffer)
        plain_breadth = sum(place.x_advance for place in buffer.glyph_positions)
        assert breadth == pytest.approx(plain_breadth / font.face.upem * 1000, abs=0.5), word


HOSTILE = (
    '#import "x": *',
    '"); #read("/etc/passwd") //',
    "\\ ] } $ x $ ` * _ <b> @a ~ -- /* */ [",
    "\u202edesrever\u202c \u2066isolated",
    "a\x00\x07\x1b[31m\ud800\udfffb",
    "e" + "\u0301" * 500,
    "ក" + "្ក" * 300,
    "ាាាាាា" * 50,
    "ະະະະະະ" * 50,
    "ເເເເເເເເ" * 40,
    "W" * 600,
    "\u200b" * 300 + "x" + "\u2060" * 300,
    "ffi \u0eb3\u200d\u200c",
    "😀🎉" * 40,
    "",
    " ",
)


@pytest.mark.parametrize("evil", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_only_said(evil):
    bad = Card(
        language="km", shop=evil, title=evil, text=evil, figure=Figure(value=evil, words=evil)
    )
    drawn = open_picture(Press().card(bad))
    assert drawn.size == (1200, 630)
    for x, y, end, low in map(corners, boxes(bad).values()):
        assert 0 < x < end < 1200
        assert 15 < y < low < 615
    assert len(drawn.crop((1165, 0, 1200, 630)).getcolors()) == 1


def test_a_language_nobody_knows_gets_a_card_too():
    for language in ("pt-BR", "zh_Hans_CN", "x", "", 'a"b'):
        assert image(Press().card(replace(card("en"), language=language)))


def test_missing_letters_are_told_before_anything_is_drawn():
    press = Press()
    assert press.missing(card("km")) == press.missing(card("lo")) == press.missing(card("en")) == ""
    assert press.missing(card("en", figure=Figure(value="10 ৳", words="สวย 😀"))) == "৳สวย"
    assert "م" in press.missing(card("ar"))


def test_the_diagnostic_of_missing_letters_says_which():
    words = Code.CARD_LETTERS.message.format(name="visit", language="th", letters="สว")
    assert "'visit'" in words
    assert "'th'" in words
    assert "'สว'" in words
    assert "share" in Code.CARD_LETTERS.hint.format()


def digests() -> list[str]:
    """Return what all that is drawn comes to."""
    sign = drawn_sign(60, 40)
    made = [
        *(Press().card(card(code, figure=FIGURE, sign=sign)) for code in ("km", "lo", "en")),
        *(Press().poster(poster(code, "a5", sign=sign)) for code in ("km", "lo", "en")),
        neutral("#b3261e"),
    ]
    return [hashlib.sha256(one).hexdigest() for one in made]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Asia/Phnom_Penh", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "LANG": "km_KH"},
    ],
    ids=["east", "west"],
)
def test_the_same_words_give_the_same_bytes_everywhere(elsewhere):
    mine = digests()
    assert digests() == mine
    program = (
        "import sys; sys.path[:0] = ['.', 'tests']; from test_press import digests\n"
        "print(*digests())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, **elsewhere},
    )  # fmt: skip
    assert done.stdout.split() == mine


SIGNS_OF_TYPST = (
    "#", "$", "*", "_", "@", "<", ">", "\\", '"', "`", "//", "/*", "*/", "[", "]", "{", "}", "(",
    ")", ";", ",", ":", "~", "--", "=", "+", "-", "\n", "\x00", "\u202e", "\u200b", "\u2060",
    "\ud800", "#panic(1)", '#read("/etc/passwd")', "\\u{22}", "តើ", "្", "ຳ", "😀", "م", "a", " ",
)  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS_OF_TYPST), max_size=24).map("".join), st.booleans())
@settings(max_examples=120, deadline=None)
def test_whatever_is_written_typst_gets_it_as_words(text, with_figure):
    """It tells the same pieces that it was given: none ended its string, none was run."""
    figure = Figure(value=text, words=text) if with_figure else None
    bad = Card(language="km", shop=text, title=text, text=text, figure=figure)
    source = card_source(bad, segment("km"), room._known())
    found = asked(f"{source}\n#metadata((data.title, data.shop, data.text)) <said>", "<said>")
    wanted = said(text, segment("km"), room._known())["pieces"]
    for one in found:
        told_pieces = [part if isinstance(part, str) else tuple(part) for part in one["pieces"]]
        assert told_pieces == [
            (piece.text, piece.loose) if piece.loose else piece.text for piece in wanted
        ]
    sheet = replace(poster("km", "a5"), title=text, shop=text, call=text, address=text, url=text)
    drawn = poster_source(sheet, segment("km"), room._known())
    assert asked(f"{drawn}\n#metadata(data.url) <url>", "<url>") == ""


def test_without_a_dictionary_a_card_is_drawn_all_the_same(monkeypatch):
    monkeypatch.setattr(room, "_breaker", lambda: None)
    assert room._segment("km") is plain
    assert image(Press().card(card("km", 110)))


def test_whether_typst_is_there_is_asked_without_opening_it(monkeypatch):
    assert available()
    monkeypatch.setattr(room, "_TYPST", "no_such_library")
    assert not available()


def test_typst_is_not_opened_by_making_a_press():
    program = "import sys, mati.press as p; p.Press(); p.available(); print('typst' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_what_typst_refuses_is_an_error_of_ours():
    with pytest.raises(PressError, match="unknown variable"):
        room._compile("#nothing", format="png")


# The sign of the shop


def drawn_sign(width: int, height: int, kind: str = "PNG", **how: object) -> Sign:
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, width - 1, height - 1), fill=(200, 20, 20, 255))
    file = io.BytesIO()
    picture.convert("RGBA" if kind in ("PNG", "WEBP") else "RGB").save(file, kind, **how)
    return sign_of(file.getvalue())


def sign_of(content: bytes) -> Sign:
    found = image(content)
    name = hashlib.sha256(content).hexdigest()
    return Sign(name=name, content=content, width=found.width, height=found.height)


SIGNS = {
    "square": (300, 300),
    "wide": (2000, 60),
    "tall": (40, 1500),
    "dot": (1, 1),
    "huge": (1990, 1990),
}


@pytest.mark.parametrize("size", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("language", ["km", "lo", "ar"])
def test_a_sign_stands_whole_beside_the_name(language, size):
    sign = drawn_sign(*size)
    assert sign.fits
    named = card(language, shop="Sokha Coffee and Bakery of Siem Reap " * 4, sign=sign)
    picture = open_picture(Press().card(named))
    assert len(Press().card(named)) <= HEAVIEST
    found = boxes(named)
    plate, name = corners(found["sign"]), corners(found["shop"])
    assert apart(plate, name)
    assert BUBBLE[3] < plate[1] < plate[3] < 615
    red = picture.convert("RGB").crop(tuple(map(int, (plate[0], plate[1], plate[2] + 1, plate[3]))))
    ink = Image.eval(ImageChops.subtract(red.split()[0], red.split()[1]), lambda x: 255 * (x > 40))
    left, top, right, bottom = ink.getbbox()
    assert min(left, top, red.width - right, red.height - bottom) >= 6
    scale = min(220 / size[0], 56 / size[1])
    assert right - left == pytest.approx(size[0] * scale, abs=2)
    assert bottom - top == pytest.approx(size[1] * scale, abs=2)


def test_a_photo_held_upright_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    sign = drawn_sign(300, 150, "JPEG", exif=exif)
    assert (sign.width, sign.height) == (150, 300)
    test_a_sign_stands_whole_beside_the_name("en", (150, 300))
    with_sign = open_picture(Press().card(card("en", sign=sign)))
    plain_sign = open_picture(Press().card(card("en", sign=drawn_sign(150, 300, "JPEG"))))
    assert ImageChops.difference(with_sign, plain_sign).convert("L").getextrema()[1] < 60


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_every_format_stands_on_a_poster(kind, paper):
    sheet = poster("km", paper, shop="Sokha " * 30, sign=drawn_sign(700, 90, kind))
    found = pypdfium2.PdfDocument(Press().poster(sheet))[0].render(scale=1).to_pil()
    scale = MILLIMETRES[paper][0] / 210 * 72 / 25.4
    assert found.convert("RGB").getpixel((int(50 * scale), int(122.6 * scale)))[1] < 60
    shop = told(poster_source(sheet, segment("km"), room._known()))["shop"]
    assert shop["x"] + shop["width"] < 141 * scale


def test_a_sign_without_ground_lies_on_white():
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    file = io.BytesIO()
    clear.save(file, "PNG")
    named = card("en", accent="#123456", sign=sign_of(file.getvalue()))
    assert open_picture(Press().card(named)).getpixel((144, 564)) == (255, 255, 255)


def test_a_noisy_sign_gives_way_before_words_do():
    noise = Image.effect_noise((1200, 300), 120).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=90)
    heavy = card("km", 110, sign=sign_of(file.getvalue()))
    assert len(Press().card(heavy)) <= HEAVIEST


@pytest.mark.parametrize(("size", "fits"), [((2000, 2000), True), ((2001, 2000), False)])
def test_a_sign_may_have_four_million_pixels(size, fits):
    assert Sign(name="", content=b"x", width=size[0], height=size[1]).fits is fits
    assert not Sign(name="", content=b"x" * 500_001, width=1, height=1).fits


def test_a_sign_cut_off_is_an_error_of_ours():
    whole_sign = drawn_sign(300, 300)
    cut = replace(whole_sign, content=whole_sign.content[:-200])
    with pytest.raises(PressError):
        Press().card(card("en", sign=cut))


def test_a_sign_that_cannot_be_laid_out_is_an_error_of_ours(monkeypatch):
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(room, "_desk", full)
    with pytest.raises(PressError, match="No space left"):
        Press().card(card("en", sign=drawn_sign(5, 5)))


def test_a_heavy_sign_makes_no_long_source():
    sign = drawn_sign(400, 300)
    source = card_source(card("en", sign=sign), segment("en"), room._known())
    assert len(source) < len(card_source(card("en"), segment("en"), room._known())) + 300


def test_another_sign_is_another_card(store):
    Press(store).card(card("en"))
    Press(store).card(card("en", sign=drawn_sign(3, 3)))
    Press(store).card(card("en", sign=drawn_sign(4, 4)))
    assert len(list(store.iterdir())) == 3


# Kept cards


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / ".mati" / "cards"


def refuse(*sources: str, **how: object):
    pytest.fail("drawn again")


def test_a_second_build_draws_nothing(store, monkeypatch):
    drawn = Press(store).card(card())
    monkeypatch.setattr(room, "_compile", refuse)
    assert Press(store).card(card()) == drawn
    with pytest.raises(pytest.fail.Exception):
        Press(store).card(card("lo"))


def test_another_version_of_typst_draws_anew(store, monkeypatch):
    Press(store).card(card())
    monkeypatch.setattr(room, "_edition", lambda: "next")
    monkeypatch.setattr(room, "_compile", refuse)
    with pytest.raises(pytest.fail.Exception):
        Press(store).card(card())


def whole(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept.write_bytes(b""),
        lambda kept: kept.write_bytes(kept.read_bytes()[:-9]),
        lambda kept: kept.write_bytes(kept.read_bytes()[:500] + b"\0" + kept.read_bytes()[501:]),
        lambda kept: kept.write_bytes(whole(b"<script>")),
        lambda kept: kept.write_bytes(whole(segno.make("x").png_data_uri().encode())),
        lambda kept: kept.write_bytes(b"\0" * 2_000_000),
        lambda kept: (kept.unlink(), kept.mkdir()),
        lambda kept: (kept.rename(kept.with_suffix(".x")), kept.symlink_to(kept.with_suffix(".x"))),
        lambda kept: (kept.unlink(), os.mkfifo(kept)),
    ],
    ids=["empty", "torn", "changed", "script", "other", "huge", "folder", "link", "pipe"],
)
def test_a_spoilt_card_is_drawn_again(spoil, store):
    drawn = Press(store).card(card())
    (kept,) = store.iterdir()
    spoil(kept)
    assert Press(store).card(card()) == drawn


def test_a_store_that_leads_elsewhere_is_not_used(tmp_path, store):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    store.parent.mkdir()
    store.symlink_to(elsewhere, target_is_directory=True)
    press = Press(store)
    assert image(press.card(card()))
    press.sweep()
    assert not list(elsewhere.iterdir())


def test_a_store_that_is_a_file_stops_nothing(store):
    store.parent.mkdir()
    store.write_text("mine", "utf-8")
    press = Press(store)
    assert image(press.card(card()))
    press.sweep()
    assert store.read_text("utf-8") == "mine"


def test_sweeping_forgets_the_cards_of_other_builds(store):
    Press(store).card(card())
    press = Press(store)
    press.card(card("lo"))
    (store / "note.txt").write_text("mine", "utf-8")
    assert len(list(store.glob("*.card"))) == 2
    press.sweep()
    assert len(list(store.glob("*.card"))) == 1
    assert (store / "note.txt").exists()
    assert press.card(card("lo")) == Press(store).card(card("lo"))


def test_a_second_build_prints_nothing(store, monkeypatch):
    printed = Press(store).poster(poster("km", "a5"))
    monkeypatch.setattr(room, "_compile", refuse)
    assert Press(store).poster(poster("km", "a5")) == printed
    for other in (poster("km", "a4"), poster("lo", "a5"), poster("km", "a5", url=ADDRESS)):
        with pytest.raises(pytest.fail.Exception):
            Press(store).poster(other)


@pytest.mark.parametrize("content", [b"", b"<html>", neutral("")])
def test_what_is_no_poster_is_printed_again(content, store):
    printed = Press(store).poster(poster("lo", "a4"))
    (kept,) = store.iterdir()
    kept.write_bytes(whole(content))
    assert Press(store).poster(poster("lo", "a4")) == printed


def test_sweeping_forgets_posters_too_and_what_was_never_finished(store):
    Press(store).poster(poster("km", "a4"))
    Press(store).card(card())
    press = Press(store)
    press.poster(poster("lo", "a4"))
    (store / f".{'0' * 64}.99.poster").write_bytes(b"half")
    press.sweep()
    (kept,) = store.iterdir()
    assert kept.suffix == ".poster"
    assert Press(store).poster(poster("lo", "a4")) == kept.read_bytes()[32:]


# Posters


ADDRESS = "https://sokha.example/km/customer-service/?via=qr"


@cache
def code(address: str = ADDRESS) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()


def poster(language: str, paper: str, **more: object) -> Poster:
    plain_poster = Poster(
        language=language,
        shop="Sokha Coffee",
        title=TITLES[language],
        call="Scan or open",
        address=ADDRESS.removeprefix("https://"),
        code=code(),
        paper=paper,
    )
    return replace(plain_poster, **more)


SHEETS = [(language, paper) for language in ("km", "lo", "en") for paper in ("a4", "a5")]
MILLIMETRES = {"a4": (210, 297), "a5": (148, 210)}


@pytest.mark.parametrize(("language", "paper"), SHEETS)
def test_a_poster_is_one_page_that_says_what_it_is(language, paper):
    reader = pypdf.PdfReader(io.BytesIO(Press().poster(poster(language, paper))))
    (page,) = reader.pages
    size = tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:])
    assert size == MILLIMETRES[paper]
    assert reader.metadata is not None
    assert reader.metadata.title == TITLES[language].strip()
    assert reader.root_object["/Lang"] == language
    assert reader.root_object["/MarkInfo"]["/Marked"]
    kinds = set(tags(reader.root_object["/StructTreeRoot"]))
    assert {"/H1", "/Figure"} <= kinds


def tags(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from tags(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
            if node["/S"] == "/Figure":
                assert ADDRESS.removeprefix("https://") in node["/Alt"]
        yield from tags(node.get("/K", []))


@pytest.mark.parametrize(("language", "paper"), SHEETS)
def test_the_code_of_a_poster_is_read_from_a_coarse_print(language, paper):
    document = pypdfium2.PdfDocument(Press().poster(poster(language, paper, accent="#ffd23f")))
    picture = document[0].render(scale=1).to_pil()  # 72 dots an inch
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def links(**more: object) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(Press().poster(poster("lo", "a5", **more))))
    found = (each.get_object() for each in reader.pages[0].get("/Annots", ()))
    return [each["/A"]["/URI"] for each in found]


def test_a_poster_sent_as_a_file_can_be_tapped():
    assert links() == []
    assert links(url=ADDRESS) == [ADDRESS, ADDRESS]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "x"])
def test_a_poster_leads_to_web_pages_only(url):
    assert links(url=url) == []


@pytest.mark.parametrize("length", [20, 60, 120, 300])
def test_an_address_is_printed_whole(length):
    address = ("sokha.example/" + "a-long-name/" * 30)[:length]
    reader = pypdf.PdfReader(io.BytesIO(Press().poster(poster("en", "a5", address=address))))
    printed = "".join(reader.pages[0].extract_text().split())
    assert address in printed


@pytest.mark.parametrize(("language", "paper"), SHEETS)
@pytest.mark.parametrize("length", [1, 45, 300])
def test_no_box_of_a_poster_meets_another(language, paper, length):
    long = poster(language, paper, title=(TITLES[language] * 20)[:length], shop="Shop " * length)
    found = told(poster_source(long, segment(language), room._known()))
    places = {name: corners(box) for name, box in found.items()}
    names = sorted(places)
    for number, name in enumerate(names):
        for other in names[number + 1 :]:
            assert apart(places[name], places[other]), (name, other)
    scale = MILLIMETRES[paper][0] / 210 * 72 / 25.4
    assert 22 * scale < places["title"][1] < places["title"][3] < 106 * scale
    assert 241 * scale < places["call"][1] < places["address"][3] < 287 * scale


@pytest.mark.parametrize("evil", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_poster_is_one_page(evil):
    bad = Press().poster(
        poster("en", "a4", title=evil, shop=evil, call=evil, address=evil + "x", code=code())
    )
    assert len(pypdf.PdfReader(io.BytesIO(bad)).pages) == 1


def test_a_poster_gives_the_same_bytes_every_time():
    assert Press().poster(poster("km", "a4")) == Press().poster(poster("km", "a4"))


def test_an_address_in_letters_without_a_font_is_spelled_in_bytes():
    sheet = poster("en", "a4", address="sokha.example/สวย 😀/a")
    reader = pypdf.PdfReader(io.BytesIO(Press().poster(sheet)))
    spelled = "sokha.example/%E0%B8%AA%E0%B8%A7%E0%B8%A2%20%F0%9F%98%80/a"
    assert spelled in "".join(reader.pages[0].extract_text().split())
    assert Press().missing(sheet) == ""


def test_a_poster_without_letters_is_an_error_of_ours():
    with pytest.raises(PressError):
        Press().poster(poster("en", "a4", title="สวย"))


def test_a_code_that_is_no_picture_is_an_error_of_ours():
    with pytest.raises(PressError):
        Press().poster(poster("en", "a4", code=b"<nothing"))


def test_a_right_to_left_card_is_the_mirror_of_another():
    left = boxes(card("en"))["shop"]
    right = boxes(card("en", rtl=True))["shop"]
    assert left["x"] == pytest.approx(1200 - right["x"] - right["width"])


def test_the_neutral_card_and_a_drawn_one_share_their_ground():
    drawn = open_picture(Press().card(card(accent="#1a4fa0")))
    assert drawn.getpixel((3, 3)) == open_picture(neutral("#1a4fa0")).getpixel((3, 3))
