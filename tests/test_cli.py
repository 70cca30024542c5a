"""Arguments in, words and an exit status out: calm, translated, never a traceback."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati.cli import chosen_language, find_root, main
from mati.cli.site import make_outputs
from mati.diagnostics import Code, Notebook, Span
from mati.model import Output

posix = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
REPOSITORY = Path(__file__).parent.parent
SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### How was it? {#mood}\n\n- (5) Good\n- (1) Bad\n"

SETTINGS = """\
name: Sokha Coffee
url: https://sokha.example
timezone: Asia/Phnom_Penh
languages: [en]
collect:
  url: https://answers.sokha.example
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "ហាង កាហ្វេ ຮ້ານ")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once; to be copied, not changed."""
    folder = project(tmp_path_factory.mktemp("built") / "shop")
    assert invoke(folder, "build").exit_code == 0
    return folder


def project(folder: Path) -> Path:
    """Make a project of one survey."""
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text(SURVEY, "utf-8")
    (folder / "mati.yaml").write_text(SETTINGS, "utf-8")
    (folder / "site").mkdir()
    (folder / "site/.gitignore").write_text("*\n!.gitignore\n", "utf-8")
    return folder


def mati(
    root: Path, *arguments: str, code: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own; ``code`` runs before it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "MATI_"))}
    script = (
        f"import sys; sys.argv[0] = 'mati'; {code or 'pass'}; from mati.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=root,
        env={**kept, "PYTHONPATH": str(REPOSITORY), "LANG": "C.UTF-8", **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def invoke(root: Path, *arguments: str) -> Result:
    """Run the command in this process: quicker."""
    return CliRunner().invoke(main, ["--project", str(root), *arguments])


def picture(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of site/ and private/ with its bytes and moment."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for top in ("site", "private")
        for path in sorted((root / top).rglob("*"))
        if path.is_file()
    }


# --- Help and usage --------------------------------------------------------------------------


def commands(prefix: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command and sub-command there is."""
    found: list[tuple[str, ...]] = []

    def walk(group: object, path: tuple[str, ...]) -> None:
        for name in group.list_commands(None):  # type: ignore[attr-defined]
            command = group.get_command(None, name)  # type: ignore[attr-defined]
            found.append((*path, name))
            if hasattr(command, "list_commands"):
                walk(command, (*path, name))

    walk(main, prefix)
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_each_command_has_help_with_an_example(path: tuple[str, ...]):
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert f"mati {' '.join(path)}" in result.output.partition("Example")[2]


def test_the_commands_of_the_site_are_there():
    assert {("build",), ("check",), ("serve",)} <= set(commands())


def test_help_is_quick_and_imports_nothing_heavy(root: Path):
    code = "import atexit; atexit.register(lambda: print(sorted({'jinja2', 'markdown', 'babel', 'tornado', 'yaml', 'sqlite3'} & set(sys.modules))))"  # noqa: E501
    done = mati(root, "--help", code=code)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [("--nothing",), ("nothing",), ("build", "more")])
def test_a_wrong_call_is_status_2(root: Path, arguments: tuple[str, ...]):
    done = invoke(root, *arguments)
    assert done.exit_code == 2
    assert "Usage" in done.stderr
    assert done.stdout == ""


def test_a_project_folder_that_is_not_there():
    done = CliRunner().invoke(main, ["--project", "nowhere", "check"])
    assert done.exit_code == 2
    assert "'nowhere'" in done.stderr


def test_three_doors_lead_to_the_same_command(tmp_path: Path):
    for door in ([str(REPOSITORY / "build.py")], ["-m", "mati"]):
        done = subprocess.run(
            [sys.executable, *door, "--version"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            check=True,
        )
        assert re.fullmatch(rb"mati \d+\.\d+\.\d+\s*", done.stdout)


def test_the_project_is_the_nearest_folder_above(root: Path):
    deep = root / "content" / "pages"
    deep.mkdir()
    assert find_root(deep) == root
    (root / "content/mati.yaml").write_text("", "utf-8")
    assert find_root(deep) == root / "content"
    assert find_root(Path("/")) == Path("/")


# --- The user's language ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({}, ()),
        ({"LANG": "km_KH.UTF-8"}, ("km_KH", "km")),
        ({"LANG": "km_KH.UTF-8", "MATI_LANG": "lo"}, ("lo",)),
        ({"LANG": "lo_LA", "LC_ALL": "km_KH"}, ("km_KH", "km")),
        ({"LANG": "km_KH", "LC_MESSAGES": "C"}, ()),
        ({"LANG": "km_KH", "MATI_LANG": "en"}, ()),
        ({"LANGUAGE": "lo:km:en:fr", "LANG": "en_US.UTF-8"}, ("lo", "km")),
        ({"LANG": "sr_RS@latin"}, ("sr_RS", "sr")),
        ({"MATI_LANG": "zh-Hant"}, ("zh_Hant", "zh")),
    ],
)
def test_the_language_of_messages(environment: dict[str, str], languages: tuple[str, ...]):
    assert chosen_language(environment) == languages


