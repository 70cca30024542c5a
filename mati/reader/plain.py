"""Markdown of a plain page in, ``PlainPage`` out: headings, paragraphs and lists, no questions.

Read by the same walk as a survey. Contexts begin with ``site.page.NAME``, so that its words
are translated in ``site.po``: ``.title``, ``.intro.p1 …``, below a heading ``{#delete}``
``.delete.title`` and ``.delete.p1 …``; headings without an id are ``page_1 …``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import PlainPage, PlainPart, ProjectSettings, Prose
from mati.reader.attributes import Properties, only
from mati.reader.comments import Lines, clear_comments
from mati.reader.drafts import DraftSection
from mati.reader.front import part
from mati.reader.lines import has_line, is_line
from mati.reader.outline import Walker
from mati.reader.pieces import Piece, PipeUse, Reading
from mati.reader.pipes import SHOP, note_unnamed
from mati.reader.slips import narrowed
from mati.reader.spelling import note_spelling
from mati.reader.unseen import seen
from mati.settings import read_page_language

__all__ = ["read_page", "read_report"]

_TAKEN = "main"
"""The id by which every page lets people skip to its content."""


def read_page(source: Source, project: ProjectSettings, notes: Notebook) -> PlainPage | None:
    """Read one plain page; its name is the stem of the file.

    Returns None only where nothing can be shown; what is wrong is written down.
    """
    return _read(source, project, notes, "page", ())


def read_report(
    source: Source, project: ProjectSettings, parts: Sequence[str], notes: Notebook
) -> PlainPage | None:
    """Read the words around a report; ``{{trend}}`` on a line of its own places one of ``parts``.

    Its contexts begin with ``site.report.NAME``. None as with ``read_page``.
    """
    page = _read(source, project, notes, "report", parts)
    if page is None:
        return None
    sections = (
        replace(section, prose=_placed(section.prose, parts, notes)) for section in page.parts
    )
    return replace(page, intro=_placed(page.intro, parts, notes), parts=tuple(sections))


def _placed(prose: Sequence[Prose], parts: Sequence[str], notes: Notebook) -> tuple[Prose, ...]:
    """Put parts of the report in the place of the paragraphs that name them."""
    names = {"{{" + part + "}}": part for part in parts}
    found = []
    for block in prose:
        alone = block.texts[0].source.strip() if block.shape == "p" else ""
        if alone in names:
            found.append(Prose(shape="part", part=names[alone]))
            continue
        for text in block.texts:
            if (name := next((p.ref for p in text.pipes if p.ref in parts), "")) != "":
                notes.note(Code.PART_IN_TEXT, text.span, name=name)
        found.append(block)
    return tuple(found)


def _read(
    source: Source, project: ProjectSettings, notes: Notebook, kind: str, parts: Sequence[str]
) -> PlainPage | None:
    notes.open(source)
    name = source.name
    if not source.text.strip():
        notes.note(Code.EMPTY_FILE, Span(source.path))
        return None
    settings, body, first = part(source.path, source.text, notes)
    language = read_page_language(settings, source, 2, project=project, notes=notes)
    reading = Reading(source.path, f"site.{kind}.{name}", notes, no_project=project.missing)
    if project.name or project.broken:
        reading.facts[SHOP] = project.name or "…"
    reading.facts.update(dict.fromkeys(parts, "…"))
    lines = clear_comments(reading, body, first)
    walker = _PageWalker(reading, narrowed(reading, seen(reading, lines)))
    walker.walk()
    for use in reading.pipes:
        _check_pipe(reading, use)
    note_spelling(source, language, notes)
    title = walker.draft.title
    if title is None:
        notes.note(Code.NO_TITLE, Span(source.path, min(first, source.text.count("\n") + 1), 1))
        return None
    return PlainPage(
        name=name,
        path=source.path,
        language=language,
        title=title,
        intro=tuple(walker.draft.intro),
        parts=tuple(_part(section) for section in walker.draft.sections),
        links=tuple(reading.links),
    )


def _check_pipe(reading: Reading, use: PipeUse) -> None:
    """Say that a page repeats no answers: nobody has given any."""
    if use.ref.text == SHOP and not use.known:
        note_unnamed(reading, use.ref)
    elif not use.known:
        offer, known = reading.offer(use.ref.text, reading.facts)
        place = use.ref if use.ref.text else Piece("", use.ref.line, use.ref.column)
        reading.note(Code.UNKNOWN_PIPE, place, name=use.ref.text, offer=offer, known=known)


class _PageWalker(Walker):
    """The walk in which every heading is only a heading, and nothing is answered."""

    deepest = 6

    def __init__(self, reading: Reading, lines: Lines) -> None:
        super().__init__(reading, lines)
        self.anchors: dict[str, int] = {}

    def _title(self, words: Piece, properties: Properties, note: str) -> None:
        super()._title(words, properties, note)
        self.reading.facts.pop("survey.title", None)

    def _below_title(self, level: int, words: Piece, properties: Properties, note: str) -> None:
        only(self.reading, properties, ("#",))
        if properties.id is not None:
            self._check_anchor(properties.id)
        self._page(words, Properties(properties.id), note)
        self.draft.sections[-1].level = level

    def _answers_follow(self, _start: int | None = None) -> bool:
        """Tell that no heading is a question here."""
        return False

    def _meant_as_heading(self, _piece: Piece, _start: int | None = None) -> bool:
        return False

    def _check_anchor(self, place: Piece) -> None:
        if place.text == _TAKEN:
            self.reading.note(Code.RESERVED_ID, place, id=place.text, offer=f"my_{place.text}")
        first = self.anchors.setdefault(place.text, place.line)
        if first != place.line:
            self.reading.note(Code.ID_TWICE, place, id=place.text, first=first)

    def _list(self, marker: re.Pattern[str], *, ordered: bool) -> None:
        items = self._items(marker)
        asked = next((i for i in items if i.coded or has_line(i.first.text)), None)
        if asked is not None:
            self._refuse(asked.first)
        else:
            shape = "ol" if ordered else "ul"
            self._add_prose(shape, [item.lines for item in items], items[0].note)

    def _lines(self) -> None:
        self._refuse(self._piece().strip())
        while self.at < len(self.texts) and is_line(self.texts[self.at].strip()):
            self.at += 1

    def _table(self) -> None:
        self._refuse(self._piece().strip())
        while self.at < len(self.texts) and "|" in self.texts[self.at]:
            self.at += 1

    def _refuse(self, place: Piece) -> None:
        self.reading.note(Code.QUESTION_ON_PAGE, place, text=place.text[:60])


def _part(section: DraftSection) -> PlainPart:
    anchor = section.id if section.properties.id is not None else ""
    return PlainPart(
        anchor=anchor, level=section.level, title=section.title, prose=tuple(section.prose)
    )
