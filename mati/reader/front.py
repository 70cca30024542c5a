"""A survey's text in, its settings and its body apart out."""

from __future__ import annotations

import re

from mati.diagnostics import Code, Notebook, Span

__all__ = ["part"]

_FENCE = "---"
_NEARLY = re.compile(r"[-\u2010-\u2015\u2212=]{1,6}")
"""What word processors make of three hyphens, and what people take for them."""
_FURTHEST = 20
"""Lines in which settings are looked for that do not stand at the top."""
_LANG = re.compile(r"lang(?:uages)?\s*[:=]")
_SETTING = re.compile(r"[A-Za-z_]+[ \t]*[:\uff1a]")


def part(path: str, text: str, notes: Notebook) -> tuple[str, str, int]:
    """Return the settings' text, the body and the number of the body's first line.

    Settings begin with a line of three dashes at the very top (blank lines above it do no harm)
    and end with another; where the second is missing, they end at the first blank line or
    heading, so that the rest is read. Line n of the settings' text is line n + 1 of the file.
    """
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not _opens(path, lines, top, notes):
        top = _further_down(path, lines, top, notes)
        if not top:
            return "", text, 1
    above = [""] * top
    for number, line in enumerate(lines[top + 1 :], top + 1):
        if line.rstrip() == _FENCE or (lines[top].rstrip() != _FENCE and _is_nearly(line)):
            settings = "\n".join((*above, *lines[top + 1 : number]))
            return settings, "\n".join(lines[number + 1 :]), number + 2
    notes.note(Code.SETTINGS_NOT_CLOSED, Span(path, top + 1, 1, len(lines[top].rstrip())))
    stop = next(
        (
            n
            for n, line in enumerate(lines[top + 1 :], top + 1)
            if not line.strip() or line.startswith("# ")
        ),
        len(lines),
    )
    return "\n".join((*above, *lines[top + 1 : stop])), "\n".join(lines[stop:]), stop + 1


def _further_down(path: str, lines: list[str], top: int, notes: Notebook) -> int:
    """Return the line at which settings begin below other text, and say so; 0 for none."""
    for at, line in enumerate(lines[top + 1 : top + _FURTHEST], top + 1):
        if line.rstrip() == _FENCE and at + 1 < len(lines) and _LANG.match(lines[at + 1]):
            text = lines[top].strip()
            column = lines[top].index(text[0]) + 1
            span = Span(path, top + 1, column, len(text))
            notes.note(Code.SETTINGS_NOT_FIRST, span, text=text[:60])
            return at
    return 0


def _opens(path: str, lines: list[str], top: int, notes: Notebook) -> bool:
    """Tell whether settings begin at the line ``top``, also where its dashes are no hyphens."""
    fence = lines[top].rstrip()
    follows = top + 1 < len(lines) and _SETTING.match(lines[top + 1]) is not None
    if fence == _FENCE:
        return top == 0 or follows
    if not (_is_nearly(fence) and follows):
        return False
    notes.note(Code.SETTINGS_FENCE, Span(path, top + 1, 1, len(fence)), text=fence)
    return True


def _is_nearly(line: str) -> bool:
    return _NEARLY.fullmatch(line.rstrip()) is not None
