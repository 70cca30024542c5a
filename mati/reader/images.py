"""A stretch of a line in, the picture it begins with out: ``![Blue cup](cup.jpg)``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from mati.reader.pieces import Piece

__all__ = ["Image", "address", "image", "images"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_TITLE = re.compile(r"\s\"[^\"]*\"$")
_LONGEST = 200
"""Code points of a path that people could have meant."""


@dataclass(frozen=True, slots=True)
class Image:
    """One picture as written: all of it, the words in its place, its file, what follows."""

    whole: Piece
    words: Piece
    target: Piece
    rest: Piece


def image(piece: Piece) -> Image | None:
    """Return the picture a stretch begins with; None where it begins with anything else."""
    text = piece.text
    middle = text.find("](", 2) if text.startswith("![") else -1
    end = _closing(text, middle + 2) if middle > 0 else -1
    if end < 0:
        return None
    return Image(
        whole=piece.cut(0, end + 1),
        words=piece.cut(2, middle).strip(),
        target=piece.cut(middle + 2, end).strip(),
        rest=piece.cut(end + 1).strip(),
    )


def _closing(text: str, start: int) -> int:
    """Return where the bracket closes that opened before ``start``; names may hold ``(1)``."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at
    return -1


def images(pieces: tuple[Piece, ...]) -> tuple[Image, ...]:
    """Return the pictures of a paragraph that holds nothing else, one a line; () of any other."""
    found = tuple(image(piece.strip()) for piece in pieces)
    return tuple(one for one in found if one) if all(o and not o.rest.text for o in found) else ()


def address(target: Piece) -> str:
    """Return the path of a picture beside the survey; "" where it leads anywhere else."""
    text = _TITLE.sub("", target.text).strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    path = unicodedata.normalize("NFC", unquote(text).removeprefix("./"))
    parts = path.split("/")
    outside = any(part in {"", ".", ".."} for part in parts) or _SCHEME.match(path)
    odd = "\\" in path or any(unicodedata.category(c).startswith("C") for c in path)
    return "" if outside or odd or len(path) > _LONGEST else path
