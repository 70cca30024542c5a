"""Settings that are groups of settings: ``report``, ``followup``, ``reward``, ``kiosk`` and such.

A group in a survey is laid over the project's, key by key, where each key stands on its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from mati.diagnostics import Code
from mati.model import (
    FollowUp,
    Kiosk,
    Picture,
    ReportSettings,
    Retention,
    Reward,
    Settings,
    Text,
    contrast,
    readable,
)
from mati.settings import values as read
from mati.settings.nodes import Listed, Node, Scalar
from mati.settings.parts import PARTS
from mati.settings.targets import read_targets
from mati.settings.values import Desk

__all__ = ["follow_up", "kiosk", "report", "retention", "reward", "share", "theme"]

Found = dict[str, Any]
"""Fields of ``Settings``, or of one of its groups, by name."""

Group = TypeVar("Group", FollowUp, ReportSettings, Retention)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_SHORT_LENGTH = 3
_RADII = ("none", "small", "medium", "large")
_SHORTEST, _LONGEST = 5, 3600
"""Seconds a kiosk may wait: time to read the thanks, and not until tomorrow."""


def _part(desk: Desk, name: str, node: Node, example: str) -> dict[str, Node]:
    """Return the entries of a group, and remember where the value of each stands."""
    group, known = read.mapping(desk, name, node, example), PARTS[name]
    found: dict[str, Node] = {}
    for key, value in group.entries if group else ():
        if key.text in known:
            found[key.text] = value
            desk.places[f"{name}.{key.text}"] = value.span
        else:
            desk.unknown(key, known)
    return found


def _over(under: Group, found: Found) -> Group:
    """Lay what was said, and could be read, over a group."""
    return replace(under, **{name: value for name, value in found.items() if value is not None})


def report(desk: Desk, node: Node, under: Settings) -> Found:
    """Read how the report is shown."""
    group = _part(desk, "report", node, "report: {public: true}")
    found: Found = {}
    if value := group.get("public"):
        found["public"] = read.flag(desk, "report.public", value)
    if value := group.get("hide_below"):
        found["hide_below"] = read.whole(desk, "report.hide_below", value)
    if value := group.get("segments"):
        found["segments"] = read.names(desk, "report.segments", value)
    if value := group.get("trend"):
        words = ("week", "month", "quarter")
        found["trend"] = read.one_of(desk, "report.trend", value, words)
    if value := group.get("waves"):
        found["waves"] = _waves(desk, value)
    if value := group.get("themes"):
        found["themes"] = _themes(desk, value)
    if value := group.get("invited"):
        found["invited"] = read.whole(desk, "report.invited", value, 200)
    return {"report": _over(under.report, found)}


def _themes(desk: Desk, node: Node) -> tuple[tuple[str, Text], ...]:
    """Read what open answers can be about: codes with their words."""
    example = "themes: {price: Price, waiting: Waiting time}"
    entries = read.mapping(desk, "report.themes", node, example)
    found: list[tuple[str, Text]] = []
    for key, label in entries.entries if entries else ():
        code = read.code(desk, "report.themes", key, example)
        words = read.words(desk, f"report.themes.{key.text}", label)
        if code and words:
            found.append((code, desk.text(f"site.theme.{code}", words)))
    return tuple(found)


def _waves(desk: Desk, node: Node) -> tuple[date, ...]:
    items = node.items if isinstance(node, Listed) else (node,)
    days = (read.day(desk, "report.waves", item, "waves: [2026-12-01]") for item in items)
    return tuple(sorted({day for day in days if day is not None}))


def follow_up(desk: Desk, node: Node, under: Settings) -> Found:
    """Read which answers ask for a call back, and how soon."""
    before = len(desk.notes)
    group = _part(desk, "followup", node, 'followup: {if: "overall <= 2", within: 2 days}')
    found: Found = {}
    if value := group.get("if"):
        words = read.words(desk, "followup.if", value)
        found["condition"] = words.text if words else None
        if words is None:
            desk.places.pop("followup.if", None)
    if value := group.get("within"):
        found["within_days"] = read.days(desk, "followup.within", value)
    if value := group.get("again"):
        found["again_days"] = read.days(desk, "followup.again", value, "14 days", least=1)
    if value := group.get("notify"):
        found["notify"] = read_targets(desk, "followup.notify", value)
    if not group:
        return {}
    made = _over(under.follow_up or FollowUp(), found)
    if desk.survey and not made.condition and len(desk.notes) == before:
        desk.notes.note(Code.FOLLOW_UP_WITHOUT_CONDITION, desk.places.get("followup", node.span))
    return {"follow_up": made}


def reward(desk: Desk, node: Node) -> Found:
    """Read what people get for answering; its parts belong together, so none is inherited."""
    group = _part(desk, "reward", node, "reward: {code: THANKS10, text: 10 % off}")
    code = read.words(desk, "reward.code", group["code"]) if "code" in group else None
    words = read.words(desk, "reward.text", group["text"]) if "text" in group else None
    until = read.day(desk, "reward.until", group["until"]) if "until" in group else None
    unique = "unique" in group and read.flag(desk, "reward.unique", group["unique"])
    if unique:
        desk.without_effect("reward.unique", group["unique"].span)
    found = Reward(
        code=code.text.strip() if code else "",
        text=desk.text(f"{desk.survey or 'site'}.reward.text", words) if words else None,
        until=until,
        until_span=group["until"].span if until else None,
        unique=bool(unique),
    )
    return {"reward": found}


def kiosk(desk: Desk, node: Node) -> Found:
    """Read that a device by the door asks, and when it begins anew."""
    group = _part(desk, "kiosk", node, "kiosk: {restart: 30 seconds}")
    if "restart" not in group:
        return {}
    seconds = read.seconds(desk, "kiosk.restart", group["restart"], _SHORTEST, _LONGEST)
    return {"kiosk": Kiosk(restart_seconds=seconds) if seconds else Kiosk()}


def share(desk: Desk, node: Node) -> Found:
    """Read what people see where the link is posted."""
    group = _part(desk, "share", node, "share: {title: …, text: …}")
    found: Found = {}
    for name in ("title", "text"):
        value = read.words(desk, f"share.{name}", group[name]) if name in group else None
        if value:
            context = f"{desk.survey or 'site'}.share.{name}"
            found[f"share_{name}"] = desk.text(context, value)
    if friend := group.get("friend"):
        found["share_friend"] = read.flag(desk, "share.friend", friend)
    for name in ("card", "kit"):
        if wanted := group.get(name):
            found[f"share_{name}"] = read.flag(desk, f"share.{name}", wanted)
    if shown := group.get("image"):
        found["share_image"] = _picture(desk, "share.image", shown)
    return found


def _picture(desk: Desk, key: str, value: Node) -> Picture | None:
    """Read which file below ``content/`` is shown."""
    words = read.words(desk, key, value)
    path = words.text.strip().removeprefix("content/") if words else ""
    return Picture(path=path, alt=None, span=value.span) if path else None


def retention(desk: Desk, node: Node, under: Settings) -> Found:
    """Read how long answers and contacts are kept."""
    group = _part(desk, "retention", node, "retention: {contacts: 90 days}")
    found = {
        f"{key}_days": read.days(desk, f"retention.{key}", value, "90 days", least=1)
        for key, value in group.items()
    }
    return {"retention": _over(under.retention, found)}


def theme(desk: Desk, node: Node) -> Found:
    """Read the colours and the look of pages."""
    group = _part(desk, "theme", node, 'theme: {accent: "#0b6e5f"}')
    found: Found = {}
    if value := group.get("digits"):
        word = read.one_of(desk, "theme.digits", value, ("native", "latin"))
        found["native_digits"] = word and word == "native"
    if value := group.get("font"):
        word = read.one_of(desk, "theme.font", value, ("system", "bundled"))
        found["bundled_font"] = word and word == "bundled"
    if value := group.get("radius"):
        found["radius"] = read.one_of(desk, "theme.radius", value, _RADII)
    if value := group.get("logo"):
        found["logo"] = _picture(desk, "theme.logo", value)
    if value := group.get("accent"):
        found["accent"] = _accent(desk, value)
    return found


def _accent(desk: Desk, node: Node) -> str | None:
    """Read a colour; one that nobody could read is said, with the nearest shade that all can."""
    text = node.text if isinstance(node, Scalar) else ""
    if not _COLOUR.fullmatch(text):
        short = _SHORT_COLOUR.fullmatch(text)
        given = short[1] if short else "0b6e5f"
        offer = given if len(given) > _SHORT_LENGTH else "".join(sign * 2 for sign in given)
        desk.wrong("theme.accent", node, f'accent: "#{offer}"')
        return None
    accent = text.lower()
    offer = readable(accent)
    if offer != accent:
        ratio = f"{contrast(accent, '#ffffff'):.1f}"
        desk.notes.note(Code.ACCENT_PALE, node.span, text=text, ratio=ratio, offer=offer)
    return accent
