"""Bytes that are no UTF-8 in, the encoding they look like out."""

from __future__ import annotations

import re

__all__ = ["is_western", "other_encoding"]

_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LAO, _KHMER = 0x0E, 0x17
_BLOCKS = (0x00, _LAO, _KHMER, 0x19, 0x20)
"""Upper bytes of Latin, Lao, Khmer and its signs, and of general punctuation (Unicode blocks)."""
_SAMPLE = 4096
_SHARE = 0.3
_SMALLEST = 8
_ASCII = 128
_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xff]{1,2}")
"""A letter with an accent, a bent quote, a dash of Windows-1252: never many side by side."""


def other_encoding(data: bytes) -> str:
    """Return "UTF-16" or "UTF-32" where ``data`` is a text saved so, else ""."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if len(sample) < _SMALLEST or b"\0" not in sample:
        return ""
    # In a text of two bytes a letter, blanks and signs leave a zero in every other byte: nearly
    # all zeros stand on one side, and plain letters on the other.
    zeros, letters = sorted((sample[0::2], sample[1::2]), key=lambda side: -side.count(0))
    enough = zeros.count(0) > _SHARE * len(zeros) and letters.count(0) * 20 <= zeros.count(0)
    plain = sum(code < _ASCII for code in letters) > len(letters) / 2
    return "UTF-16" if (enough and plain) or _in_blocks(sample) else ""


def _in_blocks(sample: bytes) -> bool:
    """Tell whether one byte of two is nearly always one of few: Khmer, Lao and plain letters."""
    for side, other in ((sample[0::2], sample[1::2]), (sample[1::2], sample[0::2])):
        known, own = sum(map(side.count, _BLOCKS)), side.count(_LAO) + side.count(_KHMER)
        few = other.count(0) * 20 <= len(other)
        if few and side.count(0) and known * 20 >= len(side) * 19 and own * 20 >= len(side):
            return True
    return False


def is_western(data: bytes) -> bool:
    """Tell whether the bytes that fit no UTF-8 read as Windows-1252."""
    found = _HIGH.findall(data)
    return bool(found) and all(_WESTERN.fullmatch(run) for run in found)
