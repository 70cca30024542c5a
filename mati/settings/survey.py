"""The settings of one survey: YAML in, ``Settings`` out, each key read by one function.

The same keys may stand in ``mati.yaml`` as defaults for all surveys.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mati.diagnostics import Code, Span
from mati.model import FollowUp, Hidden, ReportSettings, Reward, Settings, Text
from mati.settings import values as read
from mati.settings.nodes import Listed, Mapped, Node, Scalar, close_to
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
    return {"opens": read.moment(desk, "open", node)}


def _close(desk: Desk, node: Node) -> Found:
    desk.places["close"] = node.span
    return {"closes": read.moment(desk, "close", node, closing=True)}


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
    """Say that a setting has no effect, unless it only repeats the standard."""
    if not (isinstance(node, Scalar) and node.text == standard):
        desk.without_effect(key, node.span)


def _save(desk: Desk, node: Node) -> Found:
    if read.one_of(desk, "save", node, ("session", "device", "no")):
        desk.without_effect("save", node.span)
    return {}


def _pages(desk: Desk, node: Node) -> Found:
    if read.one_of(desk, "pages", node, ("one", "steps")):
        _idle(desk, "pages", node, "one")
    return {}


def _reward(desk: Desk, node: Node) -> Found:
    known = ("code", "text", "until", "unique")
    entries = _part(desk, "reward", node, known, "reward: {code: THANKS10, text: 10 % off}")
    code = read.words(desk, "reward.code", entries["code"]) if "code" in entries else None
    words = read.words(desk, "reward.text", entries["text"]) if "text" in entries else None
    until = read.day(desk, "reward.until", entries["until"]) if "until" in entries else None
    unique = "unique" in entries and read.flag(desk, "reward.unique", entries["unique"])
    if unique:
        desk.without_effect("reward.unique", entries["unique"].span)
    if until and "until" in entries:
        desk.places["reward.until"] = entries["until"].span
    found = Reward(
        code=code.text.strip() if code else "",
        text=desk.text(f"{desk.survey or 'site'}.reward.text", words) if words else None,
        until=until,
        unique=bool(unique),
    )
    return {"reward": found}


def _part(
    desk: Desk, name: str, node: Node, known: tuple[str, ...], example: str
) -> dict[str, Node]:
    """Return the entries of a setting that is itself a group of settings."""
    group = read.mapping(desk, name, node, example)
    found: dict[str, Node] = {}
    for key, value in group.entries if group else ():
        if key.text in known:
            found[key.text] = value
        else:
            _unknown(desk, key, known)
    return found


def _unknown(desk: Desk, key: Scalar, known: tuple[str, ...]) -> None:
    offer = close_to(key.text, known)
    desk.notes.note(
        Code.UNKNOWN_SETTING, key.span, key=key.text, offer=offer, known=", ".join(known)
    )


def _followup(desk: Desk, node: Node) -> Found:
    known = ("if", "within", "again", "notify")
    group = _part(desk, "followup", node, known, 'followup: {if: "overall <= 2", within: 2 days}')
    condition = read.words(desk, "followup.if", group["if"]) if "if" in group else None
    within = read.days(desk, "followup.within", group["within"]) if "within" in group else None
    again = read.days(desk, "followup.again", group["again"], "14 days") if "again" in group else 0
    if "notify" in group:
        read.words(desk, "followup.notify", group["notify"])
    desk.without_effect("followup", node.span)
    if condition:
        desk.places["followup.if"] = condition.span
    text = condition.text if condition else ""
    days = 2 if within is None else within
    return {"follow_up": FollowUp(condition=text, within_days=days, again_days=again or None)}


_REPORT = ("public", "hide_below", "trend", "waves", "segments", "invited")


def _report(desk: Desk, node: Node, under: ReportSettings) -> ReportSettings:
    group = _part(desk, "report", node, _REPORT, "report: {public: true}")
    found: Found = {}
    if "public" in group:
        found["public"] = read.flag(desk, "report.public", group["public"])
    if "hide_below" in group:
        found["hide_below"] = read.whole(desk, "report.hide_below", group["hide_below"])
    if "segments" in group:
        found["segments"] = read.names(desk, "report.segments", group["segments"])
        desk.places["report.segments"] = group["segments"].span
    if "trend" in group:
        words = ("week", "month", "quarter")
        found["trend"] = read.one_of(desk, "report.trend", group["trend"], words)
        desk.without_effect("report.trend", group["trend"].span)
    if "waves" in group:
        _waves(desk, group["waves"])
    if "invited" in group and read.whole(desk, "report.invited", group["invited"], 200):
        desk.without_effect("report.invited", group["invited"].span)
    return replace(under, **{name: value for name, value in found.items() if value is not None})


def _waves(desk: Desk, node: Node) -> None:
    for item in node.items if isinstance(node, Listed) else (node,):
        read.moment(desk, "report.waves", item)
    desk.without_effect("report.waves", node.span)


def _kiosk(desk: Desk, node: Node) -> Found:
    group = _part(desk, "kiosk", node, ("restart",), "kiosk: {restart: 30 seconds}")
    if "restart" in group:
        read.duration(desk, "kiosk.restart", group["restart"])
    desk.without_effect("kiosk", node.span)
    return {}


def _share(desk: Desk, node: Node) -> Found:
    group = _part(desk, "share", node, ("title", "text", "image"), "share: {title: …, text: …}")
    found: Found = {}
    for name in ("title", "text"):
        value = read.words(desk, f"share.{name}", group[name]) if name in group else None
        if value:
            context = f"{desk.survey or 'site'}.share.{name}"
            found[f"share_{name}"] = desk.text(context, value)
    if "image" in group and read.words(desk, "share.image", group["image"]):
        desk.without_effect("share.image", group["image"].span)
    return found


def _aliases(desk: Desk, node: Node) -> Found:
    group = read.mapping(desk, "aliases", node, "aliases: {old_id: new_id}")
    for key, value in group.entries if group else ():
        read.words(desk, f"aliases.{key.text}", value)
    desk.without_effect("aliases", node.span)
    return {}


def _retention(desk: Desk, node: Node) -> Found:
    group = _part(
        desk, "retention", node, ("answers", "contacts"), "retention: {contacts: 90 days}"
    )
    for key, value in group.items():
        read.days(desk, f"retention.{key}", value, "90 days")
    desk.without_effect("retention", node.span)
    return {}


def _desk(desk: Desk, node: Node) -> Found:
    if read.one_of(desk, "desk", node, ("public",)):
        desk.without_effect("desk", node.span)
    return {}


def _theme(desk: Desk, node: Node) -> Found:
    if read.mapping(desk, "theme", node, 'theme: {accent: "#0b6e5f"}'):
        desk.without_effect("theme", node.span)
    return {}


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
    "reward": _reward,
    "followup": _followup,
    "kiosk": _kiosk,
    "share": _share,
    "aliases": _aliases,
    "retention": _retention,
    "desk": _desk,
    "theme": _theme,
}
KEYS = (*_READERS, "report")
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
    for key, value in group.entries if group else ():
        desk.places.setdefault(key.text, key.span)
        if isinstance(value, Scalar) and not value.text and key.text in KEYS:
            desk.wrong(key.text, Scalar("", key.span), f"{key.text}: …")
        elif key.text == "report":
            found["report"] = _report(desk, value, under.report)
        elif key.text in _READERS:
            found.update(_READERS[key.text](desk, value))
        elif key.text in others:
            if desk.survey:
                desk.notes.note(Code.PROJECT_SETTING, key.span, key=key.text)
        else:
            _unknown(desk, key, (*KEYS, *(() if desk.survey else sorted(others))))
    kept = {name: value for name, value in found.items() if value is not None}
    _check_span(desk, kept, under)
    return replace(under, **kept), kept


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
