"""The accent colour of a theme in, the colours of a card or a poster out, each readable."""

from __future__ import annotations

from dataclasses import dataclass

from mati.model import contrast, mix, nearest, tint
from mati.model.colours import lights, luminance

__all__ = ["OWN", "Shades", "shades"]

OWN = "#0a655c"
"""Mati's own ground, that of the band on its pages."""

INK, WHITE = "#1b2426", "#ffffff"
_BRIGHT = 0.42
"""Luminance from which on a colour stays as bright as it is and carries dark letters."""
_PALE = 1.24
"""Contrast of the ground to the sheet below which the speech bubble would not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """Colours ``#rrggbb``: what is written, and what it is written on."""

    ground: str
    """The whole card."""
    on_ground: str
    """The shop's name there."""
    soft: str
    """Shapes on the ground that nothing is written on or that only decorate."""
    sheet: str
    """The speech bubble."""
    ink: str
    """The title there."""
    faint: str
    """The line of text there."""
    accent: str
    """A figure there, and on ``tint``."""
    tint: str
    """The field of a figure."""
    on_tint: str
    """The words of a figure there."""


def shades(accent: str) -> Shades:
    """Return the colours for an accent ``#rrggbb``; "" is Mati's own.

    A bright accent stays and is written on in dark letters, a hair
    darker where the white sheet would be lost on it; any other is made dark enough for
    white ones, in its own hue. Made dark, yellow would be brown.
    """
    colour = accent or OWN
    bright = luminance(lights(colour)) > _BRIGHT
    ground = nearest(colour, (INK if bright else WHITE,))
    while contrast(ground, WHITE) < _PALE:
        ground = mix(ground, INK, 0.02)
    field = mix(colour, WHITE, 0.6) if bright else tint(colour)
    return Shades(
        ground=ground,
        on_ground=INK if bright else WHITE,
        soft=mix(ground, INK if bright else WHITE, 0.09),
        sheet=WHITE,
        ink=INK,
        faint=nearest("#55636a", (WHITE,)),
        accent=INK if bright else nearest(colour, (WHITE, field)),
        tint=field,
        on_tint=nearest(INK, (field,)),
    )
