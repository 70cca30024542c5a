"""Lines in, a draft of the survey out: title, pages, questions, each with what stands below."""

from __future__ import annotations

import re
from dataclasses import replace

from mati.diagnostics import Code
from mati.reader.answers import read_list
from mati.reader.attributes import (
    NOTHING,
    Properties,
    id_without_hash,
    identifier,
    merge,
    split,
    stands_alone,
)
from mati.reader.brackets import bracket, is_answer
from mati.reader.comments import Lines
from mati.reader.drafts import Answers, Draft, DraftQuestion, DraftSection, Item
from mati.reader.lines import is_line, read_lines
from mati.reader.matrix import TableRow, is_rule, is_table, read_matrix
from mati.reader.naming import short
from mati.reader.pieces import Names, Piece, Reading, given_ids
from mati.reader.slips import narrowed, short_line, undashed
from mati.reader.unseen import seen
from mati.reader.words import make_prose, make_text

__all__ = ["Walker", "draft"]

_HEADING = re.compile(r" {0,3}(#+)(?=(\s?))")
_BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,9}[.)]\s+(?=\S)")
_BREAK = re.compile(r" {0,3}(?:-+|=+)\s*")
_TITLE, _PAGE, _QUESTION = 1, 2, 3
_SHORTEST_BREAK = 3
_MOST = 20_000
_MOST_HEADINGS = 5_000
"""Headings, paragraphs, answers and rows that are read; it bounds the time of hostile input."""


def draft(reading: Reading, lines: Lines) -> Draft:
    """Read all lines; every mistake is written down and reading goes on."""
    walker = Walker(reading, narrowed(reading, seen(reading, lines)))
    walker.walk()
    return walker.draft


