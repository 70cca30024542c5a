"""The bytes of a picture in, its format and size out, and the picture without what tells on people.

SVG is none of ours: it can hold scripts and load from elsewhere.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Image", "bare", "image"]

_TURNED = frozenset({5, 6, 7, 8})
"""Orientations that stand a picture on its side (Exif 2.32, tag 0x0112)."""
_ORIENTATION = 0x0112
_SHORT = 3
_EXIF, _SCAN = 0xE1, 0xDA
_EXIF_NAME = b"Exif\0\0"
_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE})
"""JPEG segments of applications, and comments: whatever a maker puts there, most of it notes."""
_LOOKS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Those among them without which colours change."""
_SIGN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the pixels of a JPEG: a marker that is neither stuffing nor a restart."""
_END = 0xD9
_PNG_LOOKS = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT mDCV cLLI".split()
)
"""Chunks that may be missing (a small first letter) and yet change how a picture looks."""
_WEBP_LOOKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_FLAGS = 0x0C
"""Bits by which WebP says that it holds such notes (RFC 9649, 2.7)."""
_GIF_END, _GIF_FRAME, _GIF_MORE = 0x3B, 0x2C, 0x21
_GIF_LOOKS = (b"\xf9", b"\xff\x0bNETSCAPE2.0", b"\xff\x0bANIMEXTS1.0")
"""Extensions of GIF that say how long a frame stands and how often all are shown."""
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


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Go through marker, start and end of the segments of a JPEG up to its scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a byte that fills
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, at, at + 2 + length
        if marker == _SCAN:
            return
        at += 2 + length


def _jpeg(data: bytes) -> Image | None:
    """Look for the frame; a camera held upright turns it."""
    turned = False
    for marker, start, end in _segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, start + 5)
            return Image("jpg", *((height, width) if turned else (width, height)))
        if marker == _EXIF and data[start + 4 : start + 10] == _EXIF_NAME:
            turned = _orientation(data[start + 10 : end]) in _TURNED
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


def bare(data: bytes) -> bytes:
    """Return a picture without the notes in its file; only how it was held is kept.

    Telephones write down where and when a photo was taken, cameras their number and owner.
    ``data`` is one that ``image`` knows; what is damaged comes back as it is.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            return _bare_jpeg(data)
        if data.startswith(b"\x89PNG"):
            return _bare_png(data)
        if data.startswith(b"RIFF"):
            return _bare_webp(data)
        if data.startswith(b"GIF"):
            return _bare_gif(data)
    except (struct.error, IndexError):
        pass
    return data


def _bare_jpeg(data: bytes) -> bytes:
    kept, held = [], 1
    for marker, start, end in _segments(data):
        if end > len(data):
            return data
        if marker == _EXIF and data[start + 4 : start + 10] == _EXIF_NAME:
            held = _orientation(data[start + 10 : end])
        look = _LOOKS.get(marker)
        if marker not in _NOTES or (look and data.startswith(look, start + 4)):
            kept.append(data[start:end])
        if marker == _SCAN:
            return b"".join((data[:2], _held(held), *kept, data[end : _picture_end(data, end)]))
    return data


def _picture_end(data: bytes, at: int) -> int:
    """Return where the picture ends whose pixels begin at ``at``.

    Telephones put a second one behind it, or a film, each with notes of its own.
    """
    while found := _SIGN.search(data, at):
        at = found.start()
        if data[at + 1] == _END:
            return at + 2
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + length
    return len(data)


def _held(orientation: int) -> bytes:
    """Return a block that says how a camera was held and nothing else."""
    if orientation == 1:
        return b""
    entry = struct.pack(">HHHIHHI", 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
    body = _EXIF_NAME + b"MM\0*" + struct.pack(">I", 8) + entry
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _bare_png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            return data
        if name[:1].isupper() or name in _PNG_LOOKS:
            kept.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)


def _bare_webp(data: bytes) -> bytes:
    kept, at = [], 12
    while at < len(data):
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            return data
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_FLAGS,)) + chunk[9:]
        if name in _WEBP_LOOKS:
            kept.append(chunk)
        at = end
    whole = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole


def _bare_gif(data: bytes) -> bytes:
    """Keep the frames and their timing (GIF89a specification, 1990, 17-26)."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != _GIF_END:
        start = at
        if data[at] == _GIF_FRAME:
            at = _blocks_end(data, at + 11 + _colours(data[at + 9]))
            kept.append(data[start:at])
        elif data[at] == _GIF_MORE:
            at = _blocks_end(data, at + 2)
            if data.startswith(_GIF_LOOKS, start + 1):
                kept.append(data[start:at])
        else:
            return data
    return b"".join((*kept, data[at : at + 1]))


def _colours(flags: int) -> int:
    """Return the bytes that a table of colours takes; 0 where the flags tell of none."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """Return where the blocks that begin at ``at`` end: each tells its length, the last is 0."""
    while data[at]:
        at += 1 + data[at]
    return at + 1
