"""What the lines of a file tell, before questions are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mati.model import Block, Field, Input, Option, Prose, Row, Text
from mati.reader.attributes import Properties
from mati.reader.brackets import Bracket
from mati.reader.pieces import Piece

__all__ = ["Answers", "Draft", "DraftQuestion", "DraftSection", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its lines, the marker gone, and the author's word to translators."""

    lines: tuple[Piece, ...]
    note: str = ""
    bracket: Bracket | None = None
    """What it begins with, where that is a bracket."""

    @property
    def coded(self) -> bool:
        """Tell whether it begins with a code."""
        return self.bracket is not None and self.bracket.is_code

    @property
    def first(self) -> Piece:
        """Return its first line."""
        return self.lines[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer block, ready to go into a question."""

    block: Block
    line: int
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    input: Input | None = None
    low_end: Text | None = None
    high_end: Text | None = None
    corner: Text | None = None
    several: bool = False
    damaged: bool = False
    """A mistake in it was written down: what the kind would find may only follow from it."""
    broken: bool = False
    """A mistake in it was written down that leaves its answers unknown."""


@dataclass(slots=True)
class DraftQuestion:
    """A question as far as its lines tell."""

    id: str
    id_given: bool
    words: Piece
    label: Text
    properties: Properties
    note: str
    help: list[Prose] = field(default_factory=list)
    answers: Answers | None = None
    told: bool = False
    """Its heading was told of: that it has no id is not the news."""
    slipped: bool = False
    """Answers stand below it that could not be read as such."""
    answers_above: bool = False
    """Answers that belong to no question stand right above this one: they were meant for it."""


@dataclass(slots=True)
class DraftSection:
    """A page or an ending as far as its lines tell."""

    id: str
    place: Piece
    title: Text | None
    properties: Properties
    note: str = ""
    prose: list[Prose] = field(default_factory=list)
    questions: list[DraftQuestion] = field(default_factory=list)
    implied: bool = False
    """True where no heading or page break made it."""
    level: int = 2
    """How many signs its heading has; more than two on plain pages alone."""


@dataclass(slots=True)
class Draft:
    """Everything that stands in the file."""

    title: Text | None = None
    title_line: int = 0
    intro: list[Prose] = field(default_factory=list)
    sections: list[DraftSection] = field(default_factory=list)
