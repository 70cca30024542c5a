"""Outputs in, the old site or the new one out: never a mixture, never foreign files touched."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mati.diagnostics import Notebook
from mati.model import Output
from mati.writer import fresh, journal, recover, stamps, standin, write
from mati.writer.exchange import POSSIBLE, exchange
from mati.writer.paths import Names

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals are POSIX")
exchanging_systems = pytest.mark.skipif(not POSSIBLE, reason="folders cannot be exchanged here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ ของ"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "visit.md").write_text("# Visit\n", "utf-8")
    (folder / "site").mkdir()
    (folder / "site" / ".gitignore").write_text("*\n!.gitignore\n", "utf-8")
    return folder


def site(text: str, *paths: str) -> list[Output]:
    return [Output(path=path, content=f"{text} {path}".encode()) for path in paths]


def build(root: Path, outputs: list[Output], **options: object):
    notes = Notebook()
    return write(root, outputs, notes, sources=stamps(root), **options), notes


def picture(root: Path, *, moments: bool = True) -> dict[str, object]:
    """What stands in site/ and private/, with moments where asked."""
    found: dict[str, object] = {}
    for top in ("site", "private"):
        for path in sorted((root / top).rglob("*")):
            key = path.relative_to(root).as_posix()
            if path.is_file():
                seen = path.stat().st_mtime_ns if moments else 0
                found[key] = (path.read_bytes(), seen)
    return found


def codes(notes: Notebook) -> list[str]:
    return [found.code.slug for found in notes]


def test_a_first_build_writes_everything(root: Path):
    written, _ = build(root, site("one", "index.html", "km/visit/index.html"))
    assert written is not None
    assert written.changed == ("site/index.html", "site/km/visit/index.html")
    assert (root / "site/km/visit/index.html").read_bytes() == b"one km/visit/index.html"
    assert (root / "site/.gitignore").read_text("utf-8") == "*\n!.gitignore\n"
    assert not (root / ".mati/staging").exists()
    assert not (root / ".mati/journal.json").exists()


def test_unchanged_bytes_are_not_written(root: Path):
    build(root, site("one", "index.html", "a/b.html"))
    before = picture(root)
    written, _ = build(root, [*site("one", "index.html"), *site("two", "a/b.html")])
    assert written is not None
    assert written.changed == ("site/a/b.html",)
    assert written.unchanged == 1
    after = picture(root)
    assert after["site/index.html"] == before["site/index.html"]
    assert after["site/a/b.html"] != before["site/a/b.html"]


def test_unchanged_bytes_stay_even_without_a_manifest(root: Path):
    build(root, site("one", "index.html"))
    before = picture(root)
    (root / ".mati/manifest.json").unlink()
    written, _ = build(root, site("one", "index.html"))
    assert written is not None
    assert written.changed == ()
    assert picture(root) == before


def test_a_page_edited_by_hand_is_made_again(root: Path):
    build(root, site("one", "index.html"))
    (root / "site/index.html").write_text("mine now", "utf-8")
    written, _ = build(root, site("one", "index.html"))
    assert written is not None
    assert written.changed == ("site/index.html",)


def test_files_no_longer_made_go_and_foreign_ones_stay(root: Path):
    build(root, site("one", "index.html", "km/old/index.html", "km/new/index.html"))
    (root / "site/CNAME").write_text("sokha.example", "utf-8")
    (root / "site/km/old/photo.jpg").write_bytes(b"jpg")
    written, _ = build(root, site("one", "index.html", "km/new/index.html"))
    assert written is not None
    assert written.removed == ("site/km/old/index.html",)
    assert (root / "site/km/old/photo.jpg").read_bytes() == b"jpg"
    assert (root / "site/CNAME").exists()
    (root / "site/km/old/photo.jpg").unlink()
    (root / "site/km/old").rmdir()
    build(root, site("one", "index.html"))
    assert not (root / "site/km").exists()


def test_a_file_becomes_a_folder_and_back(root: Path):
    build(root, site("one", "km", "lo/a.html"))
    written, notes = build(root, site("two", "km/a.html", "lo"))
    assert codes(notes) == []
    assert written is not None
    assert (root / "site/km/a.html").is_file()
    assert (root / "site/lo").is_file()
    build(root, site("one", "km", "lo/a.html"))
    assert (root / "site/km").is_file()
    assert (root / "site/lo/a.html").is_file()


def test_published_reports_stay_when_this_build_made_none(root: Path):
    build(root, site("one", "km/visit/index.html", "km/visit/report/index.html"))
    written, _ = build(root, site("one", "km/visit/index.html"), keep_reports=True)
    assert written is not None
    assert written.removed == ()
    assert (root / "site/km/visit/report/index.html").exists()
    written, _ = build(root, site("one", "km/visit/index.html"))
    assert written is not None
    assert written.removed == ("site/km/visit/report/index.html",)


def test_reports_of_sample_answers_do_not_stay(root: Path):
    made = site("one", "km/visit/index.html", "km/visit/report/index.html")
    build(root, made, options={"sample": True})
    written, _ = build(root, site("one", "km/visit/index.html"), keep_reports=True)
    assert written is not None
    assert written.removed == ("site/km/visit/report/index.html",)


def test_only_one_survey_leaves_the_others(root: Path):
    build(
        root, site("one", "km/visit/index.html", "km/visit/x.html", "km/other/index.html", "km/a")
    )
    outputs = site("two", "km/visit/index.html", "km/a", "new.html")
    written, _ = build(root, outputs, options={"only": "visit"})
    assert written is not None
    assert written.removed == ("site/km/visit/x.html",)
    assert written.changed == ("site/km/visit/index.html", "site/new.html")
    assert (root / "site/km/other/index.html").exists()
    assert (root / "site/km/a").read_bytes() == b"one km/a"


def test_an_error_writes_nothing(root: Path):
    build(root, site("one", "index.html"))
    before = picture(root)
    written, notes = build(root, [*site("two", "index.html"), *site("two", "../x.html")])
    assert written is None
    assert codes(notes) == ["output-refused"]
    assert picture(root) == before
    assert not (root / ".mati/staging").exists()


@pytest.mark.parametrize(
    "path",
    [
        "../x", "a/../../x", "/etc/passwd", "a//b", "", ".", "a/.", "C:/x", "a\\b", "a\0b", "con",
        "km/NUL.html", "com1.txt", "a./b", "a /b", " a", "x" * 201, "private/reports/x", "Site/x",
        ".gitignore", "a\nb",
    ],
)  # fmt: skip
def test_bad_paths_are_refused(root: Path, path: str):
    written, notes = build(root, [Output(path=path, content=b"x")])
    assert written is None
    assert codes(notes) == ["output-refused"]
    assert [p.name for p in root.parent.iterdir()] == [root.name]


@pytest.mark.parametrize(
    ("first", "second"),
    [("km/a.html", "KM/b.html"), ("a.html", "A.html"), ("a", "a/b"), ("é", "e\u0301"), ("a", "a")],
)
def test_names_that_clash_somewhere_are_refused(first: str, second: str):
    names = Names()
    assert names.reason("site", first) == ""
    assert names.reason("site", second) != ""
    assert names.reason("private", second) == ""


def test_files_for_whoever_looks_after_the_server_stand_apart_and_go_with_the_rest(root: Path):
    control = Output(path="nginx/site.conf", content=b"one", root="hosting")
    written, _ = build(root, [*site("one", "index.html"), control])
    assert written is not None
    assert written.changed == ("hosting/nginx/site.conf", "site/index.html")
    assert (root / "hosting/nginx/site.conf").read_bytes() == b"one"
    (root / "hosting/mine.txt").write_text("mine", "utf-8")
    kept, _ = build(root, site("one", "index.html"), options={"only": "nginx"})
    assert kept is not None
    assert kept.removed == ()
    written, _ = build(root, site("one", "index.html"))
    assert written is not None
    assert written.removed == ("hosting/nginx/site.conf",)
    assert [path.name for path in (root / "hosting").iterdir()] == ["mine.txt"]


@posix
def test_a_folder_for_servers_that_leads_away_is_not_written_through(root: Path, tmp_path: Path):
    (tmp_path / "outside").mkdir()
    (root / "hosting").symlink_to(tmp_path / "outside", target_is_directory=True)
    control = Output(path="nginx/site.conf", content=b"one", root="hosting")
    written, notes = build(root, [control])
    assert written is None
    assert codes(notes) == ["link-leads-outside"]
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_killed_build_is_finished_for_servers_too(root: Path, monkeypatch: pytest.MonkeyPatch):
    control = Output(path="nginx/site.conf", content=b"one", root="hosting")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_follow", interrupt)
        with pytest.raises(KeyboardInterrupt):
            build(root, [*site("one", "index.html"), control])
    assert not (root / "hosting").exists()
    assert recover(root)
    assert (root / "hosting/nginx/site.conf").read_bytes() == b"one"


def test_unknown_roots_are_refused():
    assert Names().reason("content", "a.md") != ""


@posix
def test_private_files_are_for_the_owner_alone(root: Path):
    outputs = [Output(path="reports/km/index.html", content=b"secret", root="private")]
    old = os.umask(0)
    try:
        build(root, outputs)
    finally:
        os.umask(old)
    assert (root / "private/reports/km/index.html").stat().st_mode & 0o777 == 0o600
    for folder in ("private", "private/reports", "private/reports/km", ".mati"):
        assert (root / folder).stat().st_mode & 0o777 == 0o700
    (root / "private").chmod(0o755)
    (root / "private/reports/km/index.html").chmod(0o644)
    build(root, outputs)
    assert (root / "private").stat().st_mode & 0o777 == 0o700
    assert (root / "private/reports/km/index.html").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("inside", ["folder", "link", "other way"])
def test_private_inside_site_is_refused(root: Path, inside: str):
    if inside == "folder":
        (root / "site/private").mkdir()
    elif inside == "link":
        (root / "site/hidden").mkdir()
        (root / "private").symlink_to(root / "site/hidden", target_is_directory=True)
    else:
        (root / "private/x").mkdir(parents=True)
        (root / "site/.gitignore").unlink()
        (root / "site").rmdir()
        (root / "site").symlink_to(root / "private/x", target_is_directory=True)
    written, notes = build(root, site("one", "index.html"))
    assert written is None
    assert {"private-in-site", "site-in-private"} & set(codes(notes))
    assert not list(root.rglob("index.html"))


def test_links_in_the_site_are_not_written_through(root: Path, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "site/km").symlink_to(outside, target_is_directory=True)
    written, notes = build(root, site("one", "km/index.html"))
    assert written is None
    assert codes(notes) == ["output-in-the-way"]
    assert list(outside.iterdir()) == []


def test_a_foreign_folder_in_the_way_is_said(root: Path):
    (root / "site/index.html").mkdir()
    (root / "site/index.html/mine.txt").write_text("mine", "utf-8")
    written, notes = build(root, site("one", "index.html"))
    assert written is None
    assert codes(notes) == ["output-in-the-way"]
    assert (root / "site/index.html/mine.txt").exists()


def test_same_input_same_bytes(root: Path, tmp_path: Path):
    outputs = site("one", *(f"km/{n}/index.html" for n in range(20)))
    build(root, outputs)
    other = tmp_path / "other"
    other.mkdir()
    build(other, list(reversed(outputs)))
    mine = picture(root, moments=False)
    mine.pop("site/.gitignore")
    assert mine == picture(other, moments=False)


# --- Nothing to do ---------------------------------------------------------------------------


def age(root: Path, seconds: int = 10) -> None:
    """Make sources older than the clock step of a file system."""
    for path in (root / "content").rglob("*"):
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def test_a_second_build_has_nothing_to_do(root: Path):
    age(root)
    assert fresh(root, {"sample": False}, NOW) is None
    build(root, site("one", "index.html"), options={"sample": False})
    before = picture(root)
    manifest = (root / ".mati/manifest.json").stat().st_mtime_ns
    found = fresh(root, {"sample": False}, NOW)
    assert found is not None
    assert found.outputs == 1
    assert picture(root) == before
    assert (root / ".mati/manifest.json").stat().st_mtime_ns == manifest
    assert fresh(root, {"sample": True}, NOW) is None


def test_a_build_holds_until_a_survey_opens_or_closes(root: Path):
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(days=1)
    pages = site("one", "index.html")
    outputs = [replace(pages[0], until=later), replace(pages[0], path="two.html", until=soon)]
    build(root, outputs, options={})
    assert fresh(root, {}, NOW) is not None
    os.utime(root / "content/visit.md", (1, 1))
    assert fresh(root, {}, soon - timedelta(seconds=1)) is not None
    assert fresh(root, {}, soon) is None
    build(root, pages, options={})
    assert fresh(root, {}, soon) is not None


def test_new_moments_alone_are_nothing_to_do(root: Path):
    build(root, site("one", "index.html"), options={})
    os.utime(root / "content/visit.md", (1, 1))
    assert fresh(root, {}, NOW) is not None


@pytest.mark.parametrize("change", ["edit", "same size", "new", "gone", "output", "answers"])
def test_any_change_is_something_to_do(root: Path, change: str):
    build(root, site("one", "index.html"), options={})
    if change == "edit":
        (root / "content/visit.md").write_text("# Visit us\n", "utf-8")
    elif change == "same size":
        (root / "content/visit.md").write_text("# Visiz\n", "utf-8")
    elif change == "new":
        (root / "locales/km").mkdir(parents=True)
        (root / "locales/km/visit.po").write_text("", "utf-8")
    elif change == "gone":
        (root / "content/visit.md").unlink()
    elif change == "output":
        (root / "site/index.html").unlink()
    else:
        (root / "private/responses/visit").mkdir(parents=True)
        (root / "private/responses/visit/2026-11.jsonl").write_text("{}\n", "utf-8")
    assert fresh(root, {}, NOW) is None


def test_a_damaged_manifest_means_build_again(root: Path):
    build(root, site("one", "index.html"), options={})
    (root / ".mati/manifest.json").write_text('{"format": 1, "sources": 7}', "utf-8")
    assert fresh(root, {}, NOW) is None
    written, _ = build(root, site("one", "index.html"))
    assert written is not None


def test_looking_for_work_imports_nothing_heavy(root: Path):
    build(root, site("one", "index.html"), options={})
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime;"
        "from mati.writer import fresh;"
        "now = datetime.now(UTC);"
        "assert fresh(Path(sys.argv[1]), {}, now) is not None;"
        "print(sorted({'jinja2', 'markdown', 'babel', 'tornado', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# --- Killed builds ---------------------------------------------------------------------------


OLD = site("old", "a.html", "b/c.html", "gone.html", "d", "e/was/folder.html", "same/s.html")
NEW = site("new", "a.html", "b/c.html", "d/e.html", "e/was", "f/g.html", "f/h.html")
NEW += site("old", "same/s.html")
PRIVATE = ("reports/visit/index.html", "collect.json")
OLD += [Output(path=path, content=b"old", root="private") for path in PRIVATE]
NEW += [Output(path=path, content=b"new", root="private") for path in PRIVATE]


def seen(root: Path) -> dict[str, object]:
    """What a visitor can see by path: names, bytes, links, modes of files and folders."""
    found: dict[str, object] = {}
    for path in sorted((root / "site").rglob("*")):
        key = path.relative_to(root).as_posix()
        mode = path.lstat().st_mode
        if path.is_symlink():
            found[key] = str(path.readlink())
        else:
            found[key] = (mode, path.read_bytes() if path.is_file() else b"")
    return found


def add_foreign(root: Path) -> None:
    """Put into ``site/`` what others put there."""
    top = root / "site"
    (top / "photos/empty").mkdir(parents=True)
    (top / "b").mkdir()
    (top / "CNAME").write_text("sokha.example", "utf-8")
    (top / "b/mine.txt").write_text("mine", "utf-8")
    (top / "photos/one.jpg").write_bytes(b"jpg")
    (top / "photos/one.jpg").chmod(0o444)
    (top / "photos").chmod(0o555)
    (top / "latest").symlink_to("photos", target_is_directory=True)
    (top / "nowhere").symlink_to("missing")


def in_a_child(work: Callable[[], object], steps: int) -> bool:
    """Do ``work`` in a process that is killed before its step ``steps``; tell whether it was.

    A step is any call that changes names, modes or files below the project.
    """
    child = os.fork()
    if child == 0:
        left = [steps]

        def step(event: str, given: tuple[object, ...]) -> None:
            changing = event in CHANGES or (event == "open" and bool(int(str(given[2])) & 3))
            if changing:
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

        def exchanging(one: Path, other: Path) -> None:
            step("os.rename", ())
            exchange(one, other)

        try:
            journal.exchange = exchanging
            sys.addaudithook(step)
            work()
        except BaseException:  # noqa: BLE001 - a child must not go on as a second pytest
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert status == 0, "the build failed"
    return False


LEFT = ([".gitignore", "lock", "manifest.json"],)
"""All that may be in ``.mati/`` when no build runs."""
CHANGES = frozenset(
    {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown",
     "os.utime", "os.symlink", "os.truncate"}
)  # fmt: skip


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the disk: a killed process loses nothing that it had written."""
    monkeypatch.setattr(journal, "_flush", lambda *_: None)


