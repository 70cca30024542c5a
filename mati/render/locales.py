"""A language in, the locale that share pages want out."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

__all__ = ["open_graph_locale"]


@cache
def open_graph_locale(language: str) -> str:
    """Return ``language_TERRITORY`` (Open Graph protocol, ``og:locale``), such as ``km_KH``.

    The territory is the likely one (Unicode CLDR, likely subtags); without one the language
    stands alone.
    """
    tag = language.replace("-", "_")
    likely = get_global("likely_subtags").get(tag, tag)
    try:
        locale = Locale.parse(likely)
    except (UnknownLocaleError, ValueError):
        return tag
    return f"{locale.language}_{locale.territory}" if locale.territory else locale.language
