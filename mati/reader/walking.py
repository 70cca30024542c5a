"""Lines in, what stands below headings out: prose, lists, lines to write on, tables."""

from __future__ import annotations

import re
from dataclasses import replace

from mati.diagnostics import Code
from mati.model import plain_digits
from mati.questions import kinds
from mati.reader.answers import read_list
from mati.reader.attributes import merge
from mati.reader.brackets import Bracket, bracket, is_answer, shown
from mati.reader.comments import Lines
from mati.reader.drafts import Answers, Draft, DraftQuestion, DraftSection, Item
from mati.reader.lines import has_line, is_line, read_lines
from mati.reader.matrix import TableRow, cells_of, is_rule, is_table, read_matrix
from mati.reader.naming import short
from mati.reader.pieces import Names, Piece, Reading, given_ids
from mati.reader.slips import (
    answers_of_words,
    drawn,
    looks_like_answer,
    meant_as_answers,
    numbered,
    short_line,
    undashed,
)
from mati.reader.words import make_prose

__all__ = ["BREAK", "BULLET", "HEADING", "NUMBER", "TITLE", "Blocks"]

HEADING = re.compile(r" {0,3}(#+)(?=(\s?))")
BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
NUMBER = re.compile(r"\s*\d{1,9}[.)]\s+(?=\S)")
BREAK = re.compile(r" {0,3}(?:-+|=+)\s*")
TITLE = 1
_ID_LAST = re.compile(r"\{#[A-Za-z][^{}]*\}\**$")
_WORDS = re.compile(r"\s*(?=\S)")
_LEAST_ROWS = 2
"""The heading of a table and the line below it."""
_MOST = 20_000
_MOST_HEADINGS = 5_000
"""Headings; and paragraphs, answers, rows that are read: it bounds the time of hostile input."""