@contextlib.contextmanager
def copied(root: Path) -> Iterator[Path]:
    """Lend a copy of a project, links and moments kept."""
    copy = root.with_name("copy")
    shutil.copytree(root, copy, symlinks=True)
    yield copy
    (copy / "site/photos").chmod(0o755)
    shutil.rmtree(copy)


@exchanging_systems
@pytest.mark.durability
@pytest.mark.usefixtures("unflushed")
def test_a_kill_before_any_step_leaves_the_old_or_the_new_site(root: Path):
    """What stands after a kill before step n is what a visitor sees before step n."""
    add_foreign(root)
    build(root, OLD)
    old = seen(root)
    whole: dict[str, dict[str, object]] = {"old": old}
    with copied(root) as copy:
        build(copy, NEW)
        whole["new"] = seen(copy)
    counts = {"old": 0, "new": 0}
    for steps in itertools.count():
        with copied(root) as copy:
            killed = in_a_child(lambda copy=copy: write(copy, NEW, Notebook()), steps)
            found = seen(copy)
            which = next((word for word, picture in whole.items() if picture == found), "")
            assert which, f"a mixture before step {steps}: {sorted(set(found) ^ set(whole['new']))}"
            counts[which] += 1
            assert killed or which == "new"
            finished = recover(copy)
            assert seen(copy) == (whole["new"] if finished else found)
            assert sorted(p.name for p in (copy / ".mati").iterdir()) in LEFT
            build(copy, NEW)
            assert seen(copy) == whole["new"]
            assert all(p.lstat().st_nlink == 1 for p in copy.rglob("*") if not p.is_dir())
        if not killed:
            break
    assert counts["old"] > 20
    assert counts["new"] > 10


