"""The template is acted out: a fresh clone, a fresh Python, the very lines the hosts would run.

What an action takes is read from its ``action.yml``; what a workflow may hold from GitHub Docs,
"Workflow syntax for GitHub Actions"; what Netlify reads from its page on file-based configuration.
The hosts themselves are not asked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any as Yaml

import pytest
import yaml
from test_packaging import built_wheel
from test_revisions import git

from mati import starters
from scripts.reference import ROOT

LANGUAGES = ("en", "km", "lo")
INPUTS = {
    "actions/checkout@v5": {"persist-credentials"},
    "actions/setup-python@v6": {"python-version", "cache"},
    "actions/upload-pages-artifact@v5": {"path"},
    "actions/deploy-pages@v5": set(),
    "actions/upload-artifact@v4": {"name", "path", "retention-days"},
    "actions/download-artifact@v5": {"name", "path", "run-id", "github-token"},
}
"""The inputs we use of each action, all of which it has."""
JOB = {
    "if", "runs-on", "timeout-minutes", "permissions", "outputs", "steps", "needs", "concurrency",
    "environment",
}  # fmt: skip
STEP = {"uses", "with", "name", "run", "id", "if", "env"}


@cache
def workflow(name: str = "site") -> Yaml:  # noqa: ANN401
    """The workflow; with the base loader ``on`` stays a word."""
    text = starters.template_files("en")[f".github/workflows/{name}.yml"]
    text = text.replace("{language}", "km").replace("{lost}", "lost")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def test_the_workflow_holds_what_a_workflow_may_hold():
    assert set(workflow()) == {"name", "on", "permissions", "concurrency", "env", "jobs"}
    assert set(workflow()["on"]) == {"push", "pull_request", "workflow_dispatch"}
    assert set(workflow("translations")["on"]) == {"pull_request"}
    assert set(workflow("translations-comment")["on"]) == {"workflow_run"}
    names = ("site", "translations", "translations-comment")
    for job in [job for name in names for job in workflow(name)["jobs"].values()]:
        assert set(job) <= JOB
        assert job["timeout-minutes"].isdigit()
        for step in job["steps"]:
            assert set(step) <= STEP
            assert ("run" in step) != ("uses" in step)
            if "uses" in step:
                assert set(step.get("with", {})) <= INPUTS[step["uses"]]


def test_the_workflow_may_do_no_more_than_it_must():
    assert workflow()["permissions"] == {"contents": "read"}
    build, deploy = workflow()["jobs"]["build"], workflow()["jobs"]["deploy"]
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("run" in step for step in deploy["steps"])  # nothing of ours runs with them
    scripts = [step["run"] for step in build["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)  # nobody's words become a command


def test_what_runs_somebodys_change_may_not_write_and_what_may_write_runs_nothing_of_it():
    theirs, ours = workflow("translations"), workflow("translations-comment")
    assert theirs["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in theirs["jobs"].values())
    assert "secrets" not in str(theirs)
    assert "pull_request_target" not in str((theirs, ours))
    (job,) = ours["jobs"].values()
    assert ours["permissions"] == {}
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert ours["on"]["workflow_run"] == {"workflows": [theirs["name"]], "types": ["completed"]}
    assert not any("checkout" in step.get("uses", "") for step in job["steps"])
    for flow in (theirs, ours):
        scripts = [s["run"] for j in flow["jobs"].values() for s in j["steps"] if "run" in s]
        assert not any("${{" in script for script in scripts)


def test_only_a_good_build_of_the_main_branch_goes_online():
    build, deploy = workflow()["jobs"]["build"], workflow()["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert deploy["if"] == "needs.build.outputs.pages == 'workflow'"
    assert build["outputs"]["pages"] == "${{ steps.pages.outputs.build_type }}"
    names = [step.get("name", step.get("uses")) for step in build["steps"]]
    assert names[3:5] == ["Check the surveys", "Build the site"]
    asked, guarded, uploaded = build["steps"][5:]
    assert asked["id"] == "pages"
    assert guarded["if"] == uploaded["if"] == "steps.pages.outputs.build_type == 'workflow'"
    assert "github.event_name != 'pull_request'" in asked["if"]
    assert "github.event.repository.default_branch" in asked["if"]
    assert deploy["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert "continue-on-error" not in str(workflow())
    assert "--strict" not in str(workflow())  # a warning keeps no survey from going online


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_a_link_has_ten_steps_in_every_language(language):
    text = starters.template_files(language)["README.md"]
    assert re.findall(r"^(\d+)\. \*\*", text, re.MULTILINE) == [str(n) for n in range(1, 11)]
    english = starters.template_files("en")["README.md"]
    fixed = re.compile(r"`[^`]+`|(?<!\*)\*[A-Z][^*]*\*")  # files, addresses, names of buttons
    assert sorted(fixed.findall(text)) == sorted(fixed.findall(english))
    assert len(fixed.findall(text)) > 20


# --- Acted out ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Host:
    """A machine of a host: where wheels lie, and a project as somebody pushed it."""

    wheels: Path
    origin: Path


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Host:
    wheels = built_wheel(tmp_path_factory.mktemp("wheels")).parent
    origin = tmp_path_factory.mktemp("origin") / "ហាង"
    mati = [sys.executable, str(ROOT / "build.py")]
    subprocess.run([*mati, "new", "--template", origin, "--lang", "km"], check=True)
    git(origin, "init", "-q")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "one")
    return Host(wheels=wheels, origin=origin)


def clone(host: Host, folder: Path) -> tuple[Path, dict[str, str]]:
    """Clone the project; return it and the environment of a fresh Python beside it."""
    git(folder, "clone", "-q", str(host.origin), "work")
    venv.create(folder / "python", with_pip=False)
    site = next((folder / "python").glob("lib/python*/site-packages"))
    # Libraries are lent: pip finds them there and has only Mati to install.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "GITHUB_", "MATI_", "LC_", "LANG"))
    }
    return folder / "work", {
        **kept,
        "PATH": f"{folder / 'tools'}:{folder / 'python/bin'}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(host.wheels),
    }


def typo(work: Path) -> int:
    """Misspell a kind, as somebody might; return the line."""
    survey = work / "content/visit.md"
    text = survey.read_text("utf-8")
    assert "kind=csat" in text
    survey.write_text(text.replace("kind=csat", "kind=csta"), "utf-8")
    return text[: text.index("kind=csat")].count("\n") + 1


def mend(work: Path) -> None:
    git(work, "checkout", "-q", "--", "content")


def send(work: Path, service: str) -> None:
    settings = work / "mati.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(
        re.sub(r"^send: .*$", f"send: {service}", text, flags=re.MULTILINE), "utf-8"
    )


CARD = r'property="og:image" content="https://sokha\.netlify\.app/a/[^"]+'


def address(work: Path) -> None:
    """Do the seventh step: write the address, take away the sign before it."""
    settings = work / "mati.yaml"
    text = settings.read_text("utf-8")
    mended = re.sub(r"^# url: .*$", "url: https://sokha.netlify.app", text, flags=re.MULTILINE)
    assert mended != text
    settings.write_text(mended, "utf-8")


def page(site: Path, code: str) -> str:
    return (site / code / "visit/index.html").read_text("utf-8")


Done = dict[str, "subprocess.CompletedProcess[str]"]


def act(work: Path, folder: Path, environment: dict[str, str], *, pages: bool) -> Done:
    """Run the steps of the first job as the runner does: in turn, up to the first that fails."""
    text = (work / ".github/workflows/site.yml").read_text("utf-8")
    theirs = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    answer = "echo workflow" if pages else "echo 'HTTP 404' >&2; exit 1"
    (tools / "gh").write_text(
        f'#!/bin/sh\ntest "$2" = repos/sokha/visit/pages || exit 9\n{answer}\n'
    )
    (tools / "gh").chmod(0o755)
    told = {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(work),
        "GITHUB_REPOSITORY": "sokha/visit",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_SHA": "abc123",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        **theirs["env"],
    }
    done: Done = {}
    for step in theirs["jobs"]["build"]["steps"]:
        off = "build_type ==" in step.get("if", "") and not pages
        if "run" not in step or off:
            continue
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        ran = subprocess.run(
            script, cwd=work, env={**environment, **told}, capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        done[step["name"]] = ran
        if ran.returncode:
            break
    return done


acted = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("git") or not shutil.which("bash"),
    reason="the hosts' machines run bash",
)


@pytest.mark.slow
@pytest.mark.packaging
@acted
def test_github_says_where_the_mistake_is_and_publishes_what_is_right(host, tmp_path):
    work, environment = clone(host, tmp_path)
    line = typo(work)
    done = act(work, tmp_path, environment, pages=True)
    assert list(done) == ["Install Mati", "Check the surveys"]
    assert done["Check the surveys"].returncode == 1
    (error,) = re.findall(r"^::error .*$", done["Check the surveys"].stdout, re.MULTILINE)
    assert error.startswith(f"::error file=content/visit.md,line={line},endLine={line},col=")
    assert "'csat'" in error
    assert re.search(r"[\u1780-\u17ff]", error)  # in the language of the shop
    assert f"content/visit.md?plain=1#L{line}" in (tmp_path / "summary.md").read_text("utf-8")
    assert not (work / "site").exists()  # nothing to upload, nothing to deploy

    mend(work)
    send(work, "formspree:abcdefgh")
    done = act(work, tmp_path, environment, pages=True)
    assert [ran.returncode for ran in done.values()] == [0] * 5, done
    assert "::error" not in done["Check the surveys"].stdout
    for code in LANGUAGES:
        page = (work / "site" / code / "visit/index.html").read_text("utf-8")
        assert f'lang="{code}"' in page
        assert "https://formspree.io/f/abcdefgh" in page
    send(work, "netlify")
    assert (tmp_path / "output").read_text("utf-8") == "build_type=workflow\n"
    git(work, "add", "-A")
    git(work, "diff", "--cached", "--exit-code")  # nothing that was built is taken for a source


@pytest.mark.slow
@pytest.mark.packaging
@acted
def test_where_pages_is_switched_off_nothing_fails(host, tmp_path):
    work, environment = clone(host, tmp_path)
    done = act(work, tmp_path, environment, pages=False)
    assert [ran.returncode for ran in done.values()] == [0] * 4, done
    assert (tmp_path / "output").read_text("utf-8") == "build_type=none\n"


@pytest.mark.slow
@pytest.mark.packaging
@acted
def test_no_form_goes_online_where_its_answers_would_be_lost(host, tmp_path):
    work, environment = clone(host, tmp_path)
    done = act(work, tmp_path, environment, pages=True)
    assert [ran.returncode for ran in done.values()] == [0, 0, 0, 0, 1]
    (line,) = done["Keep a form for Netlify off GitHub Pages"].stdout.splitlines()
    assert line.startswith("::error file=mati.yaml,title=Mati::GitHub Pages ")
    assert re.search(r"[\u1780-\u17ff]", line)  # in the shop's language, whatever made the template


@pytest.mark.slow
@pytest.mark.packaging
@acted
def test_netlify_builds_what_is_right_and_nothing_else(host, tmp_path):
    work, environment = clone(host, tmp_path)
    told = tomllib.loads((work / "netlify.toml").read_text("utf-8"))
    assert set(told) == {"build"}
    assert set(told["build"]) == {"command", "publish", "environment"}
    env = {**environment, **told["build"]["environment"]}

    def build() -> subprocess.CompletedProcess[str]:
        command = ["bash", "-c", told["build"]["command"]]
        return subprocess.run(
            command, cwd=work, env=env, capture_output=True, encoding="utf-8", check=False
        )

    line = typo(work)
    failed = build()
    assert failed.returncode == 1
    assert f"content/visit.md:{line}:" in failed.stdout
    assert not (work / told["build"]["publish"]).exists()
    mend(work)
    privacy = work / "content/pages/privacy.md"
    privacy.write_text(privacy.read_text("utf-8") + "\n[x](gone.html)\n", "utf-8")
    assert build().returncode == 1  # what the check at GitHub marks red is not online here
    assert not (work / told["build"]["publish"]).exists()
    mend(work)
    assert build().returncode == 0
    site = work / told["build"]["publish"]
    assert (site / "index.html").is_file()
    # What this host wants stands beside the pages, and nothing that says it twice.
    settings = (work / "mati.yaml").read_text("utf-8")
    for text in (settings, settings.replace("host: netlify", "host: github")):
        (work / "mati.yaml").write_text(text, "utf-8")
        assert build().returncode == 0
        assert not (site / ".nojekyll").exists()
    (work / "mati.yaml").write_text(settings, "utf-8")
    assert {"_headers", "_redirects"} <= {path.name for path in site.iterdir()}
    assert not (work / "hosting").exists()

    address(work)
    done = build()
    assert done.returncode == 0
    assert "share/visit/index.html" in done.stdout  # in the language of the shop
    cards = {code: re.search(CARD, page(site, code)) for code in LANGUAGES}
    assert len({card[0] for card in cards.values() if card}) == len(LANGUAGES)  # with words


# --- What is said of translations ---------------------------------------------------------------

GH = """#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done >> "$ASKED"
case "$*" in
*"--method GET"*) echo "$NUMBER" ;;
*--paginate*) echo "$OLD" ;;
*) cp comment.md "$POSTED" ;;
esac
"""


def comment(folder: Path, text: bytes, number: str = "7", old: str = "") -> tuple[int, str, str]:
    """Run the step that writes below a change; return its status, what was asked and posted."""
    (folder / "told").mkdir(exist_ok=True)
    (folder / "told/translations.txt").write_bytes(text)
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    (job,) = workflow("translations-comment")["jobs"].values()
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", job["steps"][-1]["run"]],
        cwd=folder, check=False, capture_output=True,
        env={"PATH": f"{folder}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "sokha/visit",
             "HEAD": "dara:$(touch pwned);x", "SHA": "abc", "ASKED": str(folder / "asked"),
             "POSTED": str(folder / "posted"), "NUMBER": number, "OLD": old, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    kept = [folder / name for name in ("asked", "posted")]
    asked, posted = (path.read_text("utf-8") if path.is_file() else "" for path in kept)
    return ran.returncode, asked, posted


@acted
def test_the_words_of_a_change_are_shown_and_nothing_else_becomes_of_them(tmp_path):
    hostile = b"ok \xe1\x9e\x80 \xff\n~~~~~~\n@everyone $(touch pwned) `touch pwned`\x1b[31m\x00\n"
    status, asked, posted = comment(tmp_path, hostile)
    assert status == 0
    assert "head=dara:$(touch pwned);x\n" in asked
    assert "repos/sokha/visit/issues/7/comments" in asked
    lines = posted.splitlines()
    assert lines[:2] == ["<!-- mati: translations -->", "~~~~~~text"]
    assert lines[-1] == "~~~~~~"
    assert [line for line in lines if line.startswith("~~~")] == ["~~~~~~text", "~~~~~~"]
    assert "ok ក" in posted
    assert "\x1b" not in posted
    assert not (tmp_path / "pwned").exists()


@acted
def test_a_second_look_takes_the_place_of_the_first(tmp_path):
    _, asked, posted = comment(tmp_path, b"x" * 90_000, old="12345")
    assert "repos/sokha/visit/issues/comments/12345" in asked
    assert "PATCH" in asked
    assert len(posted) < 31_000


@acted
@pytest.mark.parametrize("number", ["", "null", "7; rm"])
def test_a_change_that_is_gone_gets_no_comment(tmp_path, number):
    status, _, posted = comment(tmp_path, b"x", number=number)
    assert (status, posted) == (0, "")


@acted
def test_a_link_in_the_place_of_the_text_is_refused(tmp_path):
    (tmp_path / "told").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "told/translations.txt").symlink_to(tmp_path / "secret")
    status, _, posted = comment(tmp_path, b"x")
    assert (status, posted) == (1, "")


@pytest.mark.slow
@pytest.mark.packaging
@acted
def test_translations_are_looked_at_as_somebody_sends_them(host, tmp_path):
    work, environment = clone(host, tmp_path)
    (job,) = workflow("translations")["jobs"].values()
    for step in job["steps"]:
        if "run" in step:
            script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            ran = subprocess.run(
                script, cwd=work, env={**environment, "MATI_LANG": "en"}, check=False,
                capture_output=True, encoding="utf-8",
            )  # fmt: skip
            assert ran.returncode == 0, ran.stderr
    told = (work / "told/translations.txt").read_text("utf-8")
    assert re.search(r"^ລາວ \(lo\)\n.+\n  visit ", told, re.MULTILINE)
    assert "Traceback" not in told