def write_words(root: Path, language: str = "km", **messages: str) -> None:
    folder = root / "locales" / language
    folder.mkdir(parents=True, exist_ok=True)
    entries = "".join(
        f"\nmsgid {json.dumps(k, ensure_ascii=False)}\nmsgstr {json.dumps(v, ensure_ascii=False)}\n"
        for k, v in messages.items()
    )
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    (folder / "mati-cli.po").write_text(head + entries, "utf-8")


def test_words_and_help_are_translated_by_the_project_first(root: Path):
    words = {
        "there is no survey in 'content/'": "គ្មានការស្ទង់មតិទេ",
        "Find everything that needs mending.": "រកអ្វីៗដែលត្រូវកែ",
    }
    write_words(root, **words)
    (root / "content/visit.md").unlink()
    done = mati(root, "check", MATI_LANG="km")
    assert "គ្មានការស្ទង់មតិទេ" in done.stdout.decode("utf-8")
    assert "រកអ្វីៗដែលត្រូវកែ" in mati(root, "--help", MATI_LANG="km").stdout.decode("utf-8")
    assert "គ្មាន" not in mati(root, "check").stdout.decode("utf-8")


def test_a_translation_that_would_break_a_message_is_left_out(root: Path):
    words = {
        "Errors: {count}.": "កំហុស {number}",
        "Notes: {count}.": "ចំណាំ {",
        "there is no survey in 'content/'": "គ្មាន {x}",
    }
    write_words(root, "th", **words)  # Mati has no Thai words of its own
    (root / "content/visit.md").unlink()
    done = mati(root, "check", MATI_LANG="th")
    assert done.returncode == 1
    assert "Errors: 1." in done.stdout.decode("utf-8")
    assert "there is no survey" in done.stdout.decode("utf-8")


def test_a_broken_catalogue_of_commands_is_no_trouble(root: Path):
    (root / "locales/km").mkdir(parents=True)
    (root / "locales/km/mati-cli.po").write_bytes(b'msgid "\xff')
    (root / "content/visit.md").unlink()
    done = mati(root, "check", MATI_LANG="km")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_output_is_utf8_whatever_the_locale(root: Path, environment: dict[str, str]):
    (root / "content/ការចូលមើល.md").write_text(SURVEY, "utf-8")
    done = mati(root, "check", **environment)
    assert done.returncode == 1
    assert "ការចូលមើល".encode() in done.stdout


