"""A colour in, a share card without words out: for whoever builds without the extra ``print``.

It is drawn and packed here, as PNG with a palette (W3C "Portable Network Graphics", third
edition), because a picture library would weigh more than all of Mati. Same bytes every time.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from functools import lru_cache

from mati.model import mix
from mati.share.cards import HEIGHT, WIDTH
from mati.share.shades import shades

__all__ = ["neutral"]

_LINES = 4
"""Lines per row of pixels at which an edge is looked at."""
_STEPS = 16
"""Mixtures between two colours along an edge."""

Span = tuple[float, float]
Cut = Callable[[float], Span | None]
"""Where a line at a height cuts a shape: its left and right end, None beside it."""
Shape = tuple[float, float, Cut]
"""Where a shape begins and ends from top to bottom, and how it is cut between."""


@lru_cache(maxsize=64)
def neutral(accent: str = "") -> bytes:
    """Return a PNG of 1200 x 630 pixels in the colours of an accent ``#rrggbb``; "" is our own.

    A speech bubble with the five answers of a scale, from pale to strong.
    """
    tones = shades(accent)
    canvas = _Canvas(tones.ground)
    for shift, colour in ((14, tones.soft), (0, tones.sheet)):
        canvas.lay(_rounded(64 + shift, 62 + shift, 1136 + shift, 500 + shift, 48), colour)
        canvas.lay(_tail(144 + shift, 499 + shift, 256 + shift, 138 + shift, 568 + shift), colour)
    for step in range(5):
        colour = mix(tones.sheet, tones.accent, 0.24 + 0.19 * step)
        canvas.lay(_circle(600 + (step - 2) * 186, 281, 58), colour)
    return canvas.png()


class _Canvas:
    """Rows of places in a palette that grows as colours mix."""

    def __init__(self, ground: str) -> None:
        self._places = {ground: 0}
        self._mixed: dict[tuple[int, str, int], int] = {}
        self._rows = [bytearray(WIDTH) for _ in range(HEIGHT)]

    def lay(self, shape: Shape, colour: str) -> None:
        """Lay a shape over what is there, its edges smooth."""
        top, bottom, cut = shape
        for number in range(math.floor(top), math.ceil(bottom)):
            row = self._rows[number]
            cuts = [cut(number + (line + 0.5) / _LINES) for line in range(_LINES)]
            spans = [span for span in cuts if span]
            if not spans:
                continue
            first = math.floor(min(left for left, _ in spans))
            last = math.ceil(max(right for _, right in spans))
            start, end = last, last
            if len(spans) == _LINES:
                start = min(math.ceil(max(left for left, _ in spans)), last)
                end = max(math.floor(min(right for _, right in spans)), start)
                row[start:end] = bytes((self._place(colour),)) * (end - start)
            for pixel in (*range(first, start), *range(end, last)):
                self._mix(row, pixel, colour, _covered(spans, pixel))

    def _mix(self, row: bytearray, pixel: int, colour: str, share: float) -> None:
        step = round(share * _STEPS)
        if step:
            wanted = (row[pixel], colour, step)
            if wanted not in self._mixed:
                under = list(self._places)[row[pixel]]
                self._mixed[wanted] = self._place(mix(under, colour, step / _STEPS))
            row[pixel] = self._mixed[wanted]

    def _place(self, colour: str) -> int:
        return self._places.setdefault(colour, len(self._places))

    def png(self) -> bytes:
        """Return the picture as a file."""
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        palette = b"".join(bytes.fromhex(colour[1:]) for colour in self._places)
        rows = b"".join(b"\0" + row for row in self._rows)
        parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 6)))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def _covered(spans: list[Span], pixel: int) -> float:
    """Return how much of a pixel lies inside, 0 to 1."""
    inside = (min(right, pixel + 1) - max(left, pixel) for left, right in spans)
    return sum(max(part, 0) for part in inside) / _LINES


def _circle(x: float, y: float, radius: float) -> Shape:
    def cut(height: float) -> Span | None:
        rest = radius**2 - (height - y) ** 2
        return (x - math.sqrt(rest), x + math.sqrt(rest)) if rest > 0 else None

    return y - radius, y + radius, cut


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    def cut(height: float) -> Span | None:
        if not top < height < bottom:
            return None
        away = max(top + radius - height, height - bottom + radius, 0)
        inset = radius - math.sqrt(radius**2 - away**2)
        return left + inset, right - inset

    return top, bottom, cut


def _tail(left: float, top: float, right: float, tip: float, bottom: float) -> Shape:
    def cut(height: float) -> Span | None:
        if not top < height < bottom:
            return None
        down = (height - top) / (bottom - top)
        return left + (tip - left) * down, right + (tip - right) * down

    return top, bottom, cut
