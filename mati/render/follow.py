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
_PLAIN_LINK = re.compile(r'(<a href="[^"#][^"]*")>(.*?)</a>', re.DOTALL)
"""An author's link: those of the templates say more than where they lead, or lead to the site."""
_AWAY = ("https:", "http:")


def follow(html: str, page: Page, address: Callable[[Goal], str], aside: str) -> str:
    """Return ``html`` with its links to files made addresses; ``address`` gives "" for none.

    On a form every link opens a tab of its own, so that no answer is lost; ``aside`` says so to
    people who cannot see it.
    """
    if '<a href="' not in html:
        return html
    folder = "content/pages" if page.kind == "plain" else "content"
    path = f"{folder}/{page.survey or 'index'}.md"

    def led(match: re.Match[str]) -> str:
        goal = leads_to(path, entities.unescape(match[1]))
        found = address(goal) if goal and goal.name else ""
        mark = _LED if page.kind == "form" else ""
        return f'<a href="{mark}{found}{match[2] or ""}">' if found else "<a>"

    html = _FILE.sub(led, html)
    if page.kind != "form":
        return html
    return _PLAIN_LINK.sub(lambda match: _beside(match, aside, page.language), html)


_LED = "\ufdd6"
"""Stands, until tabs are given, before an address that was a file."""


def _beside(match: re.Match[str], aside: str, language: str) -> str:
    """Let a link open beside the form, unless it stays on the site for a reason of its own."""
    start, words = match[1], match[2]
    address = start.removeprefix('<a href="')
    if not address.startswith((_LED, *_AWAY)):
        return match[0]
    tab = f'<span class="tab" lang="{language}"> {aside}</span>'
    return f'{start.replace(_LED, "")} target="_blank" rel="noopener">{words}{tab}</a>'
