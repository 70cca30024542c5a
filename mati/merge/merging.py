"""Texts to translate and a catalogue in, the new catalogue out: by context, never by likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mati.catalog import Catalog, Message
from mati.merge.extract import Unit

__all__ = ["merge"]


def merge(units: Sequence[Unit], old: Catalog) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return the entries for ``units`` in their order, and those whose text is gone.

    The same text in the same context keeps all; a new text in a known context keeps the
    translation as outdated, with the wording it was made for; a known text in a new place is
    taken over where the place has the same part (label, option …) and all its translations
    agree, else as outdated. Entries that are gone serve as sources, too.
    """
    wanted = {(unit.context, unit.msgid) for unit in units}
    left = [m for m in (*old.messages.values(), *old.obsolete) if m.string]
    by_key = {m.key: m for m in reversed((*old.messages.values(), *old.obsolete))}
    by_context: dict[str, Message] = {}
    for message in left:
        if message.context and message.key not in wanted:
            by_context.setdefault(message.context, message)
    by_text: dict[str, list[Message]] = {}
    for message in left:
        by_text.setdefault(message.msgid, []).append(message)
    used: set[tuple[str, str]] = set()
    made = []
    for unit in units:
        found = _found(unit, by_key, by_context, by_text)
        made.append(_entry(unit, found))
        if found is not None:
            used.add(found.key)
    gone = tuple(
        message._replace(obsolete=True, remarks="".join(f"# {c}\n" for c in message.comments))
        for message in left
        if message.key not in wanted and message.key not in used
    )
    return tuple(made), gone


def _found(
    unit: Unit,
    by_key: Mapping[tuple[str, str], Message],
    by_context: Mapping[str, Message],
    by_text: Mapping[str, list[Message]],
) -> Message | None:
    """Return the entry to start from, its flags already as they must be."""
    same = by_key.get((unit.context, unit.msgid))
    if same is not None and (same.string or same.comments):
        return same
    reworded = by_context.get(unit.context)
    if reworded is not None:
        return _outdated(reworded)
    elsewhere = by_text.get(unit.msgid, ())
    if not elsewhere:
        return same
    part = unit.context.rpartition(".")[2]
    agreed = len({m.strings for m in elsewhere}) == 1 and not any(m.fuzzy for m in elsewhere)
    if agreed and all(m.context.rpartition(".")[2] == part for m in elsewhere):
        return elsewhere[0]._replace(remarks="")
    return _outdated(elsewhere[0])._replace(remarks="")


def _outdated(message: Message) -> Message:
    flags = message.flags if message.fuzzy else ("fuzzy", *message.flags)
    return message._replace(
        flags=flags,
        previous=message.previous or message.msgid,
        previous_context=message.previous_context,
    )


def _entry(unit: Unit, found: Message | None) -> Message:
    """Return the entry of ``unit`` with what translators wrote in ``found``."""
    remarks = [f"# {comment}".rstrip() for comment in (found.comments if found else ())]
    remarks += [f"#. {note}" for note in unit.notes]
    remarks += [f"#: {path}" for path in unit.files]
    return Message(
        unit.context,
        unit.msgid,
        found.strings[:1] if found and found.strings else ("",),
        flags=found.flags if found else (),
        remarks="".join(line + "\n" for line in remarks),
        previous=found.previous if found else "",
        previous_context=found.previous_context if found else "",
    )
