"""The name of a text's file in, whether a survey or a page can have it out, and a better one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from mati.diagnostics import Code, Notebook, Span
from mati.project.folder import shown

__all__ = ["CONTENT", "ENDINGS", "name_is_good", "suggestion"]

CONTENT = "content"
_SURVEY_NAME = re.compile(r"[a-z][a-z0-9-]*")
_RESERVED = frozenset({"a", "share", "thanks", "report"})
ENDINGS = (".md.txt", ".markdown", ".md")
"""What surveys are called; the first two by mistake, and editors hide the ``.txt``."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that Windows keeps for itself ("Naming Files, Paths, and Namespaces")."""


def suggestion(stem: str, sort: str) -> str:
    """Return the nearest good name of a ``sort`` of text: ``Ünï code`` becomes ``uni-code``."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not words:
        return sort
    return words if words[0].isalpha() else f"{sort}-{words}"


def name_is_good(
    name: str, languages: Collection[str], notes: Notebook, *, folder: str = CONTENT
) -> bool:
    """Tell whether a file of this name can hold a survey, or a page; note what to rename it to.

    ``languages`` are those of the project, whose codes none can be called, or further such names.
    """
    stem = next(name[: -len(end)] for end in ENDINGS if name.lower().endswith(end))
    span = Span(f"{folder}/{shown(name)}")
    sort = "survey" if folder == CONTENT else "page"
    better = suggestion(stem, sort)
    taken = _RESERVED | _DEVICES | frozenset(languages)
    if better in taken:
        better += f"-{sort}"
    if not name.endswith(".md") or not _SURVEY_NAME.fullmatch(stem):
        notes.note(Code.BAD_FILE_NAME, span, name=shown(name), better=f"{better}.md")
        return False
    if stem in taken:
        notes.note(Code.RESERVED_NAME, span, name=stem, better=f"{better}.md")
        return False
    return True
