"""A day in, the way a language writes it out."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date

from mati.localise.letters import locale_of

__all__ = ["long_date"]


def long_date(day: date, language: str) -> str:
    """Return ``day`` with the name of its month (CLDR, "long"); digits are 0 to 9.

    A language that Babel does not know writes as English does.
    """
    return str(format_date(day, "long", locale=locale_of(language) or Locale("en")))
