"""What a shop writes under ``contact`` in, ways to reach it out: addresses that links lead to.

People write numbers and names as they stand on a sign, or paste a link; each is understood, and
the address is made anew from the part that counts, so that nothing else of a link gets onto pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, unquote, urlsplit

from mati.model import Contact, plain_digits
from mati.settings import values as read
from mati.settings.nodes import Listed, Node, Scalar
from mati.settings.parts import PARTS
from mati.settings.values import Desk

__all__ = ["read_contact"]

_EXAMPLES = {
    "phone": "012 345 678",
    "messenger": "m.me/sokhacoffee",
    "telegram": '"@sokhacoffee"',
    "line": '"@sokhacoffee"',
    "whatsapp": "+855 12 345 678",
    "email": "hello@sokha.example",
}
_GROUP = f"contact: {{phone: {_EXAMPLES['phone']}, messenger: {_EXAMPLES['messenger']}}}"

_COUNTRIES = {
    "Asia/Phnom_Penh": "855",
    "Asia/Vientiane": "856",
    "Asia/Ho_Chi_Minh": "84",
    "Asia/Yangon": "95",
}
"""Calling codes of countries that a timezone tells for sure, where a 0 begins national numbers.

Bangkok is not among them: many computers in Cambodia and Laos are set to it.
"""
_SIGNS = re.compile(r"[0-9+().\-\u2010-\u2013 ]+")
_LEAST, _MOST = 8, 15
"""Digits of an international number (ITU-T E.164, 6.1)."""
_SHORT = re.compile(r"[1-9][0-9]{2,5}|1[89]00[0-9]{3,6}")
"""Numbers that are dialled as they are: a hotline, or one that costs nothing."""
_LETTERS = r"[A-Za-z0-9]"
_PAGE = re.compile(rf"{_LETTERS}(?:{_LETTERS}|\.){{2,60}}")
_PAGE_NUMBER = re.compile(r"(?:.*-)?([0-9]{9,20})")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_INVITATION = re.compile(r"\+[A-Za-z0-9_-]{10,40}")
_LINE_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")
_KEY = re.compile(r"[A-Za-z0-9_-]{4,40}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_MOBILE = re.compile(r"\A(?:www|m|web|touch|mbasic)\.(?=.+\.)")
"""Before the name of a site: the same pages, for phones and others."""
_HTTP = re.compile(r"(?:https?:)?//", re.IGNORECASE)

Address = tuple[str, str]
"""What a link leads to, and what people read."""


def read_contact(desk: Desk, node: Node, timezone: str) -> tuple[Contact, ...]:
    """Read how the shop can be reached, in the order of the author.

    ``timezone`` tells, where it can, in which country national numbers are to be dialled.
    """
    group = read.mapping(desk, "contact", node, _GROUP)
    country = _COUNTRIES.get(timezone, "")
    found: list[Contact] = []
    for key, value in group.entries if group else ():
        if key.text in PARTS["contact"]:
            found.extend(_ways(desk, key.text, value, country))
        else:
            desk.unknown(key, PARTS["contact"])
    return tuple(dict.fromkeys(found))


def _ways(desk: Desk, channel: str, node: Node, country: str) -> Iterator[Contact]:
    """Yield the ways through one channel: one value, or a list of them."""
    for item in node.items if isinstance(node, Listed) else (node,):
        text = " ".join(plain_digits(item.text).split()) if isinstance(item, Scalar) else ""
        address = _READERS[channel](text, country)
        if address is not None:
            yield Contact(channel=channel, address=address[0], shown=address[1])
        else:
            desk.wrong(f"contact.{channel}", item, f"{channel}: {_offer(channel, text, country)}")


def _offer(channel: str, text: str, country: str) -> str:
    """Return what to write instead, made of what was written where that can be told."""
    read_one = _READERS[channel]
    parts = [part.strip() for part in re.split(r"[,;/]|\bor\b", text)]
    if len(parts) > 1 and all(read_one(part, country) for part in parts):
        return f"[{', '.join(parts)}]"
    if channel in ("phone", "whatsapp") and _SIGNS.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        tries = (f"0{text}" if country and len(digits) > _LEAST - 1 else "", f"+{digits}")
        return next((one for one in tries if read_one(one, country)), _EXAMPLES[channel])
    return _EXAMPLES[channel]


def _international(text: str, country: str) -> str:
    """Return the digits of a number with its calling code; "" where that is not known."""
    text = re.sub(r"(?:tel|whatsapp):|\(0\)", "", text, flags=re.IGNORECASE)
    if not _SIGNS.fullmatch(text) or "+" in text.strip()[1:]:
        return ""
    digits = re.sub(r"\D", "", text)
    if text.strip().startswith("+"):
        found = digits
    elif digits.startswith("00"):
        found = digits[2:]
    elif digits.startswith("0"):
        found = country + digits[1:] if country else ""
    else:
        whole = country and digits.startswith(country) and len(digits) > _LEAST + 1
        found = digits if whole else ""
    for code in _COUNTRIES.values():  # the 0 of national numbers is often left in by mistake
        found = code + found[len(code) + 1 :] if found.startswith(f"{code}0") else found
    return found if _LEAST <= len(found) <= _MOST and found[0] != "0" else ""


def _phone(text: str, country: str) -> Address | None:
    """Read a number; one of a country that nobody named is dialled as people there dial it."""
    shown = re.sub(r"(?i)tel:", "", text).strip()
    digits = re.sub(r"\D", "", shown)
    if found := _international(text, country):
        return f"tel:+{found}", shown if shown[0] in "+0(" else f"+{shown}"
    if not _SIGNS.fullmatch(shown) or "+" in shown:
        return None
    national = digits.startswith("0") and not country and _LEAST < len(digits) <= _MOST
    return (f"tel:{digits}", shown) if national or _SHORT.fullmatch(digits) else None


def _place(text: str, *hosts: str) -> str | None:
    """Return what stands behind the host of a link to one of ``hosts``, None for no such link."""
    bare = _HTTP.sub("", text)
    host, _, path = bare.partition("/")
    host = _MOBILE.sub("", host.lower())
    return path if host in hosts else None


def _first(path: str) -> str:
    """Return the first step of a path, decoded."""
    return unquote(re.split(r"[/?#]", path)[0])


def _asked(path: str, name: str) -> str:
    """Return what a link says under a name behind its question mark."""
    return parse_qs(urlsplit("//x/" + path).query).get(name, [""])[0].strip()


def _messenger(text: str, _country: str) -> Address | None:
    """Read a page's name, or a link to the page or to its messages."""
    path = _place(text, "m.me", "facebook.com", "fb.com", "messenger.com")
    name = text.removeprefix("@") if path is None else _page(path)
    number = _PAGE_NUMBER.fullmatch(name)
    name = number[1] if number else name
    return (f"https://m.me/{name}", f"m.me/{name}") if _PAGE.fullmatch(name) else None


