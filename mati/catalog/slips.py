"""A line of a .po file that cannot be read in, the line that was most likely meant out."""

from __future__ import annotations

import re

__all__ = ["BEGINS", "ENDS", "straightened"]

_KEYWORD = re.compile(
    r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)[ \t]*[:=]?[ \t]*(.*)", re.IGNORECASE
)
_QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』＂＇"
"""What keyboards and word processors put in the place of a straight quote."""
_WORDS = re.compile(r'(?:[^"\\]|\\["\\ntr])*')
_LOOSE = re.compile(r'(\\.)|"')
_MOST = 160
"""Code points of a line that a hint shows whole."""

BEGINS, ENDS = "<<<<<<< ", ">>>>>>> "
"""What git writes around two versions that it could not put together."""


def straightened(line: str, *, continued: bool) -> str:
    """Return ``line`` as it should be, "" where that cannot be told.

    ``continued``: a string is open above, so that the line may be its next piece.
    """
    match = _KEYWORD.fullmatch(line)
    if match is None and (not continued or line[:1] == "#" or line.lower().startswith("msg")):
        return ""
    words = match[2] if match else line
    inner = words.strip(" \t")
    first = 1 if inner[:1] and inner[0] in _QUOTES else 0
    closed = len(inner) > first and inner[-1] in _QUOTES and not inner.endswith('\\"')
    inner = inner[first : len(inner) - 1 if closed else None]
    if match is None and '"' in inner:
        return ""
    inner = _LOOSE.sub(lambda found: found[1] or r"\"", inner)
    lead = f"{match[1].lower()} " if match else ""
    made = f'{lead}"{inner}"'
    return made if _WORDS.fullmatch(inner) and len(made) <= _MOST else ""
