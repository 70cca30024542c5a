"""Merging: by context first, nothing guessed, nothing lost, the same bytes for the same words."""

from __future__ import annotations

import gettext
import re
import time

import pytest
from babel import Locale, localedata
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import WordBreaker

from mati.catalog import Catalog, Message, plural_rule, read_po
from mati.diagnostics import Notebook, Source
from mati.merge import (
    COLUMNS,
    Unit,
    check_units,
    decode_sheet,
    from_codes,
    from_python,
    from_templates,
    head_of,
    last_translator,
    merge,
    read_rows,
    rows_of,
    taken,
    tally,
    total,
    words,
    write_po,
    write_pot,
)
from mati.spreadsheet import table

HEAD = head_of("km", "Visit")


def unit(context: str, msgid: str) -> Unit:
    return Unit(context=context, msgid=msgid, notes=("page 1",), files=("content/visit.md",))


def read(text: str) -> Catalog:
    notes = Notebook()
    found = read_po(Source("locales/km/visit.po", text), notes)
    assert len(notes) == 0
    return found


def catalog(*entries: tuple[str, str, str]) -> Catalog:
    return read(write_po(HEAD, [Message(c, m, (s,)) for c, m, s in entries]))


def merged(old: Catalog, *units: Unit) -> Catalog:
    return read(write_po(old.head or HEAD, *merge(units, old)))


def test_a_reworded_question_keeps_its_translation_and_never_gets_another_ones():
    old = catalog(
        ("shop.q1.label", "How was the shop today?", "ហាង"),
        ("d.q1.label", "How was the delivery today?", "ដឹក"),
    )
    new = merged(
        old,
        unit("shop.q1.label", "How was the delivery to the shop today?"),
        unit("d.q1.label", "How was the delivery today?"),
    )
    found = new.find("shop.q1.label", "How was the delivery to the shop today?")
    assert found is not None
    assert (found.string, found.fuzzy) == ("ហាង", True)
    assert found.previous == "How was the shop today?"
    assert new.obsolete == ()  # it is not kept a second time
    kept = new.find("d.q1.label", "How was the delivery today?")
    assert kept is not None
    assert (kept.string, kept.fuzzy) == ("ដឹក", False)


def test_a_text_that_is_gone_is_kept_and_used_again():
    old = catalog(("v.q.label", "Good?", "ល្អ?"))
    without = merged(old)
    assert [m.string for m in without.obsolete] == ["ល្អ?"]
    back = merged(without, unit("v.q.label", "Good?"))
    found = back.find("v.q.label", "Good?")
    assert found is not None
    assert (found.string, found.fuzzy) == ("ល្អ?", False)
    assert back.obsolete == ()


def test_the_same_word_in_the_same_part_is_taken_over_elsewhere_only_as_outdated():
    old = catalog(("v.q.option.5", "Good", "ល្អ"))
    new = merged(old, unit("v.q.option.5", "Good"), unit("v.r.option.5", "Good"))
    assert new.messages["v.r.option.5", "Good"].string == "ល្អ"
    assert not new.messages["v.r.option.5", "Good"].fuzzy
    new = merged(old, unit("v.q.option.5", "Good"), unit("v.r.label", "Good"))
    assert new.messages["v.r.label", "Good"].fuzzy


def test_what_translators_wrote_stays():
    text = write_po(HEAD, [Message("v.q", "A", ("ក",), remarks="# ask Dara\n#. old note\n")])
    new = merged(read(text), unit("v.q", "A"))
    found = new.messages["v.q", "A"]
    assert (found.comments, found.notes) == (("ask Dara",), ("page 1",))
    assert found.references == ("content/visit.md",)


WORDS = st.text(alphabet=st.sampled_from('ab \n"\\\tក្ល។\u2028'), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["v.a", "v.b", ""]), WORDS, WORDS), max_size=6))
def test_a_second_merge_changes_no_byte(entries):
    once = {(context, msgid): string for context, msgid, string in entries}
    units = [unit(context, msgid) for context, msgid in once]
    old = read(write_po(HEAD, [Message(c, m, (s,)) for (c, m), s in once.items()]))
    first = write_po(old.head or HEAD, *merge(units, old))
    again = read(first)
    assert write_po(again.head or HEAD, *merge(units, again)) == first
    assert {m.key: m.string for m in again.messages.values()} == once