# --- A calm end ------------------------------------------------------------------------------


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the next build meet a fault."""

    def make(problem: BaseException) -> None:
        def recover(_root: Path) -> None:
            raise problem

        monkeypatch.setattr("mati.writer.recover", recover)

    monkeypatch.setenv("MATI_LANG", "en")
    return make


def test_a_fault_is_one_sentence_and_its_details_hold_no_answers(
    root: Path, fault: Callable[[BaseException], None]
):
    fault(KeyError("answer of a customer, 012 345 678"))
    done = invoke(root, "build")
    assert done.exit_code == 70
    assert done.output.count("\n") == 1
    assert ".mati/last-error.txt" in done.stderr
    details = (root / ".mati/last-error.txt").read_text("utf-8")
    assert "KeyError" in details
    assert "test_cli.py" in details
    assert "012" not in details


def test_outside_a_project_the_details_go_to_a_temporary_file(
    tmp_path: Path, fault: Callable[[BaseException], None]
):
    fault(ZeroDivisionError())
    done = invoke(tmp_path, "build")
    assert done.exit_code == 70
    place = Path(done.stderr.strip().rpartition(" ")[2].rstrip("."))
    assert "ZeroDivisionError" in place.read_text("utf-8")
    assert list(tmp_path.iterdir()) == []
    place.unlink()


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (ModuleNotFoundError("x", name="nothing_like_this"), 1, "'nothing_like_this'"),
        (OSError(28, "No space left"), 1, "No space left"),
        (PermissionError(13, "Permission denied", "site/km"), 1, "site/km: Permission denied"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_stops_a_command_is_said_calmly(
    root: Path,
    fault: Callable[[BaseException], None],
    problem: BaseException,
    status: int,
    said: str,
):
    fault(problem)
    done = invoke(root, "build")
    assert done.exit_code == status
    assert said in done.stderr
    assert done.output.count("\n") <= 1
    assert not (root / ".mati/last-error.txt").exists()


@posix
def test_a_reader_that_leaves_is_quiet(root: Path):
    script = (
        "import sys; sys.argv[0] = 'mati'; import click; "
        "from mati.cli import main\n"
        "import mati.cli.checking as s\n"
        "s.check.callback = lambda **_: [click.echo('x' * 1000) for _ in range(1000)] and 0\n"
        "main(['check'])"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(20) == 141
    assert said == b""


@posix
@pytest.mark.parametrize("words", ["check", "build", "i18n status", "--help"])
def test_a_closed_output_is_no_fault(root: Path, words: str):
    typed = f"exec {shlex.quote(sys.executable)} -m mati {words} >&-"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "MATI_LANG": "en"}
    done = subprocess.run(
        ["/bin/sh", "-c", typed], cwd=root, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


# --- build and check, with a build of two pages ----------------------------------------------


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A build in the place of the real one; it notes how it was called."""
    called: list[object] = []

    def build(project: object, options: object, notes: Notebook) -> tuple[Output, ...]:
        called.append(options)
        for source in project.sources:  # type: ignore[attr-defined]
            if "warn" in source.text:
                notes.note(
                    Code.NO_TRANSLATION, Span(source.path), survey="visit", language="km", path="x"
                )
            if "wrong" in source.text:
                notes.note(Code.NO_SURVEYS, Span(source.path, 7, 3))
        return (
            Output(path="en/index.html", content=project.sources[0].text.encode()),  # type: ignore[attr-defined]
            Output(path="index.html", content=b"chooser"),
            Output(path="reports/en/visit/index.html", content=b"report", root="private"),
        )

    module = types.ModuleType("mati.build")
    module.build = build  # type: ignore[attr-defined]
    module.Options = types.SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mati.build", module)
    monkeypatch.setenv("MATI_LANG", "en")
    return called


def test_build_writes_and_is_silent_when_piped(root: Path, stub: list[object]):
    result = invoke(root)
    assert (result.exit_code, result.output) == (0, "")
    assert (root / "site/en/index.html").read_text("utf-8") == SURVEY
    assert (root / "private/reports/en/visit/index.html").exists()
    assert len(stub) == 1


def test_build_says_what_was_built(root: Path, stub: list[object]):
    result = invoke(root, "build", "--sample", "-v")
    assert "Surveys: 1. Languages: en. Pages: 3." in result.output
    assert "Changed files: 3, removed: 0, unchanged: 0." in result.output
    assert "private/reports/en/visit/index.html" in result.output
    assert "serve" in result.output
    assert len(result.output.splitlines()) <= 6
    assert stub[0].sample is True  # type: ignore[attr-defined]


def test_a_second_build_does_nothing(root: Path, stub: list[object]):
    invoke(root)
    before = picture(root)
    result = invoke(root, "build", "-v")
    assert "Nothing has changed" in result.output
    assert picture(root) == before
    assert len(stub) == 1


