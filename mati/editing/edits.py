"""Edits with their places and a text in, the edited text out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Edit", "apply"]

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text`` takes the place of ``length`` code points at a line and column (from 1)."""

    line: int
    column: int
    length: int
    text: str
    shown: str
    """What was written, as people see it: ``{#visit}``, ``(good)``."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with every edit made; line ends of any sort stay as they are."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    kept: list[str] = []
    done = 0
    for edit in sorted(edits):
        start = starts[edit.line - 1] + edit.column - 1
        kept += (text[done:start], edit.text)
        done = start + edit.length
    return "".join((*kept, text[done:]))
