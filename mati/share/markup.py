"""Values in, typst source out that holds them as values: no text of a user is ever markup.

Also what card and poster share in typst: to fit words into a box, to cut them at a word border,
to place boxes from either side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mati.share.letters import drawable
from mati.share.words import Piece, Segment, clean, pieces

__all__ = ["FITTING", "Value", "document", "families", "quote", "reach", "said", "value"]

Value = str | bytes | int | float | bool | Piece | Sequence["Value"] | Mapping[str, "Value"]

# How far ink reaches above and below the line, in sizes of the letters: measured over the words
# of the sample surveys and of Mati, Regular and Bold; the fonts themselves claim less.
_USUAL = (0.95, 0.26)
_TALL = (
    (re.compile("[\u01cd-\u0233\u0300-\u036f\u1e00-\u1eff]"), (1.1, 0.33)),
    (re.compile("[\u1780-\u17ff]"), (1.0, 0.58)),
    (re.compile("[\u0e80-\u0eff]"), (1.16, 0.48)),
)
_FAMILIES = {"km": "Noto Sans Khmer", "lo": "Noto Sans Lao"}
_LATIN = "Noto Sans"
_CODE = re.compile("[A-Za-z]{2,3}(?![A-Za-z0-9])")
_MOST = 600
"""Signs of a text that can matter: more never find room."""

# typst's model parts these Lao letters from their own vowels and tones, where no joiner can stand.
_PARTED = re.compile("[\u0ea3\u0eca-\u0ecd]")
_WHOLE = r"""
#let lao = "[\u{e80}-\u{eff}\u{2060}]*"
#show regex(lao + "[\u{ea3}\u{eca}-\u{ecd}]" + lao): it => box(it)
"""

FITTING = r"""
#set text(font: data.fonts, lang: data.language, dir: if data.rtl { rtl } else { ltr },
  fallback: false, hyphenate: false)
#set par(leading: 0pt, spacing: 0pt, justify: false)

// Half as high as letters stand: what a line is set by beside a shape, in every script alike.
#let middle = 0.34

#let rows(body, line, width) = int(calc.round(measure(block(width: width, body)).height / line))
// Words in so many sizes of the letters; what is too long for a line comes apart between letters.
#let parts(pieces, breadths, most) = pieces.zip(breadths).map(((piece, breadth)) => {
  if type(piece) == str { (piece,) } else if breadth <= most { (piece.at(0),) }
  else { piece.at(1).split("\u{200b}").map(part => part + "\u{200b}") }
}).flatten()

// The first so many words; where some are left away, three dots own up to it.
#let cut(words, count) = if count == words.len() { words.join() } else {
  let kept = if count == 0 { "" } else { words.slice(0, count).join() }
  kept.trim(regex("[\s\u{200b}\u{2060},;:.·–—(&/។៖-]+"), at: end) + "…"
}

#let longest(words, dress, line, width, most) = {
  let (low, high) = (0, words.len())
  while low < high {
    let middle = calc.ceil((low + high) / 2)
    if rows(dress(cut(words, middle)), line, width) <= most { low = middle }
    else { high = middle - 1 }
  }
  low
}

// The narrowest width that needs no more lines: they come out about equally long.
#let balanced(body, line, width, least, count) = {
  let (low, high) = (calc.min(least, width), width)
  if count == 1 { return width }
  for _ in range(4) {
    let middle = (low + high) / 2
    if rows(body, line, middle) <= count { high = middle } else { low = middle }
  }
  high
}

// Words in the first of these steps (size, number of lines) that keeps them whole within width and
// height; where none does, as many words as the last one has room for.
#let fit(said, steps, width, height, weight: 400, fill: black, even: false) = {
  let (pieces, (up, down)) = (said.pieces, said.reach)
  let none-of = (height: 0pt, rows: 0, top: 0pt, up: 0pt, down: 0pt)
  let nothing = (body: [], size: 0pt, width: width, ..none-of)
  if pieces.len() == 0 { return nothing }
  let dress(size, it) = text(size: size, weight: weight, fill: fill,
    top-edge: up * 1em, bottom-edge: -down * 1em, it)
  // Measured once and scaled: how broad a word that may be too long is, and the whole text.
  let breadth(it) = measure(dress(100pt, it)).width / 100pt
  let breadths = pieces.map(piece => if type(piece) == str { 0 } else { breadth(piece.at(0)) })
  let whole = breadth(parts(pieces, breadths, calc.inf).join())
  let broadest = calc.max(..breadths)
  for (size, most) in steps {
    let last = (size, most) == steps.last()
    let line = size * (up + down)
    let room = calc.min(most, int(calc.floor(height / line + 0.001)))
    if not last and (broadest * size > width or whole * size > room * width) { continue }
    let said = parts(pieces, breadths, width / size)
    let short = whole * size < width - 0.5pt
    let count = if short { 1 } else { rows(dress(size, said.join()), line, width) }
    if count > room and not last { continue }
    if room < 1 { return nothing }
    let kept = said.len()
    let least = calc.max(broadest, whole / count) * size
    if count > room {
      kept = longest(said, dress.with(size), line, width, room)
      count = rows(dress(size, cut(said, kept)), line, width)
      least = broadest * size
    }
    let body = dress(size, cut(said, kept))
    let narrow = if even { balanced(body, line, width, least, count) } else { width }
    return (body: body, size: size, width: narrow, height: count * line, rows: count,
      top: up * size, up: (up - data.usual.at(0)) * size, down: (down - data.usual.at(1)) * size)
  }
}

