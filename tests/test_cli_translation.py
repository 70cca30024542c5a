"""The commands for translators, in a project of one survey."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mati.cli import Shell
from mati.cli.translation import i18n

SURVEY = "---\nlang: en\nlanguages: [km]\n---\n\n# Visit\n\n### How was it? {{#q}}\n\n___\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "visit.md").write_text(SURVEY.replace("{{", "{").replace("}}", "}"))
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        i18n, arguments, obj=Shell(root=root), standalone_mode=False, catch_exceptions=False
    )


def test_new_writes_the_files_and_a_second_run_changes_nothing(root):
    assert run(root, "new", "km").return_value == 0
    path = root / "locales" / "km" / "visit.po"
    text = path.read_text("utf-8")
    assert 'msgctxt "visit.q.label"\nmsgid "How was it?"\nmsgstr ""\n' in text
    assert run(root, "update", "--check").return_value == 0
    assert path.read_text("utf-8") == text


def test_update_keeps_a_translation_when_the_question_changes(root):
    run(root, "update")
    path = root / "locales" / "km" / "visit.po"
    done = path.read_text("utf-8").replace('it?"\nmsgstr ""', 'it?"\nmsgstr "យ៉ាងណា?"')
    path.write_text(done, "utf-8")
    content = root / "content" / "visit.md"
    content.write_text(content.read_text("utf-8").replace("How was it?", "How was your visit?"))
    assert run(root, "update", "--check").return_value == 1
    assert path.read_text("utf-8") == done
    assert run(root, "update", "km").return_value == 0
    assert '#, fuzzy\n#| msgid "How was it?"' in path.read_text("utf-8")


def test_new_says_what_is_new_and_asks_for_nothing_that_is_done(root):
    first = run(root, "new", "km").output
    assert "locales/km/visit.po: new" in first
    assert "Now add" not in first
    assert "Now add 'fr'" in run(root, "new", "fr").output
    assert run(root, "new", "km").output == ""


@pytest.mark.parametrize("command", ["check", "update"])
def test_a_language_that_nobody_began_is_most_likely_mistyped(root, command):
    with pytest.raises(click.UsageError, match="i18n new fr"):
        run(root, command, "fr")
    assert not (root / "locales" / "fr").exists()


@pytest.mark.parametrize("word", ["Lao", "lao", "kh", "KM", "../x"])
def test_a_word_that_only_looks_like_a_language_is_refused(root, word):
    with pytest.raises(click.BadParameter, match="no language code"):
        run(root, "new", word)


def test_a_damaged_file_is_left_as_it_is(root):
    run(root, "update")
    path = root / "locales" / "km" / "visit.po"
    damaged = path.read_text("utf-8") + '\nmsgid "x"\nmsgstr "open\n'
    path.write_text(damaged, "utf-8")
    assert run(root, "update").return_value == 1
    assert path.read_text("utf-8") == damaged


def test_check_names_what_is_missing(root):
    run(root, "update")
    result = run(root, "check", "km")
    assert result.return_value == 1
    assert "visit.q.label" in result.output


def test_status_counts(root):
    run(root, "update")
    assert "locales/km/visit.po: 0 of 2 translated" in run(root, "status").output


def test_a_word_that_is_no_language_is_refused(root):
    with pytest.raises(Exception, match="no language code"):
        run(root, "new", "../etc")
    assert not (root / "locales").exists()


OWN = 'msgid ""\nmsgstr ""\n"Language: km\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
OWN += '"Plural-Forms: nplurals=1; plural=0;\\n"\n\nmsgid "Send my answers"\nmsgstr "<b>ផ្ញើ</b>"\n'


def test_what_a_project_says_in_place_of_mati_is_checked_too(root):
    run(root, "update")
    (root / "locales" / "km" / "mati.po").write_text(OWN, "utf-8")
    result = run(root, "check", "km")
    assert "locales/km/mati.po:8:1: error [html-in-translation]" in result.output
    long = OWN.replace("<b>ផ្ញើ</b>", "សូមផ្ញើចម្លើយទាំងអស់របស់ខ្ញុំឥឡូវនេះភ្លាមៗ")
    (root / "locales" / "km" / "mati.po").write_text(long, "utf-8")
    assert "locales/km/mati.po:8:1: warning [too-long]" in run(root, "check", "km").output


def test_annotations_of_a_git_host_name_file_and_line(root):
    run(root, "update")
    result = run(root, "check", "km", "--format", "github")
    assert "::error file=locales/km/visit.po,line=" in result.output
    assert result.return_value == 1


def test_warnings_alone_do_not_fail_unless_they_shall(root):
    run(root, "update")
    path = root / "locales" / "km" / "visit.po"
    text = path.read_text("utf-8").replace('"Visit"\nmsgstr ""', '"Visit"\nmsgstr "ទស្សនកិច្ច"')
    path.write_text(text.replace('it?"\nmsgstr ""', 'it?"\nmsgstr "យ៉ាងណា"'), "utf-8")
    result = run(root, "check", "km")
    assert "warning [end-sign-differs]" in result.output
    assert "Warnings: 1." in result.output
    assert result.return_value == 0
    assert run(root, "check", "km", "--strict").return_value == 1
