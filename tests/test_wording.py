"""Words of Khmer and Lao: one spelling of what looks the same, one key of what is the same."""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter

import pytest
from formsite import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from mati.catalog import decode_po, read_po
from mati.diagnostics import Notebook
from mati.wording import changes, kept_words, key, mended, normal, slips, spellings, usual

# what people type, what it should be
ALIKE = {
    # Lao
    "ສໍາຄັນ": "ສຳຄັນ",
    "ນໍ້າ": "ນ້ຳ",
    "ນ້ໍາ": "ນ້ຳ",
    "ນຳ້": "ນ້ຳ",
    "ຄໍາຖາມ": "ຄຳຖາມ",
    "ສະຫນັບສະຫນູນ": "ສະໜັບສະໜູນ",
    "ຫນ້າ": "ໜ້າ",
    "ຫມູ່": "ໝູ່",
    "ເເລະ": "ແລະ",
    "ກ້ີບ": "ກີ້ບ",
    "ຊື່່": "ຊື່",
    # Khmer
    "ស្រ្តី": "ស្ត្រី",
    "កេី": "កើ",
    "កីេ": "កើ",
    "កេា": "កោ",
    "កាេ": "កោ",
    "បីក៏": "បីក៏",
    "ម៉្លេះ": "ម្ល៉េះ",
    "សី៊": "ស៊ី",
    "សុីវិល": "ស៊ីវិល",
    "មុឺន": "ម៉ឺន",
    "ចំា": "ចាំ",
    "សំុ": "សុំ",
    "ក\u17b4": "ក",
    "ក\u17b5រ": "ករ",
    "\u17a3": "អ",
    "\u17a4": "អា",
    "ស្\u200bត្រី": "ស្ត្រី",
    "ល\u200bុយ": "លុយ",
    "កំំ": "កំ",
}
SOUND = (
    "ຫຼື", "ຫລື", "ຫົນ", "ຂໍ", "ຂໍ້", "ຂ້າ", "ໜ້າ", "ພວກເຮົາ", "ນ້ຳໃຈ", "ໄຟລ໌",
    "សុំ", "ក្ដី", "បង្រៀន", "ញ៉ាំ", "ប៊្រើ", "ឲ្យ", "ពោធិ៍", "សប្តាហ៍", "ធម៌", "ណា\u200bមួយ",
    "Phở", "שָׁלוֹם", "العربية", "हिन्दी", "ไทยน้ำ", "👩\u200d🍳",
)  # fmt: skip


@pytest.mark.parametrize(("typed", "right"), ALIKE.items())
def test_what_looks_the_same_is_spelt_the_same(typed, right):
    assert normal(typed) == right
    assert key(typed) == key(right)


@pytest.mark.parametrize("word", [word for word in SOUND if word != "ប៊្រើ"])
def test_a_sound_word_stays(word):
    assert normal(word) == unicodedata.normalize("NFC", word)


def test_subscripts_come_before_the_shifter():
    assert normal("ប៊្រើ") == "ប្រ៊ើ"  # L2/22-290; drawn alike


def test_another_language_in_the_same_letters_is_left_alone():
    assert normal("ຫນ", "kjg-Laoo") == "ຫນ"
    assert normal("ស្រ្ត", "jra-Khmr") == "ស្រ្ត"
    assert normal("ຫນ", "lo-Laoo") == normal("ຫນ", "lo-LA") == normal("ຫນ", "en") == "ໜ"
    assert normal("កេី", "kjg-Laoo") == "កើ"


SIGNS = st.sampled_from(
    [chr(code) for code in (*range(0x0E80, 0x0F00), *range(0x1780, 0x17FA))]
    + list("\u200b\u200c\u200d  .!«»aÉß7٣e\u0301\u00adﬁＡ ")
)
WORDS = st.text(SIGNS, max_size=12)
LANGUAGES = st.sampled_from(["", "km", "lo", "en", "kjg-Laoo", "jra-Khmr"])


@given(WORDS | st.text(max_size=12), LANGUAGES)
@example("ເ ເ", "lo")
@example("ຫ\u200bນ", "lo")
@example("7។\u17b4", "")
@example("\u0eb4\u17b4\u0eb4", "")
@example("ក\u200b\u17b4\u17c1\u17b8", "km")
def test_a_second_time_changes_nothing(text, language):
    once = normal(text, language)
    assert normal(once, language) == once
    assert unicodedata.is_normalized("NFC", once)
    assert key(key(text, language), language) == key(text, language)


