"""Catalogues in, a ``Language`` out that gives every text its words."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from markupsafe import Markup, escape

from mati import inline
from mati.catalog import Catalog, usable
from mati.cldr import direction, known
from mati.inline.marks import mark
from mati.inline.traces import untraced
from mati.localise.dates import long_date
from mati.localise.letters import digits, kept, room
from mati.localise.pseudo import is_pseudo
from mati.localise.tracing import Traces, traced
from mati.localise.words import Words, join_signs
from mati.model import STANDARD, Body, Pipe, Slot, Text, map_text, wording_hash
from mati.width import cells

__all__ = ["Language", "endonym", "fill", "language", "localise"]

SITE = ("site.", "scale.")
"""Contexts that are translated once for the whole project, in ``site.po``."""
OWN = "en"
"""The language in which Mati's own messages are written."""

_PIPE = re.compile(r"\{\{ {0,3}([a-z][a-z0-9_.]*) {0,3}\}\}")
_VALUE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TAG = re.compile(r"(<[^>]*>)")

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of one survey, or of the site: its catalogues and when to fall back.

    ``code`` is BCP 47; ``source`` the language the survey is written in; ``direction`` is
    ``ltr`` or ``rtl``; ``endonym`` the language's own name for itself.
    """

    code: str
    source: str
    direction: str = "ltr"
    endonym: str = ""
    survey: Catalog | None = None
    site: Catalog | None = None
    mati: Catalog | None = None
    outdated: str = "show"
    native: str = ""
    """The ten digits in which numbers are shown; "" for 0 to 9."""
    traces: Traces | None = field(default=None, repr=False, compare=False)
    """Where texts give account of themselves, in the preview for translators only."""
    _known: dict[Text, Words] = field(default_factory=dict, repr=False, compare=False)

    def words(self, text: Text) -> Words:
        """Return the words of ``text``: the translation where there is a good one.

        Else the source's, marked with their language.
        """
        found = self._known.get(text)
        if found is None:
            string = self._translation(text)
            found = self._traced(text, self._words(text, string))
            self._known[text] = found
        return found

    def _traced(self, text: Text, words: Words) -> Words:
        """Return words between traces, where translators look on."""
        if self.traces is None or not words.text:
            return words
        own = text.context.startswith(STANDARD)
        shared = text.context.startswith(SITE)
        one = traced(
            self.code,
            "" if own else text.context,
            text.source,
            self.mati if own else self.site if shared else self.survey,
            written_in=OWN if own else self.source,
            source_language=_same_language(self.code, OWN) if own else self.code == self.source,
            rich=text.rich and not own,
            domain="mati" if own else "site" if shared else text.context.partition(".")[0],
        )
        around = self.traces.around
        html = Markup(around(words.html, one))  # noqa: S704 -- as it was, between noncharacters
        return replace(words, html=html, text=around(words.text, one))

    def message(self, msgid: str, **values: object) -> Markup:
        """Return one of Mati's own messages; values are escaped and kept in their direction.

        Where there is no good translation the English carries marks, which ``settle`` turns
        into a ``lang`` attribute when the page is whole.
        """
        found = self._own(msgid)
        good, string = found is not None, msgid if found is None else found
        foreign = not good and not _same_language(self.code, OWN)
        way = direction(OWN) if foreign else self.direction

        def value(match: re.Match[str]) -> str:
            if match[1] not in values:
                return match[0]
            found = self.number(values[match[1]])
            return str(escape(found if hasattr(found, "__html__") else kept(str(found), way)))

        filled = _VALUE.sub(value, entities.escape(string, quote=True))
        shown = mark(filled, OWN) if foreign else self._settled(filled)
        if self.traces is not None:
            one = traced(
                self.code,
                "",
                msgid,
                self.mati,
                written_in=OWN,
                source_language=_same_language(self.code, OWN),
                rich=False,
                domain="mati",
            )
            shown = self.traces.around(shown, one)
        return Markup(shown)  # noqa: S704 -- escaped above, word by word

    def day(self, day: date) -> str:
        """Return a day as the language writes it out, in its digits."""
        return self._in_digits(long_date(day, self.code))

    def number(self, value: object) -> object:
        """Return a number in the digits of the language; anything else as it is."""
        text = str(value)
        return self._in_digits(text) if text.isdecimal() else value

    def _in_digits(self, text: str) -> str:
        return text.translate(dict(enumerate(self.native, ord("0"))))

    def _own(self, msgid: str) -> str | None:
        """Return the translation of one of Mati's own messages, None where there is no good one."""
        found = self.mati.find("", msgid) if self.mati else None
        if found is None or not usable(msgid, found, rich=False, outdated=self.outdated):
            return None
        return found.string

    def _translation(self, text: Text) -> str | None:
        """Return the translation of ``text``, None where the source must stand in."""
        if text.context.startswith(STANDARD):
            return self._own(text.source)
        catalog = self.site if text.context.startswith(SITE) else self.survey
        found = catalog.find(text.context, text.source) if catalog else None
        if found is None or not usable(text.source, found, rich=text.rich, outdated=self.outdated):
            return None
        return found.string

    def _words(self, text: Text, string: str | None) -> Words:
        source = OWN if text.context.startswith(STANDARD) else self.source
        foreign = string is None and not _same_language(self.code, source)
        html, plain = self._raw(text, string, foreign=foreign)
        if foreign:
            other = direction(source)
            way = Markup(' dir="{}"').format(other) if other != self.direction else ""
            html = Markup('<span lang="{}"{}>{}</span>').format(source, way, html)
        return Words(html=html, text=plain, fallback=foreign)

    def _raw(self, text: Text, string: str | None, *, foreign: bool) -> tuple[Markup, str]:
        """Return HTML and plain words without a mark; ``foreign`` pipes stay foreign, too."""
        shown = text.source if string is None else string
        html = inline.html(shown) if text.rich else str(escape(shown))
        plain = inline.plain(shown) if text.rich else shown
        if text.pipes:
            fallbacks = {pipe.ref: self._fallback(pipe, foreign=foreign) for pipe in text.pipes}
            fixed = frozenset(pipe.ref for pipe in text.pipes if pipe.value is not None)
            html, plain = _piped(html, fallbacks, fixed), _piped_plain(plain, fallbacks)
        return Markup(html if foreign else self._settled(html)), plain  # noqa: S704 -- clean

    def _fallback(self, pipe: Pipe, *, foreign: bool) -> Words:
        """Return what a pipe shows before a script fills it, or all it ever shows."""
        if pipe.value is not None:
            return self._value(pipe.value, foreign=foreign)
        if pipe.fallback is None:
            return Words(html=Markup(), text="")
        if not foreign:
            return self.words(pipe.fallback)
        html, plain = self._raw(pipe.fallback, None, foreign=True)
        return Words(html=html, text=plain, fallback=True)

    def _value(self, value: Text | date | str, *, foreign: bool) -> Words:
        """Return the words of what a pipe stands for; a date as the language writes it."""
        if isinstance(value, Text):
            if not foreign:
                return self.words(value)
            html, plain = self._raw(value, None, foreign=True)
            return Words(html=html, text=plain, fallback=True)
        if isinstance(value, date):
            shown = long_date(value, self.source) if foreign else self.day(value)
        else:
            shown = value
        return Words(html=escape(shown), text=shown)

    def _settled(self, html: str) -> str:
        return join_signs(html) if _same_language(self.code, "km") else html


