"""What a report may quote of people's words, and what they were about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mati.model.summary import Distribution

__all__ = ["Quote", "Told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Approved words, in the language that the form was answered in; "" where none was said."""

    text: str
    language: str
    times: int = 1
    """How many people wrote so; ``text`` is the spelling of most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Quotes by wire name, praise, and how often each theme was met, by wire name."""

    quotes: Mapping[str, tuple[Quote, ...]]
    praise: tuple[Quote, ...]
    themes: Mapping[str, Distribution]
