"""A language in, what Babel's copy of the Unicode CLDR says of how it writes out.

Babel resolves what a language takes over from the root of all languages in place, in data that
all of them share: once Afar, which has no quarters of its own, was asked for one, Khmer takes
its short names of quarters from Afar; after Shan it writes "M11" for November. Here each language
gets its own copy before anybody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import load

__all__ = ["direction", "known", "locale_of", "script_of"]

_SHARED = ("months", "days", "quarters", "day_periods", "eras")
"""What has short forms that are taken from long ones."""
_NAMELESS = "M11"
"""What the root of all languages calls November."""


@cache
def known(language: str) -> Locale | None:
    """Return what Babel knows of a language (BCP 47), None where that is nothing.

    A region it does not know (``km-XA``) changes nothing of the language. Ask it for its name, its
    direction, its digits; for months and quarters ask ``locale_of``.
    """
    for code in dict.fromkeys((language, language.partition("-")[0])):
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
def direction(language: str) -> str:
    """Return in which direction a language is written, ``ltr`` where Babel does not know it."""
    found = known(language)
    return str(found.text_direction) if found else "ltr"


@cache
def script_of(language: str) -> str:
    """Return the script (ISO 15924) a language is most likely written in, "" where nobody knows.

    It may say so itself (``zh-Hant``), else its country does: Punjabi of Pakistan is written in
    Arabic letters (CLDR, likely subtags).
    """
    first, *rest = language.replace("_", "-").split("-")
    written = (part for part in rest if len(part) == 4)  # noqa: PLR2004 -- ISO 15924
    likely: Mapping[str, str] = get_global("likely_subtags")
    names = (*(f"{first}_{part}" for part in rest), first)
    found = (likely[name].split("_")[1] for name in names if name in likely)
    return (*written, *found, "")[0]


@cache
def locale_of(language: str) -> Locale:
    """Return how ``language`` (BCP 47) writes numbers and days.

    English where Babel does not know it, or knows no names of its months.
    """
    found = known(language)
    if found is None:
        return _own("en")
    wide = load(str(found))["months"]["format"]["wide"]
    named = isinstance(wide, tuple) or wide[11] != _NAMELESS  # a tuple adds its own to the root's
    return _own(str(found)) if named else _own("en")


def _own(name: str) -> Locale:
    """Return a locale whose data no other shares."""
    data = load(name)  # the one that Babel keeps and uses
    data.update((part, deepcopy(data[part])) for part in _SHARED if part in data)
    return Locale.parse(name)
