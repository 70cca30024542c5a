"""The command ``ids``: names are written into the files, byte for byte nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mati.cli import Shell
from mati.cli.ids import ids
from mati.diagnostics import Code, Notebook
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
