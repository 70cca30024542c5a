"""Readable CSS and JavaScript in, what stands inside a page out.

Only what costs bytes and means nothing goes: comments, indentation, blank lines. Names stay;
compression on the wire does the rest.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["small_css", "small_js"]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s+")
_LITERAL = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`"""
    r"""|(?<=[(,=:])\s?/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""
)
"""Strings, templates and regular expressions of JavaScript: not to be touched."""

_SPACED = re.compile(r" ?([-+=<>!?:;,{}()\[\]|&]+) ?")
_AROUND = re.compile(r" ?([{};,>~]) ?")


@cache
def small_css(text: str) -> str:
    """Return ``text`` without comments and needless blanks.

    A blank before a colon stays, since ``a :checked`` and ``a:checked`` differ; strings in our
    style sheets hold no braces and no runs of blanks.
    """
    bare = _BLANK.sub(" ", _COMMENT.sub("", text))
    return _AROUND.sub(r"\1", bare).replace(": ", ":").replace(";}", "}").strip()


@cache
def small_js(text: str) -> str:
    """Return ``text`` without comments that have a line or the end of one to themselves,
    indentation, and blanks around signs.

    Line ends stay, so that automatic semicolons fall where the author saw them.
    """
    lines = (line.strip() for line in text.splitlines())
    bare = "\n".join(_uncommented(line) for line in lines if line and not line.startswith("//"))
    pieces = _LITERAL.split(bare)
    return "".join(
        piece if place % 2 else _SPACED.sub(r"\1", piece) for place, piece in enumerate(pieces)
    )


def _uncommented(line: str) -> str:
    """Drop a remark that follows a semicolon."""
    head, mark, _ = line.partition("; // ")
    return f"{head};" if mark else line
