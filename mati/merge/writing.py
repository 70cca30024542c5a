"""Entries in, the text of a .po file out: no wrapping, no dates, same words, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mati.catalog import Message

__all__ = ["head_of", "write_po"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_SEVERAL = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
    "fr": "nplurals=2; plural=(n > 1);",
    "pl": ("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
    "ru": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
        "(n%100<12 || n%100>14) ? 1 : 2);"
    ),
}
_ONE = frozenset({"id", "ja", "km", "ko", "lo", "ms", "my", "th", "vi", "zh"})
"""Languages whose nouns do not change with the number (CLDR, "Language Plural Rules")."""


def head_of(language: str, project: str) -> Message:
    """Return the header of a new file; the header of an existing one is never touched."""
    base = language.partition("-")[0]
    rule = "nplurals=1; plural=0;" if base in _ONE else "nplurals=2; plural=(n != 1);"
    fields = (
        ("Project-Id-Version", project),
        ("Language", language.replace("-", "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", _SEVERAL.get(base, rule)),
    )
    return Message("", "", ("".join(f"{name}: {value}\n" for name, value in fields),))


def _quoted(word: str, text: str, lead: str = "") -> Iterator[str]:
    """Yield a keyword with its string: one line, or one per line of the text."""
    pieces = [piece + "\n" for piece in text.split("\n")]
    pieces[-1] = pieces[-1][:-1]
    pieces = pieces if pieces[-1] else pieces[:-1]
    if len(pieces) > 1:
        yield f'{lead}{word} ""\n'
        for piece in pieces:
            yield f'{lead}"{piece.translate(_ESCAPES)}"\n'
    else:
        yield f'{lead}{word} "{text.translate(_ESCAPES)}"\n'


def _lines(message: Message) -> Iterator[str]:
    yield message.remarks
    if message.flags:
        yield f"#, {', '.join(message.flags)}\n"
    gone = "#~ " if message.obsolete else ""
    before = "#~| " if message.obsolete else "#| "
    if message.previous_context:
        yield from _quoted("msgctxt", message.previous_context, before)
    if message.previous:
        yield from _quoted("msgid", message.previous, before)
    if message.context:
        yield from _quoted("msgctxt", message.context, gone)
    yield from _quoted("msgid", message.msgid, gone)
    if message.plural:
        yield from _quoted("msgid_plural", message.plural, gone)
        for number, string in enumerate(message.strings):
            yield from _quoted(f"msgstr[{number}]", string, gone)
    else:
        yield from _quoted("msgstr", message.string, gone)


def write_po(head: Message, messages: Iterable[Message], obsolete: Iterable[Message] = ()) -> str:
    """Return the text of a .po file: the header, the entries, at the end those that are gone."""
    return "\n".join("".join(_lines(m)) for m in (head, *messages, *obsolete))
