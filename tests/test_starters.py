"""The starters: the same survey in every language, read without a mistake."""

from __future__ import annotations

import re
import unicodedata

import pytest

from mati import starters
from mati.diagnostics import Notebook, Severity, Source, Span, human
from mati.model import ProjectSettings, Survey, Text, texts
from mati.reader import read, read_page
from mati.tidy import tidy
from mati.width import cells

WANTED = {
    "after-sales", "complaint", "customer-service", "event", "recommendation", "staff", "visit",
}  # fmt: skip
LANGUAGES = ("en", "km", "lo")
WIDE = 9
"""Cells a label of a table may have: then its answers stand side by side on a phone."""
EACH = [(name, code) for name in starters.names() for code in starters.languages(name)]


def survey(name: str, language: str) -> Survey:
    notes = Notebook()
    source = Source(f"content/{name}.md", starters.text(name, language))
    found = read(source, ProjectSettings(languages=LANGUAGES), notes)
    assert [human(d) for d in notes if d.severity is not Severity.NOTE] == []
    assert found is not None
    return found


def test_every_starter_is_there_in_three_languages():
    assert set(starters.names()) == WANTED
    assert {starters.languages(name) for name in WANTED} == {LANGUAGES}


@pytest.mark.parametrize("name", starters.names())
def test_a_starter_asks_the_same_in_every_language(name):
    found = [survey(name, code) for code in LANGUAGES]
    assert len({one.version for one in found}) == 1
    assert len({tuple(text.context for text in texts(one)) for one in found}) == 1
    assert [one.language for one in found] == list(LANGUAGES)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_starter_is_in_its_normal_form_and_in_its_script(name, language):
    text = starters.text(name, language)
    assert unicodedata.normalize("NFC", text) == text
    assert "\u200b" not in text
    script = {"km": "\u1780-\u17ff", "lo": "\u0e80-\u0eff", "en": "A-Za-z"}[language]
    for one in texts(survey(name, language)):
        if not one.context.startswith(("standard.", "site.")):
            assert re.search(f"[{script}]", one.source), one.source


@pytest.mark.parametrize(("name", "language"), EACH)
def test_the_columns_of_a_table_have_short_words(name, language):
    for question in survey(name, language).questions:
        for option in question.options if question.rows else ():
            assert option.label is not None
            assert cells(option.label.source) <= WIDE, option.label.source


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_starter_is_tidy(name, language):
    data = starters.text(name, language).encode("utf-8")
    assert tidy(f"content/{name}.md", data, ProjectSettings(), Notebook()) == data


@pytest.mark.parametrize("name", starters.names())
def test_little_is_required_and_words_go_from_best_to_worst(name):
    asked = survey(name, "en").questions
    assert sum(question.required for question in asked) <= 2
    for question in asked:
        codes = [int(o.code) for o in question.options if o.code.isdigit() and o.label]
        assert codes == sorted(codes, reverse=True)


@pytest.mark.parametrize("name", sorted(WANTED - {"event", "staff"}))
def test_who_leaves_a_contact_is_thanked_with_a_promise_of_its_own(name):
    promised, *_, plain = survey(name, "en").endings
    assert promised.show_if is not None
    assert plain.show_if is None


@pytest.mark.parametrize("name", starters.names())
def test_who_is_asked_for_a_contact_is_told_what_for(name):
    for language in LANGUAGES:
        found = survey(name, language)
        for question in found.questions:
            if question.private:
                assert question.help or found.section_of(question).prose


def test_the_page_on_privacy_says_the_same_in_every_language():
    path, told = "content/pages/privacy.md", set()
    shop = Text(context="site.name", source="Shop", span=Span("mati.yaml"))
    named = ProjectSettings(name=shop)
    for code in LANGUAGES:
        source, notes = Source(path, starters.project_files(code)[path]), Notebook()
        page = read_page(source, named, notes)
        assert page is not None
        assert page.language == code
        assert [human(note) for note in notes] == []
        told.add(tuple(text.context for text in texts(page)))
    assert len(told) == 1
