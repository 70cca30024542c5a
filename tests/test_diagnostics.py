"""Diagnostics are laid out for people, machines and Git hosts; quoted text stays harmless."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

from mati.diagnostics import (
    Code,
    Diagnostic,
    Notebook,
    Severity,
    Source,
    Span,
    github_line,
    human,
    json_record,
    sentence,
)
from mati.diagnostics import sentences as areas
from mati.diagnostics.sentences import SENTENCES
from mati.width import cells

SOURCE = Source("content/visit.md", "# Visit\n\n### ល្អ? {#q kind=csta}\n")


def one(code: Code = Code.UNKNOWN_KIND, span: Span | None = None, **values: object) -> Diagnostic:
    notes = Notebook()
    notes.open(SOURCE)
    values = values or {"kind": "csta", "offer": "csat", "known": "choice, csat"}
    notes.note(code, span or Span("content/visit.md", 3, 18, 4), **values)
    return next(iter(notes))


def test_the_layout_for_people():
    assert human(one()) == (
        "content/visit.md:3:18: error [unknown-kind]: there is no kind of question called 'csta'\n"
        "   3 | ### ល្អ? {#q kind=csta}\n"
        "     |                  ^^^^\n"
        "     = hint: did you mean 'csat'?"
    )


def test_where_nothing_can_be_offered_the_other_hint_stands():
    assert sentence(one(kind="x", offer="", known="a, b"))[1] == "kinds are: a, b"


def test_a_hint_that_offers_nothing_stands_anyway():
    found = one(Code.HTML_IN_TRANSLATION, context="visit.q.label", text="<b>", offer="")
    assert sentence(found)[1] == Code.HTML_IN_TRANSLATION.hint


def test_words_go_through_the_translation():
    def translate(message: str) -> str:
        known = {"error": "ຜິດ", "hint": "ຄຳແນະນຳ", "did you mean '{offer}'?": "'{offer}' ບໍ?"}
        return known.get(message, message)

    shown = human(one(), translate)
    assert "ຜິດ [unknown-kind]" in shown
    assert shown.endswith("= ຄຳແນະນຳ: 'csat' ບໍ?")


@pytest.mark.parametrize("evil", ["\x1b[31m", "\x07", "\x9b2J", "a\nb", "\u202e", "\r"])
def test_escape_sequences_are_neutralised(evil):
    notes = Notebook()
    notes.open(Source("a.md", f"x{evil.replace(chr(10), '')}y"))
    notes.note(Code.UNKNOWN_KIND, Span("a.md", 1, 1, 1), kind=evil, offer="", known="")
    shown = human(next(iter(notes)))
    for char in evil:
        if not char.isprintable() and char != "\n":
            assert char not in shown
    assert shown.count("\n") <= 3


def test_long_lines_are_cut_around_the_place():
    notes = Notebook()
    notes.open(Source("a.md", "a" * 5_000 + "HERE" + "b" * 5_000))
    notes.note(Code.UNKNOWN_KIND, Span("a.md", 1, 5_001, 4), kind="k" * 900, offer="", known="")
    lines = human(next(iter(notes))).split("\n")
    assert max(map(len, lines)) < 400
    assert "HERE" in lines[1]
    assert lines[2].index("^") == lines[1].index("HERE")


def test_the_record_for_machines():
    record = json_record(one())
    assert json.loads(json.dumps(record)) == {
        "file": "content/visit.md",
        "line": 3,
        "column": 18,
        "end_column": 22,
        "length": 4,
        "severity": "error",
        "code": "unknown-kind",
        "message": "there is no kind of question called 'csta'",
        "hint": "did you mean 'csat'?",
        "quoted": "### ល្អ? {#q kind=csta}",
        "see": "docs/errors.md#unknown-kind-error",
    }


@pytest.mark.parametrize("code", [Code.UNKNOWN_KIND, Code.NO_ID, Code.REQUIRED_AND_CONDITIONAL])
def test_the_record_leads_to_the_heading_that_explains_it(code):
    page = (Path(__file__).parent.parent / "docs/errors.md").read_text("utf-8")
    headings = (line[4:] for line in page.splitlines() if line.startswith("### "))
    # Git hosts keep letters, digits and hyphens of a heading, and make hyphens of blanks.
    anchors = {re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in headings}
    assert str(json_record(one(code))["see"]).removeprefix("docs/errors.md#") in anchors


def test_carets_stand_below_the_words_where_letters_take_no_cell():
    shown = human(one(), cells=cells).split("\n")
    assert shown[2] == "     |" + " " * (1 + cells("### ល្អ? {#q kind")) + "^^^^"
    assert shown[2].index("^") < human(one()).split("\n")[2].index("^")


def test_the_line_for_git_hosts():
    assert github_line(one()) == (
        "::error file=content/visit.md,line=3,endLine=3,col=18,endColumn=21,title=unknown-kind"
        "::there is no kind of question called 'csta' (did you mean 'csat'?)"
    )
    found = one(Code.NO_ID, Span("a,b:c%.md", 1, 1), text="a%b", offer="x")
    assert github_line(found).startswith(
        "::warning file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=1,title=no-id::'a%25b'"
    )
    note = one(Code.SETTING_WITHOUT_EFFECT, Span("a.md"), key="x")
    assert github_line(note).startswith("::notice ")


def test_one_mistake_at_one_place_is_kept_once_and_in_order():
    notes = Notebook()
    for line in (9, 2, 9):
        notes.note(Code.NO_ID, Span("b.md", line, 1), text="x", offer="y")
    notes.note(Code.NO_ID, Span("a.md", 5, 1), text="x", offer="y")
    assert [(d.span.path, d.span.line) for d in notes] == [("a.md", 5), ("b.md", 2), ("b.md", 9)]
    assert not notes.has_errors()
    notes.note(Code.NO_TITLE, Span("a.md"))
    assert notes.has_errors()


def test_a_severity_may_be_given_by_the_place():
    notes = Notebook()
    notes.note(Code.NOT_UTF8, Span("a.po"), severity=Severity.WARNING)
    assert not notes.has_errors()


@pytest.mark.parametrize("code", Code, ids=lambda code: code.slug)
def test_every_code_reads_as_a_sentence(code):
    assert code.slug == code.name.lower().replace("_", "-")
    for template in (code.message, code.hint, code.otherwise):
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in names)
        assert not template.endswith(".")
    assert code.message


def test_every_code_has_words_in_one_area_and_every_word_a_code():
    tables = [t.SENTENCES for t in vars(areas).values() if hasattr(t, "SENTENCES")]
    assert sum(len(table) for table in tables) == len(SENTENCES), "a slug stands in two areas"
    assert set(SENTENCES) == {code.value for code in Code}
    assert all(code.value == code.name.lower().replace("_", "-") for code in Code)
