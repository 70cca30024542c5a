"""The site brought to its place by real programs: git, rsync, sftp; stand-ins for the hosts."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import netlify_stand_in as netlify
import pytest
from ssh_server import Server, server

from mati.diagnostics import Notebook, Span
from mati.errands import Call, Plan, Refusal, Run, Why
from mati.model import Output, Publish
from mati.uploading import begun
from mati.uploading.calling import Caller
from mati.uploading.memory import Place
from mati.uploading.running import scrubbed, start
from mati.writer import manifest, write
from scripts import sshd

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs of POSIX")

REPORT = "km/visit/report/index.html"
FILES = {
    "index.html": b"<p>home",
    "km/index.html": b"<p>list",
    "km/visit/index.html": b"<img src=/a/logo.01.png>",
    "km/old/index.html": b"<p>old",
    "a/logo.01.png": b"\x89PNG one",
    "sitemap.xml": b"<urlset/>",
    "en/odd [a]  b#%&'+,;=@$(!)~^{}`/ហាង ຮ້ານ.html": b"<p>odd",
    "-rf/index.html": b"<p>hyphen",
}
GONE = ("km/old/index.html", "a/logo.01.png")
NEXT = {
    **{path: content for path, content in FILES.items() if path not in GONE},
    "a/logo.02.png": b"\x89PNG two",
    "km/visit/index.html": b"<img src=/a/logo.02.png>",
    "km/new/index.html": b"<p>new",
}


def build(root: Path, files: dict[str, bytes], **options: object) -> None:
    """Write a site as a build does."""
    notes = Notebook()
    outputs = [Output(path=path, content=content) for path, content in files.items()]
    assert write(root, outputs, notes, options=options) is not None, list(notes)


def publish(root: Path, way: str, to: str, **more: object) -> Plan:
    """Compare and publish, without waiting."""
    setting = Publish(way=way, to=to, span=Span("mati.yaml", 1, 1))
    with begun(root, setting, **more) as job:
        job.sleep = lambda _: None
        plan = job.compare()
        if not plan.idle:
            job.publish(plan)
        return plan


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, without what we leave to know a place again."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ ຮ້ານ"
    folder.mkdir()
    build(folder, FILES)
    (folder / "site/stray.html").write_text("not ours")
    return folder


def refused(root: Path, way: str, to: str, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        publish(root, way, to, **more)
    return caught.value


# --- What is taken ---------------------------------------------------------------------------


def test_exactly_what_the_build_made_is_taken(root, tmp_path):
    publish(root, "folder", "../public")
    assert tree(tmp_path / "public") == FILES
    assert not (root / ".mati/publishing").exists()


def test_a_file_that_is_not_as_built_is_refused(root):
    (root / "site/index.html").write_bytes(b"<p>h0me")
    found = refused(root, "folder", "../public")
    assert (found.why, found.detail) == (Why.NOT_AS_BUILT, "site/index.html")
    (root / "site/index.html").unlink()
    assert refused(root, "folder", "../public").why is Why.NOT_AS_BUILT


def test_what_only_earlier_builds_made_stays_here(root, tmp_path):
    build(root, NEXT)
    assert (root / "site/a/logo.01.png").exists()
    publish(root, "folder", "../public")
    assert tree(tmp_path / "public") == NEXT


@pytest.mark.parametrize("path", ["index.html", "km/visit"])
def test_no_link_out_of_the_site_is_followed(root, tmp_path, path):
    secret = tmp_path / "secret"
    shutil.move(root / "site" / path, secret)
    (root / "site" / path).symlink_to(secret)
    assert refused(root, "folder", "../public").why is Why.UNSAFE_FILE
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("key", ["site/../private/x", "site/private/x", "site/.mati/x", "site//x"])
def test_no_manifest_can_name_what_must_stay_at_home(root, key):
    place = root / ".mati/manifest.json"
    known = manifest.load(place)
    changed = {**known.outputs, key: known.outputs["site/index.html"]}
    record = json.loads(place.read_text("utf-8"))
    record["outputs"] = changed
    place.write_text(json.dumps(record), "utf-8")
    found = refused(root, "folder", "../public")
    assert (found.why, found.detail) == (Why.UNSAFE_FILE, key)


def test_sample_answers_are_refused_however_they_came(root):
    page = b'<p class="banner" data-sample>made up'
    build(root, {**FILES, REPORT: page})
    found = refused(root, "folder", "../public")
    assert (found.why, found.detail) == (Why.SAMPLES, f"site/{REPORT}")
    build(root, FILES, sample=True)
    assert refused(root, "folder", "../public").why is Why.SAMPLES


def test_two_publishes_at_once_are_kept_apart(root):
    setting = Publish(way="folder", to="../public", span=Span("mati.yaml", 1, 1))
    with begun(root, setting):
        assert refused(root, "folder", "../public").why is Why.ALREADY_RUNNING
    publish(root, "folder", "../public")


# --- A memory only saves time -----------------------------------------------------------------


def test_a_wrong_memory_cannot_lead_out_of_the_target(root, tmp_path):
    publish(root, "folder", "../public")
    (memory,) = (root / ".mati/published").glob("*.json")
    record = json.loads(memory.read_text("utf-8"))
    outside = tmp_path / "precious.txt"
    outside.write_text("mine")
    record["files"]["../precious.txt"] = "x"
    memory.write_text(json.dumps(record), "utf-8")
    build(root, NEXT)
    publish(root, "folder", "../public")
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"format": 1}', '{"format": 1, "target": "x"}'])
def test_a_damaged_memory_is_not_believed(root, damage):
    place = Place(root, "folder ../public")
    place.write({"index.html": "x"}, "ab")
    (memory,) = (root / ".mati/published").glob("*.json")
    memory.write_text(damage)
    found = Place(root, "folder ../public")
    assert (found.files, found.mark) == ({}, "")


# --- Another folder --------------------------------------------------------------------------


def test_a_folder_gets_what_is_new_and_loses_what_is_gone(root, tmp_path):
    public = tmp_path / "public"
    publish(root, "folder", "../public")
    (public / "theirs.txt").write_text("theirs")
    (public / "km/old/theirs.txt").write_text("theirs")
    build(root, NEXT)
    plan = publish(root, "folder", "../public")
    assert plan.new == ("a/logo.02.png", "km/new/index.html")
    assert (plan.changed, plan.removed) == (("km/visit/index.html",), ("km/old/index.html",))
    theirs = {"theirs.txt": b"theirs", "km/old/theirs.txt": b"theirs"}
    assert tree(public) == {**NEXT, **theirs, "a/logo.01.png": FILES["a/logo.01.png"]}
    assert publish(root, "folder", "../public").idle


def test_a_full_disk_leaves_no_half_file(root, tmp_path, monkeypatch):
    real = os.fdopen

    def full(number: int, mode: str):
        file = real(number, mode)
        if mode == "wb":
            file.close()
            raise OSError(28, "No space left on device")
        return file

    monkeypatch.setattr("mati.uploading.places.os.fdopen", full)
    with pytest.raises(OSError, match=r"No space left .*public"):
        publish(root, "folder", "../public")
    monkeypatch.undo()
    assert tree(tmp_path / "public") == {}
    publish(root, "folder", "../public")
    assert tree(tmp_path / "public") == FILES


def test_what_somebody_changed_there_is_seen(root, tmp_path):
    publish(root, "folder", "../public")
    (tmp_path / "public/index.html").write_text("hacked")
    assert publish(root, "folder", "../public").changed == ("index.html",)
    assert tree(tmp_path / "public") == FILES


@pytest.mark.parametrize(
    "to",
    [
        "..",
        ".",
        "site",
        "site/x",
        "private",
        ".mati/x",
        "content",
        "/",
        ".git/x",
        "templates",
        "locales",
        "hosting/x",
    ],
)
def test_no_folder_is_taken_in_which_the_project_would_be_seen(root, to):
    assert refused(root, "folder", to).why is Why.UNSAFE_FOLDER


def test_links_in_a_folder_lead_nowhere(root, tmp_path):
    public, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    public.mkdir()
    elsewhere.mkdir()
    (public / "km").symlink_to(elsewhere)
    assert refused(root, "folder", "../public").why is Why.IN_THE_WAY
    (public / "km").unlink()
    precious = elsewhere / "precious"
    precious.write_text("mine")
    (public / "index.html").symlink_to(precious)
    (public / ".sitemap.xml.mati-new").symlink_to(precious)
    publish(root, "folder", "../public")
    assert precious.read_text() == "mine"
    assert tree(public) == FILES


def test_reports_go_only_when_they_are_withdrawn(root, tmp_path):
    build(root, {**FILES, REPORT: b"<p>numbers"})
    publish(root, "folder", "../public")
    build(root, NEXT)
    assert publish(root, "folder", "../public").stays == (REPORT,)
    assert (tmp_path / "public" / REPORT).read_bytes() == b"<p>numbers"
    plan = publish(root, "folder", "../public", withdraw=True)
    assert plan.removed == ("a/logo.01.png", REPORT)
    assert not (tmp_path / "public/km/visit/report").exists()


KILL = """
import os, signal, sys
from pathlib import Path
from mati.diagnostics import Span
from mati.model import Publish
from mati.uploading import begun
left = int(sys.argv[3])
def tick():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
with begun(Path(sys.argv[1]), Publish(way="folder", to=sys.argv[2], span=Span("x", 1, 1))) as job:
    job.tick = tick
    job.publish(job.compare())
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_killed_copy_is_finished_by_the_next(root, tmp_path, after):
    public = tmp_path / "public"
    publish(root, "folder", "../public")
    build(root, NEXT)
    repository = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", KILL, root, "../public", str(after)], cwd=repository, check=False
    )
    assert done.returncode == -signal.SIGKILL
    half = tree(public)
    assert all(half[path] in (FILES.get(path), NEXT.get(path)) for path in half)
    if half["km/visit/index.html"] == NEXT["km/visit/index.html"]:
        assert "a/logo.02.png" in half
    publish(root, "folder", "../public")
    assert tree(public) == {**NEXT, "a/logo.01.png": FILES["a/logo.01.png"]}