def test_messages_of_templates_and_modules():
    pages = {
        "form.html": '{{ _("One") }}{% if x %}{{ f(_("Two {n}", n=1)) }}{% endif %}{{ g("no") }}'
    }
    notes = Notebook()
    assert [u.msgid for u in from_templates(pages, notes)] == ["One", "Two {n}"]
    code = 'say(_("Three"))\nspeaker.message("Four")\nother("no")\n_(name)\n'
    made = from_python({"a.py": code}, notes)
    assert [u.msgid for u in made] == ["Three", "Four"]
    assert [u.places for u in made] == [("a.py:1",), ("a.py:2",)]
    assert len(notes) == 0
    assert len(from_codes("codes.py")) > 100


def test_counting_and_checking():
    made = catalog(("v.a", "A {{x}}", "ក {{x}}"), ("v.b", "B", "<b>"))
    units = (unit("v.a", "A {{x}}"), unit("v.b", "B"), unit("v.c", "C"))
    counted = tally(units, made)
    assert (counted.texts, counted.translated, counted.missing) == (3, 2, 1)
    notes = Notebook()
    check_units(units, made, notes)
    assert [d.code.slug for d in notes] == ["texts-lacking", "html-in-translation"]


def test_a_template_or_a_module_with_a_mistake_is_said_and_not_passed_over():
    notes = Notebook()
    pages = {"templates/a.html": '<p>\n{{ _("One" }}', "templates/b.html": '{{ _("Two") }}'}
    assert [u.msgid for u in from_templates(pages, notes)] == ["Two"]
    from_python({"mati/x.py": '_("One")\ndef f(:\n'}, notes)
    assert [(d.code.slug, d.span.path, d.span.line) for d in notes] == [
        ("module-broken", "mati/x.py", 2),
        ("template-broken", "templates/a.html", 2),
    ]
    assert notes.has_errors()


# --- What a change of the source does to translations ----------------------------------------


def test_a_paragraph_that_slides_down_takes_its_translation_along():
    old = catalog(("v.intro.p1", "One.", "មួយ"), ("v.intro.p2", "Two.", "ពីរ"))
    units = (unit("v.intro.p1", "New."), unit("v.intro.p2", "One."), unit("v.intro.p3", "Two."))
    new = merged(old, *units)
    got = [(m.msgid, m.string, m.fuzzy) for m in new.messages.values()]
    assert got == [("New.", "", False), ("One.", "មួយ", False), ("Two.", "ពីរ", False)]


def test_an_option_never_says_the_opposite_because_a_scale_was_turned():
    old = catalog(("v.q.option.3", "Good", "ល្អ"), ("v.q.option.1", "Bad", "អន់"))
    new = merged(old, unit("v.q.option.3", "Bad"), unit("v.q.option.1", "Good"))
    assert new.messages["v.q.option.3", "Bad"].string == "អន់"
    assert new.messages["v.q.option.1", "Good"].string == "ល្អ"


def test_a_renamed_question_keeps_its_translation_as_good_as_it_was():
    old = catalog(("v.q.label", "Good?", "ល្អ?"))
    new = merged(old, unit("v.again.label", "Good?"))
    found = new.messages["v.again.label", "Good?"]
    assert (found.string, found.fuzzy, new.obsolete) == ("ល្អ?", False, ())


def test_a_question_whose_words_went_elsewhere_keeps_them_as_outdated():
    old = catalog(("v.q.label", "Good?", "ល្អ?"))
    new = merged(old, unit("v.q.label", "Very good?"), unit("v.r.label", "Good?"))
    assert not new.messages["v.r.label", "Good?"].fuzzy
    found = new.messages["v.q.label", "Very good?"]
    assert (found.string, found.fuzzy, found.previous) == ("ល្អ?", True, "Good?")


