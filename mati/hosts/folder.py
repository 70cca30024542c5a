"""A plain folder: a site at a host of any other kind, of which nothing is known.

Links lead to folders, so something must show ``index.html`` for them: every web server does, a
browser that opens a file of a disk lists the folder.
"""

from __future__ import annotations

from mati.hosts import Hosted, Limit
from mati.model import Output

__all__ = ["Host", "host"]


class Host:
    """``host: folder``: nothing but the pages."""

    name = "folder"
    title = "'folder'"  # the word of the setting, since this is no name and stands in any language
    status = "verified"
    sources = ("docs/hosting.md",)
    limits = frozenset({Limit.HEADERS, Limit.LANGUAGE})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return nothing: there is nobody to read it."""
        return ()


host = Host()
