"""Characters and bytes that look like others, or like nothing: read as meant, or told of.

One row, one oddity: what stands in the file, and what is said of it: nothing, or one message at
its place. ``HEAD`` is a sound survey; a row adds a question to it.
"""

from __future__ import annotations

import pytest

from mati.diagnostics import Notebook, Source
from mati.model import ProjectSettings
from mati.reader import decode, read

PROJECT = ProjectSettings(languages=("en", "km", "lo"))
ASK = "### All in all? {#overall}\n\n- (5) Good\n- (3) So-so\n- (1) Bad\n\n"
HEAD = f"---\nlang: en\n---\n\n# Visit\n\n{ASK}"
LINES = HEAD.count("\n")
TWO = "- (5) Good\n- (1) Bad\n"

# what is added, what is said (slug, line of what is added, column), or nothing
ODD = {
    "Khmer digit in a code": ("### A {#a}\n\n- (៥) Good\n- (1) Bad\n", ("bad-code", 3, 4)),
    "Lao digit in a code": ("### A {#a}\n\n- (໕) Good\n- (1) Bad\n", ("bad-code", 3, 4)),
    "wide digit in a code": ("### A {#a}\n\n- (５) Good\n- (1) Bad\n", ("bad-code", 3, 4)),
    "Khmer digit in an id": ("### A {#a១}\n\n___\n", ("bad-id", 1, 9)),
    "Cyrillic letter in a code": ("### A {#a}\n\n- (\u0430b) Good\n- (1) B\n", ("bad-code", 3, 4)),
    "Cyrillic letter in an id": ("### A {#\u0430b}\n\n___\n", ("bad-id", 1, 9)),
    "Cyrillic letter in a kind": ("### A {#a kind=c\u0455at}\n\n___\n", ("unknown-kind", 1, 16)),
    "accent beside its letter in an id": ("### A {#e\u0301}\n\n___\n", ("bad-id", 1, 9)),
    "accent beside its letter": ("### Cafe\u0301 {#a}\n\n___\n", None),
    "ZWSP in Khmer words": ("### ល្អ\u200bណាស់ {#a}\n\n___\n", None),
    "ZWSP before Khmer words": ("### A {#a}\n\n- (5) \u200bល្អ\n- (1) Bad\n", None),
    "ZWSP in words of a list": ("- \u200bល្អ\u200bណាស់\n\n### A {#a}\n\n___\n", "prose"),
    "ZWSP in a quoted text": ('### A {#a placeholder="ល្អ\u200bណាស់"}\n\n___\n', None),
    "ZWSP alone on a line": ("### A {#a}\n\n___\n\u200b\n### B {#b}\n\n___\n", None),
    "ZWNJ in words": ("### ណ\u200cា {#a}\n\n___\n", None),
    "ZWJ in an emoji": ("### 👩\u200d🍳 {#a}\n\n___\n", None),
    "ZWSP in an id": ("### A {#a\u200bb}\n\n___\n", ("unseen-character", 1, 10)),
    "ZWSP before an id": ("### A {\u200b#a}\n\n___\n", ("unseen-character", 1, 8)),
    "ZWSP in a code": (f"### A {{#a}}\n\n- (4\u200b) Fair\n{TWO}", ("unseen-character", 3, 5)),
    "WJ in a code": (f"### A {{#a}}\n\n- (4\u2060) Fair\n{TWO}", ("unseen-character", 3, 5)),
    "LRM in a code": (f"### A {{#a}}\n\n- (4\u200e) Fair\n{TWO}", ("unseen-character", 3, 5)),
    "ZWSP before a dash": (f"### A {{#a}}\n\n\u200b{TWO}", ("unseen-character", 3, 1)),
    "ZWSP behind a dash": (f"### A {{#a}}\n\n- \u200b{TWO[2:]}", ("unseen-character", 3, 3)),
    "ZWSP before a heading": ("\u200b### A {#a}\n\n___\n", ("unseen-character", 1, 1)),
    "ZWSP behind the hashes": ("###\u200b A {#a}\n\n___\n", ("unseen-character", 1, 4)),
    "ZWSP behind a line": ("### A {#a}\n\n___\u200b\n", ("unseen-character", 3, 4)),
    "ZWSP in a condition": (
        '### A {#a if="overall\u200b <= 3"}\n\n___\n', ("unseen-character", 1, 22)),
    "ZWSP in a column": (
        "### A {#a}\n\n| x | (5\u200b) Good | (1) Bad |\n|--|--|--|\n| y {#y} | | |\n",
        ("unseen-character", 3, 9)),
    "soft hyphen in an id": ("### A {#a\u00adb}\n\n___\n", ("unseen-character", 1, 10)),
    "soft hyphen in words": ("### A\u00adB {#a}\n\n___\n", None),
    "RLM in words": ("### A\u200f {#a}\n\n___\n", None),
    "RLO in words": ("### A \u202etxet {#a}\n\n___\n", ("turning-character", 1, 7)),
    "RLI in words": ("### A \u2067txet {#a}\n\n___\n", ("turning-character", 1, 7)),
    "RLO in a code": (f"### A {{#a}}\n\n- (4\u202e) Fair\n{TWO}", ("unseen-character", 3, 5)),
    "line separator": ("### A\u2028B {#a}\n\n___\n", ("turning-character", 1, 6)),
    "next line": ("### A\u0085B {#a}\n\n___\n", ("turning-character", 1, 6)),
    "NBSP behind hashes": ("###\u00a0A {#a}\n\n___\n", ("odd-blank", 1, 4)),
    "NBSP behind a dash": ("### A {#a}\n\n-\u00a0(5) Good\n- (1) Bad\n", ("odd-blank", 3, 2)),
    "NBSP before a dash": ("### A {#a}\n\n\u00a0- (5) Good\n- (1) Bad\n", ("odd-blank", 3, 1)),
    "NBSP behind a line": ("### A {#a}\n\n___\u00a0date\n", ("odd-blank", 3, 4)),
    "NBSP in words": ("### A\u00a0: B {#a}\n\n___\n", None),
    "NBSP behind a bracket": ("### A {#a}\n\n- (5)\u00a0Good\n- (1)\u00a0Bad\n", None),
    "ideographic blank": ("###\u3000A {#a}\n\n___\n", ("odd-blank", 1, 4)),
    "wide brackets": ("### A {#a}\n\n- （5） Good\n- (1) Bad\n", ("wide-sign", 3, 3)),
    "wide hash": ("＃＃＃ A {#a}\n\n___\n", ("wide-sign", 1, 1)),
    "minus for a dash": ("### A {#a}\n\n− (5) Good\n- (1) Bad\n", ("answer-without-dash", 3, 1)),
    "tab behind a dash": ("### A {#a}\n\n-\t(5) Good\n-\t(1) Bad\n", None),
    "tab behind hashes": ("###\tA {#a}\n\n___\n", None),
    "NUL": ("### A\0 {#a}\n\n___\n", ("forbidden-character", 1, 6)),
}  # fmt: skip
SETTINGS = {
    "em dashes": ("—\nlang: en\n—\n", ("settings-fence", 1, 1)),
    "en dashes": ("–––\nlang: en\n–––\n", ("settings-fence", 1, 1)),
    "four hyphens": ("----\nlang: en\n----\n", ("settings-fence", 1, 1)),
    "blank lines above": ("\n\n---\nlang: en\nmax: many\n---\n", ("wrong-setting", 5, 6)),
    "NBSP behind a colon": ("---\nlang:\u00a0en\n---\n", ("odd-blank", 2, 6)),
    "NBSP as indentation": (
        "---\nlang: en\nreward:\n\u00a0\u00a0text: Tea\n---\n", ("odd-blank", 4, 1)),
    "wide colon": ("---\nlang：en\n---\n", ("wide-sign", 2, 5)),
    "wide colon and a blank": ("---\nlang： en\n---\n", ("wide-sign", 2, 5)),
    "ZWSP in a key": ("---\nla\u200bng: en\n---\n", ("unseen-character", 2, 3)),
    "Cyrillic letter in a key": ("---\nl\u0430ng: en\n---\n", ("unknown-setting", 2, 1)),
}  # fmt: skip
LETTERS = HEAD.replace("Good", "Tr\u00e8s \u201cbon\u201d")
BYTES = {
    "byte-order mark": (b"\xef\xbb\xbf" + HEAD.encode(), None),
    "two byte-order marks": (b"\xef\xbb\xbf" * 2 + HEAD.encode(), None),
    "CRLF": (HEAD.replace("\n", "\r\n").encode(), None),
    "CR": (HEAD.replace("\n", "\r").encode(), None),
    "Windows-1252": (LETTERS.encode("cp1252"), ("western-encoding", 9, 9)),
    "UTF-16 with a mark": (HEAD.encode("utf-16"), ("other-encoding", 1, 1)),
    "UTF-16, little end first": (HEAD.encode("utf-16-le"), ("other-encoding", 1, 1)),
    "UTF-16, big end first": (HEAD.encode("utf-16-be"), ("other-encoding", 1, 1)),
    "Khmer in UTF-16": (HEAD.replace("All", "ល្អ" * 40).encode("utf-16"), ("other-encoding", 1, 1)),
    "mostly Khmer in UTF-16": (("ល្អណាស់ " * 40).encode("utf-16-le"), ("other-encoding", 1, 1)),
    "mostly Lao in UTF-16": (("ດີຫຼາຍ " * 40).encode("utf-16-be"), ("other-encoding", 1, 1)),
    "a rich text": (b"{\\rtf1\\ansi " + HEAD.encode() + b"}", ("binary-file", 1, 1)),
    "a web page": (b"<!DOCTYPE html>\n" + HEAD.encode(), ("binary-file", 1, 1)),
    "UTF-32": (HEAD.encode("utf-32"), ("other-encoding", 1, 1)),
    "a letter cut at the end": (HEAD.encode() + "ល".encode()[:2], ("not-utf8", LINES + 1, 1)),
    "a surrogate": (HEAD.encode() + b"\xed\xa0\x80", ("not-utf8", LINES + 1, 1)),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, ("binary-file", 1, 1)),
}


