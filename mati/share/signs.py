"""The picture a shop is known by in, its place beside the shop's name on cards and posters out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from mati.share.markup import Value

__all__ = ["Sign", "plate"]

_LARGEST = 4_000_000
"""Pixels of a sign that is drawn: each is opened whole, 4 bytes a pixel."""
_HEAVIEST = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A picture: ``name`` changes with its bytes; ``width`` and ``height`` are pixels as shown."""

    name: str
    content: bytes = field(repr=False)
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Whether it is small enough to be drawn on every card of a site."""
        small = self.width * self.height <= _LARGEST
        return small and 0 < len(self.content) <= _HEAVIEST

    @property
    def file(self) -> str:
        """The name of the file that typst reads it from, made of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def plate(sign: Sign | None, width: float, height: float) -> Mapping[str, Value]:
    """Return a sign as typst takes it, as large as ``width`` and ``height`` allow; {} for none.

    Its bytes are to lie at the root under the name ``file``: written into the source, each would
    be parsed as a number.
    """
    if sign is None:
        return {}
    scale = min(width / sign.width, height / sign.height)
    return {"image": f"/{sign.file}", "width": sign.width * scale, "height": sign.height * scale}
