"""The words of one text in one language, and how wide they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Words", "cells", "join_signs"]

_COENG = "\u17d2"
"""Khmer sign that puts the consonant after it below the one before it."""
_JOINER = "\u2060"
_NO_BREAK = "\u00a0"
_SIGN = re.compile("(?<![ \u200b])([ \u200b]*)([។៕ៗ?!])")
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in a language: ``html`` for pages, ``text`` (unescaped) for attributes.

    ``fallback``: there is no translation, these are the source's words; ``html`` says so.
    """

    html: Markup
    text: str
    fallback: bool = False

    def __html__(self) -> str:
        """Return the HTML, for templates."""
        return str(self.html)

    def __str__(self) -> str:
        """Return the plain words."""
        return self.text


def cells(text: str) -> int:
    """Count the cells that ``text`` fills on a line, as a terminal counts them.

    Marks above and below have no width, nor has a Khmer consonant below another; wide East
    Asian characters have two (Unicode Standard Annex 11).
    """
    count, below = 0, False
    for char in text:
        if below:
            below = False
        elif char == _COENG:
            below = True
        elif unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cc"):
            count += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return count


def _joined(match: re.Match[str]) -> str:
    glue = _NO_BREAK if " " in match[1] else _JOINER
    return f"{glue}{match[2]}"


def join_signs(html: str) -> str:
    """Join the signs that end a Khmer sentence to the word before them.

    Browsers break Khmer by a dictionary and would leave ``។`` or ``?`` alone on a line.
    """
    pieces = _TAG.split(html)
    started = False
    for index, piece in enumerate(pieces):
        if piece and not piece.startswith("<"):
            joined = _SIGN.sub(_joined, piece)
            pieces[index] = joined if started else joined.lstrip(_JOINER + _NO_BREAK)
            started = True
    return "".join(pieces)
