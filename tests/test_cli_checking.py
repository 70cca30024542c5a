"""``check --diff``: what a change since a revision does to results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from test_revisions import git

from mati.cli import Shell
from mati.cli.checking import _remark, _Told, _words, check
from mati.diagnostics import Span, annotated
from mati.versions import Sort

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

SURVEY = (
    "---\nlang: en\n---\n\n# Visit\n\n### How did you come? {#way}\n\n- (foot) On foot\n"
    "- (bus) By bus\n\n### How was it? {#mark}\n\n- (quality)\n\n### Why? {#why}\n\n___\n"
)
YAML = "scales:\n  quality: {3: Good, 2: So-so, 1: Bad}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/visit.md").write_text(SURVEY)
    (tmp_path / "mati.yaml").write_text(YAML)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        check, arguments, obj=Shell(root=root), standalone_mode=False, catch_exceptions=False
    )


def change(root: Path, *pairs: tuple[str, str], name: str = "content/visit.md") -> None:
    path = root / name
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_nothing_changed(root):
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 0
    assert result.output == "Nothing that answers depend on has changed.\n"


def test_what_is_harmless_is_told_and_passes(root):
    change(root, ("you come?", "you get here?"), ("- (bus)", "- (car) By car\n- (bus)"))
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 0
    assert result.output == (
        "visit, compared with HEAD:\n  Results stay comparable:\n"
        "    content/visit.md:7: the words of 'way' changed: 'How did you come?', now 'How did you"
        " get here?'\n"
        "    content/visit.md:10: the answer 'way.car' (By car) is new; "
        "nobody could give it before\n"
    )


def test_what_breaks_results_fails_until_an_alias_heals_it(root):
    change(root, ("{#why}", "{#reason}"))
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 1
    assert (
        "  This breaks results:\n    content/visit.md:16: 'why' is called 'reason'" in result.output
    )
    assert "aliases: {why: reason}" in result.output
    change(root, ("lang: en\n", "lang: en\naliases: {why: reason}\n"))
    assert run(root, "--diff", "HEAD").return_value == 0


def test_a_scale_of_the_project_is_that_of_its_time(root):
    change(root, ("3: Good, 2: So-so, 1: Bad", "1: Good, 2: So-so, 3: Bad"), name="mati.yaml")
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 1
    assert "the scale of 'mark' is turned round" in result.output


def test_surveys_come_and_go(root):
    (root / "content/visit.md").rename(root / "content/stay.md")
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 1
    assert "content/stay.md:1: the survey is new" in result.output
    assert "content/visit.md:1: the survey is gone" in result.output


def test_programs_and_git_hosts_are_told_the_same(root):
    change(root, ("### Why? {#why}\n\n___\n", "### More? {#more}\n\n___\n"))
    result = run(root, "--diff", "HEAD", "--format", "json")
    assert result.return_value == 1
    gone, new = json.loads(result.output)
    assert (gone["change"], gone["breaks"], gone["name"]) == ("question-gone", True, "why")
    assert (new["change"], new["breaks"], new["line"]) == ("question-added", False, 16)
    lines = run(root, "--diff", "HEAD", "--format", "github").output.splitlines()
    assert lines[0].startswith(
        "::error file=content/visit.md,line=12,col=5,title=question-gone::'why' (Why?) is gone"
    )
    assert lines[1].startswith(
        "::notice file=content/visit.md,line=16,col=5,title=question-added::'more'"
    )


def test_a_file_that_never_was_a_survey_is_not_told_of(root):
    odd = root / "content" / "x\n::error::y\x1b[31m.md"
    try:
        odd.write_text(SURVEY)
    except OSError:
        pytest.skip("file names hold no line ends here")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "two")
    odd.unlink()
    assert run(root, "--diff", "HEAD").output == "Nothing that answers depend on has changed.\n"


def test_words_of_an_author_end_no_line_of_a_git_host():
    span = Span("content/a,b.md", 3, 1)
    told = _Told(
        sort="row-gone", span=span, survey="a", breaks=True, values={"name": "a", "old": "50%\n::x"}
    )
    (line,) = annotated([_remark(told)], "{} {}".format)
    assert line == (
        "::error file=content/a%2Cb.md,line=3,col=1,title=row-gone::'a' (50%25\ufffd::x) is gone; "
        "its answers drop out of the results"
    )


def test_mistakes_of_today_are_said_too(root):
    change(root, ("- (bus) By bus", "- (Bus) By bus"))
    result = run(root, "--diff", "HEAD")
    assert result.return_value == 1
    assert "[bad-code]" in result.output


def test_a_revision_that_is_none_is_one_sentence(root):
    with pytest.raises(click.UsageError, match="There is no revision 'nope' to compare with"):
        run(root, "--diff", "nope")


def test_there_are_words_for_every_sort_of_change():
    # An id that came back for something else is found among many releases, not between two texts.
    assert {sort.value for sort in Sort if sort is not Sort.ID_REUSED} <= _words().keys()
