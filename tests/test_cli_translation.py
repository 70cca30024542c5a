"""The commands for translators, in a project of one survey."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mati.build import translating
from mati.catalog import decode_po, read_po
from mati.cli import Shell, updating
from mati.cli.translation import i18n
from mati.diagnostics import Notebook
from mati.width import cells

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


@pytest.mark.parametrize("command", ["check", "new", "update", "export", "status", "prune"])
def test_the_language_that_surveys_are_written_in_is_not_to_be_begun(root, command):
    with pytest.raises(click.UsageError, match=r"written in 'en'.*km"):
        run(root, command, "en")
    assert not (root / "locales").exists()


def test_many_missing_texts_hide_no_mistake(root):
    survey = root / "content" / "visit.md"
    more = "".join(f"### How was number {n}? {{#n{n}}}\n\n___\n\n" for n in range(40))
    survey.write_text(f"{survey.read_text('utf-8')}\n{more}", "utf-8")
    run(root, "update")
    result = run(root, "check", "km")
    assert result.output.count("[not-translated]") == 10
    assert "locales/km/visit.po: And more: 32." in result.output
    assert "Errors: 42." in result.output
    assert run(root, "check", "km", "--format", "json").output.count('"not-translated"') == 42


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


@pytest.mark.parametrize(
    ("path", "offer"),
    [
        ("km/visit (1).po", "km/visit.po"),
        ("kh/visit.po", "km/visit.po"),
        ("visit.po", ""),
        ("km/gone.po", ""),
        ("th/visit.po", ""),
        ("en/visit.po", ""),
    ],
)
def test_a_file_that_nobody_reads_is_named(root, path, offer):
    run(root, "update")
    for own in ("km/mati.po", "en/mati.po"):  # words of Mati's said in another way
        (root / "locales" / own).parent.mkdir(exist_ok=True)
        (root / "locales" / own).write_bytes(b"")
    place = root / "locales" / path
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(po(root).read_bytes())
    result = run(root, "check")
    assert f"locales/{path}:1:1: warning [po-stray]" in result.output
    assert result.output.count("[po-stray]") == 1
    assert ("did you mean" in result.output) is bool(offer)
    assert f"did you mean 'locales/{offer}'?" in result.output or not offer


@pytest.mark.parametrize(
    ("path", "told"), [("kh/visit.po", True), ("km/gone.po", True), ("km-KH/visit.po", False)]
)
def test_who_asks_for_a_language_hears_of_its_stray_files_alone(root, path, told):
    run(root, "update")
    place = root / "locales" / path
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(po(root).read_bytes())
    assert (f"locales/{path}" in run(root, "check", "km").output) is told


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


def po(root: Path, language: str = "km", domain: str = "visit") -> Path:
    return root / "locales" / language / f"{domain}.po"


def fill(path: Path, **words: str) -> None:
    """Translate a file: the last part of a context -> its translation, else its own capitals."""
    text = path.read_text("utf-8")
    found = read_po(decode_po(path.name, path.read_bytes(), Notebook()), Notebook())
    for message in found.messages.values():
        part = message.context.rpartition(".")[2]
        string = words.get(part, message.msgid.upper())
        text = text.replace(
            f'msgid "{message.msgid}"\nmsgstr ""', f'msgid "{message.msgid}"\nmsgstr "{string}"'
        )
    path.write_text(text, "utf-8")


def reword(root: Path, old: str, new: str) -> None:
    content = root / "content" / "visit.md"
    text = content.read_text("utf-8")
    assert old in text
    content.write_text(text.replace(old, new), "utf-8")


# --- update ----------------------------------------------------------------------------------


def test_nothing_is_read_twice_and_no_byte_changes_unless_one_did(root, monkeypatch):
    run(root, "update")
    fill(po(root))
    run(root, "update")
    before = po(root).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(translating, "work_of", None)  # nothing is to be done, so nothing is read
        assert run(root, "update").return_value == 0
        assert run(root, "update", "--check").return_value == 0
        assert run(root, "update", "km").return_value == 0
    assert po(root).read_bytes() == before
    # a moment is never believed: the same size, the same time, other bytes
    stat = po(root).stat()
    changed = before.replace(b"#: content/visit.md\nmsgctxt", b"#: content/visit.mx\nmsgctxt", 1)
    po(root).write_bytes(changed)
    os.utime(po(root), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert run(root, "update", "--check").return_value == 1
    run(root, "update")
    assert po(root).read_bytes() == before


@pytest.mark.parametrize(
    "damage", [b"{", b'{"texts": 1}', b'{"texts": "", "names": "", "files": 3}', b"\xff"]
)
def test_a_damaged_memory_spares_nothing_and_harms_nothing(root, damage):
    run(root, "update")
    (root / ".mati" / "i18n.json").write_bytes(damage)
    reword(root, "How was it?", "How is it?")
    assert run(root, "update", "--check").return_value == 1
    assert run(root, "update").return_value == 0
    assert 'msgid "How is it?"' in po(root).read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is done one after the other")
def test_side_by_side_the_same_is_written_and_said(root, monkeypatch):
    reword(root, "[km]", "[km, lo, th, vi]")
    other = root.parent / "other" / root.name  # the name stands in the files
    shutil.copytree(root, other)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    monkeypatch.setattr(updating, "_MANY", 1)
    said = run(root, "update")
    assert run(root, "update", "--check").return_value == 0
    monkeypatch.setattr(updating, "_MANY", 1000)
    assert run(other, "update").output == said.output
    made = {p.relative_to(root): p.read_bytes() for p in root.glob("locales/*/*.po")}
    assert made == {p.relative_to(other): p.read_bytes() for p in other.glob("locales/*/*.po")}
    for folder in (root, other):
        damaged = po(folder).read_text("utf-8") + '\nmsgid "x"\nmsgstr "open\n'
        po(folder).write_text(damaged, "utf-8")
        reword(folder, "How was it?", "How is it?")
    results = []
    for folder, many in ((root, 1), (other, 1000)):
        monkeypatch.setattr(updating, "_MANY", many)
        result = run(folder, "update")
        results.append((result.return_value, result.stdout, result.stderr))
    assert results[0] == results[1]
    assert results[0][0] == 1
    assert "po-quote" in results[0][2]


def test_what_an_author_saves_meanwhile_is_seen_by_the_next_run(root, monkeypatch):
    run(root, "update")
    reword(root, "How was it?", "How is it?")
    read = translating.work_of

    def slowly(*given: object):
        work = read(*given)
        reword(root, "How is it?", "How are you?")
        return work

    with monkeypatch.context() as patch:
        patch.setattr(translating, "work_of", slowly)
        run(root, "update")
    assert run(root, "update", "--check").return_value == 1
    run(root, "update")
    assert 'msgid "How are you?"' in po(root).read_text("utf-8")


def test_nothing_is_written_while_a_survey_has_a_mistake(root):
    run(root, "update")
    before = po(root).read_bytes()
    reword(root, "{#q}", "{#q kind=unheard}")
    result = run(root, "update")
    assert result.return_value == 1
    assert po(root).read_bytes() == before
    assert run(root, "extract").return_value == 1
    assert not list(root.glob("locales/*.pot"))


def test_bytes_that_are_not_utf8_are_left_for_a_person_to_mend(root):
    run(root, "update")
    data = po(root).read_bytes().replace(b'it?"\nmsgstr ""', b'it?"\nmsgstr "caf\xe9"')
    po(root).write_bytes(data)
    result = run(root, "update")
    assert result.return_value == 1
    assert "left as it is" in result.output
    assert po(root).read_bytes() == data


def test_a_file_whose_lines_end_as_on_windows_keeps_that(root):
    run(root, "update")
    fill(po(root))
    po(root).write_bytes(b"\xef\xbb\xbf" + po(root).read_bytes().replace(b"\n", b"\r\n"))
    run(root, "update")
    data = po(root).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert not data.startswith(b"\xef")  # gettext cannot read a file with that mark
    assert b'"HOW WAS IT?"' in data
    assert run(root, "update", "--check").return_value == 0


def test_a_typo_keeps_the_translation_good(root):
    run(root, "update")
    fill(po(root))
    reword(root, "How was it?", "How was this?")
    assert run(root, "update", "--typo", "q").return_value == 0
    assert "fuzzy" not in po(root).read_text("utf-8")
    assert 'msgid "How was this?"\nmsgstr "HOW WAS IT?"' in po(root).read_text("utf-8")
    reword(root, "How was this?", "How was that?")
    run(root, "update")
    assert "fuzzy" in po(root).read_text("utf-8")
    assert run(root, "update", "--typo", "visit.title", "--typo", "visit.q.label").return_value == 0
    assert "fuzzy" not in po(root).read_text("utf-8")


def test_an_id_that_no_text_has_is_refused_with_the_nearest(root):
    run(root, "update")
    with pytest.raises(click.UsageError, match=r"Did you mean .visit\.q\.label."):
        run(root, "update", "--typo", "visit.q.lable")
    with pytest.raises(click.UsageError, match="msgctxt"):
        run(root, "update", "--typo", "zzzzzzzzzzzz")


def test_a_survey_is_translated_into_its_own_languages_only(root):
    other = SURVEY.format().replace("lang: en", "lang: km").replace("[km]", "[en, lo]")
    (root / "content" / "other.md").write_text(other.replace("{{", "{").replace("}}", "}"), "utf-8")
    run(root, "update")
    made = {path.relative_to(root / "locales").as_posix() for path in root.glob("locales/*/*.po")}
    assert {name for name in made if "site" not in name} == {
        "km/visit.po",
        "en/other.po",
        "lo/other.po",
    }


# --- new and Mati's own words ----------------------------------------------------------------


def test_a_new_file_tells_about_its_language(root):
    run(root, "new", "km")
    text = po(root).read_text("utf-8")
    assert text.startswith("# Khmer (ខ្មែរ) translation of ")
    assert "០១២៣៤៥៦៧៨៩" in text
    assert "Not yet reviewed by a native speaker" in text
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in text
    run(root, "new", "ar")
    assert "right to left" in po(root, "ar").read_text("utf-8")
    assert "nplurals=6" in po(root, "ar").read_text("utf-8")


@pytest.mark.parametrize("language", ["lo", "ar"])
def test_gettext_takes_a_new_file(root, language):
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext is not installed")
    run(root, "new", language)
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "-", po(root, language)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_language_that_mati_does_not_speak_gets_its_words_too(root):
    run(root, "new", "fr")
    text = po(root, "fr", "mati").read_text("utf-8")
    assert '\nmsgid "Send my answers"\nmsgstr ""\n' in text
    run(root, "new", "km")
    assert not po(root, "km", "mati").exists()


def test_a_template_of_the_project_adds_its_words_and_leaves_those_it_says_itself(root):
    (root / "templates").mkdir()
    (root / "templates" / "foot.html").write_text(
        '{{ _("Ours alone") }} {{ _("Send my answers") }}'
    )
    run(root, "update")
    text = po(root, "km", "mati").read_text("utf-8")
    assert 'msgid "Ours alone"' in text
    assert 'msgid "Send my answers"' not in text
    po(root, "km", "mati").write_text(text + '\nmsgid "Send my answers"\nmsgstr "ផ្ញើ"\n', "utf-8")
    assert run(root, "update").return_value == 0
    assert 'msgid "Send my answers"\nmsgstr "ផ្ញើ"' in po(root, "km", "mati").read_text("utf-8")
    assert "#~" not in po(root, "km", "mati").read_text("utf-8")


# --- extract ---------------------------------------------------------------------------------


def test_extract_writes_templates_of_catalogues_with_lines(root):
    (root / "templates").mkdir()
    (root / "templates" / "foot.html").write_text('\n{{ _("Ours alone") }}')
    assert run(root, "extract").return_value == 0
    assert "#: content/visit.md:8\n" in (root / "locales" / "visit.pot").read_text("utf-8")
    ours = (root / "locales" / "mati.pot").read_text("utf-8")
    assert '#: templates/foot.html:2\nmsgid "Ours alone"\n' in ours
    assert run(root, "extract", "--check").return_value == 0
    assert run(root, "extract").output == ""
    reword(root, "How was it?", "How is it?")
    assert run(root, "extract", "--check").return_value == 1


@pytest.mark.parametrize("broken", ["{{ _('x' }}", "{% if x %}", "{{ _('x') }} \udcff"])
def test_a_broken_template_is_said_and_nothing_is_written(root, broken):
    run(root, "update")
    (root / "templates").mkdir()
    place = root / "templates" / "foot.html"
    place.write_bytes(f"<p>\n{broken}".encode("utf-8", "surrogateescape"))
    before = po(root).read_bytes()
    reword(root, "How was it?", "How is it?")
    for command in ("extract", "update"):
        result = run(root, command)
        assert result.return_value == 1, command
        assert "templates/foot.html:" in result.stderr
    assert po(root).read_bytes() == before
    assert not list(root.glob("locales/*.pot"))


def test_a_broken_module_is_said(tmp_path):
    (tmp_path / "mati" / "diagnostics" / "sentences").mkdir(parents=True)
    (tmp_path / "mati" / "cli").mkdir()
    (tmp_path / "mati" / "cli" / "x.py").write_text("def f(:\n")
    (tmp_path / "content").mkdir()
    notes = Notebook()
    translating.work_of(tmp_path, notes)
    found = [(d.span.path, d.span.line) for d in notes if d.code.slug == "module-broken"]
    assert found == [("mati/cli/x.py", 1)]


# --- status and prune ------------------------------------------------------------------------


@pytest.mark.parametrize("speaks", ["en", "km", "lo"])
def test_status_is_a_table_that_fits_a_terminal(root, speaks, monkeypatch):
    monkeypatch.setenv("MATI_LANG", speaks)
    long = "a-survey-with-quite-a-long-name-for-a-table"
    shutil.copy(root / "content" / "visit.md", root / "content" / f"{long}.md")
    run(root, "update")
    fill(po(root))
    lines = run(root, "status").output.splitlines()
    assert lines[0] == "ខ្មែរ (km)"
    assert all(cells(line) <= 80 for line in lines)
    assert len({cells(line) for line in lines[1:]}) == 1  # the numbers stand below each other
    assert any(line.split()[0] == "visit" and "2" in line.split() for line in lines)


def test_status_for_machines(root):
    run(root, "update")
    text = po(root).read_text("utf-8").replace("Translator: none", "Translator: Dara <d@x.y>")
    po(root).write_text(text, "utf-8")
    (found,) = json.loads(run(root, "status", "--json").stdout)
    assert (found["language"], found["domain"], found["path"]) == (
        "km",
        "visit",
        "locales/km/visit.po",
    )
    assert (found["texts"], found["missing"], found["words_left"]) == (2, 2, 4)
    assert found["last_translator"] == "Dara <d@x.y>"
    assert "Last translator: Dara <d@x.y>" in run(root, "status", "km").output
    with pytest.raises(click.UsageError, match="i18n new fr"):
        run(root, "status", "fr")


def test_status_says_that_a_file_is_damaged(root):
    run(root, "update")
    po(root).write_text(po(root).read_text("utf-8") + '\nmsgid "x"\nmsgstr "open\n', "utf-8")
    assert "locales/km/visit.po: damaged" in run(root, "status").output


def gone(root: Path) -> str:
    run(root, "update")
    fill(po(root))
    reword(root, "### How was it? {#q}", "### Who are you? {#who}")
    run(root, "update")
    text = po(root).read_text("utf-8")
    assert "#~ msgid" in text
    return text


def asked(root: Path, answer: str, *arguments: str) -> Result:
    return CliRunner().invoke(
        i18n, arguments, obj=Shell(root=root), standalone_mode=False, input=answer
    )


def test_prune_asks_before_it_drops_what_is_gone(root):
    before = gone(root)
    result = asked(root, "n\n", "prune")
    assert "locales/km/visit.po: 1 translations whose source is gone" in result.output
    assert po(root).read_text("utf-8") == before
    assert result.return_value == 1
    assert asked(root, "y\n", "prune", "km").return_value == 0
    after = po(root).read_text("utf-8")
    assert "#~" not in after
    assert before.startswith(after)
    assert "Nothing to drop" in run(root, "prune").output
    assert run(root, "update", "--check").return_value == 0


def test_prune_leaves_a_damaged_file_as_it_is(root):
    damaged = gone(root) + '\nmsgid "x"\nmsgstr "open\n'
    po(root).write_text(damaged, "utf-8")
    assert run(root, "prune", "--yes").return_value == 1
    assert po(root).read_text("utf-8") == damaged


# --- export and import -----------------------------------------------------------------------


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_table_goes_out_and_comes_back(root):
    run(root, "update")
    result = run(root, "export", "km")
    sheet = root / "translation-km.csv"
    assert str(sheet) in result.output
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    table = rows(sheet)
    assert table[0] == ["context", "source", "translation", "note", "state"]
    assert [row[0] for row in table[1:]] == ["visit.title", "visit.q.label"]
    table[2][2] = "យ៉ាងណា?"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    before = po(root).read_bytes()
    result = run(root, "import", "km", str(sheet), "--dry-run")
    assert "locales/km/visit.po: 1 translations would be taken" in result.output
    assert po(root).read_bytes() == before
    assert run(root, "import", "km", str(sheet)).return_value == 0
    assert 'msgid "How was it?"\nmsgstr "យ៉ាងណា?"' in po(root).read_text("utf-8")
    assert run(root, "update", "--check").return_value == 0
    assert "nothing new" in run(root, "import", "km", str(sheet)).output
    run(root, "export", "km", "visit", "--todo", "--out", str(sheet))
    assert [row[0] for row in rows(sheet)[1:]] == ["visit.title"]
    with pytest.raises(click.UsageError, match="There are: visit"):
        run(root, "export", "km", "visti")


def test_nothing_of_a_table_is_taken_while_a_row_is_wrong(root):
    run(root, "update")
    before = po(root).read_bytes()
    sheet = root / "t.csv"
    sheet.write_text(
        "context,source,translation\nvisit.title,Visit,ល្អ\nvisit.q.label,How was it?,????????\n",
        "utf-8",
    )
    result = run(root, "import", "km", str(sheet))
    assert result.return_value == 1
    assert "t.csv:3:1: error [sheet-letters-lost]" in result.stderr
    assert po(root).read_bytes() == before


def test_a_row_for_other_words_is_left_out_and_said(root):
    run(root, "update")
    sheet = root / "t.csv"
    sheet.write_text(
        "context,source,translation\nvisit.title,Visit,ល្អ\nvisit.q.label,How is it?,យ៉ាង\n", "utf-8"
    )
    result = run(root, "import", "km", str(sheet))
    assert result.return_value == 1
    assert "t.csv:3:1: warning [sheet-source-changed]" in result.stderr
    text = po(root).read_text("utf-8")
    assert 'msgid "Visit"\nmsgstr "ល្អ"' in text
    assert "យ៉ាង" not in text


def test_a_damaged_catalogue_takes_no_table(root):
    run(root, "update")
    run(root, "export", "km")
    damaged = po(root).read_text("utf-8") + '\nmsgid "x"\nmsgstr "open\n'
    po(root).write_text(damaged, "utf-8")
    assert run(root, "import", "km", str(root / "translation-km.csv")).return_value == 1
    assert run(root, "export", "km").return_value == 1
    assert po(root).read_text("utf-8") == damaged


@pytest.mark.parametrize("lead", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_is_told_how_to_be_saved(root, lead):
    run(root, "update")
    (root / "t.xlsx").write_bytes(lead + bytes(range(256)) * 9)
    result = run(root, "import", "km", str(root / "t.xlsx"))
    assert "t.xlsx:1:1: error [sheet-unreadable]" in result.stderr
    assert "CSV (UTF-8)" in result.stderr