# --- A branch --------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=Dara", "-c", "user.email=dara@sokha.example")
    quoted = ("-c", "core.quotePath=false")
    done = subprocess.run(
        ["git", *identity, *quoted, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def remote(root: Path, tmp_path: Path) -> Path:
    """A bare repository that the project, kept in git, calls origin."""
    place = tmp_path / "remote ឃ្លាំង.git"
    git(tmp_path, "init", "-q", "--bare", str(place))
    git(root, "init", "-q", "-b", "main", ".")
    (root / ".gitignore").write_text("site/\nprivate/\n.mati/\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    git(root, "remote", "add", "origin", str(place))
    return place


def on_branch(remote: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    names = git(remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0")
    shown = {}
    for name in filter(None, names):
        words = ["git", "show", f"{branch}:{name}"]
        done = subprocess.run(words, cwd=remote, capture_output=True, check=True)
        shown[name] = done.stdout
    return shown


def others(remote: Path, tmp_path: Path, name: str, content: str) -> None:
    """Let somebody else push a file to the branch."""
    clone = tmp_path / f"clone-{name}"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(remote), str(clone))
    (clone / name).write_text(content)
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", f"add {name}")
    git(clone, "push", "-q", "origin", "gh-pages")


def test_a_branch_holds_the_site_and_nothing_here_is_touched(root, remote):
    (root / "notes.txt").write_text("being written")
    git(root, "add", "notes.txt")
    (root / "notes.txt").write_text("being written on")
    before, index = git(root, "status", "--porcelain"), (root / ".git/index").read_bytes()
    plan = publish(root, "branch", "gh-pages")
    assert len(plan.new) == len(FILES) + 1
    assert on_branch(remote) == {**FILES, ".nojekyll": b""}
    assert (root / ".git/index").read_bytes() == index
    assert git(root, "status", "--porcelain") == before
    assert git(root, "branch", "--list").split() == ["*", "main"]
    assert publish(root, "branch", "gh-pages").idle
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_a_branch_keeps_what_others_laid_there(root, remote, tmp_path):
    publish(root, "branch", "gh-pages")
    others(remote, tmp_path, "CNAME", "shop.example\n")
    build(root, NEXT)
    shutil.rmtree(root / ".mati/published")  # as on another computer
    plan = publish(root, "branch", "gh-pages")
    assert plan.removed == ("km/old/index.html",)
    logo = {"a/logo.01.png": FILES["a/logo.01.png"]}
    wanted = {**NEXT, **logo, ".nojekyll": b"", "CNAME": b"shop.example\n"}
    assert on_branch(remote) == wanted
    build(root, FILES)
    publish(root, "branch", "gh-pages")
    assert "CNAME" in on_branch(remote)
    assert "km/new/index.html" not in on_branch(remote)
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "4"


def test_a_branch_that_others_began_loses_nothing(root, remote, tmp_path):
    clone = tmp_path / "begun"
    git(tmp_path, "clone", "-q", str(remote), str(clone))
    git(clone, "checkout", "-qb", "gh-pages")
    (clone / "km/old").mkdir(parents=True)
    (clone / "km/old/index.html").write_text("theirs, first")
    (clone / "README.md").write_text("theirs")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "begin")
    git(clone, "push", "-q", "origin", "gh-pages")
    build(root, NEXT)
    publish(root, "branch", "gh-pages")
    assert on_branch(remote)["km/old/index.html"] == b"theirs, first"
    assert on_branch(remote)["README.md"] == b"theirs"


def test_who_pushes_in_between_is_never_overwritten(root, remote, tmp_path):
    publish(root, "branch", "gh-pages")
    build(root, NEXT)
    setting = Publish(way="branch", to="gh-pages", span=Span("mati.yaml", 1, 1))
    with begun(root, setting) as job:
        plan = job.compare()
        others(remote, tmp_path, "theirs.txt", "theirs")
        with pytest.raises(Refusal) as caught:
            job.publish(plan)
    assert caught.value.why is Why.OTHERS_CAME_FIRST
    assert "theirs.txt" in on_branch(remote)
    publish(root, "branch", "gh-pages")
    assert on_branch(remote)["theirs.txt"] == b"theirs"
    assert on_branch(remote)["km/new/index.html"] == b"<p>new"


def test_others_file_in_the_way_of_a_folder_is_said(root, remote, tmp_path):
    build(root, {"index.html": b"x"})
    publish(root, "branch", "gh-pages")
    others(remote, tmp_path, "km", "a file")
    build(root, NEXT)
    found = refused(root, "branch", "gh-pages")
    assert (found.why, found.detail) == (Why.IN_THE_WAY, "km")


def test_reports_on_a_branch_stay(root, remote):
    build(root, {**FILES, REPORT: b"<p>numbers"})
    publish(root, "branch", "gh-pages")
    build(root, NEXT)
    assert publish(root, "branch", "gh-pages").stays == (REPORT,)
    assert on_branch(remote)[REPORT] == b"<p>numbers"
    plan = publish(root, "branch", "gh-pages", withdraw=True)
    assert plan.removed == ("a/logo.01.png", REPORT)
    assert REPORT not in on_branch(remote)


def test_without_git_or_a_remote_it_is_said(root, remote):
    git(root, "remote", "remove", "origin")
    assert refused(root, "branch", "gh-pages").why is Why.NO_REMOTE
    assert refused(root, "branch", "main").why is Why.BRANCH_IN_USE
    shutil.rmtree(root / ".git")
    assert refused(root, "branch", "gh-pages").why is Why.NO_REPOSITORY


def test_a_remote_that_is_gone_or_refuses_is_said(root, remote):
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'only the owner may push' >&2\nexit 1\n")
    hook.chmod(0o755)
    found = refused(root, "branch", "gh-pages")
    assert found.why is Why.NOT_ALLOWED
    assert "only the owner may push" in found.detail
    shutil.rmtree(remote)
    assert refused(root, "branch", "gh-pages").why is Why.NOT_ALLOWED


def test_a_hook_of_ones_own_that_refuses_is_quoted(root, remote):
    hook = root / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    found = refused(root, "branch", "gh-pages")
    assert (found.why, found.detail) == (Why.NOT_ALLOWED, "not on a Friday")
    hook.unlink()
    (remote / "refs/heads/gh-pages.lock").write_text("")  # as a program that died there left it
    found = refused(root, "branch", "gh-pages")
    assert found.why is Why.NOT_ALLOWED
    assert "cannot lock ref" in found.detail


class Closed(BaseHTTPRequestHandler):
    """Lets nobody in."""

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_what_a_git_host_wants_of_people_is_said(root, remote, monkeypatch):
    listener = HTTPServer(("127.0.0.1", 0), Closed)
    thread = Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    for who in ("", "me:expired@"):
        address = f"http://{who}127.0.0.1:{listener.server_port}/x.git"
        git(root, "remote", "set-url", "origin", address)
        found = refused(root, "branch", "gh-pages")
        assert found.why is Why.LOGIN_REFUSED
        assert "expired" not in found.detail
    listener.shutdown()
    listener.server_close()
    thread.join()
    git(root, "remote", "set-url", "origin", "ssh://git@localhost:1/x.git")
    found = refused(root, "branch", "gh-pages")
    assert (found.why, found.detail) == (Why.NO_CONNECTION, "localhost")


def test_it_works_where_git_knows_no_name_and_in_a_hook(root, remote, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    for name in (
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
    ):
        monkeypatch.delenv(name, raising=False)
    publish(root, "branch", "gh-pages")
    monkeypatch.delenv("GIT_DIR")
    assert git(remote, "log", "--format=%an", "gh-pages").strip() == "mati publish"


@pytest.mark.parametrize(
    "setting",
    [
        ("grep.patternType", "fixed"),
        ("log.showSignature", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("core.autocrlf", "true"),
        ("push.followTags", "true"),
        ("fetch.prune", "true"),
        ("commit.gpgSign", "true"),
        ("core.hooksPath", "/nowhere"),
        ("push.default", "nothing"),
        ("status.branch", "true"),
    ],
    ids=lambda setting: setting[0],
)
def test_what_people_set_in_git_changes_nothing(root, remote, setting):
    git(root, "config", *setting)
    publish(root, "branch", "gh-pages")
    build(root, NEXT)
    plan = publish(root, "branch", "gh-pages")
    assert plan.removed == ("km/old/index.html",)
    logo = {"a/logo.01.png": FILES["a/logo.01.png"]}
    assert on_branch(remote) == {**NEXT, **logo, ".nojekyll": b""}


def test_the_remote_that_git_would_push_to_is_taken(root, remote, tmp_path):
    fork = tmp_path / "fork.git"
    git(tmp_path, "init", "-q", "--bare", str(fork))
    git(root, "remote", "add", "fork", str(fork))
    git(root, "config", "remote.pushDefault", "origin")
    git(root, "config", "branch.main.pushRemote", "fork")
    assert publish(root, "branch", "gh-pages").where == str(fork)
    assert on_branch(fork)
    git(root, "checkout", "-q", "--detach")
    assert publish(root, "branch", "gh-pages").where == str(remote)
    assert on_branch(remote)


def test_no_password_in_the_address_of_a_remote_is_shown(root, remote):
    git(root, "remote", "set-url", "--push", "origin", "http://me:pa55word@localhost:1/x")
    setting = Publish(way="branch", to="gh-pages", span=Span("mati.yaml", 1, 1))
    with begun(root, setting) as job:
        plan = job.compare()
        assert "pa55word" not in plan.where
        with pytest.raises(Refusal) as caught:
            job.publish(plan)
    assert "pa55word" not in caught.value.detail


def test_a_repository_without_a_commit_and_a_worktree_of_one_do(root, remote, tmp_path):
    shutil.rmtree(root / ".git")
    git(root, "init", "-q", "-b", "main", ".")
    git(root, "remote", "add", "origin", str(remote))
    publish(root, "branch", "gh-pages")
    assert on_branch(remote) == {**FILES, ".nojekyll": b""}
    assert git(root, "status", "--porcelain", "--branch").startswith("## No commits yet on main")
    git(root, "add", ".gitignore")
    git(root, "commit", "-qm", "first")
    tree_of_it = tmp_path / "beside"
    git(root, "worktree", "add", "-q", "-b", "other", str(tree_of_it))
    build(tree_of_it, NEXT)
    publish(tree_of_it, "branch", "gh-pages")
    assert on_branch(remote)["km/new/index.html"] == b"<p>new"
    assert refused(tree_of_it, "branch", "main").why is Why.BRANCH_IN_USE


# --- Servers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with server() as found:
        yield found


@pytest.fixture
def there(web: Server, monkeypatch) -> Server:
    monkeypatch.setenv("PATH", f"{web.programs}{os.pathsep}{os.environ['PATH']}")
    return web


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / 'web $(touch x) "q" ຮ້ານ'
    folder.mkdir()
    return folder


def site_there(public: Path) -> dict[str, bytes]:
    return tree(public / "shop")


def target(there: Server, public: Path) -> str:
    return there.target(public / "shop")


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_a_server_gets_what_is_new_and_loses_what_is_gone(root, there, public, way):
    to = target(there, public)
    publish(root, way, to)
    assert site_there(public) == FILES
    assert publish(root, way, to).idle
    (public / "shop/theirs.txt").write_text("theirs")
    (public / "shop/km/theirs").mkdir()
    build(root, NEXT)
    plan = publish(root, way, to)
    assert plan.new == ("a/logo.02.png", "km/new/index.html")
    assert (plan.changed, plan.removed) == (("km/visit/index.html",), ("km/old/index.html",))
    logo = {"a/logo.01.png": FILES["a/logo.01.png"], "theirs.txt": b"theirs"}
    assert site_there(public) == {**NEXT, **logo}
    assert not (public / "shop/km/old").exists()
    assert (public / "shop/km/theirs").is_dir()
    modes = {path.stat().st_mode & 0o777 for path in (public / "shop").rglob("*.html")}
    assert modes == {0o644}
    assert sorted(path.name for path in public.iterdir()) == ["shop"]


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_without_a_memory_all_travels_and_nothing_is_lost(root, there, public, way):
    to = target(there, public)
    publish(root, way, to)
    (public / "shop/theirs.txt").write_text("theirs")
    shutil.rmtree(root / ".mati/published")
    build(root, NEXT)
    publish(root, way, to)
    old = {path: FILES[path] for path in ("km/old/index.html", "a/logo.01.png")}
    assert site_there(public) == {**NEXT, **old, "theirs.txt": b"theirs"}


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_a_server_that_was_emptied_gets_all_again(root, there, public, way):
    to = target(there, public)
    publish(root, way, to)
    shutil.rmtree(public / "shop")
    plan = publish(root, way, to)
    assert len(plan.new) == len(FILES)
    assert site_there(public) == FILES


def test_rsync_sees_what_somebody_changed_there(root, there, public):
    to = target(there, public)
    publish(root, "rsync", to)
    (public / "shop/index.html").write_bytes(b"<p>h0me")
    os.utime(public / "shop/index.html", (0, 0))
    assert publish(root, "rsync", to).changed == ("index.html",)
    assert site_there(public) == FILES


def test_sftp_sends_all_again_when_asked(root, there, public):
    to = target(there, public)
    publish(root, "sftp", to)
    (public / "shop/index.html").write_bytes(b"<p>h0me")
    assert publish(root, "sftp", to).idle
    publish(root, "sftp", to, again=True)
    assert site_there(public) == FILES


def test_sftp_leaves_one_mark_and_no_half_files(root, there, public):
    to = target(there, public)
    publish(root, "sftp", to)
    build(root, NEXT)
    publish(root, "sftp", to)
    assert len(list((public / "shop").glob(".mati-published-*"))) == 1
    assert not list((public / "shop").rglob("*.mati-new"))


def test_two_computers_that_publish_by_sftp_do_not_mix(root, there, public):
    to = target(there, public)
    publish(root, "sftp", to)
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    build(elsewhere, FILES)
    publish(elsewhere, "sftp", to)
    assert len(list((public / "shop").glob(".mati-published-*"))) == 1
    build(elsewhere, {**FILES, "index.html": b"<p>theirs"})
    publish(elsewhere, "sftp", to)
    build(root, {**FILES, "km/index.html": b"<p>ours"})
    publish(root, "sftp", to)  # which must not take their first page for its own
    assert site_there(public) == {**FILES, "km/index.html": b"<p>ours"}
    assert len(list((public / "shop").glob(".mati-published-*"))) == 1


def test_sftp_replaces_files_on_servers_that_do_not(root, public, monkeypatch):
    program = next(Path("/usr/lib").glob("**/sftp-server"), None)
    if program is None:
        pytest.skip("no sftp-server program on this system")
    with server(f"{program} -P posix-rename") as old:
        monkeypatch.setenv("PATH", f"{old.programs}{os.pathsep}{os.environ['PATH']}")
        publish(root, "sftp", target(old, public))
        build(root, NEXT)
        publish(root, "sftp", target(old, public))
    logo = {"a/logo.01.png": FILES["a/logo.01.png"]}
    assert site_there(public) == {**NEXT, **logo}


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_what_a_server_says_is_put_into_words(root, there, public, way, monkeypatch):
    tmp_path = public.parent
    to = target(there, public)
    settings, good = there.settings, there.settings.read_text("utf-8")
    try:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True
        )
        settings.write_text(good.replace(f"{settings.parent}/key", str(tmp_path / "other")))
        assert refused(root, way, to).why is Why.KEY_REFUSED
        settings.write_text(good.replace(f"{settings.parent}/known", "/dev/null"))
        assert refused(root, way, to).why is Why.HOST_UNKNOWN
    finally:
        settings.write_text(good)
    assert refused(root, way, "me@nowhere.invalid:/x").why is Why.NO_HOST
    assert refused(root, way, "me@localhost:/x port 1").why is Why.NO_CONNECTION
    (public / "file").write_text("x")
    found = refused(root, way, there.target(public / "file/below"))
    assert found.why is Why.CANNOT_WRITE
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    found = refused(root, way, to)
    assert (found.why, found.detail) == (Why.NO_PROGRAM, way)


def wrapper(there: Server, tmp_path: Path, name: str, script: str) -> str:
    """Make a program that stands before the real one; return the search path with it."""
    folder = tmp_path / "before"
    folder.mkdir(exist_ok=True)
    real = shutil.which(name)
    place = folder / name
    count = (
        f'n=$(cat "{folder}/count" 2>/dev/null || echo 0); n=$((n+1)); echo $n > "{folder}/count"'
    )
    place.write_text(f"#!/bin/sh\nreal={real}\n{count}\n{script}\n")
    place.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


HALF = {
    # the comparison, then the assets, then the pages: killed before them, or while they travel
    "rsync": ('[ $n = 3 ] && { kill -9 $PPID; exit; }; exec "$real" "$@"'),
    # the second session ends in the middle of its list
    "sftp": (
        '[ $n = 2 ] && { head -n 14 | "$real" "$@"; kill -9 $PPID; exit; }; exec "$real" "$@"'
    ),
}

RUN = """
import sys
from pathlib import Path
from mati.diagnostics import Span
from mati.model import Publish
from mati.uploading import begun
setting = Publish(way=sys.argv[2], to=sys.argv[3], span=Span("x", 1, 1))
with begun(Path(sys.argv[1]), setting) as job:
    job.publish(job.compare())
"""


@pytest.mark.parametrize("way", ["rsync", "sftp"])
def test_a_killed_upload_is_finished_by_the_next(root, there, public, tmp_path, way):
    to = target(there, public)
    publish(root, way, to)
    build(root, NEXT)
    path = wrapper(there, tmp_path, way, HALF[way])
    done = subprocess.run(
        [sys.executable, "-c", RUN, root, way, to],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    half = site_there(public)
    assert "a/logo.02.png" in half
    pages = [path for path in half if not path.rpartition("/")[2].startswith(".")]
    assert all(half[path] in (FILES.get(path), NEXT.get(path)) for path in pages)
    publish(root, way, to)
    assert site_there(public) == {**NEXT, "a/logo.01.png": FILES["a/logo.01.png"]}


def test_a_killed_push_changes_nothing_there(root, remote, tmp_path):
    publish(root, "branch", "gh-pages")
    build(root, NEXT)
    script = '[ "$1" = push ] && { kill -9 $PPID; exit; }; exec "$real" "$@"'
    path = wrapper(None, tmp_path, "git", script)
    done = subprocess.run(
        [sys.executable, "-c", RUN, root, "branch", "gh-pages"],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert on_branch(remote) == {**FILES, ".nojekyll": b""}
    publish(root, "branch", "gh-pages")
    assert on_branch(remote)["km/new/index.html"] == b"<p>new"


def test_the_programs_are_found_or_named():
    assert sshd.find(which=lambda _: None, places=()) is None
    found = sshd.find()
    assert found is not None, sshd.advice()
    assert set(found) == set(sshd.PROGRAMS)
    assert "openssh-server" in sshd.advice()


# --- Reports of nobody -----------------------------------------------------------------------

RECORD = "km/visit/report/results.json"
FULL = {**FILES, REPORT: b"<p>40 answers", RECORD: b'{"answers": 40}'}
EMPTY = {**FILES, REPORT: b"<p>no answers", RECORD: b'{"answers": 0}'}


@pytest.mark.parametrize("way", ["folder", "branch", "rsync", "sftp"])
def test_who_has_no_answers_empties_no_report(root, remote, there, public, way):
    to = {"folder": "../public", "branch": "gh-pages"}.get(way, target(there, public))
    shown = {
        "folder": lambda: tree(root.parent / "public"),
        "branch": lambda: on_branch(remote),
    }.get(way, lambda: site_there(public))
    build(root, FULL)
    publish(root, way, to)
    shutil.rmtree(root / ".mati/published")  # as on another computer
    build(root, {**EMPTY, "index.html": b"<p>new"})
    plan = publish(root, way, to)
    assert plan.stays == (REPORT, RECORD)
    assert not {REPORT, RECORD} & {*plan.new, *plan.changed}
    assert "index.html" in plan.changed
    if way != "sftp":  # which cannot be asked for digests, so that all travels
        assert plan.changed == ("index.html",)
    assert shown()[REPORT] == FULL[REPORT]
    assert publish(root, way, to).idle
    build(root, {**FULL, REPORT: b"<p>41 answers"})
    publish(root, way, to)
    assert shown()[REPORT] == b"<p>41 answers"
    build(root, EMPTY)  # all of it was forgotten, and who did that says so
    publish(root, way, to, withdraw=True)
    assert shown()[REPORT] == EMPTY[REPORT]


# --- Netlify ---------------------------------------------------------------------------------


@pytest.fixture
def host(monkeypatch) -> Iterator[netlify.State]:
    with netlify.stand_in() as (address, state):
        monkeypatch.setenv("MATI_NETLIFY_API", address)
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", netlify.TOKEN)
        yield state


def shown(host: netlify.State) -> dict[str, bytes]:
    return {path.lstrip("/"): host.shown(path) for path in host.files}


def test_netlify_gets_only_what_it_lacks(root, host):
    publish(root, "netlify", netlify.SITE)
    assert shown(host) == FILES
    assert publish(root, "netlify", netlify.SITE).idle
    build(root, {**NEXT, "twin.html": NEXT["km/new/index.html"]})
    host.seen.clear()
    plan = publish(root, "netlify", netlify.SITE)
    assert plan.removed == ("km/old/index.html",)
    logo = {"a/logo.01.png": FILES["a/logo.01.png"]}
    assert shown(host) == {**NEXT, **logo, "twin.html": NEXT["km/new/index.html"]}
    assert sum(line.startswith("PUT") for line in host.seen) == 3


def test_reports_at_netlify_stay(root, host):
    build(root, {**FILES, REPORT: b"<p>numbers"})
    publish(root, "netlify", netlify.SITE)
    shutil.rmtree(root / ".mati/published")
    build(root, NEXT)
    publish(root, "netlify", netlify.SITE)
    assert shown(host)[REPORT] == b"<p>numbers"
    publish(root, "netlify", netlify.SITE, withdraw=True)
    assert REPORT not in shown(host)


@pytest.mark.parametrize(
    "troubles",
    [
        [(429, {"Retry_After": "1"})],
        [(503, {}), (500, {}), (502, {})],
        ["torn", "torn"],
    ],
)
@pytest.mark.parametrize("before", [0, 2, 5])
def test_troubles_that_pass_are_waited_for(root, host, troubles, before):
    setting = Publish(way="netlify", to=netlify.SITE, span=Span("mati.yaml", 1, 1))
    waited: list[float] = []
    with begun(root, setting) as job:
        job.sleep = waited.append
        if not before:
            host.troubles += troubles
        plan = job.compare()
        count = itertools.count(1)
        job.tick = lambda: host.troubles.extend(troubles) if next(count) == before else None
        job.publish(plan)
    assert shown(host) == FILES
    assert len(waited) >= len(troubles)


def test_troubles_that_do_not_pass_are_said_without_the_token(root, host, monkeypatch):
    host.troubles += [(422, {})]
    found = refused(root, "netlify", netlify.SITE)
    assert (found.why, found.detail) == (Why.NOT_TAKEN, "Netlify: 422 trouble")
    assert refused(root, "netlify", "other.netlify.app").why is Why.NO_SITE
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "wrong-token-value")
    found = refused(root, "netlify", netlify.SITE)
    assert (found.why, found.detail) == (Why.TOKEN_REFUSED, "NETLIFY_AUTH_TOKEN")
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "two\nlines")
    assert refused(root, "netlify", netlify.SITE).why is Why.TOKEN_REFUSED
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN")
    found = refused(root, "netlify", netlify.SITE)
    assert (found.why, found.detail) == (Why.NO_TOKEN, "NETLIFY_AUTH_TOKEN")
    assert not host.files


def test_a_deploy_that_never_gets_ready_is_said(root, host):
    host.stuck = True  # asked 150 times
    assert refused(root, "netlify", netlify.SITE).why is Why.NOT_READY


def test_no_redirect_is_followed_with_the_token(root, host):
    with netlify.stand_in() as (elsewhere, other):
        host.redirect = elsewhere
        assert refused(root, "netlify", netlify.SITE).why is Why.NOT_TAKEN
        assert not other.seen


def test_only_this_machine_can_stand_in(monkeypatch):
    monkeypatch.setenv("MATI_NETLIFY_API", "https://evil.example/api/v1")
    asked: list[str] = []
    monkeypatch.setattr("mati.uploading.calling._line", lambda url: asked.append(url.hostname))
    call = Call(
        root="https://api.netlify.com/x", method="GET", path="/", instead="MATI_NETLIFY_API"
    )
    with pytest.raises(AttributeError):
        Caller().ask(call, Path())
    assert asked == ["api.netlify.com"]


def test_a_certificate_nobody_vouches_for_is_refused(root, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
             "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]  # fmt: skip
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this system")
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    listener.socket = context.wrap_socket(listener.socket, server_side=True)
    listener.handle_error = lambda *_: None
    thread = Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("MATI_NETLIFY_API", f"https://localhost:{listener.server_port}/api/v1")
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", netlify.TOKEN)
    try:
        assert refused(root, "netlify", netlify.SITE).why is Why.NOT_TRUSTED
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


@pytest.mark.parametrize(
    "address", ["http://localhost:x/api", "http://[::1/", "http://localhost:0"]
)
def test_an_address_that_is_none_stands_in_for_nothing(monkeypatch, address):
    monkeypatch.setenv("MATI_NETLIFY_API", address)
    asked: list[str] = []
    monkeypatch.setattr("mati.uploading.calling._line", lambda url: asked.append(url.hostname))
    call = Call(root="https://api.netlify.com", method="GET", path="/", instead="MATI_NETLIFY_API")
    with pytest.raises(AttributeError):
        Caller().ask(call, Path())
    assert asked == ["api.netlify.com"]


class Dripping(BaseHTTPRequestHandler):
    """Sends a byte now and then, for ever."""

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b" ")
                time.sleep(0.05)


def test_a_service_that_never_ends_is_left(monkeypatch):
    listener = HTTPServer(("127.0.0.1", 0), Dripping)
    thread = Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listener.server_port}"
    monkeypatch.setenv("MATI_NETLIFY_API", address)
    monkeypatch.setattr("mati.uploading.calling._DEADLINE", 0.3)
    call = Call(root="https://api.netlify.com", method="GET", path="/", instead="MATI_NETLIFY_API")
    start = time.monotonic()
    Caller().ask(call, Path())
    assert time.monotonic() - start < 5
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.mark.parametrize("required", [5, "abc", {"a": 1}, [None, 7, ["x"]], None])
def test_nonsense_of_a_service_is_no_fault_of_ours(root, host, monkeypatch, required):
    def begin(self: netlify.Handler, wanted: dict[str, object]) -> None:
        self.reply(200, {"id": "d1", "required": required, "state": ["new"]})

    monkeypatch.setattr(netlify.Handler, "begin", begin)
    monkeypatch.setattr("mati.uploads.netlify._LOOKS", 1)
    assert refused(root, "netlify", netlify.SITE).why in (Why.NO_SITE, Why.NOT_TAKEN)


def test_who_has_no_answers_empties_no_report_at_netlify(root, host):
    build(root, FULL)
    publish(root, "netlify", netlify.SITE)
    build(root, {**EMPTY, "index.html": b"<p>new"})
    publish(root, "netlify", netlify.SITE)
    assert shown(host) == {**FULL, "index.html": b"<p>new"}
    publish(root, "netlify", netlify.SITE, withdraw=True)
    assert shown(host)[REPORT] == EMPTY[REPORT]


def test_who_publishes_to_netlify_in_between_loses_nothing(root, host):
    publish(root, "netlify", netlify.SITE)
    build(root, NEXT)
    setting = Publish(way="netlify", to=netlify.SITE, span=Span("mati.yaml", 1, 1))
    with begun(root, setting) as job:
        plan = job.compare()
        host.files["/km/visit/report/index.html"] = host.files["/index.html"]
        with pytest.raises(Refusal) as caught:
            job.publish(plan)
    assert caught.value.why is Why.CHANGED_MEANWHILE
    publish(root, "netlify", netlify.SITE)
    assert REPORT in shown(host)


# --- Cloudflare ------------------------------------------------------------------------------

WRANGLER = """#!/bin/sh
"exec" "{python}" "$0" "$@"
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    sys.exit(print("4.0.0"))
folder = pathlib.Path(sys.argv[3])
found = [path for path in folder.rglob("*") if path.is_file()]
files = {{path.relative_to(folder).as_posix(): path.read_bytes().hex() for path in found}}
token = os.environ.get("CLOUDFLARE_API_TOKEN", "")
seen = {{"words": sys.argv[1:], "files": files, "where": os.getcwd(), "token": token}}
seen["netlify"] = os.environ.get("NETLIFY_AUTH_TOKEN")
pathlib.Path({place!r}).write_text(json.dumps(seen))
if token != "good-token":
    sys.exit("X [ERROR] Authentication error [code: 10000] " + token)
print("Deployment complete! Take a peek over at https://0a1b.sokha-shop.pages.dev")
"""


@pytest.fixture
def wrangler(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "wrangler"
    folder.mkdir()
    place = folder / "seen.json"
    program = folder / "wrangler"
    program.write_text(WRANGLER.format(python=sys.executable, place=str(place)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "good-token")
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "not-for-others")
    return place


def sent(place: Path) -> dict[str, bytes]:
    files = json.loads(place.read_text("utf-8"))["files"]
    return {path: bytes.fromhex(content) for path, content in files.items()}


def test_wrangler_is_given_the_site_and_nothing_else(root, wrangler):
    plan = publish(root, "cloudflare", "sokha-shop")
    assert not plan.sure
    assert sent(wrangler) == FILES
    seen = json.loads(wrangler.read_text("utf-8"))
    assert seen["words"][:2] == ["pages", "deploy"]
    assert seen["words"][3:] == ["--project-name=sokha-shop", "--commit-dirty=true"]
    assert not Path(seen["where"]).is_relative_to(root)
    assert "good-token" not in str(seen["words"])
    assert seen["netlify"] is None
    setting = Publish(way="cloudflare", to="sokha-shop", span=Span("mati.yaml", 1, 1))
    with begun(root, setting) as job:
        assert job.publish(job.compare()) == ("https://0a1b.sokha-shop.pages.dev/",)


def test_reports_and_old_assets_travel_again(root, wrangler):
    build(root, {**FILES, REPORT: b"<p>numbers"})
    publish(root, "cloudflare", "sokha-shop branch try")
    build(root, NEXT)
    publish(root, "cloudflare", "sokha-shop branch try", absent=("visit",))
    logo = {"a/logo.01.png": FILES["a/logo.01.png"]}
    assert sent(wrangler) == {**NEXT, **logo, REPORT: b"<p>numbers"}
    assert "--branch=try" in json.loads(wrangler.read_text("utf-8"))["words"]
    publish(root, "cloudflare", "sokha-shop branch try", withdraw=True)
    assert REPORT not in sent(wrangler)


def test_who_has_no_answers_empties_no_report_at_cloudflare(root, wrangler):
    build(root, FULL)
    publish(root, "cloudflare", "sokha-shop")
    build(root, {**EMPTY, "index.html": b"<p>new"})
    publish(root, "cloudflare", "sokha-shop")
    assert sent(wrangler) == {**FULL, "index.html": b"<p>new"}
    publish(root, "cloudflare", "sokha-shop")
    assert sent(wrangler)[REPORT] == FULL[REPORT]


def test_reports_that_cannot_travel_again_stop_it(root, wrangler):
    found = refused(root, "cloudflare", "sokha-shop", absent=("visit",))
    assert (found.why, found.detail) == (Why.REPORTS_ELSEWHERE, "visit")
    build(root, {**FILES, REPORT: b"<p>numbers"})
    publish(root, "cloudflare", "sokha-shop")
    for kept in (root / ".mati/published").rglob("report"):
        shutil.rmtree(kept)
    build(root, NEXT)
    assert refused(root, "cloudflare", "sokha-shop").detail == "visit"


def test_what_wrangler_complains_of_is_said_without_the_token(
    root, wrangler, monkeypatch, tmp_path
):
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "bad-token-value")
    found = refused(root, "cloudflare", "sokha-shop")
    assert (found.why, found.detail) == (Why.TOKEN_REFUSED, "CLOUDFLARE_API_TOKEN")
    monkeypatch.setenv("PATH", str(tmp_path))
    shutil.rmtree(root / ".mati/published")
    found = refused(root, "cloudflare", "sokha-shop")
    assert (found.why, found.detail) == (Why.NO_PROGRAM, "wrangler")
    assert not (root / ".mati/published").exists()


# --- Secrets ---------------------------------------------------------------------------------


def test_no_secret_is_shown():
    known = {"NETLIFY_AUTH_TOKEN": "abc123", "CLOUDFLARE_ACCOUNT_ID": "acc0"}
    text = "abc123 at https://me:pass@git.example/x with acc0\x1b[31m"
    assert scrubbed(text, known) == "… at https://git.example/x with … [31m"


def test_programs_see_no_secret_that_is_not_theirs(root, monkeypatch):
    (root / ".mati/publishing/site").mkdir(parents=True)
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "abc123")
    run = Run(program="env", arguments=())
    ran = start(run, root, root / ".mati/publishing", lambda: None)
    assert b"abc123" not in ran.out
    assert b"LC_ALL=C\n" in ran.out
    monkeypatch.setattr("mati.uploading.running._PATIENCE", 0.2)
    left = Run(program="sh", arguments=("-c", "echo said >&2; sleep 30 >/dev/null & exit 3"))
    begin = time.monotonic()
    ran = start(left, root, root / ".mati/publishing", lambda: None)
    assert (ran.status, ran.errors) == (3, "said\n")
    assert time.monotonic() - begin < 10
    loud = Run(program="sh", arguments=("-c", "yes loud | head -c 20000000 >&2; echo end >&2"))
    assert start(loud, root, root / ".mati/publishing", lambda: None).errors.endswith("loud\nend\n")
    lines = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(50_000)]
    echo = Run(program="cat", arguments=(), stdin="\n".join(lines).encode())
    assert start(echo, root, root / ".mati/publishing", lambda: None).out == echo.stdin
