"""The words of one text in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Words", "join_signs"]

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
