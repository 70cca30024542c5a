"""A project's folder in; the files that publish it from a Git host, none of them over another."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from mati import __version__
from mati.cli import _, speaking

__all__ = ["Files", "commands", "complete", "filled", "publishing", "template_of"]

Files = dict[str, str]
"""Text by path below the project's folder."""

_PRIVATE = frozenset({"private", "private/", "/private", "/private/"})
"""Lines of a ``.gitignore`` that keep answers out of the repository."""


def filled(files: Mapping[str, str], values: Mapping[str, str]) -> Files:
    """Return files with ``{name}`` and the like filled in; settings take strings of YAML."""
    # A string of JSON is one of YAML, too.
    quoted = {**values, "name": json.dumps(values["name"], ensure_ascii=False)}
    found = {}
    for path, text in files.items():
        given = quoted if path.endswith(".yaml") else values
        pieces = re.split(r"(?<!\{)\{([a-z]+)\}", text)
        pieces[1::2] = [given[piece] for piece in pieces[1::2]]
        found[path] = "".join(pieces)
    return found


def template_of(source: str, codes: Sequence[str], values: Mapping[str, str]) -> Files:
    """Return what publishes a project: a README in each of its languages that we speak.

    ``source`` is the language of the shop, ``codes`` are all of the site's, ``values`` as for a
    new project.
    """
    from babel import Locale

    from mati import starters

    english = starters.template_files("en")["README.md"]
    told = {code: starters.template_files(code)["README.md"] for code in codes}
    spoken = [code for code in codes if code == "en" or told[code] != english]
    first = source if source in spoken else "en"
    readme = {code: "README.md" if code == first else f"README.{code}.md" for code in spoken}
    translate = speaking(source)  # these words stay in the project, whoever begins it
    found: Files = {}
    for code in dict.fromkeys((first, *spoken)):
        others = [
            f"[{Locale(other).get_display_name()}]({path})"
            for other, path in readme.items()
            if other != code
        ]
        line = " · ".join(others) + "\n\n" if others else ""
        own = {
            **values,
            "language": source,
            "version": __version__,
            "others": line,
            "lost": translate(
                "GitHub Pages cannot take the answers of a form that is meant for Netlify. Name "
                "another form service behind send: in mati.yaml, or switch Pages off."
            ),
        }
        files = filled(starters.template_files(code), own)
        found[readme.get(code, "README.md")] = files.pop("README.md")
        found = {**files, **found}
    return {**found, **_settings_of(source, values)}


def _settings_of(source: str, values: Mapping[str, str]) -> Files:
    """Return the settings, with notes in the language of the shop."""
    from mati import starters

    return filled({"mati.yaml": starters.template_files(source)["mati.yaml"]}, values)


def publishing(folder: Path, lang: str, spoken: str, basic: Mapping[str, str]) -> Files:
    """Return what an existing project lacks to be published from a Git host."""
    from mati.diagnostics import Notebook
    from mati.project import open_project

    project = open_project(folder, Notebook())
    codes = project.settings.languages or (lang or spoken,)
    name = project.settings.name
    values = {
        "name": name.source if name else folder.absolute().name,
        "survey": project.sources[0].name if project.sources else "visit",
        "timezone": "",
        "languages": "",
    }
    source = lang or codes[0]
    files = {**basic, **template_of(source, tuple(dict.fromkeys((source, *codes))), values)}
    del files["mati.yaml"]  # it is the project's own
    return files


def _beside(folder: Path, files: Mapping[str, str]) -> Files:
    """Return the files with the ten steps beside a README that is somebody's own."""
    own = folder / "README.md"
    if not own.is_file() or own.read_text("utf-8", "replace") == files["README.md"]:
        return dict(files)
    names = {"README.md": "PUBLISH.md"}
    return {
        names.get(path, path): text.replace("](README.md)", "](PUBLISH.md)")
        if path.startswith("README.")
        else text
        for path, text in files.items()
    }


def complete(folder: Path, given: Mapping[str, str]) -> int:
    """Write the files that are not there; say so of each. Return the exit status."""
    files = _beside(folder, given)
    kept = [path for path in files if os.path.lexists(folder / path)]
    for path in sorted(files):
        if path in kept:
            text = _("'{path}' is there already; it stays as it is.")
            click.echo(text.format(path=path))
            continue
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(files[path])
        click.echo(_("New: {path}").format(path=path))
    return _warn(folder)


def _warn(folder: Path) -> int:
    """Say what is in the way of publishing a folder that was not begun for it."""
    ignored = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    if _PRIVATE & {line.strip() for line in ignored}:
        return 0
    text = _(
        "'.gitignore' says nothing of private/, where answers lie. Add the line /private/ to it "
        "before you upload anything."
    )
    click.echo(text, err=True)
    return 1


commands: tuple[click.Command, ...] = ()
