"""The settings of one survey: YAML in, ``Settings`` out, each key read by one function.

The same keys may stand in ``mati.yaml`` as defaults for all surveys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mati.diagnostics import Code, Span
from mati.model import Alias, Hidden, Settings, Text
from mati.settings import groups
from mati.settings import values as read
from mati.settings.nodes import Mapped, Node, Scalar
from mati.settings.parts import PARTS
from mati.settings.values import Desk

__all__ = ["KEYS", "fill"]

Found = dict[str, Any]
"""Fields of ``Settings`` by name."""


def _lang(desk: Desk, node: Node) -> Found:
    code = read.language(desk, "lang", node)
    return {"lang": code} if code else {}


def _languages(desk: Desk, node: Node) -> Found:
    return {"languages": read.languages(desk, "languages", node)}


def _send(desk: Desk, node: Node) -> Found:
    value = read.words(desk, "send", node)
    if value is None:
        return {}
    name, _, key = value.text.strip().partition(":")
    return {"send": name.strip(), "send_key": key.strip(), "send_span": value.span}


def _open(desk: Desk, node: Node) -> Found:
    return {"opens": read.moment(desk, "open", node), "opens_span": node.span}


def _close(desk: Desk, node: Node) -> Found:
    desk.places["close"] = node.span
    return {"closes": read.moment(desk, "close", node, closing=True), "closes_span": node.span}


def _max(desk: Desk, node: Node) -> Found:
    return {"most_answers": read.whole(desk, "max", node, 1000)}


_HIDDEN = "hidden: {branch: {pp: Phnom Penh, vt: Vientiane}}"


def _hidden(desk: Desk, node: Node) -> Found:
    if isinstance(node, Mapped):
        found = (_hidden_field(desk, key, value) for key, value in node.entries)
        return {"hidden": tuple(hidden for hidden in found if hidden)}
    names = read.names(desk, "hidden", node, "[branch]")
    spans = (desk.places.get(f"hidden.{name}", node.span) for name in names)
    keys = (Scalar(name, span) for name, span in zip(names, spans, strict=True))
    bare = (_hidden_field(desk, key, Scalar("", key.span)) for key in keys)
    return {"hidden": tuple(hidden for hidden in bare if hidden)}


def _hidden_field(desk: Desk, key: Scalar, node: Node) -> Hidden | None:
    desk.places[f"hidden.{key.text}"] = key.span
    if isinstance(node, Scalar) and node.text.strip() in ("", "~", "null"):
        return Hidden(name=key.text, span=key.span)
    entries = read.mapping(desk, f"hidden.{key.text}", node, _HIDDEN)
    if entries is None:
        return None
    values: list[tuple[str, Text]] = []
    for value, label in entries.entries:
        code = read.code(desk, f"hidden.{key.text}", value, _HIDDEN)
        words = read.words(desk, f"hidden.{key.text}.{value.text}", label)
        if code and words:
            values.append((code, desk.text(f"site.hidden.{key.text}.{code}", words)))
    name = Scalar(key.text.replace("_", " ").capitalize(), key.span)
    called = desk.text(f"site.hidden.{key.text}", name)
    return Hidden(name=key.text, label=called, values=tuple(values), span=key.span)


def _prefill(desk: Desk, node: Node) -> Found:
    return {"prefill": read.names(desk, "prefill", node)}


def _outdated(desk: Desk, node: Node) -> Found:
    word = read.one_of(desk, "outdated", node, ("show", "source"))
    return {"outdated": word} if word else {}


def _idle(desk: Desk, key: str, node: Node, standard: str) -> None:
    """Say that a setting has no effect, unless it asks for what is done anyway."""
    if not (isinstance(node, Scalar) and node.text == standard):
        desk.without_effect(key, node.span)


def _save(desk: Desk, node: Node) -> Found:
    return {"save": read.one_of(desk, "save", node, ("session", "device", "no"))}


def _pages(desk: Desk, node: Node) -> Found:
    word = read.one_of(desk, "pages", node, ("one", "steps"))
    return {"steps": word == "steps"} if word else {}


_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9][a-z0-9_-]*)?")
"""A question, or with a dot one of its rows, fields or answers."""
_NOTHING = frozenset({"", "~", "null"})


def _aliases(desk: Desk, node: Node) -> Found:
    """Read old names with their new ones; nothing behind an old name means: no longer asked."""
    group = read.mapping(desk, "aliases", node, "aliases: {old_id: new_id}")
    found: list[Alias] = []
    for key, value in group.entries if group else ():
        new = value.text.strip() if isinstance(value, Scalar) else "…"
        new = "" if new in _NOTHING else new
        if not _NAME.fullmatch(key.text):
            desk.wrong("aliases", key, "aliases: {old_id: new_id}")
        elif new and not _NAME.fullmatch(new):
            desk.wrong(f"aliases.{key.text}", value, f"{key.text}: new_id")
        else:
            found.append(Alias(old=key.text, new=new, span=key.span, new_span=value.span))
    return {"aliases": tuple(found)}


def _desk(desk: Desk, node: Node) -> Found:
    word = read.one_of(desk, "desk", node, ("public", "private"))
    if word:
        _idle(desk, "desk", node, "private")
    return {"desk_public": word == "public" if word else None}


_READERS = {
    "lang": _lang,
    "languages": _languages,
    "send": _send,
    "open": _open,
    "close": _close,
    "max": _max,
    "hidden": _hidden,
    "prefill": _prefill,
    "save": _save,
    "pages": _pages,
    "outdated": _outdated,
    "reward": groups.reward,
    "kiosk": groups.kiosk,
    "share": groups.share,
    "aliases": _aliases,
    "desk": _desk,
    "theme": groups.theme,
}
_LAID_OVER = {
    "followup": groups.follow_up,
    "report": groups.report,
    "retention": groups.retention,
}
"""Groups whose keys each stand on their own: those not said are the project's."""
KEYS = (*_READERS, *_LAID_OVER)
"""Every setting a survey may have."""


