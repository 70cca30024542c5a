"""Words in, the kinds of personal data they may hold out: a help for whoever reads them.

A false alarm asks for a look; what is missed is why a person decides.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["FLAGS", "flags"]

FLAGS = ("email", "phone", "link", "handle")
"""What may be found."""

_MAIL = re.compile(r"[^\s@,;:<>()]{1,64}@[^\s@,;:<>()]{1,200}\.[^\s@.,;:<>()]{2,20}")
_SPELT = re.compile(r"(?:\bat|\[at\]|\(at\))\s{0,3}(?:gmail|yahoo|hotmail|outlook|icloud|proton)")
_LINK = re.compile(
    r"https?://|www\.[^\s.]"
    r"|\b[a-z0-9][a-z0-9-]*\.(?:com|net|org|info|biz|shop|store|page|link|app|kh|th|vn)\b(?![.@]\w)"
    r"|\b[a-z0-9][a-z0-9-]*\.[a-z]{2,3}/\w"
)
_HANDLE = re.compile(
    r"(?<![^\s(\[,;:])@[\w.]{3,}"
    r"|\b(?:telegram|line id|whatsapp|wechat|zalo|viber|instagram|facebook|messenger|tiktok)"
    r"(?: ?id)? ?[:=] ?\w[\w. ]{2,}"
)
_DIGITS = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")
_MONEY = re.compile(r"(?:\$|usd|khr|lak|thb|kip|riel|baht|៛|₭|฿|រៀល|ដុល្លារ|ກີບ|ບາດ|ໂດລາ)")
_NEAR = 8
"""Signs beside a number in which the word for money stands."""
_LONGEST = 20_000
"""Signs that are looked at; nobody quotes more."""


def _plain(text: str) -> str:
    """Return small letters and the digits 0 to 9, whatever script they were typed in."""
    shown = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in shown
    )


def _phone(text: str) -> bool:
    """Tell whether a number stands there that is no date, no money and no round thousands."""
    for found in _DIGITS.finditer(text):
        number = found[0]
        if _DATE.search(number) or re.fullmatch(r"[1-9]\d{0,2}(?:[ .,]\d{3}){2,}", number):
            continue
        around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if not _MONEY.search(around):
            return True
    return False


def flags(text: str) -> tuple[str, ...]:
    """Return which of ``FLAGS`` the words may hold, in time in proportion to their length."""
    plain = _plain(text)
    found = {
        "email": bool(_MAIL.search(plain) or _SPELT.search(plain)),
        "phone": _phone(plain),
        "link": bool(_LINK.search(plain)),
        "handle": bool(_HANDLE.search(plain)),
    }
    return tuple(name for name in FLAGS if found[name])
