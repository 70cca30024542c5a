"""Inline Markdown of one message in, safe HTML or plain words out.

Only what a sentence needs: emphasis, code, links, line breaks. Raw HTML is escaped, images
show their alternative text. Most messages hold no Markdown at all; they are escaped and never
reach Python-Markdown, which costs a hundred times as much and is loaded only when needed.
"""

from __future__ import annotations

import html as entities
import importlib
import re
from functools import cache, lru_cache
from typing import Protocol, cast

from mati.inline.schemes import SCHEMES

__all__ = ["SCHEMES", "html", "is_plain", "links", "plain"]

_MARKUP = re.compile(r"[*_`\[<\\\x02\x03\ufdd0-\ufddf\r]|&(?=#?[0-9A-Za-z]{1,32};)| {2}\n|!\[")
"""What Python-Markdown might act on inside a line; anything else is only escaped."""

_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufddf]")
"""Characters with no meaning in HTML; Python-Markdown and the pipes use some as marks."""

_MOST_WORK = 2_000_000
"""Marks times code points beyond which a text is no message: Python-Markdown's time grows with
both, and an attacker's brackets would hold up the build. A page of prose with a hundred marks
stays ten times below."""

_TAG = re.compile(r"<[^>]*>")
_HREF = re.compile(r'<a(?: href="([^"]*)")?>')


class _Rich(Protocol):
    def render(self, source: str) -> str: ...


@cache
def _rich() -> _Rich:
    """Load the part that needs Python-Markdown, as a shelf loads its things: by name."""
    return cast("_Rich", importlib.import_module("mati.inline.rich"))


def is_plain(source: str) -> bool:
    """Tell whether ``source`` has nothing that inline Markdown would change."""
    return _MARKUP.search(source) is None


@lru_cache(maxsize=8192)
def html(source: str) -> str:
    """Return the safe HTML of one message; never raises, whatever stands in ``source``."""
    clean = _BAD.sub("\ufffd", source)
    if is_plain(clean) or len(_MARKUP.findall(clean)) * len(clean) > _MOST_WORK:
        return entities.escape(clean, quote=False)
    return _rich().render(clean)


def plain(source: str) -> str:
    """Return the words only, unescaped: for attributes, titles and the counting of cells."""
    if is_plain(source):
        return _BAD.sub("\ufffd", source)
    return entities.unescape(_TAG.sub("", html(source).replace("<br>", "\n")))


def links(source: str) -> tuple[str, ...]:
    """Return the link targets of ``source`` in order, as they stand in its HTML, unescaped.

    A target that did not pass the cleaner is "".
    """
    if "](" not in source and "<" not in source:
        return ()
    return tuple(entities.unescape(target) for target in _HREF.findall(html(source)))