def fill(
    desk: Desk,
    group: Mapped | None,
    under: Settings,
    *,
    others: frozenset[str] = frozenset(),
) -> tuple[Settings, Found]:
    """Lay the settings of ``group`` over ``under``; also return what the group itself said.

    ``others`` are keys read elsewhere: the project's own in ``mati.yaml``; in a survey an
    unknown key that is one of them is said to belong there.
    """
    found: Found = {}
    entries = _gathered(desk, group.entries if group else ())
    for key, value in entries:
        desk.places.setdefault(key.text, key.span)
        if isinstance(value, Scalar) and not value.text and key.text in KEYS:
            desk.wrong(key.text, Scalar("", key.span), f"{key.text}: …")
        elif key.text in _LAID_OVER:
            found.update(_LAID_OVER[key.text](desk, value, under))
        elif key.text in _READERS:
            found.update(_READERS[key.text](desk, value))
        elif key.text in others:
            if desk.survey:
                desk.notes.note(Code.PROJECT_SETTING, key.span, key=key.text)
        else:
            desk.unknown(key, (*KEYS, *(() if desk.survey else sorted(others))))
    kept = {name: value for name, value in found.items() if value is not None}
    _check_span(desk, kept, under)
    return replace(under, **kept), kept


def _gathered(
    desk: Desk, entries: tuple[tuple[Scalar, Node], ...]
) -> Iterator[tuple[Scalar, Node]]:
    """Yield the settings; parts of a group that do not stand in it are said, not yielded."""
    groups = [key.text for key, _ in entries if key.text in PARTS]
    above, astray, kept = "", set[str](), list[tuple[Scalar, Node]]()
    for key, value in entries:
        above = key.text if key.text in PARTS else above
        fitting = (group for group in (above, *groups) if key.text in PARTS.get(group, ()))
        group = "" if key.text in KEYS else next(fitting, "")
        if group:
            astray.add(group)
            desk.notes.note(Code.SETTING_NOT_INDENTED, key.span, text=key.text, key=group)
        else:
            kept.append((key, value))
    for key, value in kept:
        # Where a group is empty, that follows from its parts standing elsewhere.
        if key.text not in astray or not isinstance(value, Scalar) or value.text:
            yield key, value


def _check_span(desk: Desk, found: Found, under: Settings) -> None:
    """Find a survey that closes before it opens, and a reward that ends before the survey."""
    opens = found.get("opens", under.opens)
    closes = found.get("closes", under.closes)
    if opens and closes and closes <= opens and "closes" in found:
        span = desk.places.get("close", Span(""))
        desk.notes.note(Code.CLOSE_BEFORE_OPEN, span, close=closes.date().isoformat())
    reward = found.get("reward", under.reward)
    place = desk.places.get("reward.until")
    if reward and reward.until and closes and place and desk.zone:
        last = (closes - timedelta(microseconds=1)).astimezone(desk.zone).date()
        if reward.until < last:
            until = reward.until.isoformat()
            desk.notes.note(Code.REWARD_ENDS_FIRST, place, until=until, close=last.isoformat())
