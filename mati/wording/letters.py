"""Text in, the same text with one spelling of what looks alike out; and where it had another."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["ROUNDS", "Slip", "mended", "normal", "outside", "places", "slips"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A syllable with a better spelling: where it begins (from 0), as it is, as it should be."""

    start: int
    text: str
    better: str

    @property
    def end(self) -> int:
        """Where the text behind it goes on."""
        return self.start + len(self.text)


# --- Khmer -----------------------------------------------------------------------------------

_COENG, _RO, _JOINT = "\u17d2", "\u179a", "\u200b"
_KHMER = "\u1780-\u17b3"
"""Letters: consonants and independent vowels."""
_HANGING = "\u17b4-\u17d1\u17dd"
"""Vowels and signs that hang on a letter, the two that nobody sees (U+17B4, U+17B5) with them."""
_PART = f"{_JOINT}*(?:{_COENG}{_JOINT}*[{_KHMER}]|[{_HANGING}])"
_SOUND_KHMER = (
    "\u17cc?(?:\u17d2[\u1780-\u1799\u179b-\u17a2\u17a5-\u17b3]){0,2}(?:\u17d2\u179a)?[\u17c9\u17ca]?"
    "[\u17b6-\u17c5]?[\u17c6\u17cb\u17cd-\u17d1\u17dd]?[\u17c7\u17c8]?"
)
"""What nearly always hangs on a letter: one of each, in order. It is passed over at once."""
_KHMER_SYLLABLE = re.compile(
    f"[{_KHMER}](?:(?<=[\u17a3\u17a4])(?:{_PART})*|(?=[{_JOINT}{_COENG}{_HANGING}])(?!{_SOUND_KHMER}(?!{_PART}))(?:{_PART})+)"
    "|[\u17b4\u17b5]+"
)
_KHMER_PARTS = re.compile(f"{_COENG}.|.", re.DOTALL)

_ROBAT, _BELOW_RO, _SHIFTER, _BEFORE, _UNDER, _OVER, _BEHIND, _SIGN, _LAST = range(1, 10)
_PLACES: Mapping[str, int] = {
    "\u17cc": _ROBAT,
    **dict.fromkeys("\u17c9\u17ca", _SHIFTER),
    **dict.fromkeys("\u17be\u17bf\u17c0\u17c1\u17c2\u17c3\u17c4\u17c5", _BEFORE),
    **dict.fromkeys("\u17bb\u17bc\u17bd", _UNDER),
    **dict.fromkeys("\u17b7\u17b8\u17b9\u17ba", _OVER),
    "\u17b6": _BEHIND,
    **dict.fromkeys("\u17c7\u17c8", _LAST),
}
"""Where a vowel or sign stands behind its letter; all others are signs above it."""
_JOINED = (("\u17c1", "\u17b8", "\u17be"), ("\u17c1", "\u17b6", "\u17c4"))
"""Vowels typed as two that are one: E and II are OE, E and AA are OO."""
_OLD = {"\u17a3": "\u17a2", "\u17a4": "\u17a2\u17b6"}
"""Letters that the standard deprecates (16.4), and what it says to write."""
_SPACING = frozenset("\u17b6\u17be\u17bf\u17c0\u17c1\u17c2\u17c3\u17c4\u17c5\u17c7\u17c8")
"""What takes room of its own: seen as often as it is typed."""
_U, _TALL = "\u17bb", frozenset("\u17b7\u17b8\u17b9\u17ba\u17be")
_SHIFTED = {
    **dict.fromkeys("\u179f\u17a0\u17a2", "\u17ca"),
    **dict.fromkeys("\u1784\u1789\u1798\u1799\u179a\u179c", "\u17c9"),
}
"""The shifter a letter takes; below a vowel that stands above, it is drawn as the vowel U."""


def _khmer_place(part: str) -> float:
    if part[0] == _COENG:
        return _BELOW_RO if part[1] == _RO else _BELOW_RO - 0.5
    return _PLACES.get(part, _SIGN)


