"""``i18n preview``, ``pseudo`` and ``shots``: what they write, and what they refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati.cli import browsers, looking, main, shooting
from mati.cli.tallies import progress, progressing

ROOT = Path(__file__).parent.parent

SURVEY = """---
lang: en
languages: [km]
send: own
---

# How was it?

### Friendly? {#staff}

- (5) Very
- (1) Not at all
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/visit.md").write_text(SURVEY, "utf-8")
    (tmp_path / "mati.yaml").write_text("name: Shop\nlanguages: [en, km]\n", "utf-8")
    (tmp_path / "locales/km").mkdir(parents=True)
    (tmp_path / "locales/km/visit.po").write_text(
        'msgid ""\nmsgstr "Language: km\\n"\n\n'
        'msgctxt "visit.title"\nmsgid "How was it?"\nmsgstr "How was it?"\n\n'
        '#, fuzzy\n#| msgid "Nice?"\n'
        'msgctxt "visit.staff.label"\nmsgid "Friendly?"\nmsgstr "រួសរាយទេ?"\n\n'
        'msgctxt "visit.staff.option.5"\nmsgid "Very"\nmsgstr "<b>ណាស់</b>"\n',
        "utf-8",
    )
    return tmp_path


def invoke(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "i18n", *words])


def test_pseudo_writes_pages_where_it_is_told_and_never_into_the_site(root, tmp_path):
    assert invoke(root, "pseudo", "ar-xb").exit_code == 0
    page = root / ".mati/pseudo/ar-XB/visit/index.html"
    assert 'dir="rtl"' in page.read_text("utf-8")
    assert not (root / "site").exists()
    assert not (root / "locales/ar-XB").exists()
    assert invoke(root, "pseudo", "--to", str(tmp_path / "out")).exit_code == 0
    for code in ("en-XA", "ar-XB", "km-XA", "qps"):
        assert (tmp_path / f"out/{code}/visit/index.html").is_file()
    assert 'lang="en"' in (tmp_path / "out/qps/visit/index.html").read_text("utf-8")
    assert not list((tmp_path / "out").rglob("*.json"))  # nothing of private/, no report


def test_pseudo_looks_at_no_real_answer(root, tmp_path):
    survey = root / "content/visit.md"
    survey.write_text(SURVEY.replace("send: own", "send: own\nreport:\n  public: true"), "utf-8")
    home = root / "private/responses/visit"
    home.mkdir(parents=True)
    (home / "2026-11.jsonl").write_text("damaged\n", "utf-8")
    done = invoke(root, "pseudo", "en-XA", "--to", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert done.output == ""
    report = (tmp_path / "out/en-XA/visit/report/index.html").read_text("utf-8")
    assert "240" in report  # that many are made up


@pytest.mark.parametrize("folder", ["site", "site/x", ".", ".."])
def test_no_folder_of_the_project_is_written_over(root, folder):
    done = invoke(root, "pseudo", "--to", str(root / folder))
    assert done.exit_code == 2
    assert ".mati/pseudo" in done.output


def test_what_is_no_language_is_named(root):
    done = invoke(root, "pseudo", "xx")
    assert done.exit_code == 2
    assert "'xx'" in done.output
    assert "en-XA, ar-XB, km-XA, qps" in done.output
    done = invoke(root, "preview", "fr")
    assert done.exit_code == 2
    assert "i18n new fr" in done.output
    (root / "locales/fr").mkdir()
    assert "'languages' in mati.yaml" in invoke(root, "preview", "fr").output


def test_an_error_in_a_survey_writes_nothing(root):
    (root / "content/visit.md").write_text(SURVEY.replace("#staff", "#Staff Q"), "utf-8")
    done = invoke(root, "pseudo")
    assert done.exit_code == 1
    assert "content/visit.md" in done.output
    assert not (root / ".mati/pseudo").exists()


def test_preview_shows_marks_unasked_at_the_language(root, monkeypatch):
    asked = {}
    monkeypatch.setattr(looking, "served", lambda _shell, **given: asked.update(given) or 0)
    assert invoke(root, "preview", "km", "--editor", "edit:{path}:{line}").exit_code == 0
    assert asked["first"] == "km/"
    assert asked["offered"].marked
    assert asked["offered"].editor == "edit:{path}:{line}"
    assert asked["pseudo"] == ()
    assert invoke(root, "preview", "EN-xa").exit_code == 0
    assert asked["pseudo"] == ("en-XA",)


def test_what_is_left_is_counted_by_state(root):
    found = {one.path: one for one in progress(root)}["locales/km/visit.po"]
    assert (found.total, found.outdated, found.missing, found.identical) == (4, 1, 1, 1)
    assert found.problems == 1
    assert [(one.state, one.context) for one in found.left] == [
        ("outdated", "visit.staff.label"),
        ("broken", "visit.staff.option.5"),
        ("missing", "visit.staff.option.1"),
    ]
    assert found.left[1].line == 15
    assert found.words == 4
    assert found.endonym == "ខ្មែរ"


def test_what_there_is_to_translate_is_read_anew_only_when_it_changed(root, monkeypatch):
    from mati.build import translating  # noqa: PLC0415

    read = []
    real = translating.work_of
    monkeypatch.setattr(translating, "work_of", lambda *given: read.append(1) or real(*given))
    tell = progressing(root)
    assert {one.path: one.missing for one in tell()}["locales/km/visit.po"] == 1
    place = root / "locales/km/visit.po"
    place.write_text(place.read_text("utf-8").replace("msgid", "# nothing\nmsgid", 1), "utf-8")
    assert {one.path: one.missing for one in tell()}["locales/km/visit.po"] == 1
    assert len(read) == 1
    survey = root / "content/visit.md"
    survey.write_text(f"{survey.read_text('utf-8')}\n### And? {{#and}}\n\n___\n", "utf-8")
    assert {one.path: one.missing for one in tell()}["locales/km/visit.po"] == 2
    place.unlink()
    assert not {one.path: one for one in tell()}["locales/km/visit.po"].begun


def test_without_a_browser_shots_say_what_to_install(root, monkeypatch):
    monkeypatch.setattr(shooting, "find", lambda: None)
    done = CliRunner().invoke(main, ["--project", str(root), "i18n", "shots", "km"])
    assert done.exit_code == 1
    assert browsers.SETTING in done.output
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    done = CliRunner().invoke(main, ["--project", str(root), "i18n", "shots", "km"])
    assert done.exit_code == 1
    assert "mati-survey[shots]" in done.output
    assert not (root / ".mati/shots").exists()


@pytest.mark.browser
def test_every_context_has_a_picture(root, tmp_path, chromium):
    # in a process of its own: one process drives one browser in this way
    words = ("--project", str(root), "i18n", "shots", "km", "--to", str(tmp_path / "shots"))
    done = subprocess.run(
        [sys.executable, "-m", "mati", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), browsers.SETTING: chromium},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "shots/km").iterdir()}
    for part in ("title", "staff.label", "staff.option.5", "staff.option.1"):
        assert f"visit.{part}.png" in names
    assert all(path.stat().st_size > 500 for path in (tmp_path / "shots/km").iterdir())
