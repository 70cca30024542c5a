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
_APOSTROPHES = str.maketrans("", "", "'\u2019")


def short(text: str, fallback: str, *, code: bool = False) -> str:
    """Return a short name for ``text``: its first telling words; ``fallback`` without any."""
    plain = _TARGET.sub("] ", _PIPE.sub(r" \1 ", text[:_LONGEST_WORDING])).translate(_APOSTROPHES)
    words: list[str] = []
    for part in plain.split():
        words += spelling(part, "", code=True).split("_")
    words = [word for word in words if word]
    telling = [word for word in words if word not in _FILLERS] or words
    name = "_".join(telling[:_MOST_WORDS])
    if len(name) > _LONGEST:
        name = name[: name.rfind("_", 0, _LONGEST + 1)] if "_" in name[:_LONGEST] else ""
        name = name or telling[0][:_LONGEST]
    if not name:
        return fallback
    return name if code or name[0].isalpha() else f"q{name}"
