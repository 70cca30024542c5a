"""The one catalogue of everything that can be wrong: slug, severity, message, hint.

Messages and hints are msgids of the domain ``mati-cli``; ``{slots}`` are filled when shown.
A message says what happened and quotes the offending text; a hint says what to write instead.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import NamedTuple

__all__ = ["Code", "Severity"]


@unique
class Severity(Enum):
    """How bad: an error stops the writing of any output, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class _Entry(NamedTuple):
    slug: str
    severity: Severity
    message: str
    hint: str = ""


def _error(slug: str, message: str, hint: str = "") -> _Entry:
    return _Entry(slug, Severity.ERROR, message, hint)


def _warning(slug: str, message: str, hint: str = "") -> _Entry:
    return _Entry(slug, Severity.WARNING, message, hint)


def _note(slug: str, message: str, hint: str = "") -> _Entry:
    return _Entry(slug, Severity.NOTE, message, hint)


@unique
class Code(Enum):
    """One kind of mistake; its slug is its name in lower case with hyphens."""

    # Settings
    # Headings
    # Attributes
    # Questions and answers
    ONLY_ONE_ANSWER = _warning(
        "only-one-answer",
        "the question '{id}' offers only one answer",
        "give people at least two answers to choose from",
    )
    IMPOSSIBLE_LIMITS = _error(
        "impossible-limits",
        "the limits of the question '{id}' cannot be met",
        "'min' must not be above 'max', and neither above the number of answers",
    )
    NPS_NOT_0_TO_10 = _error(
        "nps-not-0-to-10",
        "the recommendation question '{id}' does not run from 0 to 10",
        "write the answers as: - (0..10) Not at all likely … Extremely likely",
    )
    CSAT_NOT_1_TO_5 = _error(
        "csat-not-1-to-5",
        "the satisfaction question '{id}' does not have the five codes 1 to 5",
        "write five answers from (5) for the best to (1) for the worst",
    )
    # Grids
    # Conditions and piping
    # Translations
    # Services, pages, files
    TEMPLATE_BROKEN = _error(
        "template-broken",
        "the template '{path}' does not work: {problem}",
        "mend that line, or delete the file to use Mati's own template",
    )
    # Answers

    @property
    def slug(self) -> str:
        """The name people see and search for."""
        return self.value.slug

    @property
    def severity(self) -> Severity:
        """The severity unless a place says otherwise."""
        return self.value.severity

    @property
    def message(self) -> str:
        """What happened, with slots."""
        return self.value.message

    @property
    def hint(self) -> str:
        """What to do or write instead, with slots; "" when there is nothing to add."""
        return self.value.hint
