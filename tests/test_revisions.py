"""A file as it was in a revision, and one sentence where there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mati import revisions

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@x.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project in a folder of its own below the top of a repository."""
    root = tmp_path / "shop"
    (root / "content").mkdir(parents=True)
    (root / "content/visit.md").write_bytes(b"\xef\xbb\xbfone\r\n")
    (root / "content/\u1780.md").write_text("km")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    (root / "content/visit.md").write_text("two")
    return root


def test_a_file_is_read_as_it_was(project):
    then = revisions.find(project, "HEAD")
    assert then.read("content/visit.md") == b"\xef\xbb\xbfone\r\n"
    assert then.read("content/else.md") is None
    assert set(then.names("content")) == {"content/visit.md", "content/\u1780.md"}
    assert then.names("locales") == ()


@pytest.mark.parametrize("name", ["nope", "", "--help", "-v", "HEAD~9", "HEAD:shop", "a b", "a\0b"])
def test_what_is_no_revision_is_refused(project, name):
    with pytest.raises(revisions.RevisionError):
        revisions.find(project, name)


def test_a_folder_that_is_not_in_git_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(revisions.RevisionError, match="not a git repository"):
        revisions.find(tmp_path, "HEAD")


def test_a_git_that_does_not_answer_is_refused(project, monkeypatch):
    monkeypatch.setattr(revisions, "_SECONDS", 0)
    with pytest.raises(revisions.RevisionError, match="timed out"):
        revisions.find(project, "HEAD")


def test_without_git_it_is_refused(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(revisions.RevisionError):
        revisions.find(project, "HEAD")