def test_a_change_taken_back_needs_no_translator():
    old = catalog(("v.q.label", "Good?", "ល្អ?"))
    once = merged(old, unit("v.q.label", "Godo?"))
    assert once.messages["v.q.label", "Godo?"].fuzzy
    found = merged(once, unit("v.q.label", "Good?")).messages["v.q.label", "Good?"]
    assert (found.string, found.fuzzy, found.previous) == ("ល្អ?", False, "")


def test_the_old_wording_is_that_of_the_translation_however_often_it_was_changed():
    old = catalog(("v.q.label", "A", "ក"))
    twice = merged(merged(old, unit("v.q.label", "B")), unit("v.q.label", "C"))
    assert twice.messages["v.q.label", "C"].previous == "A"
    # in a text editor only the word "fuzzy" is taken away, what "#|" says is left
    edited = write_po(HEAD, twice.messages.values()).replace("#, fuzzy\n", "")
    last = merged(read(edited), unit("v.q.label", "D")).messages["v.q.label", "D"]
    assert last.previous == "C"
    same = merged(read(edited), unit("v.q.label", "C")).messages["v.q.label", "C"]
    assert same.previous == ""


def test_a_typo_keeps_the_translation_good_also_when_it_is_said_late():
    old = catalog(("v.q.label", "Godo?", "ល្អ?"))
    units = [unit("v.q.label", "Good?")]
    made, _gone = merge(units, old, typos=("v.q.label",))
    assert (made[0].string, made[0].flags, made[0].previous) == ("ល្អ?", (), "")
    late, _gone = merge(units, merged(old, *units), typos=("v.q.label",))
    assert (late[0].flags, late[0].previous) == ((), "")


PLURAL = (
    '# Dara asks\n#, fuzzy, c-format\n#| msgctxt "v.old"\n#| msgid "%d old"\n'
    '#| msgid_plural "%d olds"\nmsgctxt "v.n"\nmsgid "%d day"\nmsgid_plural "%d days"\n'
    'msgstr[0] ""\nmsgstr[1] "ច្រើន"\n'
)


def test_plurals_are_kept_whole_also_when_they_are_gone():
    old = read(write_po(HEAD, []) + "\n" + PLURAL)
    kept = merged(old, unit("v.n", "%d day")).messages["v.n", "%d day"]
    assert (kept.plural, kept.strings) == ("%d days", ("", "ច្រើន"))
    assert (kept.previous_context, kept.previous, kept.previous_plural) == (
        "v.old",
        "%d old",
        "%d olds",
    )
    gone = merged(old).obsolete[0]
    assert (gone.plural, gone.strings, gone.comments) == ("%d days", ("", "ច្រើន"), ("Dara asks",))
    assert merged(merged(old), unit("v.n", "%d day")).messages["v.n", "%d day"] == kept._replace(
        line=ANY, string_line=ANY
    )


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANY = _Any()


def test_what_translators_wrote_stays_as_they_wrote_it():
    remarks = "#  two blanks, and a line\u2028end\n#\n#= sticky\n"
    old = read(write_po(HEAD, [Message("v.q", "A", ("ក",), remarks=remarks)]))
    assert merged(old, unit("v.q", "A")).messages["v.q", "A"].remarks.startswith(remarks)
    assert merged(old).obsolete[0].remarks == remarks
    asked = read(write_po(HEAD, [Message("v.q", "A", ("",), remarks="# what is A?\n")]))
    assert merged(asked).obsolete[0].comments == ("what is A?",)


def test_what_was_asked_of_an_empty_entry_is_kept_when_its_translation_comes():
    asked = Message("v.q.label", "B", ("",), remarks="# what is B?\n")
    before = Message("v.r.label", "B", ("ខ",), remarks="# from r\n")
    for old in (Message("v.q.label", "A", ("ក",)), before):
        state = read(write_po(HEAD, [asked, old]))
        found = merged(state, unit("v.q.label", "B")).messages["v.q.label", "B"]
        assert found.string == old.string
        assert "what is B?" in found.comments


