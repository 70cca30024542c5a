"""The bytes of a picture in, its format and its size in pixels out; None for anything else.

Only the head is looked at. SVG is none of ours: it can hold scripts and load from elsewhere.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

__all__ = ["Image", "image"]

_TURNED = frozenset({5, 6, 7, 8})
"""Orientations that stand a picture on its side (Exif 2.32, tag 0x0112)."""
_ORIENTATION = 0x0112
_SHORT = 3
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame and tell its size (ITU-T T.81, table B.1)."""


@dataclass(frozen=True, slots=True)
class Image:
    """One picture: ``ending`` of its file name, width and height as a browser shows it."""

    ending: str
    width: int
    height: int


def image(data: bytes) -> Image | None:
    """Return what ``data`` is, told by its own bytes and never by a file name."""
    try:
        found = _read(data)
    except (struct.error, IndexError):
        return None
    return found if found and found.width and found.height else None


def _read(data: bytes) -> Image | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return Image("png", *struct.unpack_from(">II", data, 16))
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return Image("gif", *struct.unpack_from("<HH", data, 6))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return None


def _webp(data: bytes) -> Image | None:
    """Read one of the three heads of WebP (RFC 9649, 2.5 to 2.7)."""
    match data[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return Image("webp", width & 0x3FFF, height & 0x3FFF)
        case b"VP8L":
            (packed,) = struct.unpack_from("<I", data, 21)
            return Image("webp", (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
        case b"VP8X":
            width = int.from_bytes(data[24:27], "little") + 1
            return Image("webp", width, int.from_bytes(data[27:30], "little") + 1)
    return None


def _jpeg(data: bytes) -> Image | None:
    """Go from marker to marker up to the frame; a camera held upright turns it."""
    at, turned = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a byte that fills
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Image("jpg", *((height, width) if turned else (width, height)))
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":  # noqa: PLR2004 - APP1
            turned = _orientation(data[at + 10 : at + 2 + length]) in _TURNED
        at += 2 + length
    return None


def _orientation(exif: bytes) -> int:
    """Return how a camera was held; 1, upright, where the block is damaged or says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, at)
        for entry in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", exif, at + 2 + 12 * entry)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return int(value)
    except struct.error:
        pass
    return 1
