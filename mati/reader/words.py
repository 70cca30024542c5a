"""Pieces of prose in, translation units out; pipes inside them are understood.

Contexts (msgctxt) are made of the survey's name and where the words stand:

====================================  =====================================================
``S.title``                           title; ``S.intro.p1 …`` the prose below it
``S.page.title``                      heading of a page or ending; ``S.page.p1 …`` its prose
``S.question.label``                  heading of a question
``S.question.help``                   first block of its help text; ``.p2 …`` the further ones
``S.question.option.5``               an answer, or a column of a grid
``S.question.row.polite``             a row of a grid; ``S.question.corner`` its first cell
``S.question.field.name``             a field; ``S.question.placeholder`` of a line
``S.question.end.low``, ``.end.high`` the ends of a scale
``….alt``, ``….alt2 …``               words in place of the picture of an answer or a paragraph
``….1 …``                             entries of a list of prose
``….or``, ``….or2 …``                 what stands after the bar of the first, second … pipe
``S.share.title``, ``S.share.text``   settings; ``site.hidden.branch.pp``, ``site.name`` too
====================================  =====================================================

Pages and questions share one set of ids, and ``intro``, ``share``, ``reward``, ``survey`` are
no ids, so that no two contexts agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from mati.diagnostics import Code
from mati.inline import SCHEMES
from mati.model import LinkUse, Picture, Pipe, Prose, Text
from mati.reader.images import Image, address, image, images
from mati.reader.pieces import Piece, PipeUse, Reading

__all__ = ["make_picture", "make_prose", "make_text"]

_MOST_PIPES = 40
_MOST_LINKS = 100
"""Links of one line that are followed; it bounds the time of hostile input."""
_LINK = re.compile(r"\]\(\s?<?([^\s<>()]+)")
_UNCLOSED = re.compile(r"\[[^\[\]]*\]\([^()\s]*\s*$")
_SPACED = re.compile(r"\[([^\[\]]*)\]\(((?:tel|https?|mailto):[^()\"'\s]*\s[^()\"']*)\)")
_SWAPPED = re.compile(r"\(([^()]{1,80})\)\[((?:https?|mailto|tel):[^\s\[\]]*|[^\s\[\]]+\.md)\]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_STRONG = re.compile(r"(?<![*\\])\*\*(?!\*)(?:(?<=\S..)|(?=\S)|(?<=^..)(?=\S))")
_SINGLE = re.compile(r"(?<!\{)(?<!\\)\{\s*[a-z][a-z0-9_.]*\s*(?:\|[^{}]*)?\}(?!\})")
_TAG = re.compile(r"</?[A-Za-z][^<>:@]*>")


def make_text(
    reading: Reading,
    context: str,
    lines: Piece | tuple[Piece, ...],
    note: str = "",
    *,
    rich: bool = True,
) -> Text:
    """Make one translation unit of one or several lines."""
    pieces = (lines,) if isinstance(lines, Piece) else lines
    pipes: list[Pipe] = []
    if len(pieces) == 1 and "{{" not in pieces[0].text:
        source = pieces[0].text.strip()
    else:
        parts = [
            _with_pipes(reading, context, piece, pipes) if "{{" in piece.text else piece.text
            for piece in pieces
        ]
        source = _joined(parts)
    if "![" in source:
        _check_images(reading, pieces)
    if "](" in source and rich:
        reading.links += _links(reading, pieces)
    if "<" in source:
        _check_html(reading, pieces)
    if ")[" in source and rich:
        _check_swapped(reading, pieces)
    if "**" in source and rich:
        _check_strong(reading, pieces)
    if "{" in source:
        _check_braces(reading, pieces)
    if not source.isascii():
        source = unicodedata.normalize("NFC", source)
    first = pieces[0].strip()
    return Text(
        context=context,
        source=source,
        span=reading.span(first),
        note=note,
        rich=rich,
        pipes=tuple(pipes),
    )


def _joined(parts: list[str]) -> str:
    """Join lines by blanks; two blanks or a backslash at the end of one keep its line end."""
    if len(parts) == 1:
        return parts[0].strip()
    kept = ""
    for part in parts[:-1]:
        words = part.strip()
        breaks = part.endswith("  ") or words.endswith("\\")
        kept += words.removesuffix("\\").rstrip() + ("  \n" if breaks else " ")
    return kept + parts[-1].strip()


def _check_html(reading: Reading, pieces: tuple[Piece, ...]) -> None:
    """Say that HTML is no part of the dialect; addresses and code in Markdown's signs are."""
    for piece in pieces:
        tag = _TAG.search(piece.text) if "`" not in piece.text else None
        if tag:
            place = piece.cut(tag.start(), tag.end())
            reading.note(Code.HTML_IN_TEXT, place, text=place.text[:60])


def _check_swapped(reading: Reading, pieces: tuple[Piece, ...]) -> None:
    """Find ``(words)[address]``, a link with its brackets the other way round."""
    for piece in pieces:
        found = _SWAPPED.search(piece.text)
        if found:
            place, offer = piece.cut(*found.span()), f"[{found[1]}]({found[2]})"
            reading.note(Code.BAD_LINK, place, text=place.text[:60], offer=offer[:80])


def _check_strong(reading: Reading, pieces: tuple[Piece, ...]) -> None:
    """Find a ``**`` without a partner; one between blanks is a sign of its own."""
    found = [
        (piece, match)
        for piece in pieces
        if "`" not in piece.text
        for match in islice(_STRONG.finditer(piece.text), _MOST_LINKS)
    ]
    if len(found) % 2:
        piece, match = found[-1]
        reading.note(Code.UNCLOSED_STRONG, piece.cut(*match.span()))


