"""A language in; what its letters, signs and plurals are like out: what checks go by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel.core import get_global

__all__ = ["Tongue", "plural_rule", "script_of", "tongue"]

_LETTERS = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc",
    "Armn": "\u0530-\u058f",
    "Beng": "\u0980-\u09ff",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Deva": "\u0900-\u097f\ua8e0-\ua8ff",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Gujr": "\u0a80-\u0aff",
    "Guru": "\u0a00-\u0a7f",
    "Hans": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
    "Hant": "\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Jpan": "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
    "Khmr": "\u1780-\u17ff\u19e0-\u19ff",
    "Knda": "\u0c80-\u0cff",
    "Kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff\u4e00-\u9fff",
    "Laoo": "\u0e80-\u0eff",
    "Latn": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "Mlym": "\u0d00-\u0d7f",
    "Mymr": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Orya": "\u0b00-\u0b7f",
    "Sinh": "\u0d80-\u0dff",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Thai": "\u0e00-\u0e7f",
    "Tibt": "\u0f00-\u0fff",
}
"""The blocks of a script (ISO 15924) in Unicode, as they stand in a class of an expression."""

_BREAK, _JOINERS = "\u200b", "\u200c\u200d"
_TURNS = "\u061c\u200e\u200f"
_UNSEEN = {
    "Khmr": _BREAK + _JOINERS,
    "Laoo": _BREAK,
    "Thai": _BREAK,
    "Mymr": _BREAK + _JOINERS,
    "Tibt": _BREAK,
    "Arab": _JOINERS + _TURNS,
    "Hebr": _TURNS,
    **dict.fromkeys(
        ("Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"), _JOINERS
    ),
}
"""Signs nobody sees that a script needs: where a word ends, how letters join, which way to read."""

_STOPS = {
    **dict.fromkeys(("hi", "bn", "ne", "as", "mr", "or", "pa"), "।"),
    **dict.fromkeys(("zh", "ja", "yue"), "。"),
    **dict.fromkeys(("am", "ti"), "።"),
    "km": "។",
    "my": "။",
    "ur": "۔",
}
_QUESTIONS = {
    **dict.fromkeys(("ar", "fa", "ur", "ckb", "ps", "sd"), "؟"),
    **dict.fromkeys(("zh", "ja", "yue"), "？"),
    **dict.fromkeys(("am", "ti"), "፧"),
    "el": ";",
}
_OPEN = {"th": ".!?", "lo": ".", "ja": "?!", "zh": "!", "my": "?", "hy": "?!", "bo": ".?!"}
"""Signs at the end of a sentence that a language may leave out or write otherwise."""


def _codes(line: str) -> list[str]:
    return line.split()


_ONE = "nplurals=1; plural=0;"
_TWO = "nplurals=2; plural=(n != 1);"
_FRENCH = "nplurals=2; plural=(n > 1);"
_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<12 || n%100>14) ? 1 : 2);"
)
_CZECH = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
_RULES: Mapping[str, str] = {
    **dict.fromkeys(_codes("bo dz id ig ja jv km ko lo ms my sah su th to vi wo yo yue zh"), _ONE),
    **dict.fromkeys(
        _codes("ak am as bn fa fr gu hi hy ff kab kn ln mg nso pa pt si ti zu"), _FRENCH
    ),
    **dict.fromkeys(_codes("be bs hr ru sh sr uk"), _SLAVIC),
    **dict.fromkeys(_codes("cs sk"), _CZECH),
    **dict.fromkeys(_codes("is mk"), "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);"),
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    "ga": "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n>=3 && n<=6 ? 2 : n>=7 && n<=10 ? 3 : 4);",
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "lt": (
        "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : "
        "n%10>=2 && n%10<=9 && (n%100<11 || n%100>19) ? 1 : 2);"
    ),
    "lv": (
        "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : "
        "n%10==1 && n%100!=11 ? 1 : 2);"
    ),
    "mt": (
        "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : "
        "n%100>=11 && n%100<=19 ? 3 : 4);"
    ),
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "pt-PT": _TWO,
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>=1 && n%100<=19) ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
}
"""The plural rules of CLDR ("Language Plural Rules") for whole numbers, as gettext writes them:
the forms stand in CLDR's order, from zero to other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What a check must know of a language.

    ``foreign`` finds letters of another script, ``own`` those of its own; None where its script is
    not known here. ``unseen``: invisible signs it needs. ``stop``, ``question``: how a sentence
    ends in it. ``open``: which of the signs ``.``, ``?`` and ``!`` it may leave out.
    """

    code: str
    foreign: re.Pattern[str] | None
    own: re.Pattern[str] | None
    unseen: str
    stop: str
    question: str
    open: str


@cache
def script_of(language: str) -> str:
    """Return the script a language is most likely written in (CLDR, likely subtags), "" unknown."""
    parts = language.replace("_", "-").split("-")
    written = [part for part in parts[1:] if len(part) == 4]  # noqa: PLR2004 -- ISO 15924
    likely: str = get_global("likely_subtags").get(parts[0], "")
    return (*written, *likely.split("_")[1:2], "")[0]


def plural_rule(language: str) -> str:
    """Return what stands behind ``Plural-Forms:`` in a new file of a language."""
    code = language.replace("_", "-")
    return _RULES.get(code) or _RULES.get(code.partition("-")[0], _TWO)


@cache
def tongue(language: str) -> Tongue:
    """Return what checks must know of a language (BCP 47)."""
    base, script = language.replace("_", "-").partition("-")[0], script_of(language)
    letters = _LETTERS.get(script, "")
    return Tongue(
        code=language,
        foreign=re.compile(f"[^\\W\\d_{letters}]+") if letters else None,
        own=re.compile(f"[{letters}]+") if letters else None,
        unseen=_UNSEEN.get(script, ""),
        stop=_STOPS.get(base, "."),
        question=_QUESTIONS.get(base, "?"),
        open=_OPEN.get(base, ""),
    )
