"""Numbers with a sign in a language from right to left."""

from __future__ import annotations

import pytest

from mati.report import formats

LRM = "\u200e"


@pytest.mark.parametrize("code", ["ar", "he", "fa", "ar-XB"])
def test_a_sign_stays_before_its_number(code):
    # a sign is neutral: without a mark of direction it would stand behind (UAX 9, W4 and N1)
    f = formats(code)
    assert f.score(-6) == f"{LRM}−6"
    assert f.score(23) == f"{LRM}+23"
    assert f.score(0) == "0"
    assert f.points(-6, 23) == f"{LRM}−6 … {LRM}+23"


def test_other_languages_need_no_mark():
    assert formats("km").points(-6, 23) == "−6 … +23"
