"""A place where a condition cannot be read in, what its author most likely meant out."""

from __future__ import annotations

from mati.diagnostics import Code
from mati.model import plain_digits
from mati.reader.pieces import Piece

__all__ = ["BENT", "JOINTS", "OPERATORS", "TURNED", "WORDS", "UnreadableError", "meant"]

WORDS = frozenset({"and", "or", "not", "answered", "is", "in", "has"})
"""Words of the language of conditions itself."""

JOINTS = {"et": "and", "ou": "or", "und": "and", "oder": "or"}
"""Words of other languages between two conditions; elsewhere they may be codes."""

OPERATORS = {
    "equals": "=", "equal": "=", "eq": "=", "contains": "has", "includes": "has", "include": "has",
    "less": "<", "lower": "<", "smaller": "<", "below": "<", "more": ">", "greater": ">",
    "higher": ">", "above": ">",
}  # fmt: skip
"""Words of other tools for the signs and words between a name and a value."""
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
"""Each sign with the one that means the same when the sides change places."""

BENT = "“”„«»‘’'"
"""Quotation marks of word processors; a code needs none."""

_SIGNS = {
    "==": "=", "<>": "!=", "≠": "!=", "=<": "<=", "≤": "<=", "=>": ">=", "≥": ">=",
    "!": "not", "&&": "and", "||": "or", "&": "and", "|": "or",
    "និង": "and", "ហើយ": "and", "ឬ": "or", "មិន": "not",
    "ແລະ": "and", "ຫຼື": "or", "ບໍ່": "not",
}  # fmt: skip
"""Signs and words of other languages and of word processors, and what they mean here."""


class UnreadableError(Exception):
    """The condition cannot be read at a place; caught where reading began."""

    def __init__(self, piece: Piece, code: Code = Code.CONDITION_SYNTAX, offer: str = "") -> None:
        """Name the place, and what to write there; without ``offer`` it is looked for."""
        super().__init__(piece.text)
        self.piece = piece
        self.offer = offer or meant(piece.text)
        slip = code is Code.CONDITION_SYNTAX and self.offer
        self.code = Code.CONDITION_SIGN if slip else code


def meant(text: str) -> str:
    """Return what somebody meant by a word or sign that means nothing here; "" if unknown."""
    if text in _SIGNS:
        return _SIGNS[text]
    if text[:1] in BENT:
        return text.strip(BENT + " ")
    lower = text.lower()
    if lower in WORDS and lower != text:
        return lower
    digits = plain_digits(text)
    return digits if digits != text and digits.isascii() else ""
