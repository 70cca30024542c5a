"""What pages are about in; the pictures shown where their links are posted, out.

A picture's address is made of its bytes, so that one posted yesterday is not taken for today's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

from mati.diagnostics import Code, Notebook, Span
from mati.inline.traces import untraced
from mati.localise import Language
from mati.model import Output, Picture, ShareImage, Survey
from mati.press import Press, PressError, available
from mati.project import Project
from mati.render import CardKey, Looks, plain_words, posted
from mati.share import HEIGHT, WIDTH, Card, Figure, Poster, neutral

__all__ = ["Cards"]

Shown = TypeVar("Shown", Card, Poster)
_FOLDER = "a"
_SIGNS = 8
"""Of a digest in an address, more where two begin alike."""
_LEAST = (600, 315)
"""Pixels below which a small picture is shown beside the words (Meta, "Images in Link Shares")."""


class Cards:
    """The pictures of one build: ``images`` by kind of page, survey and language, and the files
    they stand in, by path; both grow while pages are planned and reports are made.

    Nothing is drawn where the site's own address is unknown: a picture needs a whole one. Where
    typst is not installed all share one without words, in the colours of the theme.
    """

    def __init__(self, project: Project, looks: Looks, notes: Notebook) -> None:
        """Take what pictures look like; nothing is drawn yet."""
        self._project, self._looks, self._notes = project, looks, notes
        wanted = bool(project.settings.url)
        self._press = Press(project.root / ".mati" / "cards") if wanted and available() else None
        self.images: dict[CardKey, ShareImage] = {}
        self.outputs: dict[str, Output] = {}

    def plan(
        self,
        surveys: Mapping[str, Survey],
        site: Mapping[str, Language],
        spoken: Mapping[str, Mapping[str, Language]],
    ) -> None:
        """Draw those of the lists of surveys and of all forms."""
        if not self._project.settings.url:
            return
        if self._press is None and surveys:
            self._notes.note(Code.CARDS_PLAIN, Span(self._project.settings.path))
        for code, voice in site.items():
            title = plain_words(voice.message("Tell us what you think"))
            self._draw(("list", "", code), voice, title, "")
        for name, survey in surveys.items():
            for code, voice in spoken[name].items():
                title, text = posted(survey, voice)
                key = ("form", name, code)
                own = survey.settings.share_image
                if own is not None and own.address:
                    self._take(key, own)
                else:
                    self._draw(key, voice, title, text, survey=name)

    def report(self, survey: Survey, voice: Language, title: str, figure: Figure | None) -> None:
        """Draw the one of a public report in a language: its title, and one number of it."""
        if self._project.settings.url:
            key = ("report", survey.name, voice.code)
            self._draw(key, voice, title, "", survey=survey.name, figure=figure)

    def _take(self, key: CardKey, own: Picture) -> None:
        """Show a picture of the author's; a small one is said."""
        if own.width < _LEAST[0] or own.height < _LEAST[1]:
            pixels = f"{own.width} × {own.height}"
            self._notes.note(Code.SHARE_PICTURE_SMALL, own.span, value=pixels)
        self.images[key] = ShareImage(address=own.address, width=own.width, height=own.height)

    def _draw(
        self, key: CardKey, voice: Language, title: str, text: str, *, survey: str = "",
        figure: Figure | None = None,
    ) -> None:  # fmt: skip
        accent = self._looks.of(survey).accent
        shop = self._project.settings.name
        card = Card(
            language=voice.code,
            shop=untraced(voice.words(shop).text) if shop else "",
            title=untraced(title),
            text=untraced(text),
            accent=accent,
            rtl=voice.direction == "rtl",
            figure=figure,
        )
        wanted = self._looks.of(survey).share_card
        drawn = self._drawn(card, survey) if wanted else b""
        address = self._put(voice.code, drawn) if drawn else self._put("card", neutral(accent))
        number = f"{figure.value} {figure.words}" if figure and drawn else ""
        alt = " · ".join(filter(None, (title, number))) if drawn else ""
        self.images[key] = ShareImage(address=address, width=WIDTH, height=HEIGHT, alt=alt)

    def poster(self, poster: Poster, survey: str) -> bytes:
        """Return the PDF of a poster; nothing where it cannot be drawn, which is said."""
        press = self._press
        return self._tried(poster, survey, press.poster) if press else b""

    def _drawn(self, card: Card, survey: str) -> bytes:
        """Return a card with words; nothing where it cannot be drawn, which is said."""
        press = self._press
        return self._tried(card, survey, press.card) if press else b""

    def _tried(self, wanted: Shown, survey: str, draw: Callable[[Shown], bytes]) -> bytes:
        place = Span(f"content/{survey}.md" if survey else self._project.settings.path)
        language = wanted.language
        missing = self._press.missing(wanted) if self._press else ""
        if missing:
            name = survey or "site"
            self._notes.note(
                Code.CARD_LETTERS, place, name=name, language=language, letters=missing
            )
            return b""
        try:
            return draw(wanted)
        except PressError as problem:
            self._notes.note(Code.CARD_FAILED, place, language=language, problem=problem)
            return b""

    def _put(self, stem: str, content: bytes) -> str:
        """Keep a file; return its address from the root of the site."""
        digest = hashlib.sha256(content).hexdigest()
        for length in range(_SIGNS, len(digest)):
            address = f"{_FOLDER}/{stem}.{digest[:length]}.png"
            known = self.outputs.get(address)
            if known is None or known.content == content:
                self.outputs[address] = Output(path=address, content=content)
                return address
        raise AssertionError(digest)
