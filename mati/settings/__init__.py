"""Settings as text in, checked settings out: ``mati.yaml`` and a survey's front matter.

PyYAML's node tree gives every value its line and column; all scalars stay text until the
function of their key reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import ProjectSettings, Settings
from mati.settings import values as read
from mati.settings.nodes import close_to, compose
from mati.settings.project import PROJECT_KEYS, Zone, read_project
from mati.settings.survey import KEYS, fill
from mati.settings.targets import target_of
from mati.settings.values import Desk

__all__ = [
    "KEYS",
    "PROJECT_KEYS",
    "FrontMatter",
    "Zone",
    "close_to",
    "read_front_matter",
    "read_page_language",
    "read_project",
    "target_of",
]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A survey's settings, and where the values stand that only the whole survey can judge."""

    settings: Settings
    places: Mapping[str, Span]
    """By dotted key, such as ``followup.if`` or ``report.segments.branch``."""
    broken: bool = False
    """They could not be read: what they would have named is not missed elsewhere."""


def read_front_matter(
    text: str,
    source: Source,
    first_line: int,
    *,
    survey_name: str,
    project: ProjectSettings,
    notes: Notebook,
) -> FrontMatter:
    """Read the settings of one survey and lay them over the project's defaults.

    ``text`` is what stands between the lines of dashes, ``first_line`` the line of ``source``
    it begins on.
    """
    desk = Desk(notes, survey_name, zone=project.zone)
    group = compose(text, source.path, first_line, notes)
    settings, said = fill(desk, group, project.defaults, others=frozenset(PROJECT_KEYS))
    if "languages" not in said:
        settings = replace(settings, languages=project.languages)
    if not settings.lang:
        tried = group is not None and "lang" in group.by_key
        unreadable = group is None and text.strip()
        if not tried and not unreadable:
            notes.note(Code.NO_LANGUAGE, Span(source.path, 1, 1))
        settings = replace(settings, lang=(*project.languages, Settings().lang)[0])
    return FrontMatter(settings, desk.places, broken=group is None and bool(text.strip()))


_OF_A_PAGE = ("lang",)


def read_page_language(
    text: str, source: Source, first_line: int, *, project: ProjectSettings, notes: Notebook
) -> str:
    """Read the settings of a plain page: only the language it is written in.

    Without one it is written in the project's own.
    """
    desk = Desk(notes, "page", zone=project.zone)
    group = compose(text, source.path, first_line, notes)
    said: str | None = None
    for key, value in group.entries if group else ():
        if key.text == "lang":
            said = read.language(desk, "lang", value)
        else:
            desk.unknown(key, _OF_A_PAGE)
    own = (project.defaults.lang, *project.languages) if project.languages else ()
    found = said or next((code for code in own if code), "")
    if not found and not (group and "lang" in group.by_key):
        notes.note(Code.NO_LANGUAGE, Span(source.path, 1, 1))
    return found or Settings().lang
