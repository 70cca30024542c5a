"""The command ``publish``: builds, shows, asks, freezes names, brings the site to its place."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import netlify_stand_in as netlify
import pytest
from click.testing import CliRunner, Result

from mati import home
from mati.build import forms
from mati.cli import main
from mati.cli.publishing import _at_home, sentence
from mati.diagnostics import Notebook
from mati.errands import Refusal, Why
from mati.project import open_project
from mati.samples import sample

REPOSITORY = Path(__file__).parent.parent
SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### How was it? {#mood}\n\n- (5) Good\n- (1) Bad\n"
SETTINGS = """\
name: Sokha Coffee
url: https://sokha.example
timezone: Asia/Phnom_Penh
languages: [en]
collect:
  url: https://answers.sokha.example
publish: folder ../public ហាង
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project built once; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("fresh") / "shop"
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text(SURVEY, "utf-8")
    (folder / "mati.yaml").write_text(SETTINGS, "utf-8")
    assert invoke(folder, "build").exit_code == 0
    return folder


@pytest.fixture
def root(fresh: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ ຮ້ານ"
    shutil.copytree(fresh, folder)
    return folder


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public ហាង"


def invoke(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), *arguments])


def publish(root: Path, *arguments: str) -> Result:
    return invoke(root, "publish", "--yes", *arguments)


