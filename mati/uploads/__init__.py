"""The shelf of ways to publish: which files become which commands, requests or commits.

A module here is a way. It touches nothing: it yields errands (``mati/errands``), the shell does
them. What stands behind its name in ``publish:`` is the way's own business.
"""

from __future__ import annotations

from typing import Protocol

from mati.diagnostics import Code, Notebook
from mati.errands import Errands, Plan, Work
from mati.model import Publish
from mati.shelf import Shelf

__all__ = ["Way", "check", "ways"]


class Way(Protocol):
    """A way to publish: a module of ``mati/uploads/`` that has ``way = Way()``."""

    name: str
    example: str
    """What may stand behind the name in ``publish:``."""
    hosts: tuple[str, ...]
    """Names of web hosts whose control files are of use where this way leads; () for any."""
    whole: bool
    """Whether people see all that is new at once, and nothing of it when it fails half-way."""

    def accepts(self, to: str) -> bool:
        """Tell whether this can stand behind the name."""
        ...

    def compare(self, work: Work) -> Errands[Plan]:
        """Find out what a publish would do; nothing is changed anywhere people see."""
        ...

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Do it; return the addresses that only the way itself knows."""
        ...


ways: Shelf[Way] = Shelf(__name__, __path__, "way")

_ANY_HOST = "folder"
"""The host that wants nothing beside the pages."""
_OTHERWISE = {
    "gh-pages": "branch gh-pages",
    "github": "branch gh-pages",
    "github-pages": "branch gh-pages",
    "git": "branch gh-pages",
    "ssh": "rsync sokha@sokha.example:/var/www/shop",
    "scp": "sftp sokha@sokha.example:/var/www/shop",
    "ftp": "sftp sokha@sokha.example:/var/www/shop",
    "ftps": "sftp sokha@sokha.example:/var/www/shop",
    "copy": "folder ../public",
}
"""What people write, and what they may mean."""


def check(publish: Publish, notes: Notebook, host: str = "") -> None:
    """Write down what is wrong with the setting ``publish``, and where ``host`` contradicts it."""
    way = ways.find(publish.way)
    if way is None:
        known = ", ".join(ways.names())
        notes.note(
            Code.UNKNOWN_WAY, publish.span, text=publish.way, offer=_meant(publish), known=known
        )
    elif not way.accepts(publish.to):
        example = f"{way.name} {_better(way, publish.to)}"
        notes.note(
            Code.BAD_PUBLISH_TARGET,
            publish.span,
            text=publish.to or "…",
            way=way.name,
            example=example,
        )
    elif host not in ("", _ANY_HOST, *(way.hosts or (host,))):
        offer = ", ".join(way.hosts)
        notes.note(Code.PUBLISH_ELSEWHERE, publish.span, host=host[:60], way=way.name, offer=offer)


def _meant(publish: Publish) -> str:
    """Return what an unknown way was probably meant to be, "" for no idea."""
    word, whole = publish.way.lower(), f"{publish.way} {publish.to}".strip()
    if word in ways.names():
        return f"{word} {publish.to}".strip()
    if word.rstrip(":") in _OTHERWISE:
        return _OTHERWISE[word.rstrip(":")]
    if word.endswith(".netlify.app"):
        return f"netlify {word}"
    if word.endswith(".pages.dev"):
        return f"cloudflare {word.removesuffix('.pages.dev')}"
    if word.startswith((".", "/")):
        return f"folder {whole}"
    return f"rsync {whole}" if "@" in word and ":" in word else ""


def _better(way: Way, to: str) -> str:
    """Return what was given with what is known to be too much taken off, else the example."""
    for start in ("https://", "http://", "sftp://", "ssh://", "rsync://", "origin/", "refs/heads/"):
        rest = to.removeprefix(start).rstrip("/")
        for meant in (rest, rest.replace("/", ":/", 1)):  # an address of ssh, as programs want it
            if meant != to and way.accepts(meant):
                return meant
    return way.example
