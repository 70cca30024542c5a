"""What the commands for translators must never do: write over what somebody else has written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mati.merge
import mati.wording
from mati.cli import main, updating

SURVEY = "---\nlang: en\nlanguages: [km]\n---\n\n# Visit\n\n### How was it? {#q}\n\n___\n"
GONE = '\n#~ msgctxt "visit.old.label"\n#~ msgid "Old"\n#~ msgstr "ចាស់"\n'
SHEET = "context,source,translation\nvisit.q.label,How was it?,យ៉ាងណា?\n"
LATER = "\n# saved by a translator a moment later\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "content").mkdir(parents=True)
    (root / "content" / "visit.md").write_text(SURVEY, "utf-8")
    assert mati_i18n(root, "new", "km").exit_code == 0
    po(root).write_text(po(root).read_text("utf-8") + GONE, "utf-8")
    (root / "sheet.csv").write_text(SHEET, "utf-8")
    return root


def po(root: Path) -> Path:
    return root / "locales" / "km" / "visit.po"


def mati_i18n(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), "i18n", *words], env=environment)


def spoilt(root: Path) -> None:
    """Give every command something to write."""
    text = po(root).read_text("utf-8").replace('msgid "Visit"', 'msgid "A visit"')
    po(root).write_text(text.replace('msgstr "ចាស់"', 'msgstr "ស្រ្តី"'), "utf-8")


COMMANDS = (("update",), ("import", "km", "sheet.csv"), ("prune", "--yes"), ("fix",))


def filled(root: Path, old: str, new: str) -> None:
    path = root / "translation-km.csv"
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def given(root: Path, command: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(root / word) if word.endswith(".csv") else word for word in command)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_what_somebody_saves_while_a_command_works_is_left_alone(root, monkeypatch, command):
    spoilt(root)

    def meanwhile(work):
        def done(*given: object, **named: object) -> object:
            if LATER not in po(root).read_text("utf-8"):
                po(root).write_text(po(root).read_text("utf-8") + LATER, "utf-8")
            return work(*given, **named)

        return done

    monkeypatch.setattr(updating, "_text", meanwhile(updating._text))
    monkeypatch.setattr(mati.merge, "text_of", meanwhile(mati.merge.text_of))
    monkeypatch.setattr(mati.wording, "changes", meanwhile(mati.wording.changes))
    before = po(root).read_text("utf-8")
    found = mati_i18n(root, *given(root, command))
    assert po(root).read_text("utf-8") == before + LATER
    assert found.exit_code == 1
    assert "'locales/km/visit.po' was changed by someone else in this moment" in found.output
    assert "brought up to date" not in found.output
    if command[0] == "update":
        monkeypatch.undo()
        assert "brought up to date" in mati_i18n(root, "update").output, "it was not remembered"


@pytest.mark.parametrize("whole", [True, False], ids=["folder", "file"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_nothing_is_written_outside_of_the_project(root, tmp_path, command, whole):
    spoilt(root)
    place = po(root).parent if whole else po(root)
    there = tmp_path / place.name
    place.rename(there)
    place.symlink_to(there)
    elsewhere = po(root).resolve()
    before = elsewhere.read_bytes()
    found = mati_i18n(root, *given(root, command))
    assert found.exit_code == 1
    assert "'locales/km/visit.po' is a link that leads out of the project's folder" in found.output
    assert elsewhere.read_bytes() == before
    assert [one.name for one in elsewhere.parent.iterdir() if one.suffix == ".new"] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_a_link_inside_of_the_project_stays_one(root, command):
    spoilt(root)
    there = root / "visit-km.po"
    po(root).rename(there)
    po(root).symlink_to(there)
    before = there.read_bytes()
    assert mati_i18n(root, *given(root, command)).exit_code == 0
    assert po(root).is_symlink()
    assert there.read_bytes() != before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_a_file_that_nobody_may_write_is_left_as_it_is(root, command):
    spoilt(root)
    before = po(root).read_bytes()
    po(root).chmod(0o444)
    found = mati_i18n(root, *given(root, command))
    assert found.exit_code == 1
    assert "The computer refused" in found.output
    assert "visit.po" in found.output
    assert po(root).read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_a_full_disk_leaves_the_old_file(root, monkeypatch, command):
    spoilt(root)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = po(root).read_bytes()
    found = mati_i18n(root, *given(root, command))
    assert found.exit_code == 1
    assert "The computer refused" in found.output
    assert po(root).read_bytes() == before
    assert [one.name for one in po(root).parent.iterdir() if one.name.startswith(".")] == []


def test_comments_below_the_last_entry_stay(root):
    told = "# to do: ask Dara\n# vim: ts=2\n"
    po(root).write_text(po(root).read_text("utf-8") + "\n" + told, "utf-8")
    spoilt(root)
    for command in COMMANDS:
        mati_i18n(root, *given(root, command))
        assert po(root).read_text("utf-8").endswith("\n\n" + told), command
    assert mati_i18n(root, "update", "--check").exit_code == 0


def test_a_table_leaves_alone_what_a_project_says_in_place_of_mati(root):
    (root / "templates").mkdir()
    (root / "templates" / "foot.html").write_text('{{ _("Ours alone") }}', "utf-8")
    mati_i18n(root, "update")
    own = root / "locales" / "km" / "mati.po"
    override = '\nmsgid "Send my answers"\nmsgstr "បញ្ជូន"\n'
    own.write_text(own.read_text("utf-8") + override, "utf-8")
    assert mati_i18n(root, "export", "km").exit_code == 0
    filled(root, "mati,Ours alone,,", "mati,Ours alone,របស់យើង,")
    filled(root, "mati,Send my answers,បញ្ជូន,", "mati,Send my answers,បញ្ជូនទៅ,")
    assert mati_i18n(root, "import", "km", str(root / "translation-km.csv")).exit_code == 0
    text = own.read_text("utf-8")
    assert 'msgid "Ours alone"\nmsgstr "របស់យើង"\n' in text
    assert '\nmsgid "Send my answers"\nmsgstr "បញ្ជូនទៅ"\n' in text
    assert "#~" not in text


def test_a_table_that_was_filled_in_is_not_written_over(root):
    assert mati_i18n(root, "export", "km").exit_code == 0
    assert mati_i18n(root, "export", "km").exit_code == 0, "nothing in it is lost"
    filled(root, "visit.q.label,How was it?,,", "visit.q.label,How was it?,យ៉ាងណា?,")
    sheet = root / "translation-km.csv"
    before = sheet.read_bytes()
    found = mati_i18n(root, "export", "km")
    assert found.exit_code == 2
    assert "translation-km.csv' holds translations that were not taken yet" in found.output
    assert f"i18n import km {sheet}" in found.output
    assert sheet.read_bytes() == before
    assert mati_i18n(root, "import", "km", str(sheet)).exit_code == 0
    assert mati_i18n(root, "export", "km").exit_code == 0
    assert "យ៉ាងណា?" in sheet.read_text("utf-8-sig")


@pytest.mark.parametrize("sign", ["\x1b", "\x9b"])
def test_no_name_makes_a_terminal_obey(root, sign):
    named = (
        po(root)
        .read_text("utf-8")
        .replace("Last-Translator: none", f"Last-Translator: D{sign}[31m")
    )
    po(root).write_text(named, "utf-8")
    there = root / "locales" / f"x{sign}[31m"
    there.mkdir()
    (there / "a.po").write_text('#~ msgid "A"\n#~ msgstr "ស្រ្តី"\n', "utf-8")
    for command in (("status",), ("status", "--json"), ("prune",), ("fix",)):
        assert sign not in mati_i18n(root, *command).output, command


@pytest.mark.parametrize(
    ("typed", "code"),
    [("pt-br", "pt-BR"), ("pt_BR", "pt-BR"), ("zh-hant", "zh-Hant"), ("zh_hant_tw", "zh-Hant-TW")],
)
def test_a_language_has_one_folder_however_it_is_typed(root, typed, code):
    assert mati_i18n(root, "new", typed).exit_code == 0
    assert (root / "locales" / code / "visit.po").is_file()
    assert code in [one.name for one in (root / "locales").iterdir()]
