"""Pages and lines that speak a made-up language in; words that no catalogue was asked for out.

In ``en-XA`` every letter that came through a catalogue has an accent, so a word of plain letters
did not. What is no language is taken out first: addresses, codes, file names, numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

__all__ = ["Leak", "leaks_in_page", "plain_words"]

Leak = tuple[str, str]
"""Where (element, or element and attribute), and the words."""

SPOKEN = frozenset({
    "title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription",
    "aria-valuetext", "label", "summary", "download",
})  # fmt: skip
"""Attributes that browsers show or read aloud."""
META = frozenset({
    "description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title",
    "twitter:description", "twitter:image:alt", "application-name", "apple-mobile-web-app-title",
})  # fmt: skip
BUTTONS = frozenset({"submit", "button", "reset"})
CODES = frozenset({"data-pipe", "data-if", "data-take", "data-name", "data-ends", "data-mix"})
"""Attributes of ours that hold names and codes."""
SILENT = frozenset({"script", "style", "svg", "code"})
EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_NO_WORDS = re.compile(
    r"https?:[^\s<>\"'”»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@])@[\w.]+"
    r"|\b[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"']*)?"  # hosts, files, contexts
    r"|\{[^{}]*\}"
    r"|<[^<>]*>"  # HTML to be copied
)
_WORD = re.compile(r"[A-Za-z]{2,}")


def plain_words(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Return the words of plain letters in ``text`` that are not ``allowed``."""
    text = _NO_WORDS.sub(" ", text)
    for known in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", " ", text)
    return _WORD.findall(text)


class _Reader(HTMLParser):
    """Reads a page; only what says it is in the language is looked at.

    A span in another language is a text that fell back, and so one that is looked for.
    """

    def __init__(self, language: str, allowed: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.language, self.allowed = language, allowed
        self.found: list[Leak] = []
        self.open: list[tuple[str, str]] = []

    @property
    def spoken(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        spoken = self.spoken if tag == "span" else given.get("lang", self.spoken)
        if tag in SILENT:
            spoken = ""
        if spoken == self.language:
            for name, value in self._read(tag, given):
                self.look(f"{tag}[{name}]", value)
        if tag not in EMPTY:
            self.open.append((tag, spoken))

    def _read(self, tag: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name, value in given.items():
            sentence = name.startswith("data-") and " " in value.strip()
            if name in SPOKEN or (sentence and name not in CODES):
                yield name, value
        if tag == "meta" and given.get("name", given.get("property", "")) in META:
            yield "content", given.get("content", "")
        if tag == "input" and given.get("type") in BUTTONS:
            yield "value", given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.spoken == self.language:
            self.look(self.open[-1][0], data)

    def look(self, place: str, text: str) -> None:
        if plain_words(text, self.allowed):
            self.found.append((place, " ".join(text.split())))


def leaks_in_page(html: str, language: str, allowed: Collection[str] = ()) -> list[Leak]:
    """Return the words of a page that came through no catalogue, each place once."""
    reader = _Reader(language, allowed)
    reader.feed(html.replace("<wbr>", ""))  # a place to break parts no word
    reader.close()
    return list(dict.fromkeys(reader.found))
