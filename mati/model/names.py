"""Wire names: what stands in ``name=`` of a form and in the columns of the answers."""

from __future__ import annotations

__all__ = ["OWN", "RESERVED", "join", "write_in"]

RESERVED = "mati_"
"""No id of an author begins with this."""

OWN = ("mati_id", "mati_lang", "mati_survey", "mati_version", "mati_channel")
"""The hidden names of every form."""


def join(*parts: str) -> str:
    """Return the wire name of a part of a question: ``join("staff", "polite")``."""
    return ".".join(parts)


def write_in(question: str, code: str) -> str:
    """Return the wire name of the words behind "Other: ___"."""
    return join(question, code, "text")
