"""Cloudflare Pages: ``_headers`` beside the pages.

Limits as in Cloudflare's pages on headers, redirects and serving pages; nothing here was tried
with an account. No ``_redirects`` is written: its rules cannot see a language, and they win over
pages. ``404.html`` is part of every site; without it a wrong address would show the first page.
"""

from __future__ import annotations

from mati.hosts import Hosted, Limit, header_rules, headers_file
from mati.model import Output

__all__ = ["LONGEST_LINE", "MOST_RULES", "Host", "host"]

MOST_RULES = 100
"""Rules of one ``_headers``."""
LONGEST_LINE = 2_000
"""Characters of one line of it."""


class Host:
    """``host: cloudflare``: upload ``site/``, or let it build from a repository."""

    name = "cloudflare"
    title = "Cloudflare Pages"
    status = "documented"
    sources = (
        "https://developers.cloudflare.com/pages/configuration/headers/",
        "https://developers.cloudflare.com/pages/configuration/redirects/",
        "https://developers.cloudflare.com/pages/configuration/serving-pages/",
    )
    limits = frozenset({Limit.LANGUAGE, Limit.PATH})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return the headers; nothing at ``/`` depends on a language here."""
        rules = [
            (path, tuple(header for header in headers if header[0] != "Vary"))
            for path, headers in header_rules(site, MOST_RULES)
        ]
        return (Output(path="_headers", content=headers_file(rules, LONGEST_LINE)),)


host = Host()
