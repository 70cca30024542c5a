"""Links an author writes to other texts of the project: where each leads."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from mati.diagnostics import Span

__all__ = ["Goal", "LinkUse", "leads_to"]

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\|\?")
_NAME = re.compile(r"(content|content/pages|content/reports)/([a-z][a-z0-9-]*)\.md")
CONTENT, _REPORTS = "content", "content/reports"


@dataclass(frozen=True, slots=True)
class LinkUse:
    """One link as written, and where its target stands."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Goal:
    """What a link leads to: the form of a survey or a plain page, and a heading there.

    ``kind`` is that of a page, ``form`` or ``plain``, or "" where nothing can stand; ``name`` is
    "" where the link stays on its own page.
    """

    kind: str
    name: str
    anchor: str = ""


def leads_to(path: str, target: str) -> Goal | None:
    """Return where a link in the file at ``path`` leads, as Git hosts follow it too.

    None for addresses of other sites, and paths from the root of the author's own.
    """
    if _ELSEWHERE.match(target) or "{{" in target:
        return None
    file, _, anchor = target.partition("#")
    here = posixpath.dirname(path)
    found = _NAME.fullmatch(posixpath.normpath(posixpath.join(here, file)) if file else path)
    if found is None or (file and found[1] == _REPORTS):  # the words around a report are no page
        return Goal("", "")
    kind = "form" if found[1] == CONTENT else "plain"
    return Goal(kind, found[2] if file else "", anchor)
