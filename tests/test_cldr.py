"""How languages write numbers and days: what Babel gets wrong never reaches a page."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mati.cldr import locale_of
from mati.diagnostics import Span
from mati.localise import language
from mati.localise.dates import long_date
from mati.localise.letters import digits
from mati.model import Pipe, Text
from mati.report import formats

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)

WRITTEN = {
    "km": ("1,234,567", "2.5", "12%", "10–12%", "−5", "+5", "22 វិច្ឆិកា 2026", "វិច្ឆិកា 2026"),
    "lo": ("1.234.567", "2,5", "12%", "10–12%", "−5", "+5", "22 ພະຈິກ 2026", "ພ.ຈ. 2026"),
    "en": ("1,234,567", "2.5", "12%", "10–12%", "−5", "+5", "November 22, 2026", "Nov 2026"),
    "ar": (
        "1,234,567", "2.5", "\u200e12%", "\u200e10–12%", "\u200e−5", "\u200e+5", "22 نوفمبر 2026",
        "نوفمبر 2026"),
    "hi": ("12,34,567", "2.5", "12%", "10–12%", "−5", "+5", "22 नवंबर 2026", "नव॰ 2026"),
    "tr": ("1.234.567", "2,5", "%12", "%10–12", "−5", "+5", "22 Kasım 2026", "Kas 2026"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "written"), WRITTEN.items())
def test_each_language_writes_as_its_people_do(code, written):
    f = formats(code)
    assert (
        f.number(1_234_567), f.mean(2.5), f.percent(12), f.percents(10, 12), f.score(-5),
        f.score(5), f.date(MOMENT), f.period("2026-11"),
    ) == written  # fmt: skip


@pytest.mark.parametrize("code", ["km", "lo", "en", "ar", "de", "fr"])
def test_no_day_is_written_in_numbers_alone(code):
    assert any(sign.isalpha() for sign in formats(code).period("2026-w48"))


@pytest.mark.parametrize("code", ["km", "lo", "en", "ar", "fa", "my", "th", "lo-LA", "km-KH"])
def test_a_name_of_a_language_has_nothing_unseen(code):
    assert formats(code).language(code).isprintable()


QUARTERS = (
    "from mati.report import formats\n"
    "formats('aa').period('2026-q4')\n"
    "print(ascii(formats('km').period('2026-q4')))\n"
)


def test_no_language_takes_the_names_of_its_quarters_from_another():
    """Afar has none, Khmer has long ones only: one asked first must not lend to the other."""
    done = subprocess.run(
        [sys.executable, "-c", QUARTERS], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ascii("ត្រីមាសទី 4 2026")


FIRST = (
    "from datetime import date\n"
    "from mati.localise.dates import long_date\n"
    "from mati.report import formats\n"
    "long_date(date(2026, 11, 22), {code!r}); formats({code!r}).period('2026-11')\n"
    "print(ascii(formats('km').period('2026-11')))\n"
)


@pytest.mark.parametrize("code", ["shn", "blt", "ba"])
def test_a_language_without_names_of_months_takes_none_from_khmer(code):
    """Babel keeps what it looked up for one language in what all others inherit: "M11"."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST.format(code=code)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ascii("វិច្ឆិកា 2026")
    assert long_date(DAY, code) == "November 22, 2026"


def test_a_region_nobody_knows_changes_nothing_of_the_language():
    assert formats("km-XA").period("2026-11") == "វិច្ឆិកា 2026"
    assert formats("en").language("km-XA") == "ខ្មែរ"
    assert formats("en").language("zz-XA") == "zz-XA"


@pytest.mark.parametrize("code", ["zz", "not a language", "", "shn"])
def test_what_babel_does_not_know_writes_as_english(code):
    assert locale_of(code).language == "en"


@pytest.mark.parametrize(
    ("code", "written"),
    [("km", "២២ វិច្ឆិកា ២០២៦"), ("lo", "໒໒ ພະຈິກ ໒໐໒໖"), ("fa", "۲۲ نوامبر ۲۰۲۶"),
     ("en", "November 22, 2026")],
)  # fmt: skip
def test_where_numbers_have_own_digits_days_have_them_too(code, written):
    spoken = language(code, "en", native=True)
    assert spoken.day(DAY) == written
    pipe = Pipe(ref="reward.until", value=DAY)
    text = Text(context="a.b", source="{{reward.until}}", span=Span("a.md"), pipes=(pipe,))
    assert replace(spoken, source=code).words(text).text == written
    assert not set("0123456789") & set(language("km", "en", native=True).day(DAY))


@pytest.mark.parametrize(
    "code", ["km", "lo", "th", "my", "hi", "bn", "ar", "fa", "ur", "ne", "mr", "gu", "pa", "kn",
             "ml", "or", "te", "dz"],
)  # fmt: skip
def test_the_digits_of_a_language_are_its_ten(code):
    found = digits(code)
    assert [int(digit) for digit in found] == list(range(10))
