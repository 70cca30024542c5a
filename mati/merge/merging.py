"""Texts to translate and a catalogue in, the new catalogue out: by context, never by likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from mati.catalog import Catalog, Message
from mati.merge.extract import Unit

__all__ = ["merge"]

_NUMBERED = re.compile(r"\d+$")
_LISTED = frozenset({"option", "row", "field", "column", "end"})
"""What questions have several of, each with a code of its own: ``visit.how.option.5``."""

Key = tuple[str, str]


def merge(
    units: Sequence[Unit], old: Catalog, *, typos: Collection[str] = ()
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return the entries for ``units`` in their order, and those whose text is gone.

    In this order, a text gets its translation from

    1. the entry of the same text in the same context, also one that was gone: all is kept;
    2. a text of the same words that has left its place, where both places are of one kind: it
       moved or was renamed, and is as good as it was;
    3. what stood in its place: the source was re-worded, so that translation is outdated and
       carries the wording it was made for (``#| msgid``), unless its context is among ``typos``;
    4. the same words elsewhere: taken over where the places are of one kind and all their
       translations agree, else as outdated.

    Nothing is guessed: no text gets the translation of other words from another context.
    """
    merging, live = _Merging(units, old, typos), old.messages
    made = []
    for unit in units:
        message = live.get((unit.context, unit.msgid))
        # Nearly all are as they were, and there may be half a million of them.
        settled = message is not None and message.string and not message.previous
        if message is None or not settled or message.remarks != unit.remarks:
            message = _entry(unit, merging.found(unit))
        made.append(message)
    merging.fill(units, made)
    return tuple(made), tuple(merging.gone())


def _said(message: Message) -> bool:
    """Tell whether any of the strings is there; a plural has several."""
    return any(message.strings)


def _remarks(message: Message) -> list[str]:
    """Return the lines that translators wrote above an entry, as they stand."""
    lines = message.remarks.split("\n")
    return [line for line in lines if line and line[1:2] not in (".", ":")]


def _part(context: str) -> tuple[str, str]:
    parent, _, last = context.rpartition(".")
    word = parent.rpartition(".")[2]
    return word if word in _LISTED else "", last


def _family(context: str) -> str:
    """Return what the paragraphs of one text share, or the options of one question."""
    parent, _, last = context.rpartition(".")
    if parent.rpartition(".")[2] in _LISTED:
        return parent
    return f"{parent}.{_NUMBERED.sub('', last)}"


class _Alike:
    """Entries of the same words, wherever they stand; asked for each place that wants them.

    What they have in common is counted once: a word such as "Good" may stand in thousands.
    """

    __slots__ = ("_agreed", "_both", "_families", "_near", "_parts", "keys", "messages")

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.keys = frozenset(message.key for message in messages)
        self._agreed = len({message.strings for message in messages}) == 1
        kinds = [(_part(message.context), _family(message.context)) for message in messages]
        self._both = Counter(kinds)
        self._parts = Counter(part for part, _ in kinds)
        self._families = Counter(family for _, family in kinds)
        self._near: dict[str, _Alike] = {}

    def fit(self, context: str) -> bool:
        """Tell whether all agree, and stand in places of one kind with ``context``.

        Places of one kind are labels, or paragraphs of one text, or options of one question.
        """
        part, family = _part(context), _family(context)
        kin = self._parts[part] + self._families[family] - self._both[part, family]
        return self._agreed and kin == len(self.messages)

    def near(self, context: str) -> _Alike | None:
        """Return those of the very text or question of ``context``, None for none."""
        family = _family(context)
        if not self._families[family]:
            return None
        if family not in self._near:
            there = [one for one in self.messages if _family(one.context) == family]
            self._near[family] = _Alike(there)
        return self._near[family]


