"""The old names of a survey in, what is wrong with them out."""

from __future__ import annotations

from collections.abc import Iterator

from mati.diagnostics import Code
from mati.model import Survey, join, resolve
from mati.reader.assembly import Assembly
from mati.reader.pieces import Reading

__all__ = ["check_aliases"]


def check_aliases(reading: Reading, made: Assembly) -> None:
    """Find aliases of names that still stand, that lead nowhere, or round in a circle."""
    told = made.survey.settings.aliases
    if not told:
        return
    known = dict.fromkeys(_names(made.survey))
    aliases = {alias.old: alias.new for alias in told if alias.old not in known}
    circles: set[str] = set()
    for alias in told:
        if alias.old in known:
            reading.notes.note(Code.ALIAS_IN_USE, alias.span, name=alias.old)
            continue
        new = resolve(aliases, alias.old)
        if not new or new in known or new.partition(".")[0] in made.broken:
            continue
        if not resolve(dict.fromkeys(aliases, ""), new):
            if circles.isdisjoint({alias.old, new}):
                reading.notes.note(Code.ALIAS_CIRCLE, alias.span, name=alias.old)
            circles |= {alias.old, alias.new, new}
        elif aliases.get(alias.new) is None:  # else it is said where that one is read
            offer, shown = reading.offer(alias.new, known)
            reading.notes.note(
                Code.UNKNOWN_NAME_IN_SETTING,
                alias.new_span,
                key="aliases",
                name=alias.new,
                offer=offer,
                known=shown,
            )


def _names(survey: Survey) -> Iterator[str]:
    """Go through what an answer can be kept under: ids, ``id.row``, ``id.field``, ``id.code``."""
    for question in survey.questions:
        yield question.id
        for part in (*(row.id for row in question.rows), *(f.id for f in question.fields)):
            yield join(question.id, part)
        for option in question.options:
            yield join(question.id, option.code)
    for hidden in survey.settings.hidden:
        yield hidden.name
        for code, _ in hidden.values:
            yield join(hidden.name, code)
