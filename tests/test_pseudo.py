"""Made-up languages: other letters, and all that a translator must keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mati.build import forms
from mati.catalog import faults, lost_links, placeholders
from mati.diagnostics import Notebook
from mati.localise import PSEUDO, endonym, is_pseudo, language, pseudo, pseudo_catalog
from mati.model import texts
from mati.project import open_project

ROOT = Path(__file__).parent.parent
SPOKEN = [code for code, change in PSEUDO.items() if change]
KEPT = (
    "Dear {name}, see [our **page**](https://example.com/a_b) & `code {x}`",
    "{{ product|it }} came with {{branch}}",
    "Write to <shop@example.com> or https://example.com/x",
    "1 < 2 &amp; \\*no\\*",
)


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("text", KEPT)
def test_what_a_translator_must_keep_is_kept(code, text):
    made = pseudo(text, code)
    assert made != text
    assert list(faults(text, made)) == []
    assert list(lost_links(text, made)) == []
    assert placeholders(made) == placeholders(text)
    assert made.count("`") == text.count("`")
    assert made.count("**") == text.count("**")


def test_letters_say_which_is_which():
    assert re.search("[A-Za-z]", pseudo("How was your visit?", "en-XA")) is None
    assert len(pseudo("Send", "en-XA")) >= len("Send") * 1.3
    assert re.fullmatch("[\u0600-\u06ff ?]+", pseudo("How was your visit?", "ar-XB"))
    assert re.fullmatch("[\u1780-\u17ff ?]+", pseudo("How was your visit?", "km-XA"))
    assert pseudo("Send", "qps") == ""


def test_lines_stay_lines():
    for code in SPOKEN:
        assert pseudo("one\n\ntwo", code).count("\n") == 2


def test_every_text_of_the_sample_can_be_shown():
    project = open_project(ROOT, Notebook())
    for survey in forms.read(project, "", Notebook()).values():
        for text in texts(survey):
            for code in SPOKEN:
                made = pseudo(text.source, code)
                assert list(faults(text.source, made, rich=text.rich)) == [], (text.context, made)


def test_a_catalogue_knows_everything_or_what_it_is_given():
    assert pseudo_catalog("en-XA", "x.po").find("a.b", "Yes").string.startswith("⟦")
    some = pseudo_catalog("en-XA", "x.po", {("a.b", "Yes")})
    assert some.find("a.b", "Yes")
    assert some.find("a.b", "No") is None
    assert pseudo_catalog("qps", "x.po").find("a.b", "Yes") is None


def test_direction_and_name_come_from_the_language_before_the_region():
    assert language("ar-XB", "en").direction == "rtl"
    assert language("km-XA", "en").direction == "ltr"
    assert language("ar-AA", "en").direction == "rtl"  # a region that CLDR does not know
    assert endonym("ar-XB") == "ar-XB"
    assert is_pseudo("qps")
    assert not is_pseudo("km")
