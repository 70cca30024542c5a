"""Settings in; what pages look like, and the files of letters that come along, out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from mati.model import Output, ProjectSettings, Survey
from mati.render import Looks
from mati.render.looks import FACES

__all__ = ["looks"]

FOLDER = Path(__file__).parent.parent / "fonts"
LICENCE = "OFL.txt"


def looks(
    settings: ProjectSettings, surveys: Mapping[str, Survey]
) -> tuple[Looks, tuple[Output, ...]]:
    """Return the themes of a project and its surveys, and the files they need.

    Letters come with their licence, and only where a theme asks for them.
    """
    own = {name: survey.settings for name, survey in surveys.items()}
    wanted = any(each.bundled_font for each in (settings.defaults, *own.values()))
    files = {face.file: (FOLDER / face.file).read_bytes() for face in FACES if wanted}
    addresses = {name: _address(name, content) for name, content in files.items()}
    outputs = [Output(path=addresses[name], content=content) for name, content in files.items()]
    if wanted:
        outputs.append(Output(path=f"a/{LICENCE}", content=(FOLDER / LICENCE).read_bytes()))
    return Looks(project=settings.defaults, surveys=own, letters=addresses), tuple(outputs)


def _address(name: str, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()[:12]
    return f"a/{name.removesuffix('.woff2')}.{digest}.woff2"
