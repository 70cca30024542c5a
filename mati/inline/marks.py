"""Words of another language inside a page: a mark while it is made, a ``lang`` when it is done.

A message cannot know whether a template puts it into a sentence or into an attribute. So one
that is shown in another language than the page's carries marks; when the page is whole they
become ``<span lang>`` between tags, and vanish inside tags and titles, where no tag may stand.
"""

from __future__ import annotations

import re

from mati.inline.traces import untraced

__all__ = ["mark", "settle", "unmarked"]

_BEGIN, _NAMED, _END = "\ufdd3", "\ufdd4", "\ufdd5"
"""Noncharacters of Unicode: no text holds them, no browser ever sees them."""

_PIECE = re.compile(r"(<[^>]*>)")
_MARK = re.compile(f"{_BEGIN}([^{_NAMED}]*){_NAMED}|{_END}")
_WORDS_ONLY = ("title", "option", "textarea", "script", "style")


def mark(html: str, language: str) -> str:
    """Return ``html`` between the marks of a language."""
    return f"{_BEGIN}{language}{_NAMED}{html}{_END}"


def unmarked(text: str) -> str:
    """Return ``text`` without marks or traces, for where no page is: a picture, a printed sheet."""
    return untraced(_MARK.sub("", text))


def settle(html: str, direction: str = "ltr") -> str:
    """Return the finished page: every mark turned into a ``lang`` attribute or removed.

    On a page from right to left, words that are not say so: they are English.
    """
    if _BEGIN not in html:
        return html
    made, words_only = [], False
    tag = _tag if direction == "ltr" else _mirrored
    for piece in _PIECE.split(html):
        if piece.startswith("<"):
            name = (*piece.strip("</>").split(maxsplit=1), "")[0].lower()
            if name in _WORDS_ONLY:
                words_only = not piece.startswith("</")
            made.append(_MARK.sub("", piece))
        else:
            made.append(_MARK.sub("" if words_only else tag, piece))
    return "".join(made)


def _mirrored(match: re.Match[str]) -> str:
    return "</span>" if match[1] is None else f'<span lang="{match[1]}" dir="ltr">'


def _tag(match: re.Match[str]) -> str:
    return "</span>" if match[1] is None else f'<span lang="{match[1]}">'
