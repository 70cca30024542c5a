"""Lines of a .po file in, a catalogue out; every line is understood or noted."""

from __future__ import annotations

import re

from mati.catalog.message import Catalog, Message
from mati.catalog.slips import BEGINS, ENDS, straightened
from mati.diagnostics import Code, Notebook, Severity, Source, Span

__all__ = ["decode_po", "read_po"]

_PLAIN = re.compile(
    r"((?:\#[\ .:].*\n)*)"
    r'(?:msgctxt\ "([^"\\\n]+)"\n)?'
    r'msgid\ "([^"\\\n]+)"\n'
    r'msgstr\ "([^"\\\n]*(?:\\["\\ntr][^"\\\n]*)*)"\n*',
    re.VERBOSE,
)
"""An entry as we write it; everything else is read line by line."""
_LINE = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?[ \t]*(\".*)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""What a file begins with that an editor saved as "Unicode": UTF-16."""
_SHOWN = 40
"""Code points of a damaged line that a message quotes."""


def decode_po(path: str, data: bytes, notes: Notebook) -> Source:
    """Return the text of a .po file; bytes that are not UTF-8 become U+FFFD, and a warning.

    A message that holds U+FFFD is not shown, so the rest of the file stays of use. A file in
    UTF-16 is read, with a warning: no other program for translators would take it.
    """
    try:
        if data.startswith(_WIDE):
            notes.note(
                Code.OTHER_ENCODING, Span(path), severity=Severity.WARNING, encoding="UTF-16"
            )
            data = data.decode("utf-16", errors="replace").encode()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8-sig", errors="replace")
        line = data.count(b"\n", 0, error.start) + 1
        notes.note(Code.PO_NOT_UTF8, Span(path, line))
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def read_po(source: Source, notes: Notebook) -> Catalog:
    """Read a .po file; the language is its header's ``Language``, else its folder's name."""
    notes.open(source)
    reader = _Reader(source, notes)
    for block in source.text.split("\n\n"):
        reader.block(block)
    reader.finish()
    return reader.catalog()


def _unescape(match: re.Match[str]) -> str:
    return _ESCAPES[match[1]]


def _folder(path: str) -> str:
    parts = path.split("/")
    return parts[-2] if len(parts) > 1 else ""


class _Entry:
    """One entry while its lines come in: fields are lists of the pieces of each string."""

    __slots__ = ("broken", "columns", "fields", "flags", "obsolete", "old", "remarks")

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.columns: dict[str, int] = {}
        """Field name -> its line."""
        self.old: dict[str, list[str]] = {}
        """The fields behind ``#|``."""
        self.remarks: list[str] = []
        self.flags: list[str] = []
        self.broken = False
        self.obsolete = False


class _Reader:
    """Takes one line after the other; knows the entry it is in and the string it continues."""

    def __init__(self, source: Source, notes: Notebook) -> None:
        self._path, self._notes = source.path, notes
        self._number = 0
        self._entry = _Entry()
        self._open: list[str] | None = None
        self._messages: dict[tuple[str, str], Message] = {}
        self._obsolete: list[Message] = []
        self._head: Message | None = None
        self._damaged = False
        self._tail = ""
        self._two, self._ends = False, source.text.count(f"\n{ENDS}")
        """Whether two versions stand here that git could not put together; ends still to come."""
        self._line = ""
        self._begun = False
        """Whether the block before may have left an entry open."""

    def catalog(self) -> Catalog:
        """Return what was read."""
        head = self._head.string if self._head else ""
        declared = (line[9:].strip() for line in head.split("\n") if line.startswith("Language:"))
        return Catalog(
            language=next(declared, "").replace("_", "-") or _folder(self._path),
            path=self._path,
            messages=self._messages,
            obsolete=tuple(self._obsolete),
            head=self._head,
            damaged=self._damaged,
            tail=self._tail,
        )

    def block(self, block: str) -> None:
        """Read what stands between two empty lines: nearly always one entry of plain shape."""
        match = _PLAIN.fullmatch(block)
        if match is None or self._two or (self._begun and self._waiting()):
            for line in block.split("\n"):
                self._take(line)
            self._number += 1
            self._begun = True
            return
        self._begun = False
        remarks, context, msgid, string = match.groups()
        here = self._number + remarks.count("\n") + (1 if context is None else 2)
        if "\\" in string:
            string = _ESCAPE.sub(_unescape, string)
        key = (context or "", msgid)
        # The quickest way there is to make one: there may be half a million.
        made = (*key, (string,), "", (), remarks, "", "", "", False, here, here + 1)
        message = tuple.__new__(Message, made)
        if key in self._messages:
            self._keep(message)
        else:
            self._messages[key] = message
        self._number += block.count("\n") + 2

    def _waiting(self) -> bool:
        """Tell whether an entry is at hand that the next lines may belong to."""
        if "msgstr" in self._entry.fields or "msgstr[0]" in self._entry.fields:
            self.finish()
        return bool(self._entry.fields or self._entry.remarks or self._entry.flags)

    def _take(self, line: str) -> None:
        self._number += 1
        self._line = line
        first = line[:1]
        if self._two or first == "<":
            self._take_two(line)
        elif first == "#":
            self._comment(line)
        elif line.strip():
            entry = self._entry
            self._text(line.strip(), len(line) - len(line.lstrip()), entry.fields)
            if entry.obsolete and entry is self._entry:  # the line above was of one that is gone
                self._damage(Code.PO_UNREADABLE, 0, line)

    def _take_two(self, line: str) -> None:
        """Pass over both of two versions: which one is meant only a person knows."""
        if not self._two:
            begins = line.startswith(BEGINS)
            self._damage(Code.PO_CONFLICT if begins else Code.PO_UNREADABLE, 0, line)
            self._two = begins and self._ends > 0
        elif line.startswith(ENDS):
            self._two = False
            self._ends -= 1

    def _comment(self, line: str) -> None:
        mark, rest = line[1:2], line[2:].strip()
        if mark == "~":
            self._gone(rest)
            return
        if mark == "|":
            self._start_new()
            self._text(rest, line.find(rest), self._entry.old)
            return
        self._start_new()
        if mark == ",":
            self._entry.flags.extend(flag.strip() for flag in rest.split(",") if flag.strip())
        else:
            self._entry.remarks.append(line.rstrip())

    def _gone(self, rest: str) -> None:
        """Read a line of an obsolete entry: ``#~ msgid …`` or ``#~| msgid …``."""
        if rest.startswith("|"):
            self._start_new()
            self._entry.obsolete = True
            self._text(rest[1:].strip(), 0, self._entry.old)
        elif rest:
            entry, live = self._entry, bool(self._entry.fields) and not self._entry.obsolete
            self._text(rest, 0, entry.fields)
            if live and entry is self._entry:
                self._damage(Code.PO_UNREADABLE, 0, rest)
            self._entry.obsolete = True

    def _start_new(self) -> None:
        """End the entry at hand if its strings have begun: comments stand before them."""
        if self._entry.fields:
            self.finish()

    def _text(self, line: str, indent: int, fields: dict[str, list[str]]) -> None:
        """Read a keyword with a string, or the next piece of the string at hand."""
        match = _LINE.fullmatch(line)
        if match is None:
            self._damage(Code.PO_UNREADABLE, indent, line, self._straightened())
            return
        word, quoted = match.groups()
        piece = self._string(quoted, indent + match.start(2))
        if word is None:
            if self._open is None:
                self._damage(Code.PO_UNREADABLE, indent, line)
            elif piece is not None:
                self._open.append(piece)
            return
        if fields is self._entry.fields:
            self._begin(word, indent)
            fields = self._entry.fields
        self._open = [] if piece is None else [piece]
        fields[word] = self._open

    def _begin(self, word: str, indent: int) -> None:
        """Make room for ``word``: the next entry begins where it cannot belong to this one."""
        fields = self._entry.fields
        if (word == "msgid" and "msgid" in fields) or (word == "msgctxt" and fields):
            self.finish()
        elif word in fields:
            self._damage(Code.PO_UNREADABLE, indent, word)
        self._entry.columns[word] = self._number

    def _string(self, quoted: str, column: int) -> str | None:
        """Return the words between the quotes, None when they are damaged (that is noted)."""
        if quoted[-1] == '"' and "\\" not in quoted and quoted.count('"') == 2:  # noqa: PLR2004
            return quoted[1:-1]
        match = _STRING.fullmatch(quoted)
        if match is None:
            self._damage(Code.PO_QUOTE, column, quoted, self._straightened())
            return None
        words = match[1]
        for escape in _ESCAPE.finditer(words):
            if escape[1] not in _ESCAPES:
                self._damage(Code.PO_ESCAPE, column + 1 + escape.start(), escape[0])
                return None
        return _ESCAPE.sub(_unescape, words)

    def _straightened(self) -> str:
        return straightened(self._line.strip(), continued=self._open is not None)

    def _damage(self, code: Code, column: int, text: str, offer: str = "") -> None:
        self._damaged = self._entry.broken = True
        span = Span(self._path, self._number, column + 1, len(text))
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        self._notes.note(code, span, text=shown, offer=offer)

    def finish(self) -> None:
        """End the entry at hand and put it where it belongs."""
        entry, self._entry, self._open = self._entry, _Entry(), None
        if not entry.fields:
            if entry.flags or entry.old or entry.broken:
                self._note(Code.PO_INCOMPLETE, self._number, missing="msgid")
            self._tail = _lines_of(entry.remarks)  # only at the end is there no entry below them
            return
        if entry.broken:
            return
        fields, lines = entry.fields, entry.columns
        missing = "msgid" if "msgid" not in fields else _missing_string(fields)
        if missing:
            self._note(Code.PO_INCOMPLETE, next(iter(lines.values())), missing=missing)
            return
        self._keep(_message(entry))

    def _keep(self, message: Message) -> None:
        if message.obsolete:
            self._obsolete.append(message)
        elif message.msgid == "" and not message.context:
            if self._head is not None:
                self._note(Code.PO_TWICE, message.line, first=self._head.line, text="")
            self._head = self._head or message
        elif message.key in self._messages:
            first = self._messages[message.key].line
            self._note(Code.PO_TWICE, message.line, first=first, text=message.msgid)
        else:
            self._messages[message.key] = message

    def _note(self, code: Code, line: int, **values: str | int) -> None:
        self._damaged = True
        self._notes.note(code, Span(self._path, line), severity=None, **values)


def _lines_of(remarks: list[str]) -> str:
    return "".join(f"{line}\n" for line in remarks)


def _missing_string(fields: dict[str, list[str]]) -> str:
    """Return the name of a string that should be there and is not, "" when all are."""
    if "msgid_plural" not in fields:
        return "" if "msgstr" in fields else "msgstr"
    count = sum(name.startswith("msgstr[") for name in fields)
    wanted = (f"msgstr[{n}]" for n in range(max(count, 1)))
    return next((name for name in wanted if name not in fields), "")


def _joined(fields: dict[str, list[str]], name: str) -> str:
    pieces = fields.get(name)
    return "".join(pieces) if pieces else ""


def _message(entry: _Entry) -> Message:
    fields, lines, old = entry.fields, entry.columns, entry.old
    if "msgid_plural" in fields:
        names = sorted(name for name in fields if name.startswith("msgstr["))
    else:
        names = ["msgstr"]
    return Message(
        _joined(fields, "msgctxt"),
        _joined(fields, "msgid"),
        tuple(_joined(fields, name) for name in names),
        _joined(fields, "msgid_plural"),
        tuple(entry.flags),
        _lines_of(entry.remarks),
        _joined(old, "msgid"),
        _joined(old, "msgctxt"),
        _joined(old, "msgid_plural"),
        entry.obsolete,
        lines.get("msgid", 0),
        lines.get(names[0], 0),
    )
