"""A diagnostic in, text for a terminal or a machine out."""

from __future__ import annotations

from collections.abc import Callable

from mati.diagnostics.notebook import Diagnostic
from mati.diagnostics.sentence import Severity

__all__ = ["Translate", "clean", "excerpt", "human", "json_record", "sentence"]

Translate = Callable[[str], str]
Cells = Callable[[str], int]
_SHOWN = 160
"""Code points of the author's line that are quoted at most."""


def _same(message: str) -> str:
    return message


def clean(value: str, most: int = _SHOWN) -> str:
    """Keep a value on one line, free of terminal escapes and at ``most`` code points long."""
    kept = "".join(c if c.isprintable() or c in "\u200b\u200c\u200d" else "\ufffd" for c in value)
    return kept if len(kept) <= most else kept[: most - 1] + "…"


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _fill(template: str, diagnostic: Diagnostic) -> str:
    values = _Values((name, clean(value)) for name, value in diagnostic.values)
    return template.format_map(values)


def sentence(diagnostic: Diagnostic, translate: Translate = _same) -> tuple[str, str]:
    """Return the message and the hint ("" when there is none) in the reader's language."""
    code = diagnostic.code
    offered = any(name == "offer" and value for name, value in diagnostic.values)
    bare = not offered and (code.otherwise or "{offer}" in code.hint)
    template = code.otherwise if bare else code.hint
    hint = _fill(translate(template), diagnostic) if template else ""
    return _fill(translate(code.message), diagnostic), hint


def _severity_word(severity: Severity, translate: Translate) -> str:
    match severity:
        case Severity.ERROR:
            return translate("error")
        case Severity.WARNING:
            return translate("warning")
        case Severity.NOTE:
            return translate("note")


def excerpt(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """Return the author's line before, at and behind the place; a long one is cut around it."""
    line = diagnostic.line.replace("\t", " ")
    if not line.strip():
        return "", "", ""
    start = max(0, diagnostic.span.column - 1)
    first = max(0, start - _SHOWN // 2) if len(line) > _SHOWN else 0
    last = first + _SHOWN
    end = min(start + diagnostic.span.length, last)
    before = ("…" if first else "") + clean(line[first:start])
    return before, clean(line[start:end]), clean(line[end:last])


def _quoted(diagnostic: Diagnostic, cells: Cells) -> list[str]:
    """Quote the line with carets as an aid below the place."""
    before, at, behind = excerpt(diagnostic)
    whole = before + at + behind
    if not whole:
        return []
    number, carets = f"{diagnostic.span.line:>4}", "^" * max(1, cells(at))
    return [f"{number} | {whole}", f"     | {' ' * cells(before)}{carets}"]


def human(diagnostic: Diagnostic, translate: Translate = _same, cells: Cells = len) -> str:
    """Lay out one diagnostic for a terminal: place, sentence, the line, the hint.

    ``cells`` counts the cells that a text fills there, so that carets stand below Khmer words.
    """
    span = diagnostic.span
    message, hint = sentence(diagnostic, translate)
    word = _severity_word(diagnostic.severity, translate)
    place = f"{clean(span.path)}:{span.line}:{span.column}"
    lines = [f"{place}: {word} [{diagnostic.code.slug}]: {message}", *_quoted(diagnostic, cells)]
    if hint:
        lines.append(f"     = {translate('hint')}: {hint}")
    return "\n".join(lines)


def json_record(diagnostic: Diagnostic, translate: Translate = _same) -> dict[str, object]:
    """Return one diagnostic as a JSON-ready record with stable keys."""
    message, hint = sentence(diagnostic, translate)
    return {
        "file": diagnostic.span.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_column": diagnostic.span.column + diagnostic.span.length,
        "length": diagnostic.span.length,
        "severity": diagnostic.severity.name.lower(),
        "code": diagnostic.code.slug,
        "message": message,
        "hint": hint,
        "quoted": diagnostic.line,
        "see": _entry(diagnostic),
    }


def _entry(diagnostic: Diagnostic) -> str:
    """Return where the message is explained, with the anchor that Git hosts give its heading."""
    code = diagnostic.code
    return f"docs/errors.md#{code.slug}-{code.severity.name.lower()}"
