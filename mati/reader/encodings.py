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
    return "UTF-16" if enough and plain else ""


def is_western(data: bytes) -> bool:
    """Tell whether the bytes that fit no UTF-8 read as Windows-1252."""
    found = _HIGH.findall(data)
    return bool(found) and all(_WESTERN.fullmatch(run) for run in found)
