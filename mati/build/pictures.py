"""The pictures that surveys name in; surveys that know where these stand, and their files out.

A picture's address is made of its bytes: a new one is fetched anew, an old one may be kept for
ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from mati.diagnostics import Code, Notebook
from mati.images import bare, image
from mati.model import (
    Output,
    Picture,
    PlainPage,
    ProjectSettings,
    Survey,
    map_pictures,
    spelling,
)
from mati.project import Project

__all__ = ["Pictures"]

Shown = TypeVar("Shown", Survey, PlainPage)
FOLDER = "a"
"""Where files stand that pages share."""


def _set(text: Survey | PlainPage) -> bool:
    """Tell whether the settings of a text name a picture: a sign, or one shown with its link."""
    settings = text.settings if isinstance(text, Survey) else None
    return settings is not None and bool(settings.logo or settings.share_image)


@dataclass(slots=True)
class Pictures:
    """The pictures of one build: each file is read once, however many surveys show it."""

    project: Project
    notes: Notebook
    outputs: dict[str, Output] = field(default_factory=dict)
    """By path; filled while surveys are placed."""
    _known: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def place(self, texts: Mapping[str, Shown]) -> dict[str, Shown]:
        """Return surveys or pages with address and size of every picture in them."""
        sources = (*self.project.sources, *self.project.pages, *self.project.reports)
        shown = {source.path for source in sources if "![" in source.text}
        return {
            name: map_pictures(text, self._placed) if text.path in shown or _set(text) else text
            for name, text in texts.items()
        }

    def settings(self, settings: ProjectSettings) -> ProjectSettings:
        """Return the project's settings with address and size of its sign."""
        return map_pictures(settings, self._placed)

    def _placed(self, picture: Picture) -> Picture:
        folder = picture.span.path.rpartition("/")[0] or "content"
        path = f"{folder}/{picture.path}"
        found = self._known.get(path) or self._take(path, picture)
        if found is None:
            return picture
        self._known[path] = found
        address, width, height = found
        return replace(picture, address=address, width=width, height=height)

    def _take(self, path: str, picture: Picture) -> tuple[str, int, int] | None:
        """Read one file; its address and size, None when a diagnostic says why not."""
        content = self.project.picture(path, picture.span, self.notes)
        if content is None:
            return None
        found = image(content)
        if found is None:
            self.notes.note(Code.NOT_AN_IMAGE, picture.span, name=picture.path)
            return None
        stem = path.rpartition("/")[2].rpartition(".")[0]
        name = spelling(stem, "picture").replace("_", "-").strip("-")
        content = bare(content)
        digest = hashlib.sha256(content).hexdigest()[:12]
        address = f"{FOLDER}/{name}.{digest}.{found.ending}"
        self.outputs[address] = Output(path=address, content=content)
        return address, found.width, found.height
