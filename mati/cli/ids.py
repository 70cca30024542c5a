"""The command ``ids``: names for everything that is asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, show, surveys_named

if TYPE_CHECKING:
    from mati.diagnostics import Notebook, Source
    from mati.editing import Edit, Released
    from mati.project import Project
    from mati.versions import Shape

__all__ = ["commands", "freeze", "is_new", "ready"]

_MARK = b"\xef\xbb\xbf"


def _released(project: Project, name: str) -> Released:
    """Return the names that were ever released of a survey."""
    from mati.build.releases import of_survey
    from mati.diagnostics import Notebook
    from mati.editing import Released
    from mati.versions import released_names, released_words

    releases = of_survey(project, name, Notebook())
    return Released(names=released_names(releases), words=released_words(releases))


def _tell(path: str, edits: Sequence[Edit]) -> None:
    for edit in edits:
        click.echo(f"{path}:{edit.line}: {edit.shown}")


def _edit(
    shell: Shell, project: Project, asked: Source, *, write: bool, pages: bool
) -> tuple[Edit, ...] | None:
    """Write what one survey lacks, or only say it; None where it could not be done."""
    from mati.diagnostics import Notebook, Severity
    from mati.editing import apply, plan
    from mati.reader import decode
    from mati.writer.rewrite import rewrite

    notes, path = Notebook(), asked.path
    before = (shell.root / path).read_bytes()
    source = decode(path, before, notes)
    released = _released(project, asked.name)
    planned = plan(source, project.settings, released=released, pages=pages) if source else None
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


def is_new(project: Project, now: Shape, name: str) -> bool:
    """Tell whether a survey as it stands was never released."""
    from mati.build.releases import of_survey
    from mati.diagnostics import Notebook
    from mati.versions import line_of

    releases = of_survey(project, name, Notebook())
    return not releases or line_of(releases[-1].shape, "") != line_of(now, "")


def freeze(shell: Shell, project: Project, now: Shape, name: str, *, write: bool) -> int:
    """Add a survey to its lock file where it is new; return the exit status."""
    from mati.build.releases import of_survey
    from mati.diagnostics import Notebook
    from mati.versions import line_of
    from mati.writer.rewrite import rewrite

    path, notes = f"content/{name}.lock", Notebook()
    day = datetime.now(UTC).date().isoformat()
    releases, new = of_survey(project, name, notes), line_of(now, day)
    if not is_new(project, now, name):
        text = _("{path}: nothing new since {date}")
        click.echo(text.format(path=path, date=releases[-1].date))
        return 0
    if not write:
        click.echo(_("{path}: the survey as it stands is not released").format(path=path))
        return 1
    place = shell.root / path
    before = place.read_bytes() if place.exists() else b""
    head = before if before.endswith(b"\n") or not before else before + b"\n"
    if not rewrite(shell.root, path, before, head + new.encode("utf-8") + b"\n", notes):
        show(notes)
        return 1
    text = _("{path}: version {version} released")
    click.echo(text.format(path=path, version=now.version))
    return 0


def _release(
    shell: Shell, project: Project, wanted: Sequence[Source], opened: Notebook, *, write: bool
) -> int:
    """Freeze surveys; one with mistakes or without all its names is refused."""
    status = 0
    for source in wanted:
        now = ready(project, source, opened)
        done = 1 if now is None else freeze(shell, project, now, source.name, write=write)
        status = max(status, done)
    return status


def ready(project: Project, source: Source, opened: Notebook) -> Shape | None:
    """Return what a survey would be released as; None, and why not is shown, where it cannot be."""
    from mati.build import forms, releases
    from mati.diagnostics import Code, Notebook

    notes = Notebook()
    own = {source.path, source.path.removesuffix(".md") + ".lock"}
    notes.extend(found for found in opened if found.span.path in own)
    surveys = forms.read(project, source.name, notes)
    voices = forms.voices(project, tuple(surveys.values()), notes)
    releases.check(project, surveys, voices, notes)
    bare = {Code.NO_ID, Code.NO_CODE}
    urgent = [d for d in notes if d.severity.name == "ERROR" or d.code in bare]
    survey = surveys.get(source.name)
    if not urgent and survey is not None:
        return releases.shape(survey, voices.surveys[survey.name])
    show(urgent)
    text = _("{path}: not released; mend what stands above first.")
    click.echo(text.format(path=source.path), err=True)
    return None


@click.command(
    short_help=_("Write missing ids and codes into surveys."),
    help=_(
        "Write missing ids and codes into surveys: {#visit} behind a question, (good) before an "
        "answer. Everything else stays as it is, to the last blank.\n\n"
        "Example: mati ids customer-service"
    ),
)
@click.argument("surveys", metavar=_("[SURVEY]…"), nargs=-1)
@click.option(
    "--check", is_flag=True, help=_("Write nothing; fail if there is something to write.")
)
@click.option(
    "--release", is_flag=True, help=_("Freeze the names: from now on answers depend on them.")
)
@click.option("--pages", is_flag=True, help=_("Give every page an id too."))
@click.pass_obj
def ids(shell: Shell, *, surveys: tuple[str, ...], check: bool, release: bool, pages: bool) -> int:
    """Write missing ids and codes, or freeze them."""
    from mati.diagnostics import Notebook
    from mati.project import open_project

    notes = Notebook()
    project = open_project(shell.root, notes)
    if release:
        return _release(shell, project, surveys_named(project, surveys), notes, write=not check)
    found: list[Edit] = []
    failed = not project.sources
    for source in surveys_named(project, surveys):
        edits = _edit(shell, project, source, write=not check, pages=pages)
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
