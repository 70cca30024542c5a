"""The command that brings answers home: ``pull``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, show, surveys_named
from mati.cli.following import tell_waiting
from mati.cli.keeping import delete_old

if TYPE_CHECKING:
    from mati.diagnostics import Notebook
    from mati.home import Brought
    from mati.model import RawRow, Survey
    from mati.services import FormService

__all__ = ["commands"]

_DATABASE = "private/collect.db"
OWN = "own"


def _surveys(root: Path, wanted: str, notes: Notebook) -> tuple[Survey, ...]:
    """Read the surveys of the project, or the one that is wanted."""
    from mati.build import forms
    from mati.project import open_project

    project = open_project(root, notes)
    surveys_named(project, [wanted] if wanted else ())
    return tuple(forms.read(project, wanted, notes).values())


def _service(surveys: Sequence[Survey], named: str) -> FormService:
    """Return the service whose export is read: the one named, else the surveys' own."""
    from mati.services import services

    names = {named} if named else {survey.settings.send for survey in surveys}
    found = services.find(names.pop()) if len(names) == 1 else None
    if found is None:
        text = _("Whose export is it? Say the survey, or one of these with --service: {names}")
        raise click.UsageError(text.format(names=", ".join(services.names())))
    return found


def _of(row: RawRow) -> str:
    """Return the name of the survey a row says it belongs to, "" when it says none."""
    return next((v.strip() for name, v in row.pairs if name == "mati_survey" and v.strip()), "")


def _told(survey: str, found: Brought) -> str:
    """Say what became of the rows, silent about nothing."""
    parts = [
        _("{count} new").format(count=found.new),
        _("{count} already here").format(count=found.again),
        _("{count} suspect").format(count=found.suspect),
        _("{count} unknown values").format(count=found.unknown),
    ]
    rest = (
        (_("{count} in place of an earlier answer"), found.revised),
        (_("{count} after the end"), found.late),
        (_("{count} with answers to parts that were not shown"), found.stale),
        (_("{count} given to another version of the survey"), found.other_version),
        (_("{count} forgotten before, not brought back"), found.forgotten),
    )
    parts += [words.format(count=count) for words, count in rest if count]
    return f"{survey}: {', '.join(parts)}."


def _share_out(rows: Iterable[RawRow], surveys: Sequence[Survey]) -> dict[str, list[RawRow]]:
    """Give every row to its survey; those of none stand under ""."""
    names = [survey.name for survey in surveys]
    shares: dict[str, list[RawRow]] = {name: [] for name in ("", *names)}
    only = names[0] if len(names) == 1 else ""
    for row in rows:
        name = _of(row) or only
        shares[name if name in shares else ""].append(row)
    return shares


def _tell_how_many(shell: Shell, counts: Mapping[str, int]) -> None:
    """Tell whom the project names how many answers came."""
    from mati.diagnostics import Notebook
    from mati.followups import arrivals
    from mati.project import open_project
    from mati.sending import send

    for target in open_project(shell.root, Notebook()).settings.collect_notify:
        problem = send(target, arrivals(counts, _), shell.root)
        if problem:
            text = _("Nobody could be told by {kind}: {problem}.")
            click.echo(text.format(kind=target.kind, problem=problem), err=True)


@click.command(
    short_help=_("Bring answers home."),
    help=_(
        "Bring answers home into private/responses/, contacts apart in private/contacts/.\n\n"
        "They come from the form service of this project, or from a file that another service"
        " exported. Bringing the same answers twice does no harm. What is older than 'retention'"
        " of a survey allows is deleted.\n\n"
        "Example: mati pull customer-service --file export.csv"
    ),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.option(
    "--file",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("EXPORT"),
    help=_("A file exported from a form service, or printed by 'mati export'."),
)
@click.option(
    "--service",
    default="",
    metavar=_("NAME"),
    help=_("The service the file comes from; by default the one the survey names."),
)
@click.pass_obj
def pull(shell: Shell, *, survey: str, export: Path | None, service: str) -> int:
    """Bring answers home and say what became of each."""
    import sqlite3
    from dataclasses import replace

    from mati.build.releases import past_of
    from mati.diagnostics import Notebook
    from mati.home import bring
    from mati.reader import decode
    from mati.store import NotStoredError, stored

    notes = Notebook()
    surveys = _surveys(shell.root, survey, notes)
    if notes.has_errors():
        show(notes)
        click.echo(_("No answer was brought home; they all stay where they are."), err=True)
        return 1
    met = Notebook()
    if export is None:
        own = _service(surveys, OWN)
        rows = own.rows(stored(shell.root / _DATABASE, survey), _DATABASE, met)
    else:
        source = decode(export.name, export.read_bytes(), met)
        text = source.text if source is not None else ""
        rows = _service(surveys, service).rows(text, export.name, met)
    shares = _share_out(rows, surveys)
    fresh: dict[str, int] = {}
    for one in surveys:
        past = past_of(shell.root, one.name, met)
        brought = bring(shell.root, one, shares[one.name], met, past)
        fresh[one.name] = brought.new
        click.echo(_told(one.name, brought))
    # a line of answers is never quoted: a telephone number may stand in it
    said = Notebook()
    said.extend(replace(one, line="") for one in met)
    if shares[""]:
        text = _("{count} answers belong to none of these surveys; they were left where they are.")
        click.echo(text.format(count=len(shares[""])))
    show(said)
    try:
        delete_old(shell, surveys)
    except (sqlite3.Error, NotStoredError) as problem:
        text = _("What is too old could not be deleted: {reason}")
        click.echo(text.format(reason=problem), err=True)
        return 1
    new = {name: count for name, count in fresh.items() if count}
    if new and export is not None:  # of those that came to our own service, that one tells
        _tell_how_many(shell, new)
    follow_ups = (one.settings.follow_up for one in surveys)
    if new or any(one is not None and one.notify for one in follow_ups):
        tell_waiting(shell, survey, quiet=not new)
    return 1 if said.has_errors() else 0


commands: tuple[click.Command, ...] = (pull,)