class Blocks:
    """Reads what stands at ``at``, the index of the next line, and goes on behind it."""

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
        self.orphans = self.fenced = False
        self.left, self.headings = _MOST, _MOST_HEADINGS

    def _is_short_line(self) -> bool:
        """Take ``__`` below a question for the line it was meant to be."""
        return self.question is not None and short_line(self.reading, self._piece())

    def _starts_undashed(self, text: str) -> bool:
        """Tell whether answers begin here, the first of which lacks its dash."""
        if self.question is None or self.question.answers is not None:
            return False
        if not undashed(text) and not has_line(text):
            return False
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        bullet = BULLET.match(following)
        rest = following[bullet.end() :] if bullet else following
        return bool(undashed(rest) if undashed(text) else bullet and has_line(rest))

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
        return len(match[1]) > TITLE or self.draft.title is None

    def _starts_table(self) -> bool:
        text = self.texts[self.at]
        if is_table(text):
            return True
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        return "|" in text and is_rule(following)

    def _answers_follow(self, start: int | None = None) -> bool:
        """Tell whether the next thing is an answer of any sort, or a line to write on."""
        ahead = self.at if start is None else start
        while ahead < len(self.texts) and not self.texts[ahead].strip():
            ahead += 1
        text = self.texts[ahead] if ahead < len(self.texts) else ""
        if is_line(text.strip()) or is_table(text) or looks_like_answer(text):
            return True
        while ahead < len(self.texts):
            entry = BULLET.match(self.texts[ahead]) or NUMBER.match(self.texts[ahead])
            words = self.texts[ahead][entry.end() :] if entry else ""
            if not words or has_line(words) or is_answer(Piece(words, 1, 1)):
                return bool(words)
            ahead += 1
        return False

    def _meant_as_heading(self, piece: Piece, start: int | None = None) -> bool:
        """Tell whether words below no ``###`` are a question: an id, or answers, tell it."""
        text = piece.text.strip()
        if has_line(text) or text[:1] in "-([|":
            return False
        if "{#" in text:
            return _ID_LAST.search(text) is not None
        answered = self.question is None or self.question.answers is not None
        answered = answered or (self.question is not None and self.question.slipped)
        if not answered or not self._answers_follow(start):
            return False
        asks = "?" in text or "\uff1f" in text or text.startswith("**")
        return asks or self.question is not None

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

    def _goes_on(self) -> bool:
        text = self.texts[self.at]
        if self._is_gone(self.at):
            return True
        stripped = text.strip()
        if not stripped or is_line(stripped) or BREAK.fullmatch(text):
            return False
        if stripped[0] == "`" and stripped.startswith("```"):
            return False
        heading = HEADING.match(text)
        if heading and self._is_heading(text, heading):
            return False
        return not (BULLET.match(text) or NUMBER.match(text) or is_table(text))

    def _looks_like_answers(self, pieces: list[Piece]) -> bool:
        """Warn of ``(5) Good`` without its dash, once for each paragraph."""
        if self.question is None:
            return False
        texts, code = [piece.text for piece in pieces], self._best_code()
        at, better = meant_as_answers(texts, code)
        # A blank line above answers that can be read, "😀 = good" is a word of explanation.
        apart = self.at < len(self.texts) and not self.texts[self.at].strip()
        if better and (has_line(texts[at]) or not (apart and self._answers_follow())):
            self._note_undashed(pieces[at], better)
            return True
        found = [
            (at, text[end.end() :]) for at, text in enumerate(texts) if (end := undashed(text))
        ]
        at, better = found[0] if found else (0, answers_of_words(texts, code) if code else "")
        if not better:
            return False
        place = pieces[at].strip()
        text, better = place.text[:60], better.strip()[:60]
        self.reading.note(Code.LOOKS_LIKE_ANSWER, place, text=text, better=better)
        context = f"{self.reading.survey}.{self.question.id}"
        self._add_help(context, "p", [tuple(pieces)], "", after=False)
        return True

    def _best_code(self) -> str:
        """Return the first code of the answers that the question would show of its own, or ""."""
        name = self.question.properties.value("kind") if self.question else None
        kind = kinds.find(name) if name and name.isidentifier() else None
        return kind.standard.codes[0] if kind and kind.standard else ""

    def _note_undashed(self, piece: Piece, better: str) -> None:
        place = piece.strip()
        self.reading.note(Code.ANSWER_WITHOUT_DASH, place, text=place.text[:60], better=better)
        if self.question is not None:
            self.question.slipped = True

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
        elif len(items) == 1 and not items[0].first.text.strip("*_- "):
            place = self._piece(items[0].first.line - self.lines.first).strip()
            self.reading.note(Code.ODD_BREAK, place, text=place.text[:20])
        elif len(items) == 1 and self._meant_as_heading(items[0].first):
            self._unmarked(items[0].first, items[0].note)
        else:
            shape = "ol" if ordered else "ul"
            self._add_prose(shape, [item.lines for item in items], items[0].note)

    def _unmarked(self, piece: Piece, note: str) -> None:
        """Begin a question whose heading lacks its signs."""
        raise NotImplementedError

    def _items(self, marker: re.Pattern[str]) -> list[Item]:
        """Take the entries of the list that begins here."""
        before = len(self.reading.notes)
        items: list[Item] = []
        while self.at < len(self.texts) and self.left > 0:
            match = self._entry(self.texts[self.at], marker, items, before)
            if match is None:
                break
            items.append(self._item(match, items))
            self._skip_blanks_before(marker)
        return items

    def _entry(
        self, text: str, marker: re.Pattern[str], items: list[Item], before: int
    ) -> re.Match[str] | None:
        """Return where the words of the next entry begin; None where the list ends.

        An answer among answers that lacks its dash is taken for one, and said once a list.
        """
        match = marker.match(text)
        if match and not BREAK.fullmatch(text):
            return None if items and self._parted(items, match) else match
        close = not items or self.texts[self.at - 1].strip()
        found = self._slip(text, items) if close and marker is BULLET and self.question else None
        if found and len(self.reading.notes) == before:
            place = self._piece().strip()
            better = text[found.end() :].strip()[:60]
            words = self._piece().cut(found.end()).strip()
            coded = _numbered(found, words, items)
            better = f"{shown(coded).text} {better}" if coded else better
            self.reading.note(Code.ANSWER_WITHOUT_DASH, place, text=place.text[:60], better=better)
        return found

    def _slip(self, text: str, items: list[Item]) -> re.Match[str] | None:
        """Return where the words of an answer begin that has no dash; None for other text."""
        if not items:
            return undashed(text) or _WORDS.match(text)
        if items[0].coded:
            return undashed(text) or numbered(text) or drawn(text)
        return _WORDS.match(text) if has_line(items[0].first.text) and has_line(text) else None

    def _parted(self, items: list[Item], match: re.Match[str]) -> bool:
        """Below a blank line a list of prose and a list of answers are two lists.

        So are two lists of answers where at least two begin with the other bracket.
        """
        if self.texts[self.at - 1].strip() or self._is_gone(self.at - 1):
            return False
        here = self._piece().cut(match.end())
        if is_answer(here) != items[0].coded:
            return True
        if here.text[:1] == items[0].first.text[:1] or not items[0].coded:
            return False
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        bullet = BULLET.match(following)
        return bullet is not None and following[bullet.end()] == here.text[0]

    def _skip_blanks_before(self, marker: re.Pattern[str]) -> None:
        """Go over blank lines and comments where the list goes on below them."""
        ahead = self.at
        while ahead < len(self.texts) and not self.texts[ahead].strip():
            ahead += 1
        if ahead < len(self.texts) and marker.match(self.texts[ahead]):
            self.at = ahead

    def _item(self, match: re.Match[str], above: list[Item]) -> Item:
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
        return Item(tuple(pieces), note, bracket(pieces[0]) or _numbered(match, pieces[0], above))

    def _lines(self) -> None:
        pieces = [self._piece()]
        self.at += 1
        while True:
            ahead = self.at
            while ahead < len(self.texts) and not self.texts[ahead].strip():
                ahead += 1
            if ahead >= len(self.texts):
                break
            text = self.texts[ahead].strip()
            if text[0] != "_":
                break
            here, self.at = self.at, ahead
            if not (is_line(text) or self._is_short_line()):
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
                if "|" not in text and self._is_bare_row(text, rows):
                    self.at += 1
                    continue
                if "|" not in text and not self._is_parted_row(rows):
                    break
                own = self._note_for(self._number())
                joined = " ".join(part for part in (note, own) if part)
                rows.append(TableRow(self._row(), joined))
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

    def _row(self) -> Piece:
        """Return a line of a table; say so where it begins with a dash in place of a bar."""
        piece = self._piece()
        dash = BULLET.match(piece.text)
        if dash is None or is_rule(piece.text):
            return piece
        words = piece.cut(dash.end())
        text, offer = piece.strip().text[:60], f"| {words.text.strip()[:60]}"
        self.reading.note(Code.ROW_WITHOUT_BARS, piece.strip(), text=text, offer=offer)
        return words

    def _is_bare_row(self, text: str, rows: list[TableRow]) -> bool:
        """Say that a line between two rows has no bars; its words are not read."""
        following = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        if len(rows) < _LEAST_ROWS or not text.strip() or not is_table(following):
            return False
        place = self._piece().strip()
        offer = f"| {place.text[:60]} " + "|   " * (len(cells_of(rows[0].line)) - 1) + "|"
        self.reading.note(Code.ROW_WITHOUT_BARS, place, text=place.text[:60], offer=offer)
        return True

    def _is_parted_row(self, rows: list[TableRow]) -> bool:
        """Go over blank lines to a row that they part from its table, and say so."""
        ahead = self.at
        while ahead < len(self.texts) and not self.texts[ahead].strip():
            ahead += 1
        if len(rows) < _LEAST_ROWS or not self.at < ahead < len(self.texts):
            return False
        following = self.texts[ahead + 1] if ahead + 1 < len(self.texts) else ""
        if not is_table(self.texts[ahead]) or is_rule(following):
            return False
        self.at = ahead
        place = self._piece().strip()
        self.reading.note(Code.TABLE_PARTED, place, text=place.text.strip("| ")[:60])
        return True

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
            damaged = len(self.reading.notes) > before or self.question.slipped
            self.question.answers = replace(found, damaged=True) if damaged else found


def _numbered(match: re.Match[str], words: Piece, above: list[Item]) -> Bracket | None:
    """Return the bracket that ``3.`` or a box ahead of an answer stands for; None behind a dash."""
    first = above[0].bracket if above else None
    if not match.lastindex or first is None:
        return None
    number = plain_digits(match[1]).lower()
    spare = number if number.isalnum() else f"a{len(above) + 1}"
    counted = number.isdigit() and first.inside.text.isdigit()
    code = number if counted else short(words.text, spare, code=True)
    return Bracket(first.opening, first.closing, Piece(code, words.line, 1), words)
