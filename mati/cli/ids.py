"""The command ``ids``: names for everything that is asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, show

if TYPE_CHECKING:
    from mati.diagnostics import Source
    from mati.editing import Edit
    from mati.project import Project

__all__ = ["commands"]

_MARK = b"\xef\xbb\xbf"


def _wanted(project: Project, names: Sequence[str]) -> tuple[Source, ...]:
    """Return the surveys named, all without a name; refuse one that is not there."""
    known = {
        source.path.rpartition("/")[2].removesuffix(".md"): source for source in project.sources
    }
    for name in names:
        if name not in known:
            text = _("There is no survey called '{name}'. There are: {names}")
            raise click.UsageError(text.format(name=name, names=", ".join(known)))
    return tuple(source for name, source in known.items() if not names or name in names)


def _tell(path: str, edits: Sequence[Edit]) -> None:
    for edit in edits:
        click.echo(f"{path}:{edit.line}: {edit.shown}")


def _edit(
    shell: Shell, project: Project, path: str, *, write: bool, pages: bool
) -> tuple[Edit, ...] | None:
    """Write what one survey lacks, or only say it; None where it could not be done."""
    from mati.diagnostics import Notebook, Severity
    from mati.editing import apply, plan
    from mati.reader import decode
    from mati.writer.rewrite import rewrite

    notes = Notebook()
    before = (shell.root / path).read_bytes()
    source = decode(path, before, notes)
    planned = plan(source, project.settings, pages=pages) if source else None
    if planned is None or not planned.safe:
        notes.extend(planned.notes if planned else ())
        show(found for found in notes if found.severity is not Severity.NOTE)
        text = _("{path}: left as it is, for the mistakes above hide where names belong.")
        click.echo(text.format(path=path), err=True)
        return None
    if planned.edits and write:
        mark = _MARK if before.startswith(_MARK) else b""
        text = before.removeprefix(_MARK).decode("utf-8")
        after = mark + apply(text, planned.edits).encode("utf-8")
        if not rewrite(shell.root, path, before, after, notes):
            show(notes)
            return None
    _tell(path, planned.edits)
    return planned.edits


@click.command(
    short_help=_("Write missing ids and codes into surveys."),
    help=_(
        "Write missing ids and codes into surveys: {#visit} behind a question, (good) before an "
        "answer. Everything else stays as it is, to the last blank.\n\n"
        "Example: mati ids customer-service"
    ),
)
@click.argument("surveys", metavar=_("[SURVEY]…"), nargs=-1)
@click.option("--check", is_flag=True, help=_("Write nothing; fail if a name is missing."))
@click.option("--pages", is_flag=True, help=_("Give every page an id too."))
@click.pass_obj
def ids(shell: Shell, *, surveys: tuple[str, ...], check: bool, pages: bool) -> int:
    """Write missing ids and codes."""
    from mati.diagnostics import Notebook
    from mati.project import open_project

    notes = Notebook()
    project = open_project(shell.root, notes)
    found: list[Edit] = []
    failed = not project.sources
    for source in _wanted(project, surveys):
        edits = _edit(shell, project, source.path, write=not check, pages=pages)
        failed = failed or edits is None
        found += edits or ()
    if failed and not project.sources:
        show(notes)
    if not found:
        if not failed:
            click.echo(_("No name is missing."))
        return 1 if failed else 0
    if check:
        text = _("Names missing: {count}. To write them: {command}")
        click.echo(text.format(count=len(found), command=called("ids")))
        return 1
    click.echo(_("Names written: {count}.").format(count=len(found)))
    if any(edit.shown.strip("()").isdigit() for edit in found):
        words = _("Numbers mean a scale: the best answer has the highest. Turn them round if not.")
        click.echo(words)
    return 1 if failed else 0


commands: tuple[click.Command, ...] = (ids,)
