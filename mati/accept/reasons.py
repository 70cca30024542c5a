"""How much a submission may be, and every reason to refuse one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique

__all__ = ["Headers", "Limits", "Reason", "Refused"]

Headers = Sequence[tuple[str, str]]
"""Header fields as received: (name in lower case, value), repeated names allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one submission may be, and how many may come.

    Khmer and Lao cost nine bytes a letter on the wire, so 64 KiB hold some 7,000 letters.
    Rates are generous because all guests of a shop share one address.
    """

    body: int = 64 * 1024
    """Bytes of a body."""
    fields: int = 200
    name: int = 64
    """Bytes of a field's name."""
    value: int = 8 * 1024
    """Bytes of a field's value."""
    headers: int = 64
    """Header fields of a request."""
    address_per_minute: int = 30
    survey_per_minute: int = 600
    repeat_seconds: float = 10.0
    """How long the same body from the same address, without an id, looks like a double click."""


@unique
class Reason(Enum):
    """Why a submission is refused: slug, HTTP status, and the sentence where no page has one."""

    UNREADABLE = ("unreadable", 400, "The answers arrived damaged.")
    NO_SURVEY = ("no-survey", 404, "There is no such survey here.")
    WRONG_METHOD = ("wrong-method", 405, "This address takes answers only from its form.")
    OTHER_SURVEY = ("other-survey", 409, "These answers belong to another survey.")
    CLOSED = ("closed", 410, "This survey is closed. Thank you for your interest.")
    NOT_OPEN = ("not-open", 410, "This survey is not open yet. Please come back later.")
    NO_LENGTH = ("no-length", 411, "The answers arrived without their length.")
    TOO_LARGE = ("too-large", 413, "The answers are too long. Please shorten them.")
    WRONG_FORMAT = ("wrong-format", 415, "The answers came in a format this form never sends.")
    TOO_MANY_FIELDS = ("too-many-fields", 422, "There are more answers than this form can have.")
    BAD_NAME = ("bad-name", 422, "The answers hold a name this form never sends.")
    VALUE_TOO_LONG = ("value-too-long", 422, "One of the answers is too long. Please shorten it.")
    TOO_OFTEN = ("too-often", 429, "Many answers are arriving. Please send again in a moment.")
    TOO_MANY_HEADERS = ("too-many-headers", 431, "The request holds too many headers.")
    NOT_STORED = ("not-stored", 503, "The answers could not be stored. Please send them again.")

    @property
    def slug(self) -> str:
        """The word a script sees under ``error``."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def sentence(self) -> str:
        """What happened, in plain English, where no page has its own words for it."""
        return self.value[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A submission that is not kept; ``retry_after`` in seconds where waiting helps."""

    reason: Reason
    language: str = ""
    """Language of the form, "" when the body was not read."""
    retry_after: int | None = None
