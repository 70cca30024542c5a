"""The files of a site in; what search engines ask for beside the pages, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from mati.model import Output, Page
from mati.render import absolute

__all__ = ["finding"]

_MOST = 50_000
"""Pages in one sitemap (sitemaps.org, protocol 0.9)."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNLISTED = b'<meta name="robots" content="noindex">'
_SEVERAL = 2


def _entries(url: str, outputs: Iterable[Output], pages: Iterable[Page]) -> Iterator[str]:
    """Go through the pages that want to be found, each with the same in other languages.

    Languages are named here and not in the heads of pages, which every reader would fetch
    (Google, "Localized versions of your pages": one way is enough).
    """
    known = {page.file: page for page in pages}
    for output in outputs:
        page = known.get(output.path)
        if output.root == "site" and page and _UNLISTED not in output.content[:8192]:
            yield f"<loc>{escape(absolute(url, page.path))}</loc>" + _languages(url, page)


def _languages(url: str, page: Page) -> str:
    if len(page.alternates) < _SEVERAL:
        return ""
    every = (*page.alternates, ("x-default", page.alternates[0][1]))
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(absolute(url, path))}"/>'
        for code, path in every
    )


def _list(kind: str, entry: str, entries: Sequence[str]) -> bytes:
    lines = "".join(f"<{entry}>{one}</{entry}>\n" for one in entries)
    return f'{_HEAD}<{kind} xmlns="{_SPACE}" xmlns:xhtml="{_XHTML}">\n{lines}</{kind}>\n'.encode()


def _sitemap(url: str, entries: Sequence[str]) -> Iterator[Output]:
    """Yield the sitemap; several, and a list of them, where one may not hold all."""
    if len(entries) <= _MOST:
        yield Output(path="sitemap.xml", content=_list("urlset", "url", entries))
        return
    names = []
    for at in range(0, len(entries), _MOST):
        names.append(f"sitemap-{at // _MOST + 1}.xml")
        part = entries[at : at + _MOST]
        yield Output(path=names[-1], content=_list("urlset", "url", part))
    places = [f"<loc>{escape(absolute(url, name))}</loc>" for name in names]
    yield Output(path="sitemap.xml", content=_list("sitemapindex", "sitemap", places))


def finding(url: str, outputs: Sequence[Output], pages: Iterable[Page]) -> tuple[Output, ...]:
    """Return ``sitemap.xml`` and ``robots.txt`` (RFC 9309); nothing without the site's ``url``.

    Every robot may read everything: what should not be found says so itself, which only those
    can see who may read it.
    """
    if not url:
        return ()
    found = sorted(_entries(url, outputs, pages))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(url, 'sitemap.xml')}\n"
    return (*_sitemap(url, found), Output(path="robots.txt", content=robots.encode()))
