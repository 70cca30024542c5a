"""Entries in, the text of a .po file out: no wrapping, no dates, same words, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mati.catalog import Catalog, Message
from mati.merge.extract import Unit

__all__ = ["text_of", "write_po", "write_pot"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_SPECIAL = re.compile(r'[\\"\n\t\r]')


def _quoted(word: str, text: str, lead: str = "") -> str:
    """Return a keyword with its string: one line, or one per line of the text."""
    if _SPECIAL.search(text) is None:  # nearly all; to look is quicker than to translate
        return f'{lead}{word} "{text}"\n'
    pieces = [piece + "\n" for piece in text.split("\n")]
    pieces[-1] = pieces[-1][:-1]
    pieces = pieces if pieces[-1] else pieces[:-1]
    if len(pieces) == 1:
        return f'{lead}{word} "{text.translate(_ESCAPES)}"\n'
    lines = "".join(f'{lead}"{piece.translate(_ESCAPES)}"\n' for piece in pieces)
    return f'{lead}{word} ""\n{lines}'


def _entry(message: Message) -> str:
    """Return the lines of an entry; those of nearly all in one go."""
    context, msgid, strings, plural, flags, remarks, previous, *_ = message
    if flags or plural or previous or message.obsolete or len(strings) != 1 or not context:
        return "".join(_lines(message))
    string = strings[0]
    if _SPECIAL.search(context) or _SPECIAL.search(msgid) or _SPECIAL.search(string):
        return "".join(_lines(message))
    return f'{remarks}msgctxt "{context}"\nmsgid "{msgid}"\nmsgstr "{string}"\n'


def _lines(message: Message) -> Iterator[str]:
    yield message.remarks
    if message.flags:
        yield f"#, {', '.join(message.flags)}\n"
    gone = "#~ " if message.obsolete else ""
    before = "#~| " if message.obsolete else "#| "
    if message.previous_context:
        yield _quoted("msgctxt", message.previous_context, before)
    if message.previous:
        yield _quoted("msgid", message.previous, before)
    if message.previous_plural:
        yield _quoted("msgid_plural", message.previous_plural, before)
    if message.context:
        yield _quoted("msgctxt", message.context, gone)
    yield _quoted("msgid", message.msgid, gone)
    if message.plural:
        yield _quoted("msgid_plural", message.plural, gone)
        for number, string in enumerate(message.strings):
            yield _quoted(f"msgstr[{number}]", string, gone)
    else:
        yield _quoted("msgstr", message.string, gone)


def write_po(head: Message, messages: Iterable[Message], obsolete: Iterable[Message] = ()) -> str:
    """Return the text of a .po file: the header, the entries, at the end those that are gone."""
    return "\n".join([_entry(message) for message in (head, *messages, *obsolete)])


def text_of(catalog: Catalog) -> str:
    """Return the text of a catalogue's file, with all that people wrote into it."""
    entries = (*catalog.messages.values(), *catalog.obsolete)
    every = (catalog.head, *entries) if catalog.head else entries
    tail = (catalog.tail,) if catalog.tail else ()
    return "\n".join([*map(_entry, every), *tail])


def write_pot(units: Iterable[Unit], project: str) -> str:
    """Return the text of a template of catalogues: all texts, with the lines they stand on.

    Without the moment it was made: what did not change stays the same, byte for byte.
    """
    fields = (
        ("Project-Id-Version", project),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )
    head = Message("", "", ("".join(f"{name}: {value}\n" for name, value in fields),))
    return write_po(head, map(_empty, units))


def _empty(unit: Unit) -> Message:
    notes = "".join([f"#. {note}\n" for note in unit.notes])
    places = "".join(f"#: {place}\n" for place in unit.places)
    return Message(unit.context, unit.msgid, ("",), remarks=notes + places)
