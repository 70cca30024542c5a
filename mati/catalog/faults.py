"""A source text and its translation in, what forbids showing the translation out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from string import Formatter
from typing import NamedTuple

from mati.catalog.message import Catalog, Message
from mati.diagnostics import Code
from mati.inline import links

__all__ = [
    "Fault",
    "faults",
    "is_missing",
    "lost_links",
    "pairs",
    "placeholders",
    "state_of",
    "translator",
    "usable",
]

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}|%\(\w+\)[a-z]")
_PIPE = re.compile(r"\{\{ {0,3}([^ {}][^{}]*?) {0,3}\}\}")
_TAG = re.compile(r"<[A-Za-z/!?][^<>\s]*>?|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
"""A tag, whole or broken, a comment, an entity: whatever a browser might take for HTML."""
_ADDRESS = re.compile(r"<(?:https?://[^<>\s\"']+|(?:mailto:)?[\w.+-]+@[\w.-]+)>")
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u206a-\u206f\ufdd0-\ufdef\ufff9-\uffff"
    "\U000e0000-\U000e007f" + "".join(map(chr, range(0x1FFFE, 0x110000, 0x10000)))
)
"""Control characters, embeddings and overrides of direction, tags, noncharacters, damage."""
_ISOLATES, _END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_SEEN_BY_NOBODY = re.compile(f"[{_HIDDEN}{_ISOLATES}{_END_ISOLATE}]")


class Fault(NamedTuple):
    """One fault of a translation: the diagnostic's code, the fragment, and what to write."""

    code: Code
    text: str
    offer: str = ""


def placeholders(text: str) -> frozenset[str]:
    """Return the ``{{pipes}}``, ``{names}`` and ``%(names)s`` of a text.

    Up to three blanks at the ends of a pipe are left out: there, and nowhere else, they are
    allowed when a page is filled.
    """
    if "{" not in text and "%(" not in text:
        return frozenset()
    found = _PLACEHOLDER.findall(text)
    if "{{ " in text or " }}" in text:
        found = [_PIPE.sub(r"{{\1}}", one) for one in found]
    return frozenset(found)


def _loose(text: str) -> tuple[int, int]:
    """Count the braces of a text that belong to no placeholder."""
    rest = _PLACEHOLDER.sub("", text)
    return rest.count("{"), rest.count("}")


def _same_braces(source: str, string: str) -> bool:
    if not any(sign in text for sign in ("{", "}", "%(") for text in (string, source)):
        return True
    if placeholders(source) != placeholders(string):
        return False
    loose = _loose(string)
    return loose == (0, 0) or loose == _loose(source)


def _hidden(string: str) -> str:
    """Return the first sign of a text that turns or harms it, "" where there is none.

    An isolate is welcome where it is ended: what it turns is only what stands in it.
    """
    if _SEEN_BY_NOBODY.search(string) is None:
        return ""
    depth = 0
    for sign in _SEEN_BY_NOBODY.findall(string):
        if sign in _ISOLATES:
            depth += 1
        elif sign == _END_ISOLATE and depth:
            depth -= 1
        else:
            return str(sign)
    return _END_ISOLATE if depth else ""


def _html(source: str, string: str) -> Iterator[Fault]:
    """Find the first piece of HTML that the source does not have."""
    if "<" in string or "&" in string:
        known = _TAG.findall(source)
        for tag in _TAG.findall(_ADDRESS.sub("", string)):
            if tag not in known:
                yield Fault(Code.HTML_IN_TRANSLATION, tag)
                return


def _links(source: str, string: str) -> Iterator[Fault]:
    known = links(source)
    for target in links(string):
        if target not in known:
            yield Fault(Code.LINK_NOT_IN_SOURCE, target, ", ".join(known))


def lost_links(source: str, string: str) -> Iterator[Fault]:
    """Find the links of a source that its translation lacks; it may be shown all the same.

    One that leads elsewhere instead is a fault of its own.
    """
    known = links(source)
    given = links(string) if known else ()
    if all(target in known for target in given):
        lost = (target for target in dict.fromkeys(known) if target and target not in given)
        yield from (Fault(Code.LINK_LOST, target) for target in lost)


def faults(source: str, string: str, *, rich: bool = True) -> Iterator[Fault]:
    """Find everything that forbids showing ``string`` in place of ``source``.

    ``rich``: inline Markdown has a meaning here, so links are looked at.
    """
    if not string.strip():
        yield Fault(Code.BLANK_TRANSLATION, "")
        return
    hidden = _hidden(string)
    if hidden:
        yield Fault(Code.HIDDEN_CHARACTER, f"U+{ord(hidden):04X}")
    if not _same_braces(source, string):
        yield Fault(Code.PLACEHOLDERS_DIFFER, string, " ".join(sorted(placeholders(source))))
    yield from _html(source, string)
    if rich:
        yield from _links(source, string)


def pairs(source: str, message: Message) -> Iterator[tuple[str, str]]:
    """Yield the source and the string of a translation; of a plural those of each form.

    A form follows the first source where it has its placeholders: "a day" may need no number.
    """
    if not message.plural:
        yield source, message.string
        return
    for string in message.strings:
        one = placeholders(string) == placeholders(source)
        yield source if one else message.plural, string


def is_missing(message: Message) -> bool:
    """Tell whether an entry has no translation at all."""
    return not message.string


def state_of(source: str, message: Message | None, *, rich: bool = True) -> str:
    """Return how a translation is: whatever counts, checks or shows it goes by this.

    ``missing``, ``broken`` (something forbids showing it), ``outdated`` (fuzzy), ``lost`` (it
    lacks a link of its source), ``good``: the first that holds.
    """
    if message is None or is_missing(message):
        return "missing"
    both = tuple(pairs(source, message))
    if any(True for one, string in both for _fault in faults(one, string, rich=rich)):
        return "broken"
    if message.fuzzy:
        return "outdated"
    lost = rich and any(True for one, string in both for _link in lost_links(one, string))
    return "lost" if lost else "good"


def usable(source: str, message: Message, *, rich: bool = True, outdated: str = "show") -> bool:
    """Tell whether a message's translation may be shown in place of ``source``.

    An outdated (fuzzy) one may, unless ``outdated`` is ``source`` or its links are not those
    of the new wording.
    """
    if state_of(source, message, rich=rich) in {"missing", "broken"}:
        return False
    if not message.fuzzy:
        return True
    return outdated == "show" and (not rich or set(links(source)) == set(links(message.string)))


@cache
def _fields(template: str) -> frozenset[tuple[str | None, ...]] | None:
    """Return the fields of a format string with how each is filled; None when it is not one."""
    try:
        return frozenset(part[1:] for part in Formatter().parse(template) if part[1] is not None)
    except ValueError:
        return None


def translator(*catalogs: Catalog) -> Callable[[str], str]:
    """Return what turns a sentence of the command line into the user's language.

    The first catalogue that has it speaks. A translation that is missing, outdated or has
    other fields than its source, and so could not be filled, gives way to the source; so does
    one with control characters, which a terminal would obey.
    """

    def translate(msgid: str) -> str:
        for catalog in catalogs:
            found = catalog.find("", msgid)
            if found is None or not found.string or found.fuzzy:
                continue
            if _fields(found.string) == _fields(msgid) and not _hidden(found.string):
                return found.string
        return msgid

    return translate
