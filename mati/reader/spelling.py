"""The text of a survey or page in; a note where Khmer or Lao words could be spelt better."""

from __future__ import annotations

import unicodedata

from mati.diagnostics import Code, Notebook, Source, Span
from mati.wording import changes

__all__ = ["note_spelling"]


def note_spelling(source: Source, language: str, notes: Notebook) -> None:
    """Say once per file, at the first place, how many syllables look like others.

    Accents apart from their letters are of no matter here: nothing is compared by them.
    """
    if source.text.isascii():
        return
    found = [
        change
        for change in changes(source.path, source.text, language)
        if unicodedata.normalize("NFC", change.slip.text) != change.slip.better
    ]
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
