"""The settings that are groups of settings, and what may stand in each."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PARTS"]

PARTS: Mapping[str, tuple[str, ...]] = {
    "report": ("public", "hide_below", "trend", "waves", "segments", "themes", "invited"),
    "followup": ("if", "within", "again", "notify"),
    "reward": ("code", "text", "until", "unique"),
    "kiosk": ("restart",),
    "share": ("title", "text", "image", "card", "kit", "friend"),
    "retention": ("answers", "contacts"),
    "contact": ("phone", "messenger", "telegram", "line", "whatsapp", "email"),
    "theme": ("accent", "logo", "radius", "font", "digits"),
}
"""What may stand in each group."""
