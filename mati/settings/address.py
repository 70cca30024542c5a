"""Words that shall be the address of a site in; the address, or the one that was meant, out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["address", "meant"]

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_URL = re.compile(
    rf"https?://(?:{_NAME}(?:\.{_NAME})*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{{1,5}})?"
    r"(?:/[^\s\"'<>?#]*)?"
)
_PARTS = re.compile(
    r"(?:https?:?/*)?([^\s/?#@:\[\]]{1,253})(:[0-9]+)?(/[^?#]*)?(?:[?#].*)?", re.DOTALL
)
"""Scheme, name, port, path, and what an address of a site has not."""


def address(text: str) -> str | None:
    """Return an absolute URL (RFC 3986) without a slash at its end; None for anything else.

    Whoever takes it apart later must not stumble: brackets hold an address, a port is a number
    that there is.
    """
    try:
        fits = _URL.fullmatch(text) and urlsplit(text).port != 0
    except ValueError:
        return None
    return text.rstrip("/") if fits else None


def meant(text: str) -> str:
    """Return the address that was meant by ``text``, "" where nobody can tell.

    A name in letters of Khmer or Lao is spelled as browsers send it (RFC 3490).
    """
    found = _PARTS.fullmatch(text)
    if found is None or "." not in found[1]:
        return ""
    try:
        name = found[1].encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return address(f"https://{name}{found[2] or ''}{found[3] or ''}") or ""
