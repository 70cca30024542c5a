"""The instrument: survey, sections, questions, options. Frozen; made by the reader only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from mati.diagnostics import Span
from mati.model.conditions import Condition
from mati.model.links import LinkUse
from mati.model.names import join, write_in
from mati.model.options import Option
from mati.model.pictures import Picture
from mati.model.settings import Settings
from mati.model.text import Text

__all__ = [
    "Block",
    "Field",
    "Input",
    "Prose",
    "Question",
    "Row",
    "Section",
    "Survey",
]


_UNSEEN = ("date", "time")
"""Inputs without a placeholder: empty or not, they look the same to CSS."""


@unique
class Block(Enum):
    """The answer blocks of the dialect: the shapes that can stand under a question."""

    ONE = "choices-one"
    """``- (code) text``"""
    SEVERAL = "choices-several"
    """``- [code] text``"""
    SCALE = "scale"
    """``- (0..10) low … high``"""
    RANKING = "ranking"
    """``1. (code) text``"""
    MATRIX = "matrix"
    """A table whose heading cells carry codes."""
    LINES = "lines"
    """``___`` on one or more lines."""
    FIELDS = "fields"
    """``- Name: ___``"""
    NONE = "none"
    """No block: the kind brings a standard one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """One block of help text: a paragraph (one text), a list (a text per entry) or pictures."""

    shape: str
    """``p``, ``ul``, ``ol`` or ``img``; ``part`` where a report shows one of its parts."""
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()
    part: str = ""
    """Which part of a report stands here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item of a grid."""

    id: str
    label: Text
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What a line to write on takes.

    ``kind`` is text, email, phone, number, date, time or url; ``lines`` how many lines high;
    ``low`` and ``high`` bound a number's value.
    """

    kind: str = "text"
    lines: int = 1
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One small field of a question with several."""

    id: str
    label: Text
    input: Input
    span: Span
    placeholder: Text | None = None
    autocomplete: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its answers.

    Which of ``options``, ``rows``, ``fields``, ``input`` and the ends are filled depends on
    ``block``: ONE, SEVERAL, RANKING, SCALE fill options (SCALE with ``low_end``/``high_end``),
    MATRIX options (the columns) and rows, LINES ``input``, FIELDS ``fields``.
    """

    id: str
    kind: str
    block: Block
    label: Text
    span: Span
    look: str = ""
    """``as=``: a template inside the kind's folder, "" for its plain one."""
    help: tuple[Prose, ...] = ()
    required: bool = False
    show_if: Condition | None = None
    condition: str = ""
    """``show_if`` as the author wrote it."""
    private: bool = False
    shuffle: bool = False
    several: bool = False
    """A matrix whose rows take several answers (``[5]``)."""
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    input: Input | None = None
    low_end: Text | None = None
    high_end: Text | None = None
    corner: Text | None = None
    """First heading cell of a matrix."""
    least: int | None = None
    """``min=``: characters of a text, picks of a multiple choice."""
    most: int | None = None
    placeholder: Text | None = None
    autocomplete: str = ""
    id_given: bool = True
    """False where the reader had to make up an id (``no-id``)."""

    @property
    def scored(self) -> tuple[Option, ...]:
        """The options inside the base: all but ``{na}``."""
        return tuple(option for option in self.options if not option.na)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A dialect page: heading, help text, questions; or an ending (``end``)."""

    id: str
    span: Span
    title: Text | None = None
    prose: tuple[Prose, ...] = ()
    questions: tuple[Question, ...] = ()
    show_if: Condition | None = None
    condition: str = ""
    end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One instrument, in its source language.

    ``sections`` are the pages in order, ``endings`` the endings with the unconditional one
    last; ``version`` hashes the structure (ids, codes, order, conditions), never wording.
    """

    name: str
    language: str
    languages: tuple[str, ...]
    """All languages wanted, the source first."""
    title: Text
    intro: tuple[Prose, ...] = ()
    sections: tuple[Section, ...] = ()
    endings: tuple[Section, ...] = ()
    settings: Settings = field(default_factory=Settings)
    path: str = ""
    """The file it was read from, as shown to people."""
    version: str = ""
    links: tuple[LinkUse, ...] = ()
    """Links in its texts, to be followed when all files are known."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def unseen(self) -> frozenset[str]:
        """Wire names of lines of which CSS cannot tell whether they are filled in.

        They have no placeholder; what is typed into all others can be seen by theirs.
        """
        lines = [(q.id, q.input) for q in self.questions if q.input is not None]
        lines += [(join(q.id, f.id), f.input) for q in self.questions for f in q.fields]
        words = (write_in(q.id, o.code) for q in self.questions for o in q.options if o.write_in)
        return frozenset((*(name for name, line in lines if line.kind in _UNSEEN), *words))

    def section_of(self, question: Question) -> Section:
        """Return the section that holds ``question``."""
        return next(s for s in self.sections if question in s.questions)
