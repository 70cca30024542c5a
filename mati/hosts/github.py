"""GitHub Pages: files as they are, nothing of its own to set.

Its limits as in GitHub's own pages, read in November 2026; nothing here was tried with an account.
"""

from __future__ import annotations

from mati.hosts import Hosted, Limit
from mati.model import Output

__all__ = ["Host", "host"]

_THEIRS = ".github.io"


class Host:
    """``host: github``: for projects that are no business."""

    name = "github"
    title = "GitHub Pages"
    status = "documented"
    sources = (
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
        "https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site",
    )
    limits = frozenset({Limit.HEADERS, Limit.LANGUAGE, Limit.TERMS})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return what keeps Jekyll away, and the name of the site where it is one of its own.

        A branch that is published without ``CNAME`` loses its name.
        """
        found = [Output(path=".nojekyll", content=b"")]
        own = site.domain and site.base == "/" and not site.domain.endswith(_THEIRS)
        if own and "." in site.domain:
            found.append(Output(path="CNAME", content=f"{site.domain}\n".encode()))
        return tuple(found)


host = Host()