def edit(root: Path, old: str, new: str, path: str = "content/visit.md") -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def pages(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


# --- Show, ask, do ---------------------------------------------------------------------------


def test_a_dry_run_shows_and_changes_nothing(root, public):
    result = invoke(root, "publish", "--dry-run", "--verbose")
    assert result.exit_code == 0
    assert f"To: folder ../public ហាង ({public.resolve()})\n" in result.output
    count = len(pages(root / "site"))
    assert f"New: {count}, changed: 0, removed: 0, unchanged: 0.\n" in result.output
    assert "+ en/visit/index.html\n" in result.output
    assert "'mati ids --release': visit\n" in result.output
    assert not public.exists()
    assert not (root / "content/visit.lock").exists()
    assert not (root / ".mati/published").exists()


def test_without_a_terminal_it_must_be_told_yes(root, public):
    result = invoke(root, "publish")
    assert result.exit_code == 2
    assert "--yes" in result.output
    assert not public.exists()


def test_it_publishes_and_says_where(root, public):
    result = publish(root)
    assert result.exit_code == 0, result.output
    assert f"Published. Files sent: {len(pages(root / 'site'))}, removed: 0.\n" in result.output
    assert "\nhttps://sokha.example/\nhttps://sokha.example/en/visit/\n" in result.output
    assert result.output.endswith("words and codes: https://sokha.example/share/visit/\n")
    assert (public / "share/visit/index.html").exists()
    assert pages(public) == pages(root / "site")
    again = publish(root)
    assert (again.exit_code, "Nothing to publish" in again.output) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
@pytest.mark.parametrize(("answer", "status"), [("n", 1), ("", 1), ("y", 0), ("\x04", 130)])
def test_on_a_terminal_it_asks(root, public, answer, status):
    shown, code = at_a_terminal(root, answer)
    assert "Publish? [y/N]" in shown
    assert code == status
    assert ("Nothing was published." in shown) is (status != 0)
    assert public.exists() is (status == 0)
    assert (root / "content/visit.lock").exists() is (status == 0)


def at_a_terminal(root: Path, answer: str) -> tuple[str, int]:
    """Run the command at a terminal of its own and answer its question."""
    ours, theirs = os.openpty()
    script = "import sys; sys.argv[0] = 'mati'; from mati.cli import main; main()"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "MATI_"))}
    with subprocess.Popen(
        [sys.executable, "-c", script, "publish"],
        cwd=root,
        env={**kept, "PYTHONPATH": str(REPOSITORY), "LANG": "C.UTF-8"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        shown, asked, until = b"", False, time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    shown += os.read(ours, 4096)
                except OSError:  # the other end is closed
                    break
            elif running.poll() is not None:
                break
            if not asked and b"[y/N]" in shown:
                os.write(ours, f"{answer}\n".encode())
                asked = True
        code = running.wait(20)
    os.close(ours)
    return shown.decode(), code


def test_a_mistake_stops_it_before_anything_is_shown(root, public):
    edit(root, "{#mood}", "{#mood kind=csta}")
    result = publish(root)
    assert result.exit_code == 1
    assert "[unknown-kind]" in result.output
    assert "To: " not in result.output
    assert not public.exists()


def test_without_a_target_the_ways_are_named(root):
    edit(root, "publish: folder ../public ហាង\n", "", "mati.yaml")
    result = publish(root)
    assert result.exit_code == 1
    for way in (
        "branch gh-pages",
        "rsync ",
        "sftp ",
        "netlify ",
        "cloudflare ",
        "folder ../public",
    ):
        assert f"publish: {way}" in result.output


def test_a_wrong_target_is_a_mistake_at_its_place(root):
    edit(root, "folder ../public ហាង", "gh-pages", "mati.yaml")
    result = publish(root)
    assert result.exit_code == 1
    assert "mati.yaml:7:10: error [unknown-way]" in result.output
    assert "publish: branch gh-pages" in result.output


def test_only_what_the_build_made_is_published(root, public):
    (root / "site/secret.txt").write_text("not ours")
    (root / "private/reports").mkdir(parents=True, exist_ok=True)
    (root / "private/reports/x.html").write_text("private")
    publish(root)
    assert "secret.txt" not in pages(public)
    assert not any("private" in path for path in pages(public))


# --- Names are frozen ------------------------------------------------------------------------


def test_names_are_frozen_before_they_are_seen(root):
    result = publish(root)
    assert "content/visit.lock: version" in result.output
    first = (root / "content/visit.lock").read_text("utf-8")
    publish(root)
    assert (root / "content/visit.lock").read_text("utf-8") == first
    edit(root, "- (1) Bad\n", "- (1) Bad\n\n### Why? {#why}\n\n___\n")
    publish(root)
    assert (root / "content/visit.lock").read_text("utf-8").count("\n") == 2
    assert (root / "content/visit.lock").read_text("utf-8").startswith(first)


def test_what_would_harm_answers_is_refused(root, public):
    publish(root)
    before = pages(public)
    edit(root, "{#mood}", "{#feeling}")
    result = publish(root)
    assert result.exit_code == 1
    assert "released-" in result.output
    assert pages(public) == before


def test_a_survey_without_all_its_names_is_refused(root, public):
    edit(root, " {#mood}", "")
    result = publish(root)
    assert result.exit_code == 1
    assert "content/visit.md:7:" in result.output
    assert "not released; mend what stands above first" in result.output
    assert not public.exists()


# --- What would be wrong with it however its pages look --------------------------------------


def test_answers_that_nobody_would_get_stop_it(root, public):
    edit(root, "https://answers.sokha.example", "http://localhost:8001", "mati.yaml")
    result = publish(root)
    assert result.exit_code == 0  # on this computer the service may be, too
    assert "mati.yaml:6:8: warning [answers-stay-here]" in result.output
    edit(root, "folder ../public ហាង", "branch gh-pages", "mati.yaml")
    result = publish(root)
    assert result.exit_code == 1
    assert "mati.yaml:6:8: error [answers-stay-here]" in result.output
    assert "   6 |   url: http://localhost:8001\n" in result.output
    assert "collect' runs for everybody" in result.output
    assert "To: " not in result.output
    edit(root, "lang: en\n", "lang: en\nsend: formspree:abcdefgh\n")
    assert "answers-stay-here" not in publish(root).output


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost", True),
        ("https://127.0.0.1:8001/x", True),
        ("http://[::1]:8001", True),
        ("http://shop.localhost", True),
        ("https://answers.sokha.example", False),
        ("https://localhost.example", False),
        ("", False),
    ],
)
def test_an_address_of_ones_own_device_is_known(address, local):
    assert _at_home(address) is local