@given(WORDS | st.text(max_size=12), LANGUAGES)
def test_the_normal_form_has_the_same_key(text, language):
    assert key(normal(text, language), language) == key(text, language)


PARTS = {
    "\u0ecd\u0eb2": "\u0eb3", "\u0eab\u0e99": "\u0edc", "\u0eab\u0ea1": "\u0edd",
    "\u0ec0\u0ec0": "\u0ec1", "\u17c1\u17b8": "\u17be", "\u17c1\u17b6": "\u17c4",
    "\u17a2\u17b6": "\u17a4",
}  # fmt: skip


def atoms(text: str) -> Counter[str]:
    """Count the letters, those that are one of two taken apart."""
    whole = {one: two for two, one in PARTS.items()} | {"\u17a3": "\u17a2"}
    for _ in range(2):
        text = "".join(whole.get(sign, sign) for sign in text)
    return Counter(text)


@given(WORDS, LANGUAGES)
def test_no_letter_is_lost_but_what_nobody_sees(text, language):
    composed = unicodedata.normalize("NFC", text)
    before, after = atoms(composed), atoms(normal(text, language))
    shifters = after["\u17c9"] + after["\u17ca"] - before["\u17c9"] - before["\u17ca"]
    for sign, count in (before - after).items():
        unseen = sign in "\u200b\u17b4\u17b5"
        again = unicodedata.category(sign) == "Mn" and after[sign] >= 1
        drawn_alike = sign == "\u17bb" and shifters >= 1
        # NIGGAHITA over the one that AM holds already
        inside = sign == "\u0ecd" and "\u0eb3" in normal(text, language)
        assert unseen or again or drawn_alike or inside, (sign, count)
    assert set(after) - set(before) <= {"\u17c9", "\u17ca"}


OTHERS = st.characters(exclude_categories=["Cs"]).filter(
    lambda sign: not ("\u0e80" <= sign <= "\u0eff" or "\u1780" <= sign <= "\u17ff")
)


@given(st.text(OTHERS, max_size=20))
def test_other_scripts_are_left_alone(text):
    whole = unicodedata.normalize("NFC", text)
    assert normal(text, "km") == whole
    assert not list(slips(whole))


@given(st.text("aâăeêoôơuưAĐ ks-\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b", max_size=20))
@example(unicodedata.normalize("NFD", "Lâu hơn nữa, Việt"))
def test_letters_of_latin_in_pieces_are_put_together(text):
    whole = unicodedata.normalize("NFC", text)
    assert mended(text, slips(text)) == whole
    assert not list(slips(whole))


SAME = (
    ("Sokha", " sokha ", "SOKHA!", "«Sokha»", "Ｓｏｋｈａ", "So\u00adkha", "sokha."),
    ("សុខា", "សុខា។", "សុ\u200bខា", " សុខា\u00a0", "\u17d4សុខា"),
    ("សុខ សុភា", "សុខសុភា", "សុខ\u200bសុភា", "សុខ  សុភា"),
    ("ក្ដា", "ក្តា"),
    ("ស្ត្រី", "ស្រ្តី"),
    ("តុ ៥", "តុ 5", "តុ ５"),
    ("ໂຕະ ໕", "ໂຕະ 5"),
    ("ນາງ ສຳລານ", "ນາງສໍາລານ", "ນາງ ສໍາລານ."),
    ("ບຸນໜາ", "ບຸນຫນາ"),
)


