"""A plain folder: a site that is looked at from a disk, a stick, or a host of any other kind."""

from __future__ import annotations

from mati.hosts import Hosted, Limit
from mati.model import Output

__all__ = ["Host", "host"]


class Host:
    """``host: folder``: nothing but the pages."""

    name = "folder"
    title = "a plain folder"
    status = "verified"
    sources = ("docs/hosting.md",)
    limits = frozenset({Limit.HEADERS, Limit.LANGUAGE})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return nothing: there is nobody to read it."""
        return ()


host = Host()
