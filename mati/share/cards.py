"""What a link is about in, the typst source of the picture shown beside it out.

The shop speaks: its question stands in a speech bubble on the colour of its theme, its name
below. 1200 x 630 pixels are what Facebook asks for ("Images in Link Shares"); X cuts such a
picture to 2:1, so that nothing stands in the outer 15 pixels at top and bottom.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from mati.share.markup import Value, document, said
from mati.share.shades import shades
from mati.share.signs import Sign, plate
from mati.share.words import Segment

__all__ = ["HEIGHT", "WIDTH", "Card", "Figure", "card_source"]

WIDTH, HEIGHT = 1200, 630

_SIGN = (220, 56)
"""Points a sign may be broad and high."""
_NUMBER = re.compile("[0-9.%+\u2212 \u00a0\u202f-]+")
_DIGITS = (0.74, 0.06)
"""How far figures and their signs reach above and below the line."""

_CARD = r"""
#set page(width: 1200pt, height: 630pt, margin: 0pt, fill: rgb(data.shades.ground))
#let tone = data.shades.pairs().map(((name, hex)) => (name, rgb(hex))).to-dict()
#let bubble = (x: 48pt, y: 42pt, width: 1104pt, height: 436pt, pad: 60pt, rim: 40pt)
#let shape(corners, fill) = place(top + left, polygon(fill: fill, stroke: none,
  ..corners.map(((x, y)) => (if data.rtl { 1200pt - x } else { x }, y))))
#let tip = if data.sign.len() > 0 { 516pt } else { 526pt } // above the plate of a sign

#for (shift, fill) in ((12pt, tone.soft), (0pt, tone.sheet)) {
  put(bubble.x + shift, bubble.y + shift, bubble.width,
    rect(width: 100%, height: bubble.height, radius: 40pt, fill: fill))
  shape(((112pt, 470pt), (196pt, 470pt), (108pt, tip)).map(((x, y)) => (x + shift, y + shift)),
    fill)
}
// Five answers, from one end of a scale to the other.
#for step in range(5) {
  let share = 30% + step * 17.5%
  put(916pt + step * 52pt, 549pt, 28pt, circle(radius: 14pt,
    fill: color.mix((tone.on_ground, share), (tone.ground, 100% - share), space: rgb)))
}
"""

_WORDS = r"""
#let sizes(rows, ..points) = points.pos().map(size => (size * 1pt, rows))
#context {
  let (left, width) = (bubble.x + bubble.pad, bubble.width - 2 * bubble.pad)
  let (title-rows, text-rows, word-rows) = data.most
  let boxes = (:)
  if data.figure.len() > 0 {
    let field = (x: bubble.x + 28pt, y: bubble.y + 28pt, width: 392pt, height: bubble.height - 56pt)
    let (start, inner) = (field.x + 26pt, field.width - 52pt)
    put(field.x, field.y, field.width,
      rect(width: 100%, height: field.height, radius: 24pt, fill: tone.tint))
    let number = fit(data.figure.value, sizes(1, 150, 132, 116, 104, 88, 72, 56, 40), inner,
      field.height, weight: 700, fill: tone.accent)
    let said = fit(data.figure.words, sizes(word-rows, 44, 40, 36, 32, 28), inner,
      field.height - number.height - 84pt, fill: tone.on_tint, even: true)
    let between = gap(18pt, number, said)
    let y = field.y + (field.height - number.height - between - said.height) / 2
    let below = (start + (inner - said.width) / 2, y + number.height + between)
    put(start, y, inner, align(center, text(dir: ltr, number.body)))
    put(..below, said.width, align(center, said.body))
    boxes += (value: told(start, y, number), words: told(..below, said))
    left = field.x + field.width + 40pt
    width = bubble.x + bubble.width - 44pt - left
  }
  let tall = bubble.height - 2 * bubble.rim
  let small = (..sizes(calc.min(1, text-rows), 40, 37, 34), ..sizes(text-rows, 32, 29))
  let more = fit(data.text, small, width, tall, fill: tone.faint, even: true)
  let most-between = if more.rows > 0 { 30pt } else { 0pt }
  // What the two will stand apart at least: scripts with tall lines bring distance of their own.
  let (least, usual) = (most-between / 3, data.usual)
  let over(said, size, side) = (said.reach.at(side) - usual.at(side)) * size
  let near = calc.max(least, most-between - over(data.title, 60pt, 1) - over(data.text, 34pt, 0))
  let large = (..sizes(1, 148, 130, 114), ..sizes(calc.min(2, title-rows), 104, 94, 84, 76, 68))
  let title = fit(data.title, (..large, ..sizes(title-rows, 60, 54, 48, 42)), width,
    tall - near - more.height, weight: 700, fill: tone.ink, even: true)
  let between = gap(most-between, title, more)
  let y = bubble.y + (bubble.height - title.height - between - more.height) / 2
  put(left, y, title.width, title.body)
  put(left, y + title.height + between, more.width, more.body)
  boxes += (title: told(left, y, title), text: told(left, y + title.height + between, more))

  let start = 108pt
  if data.sign.len() > 0 {
    let sign = (..data.sign, width: data.sign.width * 1pt, height: data.sign.height * 1pt)
    let width = plate-width(sign, 72pt)
    plate(start, 564pt, sign, 72pt, tone.sheet)
    boxes += (sign: (x: side(start, width).pt(), y: 528, width: width.pt(), height: 72, rows: 1))
    start += width + 20pt
  }
  let shop = fit(data.shop, sizes(1, 40, 36, 32, 29), 868pt - start, 80pt, weight: 700,
    fill: tone.on_ground)
  let y = 564pt + middle * shop.size - shop.top
  put(start, y, shop.width, shop.body)
  boxes += (shop: told(start, y, shop))
  [#metadata(boxes) <boxes>]
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a report and what it counts: "81 %" and "are happy"."""

    value: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on a card, in the words of one language; any text may be as long as it is."""

    language: str
    shop: str
    title: str
    text: str = ""
    """One line below the title."""
    accent: str = ""
    """Colour ``#rrggbb`` of the theme; "" for Mati's own."""
    rtl: bool = False
    """Whether the language is written from right to left."""
    figure: Figure | None = None
    sign: Sign | None = None
    """The picture the shop is known by."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written on it."""
        figure = (self.figure.value, self.figure.words) if self.figure else ()
        return (self.shop, self.title, self.text, *figure)


def card_source(
    card: Card,
    segment: Segment,
    letters: frozenset[int],
    most: tuple[int, int, int] = (3, 2, 3),
) -> str:
    """Return the typst source of a card, for a picture at 72 points an inch.

    ``segment`` parts its texts into words, ``letters`` are the code points the fonts know, ``most``
    the lines of its title, its text and the words of its figure.
    """
    figure: dict[str, Value] = {}
    if card.figure:
        number = said(card.figure.value, segment, letters)
        if _NUMBER.fullmatch(card.figure.value):
            number["reach"] = _DIGITS
        figure = {"value": number, "words": said(card.figure.words, segment, letters)}
    return document(
        _CARD + _WORDS,
        card.language,
        rtl=card.rtl,
        wide=WIDTH,
        most=most,
        shades=asdict(shades(card.accent)),
        shop=said(card.shop, segment, letters),
        title=said(card.title, segment, letters),
        text=said(card.text, segment, letters),
        figure=figure,
        sign=plate(card.sign, *_SIGN),
    )
