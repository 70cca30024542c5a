"""What a link may begin with."""

from __future__ import annotations

__all__ = ["SCHEMES"]

SCHEMES = ("https", "http", "mailto", "tel")
"""The cleaner takes a link with any other out."""