def said(data: bytes) -> list[tuple[str, int, int]]:
    notes = Notebook()
    source = decode("content/visit.md", data, notes)
    if source is not None:
        read(source, PROJECT, notes)
    return [(note.code.slug, note.span.line, note.span.column) for note in notes]


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_in_a_survey(name):
    added, expected = ODD[name]
    if expected == "prose":
        assert said(HEAD.replace(ASK, added + ASK).encode()) == []
        return
    found = [(slug, line - LINES, column) for slug, line, column in said((HEAD + added).encode())]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("name", SETTINGS)
def test_odd_characters_in_settings(name):
    settings, expected = SETTINGS[name]
    found = said(f"{settings}\n# Visit\n\n{ASK}".encode())
    assert [one for one in found if one[0] != "setting-without-effect"] == [expected]


@pytest.mark.parametrize("name", BYTES)
def test_bytes(name):
    data, expected = BYTES[name]
    assert said(data) == ([expected] if expected else [])


def test_what_is_shown_is_composed_and_ids_are_as_written():
    text = f"{HEAD}### Cafe\u0301? {{#a}}\n\n___\n"
    survey = read(Source("content/visit.md", text), PROJECT, Notebook())
    assert survey is not None
    assert survey.questions[-1].label.source == "Café?"


def test_signs_are_read_as_if_nothing_unseen_stood_among_them():
    text = f"{HEAD}\u200b### A {{#a\u200bb}}\n\n- (4\u200b) ល្អ\u200bណាស់\n{TWO}"
    survey = read(Source("content/visit.md", text), PROJECT, Notebook())
    assert survey is not None
    question = survey.questions[-1]
    assert (question.id, [option.code for option in question.options]) == ("ab", ["4", "5", "1"])
    assert question.options[0].label is not None
    assert question.options[0].label.source == "ល្អ\u200bណាស់"


BOTH = "<<<<<<< HEAD\n### How was it? {#a}\n=======\n### How is it? {#a}\n>>>>>>> main\n"


@pytest.mark.parametrize("path", ["content/visit.md", "mati.yaml"])
def test_of_two_versions_each_place_is_said_and_nothing_else(path):
    notes = Notebook()
    assert (
        decode(path, (HEAD + BOTH + "words\n" + BOTH).replace("\n", "\r\n").encode(), notes) is None
    )
    assert [(note.code.slug, note.span.line, note.span.column) for note in notes] == [
        ("merge-conflict", LINES + 1, 1),
        ("merge-conflict", LINES + 7, 1),
    ]
    assert [dict(note.values)["text"] for note in notes] == ["<<<<<<< HEAD"] * 2


@pytest.mark.parametrize("name", ["answers.csv", "content/visit.md"])
def test_answers_and_arrows_are_no_two_versions(name):
    words = BOTH if name.endswith(".csv") else "<<<<<<< see above\n\n>>>>>>>>> and below\n"
    notes = Notebook()
    assert decode(name, (HEAD + words).encode(), notes) is not None
    assert list(notes) == []
