"""From a line of a survey's file to the question on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from mati.build import Options, build
from mati.devserver.places import locate
from mati.devserver.preview import Preview
from mati.diagnostics import Notebook
from mati.model import Output
from mati.project import open_project

SETTINGS = """name: Sokha
url: https://sokha.example
timezone: Asia/Phnom_Penh
collect:
  url: https://answers.sokha.example
"""
SURVEY = """---
lang: en
---

# Visit

Welcome.

## Our staff {#team}

### How well? {#staff}

| Our staff … | (2) Good | (1) Bad |
|-------------|----------|---------|
| polite {#polite} | | |
| quick {#quick} | | |

## More

### How was it? {#mood}
{*}

- (2) Good
- (1) Bad

### Who? {#who if="mood = 1"}

- Name: ___ {#name}
- Place: ___ {#place}

## Thank you {#bye end}

Come again.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "mati.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "content/visit.md").write_text(SURVEY, "utf-8")
    return tmp_path


def make(root: Path, notes: Notebook) -> tuple[Output, ...]:
    return tuple(build(open_project(root, notes), Options(), notes))


def preview(root: Path) -> Preview:
    made = Preview(
        make=lambda notes: make(root, notes), translate=str, locate=lambda path: locate(root, path)
    )
    made.rebuild()
    assert made.built
    return made


def mend(root: Path, old: str, new: str) -> None:
    path = root / "content/visit.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "place", "jump"),
    [
        ("{#quick} | |", "{#quick} | yes |", "16:20", "/en/visit/#a-staff-quick"),
        ("(1) Bad |\n", "(2) Bad |\n", "13:29", "/en/visit/#a-staff"),
        ("{#team}", "{#team nd}", "9:21", "/en/visit/#q-team"),
        ("{*}", "{ ? }", "21:3", "/en/visit/#a-mood"),
        ("- (1) Bad\n", "- (2) Bad\n", "24:4", "/en/visit/#a-mood"),
        ("mood = 1", "mod = 1", "26:20", "/en/visit/#q-who"),
        ("{#place}", "{#Place}", "29:16", "/en/visit/#a-who-place"),
        ("Come again.", "Come {{agan}}.", "33:8", "/en/visit/thanks/#bye"),
    ],
)
def test_a_mistake_leads_to_its_question(root, old, new, place, jump):
    shown = preview(root)
    assert shown.problems == ()
    mend(root, old, new)
    shown.rebuild()
    first = shown.problems[0]
    assert (first["place"], first["jump"]) == (f"content/visit.md:{place}", {"en": jump})


def test_a_mistake_nowhere_near_a_question_leads_nowhere(root):
    shown = preview(root)
    mend(root, "Welcome.", "Welcome {{agan}}.")
    mend(root, "lang: en\n", "lang: en\nsnd: own\n")
    shown.rebuild()
    assert [one["jump"] for one in shown.problems] == [None, None]


def test_a_mistake_outside_of_surveys_leads_nowhere(root):
    shown = preview(root)
    (root / "mati.yaml").write_text(SETTINGS.replace("name", "nme"), "utf-8")
    shown.rebuild()
    (found,) = shown.problems
    assert (found["place"], found["jump"]) == ("mati.yaml:1:1", None)
    assert locate(root, "locales/km/visit.po").found == ()
    assert locate(root, "content/gone.md").found == ()


def test_a_question_that_no_page_shows_yet_leads_nowhere(root):
    shown = preview(root)
    mend(root, "## More", "### New {#new}\n\n- (1) A\n- (1) B\n\n## More")
    shown.rebuild()
    (found,) = (one for one in shown.problems if one["severity"] == "error")
    assert found["jump"] is None


def test_before_the_first_good_build_problems_stand_alone(root):
    mend(root, "{*}", "{ ? }")
    shown = Preview(make=lambda notes: make(root, notes), translate=str)
    shown.rebuild()
    assert not shown.built
    assert shown.problems[0]["jump"] is None
    assert shown.problems[0]["quote"] == ("{ ", "?", " }")


def test_a_heap_of_problems_is_cut_and_counted(root):
    mend(root, "- (1) Bad\n", "- (2) Bad\n" * 300)
    shown = Preview(make=lambda notes: make(root, notes), translate=str)
    notes = shown.rebuild()
    assert len(shown.problems) == 100
    assert shown.more == len(notes) - 100 > 100
