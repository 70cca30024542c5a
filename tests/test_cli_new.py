"""Beginning a project or a survey: whole, translated, without mistakes, never over something."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati import __version__, starters
from mati.build import Options, build
from mati.cli import Shell
from mati.cli.new import new
from mati.diagnostics import Notebook, Severity, human
from mati.project import open_project

LANGUAGES = ("en", "km", "lo")
SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### Good? {#q}\n\n- (5) Good\n- (1) Bad\n"
SHOP = 'Sokha\'s "Café": #1'


def run(root: Path, *arguments: str, language: str = "en") -> Result:
    return CliRunner(env={"MATI_LANG": language, "MAKELEVEL": ""}).invoke(
        new, arguments, obj=Shell(root=root), catch_exceptions=False
    )


def made(root: Path) -> tuple[set[str], Notebook]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=True), notes)
    return {output.path for output in outputs}, notes


def wrong(notes: Notebook) -> list[str]:
    return [human(found) for found in notes if found.severity is not Severity.NOTE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_project_builds_in_its_languages_without_a_warning(tmp_path, language):
    folder = tmp_path / "ហាង កាហ្វេ"
    done = run(tmp_path, str(folder), "--lang", language, "--name", SHOP)
    assert done.exit_code == 0, done.output
    paths, notes = made(folder)
    assert wrong(notes) == []
    assert {f"{code}/{page}/index.html" for code in LANGUAGES for page in ("visit", "privacy")} <= (
        paths
    )
    project = open_project(folder, Notebook())
    assert project.settings.languages[0] == language
    assert project.settings.name.source == SHOP
    assert f"lang: {language}" in (folder / "content/visit.md").read_text("utf-8")
    assert SHOP in (folder / "README.md").read_text("utf-8")


def test_a_new_project_speaks_the_languages_it_was_told(tmp_path):
    folder = tmp_path / "shop"
    assert run(tmp_path, str(folder), "--languages", "lo, en", language="km").exit_code == 0
    assert open_project(folder, Notebook()).settings.languages == ("km", "lo", "en")
    found = {path.relative_to(folder).as_posix() for path in folder.glob("locales/*/*.po")}
    assert found == {f"locales/{code}/{of}.po" for code in ("lo", "en") for of in ("site", "visit")}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    assert "not empty" in run(tmp_path, str(tmp_path)).output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_starters_become_surveys_with_their_translations(tmp_path, language):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder), "--lang", language)
    for name in starters.names():
        done = run(folder, "survey", f"my-{name}", "--like", name)
        assert done.exit_code == 0, done.output
    paths, notes = made(folder)
    assert wrong(notes) == []
    assert {
        f"{code}/my-{name}/{page}index.html"
        for code in LANGUAGES
        for name in starters.names()
        for page in ("", "thanks/")
    } <= paths
    reports = {
        f"reports/{code}/my-{name}/report/index.html"
        for code in LANGUAGES
        for name in starters.names()
    }
    assert reports <= paths


def test_a_survey_of_the_project_is_copied_with_its_translations(tmp_path):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder))
    assert run(folder, "survey", "second", "--like", "visit").exit_code == 0
    first = (folder / "locales/km/visit.po").read_text("utf-8")
    second = (folder / "locales/km/second.po").read_text("utf-8")
    assert second.replace("second", "visit") == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("survey",), "visit              How was your visit?"),
        (("survey", "mine"), "visit              How was your visit?"),
        (("survey", "mine", "--like", "complain"), "Did you mean 'complaint'?"),
        (("survey", "Über", "--like", "event"), "rename it to 'uber.md'"),
        (("survey", "share", "--like", "event"), "reserved-name"),
        (("survey", "visit", "--like", "event"), "nothing was written"),
        (("survey", "privacy", "--like", "event"), "reserved-name"),
        (("survey", "gone", "--like", "event"), "'locales/km/gone.po' is left from"),
        (("survey", "mine", "--like", "own", "--lang", "lo"), "leave --lang out"),
        (("survey", "mine", "--like", "event", "--lang", "Lao!"), "no language code"),
        (("other", "--like", "nothing"), "There is no starter called 'nothing'."),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(tmp_path, arguments, said):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder))
    run(folder, "survey", "own", "--like", "visit")
    (folder / "locales/km/gone.po").write_text("", "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert said in run(folder, *arguments).output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_starters_are_listed_in_the_language_of_the_user(tmp_path):
    said = run(tmp_path, "survey", "mine", language="km").output
    assert "តើការអញ្ជើញមកហាងរបស់យើងយ៉ាងណាដែរ?" in said
    assert "{{" not in said


def test_a_survey_needs_a_project_around_it(tmp_path):
    assert "mati new FOLDER" in run(tmp_path, "survey", "mine", "--like", "visit").output
    assert list(tmp_path.iterdir()) == []


def test_settings_with_a_mistake_are_mended_first(tmp_path):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder))
    with (folder / "mati.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [\n")
    done = run(folder, "survey", "mine", "--like", "visit")
    assert "mati.yaml:14:1: error" in done.output
    assert not (folder / "content/mine.md").exists()


def test_a_starter_in_another_language_than_the_projects_brings_that_of_the_project(tmp_path):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder), "--lang", "km", "--languages", "km,en")
    assert run(folder, "survey", "mine", "--like", "visit", "--lang", "lo").exit_code == 0
    assert "lang: lo" in (folder / "content/mine.md").read_text("utf-8")
    assert {path.parent.name for path in folder.glob("locales/*/mine.po")} == {"km", "en"}


def test_a_language_without_starters_begins_in_english(tmp_path):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder), "--lang", "fr", "--languages", "fr,km")
    assert "lang: en" in (folder / "content/visit.md").read_text("utf-8")
    assert {note.code.name for note in made(folder)[1] if note.severity is Severity.WARNING} == {
        "NO_TRANSLATION"
    }


def files(root: Path) -> dict[str, str]:
    """Every file below a folder with its text."""
    found = (path for path in root.rglob("*") if path.is_file() and ".git/" not in f"{path}/")
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


PUBLISHING = {
    ".github/workflows/site.yml", ".github/workflows/translations.yml",
    ".github/workflows/translations-comment.yml", ".gitignore", "README.md", "build.py",
    "netlify.toml", "requirements.txt",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_a_project_that_goes_online_by_itself(tmp_path, language):
    folder = tmp_path / "shop"
    done = run(tmp_path, "--template", str(folder), "--name", SHOP, language=language)
    assert done.exit_code == 0, done.output
    paths, notes = made(folder)
    assert wrong(notes) == []
    assert f"{language}/visit/index.html" in paths
    texts = files(folder)
    others = {f"README.{code}.md" for code in LANGUAGES if code != language}
    assert {*PUBLISHING, *others, "mati.yaml", "content/visit.md"} <= set(texts)
    assert f"/{language}/visit/?via=facebook" in texts["README.md"]
    for name in ("README.md", *others):
        assert SHOP in texts[name]
        assert not re.search(r"(?<!\{)\{[a-z]+\}", texts[name])
        links = re.findall(r"\]\((\S+?)\)", texts[name])
        assert {*links, name} == {"README.md", *others}
    for name in ("site", "translations"):
        assert f"MATI_LANG: {language}\n" in texts[f".github/workflows/{name}.yml"]
    assert f'MATI_LANG = "{language}"\n' in texts["netlify.toml"]
    assert "\nhost: netlify\n" in texts["mati.yaml"]
    assert f"mati-survey[print]=={__version__}\n" in texts["requirements.txt"]
    assert {"/private/", "/site/", "/.mati/"} <= set(texts[".gitignore"].splitlines())


def test_a_template_never_writes_over_anything(tmp_path):
    folder = tmp_path / "shop"
    (folder / "content").mkdir(parents=True)
    (folder / ".github").mkdir()
    mine = {
        "build.py": "mine",
        "README.md": "mine",
        ".gitignore": "private/\n",
        "content/ask.md": SURVEY,
    }
    for path, text in mine.items():
        (folder / path).write_text(text, "utf-8")
    done = run(tmp_path, "--template", str(folder), "--lang", "lo")
    assert done.exit_code == 0, done.output
    assert "'build.py' is there already; it stays as it is." in done.output
    after = files(folder)
    assert {path: after[path] for path in mine} == mine
    # No survey, no settings: it has its own. The ten steps stand beside its README.
    assert set(after) == {*mine, *PUBLISHING, "PUBLISH.md"}
    assert "/lo/ask/?via=facebook" in after["PUBLISH.md"]
    assert run(tmp_path, "--template", str(folder)).exit_code == 0
    assert files(folder) == after


def test_a_template_in_a_folder_without_a_project_brings_one(tmp_path, monkeypatch):
    (tmp_path / "LICENSE").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(tmp_path, "--template", "--lang", "km").exit_code == 0
    assert wrong(made(tmp_path)[1]) == []
    assert {*PUBLISHING, "LICENSE", "content/visit.md"} <= set(files(tmp_path))


def test_a_template_says_when_answers_could_be_uploaded(tmp_path):
    (tmp_path / ".gitignore").write_text("# private/\n*.pyc\n", "utf-8")
    done = run(tmp_path, "--template", str(tmp_path))
    assert "Add the line /private/" in done.output


def test_a_template_of_a_project_speaks_of_its_own_survey_in_its_own_language(tmp_path):
    folder = tmp_path / "shop"
    run(tmp_path, str(folder), "--lang", "km", "--languages", "km,fr", "--like", "event")
    (folder / "README.md").unlink()
    assert run(tmp_path, "--template", str(folder)).exit_code == 0
    readme = files(folder)["README.md"]
    assert "`content/event.md`" in readme
    assert "/km/event/?via=facebook" in readme
    assert "README.en.md" not in files(folder)
    before = files(folder)
    assert run(tmp_path, "--template", str(folder)).exit_code == 0
    assert files(folder) == before


def test_the_steps_beside_a_readme_lead_to_each_other(tmp_path):
    (tmp_path / "README.md").write_text("# Mine\n", "utf-8")
    run(tmp_path, "--template", str(tmp_path), "--lang", "km")
    texts = files(tmp_path)
    assert texts["README.md"] == "# Mine\n"
    assert "(PUBLISH.md)" in texts["README.lo.md"]
    assert "(README.lo.md)" in texts["PUBLISH.md"]


def test_a_project_needs_the_name_of_a_folder(tmp_path):
    for arguments in (("project",), ("--lang", "km")):
        done = run(tmp_path, *arguments)
        assert done.exit_code == 2
        assert "Missing argument 'FOLDER'" in done.output


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Paris", "km", "Europe/Paris"),
        ("UTC", "km", "Asia/Phnom_Penh"),
        ("UTC", "lo", "Asia/Vientiane"),
        ("Nowhere/Land", "lo", "Asia/Vientiane"),
        ("UTC", "en", "UTC"),
    ],
)
def test_the_timezone_is_that_of_the_computer_else_of_the_language(
    tmp_path, monkeypatch, zone, language, said
):
    monkeypatch.setenv("TZ", zone)
    run(tmp_path, str(tmp_path / "shop"), "--lang", language)
    assert f"timezone: {said}\n" in (tmp_path / "shop/mati.yaml").read_text("utf-8")


def test_the_command_in_one_file_says_what_is_missing(tmp_path):
    run(tmp_path, str(tmp_path / "shop"))
    alone = [sys.executable, "-S", "-E", "build.py"]
    done = subprocess.run(
        alone, cwd=tmp_path / "shop", capture_output=True, encoding="utf-8", check=False
    )
    lines = done.stderr.splitlines()
    assert lines[0].startswith("Mati is missing. Open a terminal and type: ")
    assert [line.endswith(" -m pip install mati-survey") for line in lines] == [True] * 3
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/bin/mati", 'cd "my shop" && mati serve'),
        ("build.py", 'build.py --project "my shop" serve'),
    ],
)
def test_what_to_type_next_works_where_the_command_was_given(tmp_path, monkeypatch, typed, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAKELEVEL", raising=False)
    monkeypatch.setattr(sys, "argv", [typed])
    assert run(tmp_path, "my shop").output.splitlines()[-1].endswith(said)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    last = run(tmp_path, ".").output.splitlines()[-1]
    assert last.endswith(" serve")
    assert "empty" not in last
