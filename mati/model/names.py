"""Wire names: what stands in ``name=`` of a form and in the columns of the answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = [
    "CODE",
    "OWN",
    "RESERVED",
    "is_language",
    "join",
    "plain_digits",
    "response_id",
    "spelling",
    "write_in",
]

CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""What stands for an answer on its way."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

_LONGEST_NAME = 60
_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u03b1\u03bf\u03c1\u03bd",
    "abeijkmhopctyxsaopv",
)
"""Cyrillic and Greek letters that nobody can tell from Latin ones."""

RESERVED = "mati_"
"""No id of an author begins with this."""

OWN = ("mati_id", "mati_lang", "mati_survey", "mati_version", "mati_channel")
"""The hidden names of every form."""


def response_id(given: Sequence[str]) -> str:
    """Return the id that a page's script made, of the values sent as ``mati_id``.

    A damaged or doubled one counts as none, "": it must not join the answers of two people.
    """
    found = [value for value in given if value]
    return found[0] if len(found) == 1 and _ID.fullmatch(found[0]) else ""


def join(*parts: str) -> str:
    """Return the wire name of a part of a question: ``join("staff", "polite")``."""
    return ".".join(parts)


def write_in(question: str, code: str) -> str:
    """Return the wire name of the words behind "Other: ___"."""
    return join(question, code, "text")


def is_language(text: str) -> bool:
    """Tell whether ``text`` has the form of a language code (BCP 47): km, pt-BR."""
    return _LANGUAGE.fullmatch(text) is not None


def plain_digits(text: str) -> str:
    """Return ``text`` with Khmer, Lao and all other decimal digits as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def spelling(text: str, fallback: str, *, code: bool = False) -> str:
    """Return the id (or ``code``) that ``text`` was most likely meant to be.

    Khmer, Lao and other digits become 0-9, capitals small letters, accents fall, everything
    else becomes ``_``; ``fallback`` where nothing is left.
    """
    kept = ""
    for char in unicodedata.normalize("NFKD", text[:_LONGEST_NAME]).lower().translate(_LOOKALIKES):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept += str(digit)
        elif char.isascii() and char.isalnum():
            kept += char
        elif not unicodedata.combining(char):
            kept += "_"
    words = [word for word in kept.split("_") if word]
    name = "_".join(words)[:40].strip("_")
    if not name:
        return fallback
    return name if code or name[0].isalpha() else f"q{name}"
