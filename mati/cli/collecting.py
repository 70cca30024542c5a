"""The commands around stored answers: ``collect``, ``export`` and ``forget``."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, say, show
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    from mati.store import Ledger

__all__ = ["commands"]

_PORT = 8001
_DATABASE = "collect.db"
_CHUNK = 1024 * 1024


def _log_to_stderr() -> None:
    """Print what the service logs: method, survey, status, milliseconds, bytes."""
    import logging

    logger = logging.getLogger("mati.collect")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers[:] = [handler]


@click.command(
    short_help=_("Take answers: the form service."),
    help=_(
        "Take the answers of forms with 'send: own' and keep them in private/collect.db.\n\n"
        "It reads private/collect.json, which 'mati build' writes, and answers only once an"
        " answer is on the disk. Put a web server with a certificate in front of it.\n\n"
        "Example: mati collect --port 8001"
    ),
)
@click.option("--port", default=_PORT, type=click.IntRange(0, 65535), help=_("The port to use."))
@click.option(
    "--host", default="127.0.0.1", metavar=_("ADDRESS"), help=_("The address to listen on.")
)
@click.option(
    "--private",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("FOLDER"),
    help=_("Where collect.json stands and answers are kept; by default private/."),
)
@click.option(
    "--proxy",
    multiple=True,
    metavar=_("ADDRESS"),
    help=_("A web server in front, on another machine, that names the visitor's address."),
)
@click.option(
    "--per-minute",
    default=30,
    type=click.IntRange(1),
    help=_("Answers a minute from one address; guests of a shop share one."),
)
@click.option(
    "--survey-per-minute",
    default=600,
    type=click.IntRange(1),
    help=_("Answers a minute to one survey; more is taken for a flood."),
)
@click.pass_obj
def collect(
    shell: Shell,
    *,
    port: int,
    host: str,
    private: Path | None,
    proxy: tuple[str, ...],
    per_minute: int,
    survey_per_minute: int,
) -> int:
    """Run the form service until it is asked to stop."""
    from mati.accept import Limits
    from mati.formservice import CollectFile, Teller, serve_collect

    folder = private or shell.root / "private"
    if not (folder / "collect.json").is_file():
        text = _("There is no {path} yet, so no answer can be taken. Write it with: mati build")
        click.echo(text.format(path=folder / "collect.json"), err=True)
    _log_to_stderr()

    def ready(number: int) -> None:
        text = _("Taking answers at http://{host}:{port}/f/ – stop with Ctrl-C.")
        click.echo(text.format(host=host, port=number), err=True)

    def teller(rules: CollectFile) -> Teller:
        return Teller(folder, rules, _, called("followup"))

    try:
        serve_collect(
            folder,
            host=host,
            port=port,
            limits=Limits(address_per_minute=per_minute, survey_per_minute=survey_per_minute),
            proxies=frozenset(proxy),
            teller=teller,
            ready=ready,
        )
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        text = _("Port {port} is in use by another program. Choose another one with --port.")
        click.echo(text.format(port=port), err=True)
        return 1
    return 0


def _ledger(private: Path) -> Ledger | None:
    """Open the database; None when no answer was ever taken."""
    from mati.store import Ledger, connect

    path = private / _DATABASE
    return Ledger(connect(path)) if path.is_file() else None


def _complain(problem: Exception) -> int:
    text = _("The stored answers cannot be opened: {reason}")
    click.echo(text.format(reason=problem), err=True)
    return 1


@click.command(
    short_help=_("Print stored answers."),
    help=_(
        "Print the answers that 'mati collect' keeps, one line of JSON each, as they came.\n\n"
        "Example: mati export customer-service > answers.jsonl"
    ),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.pass_obj
def export(shell: Shell, *, survey: str) -> int:
    """Print stored answers as lines of JSON; nothing else."""
    import sqlite3

    from mati.store import NotStoredError

    try:
        ledger = _ledger(shell.root / "private")
        if ledger is not None:
            for line in ledger.lines(survey):
                click.echo(line)
            ledger.close()
    except (sqlite3.Error, NotStoredError) as problem:
        return _complain(problem)
    return 0


def _holds(path: Path, needles: tuple[bytes, ...]) -> bool:
    """Tell whether the bytes of a file hold one of ``needles``."""
    longest = max(map(len, needles))
    kept = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            kept += chunk
            if any(needle in kept for needle in needles):
                return True
            kept = kept[-longest:]
    return False


def _left(private: Path, names: set[str]) -> list[Path]:
    """Return the files that still hold one of ``names``."""
    needles = tuple(name.encode() for name in names)
    files = sorted(path for path in private.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if _holds(path, needles)]


def _forget_old(shell: Shell, *, dry_run: bool) -> int:
    """Remove, or count, what the surveys say is too old."""
    import sqlite3

    from mati.build import forms
    from mati.cli.keeping import delete_old, tell_old
    from mati.project import open_project
    from mati.store import NotStoredError

    notes = Notebook()
    surveys = forms.read(open_project(shell.root, notes), "", notes).values()
    if notes.has_errors():
        show(notes)
        return 1
    if dry_run:
        tell_old(shell, surveys)
        return 0
    try:
        delete_old(shell, surveys, always=True)
    except (sqlite3.Error, NotStoredError) as problem:
        return _complain(problem)
    return 0


@click.command(
    short_help=_("Remove a person's answers everywhere."),
    help=_(
        "Remove the answers with these ids, and the contacts that belong to them, from every file"
        " in private/, for good.\n\n"
        "An id is the 'mati_id' or the 'key' of an answer, as 'mati export' prints them. They"
        " cannot be brought home again; at other services delete them there.\n\n"
        "With --old, whatever is older than 'retention' of a survey allows, as 'mati pull'"
        " does.\n\n"
        "Example: mati forget 5f0c1d9e-7d55-4b0f-9a3e-0c6b1f6e2a11"
    ),
)
@click.argument("ids", nargs=-1, metavar=_("ID..."))
@click.option("--old", is_flag=True, help=_("Remove what is older than the surveys allow."))
@click.option("--dry-run", is_flag=True, help=_("With --old: only say how much that is."))
@click.pass_obj
def forget(shell: Shell, *, ids: tuple[str, ...], old: bool, dry_run: bool) -> int:
    """Remove answers from the database and from the files at home, then look at the bytes."""
    import sqlite3

    from mati import home
    from mati.store import NotStoredError

    if old == bool(ids) or (dry_run and not old):
        raise click.UsageError(_("Name ids, or say --old."))
    if old:
        return _forget_old(shell, dry_run=dry_run)
    private, names = shell.root / "private", {one for one in ids if one.strip()}
    removed: set[str] = set()
    try:
        ledger = _ledger(private)
        if ledger is not None:
            removed = set(ledger.forget(names))
            ledger.close()
    except (sqlite3.Error, NotStoredError) as problem:
        return _complain(problem)
    count = home.forget(shell.root, names | removed)
    left = _left(private, names | removed) if names else []
    for path in left:
        text = _("It still stands in {path}. Delete that file once its answers are at home.")
        click.echo(text.format(path=path.relative_to(shell.root)), err=True)
    if not removed and not count:
        click.echo(_("There is no stored answer with this id."), err=True)
        return 1
    say(_("Removed. It will not come back with the next 'mati pull'."))
    return 1 if left else 0


commands: tuple[click.Command, ...] = (collect, export, forget)
