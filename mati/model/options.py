"""Response options, and scales of them that are declared once."""

from __future__ import annotations

from dataclasses import dataclass

from mati.diagnostics import Span
from mati.model.pictures import Picture
from mati.model.text import Text

__all__ = ["STANDARD", "Option", "Scale"]

STANDARD = "standard."
"""Contexts of words that a kind brings itself: English in the model, translated by Mati."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One response option; ``label`` is None where the code itself is shown (0 … 10)."""

    code: str
    label: Text | None
    span: Span
    na: bool = False
    """Outside the base: "does not apply", "cannot say"."""
    only: bool = False
    """Excludes the other options of a multiple choice."""
    write_in: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Options declared once in ``mati.yaml``, for every survey to use by their name."""

    name: str
    options: tuple[Option, ...]
    span: Span