def test_a_translation_that_is_gone_is_found_although_an_empty_entry_stands_there():
    text = write_po(HEAD, [Message("v.q", "A", ("",))]) + '\n#~ msgctxt "v.q"\n#~ msgid "A"\n'
    new = merged(read(text + '#~ msgstr "ក"\n'), unit("v.q", "A"))
    assert (new.messages["v.q", "A"].string, new.obsolete) == ("ក", ())


@pytest.mark.slow
def test_a_survey_of_equal_options_takes_no_time_to_rename():
    many = [(f"v.q{n}.option.5", "Good") for n in range(4000)]
    old = catalog(*((context, text, "ល្អ") for context, text in many))
    started = time.process_time()
    made, gone = merge([unit(f"w{context}", text) for context, text in many], old)
    assert time.process_time() - started < 2
    assert {(m.string, m.fuzzy) for m in made} == {("ល្អ", False)}
    assert gone == ()


CONTEXTS = [
    *(f"v.q{n}.label" for n in range(3)),
    *(f"v.intro.p{n}" for n in range(1, 4)),
    *(f"v.q0.option.{n}" for n in range(1, 4)),
]
TEXTS = [f"Text {n}" for n in range(5)]
EDIT = st.tuples(
    st.sampled_from(["re-word", "move", "rename", "delete", "restore"]),
    st.sampled_from(CONTEXTS),
    st.sampled_from(CONTEXTS),
    st.sampled_from(TEXTS),
)


def edited(asked: dict[str, str], edit: tuple[str, str, str, str]) -> dict[str, str]:
    """What an author makes of a survey: context -> text."""
    what, one, other, text = edit
    now = dict(asked)
    if what in ("re-word", "restore"):
        now[one] = text
    elif what == "delete":
        now.pop(one, None)
    elif what == "rename" and one in now and other not in now:
        now[other] = now.pop(one)
    elif what == "move" and one in now and other in now:
        now[one], now[other] = now[other], now[one]
    return now


def translated(old: Catalog) -> Catalog:
    """Every message translated; the words tell where and for which words that was done."""
    made = [
        m if m.string and not m.fuzzy else Message(*m.key, (f"{m.context}|{m.msgid}",))
        for m in old.messages.values()
    ]
    return read(write_po(HEAD, made, old.obsolete))


def nothing_is_lost(old: Catalog, new: Catalog) -> None:
    before, after = ([*c.messages.values(), *c.obsolete] for c in (old, new))
    assert {m.string for m in before} - {""} == {m.string for m in after} - {""}
    gone = [m.key for m in new.obsolete]
    assert len(gone) == len(set(gone))
    assert not set(gone) & set(new.messages)


def nothing_is_guessed(old: Catalog, new: Catalog) -> None:
    """A good translation was made for these words, and so was an outdated one, unless it stood in
    this place, or by these words, before."""
    before = [*old.messages.values(), *old.obsolete]
    for message in new.messages.values():
        if not message.string:
            continue
        words = message.string.split("|")[1]
        if not message.fuzzy:
            assert words == message.msgid
            continue
        assert message.previous == words
        from_where = [m for m in before if m.string == message.string]
        assert words == message.msgid or any(
            message.context == m.context or message.msgid == m.msgid for m in from_where
        )


