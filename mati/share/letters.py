"""The bytes of fonts in, which letters of a text they cannot draw out.

typst draws an empty box where a letter is missing, and says nothing of it.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = ["drawable", "letters", "missing"]

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
_PICTURES = frozenset(("So", "Sk", "Co"))
"""Signs that decorate: a text without them says the same."""
_SELECTORS = range(0xFE00, 0xFE10)
_SEGMENTS, _GROUPS = 4, 12


def letters(font: bytes) -> frozenset[int]:
    """Return the code points a TrueType font has a glyph for (OpenType 1.9, ``cmap``).

    A font that cannot be read knows none.
    """
    try:
        return frozenset(code for table in _tables(font) for code in _codes(table))
    except (struct.error, IndexError):
        return frozenset()


def _tables(font: bytes) -> Iterator[bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    for entry in range(count):
        name, _, start, length = struct.unpack_from(">4sIII", font, 12 + 16 * entry)
        if name == b"cmap":
            cmap = font[start : start + length]
            (number,) = struct.unpack_from(">H", cmap, 2)
            for record in range(number):
                (offset,) = struct.unpack_from(">I", cmap, 8 + 8 * record)
                yield cmap[offset:]


def _codes(table: bytes) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", table)
    if kind == _SEGMENTS:
        (double,) = struct.unpack_from(">H", table, 6)
        ends = struct.unpack_from(f">{double // 2}H", table, 14)
        starts = struct.unpack_from(f">{double // 2}H", table, 16 + double)
        spans = zip(starts[:-1], ends[:-1], strict=True)  # the last one is there to end the search
    elif kind == _GROUPS:
        (count,) = struct.unpack_from(">I", table, 12)
        groups = (struct.unpack_from(">II", table, 16 + 12 * group) for group in range(count))
        spans = groups  # type: ignore[assignment]
    else:
        return
    for start, end in spans:
        yield from range(start, min(end, 0x10FFFF) + 1)


def missing(texts: Iterable[str], known: frozenset[int]) -> str:
    """Return the letters of ``texts`` that no font knows, each once, in the order they come.

    Pictures such as emoji are not counted: a card leaves them out.
    """
    composed = (unicodedata.normalize("NFC", text) for text in texts)
    found = dict.fromkeys(char for text in composed for char in text if _lacks(char, known))
    return "".join(char for char in found if unicodedata.category(char) not in _PICTURES)


def drawable(text: str, known: frozenset[int]) -> str:
    """Return a text without the pictures that no font knows, and without their selectors."""
    return "".join(
        char
        for char in text
        if ord(char) not in _SELECTORS
        and not (unicodedata.category(char) in _PICTURES and _lacks(char, known))
    )


def _lacks(char: str, known: frozenset[int]) -> bool:
    code = ord(char)
    if code in known or code in _SELECTORS:
        return False
    return unicodedata.category(char) not in _UNSEEN
