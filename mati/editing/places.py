"""A line of a survey in, the place where a name belongs out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mati.diagnostics import Notebook, Source
from mati.editing.edits import Edit
from mati.reader.attributes import Properties, split, stands_alone
from mati.reader.comments import clear_comments
from mati.reader.front import part
from mati.reader.pieces import Piece, Reading

__all__ = ["Heading", "Sheet"]

_HEADING = re.compile(r" {0,3}(#{2,3})(?!#)")
_GIVEN = re.compile(r"#([a-z][a-z0-9_]*)")
_CODE = re.compile(r"[(\[][ \t]*([a-z0-9][a-z0-9_-]*)[ \t]*[)\]]")
_ENTRY = re.compile(r"\s*(?:[-*+|]|\d)")
_LINE = re.compile(r"_{3,}")
_UNFILLED = re.compile(r"#(?=[\s}]|$)")
_MARKS = " \t|-*+:_"
_QUESTION = 3


@dataclass(slots=True)
class Heading:
    """A page or a question: where it begins, its words, and its id once it has one."""

    line: int
    question: bool
    words: Piece
    id: str = ""


@dataclass(slots=True)
class Sheet:
    """A survey's lines as they stand, comments blank, so that columns hold."""

    source: Source
    lines: tuple[str, ...] = ()
    first: int = 1
    scratch: Reading = field(init=False)

    def __post_init__(self) -> None:
        """Part the body from the settings and the comments."""
        self.scratch = Reading(self.source.path, "", Notebook())
        _, body, self.first = part(self.source.path, self.source.text, self.scratch.notes)
        self.lines = clear_comments(self.scratch, body, self.first).texts

    def text(self, line: int) -> str:
        """Return a line, "" where there is none."""
        at = line - self.first
        return self.lines[at] if 0 <= at < len(self.lines) else ""

    def headings(self) -> list[Heading]:
        """Return all pages and questions with the ids they have."""
        return list(self._headings())

    def _headings(self) -> Iterator[Heading]:
        for number, text in enumerate(self.lines, self.first):
            match = _HEADING.match(text)
            if match is None:
                continue
            words, properties = self._parted(Piece(text, number, 1).cut(match.end()))
            found = properties.id or self._below(number).id
            yield Heading(
                line=number,
                question=len(match[1]) == _QUESTION,
                words=words,
                id=found.text if found else "",
            )

    def _parted(self, piece: Piece) -> tuple[Piece, Properties]:
        """Part a heading's line into its words and properties; hashes at its end go."""
        return split(self.scratch, _without_hashes(piece))

    def _below(self, line: int) -> Properties:
        """Return the properties on a line of their own below a heading."""
        text = self.text(line + 1)
        if not stands_alone(text):
            return Properties()
        words, properties = split(self.scratch, Piece(text, line + 1, 1))
        return Properties() if words.text else properties

    def names_between(self, first: int, stop: int) -> tuple[set[str], set[str]]:
        """Return the ids and the codes that stand in answers from one line up to another."""
        texts = [t for n in range(first, stop) if _ENTRY.match(t := self.text(n))]
        whole = "\n".join(texts)
        return set(_GIVEN.findall(whole)), set(_CODE.findall(whole))

    # Where a name goes

    def of_heading(self, heading: Heading, name: str) -> Edit:
        """Return the edit that gives a heading its id: in its braces, those below, or new ones."""
        text = self.text(heading.line)
        match = _HEADING.match(text)
        start = match.end() if match else 0
        piece = _without_hashes(Piece(text, heading.line, 1).cut(start))
        below = self.text(heading.line + 1)
        own = self._at_end(piece, name)
        if own.text.startswith(" {") and stands_alone(below):
            words, _ = split(self.scratch, Piece(below, heading.line + 1, 1))
            if not words.text:
                return self._in_braces(Piece(below, heading.line + 1, 1), below.index("{"), name)
        return own

    def of_row(self, line: int, column: int, name: str) -> Edit:
        """Return the edit that gives the row of a table its id, in its first cell."""
        text = self.text(line)
        end = column - 1
        while (end := text.find("|", end)) > 0 and text[end - 1] == "\\":
            end += 1
        return self._at_end(Piece(text, line, 1).cut(column - 1, end if end >= 0 else None), name)

    def of_field(self, line: int, column: int, name: str) -> Edit:
        """Return the edit that gives a small field its id, behind its line."""
        text = self.text(line)
        match = _LINE.search(text, column - 1)
        return self._at_end(Piece(text, line, 1).cut(match.end() if match else len(text)), name)

    def of_hash(self, line: int, column: int, name: str) -> Edit:
        """Return the edit that writes the name behind a lone ``#``."""
        return Edit(line, column, 0, name, f"{{#{name}}}")

    def words_before(self, line: int, column: int) -> str:
        """Return the words that the braces around a place belong to."""
        return self.text(line)[: column - 1].rpartition("{")[0].strip(_MARKS)

    def is_field(self, line: int, column: int) -> bool:
        """Tell a small field from the row of a table."""
        text = self.text(line).lstrip()
        return text[:1] in "-*+" and _LINE.search(self.text(line), column - 1) is not None

    def of_code(self, line: int, column: int, code: str) -> Edit | None:
        """Return the edit that fills an empty bracket; None where none stands."""
        text, start = self.text(line), column - 1
        opening = text[start : start + 1]
        end = start + 1
        while end < len(text) and text[end].isspace():
            end += 1
        if opening not in ("(", "[") or text[end : end + 1] not in (")", "]"):
            return None
        return Edit(line, column + 1, end - start - 1, code, f"{opening}{code}{text[end]}")

    def _at_end(self, piece: Piece, name: str) -> Edit:
        words, _ = split(self.scratch, piece)
        end = words.column - piece.column + len(words.text)
        rest = piece.text[end:]
        gap = len(rest) - len(rest.lstrip())
        if rest[gap : gap + 1] == "{":
            return self._in_braces(piece, end + gap, name)
        column = piece.column + end
        return Edit(piece.line, column, 0, f" {{#{name}}}", f"{{#{name}}}")

    def _in_braces(self, piece: Piece, brace: int, name: str) -> Edit:
        unfilled = _UNFILLED.search(piece.text, brace)
        if unfilled is not None:
            return self.of_hash(piece.line, piece.column + unfilled.end(), name)
        following = piece.text[brace + 1 : brace + 2]
        blank = "" if following in ("", "}") or following.isspace() else " "
        return Edit(piece.line, piece.column + brace + 1, 0, f"#{name}{blank}", f"{{#{name}}}")


def _without_hashes(piece: Piece) -> Piece:
    """Return a heading's line without the hashes that may close it."""
    rest = piece.strip()
    bare = rest.text.rstrip("#")
    if bare != rest.text and (not bare or bare[-1].isspace()):
        return rest.cut(0, len(bare)).strip()
    return rest
