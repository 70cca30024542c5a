"""The command ``ids``: names are written into the files, byte for byte nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mati import home
from mati.build import Options, build, forms
from mati.cli import Shell
from mati.cli.checking import check
from mati.cli.ids import ids
from mati.diagnostics import Code, Notebook, human
from mati.model import RawRow
from mati.project import open_project
from mati.writer import scan
from mati.writer.rewrite import rewrite

SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### How was your visit? {*}\n\n- ( ) Good\n- (bad) Bad  "


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/visit.md").write_bytes(SURVEY.encode())
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        ids, arguments, obj=Shell(root=root), standalone_mode=False, catch_exceptions=False
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_everything_else_stays_byte_for_byte(root, mark, end):
    path = root / "content/visit.md"
    path.write_bytes(mark + SURVEY.encode().replace(b"\n", end))
    path.chmod(0o640)
    result = run(root)
    assert result.return_value == 0
    assert "content/visit.md:7: {#visit}\ncontent/visit.md:9: (good)\n" in result.output
    wanted = SURVEY.replace("{*}", "{#visit *}").replace("( )", "(good)").encode()
    assert path.read_bytes() == mark + wanted.replace(b"\n", end)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in path.parent.iterdir()) == ["visit.md"]
    again = run(root)
    assert (again.return_value, again.output) == (0, "No name is missing.\n")


def test_check_writes_nothing_and_fails(root):
    result = run(root, "--check")
    assert result.return_value == 1
    assert "Names missing: 2. To write them: " in result.output
    assert (root / "content/visit.md").read_bytes() == SURVEY.encode()
    run(root)
    assert run(root, "--check").return_value == 0


def test_only_the_surveys_named_are_written(root):
    (root / "content/other.md").write_text(SURVEY)
    assert run(root, "other").return_value == 0
    assert (root / "content/visit.md").read_bytes() == SURVEY.encode()
    with pytest.raises(click.UsageError, match="no survey called 'oter'"):
        run(root, "oter")


def test_numbers_come_with_a_word_of_caution(root):
    text = SURVEY.replace("- (bad) Bad", "- ( ) So-so\n- ( ) Bad")
    (root / "content/visit.md").write_text(text)
    assert "the best answer has the highest" in run(root).output


def test_a_file_that_is_no_text_is_left_and_others_are_written(root):
    (root / "content/broken.md").write_bytes(b"# Visit\n\n### How?\n\n\xff\n")
    (root / "content/empty.md").write_bytes(b"")
    result = run(root)
    assert result.return_value == 1
    assert "content/empty.md: left as it is" in result.output
    assert (root / "content/broken.md").read_bytes().endswith(b"\xff\n")
    assert b"{#visit *}" in (root / "content/visit.md").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link_and_none_leads_out(root, tmp_path_factory):
    inside = root / "visit-text.md"
    (root / "content/visit.md").rename(inside)
    (root / "content/visit.md").symlink_to(inside)
    outside = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    outside.write_text(SURVEY)
    (root / "content/out.md").symlink_to(outside)
    run(root)
    assert (root / "content/visit.md").is_symlink()
    assert "{#visit *}" in inside.read_text()
    assert outside.read_text() == SURVEY
    notes = Notebook()
    assert not rewrite(root, "content/out.md", SURVEY.encode(), b"x", notes)
    assert [found.code for found in notes] == [Code.LINK_LEADS_OUTSIDE]


def test_a_file_changed_meanwhile_is_left(root):
    notes = Notebook()
    assert not rewrite(root, "content/visit.md", b"what was read before", b"x", notes)
    assert [found.code for found in notes] == [Code.FILE_CHANGED]
    assert (root / "content/visit.md").read_bytes() == SURVEY.encode()
    assert [p.name for p in (root / "content").iterdir()] == ["visit.md"]


# --- Releasing --------------------------------------------------------------------------------

WHOLE = (
    "---\nlang: en\n---\n\n# Visit\n\n### How was your visit? {#visit}\n\n"
    "- (good) Good\n- (bad) Bad\n\n### Why? {#why}\n\n___\n"
)


@pytest.fixture
def whole(root: Path) -> Path:
    (root / "content/visit.md").write_text(WHOLE)
    (root / "mati.yaml").write_text("url: https://x.com\ncollect: {url: https://x.com}\n")
    return root


def rewrite_survey(root: Path, old: str, new: str) -> None:
    path = root / "content/visit.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def found_by_check(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(check, [], obj=Shell(root=root), standalone_mode=False)
    return result.return_value, result.output


def test_a_release_is_one_line_and_the_same_again_is_none(whole):
    lock = whole / "content/visit.lock"
    assert "version" in run(whole, "--release").output
    first = lock.read_bytes()
    assert first.count(b"\n") == 1
    assert "content/visit.lock" in scan(whole)  # so that the next build looks at it
    assert run(whole, "--release", "--check").return_value == 0
    assert "nothing new since" in run(whole, "--release").output
    rewrite_survey(whole, "- (bad) Bad\n", "- (bad) Bad\n- (so_so) So-so\n")
    assert run(whole, "--release", "--check").return_value == 1
    assert lock.read_bytes() == first
    assert run(whole, "--release", "visit").return_value == 0
    assert lock.read_bytes().startswith(first)
    assert lock.read_bytes().count(b"\n") == 2
    assert found_by_check(whole)[0] == 0


def test_a_release_wants_all_names_and_no_mistake(root):
    result = run(root, "--release")
    assert result.return_value == 1
    assert "not released" in result.output
    assert "[no-id]" in result.output
    assert not (root / "content/visit.lock").exists()


def test_a_break_is_an_error_of_check_and_build_until_an_alias_heals_it(whole):
    run(whole, "--release")
    rewrite_survey(whole, "{#why}", "{#reason}")
    status, output = found_by_check(whole)
    assert status == 1
    assert "content/visit.md:12:5: error [released-id-renamed]" in output
    assert "12 | ### Why? {#reason}" in output
    assert "aliases: {why: reason}" in output
    assert "not released" in run(whole, "--release").output
    rewrite_survey(whole, "lang: en\n", "lang: en\naliases: {why: reason}\n")
    assert found_by_check(whole)[0] == 0
    assert run(whole, "--release").return_value == 0


def test_a_question_may_be_retired(whole):
    run(whole, "--release")
    rewrite_survey(whole, "### Why? {#why}\n\n___\n", "")
    status, output = found_by_check(whole)
    assert (status, "[released-question-gone]" in output) == (1, True)
    rewrite_survey(whole, "lang: en\n", "lang: en\naliases:\n  why:\n")
    assert found_by_check(whole)[0] == 0


def test_a_damaged_lock_is_named_and_never_written_over(whole):
    run(whole, "--release")
    lock = whole / "content/visit.lock"
    for damage in (b"{}\n", b"\xff\xfe\n"):
        lock.write_bytes(lock.read_bytes() + damage)
        before = lock.read_bytes()
        rewrite_survey(whole, "Good", "Good indeed")
        assert run(whole, "--release").return_value == 1
        assert lock.read_bytes() == before
        assert found_by_check(whole)[0] == 1


def test_a_lock_without_its_survey_is_said(whole):
    run(whole, "--release")
    (whole / "content/visit.md").rename(whole / "content/stay.md")
    assert "content/visit.lock:1:1: warning [lock-without-survey]" in found_by_check(whole)[1]


def test_answers_at_home_are_counted_where_something_breaks(whole):
    run(whole, "--release")
    notes = Notebook()
    project = open_project(whole, notes)
    survey = forms.read(project, "", notes)["visit"]
    rows = [
        RawRow(key=f"k{n}", at="2026-11-01T00:00:00Z", pairs=(("visit", code), ("why", "So.")))
        for n, code in enumerate(("good", "bad", "bad"))
    ]
    home.bring(whole, survey, rows, notes)
    rewrite_survey(whole, "- (bad) Bad\n", "- (worse) Bad\n")
    output = found_by_check(whole)[1]
    assert "[released-code-renamed]" in output
    assert "versions: 1, answers at home: 2" in output
    assert "aliases: {visit.bad: visit.worse}" in output


def test_ids_gives_back_what_was_released(whole):
    run(whole, "--release")
    rewrite_survey(whole, " {#visit}", "")
    rewrite_survey(whole, "### Why? {#why}", "### Visit?")
    result = run(whole)
    assert "content/visit.md:7: {#visit}" in result.output
    assert "content/visit.md:12: {#visit_2}" in result.output


def test_a_changed_consent_is_a_warning_in_the_language_it_changed_in(whole):
    rewrite_survey(whole, "lang: en\n", "lang: en\nlanguages: [km]\n")
    rewrite_survey(
        whole,
        "### Why? {#why}\n\n___\n",
        "### Your data {#ok kind=consent}\n\nWe keep it for a year.\n\n- [yes] I agree\n",
    )
    po = whole / "locales/km/visit.po"
    po.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = 'msgctxt "visit.ok.label"\nmsgid "Your data"\nmsgstr "{}"\n'
    po.write_text(head + entry.format("ទិន្នន័យ"), "utf-8")
    assert run(whole, "--release").return_value == 0
    record = json.loads((whole / "content/visit.lock").read_text("utf-8"))
    assert [text[0] for text in record["consents"]["ok"]] == ["en", "km"]
    assert record["consents"]["ok"][0][2] == "Your data We keep it for a year. I agree"
    assert "consent-changed" not in found_by_check(whole)[1]
    po.write_text(head + entry.format("ទិន្នន័យរបស់អ្នក"), "utf-8")
    status, output = found_by_check(whole)
    assert status == 0
    assert "warning [consent-changed]: people agreed to other words" in output
    assert "(km): 'ទិន្នន័យ We keep it" in output
    rewrite_survey(whole, "for a year", "for two years")
    assert "(en, km): " in found_by_check(whole)[1]
    run(whole, "--release")
    assert "consent-changed" not in found_by_check(whole)[1]
    assert len((whole / "content/visit.lock").read_text("utf-8").splitlines()) == 2


def told(root: Path) -> dict[str, int]:
    """Return how many gave each answer, as the public report says."""
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(), notes)
    assert not notes.has_errors(), [human(d) for d in notes]
    content = next(o.content for o in outputs if o.path.endswith("report/results.json"))
    return {
        f"{question['id']}.{cell['codes'][0]}": cell["count"]
        for question in json.loads(content)["questions"]
        for item in question["items"]
        for cell in item["cells"]
    }


def test_old_answers_are_counted_under_new_names_in_the_report(whole):
    rewrite_survey(whole, "lang: en\n", "lang: en\nreport: {public: true, hide_below: 1}\n")
    with (whole / "mati.yaml").open("a") as file:
        file.write("timezone: UTC\n")
    survey = forms.read(open_project(whole, Notebook()), "", Notebook())["visit"]
    rows = [
        RawRow(key=f"k{n}", at="2026-11-01T00:00:00Z", pairs=(("visit", code),))
        for n, code in enumerate(["good"] * 12 + ["bad"] * 8)
    ]
    home.bring(whole, survey, rows, Notebook())
    assert told(whole) == {"visit.good": 12, "visit.bad": 8}
    rewrite_survey(whole, "{#visit}\n\n- (good) Good", "{#stay}\n\n- (fine) Good")
    assert set(told(whole).values()) == {0}
    rewrite_survey(whole, "lang: en\n", "lang: en\naliases: {visit: stay, stay.good: stay.fine}\n")
    assert told(whole) == {"stay.fine": 12, "stay.bad": 8}
