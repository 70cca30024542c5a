"""What ``check --share`` finds: pages as robots that make previews read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from mati.cli import _
from mati.diagnostics import Code, Notebook, Source, Span

if TYPE_CHECKING:
    from mati.model import Output
    from mati.share import Fault

__all__ = ["check_previews", "commands"]

_SORTS = {
    "tag": Code.SHARE_TAG,
    "address": Code.SHARE_ADDRESS,
    "picture": Code.SHARE_PICTURE,
    "long": Code.SHARE_LONG,
    "link": Code.DEAD_LINK,
}
_PIXELS = {"px": Code.SHARE_PICTURE_SMALL, "kB": Code.SHARE_PICTURE_HEAVY}
_FORM = re.compile(r"[^/]+/([^/]+)/index\.html")
"""The page of a survey."""
_SHOWN = {"og:title": ("title", 70), "og:description": ("text", 200)}
"""What an author may say shorter, and in how many signs."""


def _written(fault: Fault, surveys: Mapping[str, Source]) -> Span | None:
    """Return where words that are too long were written; None where that is no survey."""
    page = _FORM.fullmatch(fault.page)
    source = surveys.get(page[1]) if page and fault.sort == "long" else None
    at = source.text.find(fault.value) if source else -1
    if source is None or at < 0:  # a translation, or words put together
        return None
    column = at - source.text.rfind("\n", 0, at)
    return Span(source.path, source.text.count("\n", 0, at) + 1, column, len(fault.value))


def _note(fault: Fault, surveys: Mapping[str, Source], notes: Notebook) -> None:
    code = _PIXELS.get(fault.name, _SORTS[fault.sort])
    key, most = _SHOWN.get(fault.name, ("", 0))
    page = f"site/{fault.page}"
    # several things of one sort may be wrong with a page: each has a line of its own
    line = 1 + sum(found.code is code for found in notes.of(page))
    place = _written(fault, surveys) or Span(page, line)
    notes.note(code, place, name=fault.name, value=fault.value, key=key, most=most)


def check_previews(
    outputs: Sequence[Output], sources: Sequence[Source], url: str, notes: Notebook
) -> str:
    """Check every page as it would be published, then as it comes over a line.

    ``sources`` are the surveys. Returns how many pages were looked at, in words.
    """
    from mati.crawl import crawl
    from mati.share import faults

    files: Mapping[str, bytes] = {o.path: o.content for o in outputs if o.root == "site"}
    found = list(faults(files, url))
    fetched = crawl(files)
    for path in (path for path in files if path.endswith(".html")):
        if path not in fetched:
            notes.note(Code.SHARE_NOT_FETCHED, Span(f"site/{path}"))
    over = {**files, **fetched}
    found += [fault for fault in faults(over, url) if fault not in found]
    surveys = {source.name: source for source in sources}
    for fault in found:
        _note(fault, surveys, notes)
    text = _("Pages looked at as robots see them: {count}.")
    return text.format(count=len(fetched))


commands: tuple[click.Command, ...] = ()