def _page(path: str) -> str:
    """Return the page that a path at Facebook's leads to; "" for what is no page."""
    steps = [unquote(step) for step in re.split(r"[?#]", path)[0].split("/") if step]
    match steps:
        case ["profile.php"]:
            return _asked(path, "id")
        case ["t" | "messages", *_] | ["pages" | "people" | "p", *_]:
            return steps[-1] if len(steps) > 1 else ""
        case ["share" | "sharer" | "groups" | "events" | "watch" | "reel", *_]:
            return ""
    return steps[0] if steps else ""


def _telegram(text: str, country: str) -> Address | None:
    """Read a name, a number, or a link to either or to a group."""
    path = _place(text, "t.me", "telegram.me", "telegram.dog")
    if path is None and text.lower().startswith("tg:"):
        path = _asked(text[3:].lstrip("/"), "domain")
    name = text.removeprefix("@") if path is None else _first(path)
    if _NAME.fullmatch(name) and name.lower() != "joinchat":
        return f"https://t.me/{name}", f"@{name}"
    if found := _international(name, country):
        return f"https://t.me/+{found}", text if path is None else f"+{found}"
    if path is not None and _INVITATION.fullmatch(name):
        return f"https://t.me/{name}", f"t.me/{name}"
    return None


def _line(text: str, _country: str) -> Address | None:
    """Read a LINE id (a shop's begins with @), or a link that LINE itself gives away."""
    path = _place(text, "line.me", "page.line.me", "lin.ee")
    if path is None:
        found = text.lower()
    elif key := re.fullmatch(r"(?:R/)?ti/p/([^/?#]+)/?", path):
        found = unquote(key[1])
        if found[0] not in "@~":  # a personal code, good at this address alone
            good = _KEY.fullmatch(found)
            return (f"https://line.me/ti/p/{found}", f"line.me/ti/p/{found}") if good else None
    elif "lin.ee/" in text.lower():
        found = _first(path)
        good = _KEY.fullmatch(found)
        return (f"https://lin.ee/{found}", f"lin.ee/{found}") if good else None
    else:
        found = "@" + _first(path) if "page.line.me/" in text.lower() else ""
    official, name = found.startswith("@"), found.lstrip("@~").lower()
    if not _LINE_ID.fullmatch(name):
        return None
    link = f"%40{name}" if official else f"~{name}"
    return f"https://line.me/R/ti/p/{link}", f"@{name}" if official else name


def _whatsapp(text: str, country: str) -> Address | None:
    """Read a number, or a link that holds it."""
    path = _place(text, "wa.me", "whatsapp.com", "api.whatsapp.com")
    if path is None and text.lower().startswith("whatsapp://"):
        path = text[len("whatsapp://") :]
    if path is None:
        found, shown = _international(text, country), text
    else:
        key = re.match(r"(message|qr)/([A-Za-z0-9]{4,40})\Z", path)
        if key and _place(text, "wa.me"):
            return f"https://wa.me/{key[0]}", f"wa.me/{key[0]}"
        digits = re.sub(r"\D", "", _asked(path, "phone") or _first(path))
        found = _international(f"+{digits}", country)
        shown = f"+{found}"
    return (f"https://wa.me/{found}", shown) if found else None


def _email(text: str, _country: str) -> Address | None:
    """Read an address."""
    address = re.sub(r"(?i)mailto:|[?].*", "", text)
    return (f"mailto:{quote(address, safe='@')}", address) if _MAIL.fullmatch(address) else None


_READERS: dict[str, Callable[[str, str], Address | None]] = {
    "phone": _phone,
    "messenger": _messenger,
    "telegram": _telegram,
    "line": _line,
    "whatsapp": _whatsapp,
    "email": _email,
}
