"""Where ``mati publish`` brings the site."""

from __future__ import annotations

from dataclasses import dataclass

from mati.diagnostics import Span

__all__ = ["Publish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """``publish: branch gh-pages``: the name of a way, and what stands behind it."""

    way: str
    to: str
    span: Span
