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
    """Return ``text`` without lines that are only a comment, indentation and trailing remarks.

    Line ends stay, so that automatic semicolons fall where the author saw them.
    """
    lines = (line.strip() for line in text.splitlines())
    kept = (_uncommented(line) for line in lines if line and not line.startswith("//"))
    return "\n".join(line for line in kept if line)


def _uncommented(line: str) -> str:
    """Drop a remark after code; it is set off by two blanks or follows a semicolon."""
    head, mark, _ = line.partition("; // ")
    return f"{head};" if mark else line