class _Merging:
    """The old entries by what they may be found by, and which of them were used."""

    def __init__(self, units: Sequence[Unit], old: Catalog, typos: Collection[str]) -> None:
        self._typos, self._live, self._obsolete = typos, old.messages, old.obsolete
        self._wanted = {(unit.context, unit.msgid) for unit in units}
        self._used: set[Key] = set()
        self._shifted: set[Key] = set()
        self._revived: dict[Key, Message] = {}
        self._free: dict[str, list[Message]] = {}
        """By context: what was said of another text there. What is alive comes first."""
        self._leaving: dict[str, list[Message]] = {}
        for key, message in self._live.items():
            if key not in self._wanted and _said(message):
                self._set_free(message)
        for message in self._obsolete:
            if _said(message):
                self._revived.setdefault(message.key, message)
                if message.key not in self._wanted:
                    self._set_free(message)
        # Decided for all before any is re-worded: a text that moves takes its translation along.
        self._moved = self._moves(units) if self._leaving else {}

    def _set_free(self, message: Message) -> None:
        self._leaving.setdefault(message.msgid, []).append(message)
        if message.context:
            self._free.setdefault(message.context, []).append(message)

    def _moves(self, units: Iterable[Unit]) -> dict[Key, Message]:
        found: dict[Key, Message] = {}
        groups: dict[str, _Alike] = {}
        used: dict[int, _Alike] = {}
        shifted: dict[int, _Alike] = {}
        for unit in units:
            msgid, context = unit.msgid, unit.context
            if msgid not in self._leaving or self._same(unit) is not None:
                continue
            if msgid not in groups:
                groups[msgid] = _Alike(self._leaving[msgid])
            there = groups[msgid]
            near = there.near(context)
            if near is not None and near.fit(context):
                shifted[id(near)] = there = near
            if there.fit(context):
                found[context, msgid] = there.messages[0]
                used[id(there)] = there
        self._shifted.update(*(one.keys for one in shifted.values()))
        self._used.update(*(one.keys for one in used.values()))
        return found

    def _same(self, unit: Unit) -> Message | None:
        key = unit.context, unit.msgid
        message = self._live.get(key)
        return message if message is not None and _said(message) else self._revived.get(key)

    def found(self, unit: Unit) -> Message | None:
        """Return the entry that ``unit`` begins from, its flags already as they must be."""
        key = unit.context, unit.msgid
        message = self._live.get(key)
        if message is not None and _said(message):
            typo = message.fuzzy and message.previous and unit.context in self._typos
            return _settled(message) if typo else message
        found = self._revived.get(key) or self._moved.get(key) or self._reworded(unit)
        if found is None or message is None:
            return found or message
        return _asked(message, found)

    def _reworded(self, unit: Unit) -> Message | None:
        # An option that slid to another code has taken its words along: those that stand there
        # now would say the opposite in the other language.
        there = self._free.get(unit.context, ())
        message = next((one for one in there if one.key not in self._shifted), None)
        if message is None:
            return None
        self._used.add(message.key)
        if message.previous == unit.msgid and message.fuzzy:  # the author took the change back
            return _settled(message)
        return message if unit.context in self._typos else _outdated(message)

    def fill(self, units: Sequence[Unit], made: list[Message]) -> None:
        """Give the entries that have nothing yet what the same words are called elsewhere.

        Only translations made for these very words count, whether they are old or, since a
        change was taken back, good again: a second merge then finds nothing more to fill.
        """
        self._move_the_rest(units, made)
        empty = [number for number, message in enumerate(made) if not _said(message)]
        wanted = {made[number].msgid for number in empty}
        by_text: dict[str, list[Message]] = {}
        for message in (*made, *self._live.values(), *self._revived.values()) if wanted else ():
            if message.msgid in wanted and _said(message) and not message.fuzzy:
                by_text.setdefault(message.msgid, []).append(message)
        groups = {msgid: _Alike(there) for msgid, there in by_text.items()}
        for number in empty:
            there = groups.get(made[number].msgid)
            if there is not None:
                made[number] = _entry(units[number], _borrowed(made[number], there))

    def _move_the_rest(self, units: Sequence[Unit], made: list[Message]) -> None:
        """Move what could not be told apart before the others were given away."""
        left = [number for number, message in enumerate(made) if not _said(message)]
        wanted = {units[number].msgid for number in left} & self._leaving.keys()
        groups = {}
        for msgid in wanted:
            free = [one for one in self._leaving[msgid] if one.key not in self._used]
            if free:
                groups[msgid] = _Alike(free)
        for number in left:
            unit = units[number]
            there = groups.get(unit.msgid)
            if there is not None and there.fit(unit.context):
                made[number] = _entry(unit, _asked(made[number], there.messages[0]))
                self._used.update(there.keys)
                del groups[unit.msgid]  # all of them are with this text now

    def gone(self) -> Iterator[Message]:
        """Go through the entries that nothing wants any more, each text of a context once."""
        met: set[Key] = set()
        for message in (*self._live.values(), *self._obsolete):
            key = message.key
            if key in self._wanted or key in self._used or key in met:
                continue
            remarks = "".join(f"{line}\n" for line in _remarks(message))
            if remarks or _said(message):
                met.add(key)
                yield message._replace(obsolete=True, remarks=remarks)


def _asked(empty: Message, found: Message) -> Message:
    """Return an entry with what translators asked above the one it fills."""
    lines = [line for line in _remarks(empty) if line not in _remarks(found)]
    return found._replace(remarks="".join(f"{line}\n" for line in lines) + found.remarks)


def _borrowed(empty: Message, there: _Alike) -> Message:
    """Return what the same words are called ``there``: good where all agree and fit."""
    first = there.messages[0]
    if not there.fit(empty.context):
        first = _outdated(first)._replace(previous_context=first.context)
    return first._replace(remarks=empty.remarks)


def _outdated(message: Message) -> Message:
    flags = message.flags if message.fuzzy else ("fuzzy", *message.flags)
    if message.previous and message.fuzzy:  # what was translated is older still
        return message
    return message._replace(flags=flags, previous=message.msgid, previous_plural=message.plural)


def _settled(message: Message) -> Message:
    flags = tuple(flag for flag in message.flags if flag != "fuzzy")
    return message._replace(flags=flags, previous="", previous_context="", previous_plural="")


def _entry(unit: Unit, found: Message | None) -> Message:
    """Return the entry of ``unit`` with what translators wrote in ``found``."""
    derived = unit.remarks
    if found is None:
        return Message(unit.context, unit.msgid, ("",), remarks=derived)
    if found.previous and not found.fuzzy:  # only the word "fuzzy" was taken away
        found = _settled(found)
    remarks = derived
    if found.remarks != derived:
        remarks = "".join(f"{line}\n" for line in _remarks(found)) + derived
    elif found.context == unit.context and found.msgid == unit.msgid and not found.obsolete:
        return found
    return found._replace(context=unit.context, msgid=unit.msgid, remarks=remarks, obsolete=False)
