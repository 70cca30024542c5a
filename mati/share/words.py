"""A text and its word borders in, pieces that typst keeps whole out.

typst breaks lines of Khmer and Lao by a model of its own, which splits words. Between two pieces
stands a zero width space, inside one a word joiner between clusters: then it breaks at our
borders and nowhere else. Neither sign changes a glyph, as long as it stands between clusters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = [
    "JOINER",
    "SPACE",
    "Piece",
    "Segment",
    "borders",
    "clean",
    "clusters",
    "glue",
    "pieces",
    "plain",
]

SPACE, JOINER = "\u200b", "\u2060"
"""ZERO WIDTH SPACE, where a line may break; WORD JOINER, where it may not (UAX 14, ZW and WJ)."""

Segment = Callable[[str], Iterable[str]]
"""Parts a text into words, blanks and signs; put together they are the text again."""

_KHMER, _LAO = "\u1780-\u17d3\u17d7\u17dc\u17dd", "\u0e81-\u0ec6\u0ec8-\u0ece\u0edc-\u0edf"
_RUN = re.compile(f"[{_KHMER}{_LAO}\u200c\u200d{JOINER}]+")
"""Letters of scripts without blanks between words; digits and full stops are not among them."""

# What belongs to the letter before it. Khmer: a consonant below (coeng and letter), vowels and
# signs. Lao: vowels behind and above, and tones; U+0EB3 is a letter to Unicode, yet part of it
# stands above the consonant.
_TAIL = (
    "(?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d3\u17dd]|[\u0eb0-\u0ebd\u0ec8-\u0ece]|[\u200c\u200d])"
)
_CLUSTER = re.compile(f"[\u0ec0-\u0ec4]{{0,2}}[{_KHMER}{_LAO}]{_TAIL}{{0,8}}|.", re.DOTALL)
"""One cluster of Khmer or Lao (a Lao vowel written before its consonant belongs to it), or one
character of anything else."""

_COENG = "\u17d2"
_AGAIN = ("\u17d7", "\u0ec6")
"""The sign that repeats a word; it never begins a line."""
_REPEATED = re.compile(f"{SPACE}(?=[{''.join(_AGAIN)}])")

_BLANK = re.compile(r"\s+")
_ENDING = re.compile(" (?=[\u17d4-\u17d7\u17db\u0ec6?!:;%\u00bb])")
"""A blank before a sign that never begins a line, though some write one there."""
_PART = re.compile(f"[^ {SPACE}]*[ {SPACE}]*")
_KEPT = frozenset(f"{SPACE}{JOINER}\u200c\u200d\u200e\u200f")
_NONE = frozenset(("Cc", "Cf", "Cs"))
_MOST_MARKS = 4
"""Marks on one letter that are drawn: more would climb into the line above."""
_MOST_BELOW = 2
"""Consonants below another that are drawn; no Khmer word has more."""
_LONG = 4
"""Clusters from which on a word may be wider than a line of large letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays on one line: its text, joined inside, with what parts it from the next piece.

    ``loose`` is the same with a place to break after every cluster, for a line that even one
    word is too long for; "" for a word so short that it fits anywhere.
    """

    text: str
    loose: str = ""


def clean(text: str) -> str:
    """Return a text as one line without what is not seen: controls and turned directions.

    Marks heaped on a letter are cut to what fits the height of a line.
    """
    seen = (
        char
        for char in unicodedata.normalize("NFC", text)
        if char in _KEPT or char.isspace() or unicodedata.category(char) not in _NONE
    )
    line = _BLANK.sub(lambda found: found[0] if found[0] == "\u00a0" else " ", "".join(seen))
    whole = "".join(_lowered(line)).strip(f" {SPACE}{JOINER}")
    return _ENDING.sub("\u00a0", whole)


def _lowered(chars: Iterable[str]) -> Iterable[str]:
    """Leave out marks without a letter, and marks and consonants below beyond what is drawn."""
    marks = below = 0
    coeng, letter = False, False
    for char in chars:
        kind = unicodedata.category(char)
        if coeng:
            coeng = False
            below += 1
            if below > _MOST_BELOW:
                continue
            yield _COENG
        elif char == _COENG:
            coeng = letter
            continue
        elif kind[0] == "M":
            marks += 1
            if marks > _MOST_MARKS or not letter:
                continue
        elif kind != "Cf":
            marks = below = 0
            letter = kind[0] != "Z"
        elif char == SPACE:
            letter = False
        yield char
    if coeng:
        yield _COENG


def clusters(text: str) -> tuple[str, ...]:
    """Return what a text is made of, letter by letter, each with its marks."""
    found: list[str] = []
    for cluster in _CLUSTER.findall(text):
        joins = unicodedata.category(cluster[0])[0] == "M" or cluster in _KEPT
        if found and joins:
            found[-1] += cluster
        else:
            found.append(cluster)
    return tuple(found)


def plain(text: str) -> tuple[str, ...]:
    """Part a text at blanks and zero width spaces: the segmenter where there is no dictionary."""
    return tuple(part for part in _PART.findall(text) if part)


def borders(parts: Iterable[str]) -> tuple[int, ...]:
    """Return where words begin, in code points, from the parts a segmenter made of a text."""
    found, at = [], 0
    for part in parts:
        found.append(at)
        at += len(part)
    return tuple(found)


def glue(text: str, places: Iterable[int]) -> str:
    """Return a text in which Khmer and Lao break at ``places`` only (code points, rising).

    A place inside a cluster is none, nor is one beside a blank, a digit or a full stop: there
    the rules for all scripts hold (UAX 14), which keep a full stop with its word.
    """
    known = frozenset(places)
    out, last = [], 0
    for run in _RUN.finditer(text):
        out.append(text[last : run.start()])
        at = run.start()
        for number, cluster in enumerate(clusters(run[0])):
            if number:
                out.append(SPACE if at in known and cluster not in _AGAIN else JOINER)
            out.append(cluster)
            at += len(cluster)
        last = run.end()
    return "".join((*out, text[last:]))


def pieces(text: str, segment: Segment) -> tuple[Piece, ...]:
    """Part a clean text into what stays on one line each.

    Blanks and zero width spaces stand at the end of the piece before them.
    """
    glued = glue(text, borders(segment(text)))
    return tuple(Piece(part, _loose(part)) for part in plain(glued))


def _loose(part: str) -> str:
    word = part.rstrip(f" {SPACE}").replace(JOINER, "")
    single = clusters(word)
    if len(single) <= _LONG:
        return ""
    loose = SPACE.join(single) + part[len(part.rstrip(f" {SPACE}")) :]
    return _REPEATED.sub(JOINER, loose)
