"""``mati fmt``, in a project of one survey."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mati.cli import Shell
from mati.cli.tidying import fmt

UNTIDY = "---\nlang: en\n---\n\n# Visit\n\n### How was it? { * #q  }\n\n___\n"
TIDY = UNTIDY.replace("{ * #q  }", "{#q *}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/visit.md").write_text(UNTIDY, "utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        fmt, arguments, obj=Shell(root=root), standalone_mode=False, catch_exceptions=False
    )


def test_all_surveys_are_tidied_once(root):
    first = run(root)
    assert (first.return_value, first.output) == (0, "content/visit.md: tidied\n")
    assert (root / "content/visit.md").read_text("utf-8") == TIDY
    stands = (root / "content/visit.md").stat()
    second = run(root)
    assert (second.return_value, second.output) == (0, "")
    assert (root / "content/visit.md").stat().st_mtime_ns == stands.st_mtime_ns
    assert [path.name for path in (root / "content").iterdir()] == ["visit.md"]


def test_check_names_the_files_and_writes_nothing(root):
    found = run(root, "--check")
    assert (found.return_value, found.output) == (1, "content/visit.md: not tidy\n")
    assert (root / "content/visit.md").read_text("utf-8") == UNTIDY
    (root / "content/visit.md").write_text(TIDY, "utf-8")
    assert run(root, "--check").return_value == 0


def test_one_file_outside_of_the_project(root, tmp_path):
    path = tmp_path / "ការស្ទង់មតិ.md"
    path.write_text(UNTIDY, "utf-8")
    assert run(root, str(path)).return_value == 0
    assert path.read_text("utf-8") == TIDY
    assert (root / "content/visit.md").read_text("utf-8") == UNTIDY


def test_errors_in_the_way_are_shown(root):
    path = root / "content/visit.md"
    path.write_text(UNTIDY + "\n### B { *  #b ? }\n\n___\n", "utf-8")
    found = run(root)
    assert found.return_value == 1
    assert "content/visit.md:11:" in found.output
    assert "stay as they are" in found.output
    assert path.read_text("utf-8") == TIDY + "\n### B { *  #b ? }\n\n___\n"


def test_a_file_that_is_no_text_is_named(root):
    (root / "content/other.md").write_bytes("---\n# Café é\n".encode("cp1252"))
    found = run(root)
    assert found.return_value == 1
    assert "content/other.md:2:" in found.output
    assert (root / "content/visit.md").read_text("utf-8") == TIDY


def test_what_is_no_survey_is_refused(root):
    path = root / "mati.yaml"
    path.write_text("a: { b: 1}\n", "utf-8")
    with pytest.raises(click.BadParameter, match=r"must end in \.md"):
        run(root, str(path))


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_permissions_and_links_stay(root):
    path = root / "content/visit.md"
    path.chmod(0o640)
    link = root / "link.md"
    link.symlink_to(path)
    assert run(root, str(link)).return_value == 0
    assert link.is_symlink()
    assert path.read_text("utf-8") == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a folder one may not write to")
def test_a_folder_that_cannot_be_written_leaves_the_file(root):
    (root / "content").chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            run(root)
        assert (root / "content/visit.md").read_text("utf-8") == UNTIDY
    finally:
        (root / "content").chmod(0o700)
