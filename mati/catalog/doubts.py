"""A source text and its translation in, what is probably not meant out: shown, but to be mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from mati.catalog.endings import wrong_end
from mati.catalog.faults import Fault
from mati.catalog.tongue import Tongue
from mati.diagnostics import Code
from mati.inline import html, links
from mati.width import cells
from mati.wording import usual

__all__ = ["DOUBTS", "doubts"]

DOUBTS = frozenset(
    {
        Code.ADDRESS_DIFFERS,
        Code.EDGES_DIFFER,
        Code.END_SIGN_DIFFERS,
        Code.INVISIBLE_CHARACTER,
        Code.MARKUP_DIFFERS,
        Code.NOT_NORMAL_FORM,
        Code.PLURAL_RULE,
        Code.PO_STRAY,
        Code.SAME_AS_SOURCE,
        Code.TOO_LONG,
        Code.UNKNOWN_TEXT,
        Code.WRONG_SCRIPT,
    }
)
"""What a person must judge; all else that is found in a catalogue is wrong for certain."""

_SIGN = re.compile(r"[*_`]| {2}\n")
_MARKS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+| {2}\n")
_RUN = re.compile(r"[*_]+")
_ELEMENT = re.compile(r"<(strong|em|code|br)>")
_SHOWN_AS = {"strong": "**…**", "em": "*…*", "code": "`…`", "br": "␣␣↵"}
_NO_WORDS = re.compile(
    r"\{\{[^{}]*\}\}|\{[^{}]*\}|`[^`]*`|\]\([^)\]]*\)|<[^<>\s]*>"
    r"|(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w[\w.]*|'[^' ]*'|--?[a-z][a-z-]*"
)
"""What stays as it is in every language: placeholders, code, targets, addresses, what is typed."""
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>()\"'“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
_ADDRESS = re.compile(r"@|://|www\.")
_TARGET = re.compile(r"\]\([^)\]]*\)|<[^<>\s]*>")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOWER = re.compile(r"[^\W\d_A-Z]{2}")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0]"
)
_NAMES = re.compile(
    r"\b(?:Facebook|Formspree|GitHub|GitLab|Google|Instagram|LINE|LinkedIn|Mati|Messenger|Netlify|"
    r"Signal|Telegram|TikTok|Viber|WeChat|WhatsApp|Wi-Fi|X|YouTube|Zalo)\b"
)
"""What is called the same everywhere."""
_OWN_PERCENT = 30
"""Of a hundred letters so many at least are of the language's own script."""


def doubts(
    source: str,
    string: str,
    speech: Tongue,
    *,
    rich: bool = True,
    room: int = 0,
    keep: Collection[str] = (),
) -> Iterator[Fault]:
    """Find everything about ``string``, which translates ``source``, that looks unlike it.

    ``rich``: inline Markdown has a meaning here. ``room``: how many cells there is room for, 0
    for as many as one likes. ``keep``: words whose spelling is meant as it is.
    """
    if string == source:
        if not _same_by_right(source):
            yield Fault(Code.SAME_AS_SOURCE, string)
        return
    yield from _edges(source, string)
    yield from _unseen(source, string, speech)
    if rich:
        yield from _markup(source, string)
    yield from _addresses(source, string)
    yield from wrong_end(source, string, speech)
    yield from _script(source, string, speech)
    if room and (width := cells(string)) > room and cells(source) <= room:
        yield Fault(Code.TOO_LONG, string, f"{width}/{room}")
    if (better := usual(string, speech.code, keep)) != string:
        yield Fault(Code.NOT_NORMAL_FORM, *_changed(string, better))


def _same_by_right(source: str) -> bool:
    """Tell whether a text has no word to translate: a number, an address, a name."""
    return _LOWER.search(_NAMES.sub(" ", _NO_WORDS.sub(" ", source))) is None


def _edges(source: str, string: str) -> Iterator[Fault]:
    if source[0].isspace() is string[0].isspace() and source[-1].isspace() is string[-1].isspace():
        return
    inner, lead = string.strip(), source[: len(source) - len(source.lstrip())]
    better = lead + inner + source[len(source.rstrip()) :]
    yield Fault(Code.EDGES_DIFFER, _quoted(string), _quoted(better))


def _quoted(text: str) -> str:
    """Return a text as it is written in a .po file, its blanks and line ends seen."""
    return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") + '"'


def _unseen(source: str, string: str, speech: Tongue) -> Iterator[Fault]:
    for sign in _UNSEEN.findall(string):
        if sign not in speech.unseen and sign not in source:
            yield Fault(Code.INVISIBLE_CHARACTER, f"U+{ord(sign):04X}")
            return


def _markup(source: str, string: str) -> Iterator[Fault]:
    """Compare emphasis, code and breaks; only what differs by its signs is rendered."""
    if _SIGN.search(string) is None and _SIGN.search(source) is None:
        return
    wanted, given = _MARKS.findall(source), _MARKS.findall(string)
    if sorted(wanted) == sorted(given) and not _loose(string):
        return
    elements = _elements(source), _elements(string)
    if elements[0] != elements[1]:
        yield Fault(Code.MARKUP_DIFFERS, _listed(elements[1]) or "–", _listed(elements[0]))


def _loose(string: str) -> bool:
    """Tell whether a blank stands on the inner side of a sign, which then marks nothing up."""
    return any(inner != inner.strip() for inner in _RUN.split(string)[1::2])


def _elements(text: str) -> Counter[str]:
    return Counter(_ELEMENT.findall(html(text)))


def _listed(elements: Counter[str]) -> str:
    return " ".join(_SHOWN_AS[name] for name in sorted(elements.elements()))


def _addresses(source: str, string: str) -> Iterator[Fault]:
    """Compare the addresses that stand in the words themselves; links are a matter of their own."""
    if _ADDRESS.search(string) is None and _ADDRESS.search(source) is None:
        return
    known, given = (
        {found.rstrip(".,;:!?។）］") for found in _BARE.findall(_TARGET.sub(" ", text))}
        for text in (source, string)
    )
    given -= set(links(source)) - known  # of a link: that its brackets are lost is told elsewhere
    if known != given:
        text = ", ".join(sorted(given - known)) or "–"
        yield Fault(Code.ADDRESS_DIFFERS, text, ", ".join(sorted(known)))


def _script(source: str, string: str, speech: Tongue) -> Iterator[Fault]:
    """Find a text that is mostly in other letters; words of the source are names and may stay."""
    if speech.foreign is None or speech.own is None or speech.foreign.search(string) is None:
        return
    own = len("".join(speech.own.findall(string)))
    if own * 100 >= _OWN_PERCENT * len(string):
        return
    words = frozenset(_WORD.findall(source.lower()))

    def unknown(match: re.Match[str]) -> str:
        return "" if match[0].lower() in words else match[0]

    left = _WORD.sub(unknown, _NO_WORDS.sub(" ", string))
    foreign = len("".join(speech.foreign.findall(left)))
    if foreign and own * 100 < _OWN_PERCENT * (own + foreign):
        yield Fault(Code.WRONG_SCRIPT, string)


def _changed(string: str, better: str) -> tuple[str, str]:
    """Return the first word that differs, as it is and as it should be."""
    olds, news = string.split(), better.split()
    if len(olds) == len(news):
        return next(pair for pair in zip(olds, news, strict=True) if pair[0] != pair[1])
    return string, better
