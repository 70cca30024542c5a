"""The text of a survey, of settings or a .po file in, what is to be spelt otherwise out, each with
its place.

An author who means a word as it is names it in a comment: ``<!-- keep: word other -->`` in a
survey or page, for all of its file; ``# keep: word other`` in ``mati.yaml`` or above a message, for
all of that file.
Addresses and names of files are never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mati.wording.letters import ROUNDS, Slip, mended, normal, outside, places, slips

__all__ = ["Change", "changes", "kept_words", "usual"]

_KEEP = {
    "md": re.compile(r"<!--\s*keep:(.*?)-->", re.DOTALL),
    "po": re.compile(r"^#[ \t]+keep:(.*)$", re.MULTILINE),
}
_PARTS = re.compile(r"[\s,]+")
_ADDRESS = re.compile(r"\]\([^)\s]*|https?://\S+|<[^<>\s]+>")
_UNBROKEN = re.compile(r"[^\s\"'(]+")
_ENDING = re.compile(r"\.(?:png|jpe?g|webp|gif|svg|md)\b")
_REMARK = re.compile(r"^#(?![~|]).*$", re.MULTILINE)
"""What people and programs wrote beside the messages of a .po file, and beside settings."""
_BEFORE = re.compile("[\u0e80-\u0eff\u1780-\u17ff]*$")
_BEHIND = re.compile("[\u0e80-\u0eff\u1780-\u17ff]*")
_AROUND = 12
"""Letters beside a slip that are shown with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One syllable to be spelt otherwise: where (line and column from 1), before and after.

    ``before`` and ``after`` show the letters around it, too.
    """

    line: int
    column: int
    slip: Slip
    before: str
    after: str


def _sort(path: str) -> str:
    return "md" if path.endswith(".md") else "po"


def kept_words(path: str, text: str) -> frozenset[str]:
    """Return the words that a file asks to leave alone."""
    found = (_PARTS.split(match[1]) for match in _KEEP[_sort(path)].finditer(text))
    return frozenset(word for words in found for word in words if word)


def usual(text: str, language: str, keep: Iterable[str] = ()) -> str:
    """Return one text of a file in its normal form, as ``changes`` would leave it.

    ``keep`` are words to leave alone; addresses stay, too.
    """
    better = normal(text, language)
    if better == text:  # nearly always, and to look for addresses takes longer
        return text
    for _ in range(ROUNDS):
        quiet = [*_addresses(text), *places(text, keep)]
        if not quiet:
            return better
        text = mended(text, outside(slips(text, language), quiet))
    return text


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Go through where addresses and names of files stand; each letter is looked at once."""
    for found in _ADDRESS.finditer(text):
        yield found.span()
    for word in _UNBROKEN.finditer(text):
        ends = [ending.end() for ending in _ENDING.finditer(text, *word.span())]
        if ends:
            yield word.start(), ends[-1]


def _quiet(path: str, text: str, keep: Iterable[str]) -> list[tuple[int, int]]:
    """Return the stretches in which nothing is changed."""
    remarks = _REMARK.finditer(text) if _sort(path) == "po" else ()
    return [*_addresses(text), *(found.span() for found in remarks), *places(text, keep)]


def _hangs(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M" or sign in "\u0eb0\u0eb2\u0eb3"


def _around(line: str, start: int, end: int) -> tuple[str, str]:
    """Return some of the words before and behind a stretch, never half a syllable."""
    before = _BEFORE.search(line[max(0, start - _AROUND) : start])[0]  # type: ignore[index]
    while before and _hangs(before[0]):
        before = before[1:]
    stop = _BEHIND.match(line, end, end + _AROUND).end()  # type: ignore[union-attr]
    while stop < len(line) and stop > end and (_hangs(line[stop]) or line[stop - 1] == "\u17d2"):
        stop += 1
    return before, line[end:stop]


def changes(path: str, text: str, language: str, keep: Iterable[str] = ()) -> Iterator[Change]:
    """Go through what is to be spelt otherwise in a file; ``path`` ends in .md, .yaml or .po.

    ``language`` is that of the text; ``keep`` are words to leave alone beside those that the file
    itself names.
    """
    found = list(slips(text, language))
    quiet = _quiet(path, text, {*keep, *kept_words(path, text)}) if found else []
    line, passed = 1, 0
    for slip in outside(found, quiet):
        line += text.count("\n", passed, slip.start)
        passed = slip.start
        first = text.rfind("\n", 0, slip.start) + 1
        last = text.find("\n", slip.end)
        whole = text[first : last if last >= 0 else len(text)]
        before, behind = _around(whole, slip.start - first, slip.end - first)
        yield Change(
            line=line,
            column=slip.start - first + 1,
            slip=slip,
            before=before + slip.text + behind,
            after=before + slip.better + behind,
        )
