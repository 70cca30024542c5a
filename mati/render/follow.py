"""A whole page in, the same with every link of an author leading where it should, out.

Authors link from file to file (``pages/privacy.md``), as Git hosts do; only when a page is
whole it is known from where to where in the site that is.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable

from mati.model import Goal, Page, leads_to

__all__ = ["follow"]

_FILE = re.compile(r'<a href="([^"#]*\.md)(#[^"]*)?">')
_START = '<a href="'
"""How an author's link begins: those of the templates say more than where they lead."""
_AWAY = ("https:", "http:")
_LED = "\ufdd6"
"""Stands, until tabs are given, before an address that was a file."""


def follow(html: str, page: Page, address: Callable[[Goal], str], aside: str) -> str:
    """Return ``html`` with its links to files made addresses; ``address`` gives "" for none.

    On a form every link opens a tab of its own, so that no answer is lost; ``aside`` says so to
    people who cannot see it.
    """
    if _START not in html:
        return html
    folder = "content/pages" if page.kind == "plain" else "content"
    path = f"{folder}/{page.survey or 'index'}.md"

    def led(match: re.Match[str]) -> str:
        goal = leads_to(path, entities.unescape(match[1]))
        if goal is None:  # a file of another site
            return match[0]
        found = address(goal) if goal.name else ""
        mark = _LED if page.kind == "form" else ""
        return f'<a href="{mark}{found}{match[2] or ""}">' if found else "<a>"

    html = _FILE.sub(led, html)
    if page.kind != "form":
        return html
    tab = f'<span class="tab" lang="{page.language}"> {aside}</span>'
    *links, rest = html.split("</a>")
    return "".join(f"{_beside(link, tab)}</a>" for link in links) + rest


def _beside(html: str, tab: str) -> str:
    """Let the link at the end of ``html`` open beside the form, if it leads away from it."""
    before, start, link = html.rpartition(_START)
    address, _, words = link.partition('">')
    if not start or '"' in address or not address.startswith((_LED, *_AWAY)):
        return html
    address = address.removeprefix(_LED)
    return f'{before}{start}{address}" target="_blank" rel="noopener">{words}{tab}'
