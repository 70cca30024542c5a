"""Wording in, a short name for it out: an id, or a code.

A name is made of the first telling words. Wording in a script that names cannot hold gets a
number; nothing is transliterated, for a name that looks like a word must be that word.
"""

from __future__ import annotations

import re

from mati.model import spelling

__all__ = ["short"]

_FILLERS = frozenset(
    """a about all am an and any are as at be been by can could did do does else for from had has
    have how i if in is it its me my of on or our own please s so some t than that the their them
    there these they this to us was we well were what when where which who whom why will with would
    you your""".split()  # noqa: SIM905 - words read best as words
)
"""English words that tell nothing apart."""
_MOST_WORDS = 3
_LONGEST = 24
_LONGEST_WORDING = 300
_PIPE = re.compile(r"\{\{[^{}|]*\|?([^{}]*)\}\}")
_TARGET = re.compile(r"\]\([^()]*\)")
_PLAIN = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019")


def short(text: str, fallback: str, *, code: bool = False) -> str:
    """Return a short name for ``text``: its first telling words; ``fallback`` without any."""
    words = _words(text[:_LONGEST_WORDING])
    telling = [word for word in words if word not in _FILLERS] or words
    name = "_".join(telling[:_MOST_WORDS])
    if len(name) > _LONGEST:
        name = name[: name.rfind("_", 0, _LONGEST + 1)] if "_" in name[:_LONGEST] else ""
        name = name or telling[0][:_LONGEST]
    if not name:
        return fallback
    return name if code or name[0].isalpha() else f"q{name}"


def _words(text: str) -> list[str]:
    """Return the words of a wording that names can hold, what a link leads to left out."""
    if "{{" in text:
        text = _PIPE.sub(r" \1 ", text)
    if "](" in text:
        text = _TARGET.sub("] ", text)
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return _PLAIN.findall(text.lower())
    parts = (spelling(part, "", code=True) for part in text.split())
    return [word for part in parts for word in part.split("_") if word]
