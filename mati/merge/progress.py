"""Texts and a catalogue in; what is missing, outdated, broken or doubtful out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mati.catalog import (
    Catalog,
    Fault,
    Message,
    Tongue,
    check_head,
    doubts,
    faults,
    forms_of,
    is_missing,
    lost_links,
    pairs,
    tongue,
)
from mati.diagnostics import Code, Notebook, Span
from mati.merge.extract import Unit
from mati.merge.rooms import Rooms
from mati.wording import kept_words

__all__ = ["check_units"]

_KEEP = "keep:"
_SPARED = "ok:"
"""A translator's comment ``# ok: same-as-source`` says that this doubt was looked at."""


def check_units(
    units: Sequence[Unit],
    catalog: Catalog,
    notes: Notebook,
    *,
    rooms: Rooms | None = None,
    keep: Collection[str] = (),
) -> None:
    """Note every text that is missing, outdated, cannot be shown, or looks unlike its source.

    ``rooms``: how long some may be. ``keep``: words that authors want spelled as they are. What
    other programs would stumble over in the file's header is noted as well.
    """
    check_head(catalog, notes)
    speech, wanted = tongue(catalog.path.split("/")[-2:][0]), {(u.context, u.msgid) for u in units}
    kept = _kept(catalog).union(keep)
    _check_whole(units, catalog, notes)
    for unit in units:
        key = (unit.context, unit.msgid)
        found = catalog.messages.get(key)
        place = unit.context or unit.msgid
        if found is None:
            continue
        if is_missing(found):
            span = Span(catalog.path, found.line)
            notes.note(Code.NOT_TRANSLATED, span, context=place, text=unit.msgid)
            continue
        if found.fuzzy:
            span = Span(catalog.path, found.line)
            notes.note(Code.OUTDATED_TRANSLATION, span, context=place, text=unit.msgid)
        if found.plural:
            _check_forms(found, catalog, notes)
        room = rooms.get(key, 0) if rooms else 0
        for fault in _found(unit, found, speech, room, kept):
            where = Span(catalog.path, found.string_line)
            words = {"context": place, "text": fault.text, "offer": fault.offer}
            notes.note(fault.code, where, severity=None, language=speech.code, **words)
    _check_strays(wanted, catalog, notes)


def _found(
    unit: Unit, message: Message, speech: Tongue, room: int, keep: frozenset[str]
) -> Iterator[Fault]:
    """Find the faults of a translation; where there is none, and only there, its doubts."""
    sound = True
    for source, string in pairs(unit.msgid, message):
        for fault in faults(source, string, rich=unit.rich):
            sound = False
            yield fault
        if unit.rich:
            yield from lost_links(source, string)
        if sound:
            for doubt in doubts(source, string, speech, rich=unit.rich, room=room, keep=keep):
                if not _spared(doubt, message):
                    yield doubt


def _kept(catalog: Catalog) -> frozenset[str]:
    """Return the words of all comments ``# keep: word``: they are spelled as they are meant."""
    heads = (catalog.head,) if catalog.head else ()
    every = (*heads, *catalog.messages.values(), *catalog.obsolete)
    said = (message.remarks for message in every if _KEEP in message.remarks)
    return kept_words(catalog.path, "".join((*said, catalog.tail)))


def _spared(doubt: Fault, message: Message) -> bool:
    """Tell whether a translator has written that this is right."""
    said = (comment for comment in message.comments if comment.startswith(_SPARED))
    return any(doubt.code.slug in comment for comment in said)


def _check_forms(message: Message, catalog: Catalog, notes: Notebook) -> None:
    given, wanted = len(message.strings), forms_of(catalog)
    if given != wanted:
        span = Span(catalog.path, message.string_line)
        notes.note(Code.PLURAL_FORMS, span, text=message.msgid, given=given, wanted=wanted)


def _check_whole(units: Sequence[Unit], catalog: Catalog, notes: Notebook) -> None:
    """Note once how many texts have no entry in the file: those have no line either.

    In a damaged file they may be there, and it says itself where it is damaged.
    """
    if catalog.damaged:
        return
    lost = [unit for unit in units if (unit.context, unit.msgid) not in catalog.messages]
    if lost:
        first = lost[0]
        words = {"context": first.context or first.msgid, "text": first.msgid}
        span = Span(catalog.path)
        notes.note(Code.TEXTS_LACKING, span, severity=None, count=len(lost), **words)


def _check_strays(wanted: set[tuple[str, str]], catalog: Catalog, notes: Notebook) -> None:
    """Note translations of what nobody asks for: most likely somebody changed a msgid."""
    for key, message in catalog.messages.items():
        if key not in wanted and message.string:
            span = Span(catalog.path, message.line)
            notes.note(Code.UNKNOWN_TEXT, span, text=message.msgid)
