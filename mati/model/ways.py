"""An address and words in; for every channel the address to post there, and what opens it, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

__all__ = ["Way", "led", "ways"]

_OPENS = {
    "facebook": "https://www.facebook.com/sharer/sharer.php?{u}",
    "whatsapp": "https://wa.me/?{both}",
    "telegram": "https://t.me/share/url?{url}&{text}",
    "line": "https://line.me/R/share?{both}",
    "email": "mailto:?{subject}&{body}",
    "sms": "sms:?{body}",
}
"""What opens a channel with the words filled in, without a script; of the others nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One channel: the address to post there, and what opens it with the words filled in."""

    channel: str
    address: str
    opens: str = ""


def led(address: str, channel: str) -> str:
    """Return the address that says through which channel somebody came."""
    return f"{address}?via={channel}"


def ways(address: str, title: str, channels: Sequence[str], *, via: str = "") -> tuple[Way, ...]:
    """Return the ways to post ``address`` (absolute) with ``title`` in ``channels``.

    Each says its own channel, or all ``via``, where the report should know more of it.
    """
    return tuple(_way(channel, led(address, via or channel), title) for channel in channels)


def _way(channel: str, address: str, title: str) -> Way:
    parts = {
        "u": {"u": address},
        "url": {"url": address},
        "text": {"text": title},
        "both": {"text": f"{title} {address}"},
        "subject": {"subject": title},
        "body": {"body": f"{title} {address}"},
    }
    filled = {name: urlencode(part, quote_via=quote) for name, part in parts.items()}
    opens = _OPENS.get(channel, "").format(**filled)
    return Way(channel=channel, address=address, opens=opens)
