"""The text of a survey or page in; a note where Khmer or Lao words could be spelt better."""

from __future__ import annotations

from mati.diagnostics import Code, Notebook, Source, Span
from mati.wording import changes

__all__ = ["note_spelling"]


def note_spelling(source: Source, language: str, notes: Notebook) -> None:
    """Say once per file, at the first place, how many syllables look like others."""
    if source.text.isascii():
        return
    found = list(changes(source.path, source.text, language))
    if found:
        first = found[0]
        place = Span(source.path, first.line, first.column, len(first.slip.text))
        notes.note(
            Code.LOOK_ALIKE_SPELLING,
            place,
            text=first.before,
            offer=first.after,
            count=len(found),
        )
