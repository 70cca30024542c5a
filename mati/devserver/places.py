"""A survey's file in, what each of its lines asks and where pages show it out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mati import settings
from mati.compile import group_id, part_id
from mati.diagnostics import Notebook, Source
from mati.pages import form_path, thanks_path
from mati.reader import Place, decode, marks

__all__ = ["Locate", "Places", "locate", "nowhere"]


@dataclass(frozen=True, slots=True)
class Places:
    """What a survey asks, by line."""

    survey: str = ""
    found: tuple[Place, ...] = ()

    def anchors(self, line: int) -> Iterator[tuple[str, str]]:
        """Yield where a line may be shown, the nearest first: a page below its language's
        folder, and an id on it.
        """
        whole = [place for place in self.found if not place.part]
        at = bisect_right(whole, line, key=lambda place: place.line) - 1
        if at < 0:
            return
        place, page = whole[at], form_path(self.survey, "").removeprefix("/")
        if place.end:
            yield thanks_path(self.survey, "").removeprefix("/"), place.id
            return
        for part in self.found:
            if part.part and part.line == line:
                yield page, group_id(part.id, part.part)
        yield page, group_id(place.id)
        yield page, part_id(place.id)


Locate = Callable[[str], Places]
"""Returns what the lines of a file ask, by the path that diagnostics name."""


def nowhere(_path: str) -> Places:
    """Return that a file asks nothing."""
    return Places()


def locate(root: Path, path: str) -> Places:
    """Return what the lines of a survey below ``content/`` ask, also where it has errors."""
    folder, _, name = path.rpartition("/")
    if folder != "content" or not name.endswith(".md"):
        return nowhere(path)
    unread = Notebook()
    try:
        yaml = (root / "mati.yaml").read_text("utf-8-sig")
    except (OSError, ValueError):
        yaml = ""
    try:
        source = decode(path, (root / path).read_bytes(), unread)
    except OSError:
        source = None
    if source is None:
        return nowhere(path)
    project = settings.read_project(Source("mati.yaml", yaml), unread)
    return Places(name.removesuffix(".md"), marks(source, project, unread).places)
