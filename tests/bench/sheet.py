"""Rows of figures in, a table on the standard output out; what is over a limit is remembered."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

__all__ = ["Sheet"]

NAME = 32
CELL = 10


@dataclass
class Sheet:
    """Prints tables; ``broken`` says which figures of ours are over their limits."""

    broken: list[str] = field(default_factory=list)
    table: str = ""

    def head(self, title: str, *columns: str) -> None:
        """Begin a table."""
        self.table = title
        cells = "".join(f"{column:>{CELL}}" for column in columns)
        self.say(f"\n{title}")
        self.say(f"  {'':<{NAME}}{cells}".rstrip())

    def row(self, name: str, *cells: object, note: str = "") -> None:
        """Print a row; a note stands behind its figures."""
        shown = "".join(f"{cell!s:>{CELL}}" for cell in cells)
        self.say(f"  {name:<{NAME}}{shown}{f'  {note}' if note else ''}".rstrip())

    def held(self, name: str, figure: float, limit: float, shown: str = "") -> str:
        """Return a figure of ours as a cell, marked and remembered when it is over its limit."""
        cell = shown or f"{figure:g}"
        if figure <= limit:
            return cell
        self.broken.append(f"{self.table}: {name}: {cell}, limit {limit:g}")
        return f"{cell} !"

    def least(self, name: str, figure: float, limit: float) -> str:
        """Return a figure of ours that must not be under its limit."""
        cell = f"{figure:g}"
        if figure >= limit:
            return cell
        self.broken.append(f"{self.table}: {name}: {cell}, limit {limit:g}")
        return f"{cell} !"

    def skip(self, what: str, why: object) -> None:
        """Say what is left out and why; that breaks no limit."""
        self.say(f"  {what}: left out, {why}")

    def say(self, line: str) -> None:
        """Print a line at once: the next figure may take a minute."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
