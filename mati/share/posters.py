"""What hangs on the wall of a shop in, the typst source of a sheet to print out.

The survey's title in the speech bubble of the cards, below it a code to scan and the same
address as text, for those whose telephone cannot read one.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from urllib.parse import quote

from mati.share.markup import Value, document, reach, said
from mati.share.shades import shades
from mati.share.signs import Sign, plate
from mati.share.words import SPACE, Piece, Segment, clean

__all__ = ["PAPERS", "Poster", "poster_source"]

PAPERS = ("a4", "a5")

_URL = re.compile(r"https?://\S{1,2000}")

_WIDTHS = {"a4": 210, "a5": 148}
"""Millimetres (ISO 216)."""
_SIGN = (42, 10.6)
"""Millimetres a sign may be broad and high on A4."""
_BREAK = re.compile(r"(?<=[/?-])(?=[^/?-])")
"""Where lines of an address break by themselves (UAX 14, SY, EX and HY)."""

_POSTER = r"""
// All lengths are those of A4; a smaller sheet is the same, smaller.
#let unit = data.scale
#let mm(length) = length * unit * 1mm
#let sizes(rows, ..points) = points.pos().map(size => (size * unit * 1pt, rows))
#let tone = data.shades.pairs().map(((name, hex)) => (name, rgb(hex))).to-dict()
#set page(paper: data.paper, margin: 0pt)
#set document(title: data.name, date: none)
#show heading: it => it.body
#let shape(corners, fill) = place(top + left, polygon(fill: fill, stroke: none,
  ..corners.map(((x, y)) => (if data.rtl { mm(210) - mm(x) } else { mm(x) }, mm(y)))))
#let box-at(x, y, width, height, radius, fill) = put(mm(x), mm(y), mm(width),
  rect(width: 100%, height: mm(height), radius: mm(radius), fill: fill))

#let tip = if data.sign.len() > 0 { 113 } else { 115.5 } // above the plate of a sign

#pdf.artifact({
  box-at(12, 12, 186, 126, 9, tone.ground)
  for (shift, fill) in ((2.2, tone.soft), (0, tone.sheet)) {
    box-at(22 + shift, 22 + shift, 166, 84, 7.5, fill)
    shape(((34, 105), (49.5, 105), (33, tip)).map(((x, y)) => (x + shift, y + shift)), fill)
  }
  for step in range(5) {
    let share = 30% + step * 17.5%
    put(mm(144.5 + step * 9.6), mm(120), mm(5.1), circle(radius: mm(2.55),
      fill: color.mix((tone.on_ground, share), (tone.ground, 100% - share), space: rgb)))
  }
})
#context {
  let large = (..sizes(1, 84, 74, 64), ..sizes(2, 56, 50, 46))
  let title = fit(data.title, (..large, ..sizes(3, 42, 38, 34), ..sizes(4, 30, 26)), mm(144),
    mm(72), weight: 700, fill: tone.ink, even: true)
  let headed = if title.rows > 0 { heading(level: 1, title.body) }
  put(mm(33), mm(64) - title.height / 2, title.width, headed)
  let start = mm(33)
  if data.sign.len() > 0 {
    let sign = (..data.sign, width: mm(data.sign.width), height: mm(data.sign.height))
    pdf.artifact(plate(start, mm(122.6), sign, mm(14), tone.sheet))
    start += plate-width(sign, mm(14)) + mm(4)
  }
  let shop = fit(data.shop, sizes(1, 22, 20, 18, 16), mm(137) - start, mm(30),
    weight: 700, fill: tone.on_ground)
  let shop-y = mm(122.6) + middle * shop.size - shop.top
  put(start, shop-y, shop.width, shop.body)
  let leads(it) = if data.url == "" { it } else { link(data.url, it) }
  put(mm(56), mm(143), mm(98),
    leads(image(bytes(data.code), format: "svg", width: mm(98), height: mm(98), alt: data.alt)))
  let call = fit(data.call, sizes(2, 30, 26, 22, 18), mm(178), mm(26), weight: 700, fill: tone.ink,
    even: true)
  put(mm(105) - call.width / 2, mm(242), call.width, align(center, call.body))
  let address = fit(data.address,
    (..sizes(1, 26, 22, 19), ..sizes(2, 17, 14), ..sizes(4, 12), ..sizes(9, 8, 6)),
    mm(178), mm(285) - mm(245) - call.height, weight: 700, fill: tone.accent, even: true)
  put(mm(105) - address.width / 2, mm(245) + call.height, address.width,
    align(center, text(dir: ltr, leads(address.body))))
  [#metadata((
    title: told(mm(33), mm(64) - title.height / 2, title),
    shop: told(start, shop-y, shop),
    call: told(mm(105) - call.width / 2, mm(242), call),
    address: told(mm(105) - address.width / 2, mm(245) + call.height, address),
  )) <boxes>]
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What stands on a poster, in the words of one language."""

    language: str
    shop: str
    title: str
    call: str
    """What to do: "Scan or open"."""
    address: str
    """The address as people type it."""
    code: bytes
    """The QR code of the address, SVG with its white border."""
    url: str = ""
    """Where a tap on the code or the address leads, for a poster that is sent on as a file."""
    paper: str = "a4"
    """One of ``PAPERS``."""
    accent: str = ""
    """Colour ``#rrggbb`` of the theme; "" for Mati's own."""
    rtl: bool = False
    """Whether the language is written from right to left."""
    sign: Sign | None = None
    """The picture the shop is known by."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written on it in words; an address can always be spelled."""
        return (self.shop, self.title, self.call)


def poster_source(poster: Poster, segment: Segment, letters: frozenset[int]) -> str:
    """Return the typst source of a poster, one page with tags, title and language.

    ``segment`` parts its texts into words, ``letters`` are the code points the fonts know.
    """
    address = _spelled(poster.address, letters)
    steps: tuple[Value, ...] = tuple(_step(part) for part in _BREAK.split(address) if part)
    return document(
        _POSTER,
        poster.language,
        rtl=poster.rtl,
        wide=_WIDTHS[poster.paper] * 72 / 25.4,
        paper=poster.paper,
        scale=_WIDTHS[poster.paper] / _WIDTHS["a4"],
        shades=asdict(shades(poster.accent)),
        name=clean(poster.title) or address,
        shop=said(poster.shop, segment, letters),
        title=said(poster.title, segment, letters),
        call=said(poster.call, segment, letters),
        address={"pieces": steps, "reach": reach(address)},
        code=poster.code.decode("utf-8", "replace"),
        url=poster.url if _URL.fullmatch(poster.url) else "",
        sign=plate(poster.sign, *_SIGN),
        alt=f"{clean(poster.call)} {address}",
    )


def _spelled(address: str, letters: frozenset[int]) -> str:
    """Return an address in which what cannot be drawn, or seen, stands as its bytes (RFC 3986)."""
    return "".join(
        char if ord(char) in letters and not char.isspace() else quote(char, errors="replace")
        for char in address
    )


def _step(part: str) -> Piece:
    """Return a part of an address, which stays on one line while a line is long enough.

    No sign stands between the parts, so that an address copied from the file still leads there.
    """
    return Piece(part, SPACE.join(part) + SPACE)
