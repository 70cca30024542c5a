"""A language in; what its letters and signs are like out: what checks go by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mati.cldr import script_of

__all__ = ["Tongue", "tongue"]

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