def _check_braces(reading: Reading, pieces: tuple[Piece, ...]) -> None:
    """Find ``{name|words}``, which was meant as a pipe."""
    for piece in pieces:
        found = _SINGLE.search(piece.text)
        if found:
            place = piece.cut(*found.span())
            offer = f"{{{place.text}}}"
            reading.note(Code.SINGLE_BRACES, place, text=place.text[:60], offer=offer)


def _check_scheme(reading: Reading, place: Piece) -> None:
    """Say that an address is none that a page leads to; the page itself leaves it out."""
    scheme, colon, rest = place.text.partition(":")
    if not colon or "{{" in scheme or not _SCHEME.fullmatch(scheme) or scheme.lower() in SCHEMES:
        return
    known = reading.offer(scheme.lower(), SCHEMES)[0]
    offer = f"{known}:{rest}" if known else f"https://{place.text}" if rest[:1].isdigit() else ""
    reading.note(Code.LINK_SCHEME, place, text=place.text[:60], offer=offer[:60])


def _links(reading: Reading, pieces: tuple[Piece, ...]) -> Iterator[LinkUse]:
    """Yield the targets of links and where they stand; what is only shown as code is none."""
    for piece in pieces:
        for match in islice(_LINK.finditer(piece.text), _MOST_LINKS):
            before = piece.text[: match.start()]
            picture = before[: before.rfind("[")].endswith("!")
            if not picture and before.count("`") % 2 == 0:
                place = piece.cut(match.start(1), match.end(1))
                _check_scheme(reading, place)
                yield LinkUse(match[1], reading.span(place))
        unclosed = _UNCLOSED.search(piece.text)
        if unclosed:
            place = piece.cut(unclosed.start()).strip()
            reading.note(Code.BAD_LINK, place, text=place.text[:60], offer=f"{place.text})"[:80])
        spaced = _SPACED.search(piece.text)
        if spaced:
            place = piece.cut(*spaced.span())
            offer = f"[{spaced[1]}]({''.join(spaced[2].split())})"
            reading.note(Code.BAD_LINK, place, text=place.text[:60], offer=offer[:80])


def _check_images(reading: Reading, pieces: tuple[Piece, ...]) -> None:
    """Say that a picture stands where none is shown: in a sentence, a heading, a table."""
    for piece in pieces:
        found = image(piece.cut(max(0, piece.text.find("!["))))
        if found:
            reading.note(Code.IMAGE_IN_SENTENCE, found.whole, text=found.words.text[:60])


def make_picture(reading: Reading, context: str, found: Image, note: str = "") -> Picture | None:
    """Make a picture with its words; None where it has none or its file cannot be one of ours."""
    path = address(found.target)
    if not path:
        place = found.target if found.target.text else found.whole
        reading.note(Code.BAD_IMAGE_PATH, place, text=place.text[:60])
    if not found.words.text:
        reading.note(Code.IMAGE_WITHOUT_WORDS, found.whole, text=found.whole.text[:60])
    if not path or not found.words.text:
        return None
    words = make_text(reading, context, found.words, note, rich=False)
    return Picture(path=path, alt=words, span=reading.span(found.target))


def _with_pipes(reading: Reading, context: str, piece: Piece, pipes: list[Pipe]) -> str:
    """Return the text with each pipe shortened to ``{{ref}}``; the rest goes to ``pipes``."""
    text, kept, position = piece.text, "", 0
    while len(pipes) < _MOST_PIPES and (start := text.find("{{", position)) >= 0:
        end = text.find("}}", start + 2)
        if end < 0:
            reading.note(Code.UNCLOSED_PIPE, piece.cut(start), text=text[start : start + 40])
            break
        kept += text[position:start]
        ref, bar, words = text[start + 2 : end].partition("|")
        name = piece.cut(start + 2, start + 2 + len(ref)).strip()
        fallback = piece.cut(start + 3 + len(ref), end).strip() if bar else None
        value = reading.facts.get(name.text)
        reading.pipes.append(PipeUse(name, bool(words.strip()), value is not None))
        part = f"{context}.or{len(pipes) + 1 if pipes else ''}"
        words_text = _plain(reading, part, fallback) if fallback and fallback.text else None
        pipes.append(Pipe(ref=name.text, fallback=words_text, value=value))
        kept += "{{" + name.text + "}}"
        position = end + 2
    return kept + text[position:]


def _plain(reading: Reading, context: str, piece: Piece) -> Text:
    """Make one translation unit of plain words, in which pipes mean nothing."""
    source = unicodedata.normalize("NFC", piece.text.strip())
    return Text(context=context, source=source, span=reading.span(piece.strip()), rich=False)


def make_prose(
    reading: Reading, context: str, shape: str, entries: list[tuple[Piece, ...]], note: str
) -> Prose:
    """Make a paragraph (one entry), a list (an entry per item) or pictures of help text."""
    shown = images(entries[0]) if shape == "p" else ()
    if shown:
        made = (
            make_picture(reading, f"{context}.alt{number if number > 1 else ''}", one, note)
            for number, one in enumerate(shown, 1)
        )
        return Prose(shape="img", pictures=tuple(picture for picture in made if picture))
    if shape == "p":
        return Prose(shape=shape, texts=(make_text(reading, context, entries[0], note),))
    texts = (
        make_text(reading, f"{context}.{number}", entry, note)
        for number, entry in enumerate(entries, 1)
    )
    return Prose(shape=shape, texts=tuple(texts))
