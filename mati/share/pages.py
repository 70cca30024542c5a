"""The HTML of a page in; its head as previews read it, where it leads, and its places, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Read", "read_page"]

_LEADS = {"a": "href", "img": "src", "script": "src", "form": "action", "iframe": "src"}
"""What of a page fetches or opens something else; links of the head are read apart."""


@dataclass(slots=True, kw_only=True)
class Read:
    """One page: ``tags`` by name (``og:title``, ``description``), each as often as it stands;
    ``last`` is the byte behind the last of them.
    """

    title: str = ""
    language: str = ""
    canonical: str = ""
    tags: dict[str, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    last: int = 0

    @property
    def unlisted(self) -> bool:
        """Whether search engines are asked to leave it out."""
        return any("noindex" in value for value in self.tags.get("robots", ()))

    def tag(self, name: str) -> str:
        """Return the first value of a tag, "" where it is missing."""
        return next(iter(self.tags.get(name, ())), "")


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Read()
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line.encode()) + 1)
        self._in_title = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        given = {name: value or "" for name, value in attrs}
        if place := given.get("id"):
            self.page.places.add(place)
        if tag in _LEADS and (led := given.get(_LEADS[tag])) is not None:
            self.page.links.append(led)
        if tag == "html":
            self.page.language = given.get("lang", "")
        elif tag == "meta" and (name := given.get("property") or given.get("name")):
            self.page.tags.setdefault(name, []).append(given.get("content", ""))
            line, column = self.getpos()
            tag_text = self.get_starttag_text() or ""
            self.page.last = self._lines[line - 1] + column + len(tag_text.encode())
        elif tag == "link" and given.get("rel") == "canonical":
            self.page.canonical = given.get("href", "")
        self._in_title = tag == "title" and not self.page.title

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        self._in_title = False

    def handle_data(self, data: str) -> None:
        """Note the words of the title."""
        if self._in_title:
            self.page.title += data


def read_page(content: bytes) -> Read:
    """Read a page as a robot without a script does; damaged bytes are read as they can be."""
    return _Reader(content.decode("utf-8", "replace")).page
