"""Ways in which a .po file goes wrong: a hand that slips, a tool, a merge, a bad line."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from untrusted import ATTACKS

ENTRY = re.compile(rb'^msgstr "(.*)"$', re.MULTILINE)
_SIGNS = [b'"', b"\\", b"\n", b"\r", b"\0", b"\xff", b"\xe1", b"{", b"}", b"<", b"%", b"#", b"\x1b"]
_WORDS = [
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\n\n",
    b'"\n"',
    b"msgid ",
    b"#~ ",
    b"#, fuzzy\n",
    b" ",
]
BYTES = st.sampled_from(_SIGNS + _WORDS) | st.binary(min_size=1, max_size=3)


def escaped(text: str) -> bytes:
    """Return a text as it is written between the quotes of a .po file."""
    for old, new in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(old, new)
    return text.encode("utf-8", "surrogatepass")


@st.composite
def one_message(draw: st.DrawFn, data: bytes) -> bytes:
    """Change what one msgstr says."""
    places = list(ENTRY.finditer(data))
    place = places[draw(st.integers(0, len(places) - 1))]
    old = place[1]
    how = draw(st.integers(0, 5))
    attack = escaped(draw(st.sampled_from(ATTACKS) | st.text(max_size=20)))
    match how:
        case 0:
            new = attack
        case 1:
            new = old + attack
        case 2:
            new = attack + old
        case 3:
            new = old.replace(b"{", b"").replace(b"}", b"")
        case 4:
            new = old[: len(old) // 2]
        case _:
            new = old + old
    return data[: place.start(1)] + new + data[place.end(1) :]


@st.composite
def some_bytes(draw: st.DrawFn, data: bytes, most: int = 1) -> tuple[bytes, int]:
    """Change, drop or put in a few bytes somewhere; return how often too."""
    times = draw(st.integers(1, most))
    for _ in range(times):
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.sampled_from([0, 1, 1, 2, 5]))
        data = data[:at] + draw(BYTES | st.just(b"")) + data[at + length :]
    return data, times


@st.composite
def some_lines(draw: st.DrawFn, data: bytes) -> bytes:
    """Drop, repeat or exchange a few lines, or leave off the end."""
    lines = data.split(b"\n")
    at, length = draw(st.integers(0, len(lines) - 1)), draw(st.integers(1, 4))
    match draw(st.integers(0, 3)):
        case 0:
            del lines[at : at + length]
        case 1:
            lines[at:at] = lines[at : at + length]
        case 2:
            lines[at : at + length] = reversed(lines[at : at + length])
        case _:
            conflict = [b"<<<<<<< ours", *lines[at : at + length], b"======="]
            lines[at : at + length] = [*conflict, *lines[at : at + length], b">>>>>>> theirs"]
    return b"\n".join(lines)