def what_was_reworded_is_kept(old: Catalog, new: Catalog) -> None:
    """A question that got words nobody had before keeps its translation, and the old words."""
    before = [*old.messages.values(), *old.obsolete]
    for message in new.messages.values():
        if not message.context.endswith(".label") or any(
            message.msgid in (m.msgid, m.previous) for m in before
        ):
            continue
        was = next((m for m in old.messages.values() if m.context == message.context), None)
        if was is not None and was.string:
            assert (message.string, message.fuzzy) == (was.string, True)
            assert message.previous == (was.previous if was.fuzzy else was.msgid)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(EDIT, min_size=1, max_size=4), st.booleans()), min_size=1, max_size=6
    )
)
def test_no_edit_loses_a_translation_or_gives_it_to_other_words(rounds):
    asked = {context: TEXTS[n % len(TEXTS)] for n, context in enumerate(CONTEXTS[:7])}
    state = merged(Catalog(language="km", path=""), *map(unit, asked, asked.values()))
    state = translated(state)
    for number, (edits, done) in enumerate(rounds):
        for edit in edits:
            what, one, other, text = edit
            fresh = f"{text} of {number}" if what == "re-word" else text
            asked = edited(asked, (what, one, other, fresh))
        units = [*map(unit, asked, asked.values())]
        new = merged(state, *units)
        nothing_is_lost(state, new)
        nothing_is_guessed(state, new)
        what_was_reworded_is_kept(state, new)
        assert merged(new, *units) == new
        state = translated(new) if done else new


# --- Headers ---------------------------------------------------------------------------------


def test_plural_rules_of_a_new_file():
    assert "nplurals=1; plural=0;" in head_of("lo", "X").string
    assert "nplurals=2; plural=(n != 1);" in head_of("de", "X").string
    assert "nplurals=6" in head_of("ar", "X").string


def whole_rule(language: str):
    number, expression = re.fullmatch(
        r"nplurals=(\d); plural=(.+);", plural_rule(language)
    ).groups()
    return int(number), gettext.c2py(expression)


def rule_is_right(name: str) -> None:
    number, rule = whole_rule(name.replace("_", "-"))
    cldr = Locale.parse(name).plural_form
    forms: dict[str, int] = {}
    for n in range(1001):
        assert forms.setdefault(cldr(n), rule(n)) == rule(n), (name, n)
    assert sorted(forms.values()) == list(range(number)), name
    order = [t for t in ("zero", "one", "two", "few", "many", "other") if t in forms]
    assert [forms[tag] for tag in order] == list(range(number)), name


@pytest.mark.parametrize("name", ["km", "lo", "en", "ar", "fr", "pl", "ru", "kw", "pt_PT", "fil"])
def test_a_plural_rule_is_that_of_cldr(name):
    rule_is_right(name)


@pytest.mark.slow
def test_the_plural_rule_of_every_language_is_that_of_cldr():
    names = [name for name in localedata.locale_identifiers() if name.isalpha() and name != "root"]
    assert len(names) > 200
    for name in names:
        rule_is_right(name)


def test_the_traps_of_plural_rules():
    assert whole_rule("ar")[1](11) == 4  # many, not other
    assert whole_rule("my")[0] == 1
    assert whole_rule("fa")[0] == 2
    assert plural_rule("fr") == "nplurals=2; plural=(n > 1);"
    assert plural_rule("qqq") == "nplurals=2; plural=(n != 1);"


def test_a_header_tells_the_translator_and_claims_nobody():
    head = head_of("km", "Visit", digits="០១២៣៤៥៦៧៨៩")
    assert "# Khmer (ខ្មែរ) translation of Visit." in head.remarks
    assert "not yet reviewed by a native speaker" in head.remarks.lower()
    assert "left to right" in head.remarks
    assert "០១២៣៤៥៦៧៨៩" in head.remarks
    assert "right to left" in head_of("ar", "Visit").remarks
    made = read(write_po(head, []))
    assert last_translator(made.header["Last-Translator"]) == ""
    assert made.header["Language"] == "km"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("none", ""),
        ("FULL NAME <EMAIL@ADDRESS>", ""),
        ("Automatically generated", ""),
        ("Dara <dara@example.com>", "Dara <dara@example.com>"),
    ],
)
def test_who_translated_last(field, name):
    assert last_translator(field) == name


def test_a_template_of_catalogues_has_lines_and_no_date():
    made = Unit(context="v.q", msgid="A", notes=("n",), files=("f.md",), places=("f.md:3",))
    text = write_pot([made], "Visit")
    assert '#. n\n#: f.md:3\nmsgctxt "v.q"\nmsgid "A"\nmsgstr ""\n' in text
    assert "Date" not in text


