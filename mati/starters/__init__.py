"""A name in, what to begin with out: surveys ready to change, and the files of a new project.

A folder with an ``en.md`` is a starter; the files beside it are the same survey, written anew in
other languages, with equal ids and codes. ``project/`` holds the files of a new project,
``template/`` those that let somebody work in a Git host's web editor alone.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["languages", "names", "project_files", "template_files", "text", "title"]

_HERE = Path(__file__).parent
_SOURCE = "en"


def names() -> tuple[str, ...]:
    """Return the names of all starters, sorted."""
    return tuple(sorted(path.parent.name for path in _HERE.glob(f"*/{_SOURCE}.md")))


def languages(name: str) -> tuple[str, ...]:
    """Return the languages that the starter ``name`` is written in, sorted."""
    return tuple(sorted(path.stem for path in (_HERE / name).glob("*.md")))


def text(name: str, language: str) -> str:
    """Return a starter in one of its languages; ``OSError`` where there is no such file."""
    return (_HERE / name / f"{language}.md").read_text("utf-8")


def title(name: str, language: str) -> str:
    """Return the title of a starter in ``language``, else in English."""
    known = language if language in languages(name) else _SOURCE
    lines = text(name, known).splitlines()
    return next(line.removeprefix("# ") for line in lines if line.startswith("# "))


def project_files(language: str) -> dict[str, str]:
    """Return the files of a new project by path, with ``{name}`` and the like to be filled in.

    Their words are in ``language``, else in English.
    """
    return _files("project", language)


def template_files(language: str) -> dict[str, str]:
    """Return, in the same way, the files of a project that is published without a terminal.

    Besides its own there are a ``mati.yaml`` and a ``README.md`` in place of the project's.
    """
    return _files("template", language)


def _files(folder_name: str, language: str) -> dict[str, str]:
    folder = _HERE / folder_name
    found = {}
    for path in sorted(folder.rglob(f"*.{_SOURCE}.*")):
        spoken = path.with_name(path.name.replace(f".{_SOURCE}.", f".{language}."))
        plain = path.relative_to(folder).as_posix().replace(f".{_SOURCE}.", ".")
        # Hidden folders get lost on the way to a package too easily.
        plain = plain.replace("dot-", ".")
        found[plain] = (spoken if spoken.is_file() else path).read_text("utf-8")
    return found