// Scripts with much above and below the line bring distance of their own.
#let gap(most, above, below) = {
  if below.rows == 0 { 0pt } else { calc.max(most / 3, most - above.down - below.up) }
}

// A box whose start, not its left, is so far from where a line begins.
#let side(x, width) = if data.rtl { data.wide * 1pt - x - width } else { x }
#let put(x, y, width, body) = place(top + left, dx: side(x, width), dy: y,
  block(width: width, align(start, body)))

// A sign on a plate of its own, so that it is seen on any colour; how broad the plate is.
#let plate-width(sign, height) = calc.max(sign.width + height * 0.24, height)
#let plate(x, middle, sign, height, fill) = {
  let (width, high) = (plate-width(sign, height), sign.height)
  put(x, middle - height / 2, width,
    rect(width: 100%, height: height, radius: height * 0.2, fill: fill))
  put(x + (width - sign.width) / 2, middle - high / 2, sign.width,
    image(sign.image, width: sign.width, height: high, fit: "stretch"))
}
#let told(x, y, fitted) = (
  x: side(x, fitted.width).pt(), y: y.pt(),
  width: fitted.width.pt(), height: fitted.height.pt(), rows: fitted.rows, size: fitted.size.pt(),
)
"""


def quote(text: str) -> str:
    """Return a text as a string of typst: whatever it says, it is only said."""
    seen = (
        char if char.isprintable() and char not in '"\\' else f"\\u{{{ord(char):x}}}"
        for char in text
    )
    return '"' + "".join(seen) + '"'


def value(given: Value) -> str:
    """Return a value as typst writes it; a piece is a string, or two where it can be loosened."""
    match given:
        case bool() | int() | float():
            return str(given).lower() if isinstance(given, bool) else f"{given:g}"
        case str():
            return quote(given)
        case bytes():
            return f"bytes(({''.join(f'{each},' for each in given)}))"
        case Piece():
            return value((given.text, given.loose)) if given.loose else quote(given.text)
        case Mapping():
            inside = ", ".join(f"{quote(key)}: {value(each)}" for key, each in given.items())
            return f"({inside or ':'})"
        case _:
            return "(" + "".join(f"{value(each)}, " for each in given).rstrip() + ")"


def families(language: str) -> tuple[str, ...]:
    """Return the fonts of a text in this language, that of its own letters first.

    A word is then shaped in one go; with another font first it would come apart at its joiners.
    """
    own = _FAMILIES.get(language.partition("-")[0], _FAMILIES["km"])
    return (own, *(each for each in _FAMILIES.values() if each != own), _LATIN)


def reach(text: str) -> tuple[float, float]:
    """Return how far the ink of a text reaches above and below the line, in letter sizes."""
    tall = [_USUAL, *(edges for letters, edges in _TALL if letters.search(text))]
    return max(up for up, _ in tall), max(down for _, down in tall)


def said(text: str, segment: Segment, letters: frozenset[int]) -> dict[str, Value]:
    """Return a text as ``fit`` takes it: clean, in pieces, with the reach of its ink.

    ``segment`` parts it into words, ``letters`` are the code points the fonts know.
    """
    line = clean(drawable(text[:_MOST], letters))
    return {"pieces": pieces(line, segment), "reach": reach(line)}


def document(body: str, language: str, **values: Value) -> str:
    """Return a whole document: ``values`` as ``data``, the functions of this module, ``body``."""
    known: dict[str, Value] = {
        **values,
        "language": found[0].lower() if (found := _CODE.match(language)) else "en",
        "fonts": families(language),
        "usual": _USUAL,
    }
    data = value(known)
    whole = _WHOLE if _PARTED.search(data) else ""  # it takes time, and few words need it
    return f"#let data = {data}\n{FITTING}{whole}{body}"
