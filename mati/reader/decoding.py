"""Bytes of a file in, its text out: UTF-8 with line feeds, and nothing invisible that harms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mati.diagnostics import Code, Notebook, Severity, Source, Span
from mati.reader.encodings import is_western, other_encoding

__all__ = ["decode"]

_MARK = b"\xef\xbb\xbf"
_HARMLESS = frozenset("\n\t")
_FOREIGN = re.compile(rb"\s*(?:\{\\rtf|<!doctype html|<html|<\?xml)", re.IGNORECASE)
"""What files of word processors and browsers begin with."""
_BINARY_SHARE = 0.02
_SAMPLE = 8192
_CONTROL = {code: " " for code in (*range(32), 127) if chr(code) not in _HARMLESS}


def decode(path: str, data: bytes, notes: Notebook) -> Source | None:
    """Return the text of ``data``; None when it is no text, which is then written down.

    Byte-order marks are dropped, CRLF becomes LF (columns stay). A control character (NUL and
    U+001A among them) is written down once per kind and read as a blank, so that reading goes
    on. Nothing in a catalogue is more than a warning. A survey or settings that git could not
    merge are no text yet.
    """
    severity = Severity.WARNING if path.endswith(".po") else None
    body = data
    while body.startswith(_MARK):
        body = body.removeprefix(_MARK)
    if path.endswith(".md") and _FOREIGN.match(body):
        notes.note(Code.BINARY_FILE, Span(path), severity=severity)
        return None
    other = other_encoding(body)
    if other:
        notes.note(Code.OTHER_ENCODING, Span(path), severity=severity, encoding=other)
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_binary(body) or b"\0" in body[:_SAMPLE]:
            notes.note(Code.BINARY_FILE, Span(path), severity=severity)
            return None
        before = body[: error.start].decode("utf-8")
        cut = error.end == len(body) and error.reason.startswith("unexpected end")
        code = Code.WESTERN_ENCODING if not cut and is_western(body) else Code.NOT_UTF8
        notes.note(code, _place(path, before), severity=severity)
        return None
    if _is_binary(body):
        notes.note(Code.BINARY_FILE, Span(path), severity=severity)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, text.translate(_CONTROL))
    notes.open(source)
    for char in sorted(set(text) & {chr(code) for code in _CONTROL}):
        place = _place(path, text[: text.index(char)])
        notes.note(Code.FORBIDDEN_CHARACTER, place, severity=severity, text=f"U+{ord(char):04X}")
    twice = tuple(_conflicts(source)) if path.endswith((".md", ".yaml")) else ()
    for line, begins in twice:
        notes.note(Code.MERGE_CONFLICT, Span(path, line, 1, len(begins)), text=begins)
    return None if twice else source


def _conflicts(source: Source) -> Iterator[tuple[int, str]]:
    """Go through the lines at which git began to write both of two versions: which one is meant
    only a person knows, and both together are full of mistakes that nobody made.
    """
    begun = None
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.startswith("<<<<<<< "):
            begun = (number, line)
        elif begun and line.startswith(">>>>>>> "):
            yield begun
            begun = None


def _is_binary(data: bytes) -> bool:
    """Tell a program or picture from a text: too many bytes that no text holds."""
    sample = data[:_SAMPLE]
    odd = sum(sample.count(code) for code in range(32) if code not in b"\t\n\r\x0c\x1a\x1b")
    return odd > max(4, len(sample) * _BINARY_SHARE)


def _place(path: str, before: str) -> Span:
    """Return the place right after the text ``before``."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"), 1)
