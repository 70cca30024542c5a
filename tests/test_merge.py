"""Merging: by context first, nothing guessed, nothing lost, the same bytes for the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mati.catalog import Catalog, Message, read_po
from mati.diagnostics import Notebook, Source
from mati.merge import (
    Unit,
    check_units,
    count_units,
    from_codes,
    from_python,
    from_templates,
    head_of,
    merge,
    write_po,
)

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
    assert [u.msgid for u in from_templates(pages)] == ["One", "Two {n}"]
    code = 'say(_("Three"))\nspeaker.message("Four")\nother("no")\n_(name)\n'
    assert [u.msgid for u in from_python({"a.py": code})] == ["Three", "Four"]
    assert len(from_codes("codes.py")) > 100


def test_counting_and_checking():
    made = catalog(("v.a", "A {{x}}", "ក {{x}}"), ("v.b", "B", "<b>"))
    units = (unit("v.a", "A {{x}}"), unit("v.b", "B"), unit("v.c", "C"))
    assert count_units(units, made) == {"total": 3, "good": 2, "outdated": 0, "missing": 1}
    notes = Notebook()
    check_units(units, made, notes)
    assert [d.code.slug for d in notes] == ["texts-lacking", "html-in-translation"]


def test_plural_rules_of_a_new_file():
    assert "nplurals=1; plural=0;" in head_of("lo", "X").string
    assert "nplurals=2; plural=(n != 1);" in head_of("de", "X").string
    assert "nplurals=6" in head_of("ar", "X").string
