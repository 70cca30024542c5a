"""The shop's accent colour in, the colours of light and dark pages out, readable for sure."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["accent_css", "band_colours", "contrast"]

LEAST = 4.6
"""Contrast that text needs (WCAG 2.2, 1.4.3 asks for 4.5), with a little to spare."""

PAPER, CARD, DARK = "#f7f5f0", "#ffffff", "#1a2224"
OWN_BAND = ("#0a655c", "#0d2f2b")
STEPS = 40


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


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _towards(colour: str, other: str, against: Iterable[str]) -> str:
    """Mix ``other`` into ``colour`` until it can be read on each of ``against``."""
    grounds = tuple(against)
    steps = (_mix(colour, other, step / STEPS) for step in range(STEPS + 1))
    good = (c for c in steps if all(contrast(c, ground) >= LEAST for ground in grounds))
    return next(good, other)


def band_colours(accent: str) -> tuple[str, str]:
    """Return the colour of the band at the top in light and in dark; ``accent`` "" is our own."""
    if not accent:
        return OWN_BAND
    return _towards(accent, "#000000", ("#ffffff",)), _mix(accent, "#111718", 0.72)


def accent_css(accent: str) -> str:
    """Return the CSS that lays ``accent`` (``#rrggbb``) over our own colours; "" for none.

    A colour too pale or too dark to read is made darker on light pages, lighter on dark ones.
    """
    if not accent:
        return ""
    band, dark_band = band_colours(accent)
    tint, dark_tint = _mix(accent, CARD, 0.88), _mix(accent, DARK, 0.72)
    light = _towards(accent, "#000000", (PAPER, CARD, tint))
    dark = _towards(accent, "#ffffff", (DARK, dark_tint))
    return (
        f":root{{--accent:{light};--tint:{tint};--band:{band}}}"
        "@media screen and (prefers-color-scheme:dark){"
        f":root{{--accent:{dark};--on:#111718;--tint:{dark_tint};--band:{dark_band}}}}}"
    )
