"""A text in, the same in a language nobody speaks out: to see what a real one would bring to light.

``en-XA`` has accents and is longer, ``ar-XB`` runs from right to left in Arabic letters,
``km-XA`` stacks Khmer signs as high and deep as they go, ``qps`` has no translation at all. The
regions XA and XB are for private use (ISO 3166-1), so is ``qps`` (ISO 639-2). What a translator
must keep is kept: placeholders, pipes, links, Markdown, code, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mati.catalog import Catalog, Message

__all__ = ["PSEUDO", "is_pseudo", "pseudo", "pseudo_catalog"]

_KEPT = re.compile(
    r"\{\{.*?\}\}"  # a pipe; what stands after its bar is a text of its own
    r"|\{[^{}]*\}"  # a placeholder
    r"|`[^`]*`"  # code
    r"|\]\([^()\s]*\)"  # where a link leads
    r"|<[^<>\s]+>"  # an address
    r"|https?://[^\s)\]>]+|\b[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|&#?[0-9A-Za-z]{1,32};"  # a sign by its name
    r"|\\.",  # a sign that is no Markdown
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ",
)
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهفغحيجكلمنوبقرستوفوخيز")
_STACKS = ("ស្ត្រី", "ញ៊ី", "ង្គ្រើ", "ខ្ញុំ", "ប៊្រើ", "ក្ត្រូ", "ហ្វ៊ូ", "ឡ៊ី")
"""Khmer syllables: two signs below a letter, a vowel and a mark above one another."""
_LONGER = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _accents(text: str) -> str:
    """Put accents on letters, between brackets, a third longer and at least by a word."""
    made = _mapped(text, lambda word: word.translate(_ACCENTED))
    words = max(1, len(text) // 18)
    more = " ".join(_LONGER[at % len(_LONGER)] for at in range(words)).translate(_ACCENTED)
    return f"⟦{made} {more}⟧"


def _mirrored(text: str) -> str:
    return _mapped(text, lambda word: word.lower().translate(_ARABIC))


def _stacked(text: str) -> str:
    """Give each word a stack for every three letters; Khmer writes no blanks between words."""

    def stacks(word: str) -> str:
        start = sum(map(ord, word))
        many = -(-len(word) // 3)
        return "".join(_STACKS[(start + at) % len(_STACKS)] for at in range(many))

    return _mapped(text, stacks)


PSEUDO: Mapping[str, Callable[[str], str] | None] = {
    "en-XA": _accents,
    "ar-XB": _mirrored,
    "km-XA": _stacked,
    "qps": None,
}
"""What each makes of a text; None where it translates nothing."""


def _mapped(text: str, change: Callable[[str], str]) -> str:
    """Return ``text`` with its words changed and all else kept."""
    made, at = [], 0
    for kept in _KEPT.finditer(text):
        made += [_WORD.sub(lambda word: change(word[0]), text[at : kept.start()]), kept[0]]
        at = kept.end()
    made.append(_WORD.sub(lambda word: change(word[0]), text[at:]))
    return "".join(made)


def is_pseudo(code: str) -> bool:
    """Tell whether ``code`` is a language that is made up while one looks."""
    return code in PSEUDO


@lru_cache(maxsize=4096)
def pseudo(text: str, code: str) -> str:
    """Return ``text`` in a pseudo-language; "" where it is translated by nobody, or no word.

    Its lines stay lines.
    """
    change = PSEUDO[code]
    if change is None or not text.strip():
        return ""
    lines = text.split("\n")
    return "\n".join(change(line) if line.strip() else line for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pseudo(Catalog):
    """A catalogue that translates whatever it is asked for."""

    known: Container[tuple[str, str]] | None = None

    def find(self, context: str, msgid: str) -> Message | None:
        """Return an entry made up for a text; None where nobody would have been asked for it."""
        if self.known is not None and (context, msgid) not in self.known:
            return None
        string = pseudo(msgid, self.language)
        return Message(context, msgid, (string,)) if string else None


def pseudo_catalog(
    code: str, path: str, known: Container[tuple[str, str]] | None = None
) -> Catalog:
    """Return the catalogue of a pseudo-language.

    ``known`` are the texts that translators are given (context, msgid), where only those shall
    be found: what is shown without being among them could never be translated.
    """
    return _Pseudo(language=code, path=path, known=known)
