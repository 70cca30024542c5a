"""The .po reader: equal to Babel's on whole files, and of help with damaged ones."""

from __future__ import annotations

import io
import time

import pytest
from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import read_po as babel_read
from babel.messages.pofile import write_po as babel_write
from hypothesis import given
from hypothesis import strategies as st

from mati.catalog import Catalog, decode_po, read_po, translator
from mati.diagnostics import Notebook, Source

HEAD = 'msgid ""\nmsgstr ""\n"Language: km\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

WORDS = st.text(
    alphabet=st.sampled_from("ab \n\t\"\\%{}#~|'" + "ក្ល្អ។ៗ" + "ກຳໜ" + "\u200b"),
    min_size=1,
    max_size=12,
)
NAME = st.text(alphabet="abcdef._0", min_size=1, max_size=8)


def read(text: str) -> tuple[Catalog, list[tuple[str, int, int]]]:
    notes = Notebook()
    catalog = read_po(Source("locales/km/visit.po", text), notes)
    return catalog, [(d.code.slug, d.span.line, d.span.column) for d in notes]


@st.composite
def babel_catalogs(draw: st.DrawFn) -> BabelCatalog:
    catalog = BabelCatalog(locale="km", charset="utf-8", fuzzy=False)
    keys = draw(st.lists(st.tuples(WORDS, st.none() | NAME), max_size=5, unique=True))
    for index, (msgid, context) in enumerate(keys):
        plural = draw(st.booleans()) and draw(st.booleans())
        string = draw(st.just("") | WORDS)
        message = catalog.add(
            (msgid, draw(WORDS)) if plural else msgid,
            (string,) if plural else string,
            context=context,
            locations=[("content/visit.md", None)] if draw(st.booleans()) else [],
            flags=["fuzzy"] if draw(st.booleans()) else [],
            user_comments=["seen"] if draw(st.booleans()) else [],
            auto_comments=["question"] if draw(st.booleans()) else [],
        )
        if draw(st.booleans()) and draw(st.booleans()) and not plural:
            catalog.delete(msgid, context)
            catalog.obsolete[f"{index}"] = message
    return catalog


def facts(catalog: Catalog) -> list[tuple[object, ...]]:
    return [
        (
            m.context or None,
            (m.msgid, m.plural) if m.plural else m.msgid,
            m.strings if m.plural else m.string,
            m.fuzzy,
            tuple(m.comments),
            tuple(m.notes),
            bool(m.references),
        )
        for m in (*catalog.messages.values(), *catalog.obsolete)
    ]


def babel_facts(catalog: BabelCatalog) -> list[tuple[object, ...]]:
    messages = [m for m in catalog if m.id] + list(catalog.obsolete.values())
    return [
        (
            m.context,
            m.id,
            tuple(m.string) if isinstance(m.id, tuple) else m.string,
            m.fuzzy,
            tuple(m.user_comments),
            tuple(m.auto_comments),
            bool(m.locations),
        )
        for m in messages
    ]


@given(babel_catalogs(), st.sampled_from([0, 20, 76]))
def test_a_whole_file_reads_as_babel_reads_it(made, width):
    stream = io.BytesIO()
    babel_write(stream, made, width=width)
    text = stream.getvalue().decode()
    catalog, problems = read(text)
    assert problems == []
    assert not catalog.damaged
    assert facts(catalog) == babel_facts(babel_read(io.BytesIO(stream.getvalue())))
    assert catalog.language == "km"


def test_positions_and_all_parts_of_an_entry():
    catalog, problems = read(
        HEAD
        + "# seen by Dara\n#. page 1\n#: content/visit.md\n#, fuzzy\n"
        + '#| msgctxt "visit.old.label"\n#| msgid "Old "\n#| "words"\n'
        + 'msgctxt "visit.q.label"\nmsgid ""\n"New "\n"words"\nmsgstr "ថ្មី"\n\n'
        + '#~ msgctxt "visit.gone.label"\n#~ msgid "Gone"\n#~ msgstr "បាត់"\n'
    )
    assert problems == []
    message = catalog.find("visit.q.label", "New words")
    assert message is not None
    assert (message.line, message.string_line) == (14, 17)
    assert (message.previous, message.previous_context) == ("Old words", "visit.old.label")
    assert (message.comments, message.notes) == (("seen by Dara",), ("page 1",))
    assert message.references == ("content/visit.md",)
    assert message.fuzzy
    assert message.string == "ថ្មី"
    assert [m.msgid for m in catalog.obsolete] == ["Gone"]
    assert catalog.header["Language"] == "km"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "b"\nmsgstr "x\n', ("po-quote", 11, 8)),
        ('msgid "b"\nmsgstr "x"y"\n', ("po-quote", 11, 8)),
        ('msgid "b\nmsgstr "x"\n', ("po-quote", 10, 7)),
        ('msgid "b"\nmsgstr "C:\\dir"\n', ("po-escape", 11, 11)),
        ('msgid "a"\nmsgstr "again"\n', ("po-twice", 10, 1)),
        ('msgid "b"\n', ("po-incomplete", 10, 1)),
        ('msgctxt "c"\nmsgstr "x"\n', ("po-incomplete", 10, 1)),
        ('msgid "b"\nmsgstr x\n', ("po-unreadable", 11, 1)),
        ('<<<<<<< HEAD\nmsgid "b"\nmsgstr "x"\n', ("po-conflict", 10, 1)),
        ('msgid "b"\nmsgid_plural "bs"\nmsgstr "x"\n', ("po-incomplete", 10, 1)),
    ],
)
def test_damage_is_told_and_stays_where_it_is(entry, problem):
    first = 'msgid "a"\nmsgstr "A"\n\n\n'
    catalog, problems = read(HEAD + first + entry + '\nmsgid "z"\nmsgstr "Z"\n')
    assert problems[0] == problem
    assert catalog.damaged
    assert catalog.messages["", "a"].string == "A"
    assert catalog.messages["", "z"].string == "Z"
    assert ("", "b") not in catalog.messages or catalog.messages["", "b"].string == ""