def test_a_site_without_an_address_is_said(root):
    edit(root, "url: https://sokha.example\n", "", "mati.yaml")
    result = publish(root)
    assert result.exit_code == 0
    assert "mati.yaml:1:1: note [no-site-url]" in result.output


def test_another_host_than_the_way_leads_to_is_said(root):
    edit(root, "publish: folder ../public ហាង", "publish: branch gh-pages", "mati.yaml")
    for host, said in (("nginx", True), ("github", False), ("folder", False)):
        text = (root / "mati.yaml").read_text("utf-8").partition("host:")[0]
        (root / "mati.yaml").write_text(f"{text}host: {host}\n", "utf-8")
        result = publish(root)
        assert ("mati.yaml:7:10: note [publish-elsewhere]" in result.output) is said


def test_a_way_with_a_host_of_its_own_offers_what_that_host_can(root, monkeypatch):
    offer = "add to mati.yaml: host: netlify\n"
    with netlify.stand_in() as (address, _state):
        monkeypatch.setenv("MATI_NETLIFY_API", address)
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", netlify.TOKEN)
        assert offer not in invoke(root, "publish", "--dry-run").output
        edit(root, "folder ../public ហាង", f"netlify {netlify.SITE}", "mati.yaml")
        assert offer in invoke(root, "publish", "--dry-run").output
        edit(root, "publish:", "host: netlify\npublish:", "mati.yaml")
        result = invoke(root, "publish", "--dry-run", "--verbose")
    assert offer not in result.output
    assert "+ _headers\n" in result.output


def test_others_files_are_named_before_they_are_replaced(root, public):
    public.mkdir()
    (public / "index.html").write_text("the old site of the shop")
    (public / "about.html").write_text("theirs")
    result = invoke(root, "publish", "--dry-run")
    assert "to have brought would be replaced or removed: 1, such as index.html\n" in result.output
    publish(root)
    assert (public / "about.html").read_text() == "theirs"
    edit(root, "# Visit", "# Your visit")
    assert "Careful" not in publish(root).output


def test_what_a_host_says_cannot_speak_to_the_terminal(root, monkeypatch):
    edit(root, "folder ../public ហាង", f"netlify {netlify.SITE}", "mati.yaml")
    with netlify.stand_in() as (address, state):
        monkeypatch.setenv("MATI_NETLIFY_API", address)
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", netlify.TOKEN)
        state.files = {"/x\x1b[2J\ud800.html": "0" * 40}
        result = publish(root, "--verbose")
    assert result.exit_code == 0, result.output
    assert "- x�[2J�.html\n" in result.output
    assert f"To: netlify {netlify.SITE} (https://shop.netlify.app/)\n" in result.output


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="rights of POSIX")
def test_what_the_computer_refuses_is_said_and_how_it_stands(root, public, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(public))

    monkeypatch.setattr("mati.uploading.places.put", full)
    result = publish(root)
    assert result.exit_code == 1
    assert "The computer refused: " in result.output
    assert "the next time goes on from here" in result.output


# --- Reports ---------------------------------------------------------------------------------


def answers(root: Path) -> None:
    """Bring answers home that people gave."""
    project = open_project(root, Notebook())
    survey = forms.read(project, "", Notebook())["visit"]
    rows = sample(survey, 30, datetime(2026, 11, 1, tzinfo=UTC))
    home.bring(root, survey, [replace(row, sample=False) for row in rows], Notebook())


REPORT = "en/visit/report/index.html"


def test_reports_stay_where_they_are_without_the_answers(root, public):
    edit(root, "lang: en\n", "lang: en\nreport:\n  public: true\n")
    answers(root)
    assert publish(root).exit_code == 0
    assert REPORT in pages(public)
    elsewhere = root.parent / "elsewhere"
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("private", "site", ".mati"))
    memory = root / ".mati/published"
    (elsewhere / ".mati").mkdir()
    shutil.copytree(memory, elsewhere / ".mati/published")
    edit(elsewhere, "# Visit", "# Your visit")
    result = publish(elsewhere)
    assert result.exit_code == 0, result.output
    assert "Published reports that this build did not make stay where they are:" in result.output
    assert "--withdraw" not in result.output
    assert REPORT in pages(public)
    refused = publish(elsewhere, "--withdraw")
    assert (refused.exit_code, "where the answers are" in refused.output) == (1, True)


