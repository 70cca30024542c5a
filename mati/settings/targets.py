"""What an author writes below ``notify`` in, whom or what to tell out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mati.model import Target
from mati.settings.nodes import Listed, Node, Scalar
from mati.settings.values import Desk

__all__ = ["read_targets", "target_of"]

_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_VARIABLE = re.compile(r"\$([A-Z][A-Z0-9_]{0,63})")
_COMMAND = re.compile(r"command:\s+(\S.*)", re.DOTALL)
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def target_of(text: str) -> Target | None:
    """Return what ``owner@sokha.example``, ``https://…``, ``command: …`` or ``$NAME`` means.

    None where it is nothing of these. A plain ``http://`` address must be this machine's own.
    """
    words = text.strip()
    if not words.isprintable():
        return None
    if found := _VARIABLE.fullmatch(words):
        return Target("variable", found[1])
    if found := _COMMAND.fullmatch(words):
        return Target("command", found[1].strip())
    if _MAIL.fullmatch(words):
        return Target("email", words)
    try:
        url = urlsplit(words)
        host, _port = url.hostname or "", url.port
    except ValueError:
        return None
    plain = url.scheme == "http" and host in _HERE
    right = (url.scheme == "https" or plain) and host and not url.username and " " not in words
    return Target("webhook", words) if right else None


def read_targets(desk: Desk, key: str, node: Node) -> tuple[Target, ...] | None:
    """Read whom or what to tell: one, or several in a list; None where none is right."""
    found: list[Target] = []
    for item in node.items if isinstance(node, Listed) else (node,):
        target = target_of(item.text) if isinstance(item, Scalar) else None
        if target is None:
            words = item.text.strip() if isinstance(item, Scalar) else ""
            secure = "https://" + words.removeprefix("http://") if words != "http://" else ""
            meant = secure if words.startswith("http://") and target_of(secure) else ""
            desk.wrong(key, item, f"notify: {meant or 'owner@sokha.example'}")
        else:
            found.append(target)
    return tuple(found) or None
