"""A survey's public address in, the ways to tell a friend of it out; all without a script."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

__all__ = ["Way", "ways_to_tell"]

Way = tuple[str, str]
"""A channel, and the address that opens it with the words filled in."""

_WAYS: Sequence[tuple[str, str]] = (
    ("Telegram", "https://t.me/share/url?{url}&{text}"),
    ("WhatsApp", "https://wa.me/?{both}"),
    ("LINE", "https://line.me/R/share?{both}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?{u}"),
)


def ways_to_tell(address: str, title: str) -> tuple[Way, ...]:
    """Return the channels and their addresses for a survey at ``address`` (absolute)."""
    parts = {
        "url": urlencode({"url": address}),
        "u": urlencode({"u": address}),
        "text": urlencode({"text": title}, quote_via=quote),
        "both": urlencode({"text": f"{title} {address}"}, quote_via=quote),
    }
    return tuple((name, pattern.format(**parts)) for name, pattern in _WAYS)
