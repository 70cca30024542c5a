"""Netlify: ``_headers`` and ``_redirects`` beside the pages, ``netlify.toml`` for its builds.

Shapes as in Netlify's pages on custom headers, redirect options and file-based configuration;
nothing here was tried with an account.
"""

from __future__ import annotations

from mati.hosts import MADE, Hosted, Limit, header_rules, headers_file, spoken
from mati.model import Output

__all__ = ["Host", "host"]

_TOML = f"""\
# {MADE}
# Copy it to the top of your repository if Netlify shall build the site from there.
[build]
  command = "python -m pip install mati-survey && mati build --host netlify"
  publish = "site"
"""


class Host:
    """``host: netlify``: drop ``site/`` on it, or let it build from a repository."""

    name = "netlify"
    title = "Netlify"
    status = "documented"
    sources = (
        "https://docs.netlify.com/manage/routing/headers/",
        "https://docs.netlify.com/manage/routing/redirects/redirect-options/",
        "https://docs.netlify.com/build/configure-builds/file-based-configuration/",
    )
    limits = frozenset({Limit.PATH})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return headers, the choice of language, and settings for builds from a repository."""
        return (
            Output(path="_headers", content=headers_file(header_rules(site))),
            Output(path="_redirects", content=_redirects(site)),
            Output(path="netlify/netlify.toml", content=_TOML.encode(), root="hosting"),
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
