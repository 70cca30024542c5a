"""What people wrote on a line in; the same in plain digits out, and whether it fits the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mati.model.conditions import typed
from mati.model.kinds import Column, Parsed, parse_columns
from mati.model.names import plain_digits
from mati.model.survey import Input

__all__ = ["Line", "parse_lines"]

_DIGITS = frozenset({"number", "date", "time", "phone"})
"""Inputs in which the digits of every script mean 0 to 9."""

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(?:\.[^\s@,;<>.]+)+")
_PHONE = re.compile(r"\+?[0-9()./ -]{3,40}")
_URL = re.compile(r"(?:https?://)?[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", re.IGNORECASE)
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line to write on: what it takes, and its limits in characters where it takes words."""

    input: Input
    least: int | None = None
    most: int | None = None


def parse_lines(
    columns: tuple[Column, ...], lines: Mapping[str, Line], values: Mapping[str, tuple[str, ...]]
) -> Parsed:
    """Read what was written on ``lines``, by wire name.

    Nothing is dropped: what does not fit its line is kept and counted as it is, and named in
    ``odd``. A mistyped address may be all there is to reach somebody by.
    """
    parsed = parse_columns(columns, values)
    kept: list[tuple[str, tuple[str, ...]]] = []
    odd: list[str] = []
    for name, (text, *_) in parsed.kept:
        line = lines[name]
        shown = plain_digits(text.strip()) if line.input.kind in _DIGITS else text
        kept.append((name, (shown,)))
        if not _fits(shown.strip(), line):
            odd.append(name)
    return replace(parsed, kept=tuple(kept), odd=tuple(odd))


def _fits(text: str, line: Line) -> bool:
    if line.input.kind == "number":
        return _in_range(text, line.input)
    if line.input.kind in _CHECKS:
        return _CHECKS[line.input.kind](text)
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2  # as browsers count
    return (line.least or 0) <= size and (line.most is None or size <= line.most)


def _in_range(text: str, line: Input) -> bool:
    found = typed(text, "number")
    if not isinstance(found, float):
        return False
    return (line.low is None or line.low <= found) and (line.high is None or found <= line.high)


def _is_date(text: str) -> bool:
    """Tell whether a day is one of the calendar: 2026-02-30 is none."""
    try:
        return typed(text, "date") is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_time(text: str) -> bool:
    return typed(text, "time") is not None


def _is_phone(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return digits >= _FEWEST_DIGITS and _PHONE.fullmatch(text) is not None


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def _is_url(text: str) -> bool:
    return _URL.fullmatch(text) is not None


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "time": _is_time,
    "phone": _is_phone,
    "email": _is_email,
    "url": _is_url,
}
