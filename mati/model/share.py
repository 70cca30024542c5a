"""What a page is passed on with: the picture where somebody posts a link, words, codes."""

from __future__ import annotations

from dataclasses import dataclass

from mati.model.pages import Output
from mati.model.ways import Way

__all__ = ["Kit", "ShareImage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareImage:
    """One picture: ``address`` from the root of the site, pixels, what it says.

    ``alt`` is plain text in the page's language; "" where the picture says nothing.
    """

    address: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """All that one language of a survey is passed on with; texts are plain.

    ``post`` is for a page, ``message`` for a chat; ``qr`` an SVG to stand in a page. ``files``
    stand beside the page of the kit: ``qr-km.svg``, ``qr-km.png``.
    """

    language: str
    title: str
    text: str
    address: str
    image: ShareImage | None
    post: str
    message: str
    ways: tuple[Way, ...]
    qr: str
    files: tuple[Output, ...]
    snippet: str
    debugger: str
    posters: tuple[tuple[str, str], ...] = ()
    """Sizes of paper, and the files beside the page."""
