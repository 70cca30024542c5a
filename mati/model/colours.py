"""Colours ``#rrggbb`` in; how well one is read on another, and a shade that can be read, out."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["contrast", "mix", "readable", "tint", "towards"]

LEAST = 4.6
"""Contrast that text needs (WCAG 2.2, 1.4.3 asks for 4.5), with a little to spare."""

PAPER, CARD = "#f7f5f0", "#ffffff"
STEPS = 100


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, definition of that name)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with a share (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def towards(colour: str, other: str, against: Iterable[str]) -> str:
    """Mix as little of ``other`` into ``colour`` as lets it be read on each of ``against``."""
    grounds = tuple(against)
    steps = (mix(colour, other, step / STEPS) for step in range(STEPS + 1))
    good = (c for c in steps if all(contrast(c, ground) >= LEAST for ground in grounds))
    return next(good, other)


def tint(accent: str) -> str:
    """Return the ground of what is chosen, on a light page."""
    return mix(accent, CARD, 0.88)


def readable(accent: str) -> str:
    """Return the nearest shade of ``accent`` that can be read on a light page.

    A shade has the same hue with black in it. White letters on it can be read, too, and it can
    be read on its own tint, so that a shade which was offered is not found pale itself.
    """
    shades = (mix(accent, "#000000", step / STEPS) for step in range(STEPS + 1))
    return next(
        shade
        for shade in shades
        if all(contrast(shade, ground) >= LEAST for ground in (PAPER, CARD, tint(shade)))
    )
