"""The commands that show translators what they do: ``i18n preview`` and ``i18n pseudo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, say, show
from mati.cli.catalogs import language_of
from mati.cli.site import PORT, make_outputs, served, translating
from mati.cli.translation import i18n

if TYPE_CHECKING:
    from mati.model import Output

__all__ = ["commands", "seen_language", "written_to"]


def seen_language(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """Return the code of a language that can be looked at: a real one, or one that is made up."""
    from mati.localise import PSEUDO

    known = {code.lower(): code for code in PSEUDO}
    wanted = (value or "").replace("_", "-").lower()
    return known.get(wanted) or language_of(context, option, value)


def spoken(root: Path, language: str) -> None:
    """Refuse a language that no survey of the project speaks; say what to do."""
    from mati.build import forms
    from mati.diagnostics import Notebook
    from mati.localise import is_pseudo
    from mati.project import open_project

    if is_pseudo(language):
        return
    project = open_project(root, Notebook())
    surveys = forms.read(project, "", Notebook()).values()
    languages = {code for survey in surveys for code in survey.languages}
    languages.update(project.settings.languages)
    if language in languages:
        return
    if (root / "locales" / language).is_dir():
        text = _("Now add '{language}' to 'languages' in mati.yaml or in the survey.")
        raise click.UsageError(text.format(language=language))
    text = _("There is no translation into '{language}'. To begin one: {command}")
    command = called(f"i18n new {language}")
    raise click.UsageError(text.format(language=language, command=command))


@i18n.command(
    short_help=_("Show the pages with what is left to translate outlined."),
    help=_(
        "Show the pages in the browser with what is left to translate outlined. Each text names\n"
        "its file and line and shows the original; pages follow each save. With en-XA, ar-XB,\n"
        "km-XA or qps the pages speak a made-up language.\n\nExample: mati i18n preview km --open"
    ),
)
@click.argument("language", metavar=_("LANGUAGE"), callback=seen_language)
@click.option("--port", default=PORT, type=click.IntRange(0, 65535), help=_("The port to use."))
@click.option("--open", "open_browser", is_flag=True, help=_("Open the page in the browser."))
@click.option(
    "--editor",
    default="",
    metavar=_("ADDRESS"),
    help=_("Open a line in your editor, for example: vscode://file{path}:{line}"),
)
@click.pass_obj
def preview(shell: Shell, *, language: str, port: int, open_browser: bool, editor: str) -> int:
    """Serve marked pages."""
    from mati.localise import is_pseudo

    spoken(shell.root, language)
    pseudo = (language,) if is_pseudo(language) else ()
    offered = translating(shell, sample=True, marked=True, pseudo=pseudo, editor=editor)
    return served(
        shell,
        port=port,
        open_browser=open_browser,
        sample=True,
        offered=offered,
        pseudo=pseudo,
        first=f"{language}/",
    )


def written_to(root: Path, folder: str, default: str) -> Path:
    """Return the folder to write to; refuse ``site/`` and what holds the project itself."""
    place = Path(folder).absolute() if folder else root / default
    site, found = (root / "site").resolve(), place.resolve()
    if found == site or found.is_relative_to(site) or root.resolve().is_relative_to(found):
        text = _("'{path}' is not a folder of its own. Name another with --to, such as: {offer}")
        raise click.UsageError(text.format(path=folder or default, offer=default))
    return place


def _write(folder: Path, outputs: tuple[Output, ...]) -> int:
    """Write the files of a site below a folder; return how many pages there are."""
    pages = 0
    for output in outputs:
        if output.root == "site":
            place = folder / output.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(output.content)
            pages += output.path.endswith(".html")
    return pages


@i18n.command(
    short_help=_("Write the site in languages that are made up."),
    help=_(
        "Write the site in languages that are made up, to see before translators begin what a\n"
        "real one would show: en-XA has accents and is longer, ar-XB runs from right to left,\n"
        "km-XA has the tallest Khmer stacks, qps is not translated at all. Reports show sample\n"
        "answers.\n\nExample: mati i18n pseudo ar-XB --to /tmp/looks"
    ),
)
@click.argument("languages", metavar=_("[LANGUAGE]…"), nargs=-1)
@click.option(
    "--to", "folder", default="", metavar=_("FOLDER"), help=_("Write here, not into .mati/pseudo/.")
)
@click.pass_obj
def pseudo(shell: Shell, *, languages: tuple[str, ...], folder: str) -> int:
    """Write pseudo-localised pages."""
    from mati.cli.site import counted
    from mati.diagnostics import Notebook
    from mati.localise import PSEUDO

    known = {code.lower(): code for code in PSEUDO}
    for name in languages:
        if name.lower() not in known:
            text = _("'{name}' is no made-up language. There are: {names}")
            raise click.UsageError(text.format(name=name, names=", ".join(PSEUDO)))
    wanted = tuple(dict.fromkeys(known[name.lower()] for name in languages)) or tuple(PSEUDO)
    place = written_to(shell.root, folder, ".mati/pseudo")
    notes = Notebook()
    outputs = make_outputs(
        shell.root, notes, sample=True, preview=True, pseudo=wanted, invented=True
    )[0]
    if notes.has_errors():
        show(notes)
        click.echo(counted(notes), err=True)
        return 1
    pages = _write(place, outputs)
    say(
        _("Pages written: {count}. They begin at {path}").format(
            count=pages, path=place / "index.html"
        )
    )
    return 0


commands: tuple[click.Command, ...] = ()
