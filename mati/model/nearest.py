"""A colour in, the one most like it that can be read out.

Likeness is measured in Oklab (B. Ottosson, "A perceptual color space for image processing",
2020), as CSS Color 4 does: a step there looks equally large whatever the colour. To mix in black
or white instead greys a colour and turns its hue.
"""

from __future__ import annotations

import math
from functools import cache

from mati.model.colours import (
    CARD,
    LEAST,
    PAPER,
    from_lights,
    lights,
    luminance,
    reads,
    tint,
)

__all__ = ["distance", "nearest", "readable"]

Triple = tuple[float, float, float]

_STRENGTHS = 48
"""How many strengths of a colour are tried; finer ones differ by less than eyes can see."""
_HALVINGS = 16
_NUDGES = 8
_ROOM = 1e-4
"""How far rounding may lead out of the colours a screen has."""


def _oklab(parts: Triple) -> Triple:
    red, green, blue = parts
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def distance(one: str, other: str) -> float:
    """Return how different two colours look: 0 for the same, 1 for black and white."""
    return math.dist(_oklab(lights(one)), _oklab(lights(other)))


@cache
def nearest(colour: str, grounds: tuple[str, ...]) -> str:
    """Return the colour most like ``colour``, of its hue, that can be read on ``grounds``.

    One that can be read comes back as it is. ``grounds`` are all light or all dark; where nothing
    can be read on all of them, it is black or white.
    """
    if reads(colour, grounds):
        return colour
    bound, darker = _bound(grounds)
    _, a, b = _oklab(lights(colour))
    tried = (
        _at(bound, a * step / _STRENGTHS, b * step / _STRENGTHS, darker=darker)
        for step in range(_STRENGTHS + 1)
    )
    good = (found for found in tried if found and reads(found, grounds))
    end = "#000000" if darker else "#ffffff"
    return min(good, key=lambda found: distance(found, colour), default=end)


def _bound(grounds: tuple[str, ...]) -> tuple[float, bool]:
    """Return the luminance where contrast suffices, and whether darker colours are beyond it."""
    known = [luminance(lights(ground)) for ground in grounds]
    below = (min(known) + 0.05) / LEAST - 0.05
    return (below, True) if below >= 0 else ((max(known) + 0.05) * LEAST - 0.05, False)


def _at(bound: float, a: float, b: float, *, darker: bool) -> str:
    """Return the colour of this tint whose luminance just keeps to ``bound``; "" for none."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if luminance(_from_oklab((middle, a, b))) > bound:
            high = middle
        else:
            low = middle
    # A screen has only so many colours: the first beyond the bound may be some steps away.
    for step in range(_NUDGES):
        parts = _from_oklab((low - step / 500 if darker else high + step / 500, a, b))
        if not all(-_ROOM <= part <= 1 + _ROOM for part in parts):
            continue
        found = from_lights(parts)
        if (luminance(lights(found)) <= bound) is darker:
            return found
    return ""


def readable(accent: str) -> str:
    """Return the colour most like ``accent`` that can be read on a light page.

    White letters on it can be read, too, and it can be read on its own tint, so that a colour
    which was offered is not found pale itself.
    """
    shade = nearest(accent, (PAPER, CARD))
    while not reads(shade, (tint(shade),)):
        shade = nearest(accent, (PAPER, CARD, tint(shade)))
    return shade
