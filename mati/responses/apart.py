"""A response in; what of it is personal apart from the rest out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mati.model import Response

__all__ = ["CODE", "Contact", "part"]

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
"""What may be a code of an answer."""
_NUMBER = re.compile(r"[0-9][0-9_-]{4}")
"""What may be part of a telephone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What of one response is kept with the contacts: private answers, and unknown words.

    A name the survey does not know may carry anything, a telephone number too.
    """

    key: str
    id: str
    at: str
    private: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stale: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def part(response: Response, private: frozenset[str]) -> tuple[Response, Contact | None]:
    """Split what is personal off a response; None when nothing is.

    ``private`` are the wire names kept with the contacts. What stays of an unknown value is
    its name, and the value only where it is a mere code.
    """
    stale = tuple(pair for pair in response.stale if pair[0] in private)
    apart = tuple(
        (name, value)
        for name, value in response.unknown
        if name in private or not CODE.match(value) or _NUMBER.search(value)
    )
    if not (response.private or stale or apart):
        return response, None
    contact = Contact(
        key=response.key,
        id=response.id,
        at=response.at,
        private=response.private,
        stale=stale,
        unknown=apart,
    )
    plain = replace(
        response,
        private=(),
        stale=tuple(pair for pair in response.stale if pair[0] not in private),
        unknown=tuple(
            (name, "" if (name, value) in apart else value) for name, value in response.unknown
        ),
    )
    return plain, contact
