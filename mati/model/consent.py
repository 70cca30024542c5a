"""A consent question in, the words somebody agrees to out, and the hash that proves them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from mati.model.names import join
from mati.model.survey import Question
from mati.model.text import Text

__all__ = ["WORDING", "consent_texts", "wording", "wording_hash"]

WORDING = "wording"
"""The part of a wire name that carries the hash: ``ok.wording``."""

_BLANKS = re.compile(r"\s+")
_LENGTH = 16


def wording(question: str) -> str:
    """Return the wire name of the hash of what was agreed to."""
    return join(question, WORDING)


def consent_texts(question: Question) -> tuple[Text, ...]:
    """Return everything that stands before somebody who agrees: stem, help, the box's label.

    The help holds its paragraphs, the entries of its lists and the words in place of pictures,
    in the order of the page.
    """
    shown = [question.label]
    for block in question.help:
        shown += block.texts
        shown += [picture.alt for picture in block.pictures if picture.alt is not None]
    shown += [option.label for option in question.options if option.label is not None]
    return tuple(shown)


def wording_hash(words: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that change when the words somebody agrees to do.

    ``words`` are those of ``consent_texts`` in the language shown, one after the other: plain
    words without markup (``Words.text``), pipes as they stand without a script. What goes in:
    each in Unicode's NFC, every run of blanks one blank, none at its ends; joined by line
    feeds, as UTF-8, through SHA-256. Nothing else of the page does: not the survey's name, no
    id, no code, no language, so that equal words have equal hashes everywhere.
    """
    plain = (_BLANKS.sub(" ", unicodedata.normalize("NFC", one)).strip() for one in words)
    return hashlib.sha256("\n".join(plain).encode("utf-8")).hexdigest()[:_LENGTH]
