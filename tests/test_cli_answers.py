"""``pull`` as a person uses it: every row is accounted for, twice does no harm."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati import store
from mati.accept import Accepted
from mati.cli import main

ROOT = Path(__file__).parent.parent
ROW = {
    "key": "k1",
    "at": "2026-11-22T02:47:00Z",
    "survey": "customer-service",
    "pairs": [
        ["mati_id", "visitor-1"],
        ["overall", "1"],
        ["phone", "012 345 678"],
        ["colour", "red"],
    ],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    return tmp_path


def mati(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment)


def export(root: Path, *rows: object) -> str:
    path = root / "export.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def test_a_file_comes_home_and_again_does_no_harm(root):
    file = export(root, ROW)
    first = mati(root, "pull", "--file", file)
    assert first.exit_code == 0, first.output
    assert "customer-service: 1 new, 0 already here, 0 suspect, 1 unknown values." in first.output
    assert "012 345 678" not in first.output
    assert "export.jsonl:1:1: warning [unknown-answer]" in first.output
    second = mati(root, "pull", "customer-service", "--file", file)
    assert "0 new, 1 already here" in second.output
    home = (root / "private/responses/customer-service/2026-11.jsonl").read_text("utf-8")
    assert home.count("\n") == 1
    assert "012 345 678" not in home


def test_rows_of_no_survey_are_said(root):
    found = mati(root, "pull", "--file", export(root, ROW | {"survey": "elsewhere"}))
    assert "1 answers belong to none of these surveys" in found.output


def test_a_broken_row_is_said_and_the_others_come(root):
    found = mati(root, "pull", "--file", export(root, "{broken", ROW))
    assert found.exit_code == 1
    assert "1 new" in found.output
    assert "export.jsonl:1:1: error" in found.output
    assert "Traceback" not in found.output


@pytest.mark.parametrize("damage", ['{"key": "k9", "012 345 678"', '{"key": "\x00 012 345 678"}'])
def test_no_line_of_answers_is_quoted(root, damage):
    found = mati(root, "pull", "--file", export(root, ROW, damage))
    assert found.exit_code == 1
    assert "error" in found.output
    assert "012 345 678" not in found.output


def test_without_anything_to_bring_it_says_so(root):
    found = mati(root, "pull")
    assert found.exit_code == 0
    assert "0 new" in found.output


def test_an_unknown_survey_and_service_are_said(root):
    assert mati(root, "pull", "nosuch").exit_code == 2
    found = mati(root, "pull", "--service", "nosuch", "--file", export(root, ROW))
    assert found.exit_code == 2
    assert "formspree" in found.output


def test_a_file_that_is_no_text_is_said(root):
    path = root / "export.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x01" * 50)
    found = mati(root, "pull", "--file", str(path))
    assert found.exit_code == 1
    assert "Traceback" not in found.output


def test_a_survey_that_cannot_be_read_stops_it(root):
    (root / "content" / "customer-service.md").write_text("---\nlang: en\n", "utf-8")
    found = mati(root, "pull", "--file", export(root, ROW))
    assert found.exit_code == 1
    assert not (root / "private" / "responses").exists()


def test_what_the_form_service_keeps_comes_home(root):
    with closing(store.Ledger(store.connect(root / "private" / "collect.db"))) as ledger:
        entry = Accepted(
            id="x1",
            survey="customer-service",
            language="en",
            pairs=(("mati_id", "visitor-1"), ("overall", "1")),
            contacts=(("phone", "012 345 678"),),
            digest=b"d" * 32,
            at="2026-11-22T02:47:00Z",
            ending="sorry",
        )
        ledger.keep([("k1", entry)])
    assert "1 new" in mati(root, "pull").output
    assert "1 already here" in mati(root, "pull", "customer-service").output
    contacts = (root / "private/contacts/customer-service.jsonl").read_text("utf-8")
    assert "012 345 678" in contacts
