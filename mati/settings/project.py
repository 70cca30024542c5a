"""``mati.yaml`` in, ``ProjectSettings`` out: what holds for the whole site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Any

from mati.diagnostics import Notebook, Source, Span
from mati.model import ProjectSettings, Settings, Target
from mati.settings import values as read
from mati.settings.address import address, meant
from mati.settings.contact import read_contact
from mati.settings.nodes import Node, Scalar, compose
from mati.settings.publishing import read_publish
from mati.settings.scales import read_scales
from mati.settings.survey import fill
from mati.settings.targets import read_targets
from mati.settings.values import Desk

__all__ = ["PROJECT_KEYS", "Zone", "read_project"]

Zone = Callable[[str], tzinfo | None]
"""A timezone's name in, the timezone out, None when there is no such zone."""

PROJECT_KEYS = (
    "name",
    "url",
    "timezone",
    "collect",
    "contact",
    "scales",
    "services",
    "host",
    "engine",
    "publish",
)
"""Settings that only ``mati.yaml`` takes, besides every setting of a survey."""

_UNUSED = ("services",)
ENGINES = ("sqlite", "duckdb", "postgres")
"""What can count answers."""


def _says(text: str) -> bool:
    """Tell whether there is anything but blank lines and remarks."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _utc_only(name: str) -> tzinfo | None:
    return UTC if name == "UTC" else None


def read_project(source: Source, notes: Notebook, *, zone: Zone = _utc_only) -> ProjectSettings:
    """Read ``mati.yaml``; an empty text gives the defaults.

    ``zone`` looks up timezones, because the list of them lies on a disk.
    """
    notes.open(source)
    desk = Desk(notes, "")
    root = compose(source.text, source.path, 1, notes)
    entries = root.by_key if root else {}
    found: dict[str, Any] = {"path": source.path, "broken": root is None and _says(source.text)}
    if "timezone" in entries:
        found.update(_timezone(desk, entries["timezone"], zone))
    _own(desk, entries.get, found)
    under = replace(Settings(), lang="" if root is not None else Settings().lang)
    defaults, said = fill(desk, root, under, others=frozenset(PROJECT_KEYS))
    if said.get("languages"):
        found["languages"] = said["languages"]
    elif said.get("lang"):
        found["languages"] = (said["lang"],)
    return ProjectSettings(defaults=defaults, **found)


def _timezone(desk: Desk, node: Node, zone: Zone) -> dict[str, Any]:
    name = read.words(desk, "timezone", node)
    if name is None:
        return {}
    desk.zone = zone(name.text)
    if desk.zone is None:
        desk.wrong("timezone", node, "timezone: Asia/Phnom_Penh")
        return {}
    return {"timezone": name.text, "zone": desk.zone}


def _own(desk: Desk, entry: Callable[[str], Node | None], found: dict[str, Any]) -> None:
    """Read the settings that are the project's alone into ``found``."""
    if node := entry("name"):
        name = read.words(desk, "name", node)
        found["name"] = desk.text("site.name", name) if name else None
    if node := entry("url"):
        found["url"], found["url_span"] = _url(desk, "url", node), node.span
    if node := entry("collect"):
        found |= _collect(desk, node)
    if node := entry("scales"):
        found["scales"] = read_scales(desk, node)
    if node := entry("contact"):
        found["contact"] = read_contact(desk, node, found.get("timezone", ""))
    if node := entry("engine"):
        found["engine"] = read.one_of(desk, "engine", node, ENGINES) or ""
    _online(desk, entry, found)
    for key in _UNUSED:
        if node := entry(key):
            desk.without_effect(key, node.span)


def _online(desk: Desk, entry: Callable[[str], Node | None], found: dict[str, Any]) -> None:
    """Read where the site will stand and how it comes there into ``found``."""
    if node := entry("host"):
        found["host"], found["host_span"] = _host(desk, node)
    if node := entry("publish"):
        found["publish"] = read_publish(desk, node)


def _url(desk: Desk, key: str, node: Node) -> str:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = address(text)
    if found is None:
        example = "https://answers.sokha.example" if "." in key else "https://sokha.example"
        desk.wrong(key, node, f"url: {meant(text) or example}")
    return found or ""


def _host(desk: Desk, node: Node) -> tuple[str, Span]:
    """Accept any name: whether there is such a host, the shelf of them knows."""
    name = node.text.strip() if isinstance(node, Scalar) else ""
    if not name:
        desk.wrong("host", node, "host: netlify")
    return name, node.span


def _collect(desk: Desk, node: Node) -> dict[str, Any]:
    group = read.mapping(desk, "collect", node, "collect: {url: https://answers.sokha.example}")
    url, span = "", node.span
    told: tuple[Target, ...] = ()
    for key, value in group.entries if group else ():
        if key.text == "url":
            url, span = _url(desk, "collect.url", value), value.span
        elif key.text == "notify":
            told = read_targets(desk, "collect.notify", value) or ()
        else:
            desk.unknown(key, ("url", "notify"))
    return {"collect_url": url, "collect_span": span, "collect_notify": told}