@exchanging_systems
@pytest.mark.durability
@pytest.mark.usefixtures("unflushed")
def test_a_kill_while_a_killed_build_is_finished_leaves_a_whole_site(root: Path, tmp_path: Path):
    """First killed at one step, then again at every step of the next run."""
    build(root, OLD)
    old = seen(root)
    for first in range(20, 100, 8):
        half = tmp_path / f"half {first}"
        shutil.copytree(root, half, symlinks=True)
        in_a_child(lambda half=half: write(half, NEW, Notebook()), first)
        for steps in itertools.count():
            copy = tmp_path / f"copy {first} {steps}"
            half.rename(copy)  # the numbers of its folders count, so it is not copied
            killed = in_a_child(lambda copy=copy: recover(copy), steps)
            found = seen(copy)
            if found != old:
                recover(copy)
                assert seen(copy) == found, f"killed before {first}, then before {steps}"
            copy.rename(half)
            if not killed:
                break


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.ENOTSUP])
def test_without_an_exchange_steps_are_done_in_the_open(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
):
    def refuse(one: Path, other: Path) -> None:
        assert (other / "a.html").read_bytes() == b"new a.html"
        assert (one / "a.html").read_bytes() == b"old a.html"
        raise OSError(number, "not here")

    build(root, OLD)
    monkeypatch.setattr(journal, "exchange", refuse)
    written, _ = build(root, NEW)
    assert written is not None
    assert (root / "site/f/h.html").read_bytes() == b"new f/h.html"
    assert not (root / "site/gone.html").exists()
    assert not (root / ".mati/next").exists()