class Walker:
    """Goes down the lines once; ``at`` is the index of the next line."""

    deepest = _QUESTION
    """The most signs a heading may have."""

    def __init__(self, reading: Reading, lines: Lines) -> None:
        """Stand at the first of ``lines``."""
        self.reading, self.lines, self.texts = reading, lines, lines.texts
        self.draft = Draft()
        self.at = 0
        self.question: DraftQuestion | None = None
        self.section: DraftSection | None = None
        self.words = list(reversed(lines.words))
        self.names = Names(given_ids(lines.texts))
        self.asked = 0
        self.orphans = False
        self.left, self.headings = _MOST, _MOST_HEADINGS

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
        match = _HEADING.match(text) if lead == "#" else None
        if match and self._is_heading(text, match):
            self.headings -= 1
            self._heading(match)
        elif lead == "_" and (is_line(stripped) or self._is_short_line()):
            self._lines()
        elif lead == "-" and len(stripped) >= _SHORTEST_BREAK and _BREAK.fullmatch(text):
            self._break()
        elif lead in "-*+" and _BULLET.match(text):
            self._list(_BULLET, ordered=False)
        elif lead.isdecimal() and _NUMBER.match(text):
            self._list(_NUMBER, ordered=True)
        elif self._starts_table():
            self._table()
        elif self._starts_undashed(text):
            self._list(_BULLET, ordered=False)
        else:
            self._paragraph()

    def _is_short_line(self) -> bool:
        """Take ``__`` below a question for the line it was meant to be."""
        return self.question is not None and short_line(self.reading, self._piece())

    def _starts_undashed(self, text: str) -> bool:
        """Tell whether answers begin here, the first of which lacks its dash."""
        if self.question is None or self.question.answers is not None or not undashed(text):
            return False
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        bullet = _BULLET.match(following)
        return bool(undashed(following[bullet.end() :] if bullet else following))

    # What a line is

    def _number(self) -> int:
        return self.lines.first + self.at

    def _piece(self, index: int | None = None) -> Piece:
        index = self.at if index is None else index
        return Piece(self.texts[index], self.lines.first + index, 1)

    def _is_heading(self, text: str, match: re.Match[str]) -> bool:
        """Tell a heading from prose: a line may begin with "#1" once the title stands."""
        if match[2] or match.end(1) == len(text):
            return True
        return len(match[1]) > _TITLE or self.draft.title is None

    def _starts_table(self) -> bool:
        text = self.texts[self.at]
        if is_table(text):
            return True
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        return "|" in text and is_rule(following)

    def _is_gone(self, index: int) -> bool:
        return self.lines.first + index in self.lines.gone

    def _note_for(self, line: int) -> str:
        """Take the author's words to translators that stand up to ``line``."""
        if not self.words:
            return ""
        taken: list[str] = []
        while self.words and self.words[-1][0] <= line:
            taken.append(self.words.pop()[1])
        return " ".join(taken)

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
        if len(hashes) == _TITLE:
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
            if _BREAK.fullmatch(text) and text.strip():
                self._note_line_heading()

    def _goes_on(self) -> bool:
        text = self.texts[self.at]
        if self._is_gone(self.at):
            return True
        stripped = text.strip()
        if not stripped or is_line(stripped) or _BREAK.fullmatch(text):
            return False
        heading = _HEADING.match(text)
        if heading and self._is_heading(text, heading):
            return False
        return not (_BULLET.match(text) or _NUMBER.match(text) or is_table(text))

    def _looks_like_answers(self, pieces: list[Piece]) -> bool:
        """Warn of ``(5) Good`` without its dash, once for each paragraph."""
        if self.question is None:
            return False
        for piece in pieces:
            found = undashed(piece.text)
            if found:
                shown, better = piece.strip(), piece.text[found.end() :].strip()[:60]
                text = shown.text[:60]
                self.reading.note(Code.LOOKS_LIKE_ANSWER, shown, text=text, better=better)
                context = f"{self.reading.survey}.{self.question.id}"
                self._add_help(context, "p", [tuple(pieces)], "", after=False)
                return True
        return False

    def _add_prose(self, shape: str, entries: list[tuple[Piece, ...]], note: str) -> None:
        survey = self.reading.survey
        if self.question is not None:
            context = f"{survey}.{self.question.id}"
            self._add_help(context, shape, entries, note, after=self.question.answers is not None)
        elif self.section is not None:
            context = f"{survey}.{self.section.id}.p{len(self.section.prose) + 1}"
            note = " ".join(part for part in (self.section.note, note) if part)
            self.section.prose.append(make_prose(self.reading, context, shape, entries, note))
        else:
            context = f"{survey}.intro.p{len(self.draft.intro) + 1}"
            self.draft.intro.append(make_prose(self.reading, context, shape, entries, note))

    def _add_help(
        self,
        context: str,
        shape: str,
        entries: list[tuple[Piece, ...]],
        note: str,
        *,
        after: bool,
    ) -> None:
        question = self.question
        if question is None:
            return
        if after:
            place = entries[0][0].strip()
            self.reading.note(Code.TEXT_AFTER_ANSWERS, place, id=question.id)
        count = len(question.help) + 1
        part = f"{context}.help" if count == 1 else f"{context}.p{count}"
        note = " ".join(word for word in (question.note, note) if word)
        question.help.append(make_prose(self.reading, part, shape, entries, note))

    # Lists, lines, tables

    def _list(self, marker: re.Pattern[str], *, ordered: bool) -> None:
        before = len(self.reading.notes)
        items = self._items(marker)
        question = self.question
        name = question.id if question else "list"
        context = f"{self.reading.survey}.{name}"
        found = read_list(self.reading, context, items, ordered=ordered)
        if found is not None:
            self._answer(found, items[0].first, before)
        else:
            shape = "ol" if ordered else "ul"
            self._add_prose(shape, [item.lines for item in items], items[0].note)

    def _items(self, marker: re.Pattern[str]) -> list[Item]:
        """Take the entries of the list that begins here."""
        before = len(self.reading.notes)
        items: list[Item] = []
        while self.at < len(self.texts) and self.left > 0:
            match = self._entry(self.texts[self.at], marker, items, before)
            if match is None:
                break
            items.append(self._item(match))
            self._skip_blanks_before(marker)
        return items

    def _entry(
        self, text: str, marker: re.Pattern[str], items: list[Item], before: int
    ) -> re.Match[str] | None:
        """Return where the words of the next entry begin; None where the list ends.

        An answer among answers that lacks its dash is taken for one, and said once a list.
        """
        match = marker.match(text)
        if match and not _BREAK.fullmatch(text):
            return None if items and self._parted(items, match) else match
        close = not items or (items[0].coded and self.texts[self.at - 1].strip())
        found = undashed(text) if close and marker is _BULLET and self.question else None
        if found and len(self.reading.notes) == before:
            place = self._piece().strip()
            better = text[found.end() :].strip()[:60]
            self.reading.note(Code.ANSWER_WITHOUT_DASH, place, text=place.text[:60], better=better)
        return found

    def _parted(self, items: list[Item], match: re.Match[str]) -> bool:
        """Below a blank line a list of prose and a list of answers are two lists."""
        if self.texts[self.at - 1].strip() or self._is_gone(self.at - 1):
            return False
        here = self._piece().cut(match.end())
        return is_answer(here) != items[0].coded

    def _skip_blanks_before(self, marker: re.Pattern[str]) -> None:
        """Go over blank lines and comments where the list goes on below them."""
        ahead = self.at
        while ahead < len(self.texts) and not self.texts[ahead].strip():
            ahead += 1
        if ahead < len(self.texts) and marker.match(self.texts[ahead]):
            self.at = ahead

    def _item(self, match: re.Match[str]) -> Item:
        pieces = [self._piece().cut(match.end()).strip()]
        self.at += 1
        self.left -= 1
        while self.at < len(self.texts):
            text = self.texts[self.at]
            if not self._is_gone(self.at):
                if not text.startswith(("  ", "\t")) or not self._goes_on():
                    break
                pieces.append(self._piece().strip())
            self.at += 1
        question = self.question.note if self.question else ""
        own = self._note_for(pieces[-1].line)
        note = f"{question} {own}" if question and own else question or own
        return Item(tuple(pieces), note, bracket(pieces[0]))

    def _lines(self) -> None:
        pieces = [self._piece()]
        self.at += 1
        while True:
            ahead = self.at
            while ahead < len(self.texts) and not self.texts[ahead].strip():
                ahead += 1
            if ahead >= len(self.texts):
                break
            here, self.at = self.at, ahead
            text = self.texts[ahead]
            if not (is_line(text.strip()) or self._is_short_line()):
                self.at = here
                break
            pieces.append(self._piece())
            self.at += 1
        self._note_for(pieces[-1].line)
        before = len(self.reading.notes)
        found, properties = read_lines(self.reading, pieces)
        if properties and self.question is not None:
            self.question.properties = merge(self.reading, self.question.properties, properties)
        self._answer(found, pieces[0].strip(), before)

    def _table(self) -> None:
        rows: list[TableRow] = []
        note = self.question.note if self.question else ""
        while self.at < len(self.texts) and self.left > 0:
            text = self.texts[self.at]
            if not self._is_gone(self.at):
                if "|" not in text:
                    break
                own = self._note_for(self._number())
                joined = " ".join(part for part in (note, own) if part)
                rows.append(TableRow(self._piece(), joined))
                self.left -= 1
            self.at += 1
        before = len(self.reading.notes)
        if self.question is None:
            self._note_orphans(rows[0].line.strip())
            return
        found = read_matrix(self.reading, f"{self.reading.survey}.{self.question.id}", rows)
        self._answer(found, rows[0].line.strip(), before)
        if self.question.answers is not None and self.question.answers.line == found.line:
            self.reading.grids.append(tuple(row.line for row in rows))

    def _note_orphans(self, place: Piece) -> None:
        self.reading.note(Code.ANSWER_WITHOUT_QUESTION, place)
        self.orphans = True

    def _answer(self, found: Answers, place: Piece, before: int) -> None:
        """Give the answers to their question; ``before`` counts the messages ahead of them."""
        if self.question is None:
            self._note_orphans(place)
        elif self.question.answers is not None:
            first = self.question.answers.line
            self.reading.note(Code.SECOND_ANSWERS, place, id=self.question.id, first=first)
        else:
            damaged = len(self.reading.notes) > before
            self.question.answers = replace(found, damaged=True) if damaged else found