def test_a_build_says_that_a_survey_is_not_open_and_opens_it_when_the_time_has_come(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    moments = [datetime(2026, 6, 1, 9, 59, tzinfo=UTC), datetime(2026, 6, 1, 10, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:
            return moments[0]

    monkeypatch.setattr("mati.cli.site.datetime", Clock)
    monkeypatch.setenv("MATI_LANG", "en")
    (root / "mati.yaml").write_text("timezone: UTC\n", "utf-8")
    (root / "content/visit.md").write_text(
        "---\nlang: en\nopen: 2026-06-01 10:00\nsend: formspree:xayzwvut\n---\n\n"
        "# Visit\n\n### Well? {#well}\n\n___\n",
        "utf-8",
    )
    result = invoke(root)
    assert "content/visit.md:3:7: note [survey-not-open]" in result.output
    assert "data-open=" in (root / "site/en/visit/index.html").read_text("utf-8")
    assert "Nothing has changed" in invoke(root, "build", "-v").output
    del moments[0]
    result = invoke(root, "build", "-v")
    assert "Changed files:" in result.output
    assert "survey-not-open" not in result.output
    assert "data-open=" not in (root / "site/en/visit/index.html").read_text("utf-8")


def test_an_error_leaves_the_old_site(root: Path, stub: list[object]):
    invoke(root)
    before = picture(root)
    (root / "content/visit.md").write_text(SURVEY + "wrong warn", "utf-8")
    result = invoke(root, "build")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    places = [line for line in lines if line.startswith("content/")]
    assert places == sorted(places)
    assert "content/visit.md:7:3: error [no-surveys]" in result.stderr
    assert "Errors: 1. Warnings: 1. Nothing was written" in lines[-1]
    assert picture(root) == before


def test_strict_takes_warnings_for_errors(root: Path, stub: list[object]):
    (root / "content/visit.md").write_text(SURVEY + "warn", "utf-8")
    assert invoke(root, "build", "--strict").exit_code == 1
    assert not (root / "site/en").exists()
    result = invoke(root, "build")
    assert result.exit_code == 0
    assert "warning [no-translation]" in result.stderr
    assert invoke(root, "build", "--strict").exit_code == 1
    assert invoke(root, "check").exit_code == 0
    assert invoke(root, "check", "--strict").exit_code == 1


def test_only_an_unknown_survey_is_a_wrong_call(root: Path, stub: list[object]):
    result = invoke(root, "build", "--only", "vist")
    assert result.exit_code == 2
    assert "'vist'" in result.stderr
    assert "visit" in result.stderr
    assert stub == []


def test_check_says_no_problems_in_one_line(root: Path, stub: list[object]):
    result = invoke(root, "check")
    assert (result.exit_code, result.output) == (0, "No problems.\n")
    assert picture(root).keys() == {"site/.gitignore"}
    assert not (root / ".mati").exists()


def test_check_for_programs_and_git_hosts(root: Path, stub: list[object]):
    assert json.loads(invoke(root, "check", "--format", "json").stdout) == []
    (root / "content/visit.md").write_text("wrong", "utf-8")
    result = invoke(root, "check", "--format", "json")
    (record,) = json.loads(result.stdout)
    assert (record["file"], record["line"], record["code"]) == ("content/visit.md", 7, "no-surveys")
    assert result.exit_code == 1
    annotated = invoke(root, "check", "--format", "github").stdout
    assert annotated.startswith("::error file=content/visit.md,line=7,")
    assert ",title=no-surveys::" in annotated
    assert "\x1b" not in invoke(root, "check").output


def test_a_build_without_private_keeps_published_reports(root: Path, stub: list[object]):
    report = root / "site/km/visit/report/index.html"
    invoke(root)
    report.parent.mkdir(parents=True)
    report.write_text("published", "utf-8")
    record = json.loads((root / ".mati/manifest.json").read_text("utf-8"))
    seen = report.stat()
    record["outputs"]["site/km/visit/report/index.html"] = [seen.st_size, seen.st_mtime_ns, "x"]
    (root / ".mati/manifest.json").write_text(json.dumps(record), "utf-8")
    for path in sorted((root / "private").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "private").rmdir()
    (root / "content/visit.md").write_text(SURVEY + "more", "utf-8")
    invoke(root)
    assert report.read_text("utf-8") == "published"


# --- The real thing --------------------------------------------------------------------------


def test_a_build_with_nothing_to_do_imports_nothing_heavy(root: Path):
    assert mati(root, "build").returncode == 0
    before = picture(root)
    code = "import atexit; atexit.register(lambda: print(sorted({'jinja2', 'markdown', 'babel', 'tornado', 'yaml'} & set(sys.modules))))"  # noqa: E501
    done = mati(root, "build", "-v", code=code)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("Nothing has changed")
    assert lines[-1] == "[]"
    assert picture(root) == before


def _write(path: str, content: str | bytes) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    return spoil


BROKEN_PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Vis\nmsgstr x\n'
)
BAD = {
    "unknown setting": _write("content/visit.md", SURVEY.replace("lang: en", "lang: en\nlnag: en")),
    "unknown project setting": _write("mati.yaml", "langauges: [km]\n"),
    "mati.yaml is no mapping": _write("mati.yaml", "- a\n- b\n"),
    "unclosed brace": _write("content/visit.md", SURVEY.replace("{#mood}", "{#mood")),
    "duplicate id": _write("content/visit.md", SURVEY + SURVEY.partition("# Visit")[2]),
    "unknown code in a condition": _write(
        "content/visit.md", SURVEY + '\n### Why? {#why if="mood = 7"}\n\n___\n'
    ),
    "missing cell": _write(
        "content/visit.md",
        SURVEY
        + "\n### Staff {#staff}\n\n| We | (5) Good | (1) Bad |\n|---|---|---|\n| a {#a} |  |\n",
    ),
    "binary": _write("content/photo.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    "empty file": _write("content/empty.md", b""),
    "blanks": _write("content/blanks.md", " " * 100_000),
    "blank lines": _write("content/blanks.md", "\n \t\n" * 1000),
    "dots": _write("content/..md", SURVEY),
    "letters with marks": _write("content/Ünï code.md", SURVEY),
    "private in site": _write("site/private/collect.db", b"secret"),
    "nul": _write("content/visit.md", SURVEY + "\0"),
    "folder named x.md": lambda root: (root / "content/x.md").mkdir(),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_said_and_the_old_site_stands(
    built: Path, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MATI_LANG", "en")
    root = shutil.copytree(built, tmp_path / "ហាង កាហ្វេ")
    BAD[case](root)
    before = picture(root)
    for command in ("build", "check"):
        done = invoke(root, command)
        said = done.output
        assert done.exit_code == 1, said
        assert "Traceback" not in said
        assert re.search(r"^\S.*:\d+:\d+: error \[[a-z0-9-]+\]: ", said, re.MULTILINE)
        assert picture(root) == before
    assert not (root / ".mati/staging").exists()
    assert not (root / ".mati/last-error.txt").exists()


def test_a_broken_catalogue_is_a_warning_to_build_and_an_error_to_strict(root: Path):
    (root / "content/visit.md").write_text(
        SURVEY.replace("lang: en", "lang: en\nlanguages: [km]"), "utf-8"
    )
    _write("locales/km/visit.po", BROKEN_PO)(root)
    done = invoke(root, "build")
    assert done.exit_code == 0, done.stderr
    assert "locales/km/visit.po:" in done.stderr
    before = picture(root)
    for command in ("build", "check"):
        strict = invoke(root, command, "--strict")
        assert strict.exit_code == 1
        assert "Traceback" not in strict.output
        assert picture(root) == before


@posix
def test_serve_says_where_it_is_and_stops_quietly(root: Path):
    child = subprocess.Popen(
        [sys.executable, "-m", "mati", "--project", str(root), "serve", "--port", "0"],
        cwd=REPOSITORY,
        env={**os.environ, "MATI_LANG": "en", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        line = child.stdout.readline()
        assert re.search(r"http://localhost:\d+/", line), line + child.stderr.read()
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        assert child.wait(10) in (0, 130)
        assert "Traceback" not in child.stderr.read()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
        child.stderr.close()


# --- Web hosts -------------------------------------------------------------------------------


def test_a_host_named_on_the_command_line_wins_and_is_remembered(root: Path):
    with (root / "mati.yaml").open("a", encoding="utf-8") as file:
        file.write("host: vercel\n")
    assert invoke(root, "build").exit_code == 0
    assert (root / "site/vercel.json").exists()
    assert (root / "hosting/vercel/vercel.json").exists()
    told = invoke(root, "build", "--host", "apache", "--verbose")
    assert told.exit_code == 0
    assert "hosting" not in told.output
    assert (root / "site/.htaccess").exists()
    assert not (root / "site/vercel.json").exists()
    assert not (root / "hosting").exists() or not list((root / "hosting").rglob("*.json"))
    assert (root / "site/en/visit/index.html.gz").exists()
    again = invoke(root, "build", "--host", "apache", "--verbose")
    assert "Nothing has changed" in again.output
    told = invoke(root, "build", "--verbose")
    assert f"For whoever looks after the server: {root / 'hosting'}" in told.output
    assert not (root / "site/.htaccess").exists()
    assert not list((root / "site").rglob("*.gz"))


@pytest.mark.parametrize("known", [True, False])
def test_a_build_says_what_comes_with_the_address_of_the_site(root: Path, *, known: bool):
    if not known:
        settings = SETTINGS.replace("url: https://sokha.example\n", "", 1)
        (root / "mati.yaml").write_text(settings, "utf-8")
    found = invoke(root, "build", "-v").output
    assert ("come with the site's address" in found) is not known
    assert ("To pass it on" in found) is known


def test_what_a_host_cannot_do_is_said_at_the_build(root: Path):
    told = invoke(root, "build", "--host", "github")
    assert told.exit_code == 0
    assert "the terms of GitHub Pages exclude online shops" in told.output
    assert "--host:1:1: note" in told.output
    assert "the terms of" not in invoke(root, "build", "--host", "netlify").output


@pytest.mark.parametrize(
    ("path", "host", "said"),
    [
        ("/visits", "netlify", "warning [host-without-paths]"),
        ("/មតិ", "nginx", "error [host-path-odd]"),
    ],
)
@pytest.mark.parametrize("called", [True, False])
def test_a_path_that_does_not_go_is_said_where_it_is_written(root: Path, path, host, said, called):
    lines = f"url: https://sokha.example{path}\n" + ("" if called else f"host: {host}\n")
    settings = (
        (root / "mati.yaml").read_text("utf-8").replace("url: https://sokha.example\n", lines)
    )
    (root / "mati.yaml").write_text(settings, "utf-8")
    told = invoke(root, "build", *(("--host", host) if called else ()))
    number = settings.partition("url:")[0].count("\n") + 1
    assert f"mati.yaml:{number}:6: {said}" in told.output, told.output
    assert f"| url: https://sokha.example{path}" in told.output


@pytest.mark.parametrize(
    ("url", "collect", "said"),
    [
        ("https://sokha.example", "http://localhost:8001", True),
        ("https://sokha.example", "http://127.0.0.1", True),
        ("https://sokha.example", "https://answers.sokha.example", False),
        ("http://localhost:8000", "http://localhost:8001", False),
        ("", "http://localhost:8001", False),
    ],
)
def test_answers_of_strangers_sent_to_their_own_computer_are_said(root: Path, url, collect, said):
    lines = (
        f"languages: [en]\nsend: own\n{f'url: {url}' if url else '#'}\ncollect:\n  url: {collect}\n"
    )
    (root / "mati.yaml").write_text(lines, "utf-8")
    told = invoke(root, "build")
    assert told.exit_code == 0, told.output
    place = "mati.yaml:5:8: warning [answers-stay-here]: forms would send their answers to"
    assert (f"{place} {collect}:" in told.output) is said


@pytest.mark.parametrize("language", ["km", "lo"])
def test_what_a_folder_cannot_do_is_said_in_one_language(root: Path, language, monkeypatch):
    monkeypatch.setenv("LANGUAGE", language)
    told = invoke(root, "build", "--host", "folder")
    heads = [line for line in told.output.splitlines() if "--host:1:1" in line]
    assert heads
    for line in heads:
        assert "]: 'folder' " in line
        assert re.findall("[a-z]{2,}", line.partition("]: ")[2]) == ["folder"]


@pytest.mark.parametrize(
    ("name", "offer"), [("netlfy", "netlify"), ("GitHub", "github"), ("x", "")]
)
def test_a_host_that_nobody_knows_is_a_wrong_call_with_the_nearest_name(root, name, offer):
    told = invoke(root, "build", "--host", name)
    assert told.exit_code == 2
    assert f"There is no web host called '{name}'. There are: apache, cloudflare" in told.output
    assert told.output.endswith(f"vercel\nDid you mean '{offer}'?\n" if offer else "vercel\n")
    assert not (root / "site/index.html").exists()


def test_a_wrong_host_in_the_settings_stops_build_and_check_at_its_place(root: Path):
    with (root / "mati.yaml").open("a", encoding="utf-8") as file:
        file.write("host: netlfy\n")
    for command in ("build", "check"):
        told = invoke(root, command)
        assert told.exit_code == 1
        assert "mati.yaml:7:7: error [unknown-host]" in told.output
        assert "did you mean 'netlify'?" in told.output
    assert not (root / "site/index.html").exists()


def test_the_preview_has_no_host():
    notes = Notebook()
    outputs, _, _ = make_outputs(REPOSITORY, notes, sample=True, host="apache", preview=True)
    assert not [one for one in outputs if one.path.endswith((".gz", ".htaccess"))]