def _same_language(one: str, other: str) -> bool:
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def _piped(html: str, fallbacks: dict[str, Words], fixed: frozenset[str]) -> str:
    """Put a ``bdi`` where a pipe stands between tags, the bare words where inside one.

    ``fixed`` are those that no script fills.
    """

    def in_text(match: re.Match[str]) -> str:
        found = fallbacks.get(match[1])
        if found is None:
            return match[0]
        html = found.html
        return str(html) if match[1] in fixed else f'<bdi data-pipe="{match[1]}">{html}</bdi>'

    def in_tag(match: re.Match[str]) -> str:
        found = fallbacks.get(match[1])
        return quote(found.text, safe="") if found else match[0]

    pieces = _TAG.split(html)
    changed = (_PIPE.sub(in_tag if p.startswith("<") else in_text, p) for p in pieces)
    return "".join(changed)


def _piped_plain(plain: str, fallbacks: dict[str, Words]) -> str:
    def words(match: re.Match[str]) -> str:
        found = fallbacks.get(match[1])
        return found.text if found else match[0]

    return _PIPE.sub(words, plain)


def endonym(code: str) -> str:
    """Return a language's own name for itself, its code where CLDR knows none."""
    locale = None if is_pseudo(code) else known(code)
    name = locale.get_display_name(locale) if locale else ""
    return (name or code).replace("\u200b", "")


def language(
    code: str,
    source: str,
    survey: Catalog | None = None,
    site: Catalog | None = None,
    mati: Catalog | None = None,
    *,
    outdated: str = "show",
    native: bool = False,
    traces: Traces | None = None,
) -> Language:
    """Return the language ``code`` of a survey written in ``source``.

    Direction and endonym come from CLDR through Babel; a language it does not know runs from
    left to right and is called by its code.
    """
    return Language(
        code=code,
        source=source,
        direction=direction(code),
        endonym=endonym(code),
        survey=None if code == source else survey,
        site=site,
        mati=mati,
        outdated=outdated,
        native=digits(code) if native else "",
        traces=traces,
    )


def localise(node: Node, language: Language) -> Node:
    """Return ``node`` with every ``Text`` in it turned into ``Words`` of ``language``."""
    return map_text(node, language.words)


def fill(body: Body, language: Language) -> str:
    """Return the HTML of a compiled body in ``language``: its literal parts and the words."""
    made = [body.parts[0]]
    for slot, part in zip(body.slots, body.parts[1:], strict=True):
        made.append(_SHAPES[slot.shape](slot, language))
        made.append(part)
    return "".join(made)


def _html(slot: Slot, language: Language) -> str:
    if slot.text is not None:
        return str(language.words(slot.text).html)
    return str(language.message(slot.message, **dict(slot.values)))


def _text(slot: Slot, language: Language) -> str:
    if slot.text is not None:
        return str(escape(language.words(slot.text).text))
    return str(language.message(slot.message, **dict(slot.values)))


def _class(slot: Slot, language: Language) -> str:
    widths = (cells(untraced(language.words(text).text)) for text in slot.texts)
    return "long" if any(width > slot.limit for width in widths) else "short"


def _wording(slot: Slot, language: Language) -> str:
    return wording_hash(untraced(language.words(text).text) for text in slot.texts)


def _room(slot: Slot, language: Language) -> str:
    return str(room(language.code, slot.limit))


def _digits(slot: Slot, language: Language) -> str:
    return str(language.number(slot.message))


_SHAPES: dict[str, Callable[[Slot, Language], str]] = {
    "html": _html,
    "text": _text,
    "class": _class,
    "wording": _wording,
    "room": _room,
    "digits": _digits,
}
