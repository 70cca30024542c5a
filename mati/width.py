"""Text in, how much room it fills on a line out."""

from __future__ import annotations

import unicodedata

__all__ = ["cells"]

_COENG = "\u17d2"
"""Khmer sign that puts the consonant after it below the one before it."""


def cells(text: str) -> int:
    """Count the cells that ``text`` fills on a line, as a terminal counts them.

    Marks above and below have no width, nor has a Khmer consonant below another; wide East
    Asian characters have two (Unicode Standard Annex 11).
    """
    count, below = 0, False
    for char in text:
        if below:
            below = False
        elif char == _COENG:
            below = True
        elif unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cc"):
            count += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return count
