"""Site paths in, links between pages out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from mati.model import Page

__all__ = ["FootLink", "Link", "absolute", "relative", "site_root", "switch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of a language switch."""

    href: str
    code: str
    endonym: str
    direction: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FootLink:
    """One entry at the foot of a page: a plain page, its title spoken."""

    href: str
    words: object
    current: bool = False


def relative(start: str, target: str) -> str:
    """Return the link from the page at ``start`` to the page at ``target``, both site paths.

    Relative links let a site stand under any address, and in a folder on disk.
    """
    here = start.split("/")[:-1]
    there = target.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + "/".join(there[same:]) or "./"


def site_root(url: str) -> str:
    """Return the path of the site's root, for pages that are served under any address (404)."""
    return urlsplit(url).path.rstrip("/") + "/"


def absolute(url: str, path: str) -> str:
    """Return the absolute address of a site path; "" when the site's own address is unknown."""
    return f"{url}/{path}" if url else ""


def switch(
    page: Page, endonyms: Mapping[str, str], directions: Mapping[str, str]
) -> tuple[Link, ...]:
    """Return the links to ``page`` in every language it exists in."""
    return tuple(
        Link(
            href=relative(page.path, path),
            code=code,
            endonym=endonyms.get(code, code),
            direction=directions.get(code, "ltr"),
            current=code == page.language,
        )
        for code, path in page.alternates
    )
