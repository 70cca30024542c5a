"""Words of a page that know where they come from: numbers while it is made, attributes after.

For translators: every text that is shown is enclosed in traces, noncharacters around a number.
``annotated`` turns them into ``data-mati-text`` on an element whose name no style of a page
knows, or on the element whose attribute or bare words they are; ``untraced`` takes them out
again, so that what is left is the page as it would have been without. Traces live in the preview
only; nothing with a trace is ever written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["annotated", "numbers", "trace", "untraced"]

_BEGIN, _NAMED, _END = "\ufdda", "\ufddb", "\ufddc"
"""Noncharacters of Unicode, others than those of languages (``marks``) and of links."""

_SPELT = {
    sign: (
        sign,
        f"\\u{ord(sign):04x}",  # JSON that keeps to ASCII
        "".join(f"%{byte:02X}" for byte in sign.encode("utf-8")),  # an address
    )
    for sign in (_BEGIN, _NAMED, _END)
}
_ANY = re.compile(
    f"(?:{'|'.join(map(re.escape, _SPELT[_BEGIN]))})([0-9]+)"
    f"(?:{'|'.join(map(re.escape, _SPELT[_NAMED]))})"
    f"|{'|'.join(map(re.escape, _SPELT[_END]))}"
)
"""A trace's beginning, with its number, or its end, however it was written."""
_TRACE = re.compile(f"{_BEGIN}([0-9]+){_NAMED}|{_END}")
_PIECE = re.compile(
    r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[a-zA-Z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_TAG = "mati-text"
"""No ``span``: ``.stars span`` and its like would take the marked words for their own."""
_WORDS_ONLY = ("title", "option", "textarea")
"""Elements that hold words and no tags: they carry the number themselves."""


def trace(words: str, number: int) -> str:
    """Return words (HTML or plain) between the traces of a number."""
    return f"{_BEGIN}{number}{_NAMED}{words}{_END}"


def untraced(text: str) -> str:
    """Return ``text`` without traces, also where they were spelt for JSON or an address."""
    return _ANY.sub("", text) if _may_hold(text) else text


def _may_hold(text: str) -> bool:
    return any(spelling in text for sign in (_BEGIN, _END) for spelling in _SPELT[sign])


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of all traces in ``text``, in order, each once."""
    found = (match[1] for match in _ANY.finditer(text))
    return tuple(dict.fromkeys(int(number) for number in found if number))


def annotated(html: str, state: Callable[[int], str]) -> str:
    """Return a page whose traces became attributes.

    Words between tags stand in ``<mati-text data-mati-text="7" data-mati-state="missing">``; an
    element whose attributes hold words, or that can hold no tag, carries
    ``data-mati-attributes="alt:7 title:9"`` (``text`` for its own words), and the states of
    those that it shows itself: what a script keeps in ``data-`` is seen elsewhere. ``state``
    tells the state of a number.
    """
    if not _may_hold(html):
        return html
    made: list[str] = []
    depth, inside = 0, -1  # elements that are open; where the element began that holds words only
    for at, piece in enumerate(_PIECE.split(html)):
        if at % 2:
            name = piece.strip("</>!").split(maxsplit=1)[0].split(">")[0].lower()
            if name in ("script", "style") or piece.startswith("<!--"):
                made.append(untraced(piece))
                continue
            made.append(_tagged(piece, state))
            if name in _WORDS_ONLY:
                inside = -1 if piece.startswith("</") else len(made) - 1
        elif inside >= 0:
            made[inside] = _carrying(made[inside], {"text": numbers(piece)}, state)
            made.append(untraced(piece))
        else:
            shown, depth = _spanned(piece, state, depth)
            made.append(shown)
    return "".join(made)


def _spanned(piece: str, state: Callable[[int], str], depth: int) -> tuple[str, int]:
    """Turn the traces of words between tags into elements; an end without beginning falls."""

    def turned(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1] is None:
            if not depth:
                return ""
            depth -= 1
            return f"</{_TAG}>"
        depth += 1
        number = int(match[1])
        return f'<{_TAG} data-mati-text="{number}" data-mati-state="{state(number)}">'

    return untraced(_TRACE.sub(turned, piece)), depth


def _tagged(tag: str, state: Callable[[int], str]) -> str:
    """Return a tag that names which of its attributes hold which texts."""
    if not _may_hold(tag):
        return tag
    found = {
        match[1].lower(): numbers(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(tag)
    }
    return _carrying(untraced(tag), found, state)


def _carrying(tag: str, found: dict[str, tuple[int, ...]], state: Callable[[int], str]) -> str:
    """Return ``tag`` with the numbers of its texts and the states of all of them."""
    pairs = [(name, number) for name, many in found.items() for number in many]
    if not pairs:
        return tag
    named = " ".join(f"{name}:{number}" for name, number in pairs)
    shown = (state(number) for name, number in pairs if not name.startswith("data-"))
    states = " ".join(dict.fromkeys(shown))
    own = f' data-mati-states="{states}"' if states else ""
    head = tag[:-2] if tag.endswith("/>") else tag[:-1]
    return f'{head} data-mati-attributes="{named}"{own}{tag[len(head) :]}'