def _joined(parts: list[str]) -> list[str]:
    """Return the parts with each vowel as one letter."""
    for first, second, whole in _JOINED:
        while first in parts and second in parts:
            parts[parts.index(first)] = whole
            parts.remove(second)
    return parts


def _without_twins(parts: Iterable[str]) -> list[str]:
    """Leave out a mark typed again over itself: it shows once."""
    kept: list[str] = []
    for part in parts:
        if not (kept and kept[-1] == part and len(part) == 1 and part not in _SPACING):
            kept.append(part)
    return kept


@lru_cache(maxsize=8192)
def _khmer(syllable: str) -> str:
    """Return a letter with what hangs on it in the order of L2/22-290: subscripts with RO last,
    shifter, vowel, signs.
    """
    bare = syllable.replace(_JOINT, "").replace("\u17b4", "").replace("\u17b5", "")
    for old, new in _OLD.items():
        bare = bare.replace(_COENG + old, _COENG + new[0]).replace(old, new)
    if len(bare) < 2:  # noqa: PLR2004 -- a letter with nothing on it
        return bare
    letter, parts = bare[0], _KHMER_PARTS.findall(bare[1:])
    parts = _joined(sorted(parts, key=_khmer_place))
    parts = _without_twins(sorted(parts, key=_khmer_place))
    shifter = _SHIFTED.get(letter)
    if shifter and _U in parts and _TALL.intersection(parts):
        hanging = "".join(parts)
        if _COENG not in hanging and "\u17c9" not in hanging and "\u17ca" not in hanging:
            parts = [shifter, *(part for part in parts if part != _U)]
    return letter + "".join(parts)


# --- Lao -------------------------------------------------------------------------------------

_NIGGAHITA, _AA, _AM = "\u0ecd", "\u0eb2", "\u0eb3"
_TONES = "\u0ec8-\u0ecb"
_LAO_MARKS = f"\u0eb1\u0eb4-\u0ebc\u0ecc{_NIGGAHITA}{_TONES}"
_SOUND_LAO = (
    "[\u0eba\u0ebc]?[\u0eb8\u0eb9]?"
    f"(?:[\u0eb1\u0eb4-\u0eb7\u0ebb]?[{_TONES}]?\u0ecc?(?!{_AM}[{_TONES}])|\u0ecd[{_TONES}]?(?![{_AA}{_AM}]))"
    f"(?![{_LAO_MARKS}])"
)
_LAO_SYLLABLE = re.compile(
    "\u0ec0\u0ec0|"
    f"\u0eab[\u0e99\u0ea1][{_LAO_MARKS}]*[{_AA}{_AM}]?[{_TONES}]*|"
    f"[\u0e81-\u0eae\u0edc-\u0edf]?(?=[{_LAO_MARKS}])(?!{_SOUND_LAO})[{_LAO_MARKS}]+[{_AA}{_AM}]?[{_TONES}]*|"
    f"{_AM}[{_TONES}]+"
)
_HO = {"\u0eab\u0e99": "\u0edc", "\u0eab\u0ea1": "\u0edd"}
"""HO with NO or MO is one letter of its own."""
_LAO_PLACES: Mapping[str, int] = {
    **dict.fromkeys("\u0eba\u0ebc", 1),
    **dict.fromkeys("\u0eb8\u0eb9", 2),
    **dict.fromkeys("\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0ebb\u0ecd", 3),
    **dict.fromkeys("\u0ec8\u0ec9\u0eca\u0ecb", 4),
}


def _lao_place(mark: str) -> int:
    return _LAO_PLACES.get(mark, 5)


