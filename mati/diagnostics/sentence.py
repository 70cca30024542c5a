"""One sentence about a mistake: how bad it is, what happened, what to write instead."""

from __future__ import annotations

from enum import Enum, unique
from typing import NamedTuple

__all__ = ["Sentence", "Severity", "error", "note", "warning"]


@unique
class Severity(Enum):
    """How bad: an error stops the writing of any output, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Sentence(NamedTuple):
    """Severity, message, hint, and the hint where nothing can be offered; hints may be "".

    All are msgids of the domain ``mati-cli``; ``{slots}`` are filled when shown. A message says
    what happened and quotes the offending text; a hint says what to write instead.
    """

    severity: Severity
    message: str
    hint: str = ""
    otherwise: str = ""


def error(message: str, hint: str = "", otherwise: str = "") -> Sentence:
    """Return a sentence about what forbids writing any output."""
    return Sentence(Severity.ERROR, message, hint, otherwise)


def warning(message: str, hint: str = "", otherwise: str = "") -> Sentence:
    """Return a sentence about what is probably not meant."""
    return Sentence(Severity.WARNING, message, hint, otherwise)


def note(message: str, hint: str = "", otherwise: str = "") -> Sentence:
    """Return a sentence about what is good to know."""
    return Sentence(Severity.NOTE, message, hint, otherwise)
