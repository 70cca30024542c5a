"""The call-back list as a shop uses it: seen, called, asked again, let go, taken elsewhere."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati.cli import main

SURVEY = """---
lang: en
followup:
  if: overall <= 2
  within: 2 days
  again: 14 days
---

# Visit

### All in all? {#overall}

- (5) Good
- (1) Bad

### Phone {#phone private}

___ phone
"""
ROWS = [
    {
        "key": f"k{number}", "at": f"2026-11-2{number}T02:00:00Z", "survey": "visit",
        "pairs": [["overall", str(code)], ["phone", f"012 345 67{number}"]],
    }
    for number, code in ((1, 1), (2, 1), (3, 5))
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "visit.md").write_text(SURVEY, "utf-8")
    (tmp_path / "mati.yaml").write_text("timezone: Asia/Phnom_Penh\n", "utf-8")
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    done = mati(tmp_path, "pull", "visit", "--file", str(tmp_path / "rows.jsonl"))
    assert done.exit_code == 0, done.output
    return tmp_path


def mati(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment)


def names(root: Path) -> list[str]:
    shown = mati(root, "followup", "list", "--all").output
    return [line.partition(" ")[0] for line in shown.splitlines() if " · visit · " in line]


def log(root: Path) -> list[dict[str, str]]:
    text = (root / "private/followups/visit.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_unhappy_are_shown_with_reason_and_number(root):
    shown = mati(root, "followup")
    assert shown.exit_code == 0
    assert "! All in all?: Bad" in shown.output
    assert "012 345 671" in shown.output
    assert "012 345 673" not in shown.output
    assert "To call: 2." in shown.output
    assert not (root / "private/followups").exists(), "to look changes nothing"


def test_bringing_answers_home_says_how_many_wait(root):
    again = mati(root, "pull", "visit", "--file", str(root / "rows.jsonl"))
    assert "To call back" not in again.output, "nothing new came"
    row = ROWS[0] | {"key": "k9"}
    (root / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    more = mati(root, "pull", "visit", "--file", str(root / "rows.jsonl"))
    assert "To call back: 3, overdue: " in more.output
    assert "followup" in more.output


def test_who_was_called_is_asked_again_and_then_gone(root):
    first, second = names(root)
    assert mati(root, "followup", "done", first[:6], "--promised", "a  cup\n").exit_code == 0
    assert log(root)[0]["promised"] == "a cup"
    assert log(root)[0]["state"] == "contacted"
    shown = mati(root, "followup").output
    assert "promised: a cup" in shown
    assert shown.index(second) < shown.index(first)
    mati(root, "followup", "done", first, "--satisfied", "no")
    assert "satisfied now: no" in mati(root, "followup").output
    mati(root, "followup", "done", first, "--satisfied", "yes")
    assert first not in mati(root, "followup").output
    assert "Done or let go: 1." in mati(root, "followup").output


def test_assigned_missed_and_dropped(root):
    first, second = names(root)
    mati(root, "followup", "assign", first, "Dara")
    assert "assigned · Dara" in mati(root, "followup").output
    mati(root, "followup", "missed", first, "--note", "rang twice")
    assert "not reached yet · Dara" in mati(root, "followup").output
    assert "note: rang twice" in mati(root, "followup").output
    mati(root, "followup", "drop", second)
    assert second not in mati(root, "followup", "list", "visit").output
    assert "let go" in mati(root, "followup", "list", "--all").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "zzzzzz"), "There is nobody called 'zzzzzz'"),
        (("done", ""), "There is nobody called ''"),
        (("done", "FIRST", "--again", "yesterday"), "'yesterday' is no day to come"),
        (("done", "FIRST", "--again", "2020-01-01"), "'2020-01-01' is no day to come"),
        (("list", "nosuch"), "There is no survey called 'nosuch'"),
        (("export", "--for", "fax"), "fax"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(root, words, said):
    first = names(root)[0]
    found = mati(root, "followup", *(first if word == "FIRST" else word for word in words))
    assert found.exit_code == 2
    assert said in found.output
    assert not (root / "private/followups").exists()


@pytest.mark.parametrize("day", ["14", "14 days", "໑໔", "2999-01-31"])
def test_days_are_written_as_people_do(root, day):
    assert mati(root, "followup", "done", names(root)[0], "--again", day).exit_code == 0
    assert log(root)[0]["again"] > "2026"


def test_a_survey_that_says_nothing_teaches(root):
    text = SURVEY.replace("followup:\n  if: overall <= 2\n  within: 2 days\n  again: 14 days\n", "")
    (root / "content" / "visit.md").write_text(text, "utf-8")
    found = mati(root, "followup")
    assert found.exit_code == 1
    assert "if: overall <= 2" in found.output


def test_a_mistake_in_the_survey_is_said(root):
    (root / "content" / "visit.md").write_text(SURVEY.replace("overall <= 2", "x ="), "utf-8")
    found = mati(root, "followup")
    assert found.exit_code == 1
    assert "content/visit.md:4:" in found.output


def test_a_damaged_line_is_said_and_the_rest_holds(root):
    first = names(root)[0]
    mati(root, "followup", "assign", first, "Dara")
    path = root / "private/followups/visit.jsonl"
    path.write_text("{012 345 678\n" + path.read_text("utf-8"), "utf-8")
    found = mati(root, "followup")
    assert "private/followups/visit.jsonl:1:1: warning [damaged-line]" in found.output
    assert "012 345 678" not in found.output
    assert "assigned · Dara" in found.output


@pytest.mark.parametrize("name", ["csv", "hubspot", "odoo", "paper", "vcard", "zoho"])
def test_sheets_are_for_their_owner_alone_and_go_with_who_is_forgotten(root, name):
    found = mati(root, "followup", "export", "--for", name)
    path = Path(found.output.strip())
    assert path.parent == root / "private/followups"
    assert "012 345 671" in path.read_text("utf-8")
    assert mati(root, "followup", "export", "--for", name).exit_code == 0
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    mati(root, "followup", "assign", names(root)[0], "Dara")
    assert mati(root, "forget", "k1").exit_code == 0
    left = [
        p.read_text("utf-8")
        for p in (root / "private").rglob("*")
        if p.is_file() and p.suffix != ".key"
    ]
    assert not any("012 345 671" in text or '"k1"' in text for text in left)
    assert "To call: 1." in mati(root, "followup").output


def test_nothing_of_it_is_in_the_site(root):
    mati(root, "followup", "done", names(root)[0], "--promised", "a golden cup")
    assert mati(root, "build").exit_code in (0, 1)
    pages = [path.read_text("utf-8") for path in (root / "site").rglob("*.html")]
    assert not any("golden cup" in page or "012 345 67" in page for page in pages)


def test_the_sheet_of_paper_names_no_language_that_nobody_knows(root):
    path = Path(mati(root, "followup", "export", "--for", "paper").output.strip())
    assert re.findall(r" · *(?=</p>)", path.read_text("utf-8")) == []


def test_the_sheet_of_paper_holds_what_was_written_as_text(root):
    row = {
        "key": "x", "at": "2026-11-24T02:00:00Z", "survey": "visit",
        "pairs": [["overall", "1"], ["phone", '<script>alert(1)</script> "x"']],
    }  # fmt: skip
    (root / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    mati(root, "pull", "visit", "--file", str(root / "rows.jsonl"))
    mati(root, "followup", "assign", names(root)[0], "<img src=x onerror=alert(1)>")
    path = Path(mati(root, "followup", "export", "--for", "paper").output.strip())
    page = path.read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert page.count('class="s call"') == 3
    assert re.search(r"default-src (&#39;|')none", page)


def test_with_nobody_to_call_the_sheet_says_so(root):
    for name in names(root):
        mati(root, "followup", "drop", name)
    path = Path(mati(root, "followup", "export", "visit", "--for", "paper").output.strip())
    assert "Nobody is to be called." in path.read_text("utf-8")
