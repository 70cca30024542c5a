"""What an author writes behind ``publish`` in, a way and where it leads out."""

from __future__ import annotations

from mati.model import Publish
from mati.settings.nodes import Node, Scalar
from mati.settings.values import Desk

__all__ = ["read_publish"]


def read_publish(desk: Desk, node: Node) -> Publish | None:
    """Read the one target of ``mati publish``; whether there is such a way, its shelf knows."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not text or not text.isprintable():
        desk.wrong("publish", node, "publish: branch gh-pages")
        return None
    way, _, to = text.partition(" ")
    return Publish(way=way, to=to.strip(), span=node.span)
