"""Readable CSS and JavaScript in, what stands inside a page out.

Only what costs bytes and means nothing goes: comments, indentation, blank lines. Names stay;
compression on the wire does the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from string import ascii_letters

__all__ = ["short_properties", "small_css", "small_js"]

_KEPT = 64
"""Results that are kept: languages of a survey share one, thousands of surveys do not add up."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s+")
_LITERAL = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`"""
    r"""|(?<=[(,=:])\s?/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""
)
"""Strings, templates and regular expressions of JavaScript: not to be touched."""

_SPACED = re.compile(r" ?([-+=<>!?:;,{}()\[\]|&]+) ?")
_AROUND = re.compile(r" ?([{};,>~]) ?")
_SELECTOR = re.compile(r"(?:^|(?<=[{}]))[^{}@;]+(?=\{)")
"""What stands before a brace; elsewhere a plus adds, and wants its blanks."""
_PROPERTY = re.compile(r"(?<![\w-])--[a-z][\w-]*")
_ONE_PARAMETER = re.compile(r"\(([A-Za-z]\w*)\)=>")
_LINE_END = re.compile(r"(?<=[;{,(\[])\n|\n(?=[})\]])")
"""Ends of lines where no semicolon could fall."""

_WORDS = (("true", "!0"), ("false", "!1"), ("const", "let"))
"""Longer words for what a shorter one says as well."""

_LAST = re.compile(r";(?=\})")


@lru_cache(maxsize=_KEPT)
def small_css(text: str) -> str:
    """Return ``text`` without comments and needless blanks.

    A blank before a colon stays, since ``a :checked`` and ``a:checked`` differ; strings in our
    style sheets hold no braces and no runs of blanks.
    """
    bare = _BLANK.sub(" ", _COMMENT.sub("", text))
    tight = _AROUND.sub(r"\1", bare).replace(": ", ":").replace(";}", "}").strip()
    return _SELECTOR.sub(lambda found: found[0].replace(" + ", "+"), tight)


@lru_cache(maxsize=_KEPT)
def short_properties(css: str) -> str:
    """Return ``css`` with its own properties (``--accent``) called by letters.

    All of a page stands in one style sheet and no attribute names a property, so a new name
    holds everywhere; what is left when the letters are used up keeps its own.
    """
    names = Counter(_PROPERTY.findall(css)).most_common()
    short = {name: f"--{letter}" for (name, _), letter in zip(names, ascii_letters, strict=False)}
    return _PROPERTY.sub(lambda found: short.get(found[0], found[0]), css)


@lru_cache(maxsize=_KEPT)
def small_js(text: str) -> str:
    """Return ``text`` without comments that have a line or the end of one to themselves,
    indentation, and blanks around signs.

    Where a semicolon may be missing the line end stays, so that it falls where the author saw it.
    """
    lines = (line.strip() for line in text.splitlines())
    bare = "\n".join(_uncommented(line) for line in lines if line and not line.startswith("//"))
    pieces = _LITERAL.split(bare)
    return "".join(piece if at % 2 else _tight(piece) for at, piece in enumerate(pieces))


def _tight(code: str) -> str:
    """Return code that holds no literal with fewer signs."""
    code = _ONE_PARAMETER.sub(r"\1=>", _SPACED.sub(r"\1", code))
    for long, short in _WORDS:
        code = re.sub(rf"(?<![\w.]){long}(?!\w|:)", short, code)
    return _LAST.sub("", _LINE_END.sub("", code))


def _uncommented(line: str) -> str:
    """Drop a remark that follows a semicolon."""
    head, mark, _ = line.partition("; // ")
    return f"{head};" if mark else line
