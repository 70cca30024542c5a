"""Numbers and moments in, the way a language writes them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent

from mati.cldr import known, locale_of

__all__ = ["Formats", "formats"]


Day = date
"""A day; the class below has a method of the other name."""


_UNTURNED = "\u200e"
"""Keeps a number and its sign in order between words from right to left (as CLDR does)."""


@cache
def _percent(value: int, locale: Locale) -> str:
    # the same hundred percents stand on every page: Babel takes a pattern apart for each
    percent = str(format_percent(value / 100, locale=locale))
    return _UNTURNED + percent if locale.text_direction == "rtl" else percent


@cache
def _percents(locale: Locale) -> tuple[str, ...]:
    return tuple(_percent(value, locale) for value in range(101))


@cache
def _decimal(value: float, pattern: str, locale: Locale) -> str:
    return str(format_decimal(value, pattern, locale=locale))


@cache
def _whole(value: int, locale: Locale) -> str:
    # with the language's own pattern: Hindi parts 12,34,567
    return str(format_decimal(value, locale=locale))


def _day(locale: Locale, day: date) -> str:
    # not "medium": Arabic and German would write numbers alone, and nobody knows which is the day
    return str(format_skeleton("yMMMd", day, locale=locale))


@dataclass(frozen=True, slots=True)
class Formats:
    """How one language writes; digits are the ones everybody reads, 0 to 9."""

    locale: Locale
    rtl: bool = False

    def number(self, value: float) -> str:
        """Write a whole number, with its thousands apart."""
        return _whole(round(value), self.locale)

    def mean(self, value: float) -> str:
        """Write a mean with one decimal."""
        return _decimal(value, "0.0", self.locale)

    def percent(self, value: int) -> str:
        """Write a whole percent."""
        return _percent(value, self.locale)

    @property
    def whole(self) -> tuple[str, ...]:
        """All whole percents from 0 to 100, written out: looked up in a third of the time."""
        return _percents(self.locale)

    def score(self, value: int) -> str:
        """Write a score with its sign, which from right to left a mark keeps before it."""
        sign = "+" if value > 0 else "−" if value else ""
        sign = _UNTURNED + sign if sign and self.rtl else sign
        return sign + _decimal(abs(value), "0", self.locale)

    def percents(self, low: int, high: int) -> str:
        """Write an interval of whole percents, the sign where the language has it: 5–9%, %5–9."""
        return self.percent(high).replace(str(high), f"{low}–{high}", 1)

    def date(self, moment: datetime) -> str:
        """Write a day with the name of its month."""
        return str(format_date(moment.date(), "long", locale=self.locale))

    def time(self, moment: datetime) -> str:
        """Write a time of day as short as the language allows."""
        return str(format_time(moment, "short", locale=self.locale))

    def period(self, code: str) -> str:
        """Write a period as its code says: a month, a quarter, or the day it begins on.

        Of a week (``2026-w09``) that is its Monday.
        """
        year, _, rest = code.partition("-")
        if rest[0] == "w":
            return _day(self.locale, date.fromisocalendar(int(year), int(rest[1:]), 1))
        if rest[0] == "q":
            first = date(int(year), 3 * int(rest[1:]) - 2, 1)
            return str(format_skeleton("yQQQ", first, locale=self.locale))
        if "-" in rest:
            return _day(self.locale, date.fromisoformat(code))
        return str(format_skeleton("yMMM", date(int(year), int(rest), 1), locale=self.locale))

    def month(self, day: Day) -> str:
        """Write the month of a day."""
        return str(format_skeleton("yMMM", day, locale=self.locale))

    def hour(self, hour: int) -> str:
        """Write a full hour; 24 is the midnight that ends a day."""
        return str(format_time(time_of_day(hour % 24), "short", locale=self.locale))

    def points(self, low: int, high: int) -> str:
        """Write an interval of differences, each end with its sign."""
        return f"{self.score(low)} … {self.score(high)}"

    def language(self, code: str) -> str:
        """Return the name of a language as its own speakers write it, the code if unknown."""
        found = known(code)
        name = found.get_display_name(found) if found else None
        return str(name or code).replace("\u200b", "")


@cache
def formats(language: str) -> Formats:
    """Return how ``language`` (BCP 47) writes; a language unknown to Babel writes as English."""
    locale = locale_of(language)
    return Formats(locale, locale.text_direction == "rtl")
