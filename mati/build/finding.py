"""The files of a site in; what search engines ask for beside the pages, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from mati.model import Output

__all__ = ["finding"]

_MOST = 50_000
"""Addresses in one sitemap (sitemaps.org, protocol 0.9)."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNLISTED = b'<meta name="robots" content="noindex">'
_ENDING = "index.html"


def _addresses(url: str, outputs: Iterable[Output]) -> Iterator[str]:
    """Go through the addresses of the pages that want to be found."""
    for output in outputs:
        whole = output.path == _ENDING or output.path.endswith(f"/{_ENDING}")
        if output.root == "site" and whole and _UNLISTED not in output.content[:8192]:
            yield f"{url}/{output.path.removesuffix(_ENDING)}"


def _list(kind: str, entry: str, addresses: Sequence[str]) -> bytes:
    lines = "".join(f"<{entry}><loc>{escape(one)}</loc></{entry}>\n" for one in addresses)
    return f'{_HEAD}<{kind} xmlns="{_SPACE}">\n{lines}</{kind}>\n'.encode()


def _sitemap(url: str, addresses: Sequence[str]) -> Iterator[Output]:
    """Yield the sitemap; several, and a list of them, where one may not hold all."""
    if len(addresses) <= _MOST:
        yield Output(path="sitemap.xml", content=_list("urlset", "url", addresses))
        return
    names = []
    for at in range(0, len(addresses), _MOST):
        names.append(f"sitemap-{at // _MOST + 1}.xml")
        part = addresses[at : at + _MOST]
        yield Output(path=names[-1], content=_list("urlset", "url", part))
    places = [f"{url}/{name}" for name in names]
    yield Output(path="sitemap.xml", content=_list("sitemapindex", "sitemap", places))


def finding(url: str, outputs: Sequence[Output]) -> tuple[Output, ...]:
    """Return ``sitemap.xml`` and ``robots.txt`` (RFC 9309); nothing without the site's ``url``.

    Every robot may read everything: what should not be found says so itself, which only those
    can see who may read it. Languages are named in the heads of the pages, not here.
    """
    if not url:
        return ()
    found = sorted(_addresses(url, outputs))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {url}/sitemap.xml\n"
    return (*_sitemap(url, found), Output(path="robots.txt", content=robots.encode()))
