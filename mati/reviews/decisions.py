"""What was decided of somebody's words in, a line of the file out; and back.

The file only ever grows: the last line about the same words holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any as Json

from mati.diagnostics import Code, Notebook, Span

__all__ = ["DECISIONS", "LONGEST", "Decision", "decision_line", "read_decisions"]

DECISIONS = ("quote", "praise", "no", "open")
"""Shown below the question, shown on the board of praise, never shown, and not decided again."""
LONGEST = 600
"""Signs of a quote: more belongs into nobody's report."""

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided of the words of one response in one place.

    ``key`` and ``id`` are those of the response, so that ``forget`` finds the line; ``name`` is
    the wire name of the place. ``text`` is what is shown, perhaps shortened; ``themes`` what the
    words are about, None where nobody has said; ``language`` that of the words, as chosen on the
    form; ``at`` is UTC (ISO 8601).
    """

    key: str
    id: str = ""
    name: str
    at: str
    decision: str = "open"
    text: str = ""
    themes: tuple[str, ...] | None = None
    language: str = ""


_TEXTS = ("key", "id", "name", "at", "decision", "text", "language")


def decision_line(made: Decision) -> str:
    """Return the line of the file, without its end."""
    record: dict[str, Json] = {n: getattr(made, n) for n in _TEXTS if getattr(made, n)}
    if made.themes is not None:
        record["themes"] = list(made.themes)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _read(line: str) -> Decision | None:
    """Read one line; None when it is none of ours."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    texts = {name: record.get(name, "") for name in _TEXTS}
    themes = record.get("themes")
    right = themes is None or (isinstance(themes, list) and all(map(_is_code, themes)))
    if not right or not all(isinstance(value, str) for value in texts.values()):
        return None
    made = Decision(**texts, themes=None if themes is None else tuple(themes))
    return made if _whole(made) else None


def _whole(made: Decision) -> bool:
    shown = made.decision not in ("quote", "praise") or 0 < len(made.text.strip()) <= LONGEST
    return bool(made.key and made.name and made.at) and made.decision in DECISIONS and shown


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.match(value) is not None


def read_decisions(
    lines: Iterable[str], path: str, notes: Notebook
) -> dict[tuple[str, str], Decision]:
    """Return what holds of each response's words, by key and wire name.

    A line that cannot be read is said and left where it is. What a crash left of a line at the
    end was promised to nobody.
    """
    found: dict[tuple[str, str], Decision] = {}
    for number, line in enumerate(lines, 1):
        made = _read(line.removeprefix(_MARK))
        if made is not None:
            before = found.get((made.key, made.name))
            if made.themes is None and before is not None:
                made = replace(made, themes=before.themes)
            found[made.key, made.name] = made
        elif line.endswith("\n") and line.strip():
            notes.note(Code.DAMAGED_DECISION, Span(path, number))
    return found
