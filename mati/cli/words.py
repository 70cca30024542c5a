"""What people wrote, and what becomes of it: read from a project, and from a sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _
from mati.cli.asked import surveys_of
from mati.diagnostics import Code, Notebook, Span, clean
from mati.spreadsheet import unguarded

if TYPE_CHECKING:
    from mati.model import Survey
    from mati.reviews import Decision, Words

__all__ = [
    "COLUMNS",
    "Heap",
    "called_as",
    "commands",
    "decided",
    "differs",
    "from_row",
    "heap_of",
    "may_hold",
    "read_sheet",
    "refused",
    "row_of",
    "same_twice",
]

COLUMNS = ("id", "question", "words", "may hold", "decision", "shown", "themes")
"""Of a sheet, in this order."""


@dataclass(slots=True)
class Heap:
    """The words of every survey that was asked for."""

    notes: Notebook = field(default_factory=Notebook)
    surveys: dict[str, Survey] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)


def heap_of(shell: Shell, wanted: str) -> Heap:
    """Read surveys, answers and decisions; show what is wrong with any."""
    from mati import home
    from mati.localise import localise
    from mati.responses import as_of_today
    from mati.reviews import side_by_side, words

    found = Heap()
    for name, survey, speaker in surveys_of(shell, wanted, found.notes):
        found.surveys[name] = survey
        answers = as_of_today(home.load(shell.root, name, found.notes), survey)
        decisions = home.decisions_of(shell.root, name, found.notes)
        found.words += [localise(one, speaker) for one in words(survey, answers, decisions)]
    found.words = list(side_by_side(found.words))
    return found


def may_hold(one: Words) -> str:
    """Say which personal data the words may hold."""
    names = {
        "email": _("an e-mail address"),
        "phone": _("a telephone number"),
        "link": _("a link"),
        "handle": _("an account"),
    }
    return ", ".join(names[flag] for flag in one.flags)


def called_as(one: Words) -> str:
    """Return what was asked, and which part of it."""
    label = getattr(one.question, "text", "")
    part = getattr(one.part, "text", "") if one.part is not None else ""
    return " · ".join(filter(None, (str(label), str(part))))


def decided(
    one: Words, *, decision: str = "", text: str = "", themes: tuple[str, ...] | None = None
) -> Decision:
    """Return a decision of now; what is not said stays as it was."""
    from mati.reviews import Decision

    before = one.made
    choice = decision or (before.decision if before else "open")
    kept = before.text if before and not decision else ""
    shown = " ".join(text.split()) or kept or one.text
    return Decision(
        key=one.key,
        id=one.response,
        name=one.name,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        decision=choice,
        text=shown if choice in ("quote", "praise") else "",
        themes=themes,
        language=one.language,
    )


def refused(one: Words, made: Decision, *, anyway: bool) -> str:
    """Return why a decision cannot be taken; "" where it can."""
    from mati.reviews import flags
    from mati.reviews.decisions import LONGEST

    if made.decision not in ("quote", "praise"):
        return ""
    if len(made.text) > LONGEST:
        text = _("{id}: more than {number} signs. Shorten it: --text")
        return text.format(id=one.id, number=LONGEST)
    if flags(made.text) and not anyway:
        text = _("{id}: these words may hold {what}. Take it out with --text, or say --anyway.")
        return text.format(id=one.id, what=may_hold(one) or ", ".join(flags(made.text)))
    return ""


def row_of(one: Words) -> tuple[str, ...]:
    """Return a row of a sheet."""
    made = one.made
    decision = "" if made is None or made.decision == "open" else made.decision
    shown = made.text if made else ""
    themes = " ".join(made.themes or ()) if made else ""
    return (one.id, called_as(one), one.text, may_hold(one), decision, shown, themes)


def read_sheet(path: Path, notes: Notebook) -> list[tuple[int, dict[str, str]]]:
    """Read a sheet as any spreadsheet saves it: commas, semicolons or tabs, with a mark or not."""
    from mati.reader import decode

    seen = Notebook()
    source = decode(path.name, path.read_bytes(), seen)
    notes.extend(replace(one, line="") for one in seen)  # nobody's words are quoted in messages
    if source is None:
        return []
    first, _end, rest = source.text.partition("\n")
    told = re.fullmatch(r"\s*sep=(.)\s*", first, re.IGNORECASE)  # Excel writes it, and reads it
    text, skipped = (rest, 1) if told else (source.text, 0)
    sign = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in ("id", "decision") if name not in names]
        for name in missing:
            notes.note(Code.SHEET_COLUMN, Span(path.name, 1 + skipped), name=name)
        for cells in () if missing else reader:
            line = reader.line_num + skipped
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) <= names.index("decision") or any(cells[len(names) :]):
                notes.note(Code.SHEET_UNREADABLE, Span(path.name, line))
                continue
            found.append((line, dict(zip(names, cells, strict=False))))
    except csv.Error:
        notes.note(Code.SHEET_UNREADABLE, Span(path.name, max(1, reader.line_num) + skipped))
    return found


def _quoted(cell: str) -> str:
    """Return the beginning of a cell for a message; nothing of it where it may be personal."""
    from mati.reviews import flags

    return "…" if flags(cell) else clean(cell.strip())[:40]


def from_row(
    row: Mapping[str, str], line: int, path: str, found: Heap, notes: Notebook
) -> tuple[Words, Decision] | None:
    """Read one row; None where nothing is decided, or notes say what is wrong."""
    decision, themes = row["decision"].strip().lower(), row.get("themes", "")
    codes = tuple(dict.fromkeys(themes.replace(",", " ").replace(";", " ").split()))
    if not decision and not codes:
        return None
    place = Span(path, line)
    one = next((w for w in found.words if w.id == row["id"].strip().lower()), None)
    if one is None:
        notes.note(Code.SHEET_WORDS_UNKNOWN, place, name=_quoted(row["id"]))
        return None
    if decision not in ("", "quote", "praise", "no"):
        notes.note(Code.SHEET_DECISION, place, name=_quoted(decision))
        return None
    known = [code for code, _words in found.surveys[one.survey].settings.report.themes]
    for code in codes:
        if code not in known:
            notes.note(Code.SHEET_THEME, place, name=_quoted(code), known=", ".join(known) or "…")
    shown = unguarded(row.get("shown", "").strip())
    made = decided(one, decision=decision, text=shown, themes=codes or None)
    # what was shown before although it may hold something needs no second look
    if refused(one, made, anyway=one.made is not None and made.text == one.made.text):
        notes.note(Code.SHEET_PERSONAL, place, name=one.id)
    return one, made


def same_twice(
    taken: Iterable[tuple[int, Words, Decision]], path: str, notes: Notebook
) -> list[tuple[Words, Decision]]:
    """Return each decision once; two about the same words that are not alike are said."""
    met: dict[str, tuple[Words, Decision]] = {}
    for line, one, made in taken:
        before = met.setdefault(one.id, (one, made))[1]
        if replace(made, at=before.at) != before:
            notes.note(Code.SHEET_TWICE, Span(path, line), name=one.id)
    return list(met.values())


def differs(one: Words, made: Decision) -> bool:
    """Tell whether a decision says anything new."""
    before = one.made
    if before is None:
        return True
    themes = before.themes if made.themes is None else made.themes
    now = (made.decision, made.text, themes)
    return now != (before.decision, before.text, before.themes)


commands: tuple[click.Command, ...] = ()