def test_a_way_back_that_is_refused_leaves_the_whole_new_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    build(root, OLD)
    refused = []

    def once(one: Path, other: Path) -> None:
        if refused:
            raise OSError(errno.EBUSY, "not any more")
        refused.append(1)
        exchange(one, other)

    monkeypatch.setattr(journal, "exchange", once)
    build(root, NEW)
    monkeypatch.undo()
    after = seen(root)
    build(root, OLD)
    build(root, NEW)
    assert seen(root) == after
    assert not (root / ".mati/next").exists()


@exchanging_systems
def test_what_others_do_to_a_stand_in_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch):
    """A build is killed while the stand-in is seen; days later somebody adds and edits files."""
    add_foreign(root)
    build(root, OLD)
    number = (root / "site").stat().st_ino
    monkeypatch.setattr(journal, "_follow", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(root, NEW)
    monkeypatch.undo()
    assert (root / "site").stat().st_ino != number
    (root / "site/robots.txt").write_text("new", "utf-8")
    (root / "site/more").mkdir()
    (root / "site/more/x.txt").write_text("new", "utf-8")
    (root / "site/b/mine.txt.new").write_text("edited", "utf-8")
    (root / "site/b/mine.txt.new").replace(root / "site/b/mine.txt")
    assert recover(root)
    assert (root / "site").stat().st_ino == number
    for name, words in (("robots.txt", "new"), ("more/x.txt", "new"), ("b/mine.txt", "edited")):
        assert (root / "site" / name).read_text("utf-8") == words
    assert (root / "site/a.html").read_bytes() == b"new a.html"
    assert not (root / ".mati/next").exists()


@exchanging_systems
def test_untouched_files_and_the_folder_itself_stay_the_same_ones(root: Path):
    add_foreign(root)
    build(root, OLD)
    names = ("same/s.html", "CNAME", "photos/one.jpg", ".gitignore", "latest", "photos", "")
    before = [(root / "site" / name).lstat() for name in names]
    inside = os.open(root / "site", os.O_RDONLY)  # as a shell or a container that stands in it
    build(root, NEW)
    after = [(root / "site" / name).lstat() for name in names]
    assert [s.st_ino for s in after] == [s.st_ino for s in before]
    assert [s.st_mtime_ns for s in after[:-1]] == [s.st_mtime_ns for s in before[:-1]]
    assert [s.st_mode for s in after] == [s.st_mode for s in before]
    assert "f" in os.listdir(inside)  # noqa: PTH208 - of a handle
    os.close(inside)


def test_a_single_step_needs_no_stand_in(root: Path, monkeypatch: pytest.MonkeyPatch):
    build(root, OLD)
    monkeypatch.setattr(journal, "exchange", lambda *_: pytest.fail("exchanged"))
    new = [Output(path="new", content=b"x"), *(o for o in OLD if o.path != "collect.json")]
    written, _ = build(root, new)
    assert written is not None
    assert (written.changed, written.removed) == (("site/new",), ("private/collect.json",))


def test_a_site_with_too_many_files_has_no_stand_in(root: Path, monkeypatch: pytest.MonkeyPatch):
    build(root, OLD)
    monkeypatch.setattr(standin, "MOST", 5)
    monkeypatch.setattr(journal, "exchange", lambda *_: pytest.fail("exchanged"))
    build(root, NEW)
    assert (root / "site/f/h.html").exists()


def test_an_exchange_that_fails_changes_nothing(tmp_path: Path):
    (tmp_path / "one").mkdir()
    with pytest.raises(OSError, match="missing"):
        exchange(tmp_path / "one", tmp_path / "missing")
    assert (tmp_path / "one").is_dir()


@pytest.mark.parametrize("steps", range(7))
def test_a_build_in_the_open_that_stops_is_finished(
    root: Path, steps: int, monkeypatch: pytest.MonkeyPatch
):
    build(root, OLD)
    left = [steps]

    def stumble(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(*given)

        return step

    monkeypatch.setattr(journal, "POSSIBLE", False)
    monkeypatch.setattr(journal, "_move", stumble(journal._move))
    with contextlib.suppress(KeyboardInterrupt):
        build(root, NEW)
    assert (root / ".mati/journal.json").exists()
    monkeypatch.undo()
    recover(root)
    after = picture(root, moments=False)
    made = {f"{o.root}/{o.path}": (o.content, 0) for o in NEW}
    assert after == {**made, "site/.gitignore": after["site/.gitignore"]}
    assert sorted(p.name for p in (root / ".mati").iterdir()) in LEFT
    assert recover(root) is False


def test_a_build_that_stops_while_staging_changes_nothing(root: Path):
    build(root, site("old", "a.html"))
    before = picture(root)

    def outputs():
        yield Output(path="a.html", content=b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(root, outputs(), Notebook())
    assert picture(root) == before
    assert recover(root) is False


@pytest.mark.parametrize(
    "journal_text",
    ["", "{", "[]", '{"first": ["content/visit.md"], "moves": [], "removed": []}',
     '{"first": [], "moves": [], "removed": ["site/../content/visit.md"]}',
     '{"first": [3], "moves": [], "removed": []}'],
)  # fmt: skip
def test_a_strange_journal_is_not_followed(root: Path, journal_text: str):
    build(root, site("old", "a.html"))
    (root / ".mati/journal.json").write_text(journal_text, "utf-8")
    assert recover(root) is False
    assert (root / "content/visit.md").exists()
    assert not (root / ".mati/journal.json").exists()


_BUILDER = """
import sys
from pathlib import Path
from mati.diagnostics import Notebook
from mati.model import Output
from mati.writer import write
root, word = Path(sys.argv[1]), sys.argv[2]
names = [f"{lang}/{n}/index.html" for lang in ("km", "lo", "en") for n in range(60)]
names += [f"{word}/{n}.html" for n in range(20)]
outputs = [Output(path=p, content=(word + p).encode() * 50) for p in names]
outputs += [Output(path="reports/x.html", content=word.encode(), root="private")]
print("go", flush=True)
assert write(root, outputs, Notebook()) is not None
print("done", flush=True)
"""


def only_site(found: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in found.items() if key.startswith("site/")}


def look(root: Path, pictures: dict[str, dict[str, object]]) -> int:
    """Look at the site as a visitor who never repairs anything; 1 if nobody moved meanwhile.

    Reading takes time: it counts when the very same folder, not moved once, was there all along.
    """
    before = (root / "site").stat()
    try:
        found = only_site(picture(root, moments=False))
    except OSError:
        found = {}
    after = (root / "site").stat()
    if (before.st_ino, before.st_ctime_ns) != (after.st_ino, after.st_ctime_ns) or not POSSIBLE:
        return 0
    assert found in map(only_site, pictures.values()), "a mixture was to be seen"
    return 1


@posix
@pytest.mark.durability
def test_kill_at_any_moment_leaves_the_old_or_the_new_site(root: Path):
    """Killed builds, then ``recover``: each time one whole site. Acknowledged means there."""
    chance = random.Random(20261122)  # noqa: S311 - only moments to kill at
    pictures: dict[str, dict[str, object]] = {}
    for word in ("old", "new"):
        subprocess.run([sys.executable, "-c", _BUILDER, str(root), word], check=True)
        pictures[word] = picture(root, moments=False)
    counts = {"old": 0, "new": 0}
    looks = 0
    for turn in range(14):
        word = ("old", "new")[turn % 2]
        other = ("new", "old")[turn % 2]
        subprocess.run([sys.executable, "-c", _BUILDER, str(root), other], check=True)
        child = subprocess.Popen(
            [sys.executable, "-c", _BUILDER, str(root), word], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "go\n"
        until = time.monotonic() + chance.random() * 0.09
        while time.monotonic() < until:
            looks += look(root, pictures)
        child.send_signal(signal.SIGKILL)
        said = child.stdout.read()
        child.wait()
        child.stdout.close()
        assert not POSSIBLE or only_site(picture(root, moments=False)) in map(
            only_site, pictures.values()
        ), f"turn {turn}: a mixture without a next run"
        recover(root)
        after = picture(root, moments=False)
        assert after in pictures.values(), f"turn {turn}: a mixture"
        if "done" in said:
            assert after == pictures[word]
        counts[word if after == pictures[word] else other] += 1
    assert all(counts.values()), counts
    assert looks or not POSSIBLE


def test_the_manifest_knows_each_output(root: Path):
    build(root, site("one", "index.html"), options={"sample": True})
    record = json.loads((root / ".mati/manifest.json").read_text("utf-8"))
    assert list(record["outputs"]) == ["site/index.html"]
    assert record["options"] == {"sample": True}
    assert "content/visit.md" in record["sources"]
    assert any(key.startswith("own:mati/") for key in record["sources"])
