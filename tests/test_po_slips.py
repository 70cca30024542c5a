"""What people do to a .po file in a text editor, and how each slip is answered."""

from __future__ import annotations

import pytest

from mati.catalog import decode_po, read_po, tongue
from mati.catalog import doubts as doubts_of
from mati.diagnostics import Diagnostic, Notebook, Source, sentence

HEAD = 'msgid ""\nmsgstr ""\n"Language: km\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PATH = "locales/km/visit.po"


def told(text: str) -> list[Diagnostic]:
    notes = Notebook()
    read_po(Source(PATH, HEAD + text), notes)
    return list(notes)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("msgstr “ល្អ”", 'msgstr "ល្អ"'),
        ("msgstr «ល្អ»", 'msgstr "ល្អ"'),
        ("msgstr 'ល្អ'", 'msgstr "ល្អ"'),
        ('msgstr "ល្អ”', 'msgstr "ល្អ"'),
        ("msgstr ល្អ", 'msgstr "ល្អ"'),
        ('msgstr: "ល្អ"', 'msgstr "ល្អ"'),
        ('Msgstr "ល្អ"', 'msgstr "ល្អ"'),
        ('msgstr "ល្អ', 'msgstr "ល្អ"'),
        ('msgstr ល្អ"', 'msgstr "ល្អ"'),
        ('msgstr "a "ល្អ" b"', r'msgstr "a \"ល្អ\" b"'),
        ('msgstr "a \\"ល្អ" b"', r'msgstr "a \"ល្អ\" b"'),
        ('msgstr ""\n"ល្អ', '"ល្អ"'),
        ('msgstr ""\nល្អ', '"ល្អ"'),
    ],
)
def test_a_line_is_offered_as_it_should_be(written, offered):
    [found] = told(f'msgid "b"\n{written}\n')
    assert sentence(found)[1] == f"write instead: {offered}"
    assert told(f'msgid "b"\n{written.rpartition(chr(10))[0]}\n{offered}\n') == []


@pytest.mark.parametrize("line", ['សារ "ល្អ"', 'msgstr "a\\', "msgstr " + "ល្អ" * 99, "msgctx x"])
def test_nothing_is_offered_where_nobody_knows(line):
    [found, *_] = told(f'msgid "b"\n{line}\n')
    assert "write instead" not in sentence(found)[1]
    assert "quote" in sentence(found)[1]


CONFLICT = (
    '<<<<<<< HEAD\nmsgid "b"\nmsgstr "x"\n\nmsgid "c"\nmsgstr "y"\n=======\nmsgid "b"\n'
    'msgstr "z"\n\nmsgid "c"\nmsgstr "z"\n>>>>>>> main\n'
)


@pytest.mark.parametrize(
    "text", [CONFLICT, 'msgid "b"\n<<<<<<< HEAD\nmsgstr "x"\n=======\nmsgstr "y"\n>>>>>>> main\n']
)
def test_what_a_merge_left_is_said_once_with_its_line(text):
    notes = Notebook()
    catalog = read_po(Source(PATH, f'{HEAD}{text}\nmsgid "d"\nmsgstr "D\n'), notes)
    first, last = list(notes)
    line = (HEAD + text).split("\n").index("<<<<<<< HEAD") + 1
    assert (first.code.slug, first.span.line) == ("po-conflict", line)
    assert "<<<<<<<" in sentence(first)[1]
    assert last.code.slug == "po-quote", "what follows is read as ever"
    assert catalog.damaged


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_file_in_utf_16_is_read_and_named_once(encoding):
    notes, text = Notebook(), HEAD + 'msgid "b"\nmsgstr "ល្អ"\n'
    lead = "" if encoding == "utf-16" else "\ufeff"
    catalog = read_po(decode_po(PATH, (lead + text).encode(encoding), notes), notes)
    [found] = notes
    assert (found.code.slug, found.severity.value) == ("other-encoding", "warning")
    assert catalog.find("", "b").string == "ល្អ"


@pytest.mark.parametrize("words", ["នឹង** ល្អ **ទេ", "នឹង**ល្អ **ទេ", "នឹង** ល្អ**ទេ"])
def test_emphasis_that_blanks_undo_is_told(words):
    [found] = doubts_of("a **b** c", words, tongue("km"))
    assert found.code.slug == "markup-differs"


@pytest.mark.parametrize("link", ["［ល្អ］（https://a.example/b）", "[ល្អ] (https://a.example/b)"])
def test_a_link_that_is_only_badly_written_is_not_told_to_be_left_out(link):
    source = "See [ours](https://a.example/b) now"
    slugs = [one.code.slug for one in doubts_of(source, f"មើល{link}", tongue("km"))]
    assert "address-differs" not in slugs
    other = doubts_of(source, f"{link} https://c.example", tongue("km"))
    assert "address-differs" in [one.code.slug for one in other]
