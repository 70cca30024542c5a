"""``mati i18n fix``: one spelling, shown change by change; words can be left alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati.cli import main

SURVEY = (
    "---\nlang: lo\nlanguages: [km]\n---\n\n# ຫນ້າຮ້ານ\n\n<!-- keep: ຫນອງ -->\n\n"
    "### ບ້ານຫນອງ ສໍາຄັນບໍ? {#q}\n\n___\n"
)
MENDED = SURVEY.replace("ຫນ້າ", "ໜ້າ").replace("ສໍາ", "ສຳ")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "visit.md").write_text(SURVEY, "utf-8")
    return tmp_path


def mati(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), "i18n", *words], env=environment)


def translated(root: Path) -> Path:
    """Begin a translation and fill it in."""
    assert mati(root, "new", "km").exit_code == 0
    path = root / "locales" / "km" / "visit.po"
    text = path.read_text("utf-8")
    for old, new in (("ຫນ້າຮ້ານ", "ស្រ្តី"), ("ບ້ານຫນອງ ສໍາຄັນບໍ?", "ហាង?")):
        assert f'msgid "{old}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{old}"\nmsgstr ""', f'msgid "{old}"\nmsgstr "{new}"')
    path.write_text(text, "utf-8")
    return path


def test_a_dry_run_shows_each_change_and_writes_none(root):
    found = mati(root, "fix", "--dry-run")
    assert found.exit_code == 0
    assert found.output.splitlines() == [
        "content/visit.md:6:3: ຫນ້າຮ້ານ → ໜ້າຮ້ານ",
        "content/visit.md:10:14: ສໍາຄັນບໍ → ສຳຄັນບໍ",
        "To mend: 2. Nothing was written.",
    ]
    assert (root / "content" / "visit.md").read_text("utf-8") == SURVEY


def test_words_of_the_settings_are_mended_in_step_with_their_translations(root):
    (root / "mati.yaml").write_text("# ຫນ້າ\nname: ຮ້ານຫນ້າຮ້ານ\nlanguages: [lo, km]\n", "utf-8")
    assert mati(root, "new", "km").exit_code == 0
    path = root / "locales/km/site.po"
    text = path.read_text("utf-8").replace('ຮ້ານ"\nmsgstr ""', 'ຮ້ານ"\nmsgstr "ហាង"')
    path.write_text(text, "utf-8")
    assert "mati.yaml:2:" in mati(root, "fix").output
    assert (root / "mati.yaml").read_text("utf-8").startswith("# ຫນ້າ\nname: ຮ້ານໜ້າຮ້ານ\n")
    assert mati(root, "update", "--check").exit_code == 0
    assert 'msgid "ຮ້ານໜ້າຮ້ານ"\nmsgstr "ហាង"' in path.read_text("utf-8")


def test_letters_in_two_pieces_are_put_together(root):
    """A Mac may type them so; nobody sees the difference, so nobody can mend it by hand."""
    assert mati(root, "new", "vi").exit_code == 0
    path = root / "locales/vi/visit.po"
    words = unicodedata.normalize("NFD", "Lâu hơn nữa")
    text = path.read_text("utf-8").replace('msgstr ""\n', f'msgstr "{words}"\n')
    path.write_text(text, "utf-8")
    assert "visit.po" in mati(root, "fix").output
    assert unicodedata.normalize("NFC", words) in path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


def test_surveys_and_their_translations_are_mended_in_step(root):
    path = translated(root)
    assert mati(root, "fix").output.endswith("Mended: 5.\n")
    assert (root / "content" / "visit.md").read_text("utf-8") == MENDED
    text = path.read_text("utf-8")
    assert 'msgid "ໜ້າຮ້ານ"\nmsgstr "ស្ត្រី"' in text
    assert 'msgid "ບ້ານຫນອງ ສຳຄັນບໍ?"\nmsgstr "ហាង?"' in text
    assert mati(root, "update", "--check").exit_code == 0, "no translation became outdated"
    again = mati(root, "fix")
    assert again.output == "Nothing to mend.\n"


def test_line_ends_the_mark_and_bytes_that_are_no_text_stay(root):
    survey = root / "content" / "visit.md"
    survey.write_bytes(b"\xef\xbb\xbf" + SURVEY.replace("\n", "\r\n").encode())
    damaged = root / "locales" / "lo" / "x.po"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b'msgid "\xff"\n')
    assert mati(root, "fix").exit_code == 0
    assert survey.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    assert damaged.read_bytes() == b'msgid "\xff"\n'


def test_another_language_in_lao_letters_is_left_alone(root):
    survey = root / "content" / "visit.md"
    survey.write_text(SURVEY.replace("lang: lo", "lang: kjg-Laoo"), "utf-8")
    assert mati(root, "fix").output == "Nothing to mend.\n"


def test_check_says_once_where_it_begins_and_how_to_mend_it(root):
    found = CliRunner().invoke(
        main, ["--project", str(root), "check"], env={"LANGUAGE": "en", "LC_ALL": "C"}
    )
    assert found.output.count("look-alike-spelling") == 1
    assert "content/visit.md:6:3: note [look-alike-spelling]: 'ຫນ້າຮ້ານ'" in found.output
    assert "'ໜ້າຮ້ານ', which looks the same; in this file: 2" in found.output


KEPT = {
    "above a message": ("#: content", "# keep: ស្រ្តី\n#: content"),
    "in the head of the file": ('msgid ""\n', '# keep: ស្រ្តី\nmsgid ""\n'),
    "above one that is gone": ("", '\n# keep: ស្រ្តី\n#~ msgid "A"\n#~ msgstr "ខ"\n'),
    "by the author": ("<!-- keep: ຫນອງ -->", "<!-- keep: ຫນອງ ស្រ្តី -->"),
    "nowhere": ("", ""),
    "in a comment that is none of people": ("#: content", "#keep: ស្រ្តី\n#: content"),
    "in a link": ('msgstr "ស្រ្តី"', 'msgstr "https://a.example/ស្រ្តី"'),
}


@pytest.mark.parametrize("where", KEPT)
def test_a_word_that_fix_leaves_alone_is_no_doubt_either_and_else_it_is(root, where):
    path, (old, new) = translated(root), KEPT[where]
    place = root / "content" / "visit.md" if "author" in where else path
    text = place.read_text("utf-8")
    place.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    mati(root, "update")  # a comment survives it
    left = "ស្ត្រី" not in mati(root, "fix", "--dry-run").output
    assert left is (where != "nowhere" and "none of people" not in where)
    assert ("not-normal-form" in mati(root, "check", "km").output) is not left
