"""Short answers in, what they are compared by out; and each answer once, with how many gave it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from mati.wording.letters import normal

__all__ = ["key", "spellings"]

_BLANK_INSIDE = re.compile("(?<=[\u0e80-\u0eff\u1780-\u17ff]) (?=[\u0e80-\u0eff\u1780-\u17ff])")
_DA, _TA = "\u17d2\u178a", "\u17d2\u178f"


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf" or sign in "\u17b4\u17b5" or "\ufe00" <= sign <= "\ufe0f":
        return ""
    return str(unicodedata.decimal(sign)) if kind == "Nd" else sign


def _is_edge(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign)[0] == "P"


def _bare(text: str) -> str:
    """Return ``text`` without punctuation and blanks at its ends; all, where it is no more."""
    signs = [at for at, sign in enumerate(text) if not _is_edge(sign)]
    return text[signs[0] : signs[-1] + 1] if signs else text


def key(text: str, language: str = "") -> str:
    """Return what a short answer is compared by: two people who wrote the same have the same key.

    It knows no capitals, no width, no kind of digits, no punctuation around it, nothing unseen;
    in Khmer and Lao no blanks between letters, and no difference between the subscripts DA and
    TA of Khmer, which are drawn alike. It is for comparing, never for showing.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = " ".join("".join(map(_plain, folded)).split())
    same = normal(_BLANK_INSIDE.sub("", _bare(seen)), language)
    return same.replace(_DA, _TA)


def spellings(texts: Iterable[str], language: str = "") -> tuple[tuple[str, int], ...]:
    """Return short answers once each, in the spelling most people chose, with how many they are.

    Of spellings chosen equally often the first stands. Rows come in the order of their first
    answer.
    """
    met: dict[str, Counter[str]] = {}
    for text in texts:
        met.setdefault(key(text, language), Counter())[text] += 1
    return tuple((found.most_common(1)[0][0], found.total()) for found in met.values())
