"""A survey's address and words in a language in; what its owner posts, prints and pastes, out."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import segno

from mati.model import Kit, Output, ShareImage, led, ways

__all__ = ["CHANNELS", "kit"]

CHANNELS = ("facebook", "messenger", "whatsapp", "telegram", "line", "email", "sms", "web")
"""Where a link may be posted, as ``via`` names it."""
_DEBUGGER = "https://developers.facebook.com/tools/debug/"
_SVG = "http://www.w3.org/2000/svg"
_PNG_SCALE = 16
"""Pixels of a module: 41 of them make 656, sharp at 5 cm in print."""
_QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004, 6.3.8)."""


def _picture(matrix: Iterable[Sequence[int]]) -> bytes:
    """Return a QR code as a PNG of one bit a pixel (W3C, PNG specification, third edition)."""
    rows = [[0] * _QUIET + list(row) + [0] * _QUIET for row in matrix]
    size = len(rows[0])
    white = [[0] * size] * _QUIET
    lines = b"".join(_line(row) * _PNG_SCALE for row in (*white, *rows, *white))
    side = size * _PNG_SCALE
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _line(row: Iterable[int]) -> bytes:
    """Return one line of pixels behind its filter, dark ones 0."""
    bits = "".join("01"[not dark] * _PNG_SCALE for dark in row)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


@lru_cache(maxsize=256)
def _code(address: str) -> tuple[str, bytes, bytes]:
    """Return a QR code for a page, for a printer, and as a picture."""
    code = segno.make(address, error="m", micro=False)
    vector = code.svg_inline(border=_QUIET, omitsize=True, svgclass=None, lineclass=None)
    printed = code.svg_inline(border=_QUIET, scale=_PNG_SCALE, light="#fff").replace(
        "<svg ", f'<svg xmlns="{_SVG}" ', 1
    )
    return vector, printed.encode(), _picture(code.matrix)


def kit(
    *, language: str, title: str, text: str, address: str, embed: str, folder: str,
    image: ShareImage | None,
) -> Kit:  # fmt: skip
    """Return the kit of one language.

    ``address`` is the form's, ``embed`` that of the script for other websites, both absolute;
    ``folder`` is where the files of the kit stand, from the root of the site.
    """
    vector, printed, picture = _code(led(address, "qr"))
    files = (
        Output(path=f"{folder}qr-{language}.svg", content=printed),
        Output(path=f"{folder}qr-{language}.png", content=picture),
    )
    posted = led(address, "facebook")
    return Kit(
        language=language,
        title=title,
        text=text,
        address=address,
        image=image,
        post="\n\n".join(filter(None, (title, text, posted))),
        message=f"{title}\n{led(address, 'messenger')}",
        ways=ways(address, title, CHANNELS),
        qr=vector,
        files=files,
        snippet=f'<a data-mati href="{escape(led(address, "web"))}">{escape(title)}</a>\n'
        f'<script async src="{escape(embed)}"></script>',
        debugger=f"{_DEBUGGER}?{urlencode({'q': address})}",
    )
