"""What a .po file holds: messages by context and source text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Catalog", "Message"]


class Message(NamedTuple):
    """One entry; a named tuple, because ten thousand are made in the time of a blink.

    ``context`` is "" where the entry has none. ``strings`` holds one translation, or one per
    plural form where ``plural`` is the second source text. ``previous`` is the wording that an
    outdated (fuzzy) translation was made for. Lines count from 1.
    """

    context: str
    msgid: str
    strings: tuple[str, ...]
    plural: str = ""
    flags: tuple[str, ...] = ()
    remarks: str = ""
    """The lines, as they stand, that begin with ``#`` and are not flags, previous or obsolete."""
    previous: str = ""
    previous_context: str = ""
    previous_plural: str = ""
    obsolete: bool = False
    line: int = 0
    """Line of ``msgid``."""
    string_line: int = 0
    """Line of ``msgstr``."""

    @property
    def key(self) -> tuple[str, str]:
        """What a message is found by."""
        return self.context, self.msgid

    @property
    def string(self) -> str:
        """The translation, "" where there is none; of a plural its first form."""
        return self.strings[0] if self.strings else ""

    @property
    def comments(self) -> tuple[str, ...]:
        """What translators wrote: ``# …``."""
        return tuple(
            line[1:].strip() for line in self.remarks.splitlines() if line[1:2] not in (".", ":")
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the author wrote, and where the text stands: ``#. …``."""
        return tuple(line[2:].strip() for line in self.remarks.splitlines() if line[1:2] == ".")

    @property
    def references(self) -> tuple[str, ...]:
        """The files the text comes from, as written: ``#: …``."""
        return tuple(line[2:].strip() for line in self.remarks.splitlines() if line[1:2] == ":")

    @property
    def fuzzy(self) -> bool:
        """Whether the source was re-worded after this translation was made."""
        return "fuzzy" in self.flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The translations of one domain into one language.

    ``messages`` by (context, msgid), in the file's order; ``obsolete`` those whose source is
    gone. ``damaged``: an entry could not be read, so the file must not be written anew.
    """

    language: str
    path: str
    messages: Mapping[tuple[str, str], Message] = field(default_factory=dict)
    obsolete: tuple[Message, ...] = ()
    head: Message | None = None
    """The entry of the empty msgid."""
    damaged: bool = False
    tail: str = ""
    """The lines of comments below the last entry, as they stand."""

    def find(self, context: str, msgid: str) -> Message | None:
        """Return the entry for a text in its context, None when there is none."""
        return self.messages.get((context, msgid))

    @property
    def header(self) -> Mapping[str, str]:
        """The fields of the header entry, names as written."""
        lines = (self.head.string if self.head else "").split("\n")
        pairs = (line.partition(":") for line in lines)
        return {name.strip(): value.strip() for name, colon, value in pairs if colon}