# --- Counting --------------------------------------------------------------------------------


def test_a_catalogue_is_counted():
    text = write_po(
        HEAD._replace(
            strings=(HEAD.string.replace("Translator: none", "Translator: Dara <d@x.y>"),)
        ),
        [
            Message("v.a", "One two", ("មួយ ពីរ",)),
            Message("v.b", "Three {{x}}", ("បី",), flags=("fuzzy",)),
            Message("v.c", "Same", ("Same",)),
            Message("v.d", "5", ("5",)),
        ],
    )
    sources = ("One two", "Three {{x}}", "Same", "5", "E f g")
    units = [unit(f"v.{c}", m) for c, m in zip("abcde", sources, strict=True)]
    found = tally(units, read(text))
    assert (found.texts, found.translated, found.outdated, found.missing) == (5, 3, 1, 1)
    assert (found.identical, found.problems) == (1, 1)
    assert (found.words, found.words_left) == (8, 4)
    assert found.last_translator == "Dara <d@x.y>"
    assert total([found, found]).words_left == 8
    assert total([]).texts == 0


KHMER = "ការស្ទង់មតិអំពីសេវាកម្មអតិថិជន ជួយឲ្យហាងតូចៗដឹងថា អតិថិជនពេញចិត្តឬមិនពេញចិត្តនឹងអ្វី"
LAO = "ແບບສຳຫຼວດຄວາມພໍໃຈຂອງລູກຄ້າ ຊ່ວຍໃຫ້ຮ້ານນ້ອຍຮູ້ວ່າ ລູກຄ້າມັກຫຼືບໍ່ມັກຫຍັງ"


@pytest.mark.parametrize(("language", "text"), [("km", KHMER), ("lo", LAO)])
def test_words_without_blanks_are_counted_about_as_a_dictionary_does(language, text):
    found = [part for part in map(str, WordBreaker(text, language)) if part[0].isalpha()]
    assert abs(words(text) - len(found)) <= len(found) * 0.2


def test_words_are_what_somebody_translates():
    assert words("Thank **you**, {{name}}!") == 2
    assert words("[our shop](https://example.com/a b)") >= 2
    assert words("— 5 · {n}") == 1
    assert words("ល្អ") == 1
    assert words("") == 0


# --- Sheets ----------------------------------------------------------------------------------

SHEET_UNITS = (
    unit("v.a", "How was it?"),
    unit("v.b", "=1+1 {{x}}"),
    unit("v.c", 'Two\nlines, and "quotes"; more'),
)


CELL = st.text(st.sampled_from("a'=+-@,;\"\n 07./%Mayក្ល។\u200b"), min_size=1, max_size=8)


def sheet_catalog() -> Catalog:
    return catalog(
        ("v.a", "How was it?", "យ៉ាងណា?"),
        ("v.b", "=1+1 {{x}}", "=២ {{x}}"),
        ("v.c", 'Two\nlines, and "quotes"; more', "ពីរ\nបន្ទាត់\t"),
    )


def exported(old: Catalog) -> list[list[str]]:
    return [list(COLUMNS), *map(list, rows_of("v", SHEET_UNITS, old))]


def brought(data: bytes, old: Catalog, notes: Notebook):
    text = decode_sheet("t.csv", data, notes)
    rows = read_rows("t.csv", text, notes) if text is not None else ()
    return taken("t.csv", rows, {"v": SHEET_UNITS}, {"v": old}, notes).get("v")


def slugs(notes: Notebook) -> list[tuple[str, int]]:
    return [(d.code.slug, d.span.line) for d in notes]


def saved(rows, sign: str = ",", encoding: str = "utf-8-sig", lead: str = "") -> bytes:
    """As a spreadsheet saves it: quotes where needed, CRLF between rows, LF inside a cell."""
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return (lead + out.getvalue()).encode(encoding)


