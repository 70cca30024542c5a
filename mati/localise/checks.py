"""A survey and a catalogue in; what translators must mend, and how far they are, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mati.catalog import Catalog, Message, faults, lost_links, pairs, state_of
from mati.diagnostics import Code, Notebook, Span
from mati.localise.language import SITE
from mati.model import STANDARD, Text, texts

__all__ = ["Coverage", "check_catalog", "check_own", "coverage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far a translation is: counts of texts; ``good`` includes those that lack a link."""

    total: int
    good: int
    outdated: int
    missing: int
    broken: int


def _wanted(node: object, catalog: Catalog) -> Iterator[Text]:
    """Go through the texts that belong into this catalogue, each context and wording once."""
    site = catalog.path.rpartition("/")[2] == "site.po"
    seen = set()
    for text in texts(node):
        key = (text.context, text.source)
        own = text.context.startswith(STANDARD)
        if not own and text.context.startswith(SITE) is site and key not in seen:
            seen.add(key)
            yield text


def coverage(node: object, catalog: Catalog) -> Coverage:
    """Count how many texts of ``node`` (surveys, settings) ``catalog`` translates."""
    states = Counter(
        state_of(text.source, catalog.find(text.context, text.source), rich=text.rich)
        for text in _wanted(node, catalog)
    )
    return Coverage(
        total=states.total(),
        good=states["good"] + states["lost"],
        outdated=states["outdated"],
        missing=states["missing"],
        broken=states["broken"],
    )


def check_catalog(
    node: object, catalog: Catalog, notes: Notebook, *, each: bool = False
) -> Coverage:
    """Check the translations of the texts of ``node``; each broken one is a warning.

    What is missing or outdated is one line with counts, or with ``each`` a line for every
    text. A broken translation is not shown; its source stands in.
    """
    for text in _wanted(node, catalog):
        found = catalog.find(text.context, text.source)
        if found is not None and found.string:
            _check_one(text, found, catalog, notes)
            if found.fuzzy and each:
                _note(Code.OUTDATED_TRANSLATION, text, found.line, catalog, notes)
        elif each:
            _note(Code.NOT_TRANSLATED, text, found.line if found else 1, catalog, notes)
    state = coverage(node, catalog)
    if not each and (state.missing or state.outdated):
        notes.note(
            Code.INCOMPLETE_LANGUAGE,
            Span(catalog.path),
            missing=state.missing,
            total=state.total,
            outdated=state.outdated,
            language=catalog.language,
        )
    return state


def check_own(catalog: Catalog, notes: Notebook) -> None:
    """Check the translations of Mati's own messages; each broken one is a warning."""
    for message in catalog.messages.values():
        if not message.string or message.context:
            continue
        both = pairs(message.msgid, message)
        for fault in (one for pair in both for one in faults(*pair, rich=False)):
            span = Span(catalog.path, message.string_line)
            words = {"context": message.msgid, "text": fault.text, "offer": fault.offer}
            notes.note(fault.code, span, severity=None, **words)


def _check_one(text: Text, found: Message, catalog: Catalog, notes: Notebook) -> None:
    both = tuple(pairs(text.source, found))
    every = [fault for pair in both for fault in faults(*pair, rich=text.rich)]
    every += [lost for pair in both for lost in lost_links(*pair) if text.rich]
    for fault in every:
        notes.note(
            fault.code,
            Span(catalog.path, found.string_line),
            context=text.context,
            text=fault.text,
            offer=fault.offer,
        )


def _note(code: Code, text: Text, line: int, catalog: Catalog, notes: Notebook) -> None:
    notes.note(code, Span(catalog.path, line), context=text.context, text=text.source)
