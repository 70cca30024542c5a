"""Mistakes in, an ordered list of diagnostics out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mati.diagnostics.codes import Code
    from mati.diagnostics.sentence import Severity

__all__ = ["Diagnostic", "Notebook", "Source", "Span"]


@dataclass(frozen=True, slots=True)
class Source:
    """One text file: its path as shown to people (relative, ``/``) and its text."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """Return what the survey or the page in this file is called: the file's stem."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    def line(self, number: int) -> str:
        """Return line ``number`` (from 1) without its line end, "" when there is none."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line: path, line and column from 1, columns and length in code points."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake: what (``code``), where (``span``), and the values of the sentence's slots."""

    code: Code
    span: Span
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity
    line: str = ""
    """The author's own line as written, for quoting below the sentence."""


@dataclass(slots=True)
class Notebook:
    """Collects the diagnostics of one run; the only mutable thing handed through the core."""

    _found: dict[tuple[Span, str], Diagnostic] = field(default_factory=dict)
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def open(self, source: Source) -> None:
        """Remember ``source`` so that its lines can be quoted."""
        # Split once: a file of ten thousand mistakes must not be split ten thousand times.
        self._lines[source.path] = source.text.split("\n")

    def note(
        self, code: Code, span: Span, /, *, severity: Severity | None = None, **values: object
    ) -> None:
        """Write down one mistake; the same code at the same place is kept once."""
        lines = self._lines.get(span.path, ())
        found = Diagnostic(
            code=code,
            span=span,
            values=tuple((name, str(value)) for name, value in values.items()),
            severity=severity or code.severity,
            line=lines[span.line - 1].rstrip("\r") if 0 < span.line <= len(lines) else "",
        )
        self._found.setdefault((span, code.name), found)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over diagnostics written down elsewhere."""
        for found in diagnostics:
            self._found.setdefault((found.span, found.code.name), found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Go through the diagnostics by file, line and column."""
        return iter(sorted(self._found.values(), key=lambda d: (d.span, d.code.name)))

    def of(self, path: str) -> Iterator[Diagnostic]:
        """Go through the diagnostics of one file, in the order they were written down."""
        return (found for found in self._found.values() if found.span.path == path)

    def forget(self, code: Code, path: str) -> None:
        """Take back what was written down as ``code`` in one file: something else is the cause."""
        self._found = {
            key: found
            for key, found in self._found.items()
            if found.span.path != path or found.code is not code
        }

    def __len__(self) -> int:
        """Count the diagnostics."""
        return len(self._found)

    def has_errors(self) -> bool:
        """Tell whether anything stands that forbids writing output."""
        return any(d.severity.name == "ERROR" for d in self._found.values())
