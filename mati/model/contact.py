"""A way to reach the shop, as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """``channel``: phone, messenger, telegram, line, whatsapp or email; ``shown``: the number or
    name people read; ``address``: what a link to it holds (``tel:``, ``https:``, ``mailto:``).
    """

    channel: str
    shown: str
    address: str