def test_a_report_that_became_private_is_taken_down_when_asked(root, public):
    edit(root, "lang: en\n", "lang: en\nreport:\n  public: true\n")
    answers(root)
    publish(root)
    edit(root, "public: true", "public: false")
    result = publish(root)
    assert "To take those reports down: " in result.output
    assert REPORT in pages(public)
    assert publish(root, "--withdraw").exit_code == 0
    assert REPORT not in pages(public)


def test_sample_answers_never_get_out(root, public):
    edit(root, "lang: en\n", "lang: en\nreport:\n  public: true\n")
    assert invoke(root, "build", "--sample").exit_code == 0
    assert (root / "site" / REPORT).exists()
    assert publish(root).exit_code == 0
    assert not (root / "site" / REPORT).exists()
    assert REPORT not in pages(public)
    assert b"data-sample" not in b"".join(p.read_bytes() for p in public.rglob("*.html"))


def test_a_page_marked_as_a_sample_is_refused(root, public):
    edit(root, "lang: en\n", "lang: en\nreport:\n  public: true\n")
    answers(root)
    (root / "templates").mkdir()
    text = (REPOSITORY / "templates/report.html").read_text("utf-8")
    (root / "templates/report.html").write_text(
        text.replace("{% if report.sample %}", "{% if 1 %}")
    )
    result = publish(root)
    assert result.exit_code == 1
    assert f"'site/{REPORT}' shows sample answers that nobody gave" in result.output
    assert not public.exists()


# --- Words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("why", Why, ids=lambda why: why.value)
def test_every_refusal_has_a_sentence(why):
    text = sentence(Refusal(why, "DETAIL"))
    assert text.endswith((".", "ADDRESS", "DETAIL", "git push"))
    assert "{" not in text
    assert len(text.split()) > 3


def test_how_to_get_wrangler_is_said():
    assert "npm install -g wrangler" in sentence(Refusal(Why.NO_PROGRAM, "wrangler"))
    assert "npm" not in sentence(Refusal(Why.NO_PROGRAM, "rsync"))


def test_what_a_host_says_ends_with_one(root, monkeypatch):
    edit(root, "folder ../public ហាង", f"netlify {netlify.SITE}", "mati.yaml")
    edit(root, "url: https://sokha.example\n", "", "mati.yaml")
    with netlify.stand_in() as (address, state):
        monkeypatch.setenv("MATI_NETLIFY_API", address)
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "secret-but-wrong")
        result = publish(root)
        assert result.exit_code == 1
        assert "NETLIFY_AUTH_TOKEN" in result.output
        assert "Nothing was published." in result.output
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", netlify.TOKEN)
        state.stuck = True
        monkeypatch.setattr("mati.uploads.netlify._LOOKS", 1)
        monkeypatch.setattr("mati.uploads.netlify._PAUSE", 0.0)
        late = publish(root)
        assert late.exit_code == 1
        assert "does not show it yet" in late.output
        state.stuck = False
        monkeypatch.setattr("mati.uploads.netlify._LOOKS", 5)
        done = publish(root)
    assert done.exit_code == 0, done.output
    assert done.output.endswith("https://shop.netlify.app/\n")
    for output in (result.output, late.output, done.output):
        assert netlify.TOKEN not in output
        assert "secret-but-wrong" not in output
    kept = b"".join(p.read_bytes() for p in (root / ".mati").rglob("*") if p.is_file())
    assert netlify.TOKEN.encode() not in kept


def test_a_failure_half_way_says_how_it_stands(root, public):
    publish(root)
    edit(root, "# Visit", "# Your visit")
    (public / "en/visit/index.html").unlink()
    (public / "en/visit/index.html").mkdir()
    result = publish(root)
    assert result.exit_code == 1
    assert "stands where the site needs the name" in result.output
