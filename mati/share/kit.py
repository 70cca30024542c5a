"""A survey's address and words in a language in; what its owner posts, prints and pastes, out."""

from __future__ import annotations

import base64
from html import escape
from urllib.parse import urlencode

import segno

from mati.model import Kit, Output, ShareImage, led, ways

__all__ = ["CHANNELS", "kit"]

CHANNELS = ("facebook", "messenger", "whatsapp", "telegram", "line", "email", "sms", "web")
"""Where a link may be posted, as ``via`` names it."""
_DEBUGGER = "https://developers.facebook.com/tools/debug/"
_SVG = "http://www.w3.org/2000/svg"
_PNG_SCALE = 16
"""Pixels of a module: 41 of them make 656, sharp at 5 cm in print."""
_QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004, 6.3.8)."""


def kit(
    *, language: str, title: str, text: str, address: str, embed: str, folder: str,
    image: ShareImage | None,
) -> Kit:  # fmt: skip
    """Return the kit of one language.

    ``address`` is the form's, ``embed`` that of the script for other websites, both absolute;
    ``folder`` is where the files of the kit stand, from the root of the site.
    """
    code = segno.make(led(address, "qr"), error="m", micro=False)
    vector = code.svg_inline(border=_QUIET, omitsize=True, svgclass=None, lineclass=None)
    picture = code.png_data_uri(border=_QUIET, scale=_PNG_SCALE).partition(",")[2]
    printed = code.svg_inline(border=_QUIET, scale=_PNG_SCALE, light="#fff").replace(
        "<svg ", f'<svg xmlns="{_SVG}" ', 1
    )
    files = (
        Output(path=f"{folder}qr-{language}.svg", content=printed.encode()),
        Output(path=f"{folder}qr-{language}.png", content=base64.b64decode(picture)),
    )
    posted = led(address, "facebook")
    return Kit(
        language=language,
        title=title,
        text=text,
        address=address,
        image=image,
        post="\n\n".join(filter(None, (title, text, posted))),
        message=f"{title}\n{led(address, 'messenger')}",
        ways=ways(address, title, CHANNELS),
        qr=vector,
        files=files,
        snippet=f'<a data-mati href="{escape(led(address, "web"))}">{escape(title)}</a>\n'
        f'<script async src="{escape(embed)}"></script>',
        debugger=f"{_DEBUGGER}?{urlencode({'q': address})}",
    )
