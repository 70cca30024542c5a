"""A survey in, its shape out: what answers are kept under, and the words that stood for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mati.diagnostics import Span
from mati.model import (
    Block,
    Condition,
    Option,
    Question,
    Survey,
    Text,
    consent_texts,
    join,
    wording_hash,
)
from mati.questions import kind_of

__all__ = ["HIDDEN", "Asked", "Named", "Page", "Shape", "places_of", "shape_of", "source_shape"]

_FEWEST = 2

HIDDEN = "hidden"
"""The kind of a hidden field, which is kept like a question nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An answer, a row or a field: its code or id, its words, and what else it is."""

    name: str
    words: str = ""
    marks: str = ""
    """``na``, ``only`` and ``text`` of an answer, what a field takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, or hidden field, as answers know it."""

    id: str
    kind: str
    block: str
    words: str = ""
    direction: str = ""
    """``up`` or ``down``: how the numbers of a scale run as it is shown."""
    several: bool = False
    private: bool = False
    takes: str = ""
    """What its line takes: ``text``, ``number`` …"""
    codes: tuple[Named, ...] = ()
    rows: tuple[Named, ...] = ()
    fields: tuple[Named, ...] = ()
    ends: tuple[str, ...] = ()
    show_if: Condition | None = None

    @property
    def parts(self) -> tuple[Named, ...]:
        """Rows and fields: what has a wire name of its own."""
        return (*self.rows, *self.fields)

    @property
    def sort(self) -> str:
        """What its answers are: two questions of one sort can be counted together."""
        block = "one" if self.block in _ONE else self.block
        return " ".join((block, self.takes, "private" if self.private else "")).strip()


_ONE = frozenset({Block.ONE.value, Block.SCALE.value, Block.NONE.value, Block.SEVERAL.value})
"""Blocks that differ only in whether several answers may be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which questions stand on a page, and when it is shown."""

    asks: tuple[str, ...] = ()
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A survey as answers know it; ``version`` is the one that comes with each answer."""

    version: str
    asked: tuple[Asked, ...] = ()
    pages: tuple[Page, ...] = ()
    endings: tuple[Page, ...] = ()
    """``asks`` holds the ending's id alone."""
    consents: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()
    """Of each consent question the (language, hash, text) that people agree to."""

    def names(self) -> Iterator[str]:
        """Go through all names given: ids, ``id.row``, ``id.code``."""
        for asked in self.asked:
            yield asked.id
            for part in (*asked.parts, *asked.codes):
                yield join(asked.id, part.name)


# --- Of a survey ------------------------------------------------------------------------------


def _words(text: Text | None) -> str:
    return " ".join(text.source.split()) if text else ""


def _direction(codes: tuple[Named, ...]) -> str:
    scored = [code.name for code in codes if "na" not in code.marks]
    if len(scored) < _FEWEST or not all(name.isdigit() for name in scored):
        return ""
    numbers = [int(name) for name in scored]
    order = sorted(numbers)
    return "up" if numbers == order else "down" if numbers == order[::-1] else ""


def _marks(option: Option) -> str:
    known = (("na", option.na), ("only", option.only), ("text", option.write_in))
    return " ".join(word for word, there in known if there)


def _asked(question: Question) -> Asked:
    codes = tuple(
        Named(name=option.code, words=_words(option.label), marks=_marks(option))
        for option in question.options
    )
    ends = (question.low_end, question.high_end)
    return Asked(
        id=question.id,
        kind=question.kind,
        block=question.block.value,
        words=_words(question.label),
        direction=_direction(codes),
        several=question.several or question.block is Block.SEVERAL,
        private=question.private,
        takes=question.input.kind if question.input else "",
        codes=codes,
        rows=tuple(Named(name=row.id, words=_words(row.label)) for row in question.rows),
        fields=tuple(
            Named(name=f.id, words=_words(f.label), marks=f.input.kind) for f in question.fields
        ),
        ends=tuple(_words(end) for end in ends) if any(ends) else (),
        show_if=question.show_if,
    )


def shape_of(survey: Survey) -> Shape:
    """Return the shape of a survey in its source language."""
    hidden = (
        Asked(
            id=field.name,
            kind=HIDDEN,
            block=HIDDEN,
            codes=tuple(Named(name=code, words=_words(label)) for code, label in field.values),
        )
        for field in survey.settings.hidden
    )
    return Shape(
        version=survey.version,
        asked=(*map(_asked, survey.questions), *hidden),
        pages=tuple(
            Page(asks=tuple(q.id for q in page.questions), show_if=page.show_if)
            for page in survey.sections
        ),
        endings=tuple(Page(asks=(ending.id,), show_if=ending.show_if) for ending in survey.endings),
    )


def source_shape(survey: Survey) -> Shape:
    """Return the shape of a survey with the words of its consents as they stand in its source."""
    consents = (
        (question.id, ((survey.language, wording_hash(words), " ".join(words)),))
        for question in survey.questions
        if kind_of(question.kind).consent
        for words in [[_words(text) for text in consent_texts(question)]]
    )
    return replace(shape_of(survey), consents=tuple(consents))


def places_of(survey: Survey) -> dict[str, Span]:
    """Return where each name of a shape stands."""
    found: dict[str, Span] = {}
    for question in survey.questions:
        found[question.id] = question.span
        found.update((join(question.id, option.code), option.span) for option in question.options)
        found.update((join(question.id, row.id), row.span) for row in question.rows)
        found.update((join(question.id, field.id), field.span) for field in question.fields)
    found.update((hidden.name, hidden.span) for hidden in survey.settings.hidden)
    return found
