"""``mati review``: read in a terminal or a spreadsheet, shown only when approved."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati.cli import main

ROOT = Path(__file__).parent.parent
WORDS = (
    "the coffee was cold", "call me on 012 345 678", "Dara was kind", "=cmd()",
    "<script>alert(1)</script>", "កាហ្វេឆ្ងាញ់", "ກາເຟແຊບ", "nothing", "too slow", "all good",
    "fine", "lovely",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    survey = tmp_path / "content/customer-service.md"
    text = survey.read_text("utf-8")
    themes = "  public: true\n  themes: {coffee: Coffee, waiting: Waiting time}\n"
    survey.write_text(text.replace("  public: true\n", themes), "utf-8")
    rows = [
        {"key": f"k{at}", "at": f"2026-11-{at + 1:02}T03:00:00Z", "pairs": [
            ["mati_survey", "customer-service"], ["mati_lang", "km"], ["overall", "51"[at % 2]],
            ["best", words], ["phone", f"099 888 7{at:02}"]]}
        for at, words in enumerate(WORDS)
    ]  # fmt: skip
    file = tmp_path / "export.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert mati(tmp_path, "pull", "--file", str(file)).exit_code == 0
    return tmp_path


def mati(root: Path, *words: str, typed: str = "", language: str = "en") -> Result:
    environment = {"LANGUAGE": language, "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment, input=typed)


def ids(root: Path) -> dict[str, str]:
    """Return the name of everybody's words."""
    found = mati(root, "review", "list", "--all").output
    return {
        said: name
        for name, said in re.findall(r"^([0-9a-f]{10}) ·.*\n.*\n  > (.*)$", found, re.MULTILINE)
    }


def page(root: Path, place: str = "site", language: str = "en") -> str:
    built = mati(root, "build")
    assert built.exit_code == 0, built.output
    path = f"{language}/customer-service/report/index.html"
    return (root / {"site": "site", "private": "private/reports"}[place] / path).read_text("utf-8")


def test_a_list_offers_what_nobody_has_read(root):
    found = mati(root, "review")
    assert found.exit_code == 0
    assert "To read: 12. Decided: 0." in found.output
    assert "may hold a telephone number" in found.output
    assert "099 888" not in found.output
    assert "Your phone" not in found.output


def test_nothing_is_shown_before_it_is_approved_and_nothing_after_it_is_taken_back(root):
    assert "the coffee was cold" not in page(root)
    name = ids(root)["the coffee was cold"]
    assert mati(root, "review", "approve", name[:5], "--as", "quote").exit_code == 0
    for place in ("site", "private"):
        html = page(root, place)
        assert '<blockquote dir="auto">the coffee was cold</blockquote>' in html
    assert mati(root, "review", "withdraw", name).exit_code == 0
    assert "the coffee was cold" not in page(root)
    assert "To read: 12" in mati(root, "review").output


def test_praise_stands_on_a_board_of_its_own(root):
    assert "What customers praised" not in page(root)
    mati(
        root,
        "review",
        "approve",
        ids(root)["Dara was kind"],
        "--as",
        "praise",
        "--text",
        "A kind waiter.",
    )
    html = page(root)
    assert "What customers praised" in html
    assert "A kind waiter." in html
    assert "Dara" not in html


def test_personal_data_needs_a_second_thought(root):
    name = ids(root)["call me on 012 345 678"]
    found = mati(root, "review", "approve", name)
    assert found.exit_code == 2
    assert "may hold a telephone number" in found.output
    assert mati(root, "review", "approve", name, "--text", "call me on [number]").exit_code == 0
    html = page(root)
    assert "call me on [number]" in html
    assert "012 345 678" not in html
    assert mati(root, "review", "approve", name, "--anyway").exit_code == 0
    assert "012 345 678" in page(root)


def test_what_is_hostile_stays_words(root):
    for said in ("<script>alert(1)</script>", "=cmd()"):
        assert mati(root, "review", "approve", ids(root)[said]).exit_code == 0
    html = page(root)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_who_is_forgotten_is_quoted_no_more(root):
    name = ids(root)["the coffee was cold"]
    mati(root, "review", "approve", name)
    mati(root, "review", "export")
    assert "the coffee was cold" in page(root)
    assert mati(root, "forget", "k0").exit_code == 0
    assert [path.name for path in (root / "private/approved").iterdir()] == []
    assert "the coffee was cold" not in page(root)


