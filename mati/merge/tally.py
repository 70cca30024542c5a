"""Texts and a catalogue in, how far the translation is out: counted, nothing said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mati.catalog import Catalog, state_of
from mati.merge.extract import Unit
from mati.merge.heads import last_translator
from mati.merge.wordcount import words

__all__ = ["Tally", "tally", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far one catalogue is.

    Each of the ``texts`` is ``translated``, ``outdated`` (fuzzy) or ``missing``. Beside that,
    ``identical`` counts translations that are the source word for word, and ``problems`` those
    with a fault that keeps them from being shown, or a lost link. ``words_left`` are the words of
    the sources that are outdated or missing, of ``words`` in all.
    """

    texts: int = 0
    translated: int = 0
    outdated: int = 0
    missing: int = 0
    identical: int = 0
    problems: int = 0
    words: int = 0
    words_left: int = 0
    last_translator: str = ""
    """As the file's header has it; "" where it names nobody."""
    damaged: bool = False
    """Whether the file cannot be read as a whole."""


def tally(units: Sequence[Unit], catalog: Catalog) -> Tally:
    """Count how far ``catalog`` translates ``units``."""
    translated = outdated = identical = problems = left = every = 0
    for unit in units:
        found = catalog.find(unit.context, unit.msgid)
        size = words(unit.msgid)
        every += size
        if found is None or not found.string:
            left += size
            continue
        if found.fuzzy:
            outdated += 1
            left += size
        else:
            translated += 1
        identical += found.string == unit.msgid and any(map(str.isalpha, unit.msgid))
        problems += state_of(unit.msgid, found, rich=unit.rich) in {"broken", "lost"}
    return Tally(
        texts=len(units),
        translated=translated,
        outdated=outdated,
        missing=len(units) - translated - outdated,
        identical=identical,
        problems=problems,
        words=every,
        words_left=left,
        last_translator=last_translator(catalog.header.get("Last-Translator", "")),
        damaged=catalog.damaged,
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of several; who translated last is left out unless it is one for all."""
    every = tuple(tallies)
    names = {one.last_translator for one in every}

    def of(name: str) -> int:
        return sum(getattr(one, name) for one in every)

    return Tally(
        texts=of("texts"),
        translated=of("translated"),
        outdated=of("outdated"),
        missing=of("missing"),
        identical=of("identical"),
        problems=of("problems"),
        words=of("words"),
        words_left=of("words_left"),
        last_translator=names.pop() if len(names) == 1 else "",
        damaged=any(one.damaged for one in every),
    )
