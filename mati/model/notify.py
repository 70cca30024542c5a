"""Whom or what to tell that somebody is to be called back."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """``kind`` is ``email``, ``webhook``, ``command`` or ``variable`` (the name of an environment
    variable that holds one of the others); ``to`` is the address, the URL, the words, the name.
    """

    kind: str
    to: str
