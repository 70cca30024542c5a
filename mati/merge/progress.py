"""Texts and a catalogue in; what is missing, outdated or broken out."""

from __future__ import annotations

from collections.abc import Sequence

from mati.catalog import Catalog, faults, lost_links
from mati.diagnostics import Code, Notebook, Span
from mati.merge.extract import Unit

__all__ = ["check_units", "count_units"]


def _state(unit: Unit, catalog: Catalog) -> str:
    found = catalog.find(unit.context, unit.msgid)
    if found is None or not found.string:
        return "missing"
    return "outdated" if found.fuzzy else "good"


def count_units(units: Sequence[Unit], catalog: Catalog) -> dict[str, int]:
    """Count the texts: ``total``, ``good``, ``outdated``, ``missing``."""
    states = [_state(unit, catalog) for unit in units]
    counts = {name: states.count(name) for name in ("good", "outdated", "missing")}
    return {"total": len(states), **counts}


def check_units(units: Sequence[Unit], catalog: Catalog, notes: Notebook) -> None:
    """Note every text that is missing, outdated or whose translation cannot be shown."""
    for unit in units:
        found = catalog.find(unit.context, unit.msgid)
        line = found.line if found else 1
        place = {"context": unit.context or unit.msgid, "text": unit.msgid}
        if found is None or not found.string:
            notes.note(Code.NOT_TRANSLATED, Span(catalog.path, line), severity=None, **place)
            continue
        if found.fuzzy:
            notes.note(Code.OUTDATED_TRANSLATION, Span(catalog.path, line), severity=None, **place)
        lost = lost_links(unit.msgid, found.string) if unit.context else ()
        for fault in (*faults(unit.msgid, found.string, rich=bool(unit.context)), *lost):
            where = Span(catalog.path, found.string_line)
            words = {"context": place["context"], "text": fault.text, "offer": fault.offer}
            notes.note(fault.code, where, severity=None, **words)
