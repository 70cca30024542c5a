"""Netlify: ``_headers`` and ``_redirects`` beside the pages.

Shapes as in Netlify's pages on custom headers and redirect options; nothing here was tried with an
account. ``netlify.toml``, for builds from a repository, is of ``starters``: a project has one.
"""

from __future__ import annotations

from mati.hosts import MADE, Hosted, Limit, header_rules, headers_file, spoken
from mati.model import Output

__all__ = ["Host", "host"]


class Host:
    """``host: netlify``: drop ``site/`` on it, or let it build from a repository."""

    name = "netlify"
    title = "Netlify"
    status = "documented"
    sources = (
        "https://docs.netlify.com/manage/routing/headers/",
        "https://docs.netlify.com/manage/routing/redirects/redirect-options/",
    )
    limits = frozenset({Limit.PATH})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return headers and the choice of language."""
        return (
            Output(path="_headers", content=headers_file(header_rules(site))),
            Output(path="_redirects", content=_redirects(site)),
        )


def _redirects(site: Hosted) -> bytes:
    """Return the rules of ``/`` alone.

    Netlify goes by the first part of a tag. ``!`` lets a rule win over the page that stands
    there; the last rule is that page, for a language nobody speaks here and for none at all.
    """
    lines = [f"# {MADE}"]
    if len(site.languages) > 1:
        tags = {tag: code for tag, code in spoken(site.languages).items() if "-" not in tag}
        lines += [
            f"{site.base} {site.base}{code}/ 302! Language={tag}" for tag, code in tags.items()
        ]
    lines.append(f"{site.base} {site.base}index.html 200")
    return ("\n".join(lines) + "\n").encode("utf-8")


host = Host()
