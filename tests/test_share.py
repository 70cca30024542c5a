"""What is shared: words stay whole, letters stay as they are, colours can be read."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
import uharfbuzz as harfbuzz
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from share_texts import FONTS, segment, texts

from mati.images import image
from mati.model import contrast
from mati.share import Card, Figure, Poster, card_source, letters, missing, neutral, poster_source
from mati.share.letters import drawable
from mati.share.markup import quote, reach, value
from mati.share.shades import shades
from mati.share.words import (
    JOINER,
    SPACE,
    Piece,
    borders,
    clean,
    clusters,
    glue,
    pieces,
    plain,
)

LEAST = 4.5
"""Contrast of text (WCAG 2.2, 1.4.3)."""
SEEN = 1.2
"""Contrast from which on a large white shape is seen."""
ASIAN = {"km": "khmer", "lo": "lao"}
WEIGHTS = ("400", "700")
WORDS = {
    "km": "តើ|អ្នក|ពេញចិត្ត|នឹង|សេវាកម្ម|របស់|យើង|ឬទេ?",
    "lo": "ທ່ານ|ພໍໃຈ|ກັບ|ການ|ບໍລິການ|ຂອງ|ພວກ|ເຮົາ|ບໍ?",
}
ACCENTS = (
    "", "#000000", "#ffffff", "#ffd23f", "#b3261e", "#1a4fa0", "#777777", "#00ff00", "#f26b1d",
    "#e91e63", "#123456", "#c0ffee", "#808000", "#0000ff", "#ff00ff",
)  # fmt: skip
KNOWN = frozenset(range(0x20, 0x250))


def joined(parts: tuple[Piece, ...]) -> str:
    return "".join(part.text for part in parts)


def bare(text: str) -> str:
    return text.replace(SPACE, "").replace(JOINER, "")


# Words


@pytest.mark.parametrize("language", WORDS)
def test_lines_break_between_words_and_nowhere_else(language):
    text = WORDS[language].replace("|", "")
    parts = [bare(piece.text) for piece in pieces(text, segment(language))]
    assert "|".join(parts) == WORDS[language]


@pytest.mark.parametrize("language", ASIAN)
def test_no_text_of_ours_loses_a_letter_on_its_way(language):
    for text in texts(language):
        whole = pieces(text, segment(language))
        assert bare(joined(whole)) == bare(text)
        assert all(bare(piece.loose) in ("", bare(piece.text)) for piece in whole)


@pytest.mark.parametrize(
    ("language", "parted"),
    [
        ("km", "ផ្លូវ|លេខ |១២៣ |Wi-Fi |5G |ល្អៗ|ណាស់៖ |តម្លៃ |១២០០\u00a0៛"),
        ("lo", "ລາຄາ |12.000 |ກີບ |ດີໆ|ຫຼາຍ |ຖະໜົນ |Samsenthai |ໝໍ່ໆ"),
        ("km", "មើល |https://sokha.example/km/wifi |នៅ|ទីនេះ"),
        ("en", "Wi-Fi |– |what |do |you |think?"),
    ],
)
def test_words_of_all_sorts_stand_side_by_side(language, parted):
    """Signs of repetition and punctuation stay with the word before them."""
    text = parted.replace("|", "")
    found = [bare(piece.text) for piece in pieces(clean(text), segment(language))]
    assert found == parted.split("|")


def test_a_joiner_stands_between_clusters_and_never_inside_one():
    assert glue("ស្ត្រី", ()) == "ស្ត្រី"
    assert glue("ខ្ញុំសុខ", (4,)) == f"ខ្ញុំ{JOINER}សុ{JOINER}ខ"
    assert glue("ຂອງນ້ຳ", (3,)) == f"ຂ{JOINER}ອ{JOINER}ງ{SPACE}ນ້ຳ"
    assert glue("ເຂົ້າໆ", (5,)) == f"ເຂົ້າ{JOINER}ໆ"


@pytest.mark.parametrize(("text", "at"), [("ស្ត្រី", 2), ("ນ້ຳ", 2), ("ເຂົ້າ", 1), ("ញឹកៗ", 3)])
def test_a_border_inside_a_cluster_is_none(text, at):
    assert SPACE not in glue(text, (at,))


def test_full_stops_digits_and_latin_letters_are_left_to_the_common_rules():
    text = "តម្លៃ ១២០០៛។ Wi-Fi (5G) ok?"
    kept = glue(text, range(len(text)))
    assert kept.replace(SPACE, "", 1) == text
    assert kept.startswith(f"ត{SPACE}ម្លៃ ១២០០៛។ Wi-Fi")


def test_what_an_author_parted_by_hand_stays_parted():
    assert [bare(piece.text) for piece in pieces(f"សេវា{SPACE}កម្ម ល្អ", plain)] == [
        "សេវា",
        "កម្ម ",
        "ល្អ",
    ]


def test_without_a_dictionary_words_of_khmer_stay_together_until_a_line_is_too_short():
    (piece,) = pieces("តើអ្នកពេញចិត្តនឹងសេវាកម្ម", plain)
    assert SPACE not in piece.text
    assert piece.loose.split(SPACE)[:4] == ["តើ", "អ្ន", "ក", "ពេ"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("a\u202eb\u2066c\x00d\ud800", "abcd"),
        ("  one\n\ttwo\u2028three\u3000four  ", "one two three four"),
        ("12\u00a0%", "12\u00a0%"),
        ("e\u0301", "é"),
        ("81 % ? 5 ៛ ។", "81\u00a0%\u00a0? 5\u00a0៛\u00a0។"),
        ("ຫຼັງ ໆ", "ຫຼັງ\u00a0ໆ"),
        ("ល្អ ៗ", "ល្អ\u00a0ៗ"),
        ("so\u00adft\ufeff", "soft"),
        ("a" + "\u0316" * 40, "a" + "\u0316" * 4),
        ("ក" + "្ក" * 40 + "ា", "ក" + "្ក" * 2 + "ា"),
        ("ក្", "ក្"),
    ],
)
def test_a_text_is_cleaned_of_what_is_not_seen(text, want):
    assert clean(text) == want


@given(st.text(max_size=60), st.sets(st.integers(0, 60)))
def test_any_text_survives_being_glued(text, places):
    line = clean(text)
    assert bare(glue(line, places)) == bare(line)
    assert "".join(clusters(line)) == line
    assert clean(line) == line
    assert "".join(plain(line)) == line


def test_borders_are_where_words_begin():
    assert borders(("one", " ", "two")) == (0, 3, 4)


# Letters


@pytest.fixture(scope="module")
def shaper():
    def font(name: str) -> harfbuzz.Font:
        return harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FONTS / name))))

    return {
        (language, weight): font(f"{script}-{weight}.ttf")
        for language, script in ASIAN.items()
        for weight in WEIGHTS
    }


def glyphs(font: harfbuzz.Font, text: str) -> list[tuple[int, ...]]:
    """Return what is drawn, and where; signs that are not seen are left out."""
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.flags = harfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    harfbuzz.shape(font, buffer)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [
        (info.codepoint, place.x_advance, place.x_offset, place.y_offset) for info, place in pairs
    ]


def runs(language: str) -> set[str]:
    """Return all words and phrases of a language in its own letters, without blanks."""
    letter = {"km": "[\u1780-\u17ff]+", "lo": "[\u0e80-\u0eff]+"}[language]
    return {run for text in texts(language) for run in re.findall(letter, text)}


@pytest.mark.slow
@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("language", ASIAN)
def test_glued_words_are_drawn_as_plain_ones(language, weight, shaper):
    font = shaper[language, weight]
    phrases = runs(language)
    words = {word for phrase in phrases for word in segment(language)(phrase)}
    assert len(words) > 500
    for text in phrases | words:
        for places in (borders(segment(language)(text)), ()):
            glued = glue(text, places)
            assert glyphs(font, glued) == glyphs(font, text), text


def test_that_a_joiner_in_the_wrong_place_is_noticed(shaper):
    font = shaper["lo", "700"]
    assert glyphs(font, f"ນ້{JOINER}ຳ") != glyphs(font, "ນ້ຳ")
    assert glyphs(shaper["km", "400"], f"ស{JOINER}្ត{JOINER}្រី") != glyphs(shaper["km", "400"], "ស្ត្រី")


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("language", ASIAN)
def test_no_ink_leaves_its_line(language, weight, shaper):
    font = shaper[language, weight]
    size = font.face.upem
    for text in runs(language):
        up, down = reach(text)
        for code, _, _, raised in glyphs(font, text):
            ink = font.get_glyph_extents(code)
            if ink and ink.width:
                assert (ink.y_bearing + raised) / size <= up, text
                assert (ink.y_bearing + ink.height + raised) / size >= -down, text


def test_each_script_reaches_as_far_as_it_must():
    assert reach("Hello") < reach("Ổn") < reach("ສະບາຍ")
    assert reach("សួស្តី ສະບາຍ") == (reach("ສະບາຍ")[0], reach("សួស្តី")[1])


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.name)
def test_the_letters_of_a_font_are_told_as_another_reader_tells_them(font):
    data = font.read_bytes()
    assert letters(data) == frozenset(harfbuzz.Face(harfbuzz.Blob(data)).unicodes)


def test_both_weights_know_the_same_letters():
    for script in ("latin", *ASIAN.values()):
        regular, bold = ((FONTS / f"{script}-{w}.ttf").read_bytes() for w in WEIGHTS)
        assert letters(regular) == letters(bold)


@pytest.mark.parametrize("language", ASIAN)
def test_our_fonts_know_every_letter_we_use(language):
    known = frozenset().union(*(letters(font.read_bytes()) for font in FONTS.glob("*.ttf")))
    assert missing(texts(language), known) == ""


@pytest.mark.parametrize("data", [b"", b"OTTO", b"\0\1\0\0\0\4" + b"\0" * 6, b"cmap" * 99])
def test_a_broken_font_knows_no_letters(data):
    assert letters(data) == frozenset()


def test_missing_letters_are_told_once_and_pictures_are_left_out():
    assert missing(("Aสวั😀ส", "你\u200b\u00a0\ud800"), KNOWN) == "สวั你"
    assert missing(("s\u0327",), KNOWN) == ""
    assert drawable("Party 🎉 ❤\ufe0f!", KNOWN) == "Party  !"
    assert drawable("© ok", KNOWN) == "© ok"


# Markup


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ('a"b\\c', r'"a\u{22}b\u{5c}c"'),
        ("#import\n]", r'"#import\u{a}]"'),
        (f"ក{SPACE}ខ", '"ក\\u{200b}ខ"'),
        ((), "()"),
        (("a",), '("a",)'),
        ({}, "(:)"),
        ({"a": True, "b": 1.5}, '("a": true, "b": 1.5)'),
        (Piece("a"), '"a"'),
        (Piece("ab", "a b"), '("ab", "a b",)'),
    ],
)
def test_values_are_written_as_typst_reads_them(given, want):
    assert value(given) == want


@given(st.text())
def test_no_text_ends_its_string(text):
    inside = quote(text)[1:-1]
    assert '"' not in inside
    assert "\\" not in re.sub(r"\\u\{[0-9a-f]+\}", "", inside)
    assert all(char.isprintable() for char in inside)


def test_a_source_holds_a_hostile_title_as_words_only():
    evil = '"); #import "/etc/passwd": * \\'
    card = Card(language="en", shop=evil, title=evil, figure=Figure(value=evil, words=evil))
    poster = Poster(
        language="en", shop=evil, title=evil, call=evil, address=evil, code=evil.encode()
    )
    for source in (card_source(card, plain, KNOWN), poster_source(poster, plain, KNOWN)):
        markup = re.sub('"[^"]*"', "", source.splitlines()[0])
        assert not set(markup) & set("#\\*/;") - {"#"}
        assert "import" not in markup


# Colours


@pytest.mark.parametrize("accent", ACCENTS)
def test_every_word_can_be_read_in_every_theme(accent):
    tone = shades(accent)
    for words, ground in (
        (tone.on_ground, tone.ground),
        (tone.ink, tone.sheet),
        (tone.faint, tone.sheet),
        (tone.accent, tone.sheet),
        (tone.accent, tone.tint),
        (tone.on_tint, tone.tint),
    ):
        assert contrast(words, ground) >= LEAST, (words, ground)
    assert contrast(tone.sheet, tone.ground) >= SEEN
    assert contrast(tone.soft, tone.ground) > 1


@given(st.integers(0, 0xFFFFFF))
def test_every_word_can_be_read_in_any_colour(number):
    test_every_word_can_be_read_in_every_theme(f"#{number:06x}")


def test_a_bright_accent_stays_bright():
    assert shades("#ffd23f").ground == "#ffd23f"
    assert shades("#0a655c").ground == shades("").ground == "#0a655c"


# The card without words


@pytest.mark.parametrize("accent", ACCENTS)
def test_the_neutral_card_is_a_small_whole_picture(accent):
    data = neutral(accent)
    assert len(data) <= 12 * 1024
    found = image(data)
    assert found is not None
    assert (found.ending, found.width, found.height) == ("png", 1200, 630)
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        seen = picture.convert("RGB")
    ground = tuple(bytes.fromhex(shades(accent).ground[1:]))
    corners = [(0, 0), (1199, 0), (0, 629), (1199, 629)]
    assert [seen.getpixel(corner) for corner in corners] == [ground] * 4
    assert seen.getpixel((600, 120)) == (255, 255, 255)
    row = [seen.getpixel((600 + step * 186, 281)) for step in range(-2, 3)]
    assert all(sum(one) >= sum(next_) for one, next_ in pairwise(row))
    assert row[-1] == tuple(bytes.fromhex(shades(accent).accent[1:]))
    hexes = ["#" + bytes(one).hex() for one in row]
    assert all(contrast(one, "#ffffff") >= SEEN for one in hexes)


def test_the_neutral_card_gives_the_same_bytes_every_time():
    first = neutral("#1a4fa0")
    neutral.cache_clear()
    assert neutral("#1a4fa0") == first
    assert neutral("#b3261e") != first
