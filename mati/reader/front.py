"""A survey's text in, its settings and its body apart out."""

from __future__ import annotations

from mati.diagnostics import Code, Notebook, Span

__all__ = ["part"]

_FENCE = "---"


def part(path: str, text: str, notes: Notebook) -> tuple[str, str, int]:
    """Return the settings' text, the body and the number of the body's first line.

    Settings begin with a line of three dashes at the very top and end with another; where the
    second is missing, they end at the first blank line or heading, so that the rest is read.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return "", text, 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    notes.note(Code.SETTINGS_NOT_CLOSED, Span(path, 1, 1, len(_FENCE)))
    stop = next(
        (n for n, line in enumerate(lines[1:], 1) if not line.strip() or line.startswith("# ")),
        len(lines),
    )
    return "\n".join(lines[1:stop]), "\n".join(lines[stop:]), stop + 1
