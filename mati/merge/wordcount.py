"""A text in any script in, how many words a translator has before them out."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["words"]

_KEPT = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}|\]\([^()\s]*\)|https?://\S+")
"""What nobody translates: placeholders, the addresses of links."""
_JOINED = (
    ("\u1780", "\u17ff", 3.0),  # Khmer: 839 words have 2550 letters
    ("\u0e80", "\u0eff", 3.6),  # Lao: 1178 words have 4258 letters
    ("\u0e00", "\u0e7f", 3.6),  # Thai is written as Lao is
    ("\u1000", "\u109f", 3.0),  # Burmese as Khmer
    ("\u3040", "\u30ff", 2.0),  # Kana
    ("\u3400", "\u9fff", 1.0),  # Chinese is counted by its signs everywhere
)
"""Scripts without blanks between words: first and last letter, letters a word has on average.

Khmer and Lao counted in a guide of some pages each, its words found by ICU."""
_RUNS = tuple(re.compile(f"[{first}-{last}]+") for first, last, _ in _JOINED)


def words(text: str) -> int:
    """Count the words of a text; where none are parted by blanks, by their usual length."""
    rest = _KEPT.sub(" ", text)
    if rest.isascii():
        return _parted(rest)
    count = 0
    for run, (_, _, length) in zip(_RUNS, _JOINED, strict=True):
        letters = sum(
            unicodedata.category(char) == "Lo" for part in run.findall(rest) for char in part
        )
        if letters:
            count += max(1, round(letters / length))
            rest = run.sub(" ", rest)
    return count + _parted(rest)


def _parted(text: str) -> int:
    return sum(any(map(str.isalnum, part)) for part in text.split())
