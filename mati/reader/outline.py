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
    misplaced,
    split,
    stands_alone,
    written,
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
_HELP_LINES = 20
_ODD_LEADS = "#`~<*"
_FENCES = ("```", "~~~")
_ODD_COMMENT = re.compile(r"<(?:\s+!\s*--?|!\s+--?|!-(?!-)|--)\s*")
"""What is nearly the beginning of a comment."""
_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)\s*")
_NUMBERED = re.compile(r"(?:[Qq]?\d{1,3}[.):]|[Qq]:)\s*")


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
            self._heading(self._piece(), match)
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
        elif not (lead in _ODD_LEADS and self._skips(stripped)):
            self._paragraph()

    def _skips(self, stripped: str) -> bool:
        """Go past a line that was meant as something else than words, and say so."""
        if stripped.startswith(_FENCES):
            self._fence()
        elif stripped[0] == "<" and self._odd_comment(stripped):
            self.at += 1
        elif stripped[0] == "*":
            if stripped.strip("* ") or len(stripped) < _SHORTEST_BREAK:
                return False
            self.reading.note(Code.ODD_BREAK, self._piece().strip(), text=stripped[:20])
            self.at += 1
        else:
            return stripped[0] == "#" and self._indented_heading(stripped)
        return True

    # Headings

    def _indented_heading(self, stripped: str) -> bool:
        """Read a heading that four blanks make a line of code on Git hosts, and say so."""
        match = HEADING.match(stripped)
        if match is None or not match[2] or HEADING.match(self.texts[self.at]):
            return False
        piece = self._piece().strip()
        self.headings -= 1
        self.reading.note(Code.HEADING_INDENTED, piece, text=stripped[:60])
        self._heading(piece, match)
        return True

    def _fence(self) -> None:
        """Leave out a line that turns all below it into code on Git hosts; say it once."""
        place = self._piece().strip()
        if not self.fenced:
            self.reading.note(Code.FENCE_IN_TEXT, place.cut(0, 3), text=place.text[:3])
        self.fenced = True
        self.at += 1

    def _odd_comment(self, stripped: str) -> bool:
        match = _ODD_COMMENT.match(stripped)
        if match:
            place = self._piece().strip().cut(0, match.end())
            self.reading.note(Code.ODD_COMMENT, place, text=match[0].strip())
        return match is not None

    def _heading(self, piece: Piece, match: re.Match[str]) -> None:
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
        before = len(self.reading.notes)
        words, properties = split(self.reading, rest)
        self.at += 1
        properties = self._properties_below(properties)
        sound = len(self.reading.notes) == before
        if sound and properties.id is None and "#" in words.text:
            words, properties = misplaced(self.reading, words, properties, hashes[:6])
        if not words.text:
            self.reading.note(Code.EMPTY_HEADING, place, text=hashes[:6])
        if len(hashes) > self.deepest:
            hashes = self._note_too_deep(piece.strip(), words, properties)
        if len(hashes) == TITLE:
            self._title(words, properties, note)
        else:
            self._below_title(len(hashes), words if words.text else place, properties, note)

    def _note_too_deep(self, piece: Piece, words: Piece, properties: Properties) -> str:
        """Say that a heading has too many signs; return those it was most likely meant to have."""
        signs = "###" if self._answers_below() or self.deepest > _QUESTION else "##"
        offer = self._as_heading(signs, words, properties)
        self.reading.note(Code.HEADING_TOO_DEEP, piece, text=piece.text[:60], offer=offer)
        return signs

    def _answers_below(self) -> bool:
        """Tell whether answers follow before the next heading, help text above them or not."""
        for at in range(self.at, min(self.at + _HELP_LINES, len(self.texts))):
            if HEADING.match(self.texts[at]):
                return False
            if self.texts[at].strip() and self._answers_follow(at):
                return True
        return False

    def _below_title(self, level: int, words: Piece, properties: Properties, note: str) -> None:
        """Begin what a heading of a page or a question begins; without words it is its signs."""
        if level == _PAGE and words.text.strip("#") and self._answers_follow():
            offer = self._as_heading("###", words, properties)
            self.reading.note(Code.ANSWERS_BELOW_PAGE, words, text=words.text[:60], offer=offer)
            self._ask(words, properties, note, told=True)
            self.orphans = True
        elif level == _PAGE:
            self._page(words, properties, note)
        elif "end" in properties.items and not self._answers_follow():
            offer = self._as_heading("##", words, properties)
            self.reading.note(Code.ENDING_AS_QUESTION, words, text=words.text[:60], offer=offer)
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
            first, asks = self.draft.title_line, self._answers_follow()
            offer = self._as_heading("###" if asks else "##", words, properties)
            text = words.text[:60]
            self.reading.note(Code.SECOND_TITLE, words, text=text, first=first, offer=offer)
            if asks:
                self._ask(words, properties, note, told=True)
            else:
                self._page(words, properties, note)  # most likely one "#" was forgotten
            return
        places = [item.name for item in properties.items.values()]
        for place in (*places, *((properties.id,) if properties.id else ())):
            self.reading.note(Code.PROPERTY_NOT_HERE, place, name=place.text, offer="", known="")
        context = f"{self.reading.survey}.title"
        self.draft.title = make_text(self.reading, context, words, note)
        self.reading.facts["survey.title"] = self.draft.title
        self.draft.title_line = words.line

    def _as_heading(self, signs: str, words: Piece, properties: Properties) -> str:
        """Return how a heading is to be written."""
        name = properties.id.text if properties.id else ""
        if not name and signs == "###":
            name = short(words.text, f"q{self.asked + 1}")
        inside = " ".join((*([f"#{name}"] if name else []), *written(properties)))
        return f"{signs} {words.text[:60]}" + (f" {{{inside}}}" if inside else "")

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

    def _ask(self, words: Piece, properties: Properties, note: str, *, told: bool = False) -> None:
        """Begin a question; ``told``: that its heading is none has been said."""
        self.asked += 1
        fallback = f"q{self.asked}"
        properties = id_without_hash(self.reading, properties)
        if properties.id is not None:
            name = identifier(self.reading, properties.id, fallback)
        else:
            name = self.names.free(short(words.text, fallback))
        label = make_text(self.reading, f"{self.reading.survey}.{name}.label", words, note)
        given = properties.id is not None
        self.question = DraftQuestion(name, given, words, label, properties, note)
        self.question.told = told
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
        self.reading.note(Code.LINE_MAKES_HEADING, place, text=place.text[:40], offer="")
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
        under = self.texts[self.at] if self.at < len(self.texts) else ""
        under = under.strip() if BREAK.fullmatch(under) else ""
        if under and (under[0] == "=" or self._meant_as_heading(pieces[-1], self.at + 1)):
            self._underlined(pieces[-1], note)
        elif self._meant_as_heading(pieces[-1]):
            self._unmarked(pieces[-1], note)
        elif not self._looks_like_answers(pieces):
            self._add_prose("p", [tuple(pieces)], note)
            if under and start < self.at:
                self._note_line_heading()

    def _underlined(self, piece: Piece, note: str) -> None:
        """Read words with a line of signs below them as the heading they are in Markdown."""
        place = self._piece().strip()
        self.at += 1
        words, properties = split(self.reading, piece)
        asks = self._answers_follow()
        signs = "#" if self.draft.title is None else "###" if asks else "##"
        offer = self._as_heading(signs, words, properties)
        self.reading.note(Code.LINE_MAKES_HEADING, place, text=place.text[:40], offer=offer)
        if signs == "#":
            self._title(words, properties, note)
        elif asks:
            self._ask(words, properties, note, told=True)
        else:
            self._page(words, properties, note)

    def _unmarked(self, piece: Piece, note: str) -> None:
        """Read a question that does not begin with ``###`` and say so."""
        place = piece.strip()
        words, properties = split(self.reading, piece)
        inner = _BOLD.fullmatch(words.text)
        if inner:
            words = words.cut(*inner.span(1))
            words, behind = split(self.reading, words) if not properties else (words, properties)
            properties = behind
        number = _NUMBERED.match(words.text)
        words = words.cut(number.end()) if number else words
        offer = self._as_heading("###", words, properties)
        self.reading.note(Code.HEADING_WITHOUT_HASH, place, text=place.text[:60], offer=offer)
        self._ask(words, properties, note, told=True)