def test_a_sheet_runs_nothing_and_comes_back_as_it_went():
    old = sheet_catalog()
    text = table(exported(old), exact=True)
    assert text.startswith("\ufeffcontext,source,translation,note,state\r\n")
    assert "\r\nv.b,'=1+1 {{x}},'=២ {{x}}," in text
    notes = Notebook()
    assert brought(text.encode(), old, notes) is None
    assert slugs(notes) == []


@pytest.mark.parametrize(
    ("sign", "encoding", "lead"),
    [
        (",", "utf-8-sig", ""),
        (";", "utf-8-sig", ""),
        (";", "utf-8", "sep=;\r\n"),
        ("\t", "utf-16", ""),
        ("\t", "utf-8", ""),
    ],
)
def test_a_sheet_is_read_however_a_spreadsheet_saved_it(sign, encoding, lead):
    old, notes = sheet_catalog(), Notebook()
    rows = [list(row) for row in csv_rows(table(exported(old), exact=True))]
    rows[1][2] = "ថ្មី; ថ្មី, ថ្មី"
    new = brought(saved(rows, sign, encoding, lead), old, notes)
    assert slugs(notes) == []
    assert new.messages["v.a", "How was it?"].string == "ថ្មី; ថ្មី, ថ្មី"
    assert new.messages["v.c", SHEET_UNITS[2].msgid].string == "ពីរ\nបន្ទាត់\t"


def csv_rows(text: str) -> list[list[str]]:
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_letters_that_a_spreadsheet_lost_are_said():
    old, notes = sheet_catalog(), Notebook()
    rows = csv_rows(table(exported(old), exact=True))
    lossy = saved(rows, ";", "utf-8").decode().encode("cp1252", "replace")
    assert brought(lossy, old, notes) is None
    assert slugs(notes) == [("sheet-letters-lost", line) for line in (2, 3, 4)]
    assert notes.has_errors()
    notes = Notebook()
    taken_for_western = [[cell.encode("utf-8").decode("latin-1") for cell in row] for row in rows]
    brought(saved(taken_for_western), old, notes)
    assert "sheet-letters-lost" in {slug for slug, _ in slugs(notes)}
    notes = Notebook()
    assert (
        brought(
            "context,source,translation\r\nv.a,How was it?,caf\xe9 ?\r\n".encode("cp1252"),
            old,
            notes,
        )
        is None
    )
    assert {slug for slug, _ in slugs(notes)} == {"western-encoding"}


def test_what_cannot_be_taken_is_said_with_its_line_and_the_rest_is():
    old, notes = sheet_catalog(), Notebook()
    rows = [
        list(COLUMNS[:3]),
        ["v.a", "How is it?", "ផ្សេង"],
        ["v.gone", "What?", "អ្វី"],
        ["v.c", SHEET_UNITS[2].msgid, "ថ្មី"],
    ]
    new = brought(saved(rows), old, notes)
    assert slugs(notes) == [("sheet-source-changed", 2), ("sheet-text-unknown", 3)]
    assert not notes.has_errors()
    assert new.messages["v.a", "How was it?"].string == "យ៉ាងណា?"
    assert new.messages["v.c", SHEET_UNITS[2].msgid].string == "ថ្មី"


def test_a_mistake_in_a_row_is_an_error_at_its_line():
    old, notes = sheet_catalog(), Notebook()
    rows = [
        list(COLUMNS),
        ["v.b", "=1+1 {{x}}", "គ្មាន", "", ""],
        ["v.a", "How was it?", "មួយ", "", "done"],
        ["v.c", SHEET_UNITS[2].msgid, "មួយ", "", ""],
        ["v.c", SHEET_UNITS[2].msgid, "ពីរ", "", ""],
    ]
    brought(saved(rows), old, notes)
    assert slugs(notes) == [
        ("placeholders-differ", 2),
        ("sheet-state", 3),
        ("sheet-text-twice", 6),
    ]
    assert all(d.severity.name == "ERROR" for d in notes)


def test_an_empty_cell_takes_nothing_back():
    old, notes = sheet_catalog(), Notebook()
    rows = [list(COLUMNS[:3]), ["v.a", "How was it?", " "]]
    assert brought(saved(rows), old, notes) is None
    assert slugs(notes) == []