@pytest.mark.parametrize("same", SAME, ids=[same[0] for same in SAME])
def test_one_person_has_one_key(same):
    assert len({key(one) for one in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sok Ha", "Sokha"), ("សុខា", "សុខ"), ("ນາງ", "ນາງໆ"), ("5", "50"), ("C", "C+"), ("កោ", "កេ")],
)
def test_two_people_have_two(one, other):
    assert key(one) != key(other)


def test_an_answer_of_signs_alone_is_kept():
    assert key("?") != key("!")
    assert key("👍") == "👍"
    assert key("") == ""


def test_the_spelling_of_most_is_shown():
    given_ = ("ស្រ្តី", "ដារ៉ា", "ស្ត្រី", "ស្ត្រី", "Dara", "dara ", "dara ")
    assert spellings(given_) == (("ស្ត្រី", 3), ("ដារ៉ា", 1), ("dara ", 3))


def test_a_slip_says_where_and_what():
    found = list(slips("ມີ ສໍາຄັນ និង ស្រ្តី"))
    assert [(s.start, s.text, s.better) for s in found] == [(3, "ສໍາ", "ສຳ"), (14, "ស្រ្តី", "ស្ត្រី")]


def test_a_word_can_be_left_alone():
    text = "<!-- keep: ຫນອງ, ຫມອກ -->\nຫນອງ ແລະ ຫນ້າ ແລະ ຫມອກ"
    assert kept_words("content/a.md", text) == {"ຫນອງ", "ຫມອກ"}
    found = list(changes("content/a.md", text, "lo"))
    assert [(one.line, one.column, one.before, one.after) for one in found] == [
        (2, 10, "ຫນ້າ", "ໜ້າ"),
    ]
    assert mended(text, [one.slip for one in found]).endswith("\nຫນອງ ແລະ ໜ້າ ແລະ ຫມອກ")


def test_a_kept_word_is_normal_as_it_is():
    remarks = "# keep: ຫນອງ\n#. Above the map\n"
    keep = kept_words("locales/lo/a.po", remarks)
    assert usual("ຫນອງ ແລະ ຫນ້າ", "lo", keep) == "ຫນອງ ແລະ ໜ້າ"


def test_an_address_is_normal_as_it_is():
    address = unicodedata.normalize("NFD", "https://ho.example/đế")
    text = f"Xem [{unicodedata.normalize('NFD', 'ở đây')}]({address})"
    assert usual(text, "vi") == f"Xem [ở đây]({address})"
    assert usual(address, "vi") == address


ADDRESSES = st.lists(
    st.sampled_from(["a", ".md", ".", "png", "https://", "](", "<", ">", " ", "(", "ຫນ", "\n"])
).map("".join)


@given(ADDRESSES)
def test_in_addresses_and_names_of_files_nothing_is_changed(text):
    known = re.compile(r"\]\([^)\s]*|https?://\S+|<[^<>\s]+>|[^\s\"'(]+\.(?:png|md)\b")
    spans = [found.span() for found in known.finditer(text)]
    for change in changes("content/a.md", text, "lo"):
        place = sum(len(line) + 1 for line in text.split("\n")[: change.line - 1])
        start = place + change.column - 1
        assert not any(begin <= start < end for begin, end in spans)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "a.md", "ຫນ", "ຫນ.md ", "ຫນ http://a ", "<", "](", "ក្", "e\u0301", "\u0301"],
)
def test_hostile_text_is_gone_through_in_time(piece):
    text = piece * (60_000 // len(piece))
    started = time.process_time()
    usual(text + "ຫນ", "lo")
    list(changes("content/a.md", text + "ຫນ", "lo"))
    assert time.process_time() - started < 3


def test_a_message_says_which_words_stay_and_remarks_are_nobodys_business():
    text = (
        '# keep: ຫນອງ\n# ຫນ້າ\n#: ຫນ້າ.md\n#| msgid "ຫນ້າ"\nmsgid "ຫນອງ"\nmsgstr "ຫນ້າ"\n'
        '#~ msgid "ສໍາ"\n'
    )
    found = list(changes("locales/lo/a.po", text, "lo"))
    assert [(one.line, one.after) for one in found] == [(4, "ໜ້າ"), (6, "ໜ້າ"), (7, "ສຳ")]


@pytest.mark.parametrize(
    "kept",
    ["[ຂ່າວ](https://a.example/ຫນ້າ)", "![ຮູບ](ຫນ້າ.png)", "https://a.example/ຫນ້າ", "<a@ຫນ້າ.la>",
     "logo: ຫນ້າ.png"],
)  # fmt: skip
def test_addresses_and_names_of_files_are_never_touched(kept):
    assert not list(changes("content/a.md", kept, "lo"))


def test_a_change_shows_no_half_syllable():
    text = "ໃຫ້ພວກເຮົາຮູ້ວ່າສິ່ງທີ່ສໍາຄັນທີ່ສຸດສຳລັບທ່ານແມ່ນຫຍັງ"
    (found,) = changes("content/a.md", text, "lo")
    assert found.before in text
    assert unicodedata.category(found.before[0]) == "Lo"
    assert text[text.index(found.before) + len(found.before)] not in "ຳັິີຶືຸູົຼ່້໊໋໌ໍ"


def test_our_own_words_are_in_the_normal_form():
    wrong = []
    for path in sorted(ROOT.glob("locales/*/*.po")):
        catalog = read_po(decode_po(path.name, path.read_bytes(), Notebook()), Notebook())
        for message in catalog.messages.values():
            found = [slip for text in message.strings for slip in slips(text, catalog.language)]
            wrong += [(path.parent.name, path.name, slip.text, slip.better) for slip in found]
    assert not wrong
