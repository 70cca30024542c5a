"""The theme of a project and its surveys in; what it changes in a page's style out.

What nobody set costs no page a byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mati.model import Picture, Settings
from mati.render.palette import accent_css, band_colours

__all__ = ["FACES", "Face", "Looks"]

_RADIUS = re.compile(r"border-radius:([0-9.]+)rem")
_SCALES = {"none": 0.0, "small": 0.4, "medium": 1.0, "large": 1.8}
"""How much rounder corners are than ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One file of letters: the language it is for, its weight, which letters it holds."""

    language: str
    weight: int
    file: str
    letters: str
    """As CSS names ranges of Unicode."""


FACES = tuple(
    Face(language=code, weight=weight, file=f"{script}-{weight}.woff2", letters=letters)
    for code, script, letters in (
        ("km", "khmer", "U+1780-17DB,U+17E0-17E9,U+200B-200D,U+25CC"),
        ("lo", "lao", "U+0E81-0EDD,U+200B-200D,U+25CC"),
    )
    for weight in (400, 700)
)
"""Noto Sans Khmer and Noto Sans Lao, cut by ``scripts/fonts.py`` to what is written today.

U+200B parts words unseen; it comes from the same file, else a word would be drawn in two fonts.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What pages look like: the project's settings, those of surveys by name, and letters.

    ``letters`` maps the file of a ``Face`` to its address from the root of the site; empty
    where the devices' own letters are used.
    """

    project: Settings = field(default_factory=Settings)
    surveys: Mapping[str, Settings] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def of(self, survey: str) -> Settings:
        """Return the settings of a survey's pages, the project's own for those of none."""
        return self.surveys.get(survey, self.project)

    def logo(self, survey: str) -> Picture | None:
        """Return the sign of the shop that stands at the top; None without one."""
        found = self.of(survey).logo
        return found if found and found.address else None

    def band(self, survey: str) -> tuple[str, str]:
        """Return the colour of the band at the top in light and in dark."""
        return band_colours(self.of(survey).accent)

    def css(self, survey: str) -> str:
        """Return the CSS that lays a theme over our own colours."""
        return accent_css(self.of(survey).accent)

    def shaped(self, survey: str, css: str) -> str:
        """Return ``css`` with corners as round as the theme wants them."""
        scale = _SCALES[self.of(survey).radius]
        if scale == 1:
            return css
        return _RADIUS.sub(lambda m: f"border-radius:{float(m[1]) * scale:g}rem", css)

    def faces(self, survey: str, root: str) -> str:
        """Return the CSS that names our own letters; ``root`` leads to the root of the site.

        They are fetched only by pages that show such letters, and words never wait for them. The
        names of the other languages, which are links in a language of their own, are drawn with
        the device's letters: no file is worth one word. Nothing is fetched ahead: over 400 kbit/s
        the letters would come 0.2 s sooner and the first words 0.1 s later.
        """
        if not (self.of(survey).bundled_font and self.letters):
            return ""
        rules = (
            f"@font-face{{font-family:Mati;font-weight:{face.weight};font-display:swap;"
            f"src:url({root}{self.letters[face.file]});unicode-range:{face.letters}}}"
            for face in FACES
        )
        plain = "[lang][href]{font-family:system-ui,sans-serif}"
        return "".join(rules) + "html{font-family:Mati,system-ui,sans-serif}" + plain
