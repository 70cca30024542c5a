"""Lines in, a draft of the survey out: title, pages, questions, each with what stands below."""

from __future__ import annotations

import re

from mati.diagnostics import Code
from mati.reader.attributes import (
    NOTHING,
    Properties,
    id_without_hash,
    identifier,
    merge,
    split,
    stands_alone,
)
from mati.reader.comments import Lines
from mati.reader.drafts import Draft, DraftQuestion, DraftSection
from mati.reader.lines import is_line
from mati.reader.naming import short
from mati.reader.pieces import Piece, Reading
from mati.reader.slips import narrowed
from mati.reader.unseen import seen
from mati.reader.walking import BREAK, BULLET, HEADING, NUMBER, TITLE, Blocks
from mati.reader.words import make_text

__all__ = ["Walker", "draft"]

_PAGE, _QUESTION = 2, 3
_SHORTEST_BREAK = 3


def draft(reading: Reading, lines: Lines) -> Draft:
    """Read all lines; every mistake is written down and reading goes on."""
    walker = Walker(reading, narrowed(reading, seen(reading, lines)))
    walker.walk()
    return walker.draft


class Walker(Blocks):
    """Goes down the lines once."""

    deepest = _QUESTION
    """The most signs a heading may have."""

    def walk(self) -> None:
        """Read every line, as long as the survey is one that people could answer."""
        while self.at < len(self.texts) and self.left > 0 and self.headings > 0:
            self._step()
        if self.at < len(self.texts):
            self.reading.note(Code.SURVEY_TOO_LONG, self._piece().cut(0, 40))

    def _step(self) -> None:
        text = self.texts[self.at]
        stripped = text.strip()
        if not stripped:
            self.at += 1
            return
        self.left -= 1
        lead = stripped[0]
        match = HEADING.match(text) if lead == "#" else None
        if match and self._is_heading(text, match):
            self.headings -= 1
            self._heading(match)
        elif lead == "_" and (is_line(stripped) or self._is_short_line()):
            self._lines()
        elif lead == "-" and len(stripped) >= _SHORTEST_BREAK and BREAK.fullmatch(text):
            self._break()
        elif lead in "-*+" and BULLET.match(text):
            self._list(BULLET, ordered=False)
        elif lead.isdecimal() and NUMBER.match(text):
            self._list(NUMBER, ordered=True)
        elif self._starts_table():
            self._table()
        elif self._starts_undashed(text):
            self._list(BULLET, ordered=False)
        else:
            self._paragraph()

    # Headings

    def _heading(self, match: re.Match[str]) -> None:
        piece = self._piece()
        hashes = match[1]
        place = piece.cut(match.start(1), match.end(1))
        note = self._note_for(place.line)
        rest = piece.cut(match.end(1)).strip()
        if rest.text and not match[2]:
            shown = hashes[:6]
            self.reading.note(Code.NO_SPACE_AFTER_HASH, place, text=shown)
        bare = rest.text.rstrip("#")
        if bare != rest.text and (not bare or bare[-1].isspace()):
            rest = rest.cut(0, len(bare)).strip()
        if len(hashes) > self.deepest:
            self.reading.note(Code.HEADING_TOO_DEEP, piece.strip(), text=piece.text.strip()[:60])
        words, properties = split(self.reading, rest)
        self.at += 1
        properties = self._properties_below(properties)
        if not words.text:
            self.reading.note(Code.EMPTY_HEADING, place, text=hashes[:6])
        if len(hashes) == TITLE:
            self._title(words, properties, note)
        else:
            self._below_title(len(hashes), words if words.text else place, properties, note)

    def _below_title(self, level: int, words: Piece, properties: Properties, note: str) -> None:
        """Begin what a heading of a page or a question begins; without words it is its signs."""
        if level == _PAGE:
            self._page(words, properties, note)
        else:
            self._ask(words, properties, note)

    def _properties_below(self, properties: Properties) -> Properties:
        if self.at >= len(self.texts) or not stands_alone(self.texts[self.at]):
            return properties
        known = len(self.reading.braces)
        words, below = split(self.reading, self._piece())
        if words.text:
            del self.reading.braces[known:]  # the line is prose
            return properties
        self.at += 1
        return merge(self.reading, properties, below)

    def _title(self, words: Piece, properties: Properties, note: str) -> None:
        if self.draft.title is not None:
            first = self.draft.title_line
            self.reading.note(Code.SECOND_TITLE, words, text=words.text[:60], first=first)
            self._page(words, properties, note)  # most likely one "#" was forgotten
            return
        places = [item.name for item in properties.items.values()]
        for place in (*places, *((properties.id,) if properties.id else ())):
            self.reading.note(Code.PROPERTY_NOT_HERE, place, name=place.text, offer="", known="")
        context = f"{self.reading.survey}.title"
        self.draft.title = make_text(self.reading, context, words, note)
        self.reading.facts["survey.title"] = self.draft.title
        self.draft.title_line = words.line

    def _page(self, words: Piece, properties: Properties, note: str) -> None:
        name = self._section_name(properties)
        context = f"{self.reading.survey}.{name}.title"
        title = make_text(self.reading, context, words, note) if words.text.strip("#") else None
        self._open(DraftSection(name, words, title, properties, note))

    def _section_name(self, properties: Properties) -> str:
        number = len(self.draft.sections) + 1
        fallback = f"end_{number}" if "end" in properties.items else f"page_{number}"
        if properties.id is not None:
            return identifier(self.reading, properties.id, fallback)
        return self.names.free(fallback)

    def _open(self, section: DraftSection) -> None:
        self.draft.sections.append(section)
        self.section, self.question = section, None

    def _ask(self, words: Piece, properties: Properties, note: str) -> None:
        self.asked += 1
        fallback = f"q{self.asked}"
        properties = id_without_hash(self.reading, properties)
        if properties.id is not None:
            name = identifier(self.reading, properties.id, fallback)
        else:
            name = self.names.free(short(words.text, fallback))
            self.reading.note(Code.NO_ID, words, text=words.text[:60], offer=name)
        label = make_text(self.reading, f"{self.reading.survey}.{name}.label", words, note)
        given = properties.id is not None
        self.question = DraftQuestion(name, given, words, label, properties, note)
        self.question.answers_above, self.orphans = self.orphans, False
        if self.section is None:
            self._open_implied(words)
        if self.section is not None:
            self.section.questions.append(self.question)

    def _open_implied(self, place: Piece) -> None:
        question = self.question
        name = self.names.free("page_1")
        self._open(DraftSection(name, place, None, NOTHING, implied=True))
        self.question = question

    def _break(self) -> None:
        """Begin a page without a title at a line of dashes between blank lines."""
        above = self.at - 1
        while above >= 0 and self._is_gone(above):
            above -= 1
        if above >= 0 and self.texts[above].strip():
            self._note_line_heading()
            return
        place = self._piece().strip()
        self.at += 1
        self._note_for(place.line)
        self._open(DraftSection(self._section_name(NOTHING), place, None, NOTHING))

    def _note_line_heading(self) -> None:
        place = self._piece().strip()
        self.reading.note(Code.LINE_MAKES_HEADING, place, text=place.text[:40])
        self.at += 1

    # Prose

    def _paragraph(self) -> None:
        start, pieces = self.at, [self._piece()]
        self.at += 1
        while self.at < len(self.texts) and self._goes_on():
            if not self._is_gone(self.at):
                pieces.append(self._piece())
            self.at += 1
        note = self._note_for(pieces[-1].line)
        if self._looks_like_answers(pieces):
            return
        self._add_prose("p", [tuple(pieces)], note)
        if self.at < len(self.texts) and start < self.at:
            text = self.texts[self.at]
            if BREAK.fullmatch(text) and text.strip():
                self._note_line_heading()
