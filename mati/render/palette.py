"""The shop's accent colour in, the colours of light and dark pages out, readable for sure."""

from __future__ import annotations

from mati.model import mix, nearest, readable, tint

__all__ = ["accent_css", "band_colours"]

DARK = "#1a2224"
OWN_BAND = ("#0a655c", "#0d2f2b")


def band_colours(accent: str) -> tuple[str, str]:
    """Return the colour of the band at the top in light and in dark; ``accent`` "" is our own."""
    if not accent:
        return OWN_BAND
    return nearest(accent, ("#ffffff",)), mix(accent, "#111718", 0.72)


def accent_css(accent: str) -> str:
    """Return the CSS that lays ``accent`` (``#rrggbb``) over our own colours; "" for none.

    A colour too pale or too dark to read is made darker on light pages, lighter on dark ones.
    """
    if not accent:
        return ""
    band, dark_band = band_colours(accent)
    dark_tint = mix(accent, DARK, 0.72)
    light = readable(accent)
    dark = nearest(accent, (DARK, dark_tint))
    return (
        f":root{{--accent:{light};--tint:{tint(accent)};--band:{band}}}"
        "@media screen and (prefers-color-scheme:dark){"
        f":root{{--accent:{dark};--on:#111718;--tint:{dark_tint};--band:{dark_band}}}}}"
    )
