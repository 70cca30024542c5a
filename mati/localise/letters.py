"""A language in; how many signs its letters take, its own digits, and their direction, out."""

from __future__ import annotations

from functools import cache
from unicodedata import bidirectional

from mati.cldr import known, script_of

__all__ = ["digits", "kept", "room"]

LONGEST = 2700
"""Letters of Khmer or Lao that are the 8 KiB which the form service takes of one answer."""

_CLUSTERED = frozenset({
    "Khmr", "Laoo", "Thai", "Mymr", "Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya",
    "Sinh", "Taml", "Telu", "Tibt",
})  # fmt: skip
"""Scripts whose letters carry vowels and other signs (ISO 15924), about two signs in all."""

_ZEROS = {
    "khmr": "០", "laoo": "໐", "thai": "๐", "mymr": "၀", "deva": "०", "beng": "০", "arab": "٠",
    "arabext": "۰", "gujr": "૦", "guru": "੦", "knda": "೦", "mlym": "൦", "orya": "୦", "tibt": "༠",
    "telu": "౦",
}  # fmt: skip
"""The digit 0 of numbering systems of CLDR whose ten digits follow each other in Unicode."""


def room(code: str, letters: int) -> int:
    """Return the ``maxlength`` that lets people write that many letters in a language.

    Browsers count UTF-16 code units; a letter of Khmer or Lao has about two.
    """
    return min(letters * (2 if script_of(code) in _CLUSTERED else 1), LONGEST)


@cache
def digits(code: str) -> str:
    """Return the ten digits of a language's own, "" where there are none but 0 to 9."""
    locale = known(code)
    system = locale.other_numbering_systems.get("native", "") if locale else ""
    zero = _ZEROS.get(system, "")
    return "".join(chr(ord(zero) + step) for step in range(10)) if zero else ""


_FIRST, _END = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and its end (UAX 9): what stands between runs as its first letter does."""


def kept(value: str, direction: str) -> str:
    """Return words to be put into others of a direction (``ltr``, ``rtl``).

    Where a letter runs the other way they are isolated, so that their signs stay with them.
    """
    other = ("L",) if direction == "rtl" else ("R", "AL")
    turned = any(bidirectional(sign) in other for sign in value if sign.isalpha())
    return f"{_FIRST}{value}{_END}" if turned else value