def test_themes_are_counted_and_unknown_ones_refused(root):
    names = ids(root)
    found = mati(root, "review", "sort", names["fine"], "--theme", "tea")
    assert found.exit_code == 2
    assert "coffee, waiting" in found.output
    for said, name in names.items():
        theme = "waiting" if WORDS.index(said) % 2 else "coffee"
        assert mati(root, "review", "sort", name, "--theme", theme).exit_code == 0
    html = page(root)
    assert "What the answers are about" in html
    assert "Coffee" in html
    assert "Waiting time" in html
    assert "To read: 12" in mati(root, "review").output


def test_few_answers_quote_nobody(root):
    for at in range(3, 12):
        mati(root, "forget", f"k{at}")
    mati(root, "review", "approve", ids(root)["the coffee was cold"])
    assert "the coffee was cold" not in page(root, "private")


@pytest.mark.parametrize(
    ("sign", "mark", "end"), [(",", "\ufeff", "\r\n"), (";", "", "\n"), ("\t", "\ufeff", "\r\n")]
)
def test_a_sheet_goes_out_and_comes_back(root, sign, mark, end):
    done = mati(root, "review", "export")
    path = Path(done.output.strip())
    assert path.parent == root / "private/approved"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert next(r for r in rows if "cmd" in r["words"])["words"] == "'=cmd()"
    choices = {"the coffee was cold": "quote", "Dara was kind": "PRAISE", "nothing": "no"}
    for row in rows:
        said = row["words"]
        row["decision"] = choices.get(said, "")
        row["themes"] = "coffee; waiting" if said == "too slow" else ""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=sign, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    sheet = root / "back.csv"
    sheet.write_bytes((mark + out.getvalue()).encode("utf-8"))
    assert "Taken: 4. As they were: 0." in mati(root, "review", "import", str(sheet)).output
    assert "Taken: 0. As they were: 4." in mati(root, "review", "import", str(sheet)).output
    html = page(root)
    assert "the coffee was cold" in html
    assert "Dara was kind" in html
    assert "To read: 9. Decided: 3." in mati(root, "review").output


@pytest.mark.parametrize(
    ("rows", "slugs"),
    [
        ("id,words\nx,y\n", ["sheet-column"]),
        ("", ["sheet-column"]),
        ("id,decision\nabc,quote\n", ["sheet-words-unknown"]),
        ("id,decision\nID,shout\n", ["sheet-decision"]),
        ("id,decision,themes\nID,quote,tea\n", ["sheet-theme"]),
        ("id,decision\nPHONE,quote\nabc,no\n", ["sheet-personal", "sheet-words-unknown"]),
        ("id,decision,shown\nID,quote," + "a" * 700 + "\n", []),
        ('id,decision,shown\nID,quote,"' + "a" * 140_000 + "\n", ["sheet-unreadable"]),
    ],
)  # fmt: skip
def test_nothing_is_taken_while_a_row_is_wrong(root, rows, slugs):
    names = ids(root)
    text = rows.replace("PHONE", names["call me on 012 345 678"]).replace("ID", names["fine"])
    good = f"{names['lovely']},quote\n" if rows.count(",") and "shown" not in rows else ""
    sheet = root / "back.csv"
    sheet.write_text(text + good, "utf-8")
    found = mati(root, "review", "import", str(sheet))
    assert re.findall(r"\[([a-z-]+)\]", found.output) == slugs or (not slugs and found.exit_code)
    assert "Traceback" not in found.output
    assert found.exit_code == 1
    assert "To read: 12" in mati(root, "review").output


@pytest.mark.parametrize("head", ["ID,Decision\n", "sep=,\nid,decision\n", " id ,decision,x\n"])
def test_the_head_of_a_sheet_may_be_as_a_spreadsheet_saved_it(root, head):
    sheet = root / "back.csv"
    sheet.write_text(f"{head}{ids(root)['fine']},quote\n\n , \n", "utf-8")
    assert "Taken: 1. As they were: 0." in mati(root, "review", "import", str(sheet)).output


@pytest.mark.parametrize(
    ("row", "slugs"),
    [
        ('ID,quote,"never closed\n', ["sheet-unreadable"]),
        ("ID\n", ["sheet-unreadable"]),
        ("ID,quote,one,two,three\n", ["sheet-unreadable"]),
        ("ID,quote\nID,no\n", ["sheet-twice"]),
        ("ID,quote,please call 012 345 678 soon\n", ["sheet-personal"]),
        ("ID,012 345 678,\n", ["sheet-decision"]),
        ("012 345 678,quote,\n", ["sheet-words-unknown"]),
        ("ID,quote,a\x01 012 345 678\n", ["sheet-personal", "forbidden-character"]),
    ],
)
def test_a_wrong_row_is_said_and_nobody_is_quoted(root, row, slugs):
    sheet = root / "back.csv"
    sheet.write_text("id,decision,shown\n" + row.replace("ID", ids(root)["fine"]), "utf-8")
    found = mati(root, "review", "import", str(sheet))
    assert re.findall(r"\[([a-z-]+)\]", found.output) == slugs
    assert "345" not in found.output
    assert "To read: 12" in mati(root, "review").output


