"""``contact`` of ``mati.yaml`` in, the ways to reach the shop out, each with its address.

Written as shops write them: a name, ``@name`` or a link, numbers with blanks, in any digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mati.model import Contact, plain_digits
from mati.settings import values as read
from mati.settings.nodes import Listed, Node, Scalar
from mati.settings.parts import PARTS
from mati.settings.values import Desk

__all__ = ["read_contact"]

_LINK = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[0-9][0-9 ().-]{4,24}")
_MAIL = re.compile(r"[^\s@<>\"']{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,24}")
_WITHIN = range(6, 16)
"""Digits of a telephone number (E.164 has at most 15)."""
_WORLDWIDE = range(8, 16)


@dataclass(frozen=True, slots=True)
class _Handle:
    """A name at a service: where its links begin, what a name is, what address it makes."""

    hosts: tuple[str, ...]
    name: re.Pattern[str]
    address: str


_HANDLES = {
    "messenger": _Handle(
        ("m.me/", "facebook.com/", "fb.com/", "m.facebook.com/"),
        re.compile(r"[A-Za-z0-9.]{5,50}"),
        "https://m.me/{}",
    ),
    "telegram": _Handle(
        ("t.me/", "telegram.me/"), re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}"), "https://t.me/{}"
    ),
    "line": _Handle(
        ("line.me/R/ti/p/", "line.me/ti/p/"),
        re.compile(r"[@~]?[A-Za-z0-9._-]{3,24}"),
        "https://line.me/R/ti/p/{}",
    ),
}

Reached = Contact | None


def _phone(text: str) -> Reached:
    """Read a telephone number as people write it (the address: RFC 3966)."""
    if not _NUMBER.fullmatch(text):
        return None
    digits = re.sub(r"[^0-9+]", "", text)
    if len(digits.lstrip("+")) not in _WITHIN:
        return None
    return Contact(channel="phone", shown=text, address=f"tel:{digits}")


def _whatsapp(text: str) -> Reached:
    """Read a number with its country; WhatsApp knows no other."""
    link = _LINK.sub("", text, count=1)
    linked = link.lower().startswith("wa.me/")
    number = link[6:] if linked else text
    digits = re.sub(r"[^0-9]", "", number)
    known = linked or number.startswith(("+", "00"))
    digits = digits.removeprefix("00")
    if not (known and _NUMBER.fullmatch(number) and len(digits) in _WORLDWIDE):
        return None
    shown = f"+{digits}" if linked else text
    return Contact(channel="whatsapp", shown=shown, address=f"https://wa.me/{digits}")


def _email(text: str) -> Reached:
    text = text.removeprefix("mailto:")
    if not _MAIL.fullmatch(text):
        return None
    return Contact(channel="email", shown=text, address=f"mailto:{text}")


def _handle(channel: str) -> Callable[[str], Reached]:
    known = _HANDLES[channel]

    def found(text: str) -> Reached:
        bare = _LINK.sub("", text, count=1)
        host = next((h for h in known.hosts if bare.lower().startswith(h.lower())), "")
        name = bare[len(host) :].strip("/").partition("?")[0] if host else text
        if channel != "line":
            name = name.removeprefix("@")
        if not known.name.fullmatch(name):
            return None
        shown = f"@{name}" if channel == "telegram" else name
        return Contact(channel=channel, shown=shown, address=known.address.format(name))

    return found


_READERS: dict[str, tuple[Callable[[str], Reached], str]] = {
    "phone": (_phone, '"012 345 678"'),
    "messenger": (_handle("messenger"), "sokha.coffee"),
    "telegram": (_handle("telegram"), '"@sokhacoffee"'),
    "line": (_handle("line"), '"@sokhacoffee"'),
    "whatsapp": (_whatsapp, '"+855 12 345 678"'),
    "email": (_email, "hello@sokha.example"),
}


def read_contact(desk: Desk, node: Node) -> tuple[Contact, ...]:
    """Return the ways to reach the shop in the order written; a wrong one is written down."""
    group = read.mapping(desk, "contact", node, 'contact: {phone: "012 345 678"}')
    return tuple(
        found
        for key, value in (group.entries if group else ())
        for found in _read(desk, key, value)
    )


def _read(desk: Desk, key: Scalar, node: Node) -> Iterator[Contact]:
    if key.text not in _READERS:
        desk.unknown(key, PARTS["contact"])
        return
    reader, example = _READERS[key.text]
    for item in node.items if isinstance(node, Listed) else (node,):
        text = plain_digits(item.text.strip()) if isinstance(item, Scalar) else ""
        found = reader(text)
        if found is None:
            desk.wrong(f"contact.{key.text}", item, f"{key.text}: {example}")
        else:
            yield found