@lru_cache(maxsize=8192)
def _lao(syllable: str) -> str:
    """Return a letter with its vowel before its tone, and each vowel as one letter."""
    if syllable == "\u0ec0\u0ec0":  # E twice is EI
        return "\u0ec1"
    letter = _HO.get(syllable[:2], syllable[:1])
    rest = syllable[2:] if syllable[:2] in _HO else syllable[1:]
    if letter in _LAO_PLACES or letter in (_AM, "\u0ecc"):
        letter, rest = "", syllable  # marks whose letter is no letter of Lao
    tail = next((sign for sign in rest if sign in (_AA, _AM)), "")
    before, _, behind = rest.partition(tail) if tail else (rest, "", "")
    if tail and (_NIGGAHITA in before or tail == _AM):
        before, tail = before.replace(_NIGGAHITA, "") + behind, _AM
        behind = ""
    marks = _without_twins(sorted(before, key=_lao_place))
    return letter + "".join(marks) + tail + behind


# --- Others ----------------------------------------------------------------------------------

_PIECE = "[\u0300-\u036f]"
_PIECES = re.compile(f"[^\\W\\d_]?{_PIECE}+")
"""A letter of Latin, Greek or Cyrillic with its accents apart, as some keyboards type it."""


def _whole(pieces: str) -> str:
    """Return a letter with the accents that it can hold as one character."""
    return unicodedata.normalize("NFC", pieces)


# --- All ------------------------------------------------------------------------------------

_ANY_KHMER, _ANY_LAO = re.compile("[\u1780-\u17ff]"), re.compile("[\u0e80-\u0eff]")
_ANY_PIECE = re.compile(_PIECE)


def _foreign(language: str, script: str, own: str) -> bool:
    """Tell whether a language is written in a script of another, such as Khmu in Lao (kjg-Laoo):
    what looks alike in the one may be two things in the other.
    """
    first, *parts = language.split("-")
    return script in parts and first != own


def slips(text: str, language: str = "") -> Iterator[Slip]:
    """Go through the syllables of Khmer and Lao that have a better spelling, and the letters of
    other scripts whose accents stand apart.

    ``language`` is that of the text (BCP 47, "" where nobody knows); another language written in
    one of the two scripts is left alone.
    """
    found = []
    for letters, pattern, better, script, own in (
        (_ANY_KHMER, _KHMER_SYLLABLE, _khmer, "Khmr", "km"),
        (_ANY_LAO, _LAO_SYLLABLE, _lao, "Laoo", "lo"),
        (_ANY_PIECE, _PIECES, _whole, "", ""),
    ):
        if letters.search(text) and not _foreign(language, script, own):
            found += [
                Slip(start=match.start(), text=match[0], better=mend)
                for match in pattern.finditer(text)
                if (mend := better(match[0])) != match[0]
            ]
    yield from sorted(found, key=lambda slip: slip.start)


def mended(text: str, found: Iterable[Slip]) -> str:
    """Return ``text`` with the slips mended, which come in their order."""
    parts, last = [], 0
    for slip in found:
        parts += [text[last : slip.start], slip.better]
        last = slip.end
    return "".join((*parts, text[last:]))


def outside(found: Iterable[Slip], quiet: Iterable[tuple[int, int]]) -> Iterator[Slip]:
    """Return the slips that touch none of the stretches (from, to) of a text."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(quiet):
        starts.append(start)
        ends.append(max(end, ends[-1]) if ends else end)
    for slip in found:
        before = bisect_left(starts, slip.end)
        if before == 0 or ends[before - 1] <= slip.start:
            yield slip


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text: the stretches (from, to)."""
    found = (re.finditer(re.escape(word), text) for word in words if word)
    return [match.span() for matches in found for match in matches]


ROUNDS = 4
"""What parted two marks unseen may be gone after the first; two are enough for all we have met."""


def normal(text: str, language: str = "") -> str:
    """Return ``text`` in the form we want in surveys and catalogues: NFC, and for Khmer and Lao
    one spelling of what looks the same. Whatever is seen stays; a second time changes nothing.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    for _ in range(ROUNDS):
        found = tuple(slips(text, language))
        if not found:
            break
        text = unicodedata.normalize("NFC", mended(text, found))
    return text