def test_a_decision_twice_alike_is_one(root):
    name = ids(root)["fine"]
    sheet = root / "back.csv"
    sheet.write_text(f"id,decision\n{name},quote\n{name},quote\n", "utf-8")
    assert "Taken: 1." in mati(root, "review", "import", str(sheet)).output


def test_what_was_shown_in_spite_of_a_number_comes_back_from_a_sheet(root):
    mati(root, "review", "approve", ids(root)["call me on 012 345 678"], "--anyway")
    path = mati(root, "review", "export", "--all").output.strip()
    assert "Taken: 0. As they were: 1." in mati(root, "review", "import", path).output


def test_a_log_saved_without_its_last_newline_loses_nothing(root):
    names = ids(root)
    mati(root, "review", "approve", names["lovely"])
    path = root / "private/approved/customer-service.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n"))
    mati(root, "forget", "k0")
    assert "lovely" in page(root)
    mati(root, "review", "approve", names["fine"])
    html = page(root)
    assert "lovely" in html
    assert "fine" in html
    mati(root, "forget", "k11")
    assert "lovely" not in path.read_text("utf-8")


@pytest.mark.parametrize("content", [b"\x00\xff\xfe\x00", b"PK\x03\x04" + b"\x00" * 99])
def test_a_file_that_is_no_table_is_said(root, content):
    sheet = root / "back.csv"
    sheet.write_bytes(content)
    found = mati(root, "review", "import", str(sheet))
    assert found.exit_code == 1
    assert "Traceback" not in found.output


def test_a_file_changed_by_hand_is_said_and_the_rest_holds(root):
    mati(root, "review", "approve", ids(root)["lovely"])
    path = root / "private/approved/customer-service.jsonl"
    path.write_text('{"key":"k1","decision":"quote"}\n' + path.read_text("utf-8"), "utf-8")
    built = mati(root, "build")
    assert built.exit_code == 0
    assert "private/approved/customer-service.jsonl:1:1: warning [damaged-decision]" in built.output
    assert "lovely" in page(root)


@pytest.mark.parametrize("name", ["abc", "zzzzzzzz", "\x1b[31m", ""])
def test_nobody_is_called_so(root, name):
    found = mati(root, "review", "approve", name)
    assert found.exit_code == 2
    assert "\x1b" not in found.output


def test_everything_is_said_in_khmer_and_lao(root):
    for language in ("km", "lo"):
        found = mati(root, "review", language=language)
        assert found.exit_code == 0
        assert "To read" not in found.output


# --- In a terminal ---------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr("mati.cli.reviewing._at_terminal", lambda: True)


def test_words_are_asked_about_one_after_the_other(root, terminal):
    typed = "p\nKind staff\ns\nn\nt\ntea\nt\ncoffee\nq\n\nt\nwaiting\ns\nx"
    found = mati(root, "review", typed=typed)
    assert found.exit_code == 0, found.output
    assert "1/12" in found.output
    assert "No theme is called tea" in found.output
    lines = (root / "private/approved/customer-service.jsonl").read_text("utf-8").splitlines()
    made = [json.loads(line) for line in lines]
    assert [(one["decision"], one.get("text", ""), one.get("themes")) for one in made] == [
        ("praise", "Kind staff", None), ("no", "", None), ("quote", "=cmd()", ["coffee"]),
        ("open", "", ["waiting"]),
    ]  # fmt: skip
    assert "To read: 9. Decided: 3." in mati(root, "review", "list").output


def test_personal_data_is_asked_about_again(root, terminal):
    typed = "s\nq\n\nn\nq\n\ny\nx"
    found = mati(root, "review", typed=typed)
    assert found.output.count("Show them anyway?") == 2
    (line,) = (root / "private/approved/customer-service.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["text"] == "call me on 012 345 678"


def test_an_end_of_typing_is_no_fault(root, terminal):
    found = mati(root, "review", typed="")
    assert "Traceback" not in found.output
    assert not (root / "private/approved").exists()