def test_a_stray_string_is_told():
    _, problems = read('"alone"\n' + HEAD)
    assert problems == [("po-unreadable", 1, 1)]


def test_bytes_that_are_not_utf_8():
    notes = Notebook()
    data = HEAD.encode() + b'msgid "a"\nmsgstr "\xe0\xff"\n'
    source = decode_po("locales/km/visit.po", data, notes)
    assert [(d.code.slug, d.span.line) for d in notes] == [("po-not-utf8", 7)]
    assert "\ufffd" in source.text


def test_byte_order_mark_and_windows_line_ends():
    notes = Notebook()
    data = b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode()
    assert read_po(decode_po("a/km/x.po", data, notes), notes).language == "km"
    assert len(notes) == 0


@given(st.text(alphabet=st.sampled_from('ms gidtrcx"\\n\n#~|,:.[0]'), max_size=80))
def test_no_text_raises_and_nothing_is_lost_in_silence(text):
    catalog, problems = read(text)
    entries = len(catalog.messages) + len(catalog.obsolete) + (catalog.head is not None)
    wanted = sum(line.startswith("msgid ") for line in text.split("\n"))
    assert entries >= wanted or problems


def test_language_falls_back_to_the_folder():
    assert read('msgid "a"\nmsgstr "b"\n')[0].language == "km"


@pytest.mark.slow
def test_ten_thousand_messages_read_faster_than_with_babel():
    entries = "\n".join(
        f'#. page 1\nmsgctxt "v.q{n}.label"\nmsgid "How is number {n}?"\nmsgstr "លេខ {n}"\n'
        for n in range(10_000)
    )
    text = HEAD + entries
    ours = min(_timed(lambda: read(text)) for _ in range(3))
    babels = _timed(lambda: babel_read(io.BytesIO(text.encode())))
    assert ours < babels / 1.5


def _timed(run) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


@pytest.mark.parametrize("bad", ["លេខ {m}", "លេខ {n!r}", "លេខ {n:>9}", "លេខ {n", "លេខ", ""])
def test_a_sentence_that_could_not_be_filled_gives_way(bad):
    own = read(f'msgid "Number {{n}}"\nmsgstr "{bad}"\n')[0]
    ours = read('msgid "Number {n}"\nmsgstr "លេខ {n}"\n')[0]
    assert translator(own)("Number {n}") == "Number {n}"
    assert translator(own, ours)("Number {n}") == "លេខ {n}"
    assert translator()("Number {n}") == "Number {n}"


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\u202e", "\x9b2J"])
def test_a_sentence_that_a_terminal_would_obey_gives_way(sign):
    own = read(f'msgid "Good"\nmsgstr "ល្អ{sign}"\n')[0]
    assert translator(own)("Good") == "Good"


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "b"\n#~ msgstr "B"\n',
        '#~ msgid "b"\nmsgstr "B"\n',
        'msgctxt "c"\n#~ msgid "b"\n#~ msgstr "B"\n',
        '#~ msgid "b"\n#~ msgstr "B"\n"more"\n',
        'msgid "b"\nmsgstr "B"\n#~ "more"\n',
        '#~| msgid "old"\nmsgid "b"\nmsgstr "B"\n',
    ],
)
def test_an_entry_that_is_half_gone_is_damaged(entry):
    catalog, problems = read(
        HEAD + 'msgid "a"\nmsgstr "A"\n\n' + entry + '\nmsgid "z"\nmsgstr "Z"\n'
    )
    assert {name for name, line, _ in problems if 9 <= line <= 11} == {"po-unreadable"}
    assert catalog.damaged
    assert [m.string for m in catalog.messages.values()] == ["A", "Z"]
