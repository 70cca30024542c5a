"""What stands inside a pair of braces in, the same in its usual order and spelling out."""

from __future__ import annotations

import re

from mati.reader.attributes import tokens
from mati.reader.pieces import Piece

__all__ = ["in_order"]

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_ID, _STAR, _OTHER = range(3)


def in_order(inside: Piece) -> str:
    """Return the properties with one blank between them: ``#id``, ``*``, then the others.

    The others keep the author's order; quotes stay where a value is more than a plain word.
    """
    found: list[tuple[int, str]] = []
    for match in tokens(inside):
        if match["id"] is not None:
            found.append((_ID, "#" + match["id"]))
        elif match["star"]:
            found.append((_STAR, "*"))
        else:
            found.append((_OTHER, _spelled(match)))
    return " ".join(text for _, text in sorted(found, key=lambda one: one[0])) or inside.text


def _spelled(match: re.Match[str]) -> str:
    quoted = match["quoted"]
    if quoted is None or not _WORD.fullmatch(quoted):
        return match[0].strip()
    return f"{match['key']}={quoted}"
