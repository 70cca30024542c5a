"""Colours ``#rrggbb`` in; how well one is read on another, and mixtures of them, out."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "CARD",
    "LEAST",
    "PAPER",
    "contrast",
    "from_lights",
    "lights",
    "luminance",
    "mix",
    "reads",
    "tint",
]

LEAST = 4.6
"""Contrast that text needs (WCAG 2.2, 1.4.3 asks for 4.5), with a little to spare."""

PAPER, CARD = "#f7f5f0", "#ffffff"
Lights = tuple[float, float, float]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def lights(colour: str) -> Lights:
    """Return how much red, green and blue light a colour gives, 0 to 1 (sRGB, IEC 61966-2-1)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return red, green, blue


def from_lights(parts: Lights) -> str:
    """Return the colour nearest to what ``lights`` gives; beyond 0 to 1 counts as the end."""

    def channel(light: float) -> int:
        light = min(max(light, 0), 1)
        share = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004
        return round(share * 255)

    return "#" + "".join(f"{channel(part):02x}" for part in parts)


def luminance(parts: Lights) -> float:
    """Return the relative luminance (WCAG 2.2, definition of that name)."""
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(lights(one)), luminance(lights(other))))
    return (high + 0.05) / (low + 0.05)


def reads(colour: str, grounds: Iterable[str]) -> bool:
    """Tell whether ``colour`` can be read on each of ``grounds``."""
    return all(contrast(colour, ground) >= LEAST for ground in grounds)


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with a share (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def tint(accent: str) -> str:
    """Return the ground of what is chosen, on a light page."""
    return mix(accent, CARD, 0.88)
