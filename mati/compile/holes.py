"""Texts and messages in, places for words out: what a kind's template prints instead of words.

A template is filled once, before any language is known. So a ``Hole`` can be printed and
nothing else: whatever would look at the words raises ``WordsTestedError``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from markupsafe import Markup

from mati.model import Slot, Text
from mati.templating import WordsTestedError

__all__ = ["Hole", "Holes"]

MARK = "\x1a"
"""Stands around a slot's number; no source may contain it (the reader sees to that)."""

_MARKED = re.compile(f"{MARK}([0-9]+){MARK}")


class Hole:
    """A place for words: ``{{ hole }}`` in HTML, ``{{ hole.text }}`` inside an attribute."""

    __slots__ = ("_holes", "_slot")

    def __init__(self, holes: Holes, slot: Slot) -> None:
        """Stand for ``slot``; it gets a number when it is printed."""
        self._holes, self._slot = holes, slot

    @property
    def text(self) -> Hole:
        """The same words for an attribute: escaped, without markup."""
        plain = Slot(
            shape="text",
            text=self._slot.text,
            message=self._slot.message,
            values=self._slot.values,
        )
        return Hole(self._holes, plain)

    @property
    def source(self) -> Text | None:
        """The text it stands for; for our own code, not for templates."""
        return self._slot.text

    def __html__(self) -> str:
        return self._holes.mark(self._slot)

    def _refuse(self, *_: object) -> NoReturn:
        name = self._slot.text.context if self._slot.text else self._slot.message
        raise WordsTestedError(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text | Hole):  # the walk over the model compares what it replaced
            self._refuse()
        return self is other

    __hash__ = object.__hash__
    __bool__ = __len__ = __iter__ = __str__ = __getitem__ = __contains__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __mod__ = __format__ = _refuse
    __int__ = __float__ = _refuse


class Holes:
    """The places for words of one survey's body, numbered as they are printed."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[Slot, int] = {}

    def words(self, text: Text) -> Hole:
        """Return the place for a text of the survey."""
        return Hole(self, Slot(shape="html", text=text))

    def message(self, msgid: str, **values: object) -> Hole:
        """Return the place for one of Mati's own messages; ``values`` fill its ``{names}``."""
        given = tuple((name, self._value(value)) for name, value in values.items())
        return Hole(self, Slot(shape="html", message=msgid, values=given))

    def lengths(self, holes: Sequence[Hole], limit: int) -> Markup:
        """Return a class: ``long`` in languages where a label is wider than ``limit`` cells."""
        given = tuple(hole.source for hole in holes)
        texts = tuple(text for text in given if text is not None)
        if not texts:
            return Markup("short")
        return Markup(self.mark(Slot(shape="class", texts=texts, limit=limit)))  # noqa: S704 -- digits

    def wording(self, texts: Sequence[Text]) -> Markup:
        """Return the place for the hash of what somebody agrees to, in the language shown."""
        return Markup(self.mark(Slot(shape="wording", texts=tuple(texts))))  # noqa: S704 -- digits

    def digits(self, number: object) -> Markup:
        """Return the place for a number in the digits of the language."""
        return Markup(self.mark(Slot(shape="digits", message=str(number))))  # noqa: S704 -- digits

    def room(self, letters: int) -> Markup:
        """Return the place for how many code units that many letters take, in the language."""
        return Markup(self.mark(Slot(shape="room", limit=letters)))  # noqa: S704 -- digits

    def mark(self, slot: Slot) -> str:
        """Return the mark that stands for ``slot`` until the body is cut."""
        return f"{MARK}{self._numbers.setdefault(slot, len(self._numbers))}{MARK}"

    def cut(self, html: str) -> tuple[tuple[str, ...], tuple[Slot, ...]]:
        """Cut ``html`` at its marks into literal parts and the slots between them.

        ``ValueError`` when a mark was damaged on its way.
        """
        pieces = _MARKED.split(html)
        slots = tuple(self._numbers)
        numbers = [int(piece) for piece in pieces[1::2]]
        parts = tuple(pieces[::2])
        if any(MARK in part for part in parts) or any(n >= len(slots) for n in numbers):
            message = "a place for words was cut to pieces"
            raise ValueError(message)
        return parts, tuple(slots[number] for number in numbers)

    @staticmethod
    def _value(value: object) -> str:
        if isinstance(value, Hole):
            value._refuse()  # noqa: SLF001 -- its own kind
        return str(value)
