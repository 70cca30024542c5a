"""Remarks in, workflow commands and a summary of a Git host out.

Format: GitHub Docs, "Workflow commands for GitHub Actions": ``::error file=…,line=…::text``, in the
text ``%``, CR and LF escaped, in a property also ``:`` and ``,``. Of one step the first ten errors,
the first ten warnings and the first ten notices become annotations; further ones are only counted.
A summary is Markdown of at most 1 MiB for each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mati.diagnostics.layout import Translate, clean, sentence
from mati.diagnostics.notebook import Diagnostic
from mati.diagnostics.sentence import Severity

__all__ = [
    "LEVELS",
    "MOST",
    "Remark",
    "annotated",
    "annotation",
    "below",
    "github_line",
    "remark",
    "summary",
]

LEVELS = ("error", "warning", "notice")
"""What the host calls them, the most urgent first."""
MOST = 10
"""Annotations of one level that the host shows for a step."""
ROWS = 300
"""Lines of a table at most: some 300 kB where every one of them is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is said of one place: lines and columns from 1, columns in code points."""

    level: str
    """One of ``LEVELS``."""
    path: str
    """From the top of the repository, with ``/``."""
    line: int
    column: int
    end: int = 0
    """The last column of the place; 0 where only its beginning is known."""
    title: str = ""
    text: str
    hint: str = ""
    """What to write instead, "" where nothing is offered."""

    @property
    def whole(self) -> str:
        """Text and hint as one."""
        return f"{self.text} ({self.hint})" if self.hint else self.text


def remark(diagnostic: Diagnostic, translate: Translate = str) -> Remark:
    """Return what is said of a mistake; a place without length ends where it begins."""
    span = diagnostic.span
    text, hint = sentence(diagnostic, translate)
    note = diagnostic.severity is Severity.NOTE
    return Remark(
        level="notice" if note else diagnostic.severity.name.lower(),
        path=span.path,
        line=span.line,
        column=span.column,
        end=span.column + max(1, span.length) - 1,
        title=diagnostic.code.slug,
        text=text,
        hint=hint,
    )


def _escaped(text: str, further: str = "") -> str:
    """Escape what would end a message; ``further`` would end a property."""
    for char in "%\r\n" + further:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def annotation(level: str, properties: Mapping[str, object], text: str) -> str:
    """Return a workflow command that marks a place, or speaks of the whole without one."""
    where = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{level}{' ' if where else ''}{where}::{_escaped(text)}"


def _line(one: Remark) -> str:
    """Return the command for one remark. There the last column is one the place still holds."""
    place: dict[str, object] = {"file": one.path, "line": one.line}
    if one.end:
        place |= {"endLine": one.line, "col": one.column, "endColumn": one.end}
    else:
        place["col"] = one.column
    if one.title:
        place["title"] = one.title
    return annotation(one.level, place, one.whole)


def github_line(diagnostic: Diagnostic, translate: Translate = str) -> str:
    """Return one diagnostic as a workflow command."""
    return _line(remark(diagnostic, translate))


def _of_translations(one: Remark) -> bool:
    """Tell whether it is about a translation: a build falls back there, nothing is in the way."""
    return one.path.endswith(".po")


def _urgent(remarks: Iterable[Remark], level: str) -> list[Remark]:
    """Return the remarks of a level: those about surveys before those about translations."""
    return sorted((one for one in remarks if one.level == level), key=_of_translations)


def annotated(
    remarks: Iterable[Remark], further: Callable[[str, int], str], translate: Translate = str
) -> Iterator[str]:
    """Yield what to print: at most ten commands of a level, then the rest as plain lines.

    Where there are more than ten, the last one is what ``further(level, count)`` says of those
    that are no annotation.
    """
    said, rest = tuple(remarks), list[Remark]()
    for level in LEVELS:
        found = _urgent(said, level)
        shown = len(found) if len(found) <= MOST else MOST - 1
        yield from map(_line, found[:shown])
        if found[shown:]:
            yield annotation(level, {"title": "Mati"}, further(level, len(found) - shown))
            rest += found[shown:]
    for one in rest:
        word = translate("note" if one.level == "notice" else one.level)
        place = f"{clean(one.path)}:{one.line}:{one.column}"
        # The older way to write a command counts anywhere in a line.
        yield f"{place}: {word} [{one.title}]: {one.whole}".replace("##[", "## [")


def _cell(text: str) -> str:
    """Return words as a cell of a table that shows them as they are, on one line."""
    marked = "".join(
        f"\\{c}" if c in "\\`*_{}[]()#+-.!|~:/@" else c for c in " ".join(text.split())
    )
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def summary(
    remarks: Iterable[Remark],
    words: Mapping[str, str],
    link: Callable[[Remark], str],
    further: Callable[[int], str],
) -> str:
    """Return a Markdown table of all remarks, the most urgent first, "" without any.

    ``words`` holds the heads ``where``, ``what`` and ``instead`` and a word for each level,
    ``link`` gives the address of a place, "" where it has none, ``further`` speaks of rows left
    out.
    """
    said = tuple(remarks)
    found = [one for level in LEVELS for one in _urgent(said, level)]
    if not found:
        return ""
    lines = [f"| | {words['where']} | {words['what']} | {words['instead']} |", "|---|---|---|---|"]
    for one in found[:ROWS]:
        place = _cell(f"{clean(one.path)}:{one.line}")
        address = link(one)
        linked = f"[{place}]({address})" if address else place
        cells = (_cell(words[one.level]), linked, _cell(one.text), _cell(one.hint))
        lines.append("| " + " | ".join(cells) + " |")
    if found[ROWS:]:
        lines += ["", _cell(further(len(found) - ROWS))]
    return "\n".join(lines) + "\n"


def below(folder: str, one: Remark) -> Remark:
    """Return a remark of a project that lies in ``folder`` of a repository ("" for its top)."""
    return replace(one, path=f"{folder}/{one.path}") if folder else one
