"""What pages are about in; the pictures shown where their links are posted, out.

A picture's address is made of its bytes, so that one posted yesterday is not taken for today's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from mati.diagnostics import Code, Notebook, Span
from mati.inline.traces import untraced
from mati.localise import Language
from mati.model import Output, Picture, ShareImage, Survey, Text
from mati.press import Press, PressError, available
from mati.project import Project
from mati.render import CardKey, Looks, plain_words, posted
from mati.share import HEIGHT, WIDTH, Card, Figure, Poster, Sign, neutral

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

    def __init__(
        self, project: Project, looks: Looks, files: Mapping[str, Output], notes: Notebook
    ) -> None:
        """Take what pictures look like, and ``files`` by path, the shop's sign among them.

        Nothing is drawn yet.
        """
        self._project, self._looks, self._notes = project, looks, notes
        self._files, self._spoilt = files, set[str]()
        wanted = bool(project.settings.url)
        self._press = Press(project.root / ".mati" / "cards") if wanted and available() else None
        self.images: dict[CardKey, ShareImage] = {}
        self.outputs: dict[str, Output] = {}
        self._general = Span(project.settings.path)
        self._titles: dict[tuple[str, str], Span] = {}

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
            self._notes.note(Code.CARDS_PLAIN, self._general)
        for code, voice in site.items():
            title = plain_words(voice.message("Tell us what you think"))
            self._draw(("list", "", code), voice, title, "")
        for name, survey in surveys.items():
            for code, voice in spoken[name].items():
                self._titles[name, code] = _written(survey.title, voice)
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
            sign=self.sign(survey),
        )
        wanted = self._looks.of(survey).share_card
        drawn = self._drawn(card, survey) if wanted else b""
        address = self._put(voice.code, drawn) if drawn else self._put("card", neutral(accent))
        number = f"{figure.value} {figure.words}" if figure and drawn else ""
        alt = " · ".join(filter(None, (title, number))) if drawn else ""
        self.images[key] = ShareImage(address=address, width=WIDTH, height=HEIGHT, alt=alt)

    def sign(self, survey: str) -> Sign | None:
        """Return the shop's sign as it stands on cards and posters; one too large is said."""
        logo = self._looks.logo(survey)
        file = self._files.get(logo.address) if logo else None
        if not logo or not file or self._press is None or logo.address in self._spoilt:
            return None
        sign = Sign(name=logo.address, content=file.content, width=logo.width, height=logo.height)
        if sign.fits:
            return sign
        self._leave(logo)
        return None

    def _leave(self, logo: Picture) -> None:
        """Leave a sign out of all that is drawn, and say so."""
        self._spoilt.add(logo.address)
        self._notes.note(
            Code.CARD_SIGN,
            logo.span,
            name=logo.path,
            pixels=f"{logo.width} × {logo.height}",
            size=len(self._files[logo.address].content) // 1000,
        )

    def poster(self, poster: Poster, survey: str) -> bytes:
        """Return the PDF of a poster; nothing where it cannot be drawn, which is said."""
        press = self._press
        return self._tried(poster, survey, press.poster) if press else b""

    def sweep(self, *, whole: bool) -> None:
        """Forget the drawn ones that nothing shows any more.

        All stay where not ``whole`` the site was made, or a mistake hides what it would show.
        """
        if self._press and whole and not self._notes.has_errors():
            self._press.sweep()

    def _drawn(self, card: Card, survey: str) -> bytes:
        """Return a card with words; nothing where it cannot be drawn, which is said."""
        press = self._press
        return self._tried(card, survey, press.card) if press else b""

    def _tried(self, wanted: Shown, survey: str, draw: Callable[[Shown], bytes]) -> bytes:
        language = wanted.language
        missing = self._press.missing(wanted) if self._press else ""
        if missing:
            place, name = self._titles.get((survey, language), self._general), survey or "site"
            self._notes.note(
                Code.CARD_LETTERS, place, name=name, language=language, letters=missing
            )
            return b""
        try:
            return draw(wanted)
        except PressError as problem:
            logo = self._looks.logo(survey)
            if wanted.sign and logo:
                bare = self._tried(replace(wanted, sign=None), survey, draw)
                if bare:
                    self._leave(logo)
                return bare
            place = self._titles.get((survey, language), self._general)
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


def _written(title: Text, voice: Language) -> Span:
    """Return where the words of a title stand: each translation is told of on its own."""
    words = voice.survey
    found = words.find(title.context, title.source) if words else None
    if words is None or found is None or voice.words(title).fallback:
        return title.span
    return Span(words.path, found.string_line)
