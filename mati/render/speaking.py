"""What a page needs of a language, and words that more than one page says in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from markupsafe import Markup, escape

from mati.inline.marks import settle, unmarked
from mati.model import Prose, Survey, Text, map_text

__all__ = ["Speaker", "Spoken", "plain_words", "posted", "refusals", "spoken_head"]


class Spoken(Protocol):
    """A text in a language: for HTML (a fallback is marked there), and for an attribute."""

    @property
    def html(self) -> Markup:
        """The words with their markup."""
        ...

    @property
    def text(self) -> str:
        """The words alone, unescaped."""
        ...


class Speaker(Protocol):
    """One language as far as pages need it; ``localise`` makes them."""

    @property
    def code(self) -> str:
        """BCP 47, such as ``km``."""
        ...

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        ...

    @property
    def endonym(self) -> str:
        """The language's own name for itself."""
        ...

    @property
    def native(self) -> str:
        """The ten digits in which numbers are shown; "" for 0 to 9."""
        ...

    def day(self, day: date) -> str:
        """Return a day as the language writes it out."""
        ...

    def words(self, text: Text) -> Spoken:
        """Return a text of the author in this language."""
        ...

    def message(self, msgid: str, **values: object) -> Markup:
        """Return one of Mati's own messages in this language, ``{names}`` filled."""
        ...


def spoken_head(survey: Survey, language: Speaker) -> Survey:
    """Return title and intro of ``survey`` in ``language``; its questions stand in the body."""
    return map_text(replace(survey, sections=(), endings=()), language.words)


def refusals(language: Speaker) -> dict[str, str]:
    """Return what is said for each status with which the form service refuses (RFC 9110, 15).

    A reason's own name, where one stands here, comes before its status.
    """
    message = language.message
    said = {
        "400": message("Something in the form was damaged on its way."),
        "409": message("These answers belong to another survey."),
        "410": message("This survey is closed."),
        "not-open": message("This survey is not open yet. Please come back later."),
        "413": message("Your answers are too long. Please shorten the longest one."),
        "415": message("This browser sent the answers in a form we cannot read."),
        "value-too-long": message("Your answers are too long. Please shorten the longest one."),
        "422": message("The answers hold more than this form can take."),
        "429": message("Too many answers came at once. Please wait a minute and send again."),
        "503": message("The answers cannot be stored just now. Please try again in a minute."),
    }
    return {status: settle(str(escape(sentence))) for status, sentence in said.items()}


def plain_words(message: Markup) -> str:
    """Return one of Mati's own messages as plain text, for what is drawn or printed."""
    return unmarked(str(message.unescape()))


def posted(survey: Survey, language: Speaker) -> tuple[str, str]:
    """Return title and text of a survey as search and share pages show them, plain."""
    settings = survey.settings
    first = next((p.texts[0] for p in survey.intro if isinstance(p, Prose) and p.texts), None)
    told = settings.share_text or first
    title = language.words(settings.share_title or survey.title).text
    return title, language.words(told).text if told else ""