def test_a_sheet_without_its_columns_or_that_is_none_is_said():
    for data, slug in (
        (b"context,translation\r\nv.a,x\r\n", "sheet-no-column"),
        (b'context,source,translation\r\nv.a,"How\r\n', "sheet-unreadable"),
        (b"PK\x03\x04\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04\x05\x06" * 20, "sheet-unreadable"),
        (b"\xff\xfea", "sheet-unreadable"),
        (b"", "sheet-no-column"),
    ):
        notes = Notebook()
        brought(data, sheet_catalog(), notes)
        assert slug in {found for found, _ in slugs(notes)}, data
        assert notes.has_errors()


def test_an_outdated_translation_is_good_again_when_it_is_changed_or_said_to_be():
    old = merged(catalog(("v.a", "How is it?", "យ៉ាងណា?")), SHEET_UNITS[0], *SHEET_UNITS[1:])
    assert old.messages["v.a", "How was it?"].fuzzy
    rows = exported(old)
    assert rows[1][4] == "outdated"
    assert "How is it?" in rows[1][3]
    notes = Notebook()
    assert brought(saved(rows), old, notes) is None
    rows[1][4] = "translated"
    said = brought(saved(rows), old, notes).messages["v.a", "How was it?"]
    assert (said.fuzzy, said.previous, said.string) == (False, "", "យ៉ាងណា?")
    rows[1][4], rows[1][2] = "outdated", "ថ្មី"
    changed = brought(saved(rows), old, notes).messages["v.a", "How was it?"]
    assert (changed.fuzzy, changed.string) == (False, "ថ្មី")
    assert slugs(notes) == []


def test_every_form_of_a_plural_has_a_row():
    old = read(write_po(HEAD, []) + "\n" + PLURAL)
    units = (unit("v.n", "%d day"),)
    rows = [list(COLUMNS), *map(list, rows_of("v", units, old))]
    assert [row[:2] for row in rows[1:]] == [["v.n[0]", "%d day"], ["v.n[1]", "%d days"]]
    rows[1][2], rows[2][2] = "ថ្ងៃ", "ថ្ងៃ\u200bៗ"
    notes = Notebook()
    found = read_rows("t.csv", decode_sheet("t.csv", saved(rows), notes), notes)
    new = taken("t.csv", found, {"v": units}, {"v": old}, notes)["v"]
    assert new.messages["v.n", "%d day"].strings == ("ថ្ងៃ", "ថ្ងៃ\u200bៗ")
    assert slugs(notes) == []


@given(st.one_of(st.binary(), st.text().map(lambda t: t.encode("utf-8", "replace"))), st.booleans())
def test_no_bytes_whatever_stop_the_reader(data, headed):
    notes = Notebook()
    head = b"context,source,translation,note,state\r\n" if headed else b""
    old = sheet_catalog()
    assert brought(head + data, old, notes) is None or headed
    if not headed and notes.has_errors() is False:
        assert not data.strip()


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
def test_every_sheet_comes_back_whatever_stands_in_it(cells):
    units = tuple(unit(f"v.{number}", source) for number, (source, *_) in enumerate(cells))
    made = {
        one.msgid: Message(one.context, one.msgid, (string,), remarks=f"# {told}\n")
        for one, (_source, string, told) in zip(units, cells, strict=True)
    }
    old = Catalog(language="km", path="", messages={m.key: m for m in made.values()})
    notes = Notebook()
    text = table([COLUMNS, *rows_of("v", units, old)], exact=True)
    rows = read_rows("t.csv", decode_sheet("t.csv", text.encode(), notes), notes)
    assert [(row.context, row.source) for row in rows] == [(u.context, u.msgid) for u in units]
    strings = [
        old.messages[u.context, u.msgid].string if (u.context, u.msgid) in old.messages else ""
        for u in units
    ]
    assert [row.translation for row in rows] == strings
    assert slugs(notes) == []
