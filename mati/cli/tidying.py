"""The command that keeps surveys easy to read in their files: ``fmt``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mati.cli import Shell, _, save, show
from mati.diagnostics import Notebook, Severity

__all__ = ["commands"]


def _survey_file(
    ctx: click.Context, _option: click.Parameter, values: Sequence[Path]
) -> tuple[Path, ...]:
    """Refuse what is no survey: a catalogue or a picture must not be taken for one."""
    for path in values:
        if path.suffix != ".md":
            text = _("'{path}' is no survey: its name must end in .md")
            raise click.BadParameter(text.format(path=path), ctx)
    return tuple(values)


def _shown(path: Path, root: Path) -> str:
    """Return how to name a file to a person: from the project's folder on, where it is inside."""
    path = path.absolute()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


@click.command(
    short_help=_("Align the tables of surveys and tidy their braces."),
    help=_(
        "Align the tables of surveys and tidy their braces; nothing else in the files is changed, "
        "and every survey means what it meant. Without FILE: all of content/.\n\n"
        "Example: mati fmt content/visit.md"
    ),
)
@click.argument(
    "files",
    nargs=-1,
    metavar=_("[FILE]..."),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_survey_file,
)
@click.option("--check", is_flag=True, help=_("Write nothing; fail if a file is not tidy."))
@click.pass_obj
def fmt(shell: Shell, *, files: tuple[Path, ...], check: bool) -> int:
    """Tidy surveys."""
    from mati.project import open_project
    from mati.tidy import tidy

    opened, notes, untidy = Notebook(), Notebook(), False
    project = open_project(shell.root, opened)
    if not files:
        files = tuple(shell.root / source.path for source in project.sources)
        below = (note for note in opened if note.span.path.startswith("content/"))
        notes.extend(note for note in below if note.severity is Severity.ERROR)
    for path in files:
        name, data = _shown(path, shell.root), path.read_bytes()
        better = tidy(name, data, project.settings, notes)
        if better == data:
            continue
        untidy = True
        if not check:
            save(path, better)
        told = _("{path}: not tidy") if check else _("{path}: tidied")
        click.echo(told.format(path=name))
    show(notes)
    if len(notes):
        click.echo(_("Tables and braces with an error stay as they are."), err=True)
    return 1 if len(notes) or (check and untidy) else 0


commands: tuple[click.Command, ...] = (fmt,)
