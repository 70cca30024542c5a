"""The commands that make the site: ``build`` and ``serve``."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, complain, message_language, say, show, surveys_named
from mati.diagnostics import Code, Diagnostic, Notebook, Severity, Span

if TYPE_CHECKING:
    from mati.devserver import Translating
    from mati.localise import Traces
    from mati.model import Output
    from mati.writer import Fresh, Written

__all__ = [
    "EDITOR",
    "PORT",
    "commands",
    "counted",
    "make_outputs",
    "served",
    "strict_notes",
    "translating",
]

EDITOR = "MATI_EDITOR"
"""Environment variable: an address that opens ``{path}`` at ``{line}`` in an editor."""
PORT = 8000
"""Where a preview is looked for first."""
_SAID = (
    Code.CARDS_PLAIN,
    Code.SURVEY_CLOSED,
    Code.SURVEY_NOT_OPEN,
    Code.HOST_WITHOUT_HEADERS,
    Code.HOST_WITHOUT_LANGUAGES,
    Code.HOST_NOT_FOR_SHOPS,
    Code.HOST_WITHOUT_FOLDERS,
)
"""Notes that belong to a build: what another day would not have done, and where it goes."""
_TRIES = 20
"""Ports asked after a taken one."""


def _count(notes: Iterable[Diagnostic]) -> dict[Severity, int]:
    counts = dict.fromkeys(Severity, 0)
    for found in notes:
        counts[found.severity] += 1
    return counts


def counted(notes: Iterable[Diagnostic]) -> str:
    """Return how many of each severity, as one line; "" without any."""
    counts = _count(notes)
    words = {
        Severity.ERROR: _("Errors: {count}."),
        Severity.WARNING: _("Warnings: {count}."),
        Severity.NOTE: _("Notes: {count}."),
    }
    return " ".join(words[s].format(count=n) for s, n in counts.items() if n)


def strict_notes(notes: Notebook) -> Notebook:
    """Return the same notes with every warning an error."""
    strict = Notebook()
    strict.extend(
        replace(found, severity=Severity.ERROR) if found.severity is Severity.WARNING else found
        for found in notes
    )
    return strict


def make_outputs(
    root: Path,
    notes: Notebook,
    *,
    sample: bool,
    only: str = "",
    host: str = "",
    preview: bool = False,
    traces: Traces | None = None,
    pseudo: tuple[str, ...] = (),
    invented: bool = False,
) -> tuple[tuple[Output, ...], int, bool]:
    """Make all outputs of a project: them, the number of surveys, and whether private/ is here.

    ``host`` wins over that of ``mati.yaml``; a preview is its own host. ``traces``: every text
    gives account of itself there. ``pseudo``: made-up languages in place of the real ones.
    ``invented``: no real answer is looked at, for pages that others will see.
    """
    from mati.build import Options, build
    from mati.project import open_project

    project = open_project(root, notes)
    surveys_named(project, [only] if only else ())
    if preview:
        settings = replace(project.settings, collect_url="/", host="")
        project = replace(project, settings=settings)
    elif host:
        settings = replace(project.settings, host=host, host_span=Span("--host"))
        project = replace(project, settings=settings)
    project = replace(project, pseudo=pseudo, invented=invented)
    now = datetime.now(UTC)
    options = Options(sample=sample, only=only, now=now, release=not preview, traces=traces)
    outputs = build(project, options, notes)
    return tuple(outputs), len(project.sources), project.has_private


def _hosting(name: str) -> str:
    """Return the name of a web host; refuse one that is not there, and offer the nearest."""
    if not name:
        return ""
    from mati.hosts import hosts

    if hosts.find(name) is None:
        from mati.settings import close_to  # reads YAML, which a known name has no need of

        near, known = close_to(name, hosts.names()), ", ".join(hosts.names())
        text = _("There is no web host called '{name}'. There are: {names}")
        meant = "\n" + _("Did you mean '{name}'?").format(name=near) if near else ""
        raise click.UsageError(text.format(name=name, names=known) + meant)
    return name


def _languages(outputs: Sequence[Output]) -> tuple[str, ...]:
    """Return the languages that have a list of surveys, from the paths of the pages."""
    parts = [output.path.split("/") for output in outputs if output.root == "site"]
    found = {p[0] for p in parts if p[1:] == ["index.html"]}
    return tuple(sorted(found))


def _where(page: str, shell: Shell) -> str:
    """Return where a page of the site is to be opened: from a disk its links lead nowhere, and
    whoever double-clicked drags the site online next.
    """
    from mati.project import open_project

    if not shell.clicked:
        return str(shell.root / "site" / page)
    url = open_project(shell.root, Notebook()).settings.url
    return f"{url}/{page.removesuffix('index.html')}"


def _tell_built(
    outputs: Sequence[Output], surveys: int, written: Written, seconds: float, shell: Shell
) -> str:
    """Return the few lines that say what was built."""
    pages = sum(output.path.endswith(".html") for output in outputs)
    first = _("Built in {seconds} s. Surveys: {surveys}. Languages: {languages}. Pages: {pages}.")
    second = _("Changed files: {changed}, removed: {removed}, unchanged: {unchanged}.")
    lines = [
        first.format(
            seconds=f"{seconds:.1f}",
            surveys=surveys,
            languages=", ".join(_languages(outputs)),
            pages=pages,
        ),
        second.format(
            changed=len(written.changed), removed=len(written.removed), unchanged=written.unchanged
        ),
    ]
    private = sorted(
        (o.path for o in outputs if o.root == "private" and o.path.endswith(".html")),
        key=lambda path: (path.count("/"), path),  # the list of them, where there is one
    )
    if private:
        words = _("Private reports, for you alone: {path}")
        lines.append(words.format(path=shell.root / "private" / private[0]))
    kits = sorted(
        (o.path for o in outputs if o.path.startswith("share/") and o.path.endswith(".html")),
        key=lambda path: (path.count("/"), path),  # in the language of the shop
    )
    if kits:
        words = _("To pass it on, words and codes: {path}")
        lines.append(words.format(path=_where(kits[0], shell)))
    if any(output.root == "hosting" for output in outputs):
        words = _("For whoever looks after the server: {path}")
        lines.append(words.format(path=shell.root / "hosting"))
    if not shell.clicked:
        lines.append(_("To look at the site: {command}").format(command=called("serve")))
    return "\n".join(lines)


def _tell_fresh(found: Fresh) -> str:
    text = _("Nothing has changed: all {count} files stand as they are.")
    lines = [text.format(count=found.outputs)]
    if found.warnings:
        words = _("There were warnings or notes: {count}. To see them: {command}")
        lines.append(words.format(count=found.warnings, command=called("check")))
    return "\n".join(lines)


def _show_urgent(notes: Notebook, shell: Shell) -> None:
    """Show errors, warnings, and what belongs to this build; the rest is for ``check`` to say,
    but for whoever double-clicked, who is shown all of it.
    """
    show(
        note
        for note in notes
        if shell.clicked or note.severity is not Severity.NOTE or note.code in _SAID
    )


def _stop(notes: Notebook, shell: Shell) -> int:
    """Show what stands in the way, say that the old site stands; return the exit status."""
    _show_urgent(notes, shell)
    click.echo(
        counted(notes) + " " + _("Nothing was written; the site stands as it was."), err=True
    )
    return 1


@click.command(
    short_help=_("Build the site."),
    help=_(
        "Build the site from content/ into site/, private reports into private/reports/.\n\n"
        "Nothing is written while there is an error.\n\nExample: mati build --strict"
    ),
)
@click.option("--strict", is_flag=True, help=_("Take every warning for an error."))
@click.option(
    "--sample", is_flag=True, help=_("Show sample answers, marked, where there are none.")
)
@click.option("--only", default="", metavar=_("SURVEY"), help=_("Build the pages of one survey."))
@click.option(
    "--host", default="", metavar=_("HOST"), help=_("Write the control files of this web host.")
)
@click.option("-v", "--verbose", is_flag=True, help=_("Say what was built even when piped."))
@click.pass_obj
def build(shell: Shell, *, strict: bool, sample: bool, only: str, host: str, verbose: bool) -> int:
    """Build the site."""
    from mati import writer

    started = time.perf_counter()
    writer.recover(shell.root)
    options = {"strict": strict, "sample": sample, "only": only, "host": _hosting(host)}
    found = None if shell.clicked else writer.fresh(shell.root, options, datetime.now(UTC))
    if found is not None:
        say(_tell_fresh(found), always=verbose)
        return 0
    sources, notes = writer.stamps(shell.root), Notebook()
    outputs, surveys, has_private = make_outputs(
        shell.root, notes, sample=sample, only=only, host=host
    )
    notes = strict_notes(notes) if strict else notes
    if notes.has_errors():
        return _stop(notes, shell)
    written = writer.write(
        shell.root,
        outputs,
        notes,
        sources=sources,
        options=options,
        keep_reports=not has_private,
    )
    if written is None:
        return _stop(notes, shell)
    _show_urgent(notes, shell)
    seconds = time.perf_counter() - started
    say(_tell_built(outputs, surveys, written, seconds, shell), always=verbose)
    if any(found.code is Code.NO_SITE_URL for found in notes) and not shell.clicked:
        text = _(
            "Links, codes and pictures to pass it on come with the site's address. "
            "Write it in mati.yaml, such as: url: https://example.com"
        )
        say(text, always=verbose)
    if len(notes) and not shell.clicked:
        more = _("To see them: {command}").format(command=called("check"))
        say(f"{counted(notes)} {more}", always=verbose)
    return 0


def translating(
    shell: Shell,
    *,
    sample: bool,
    marked: bool = False,
    pseudo: tuple[str, ...] = (),
    editor: str = "",
) -> Translating:
    """Return what a preview offers translators; ``marked``: unasked."""
    from mati.cli.tallies import progressing
    from mati.devserver import Translating

    def part(notes: Notebook, survey: str, traces: Traces | None) -> tuple[Output, ...]:
        return make_outputs(
            shell.root, notes, sample=sample, only=survey, preview=True, traces=traces,
            pseudo=pseudo,
        )[0]  # fmt: skip

    def make(notes: Notebook, traces: Traces) -> tuple[Output, ...]:
        try:
            return part(notes, "", traces)
        except Exception as problem:
            complain(problem, shell.root)
            raise

    return Translating(
        make=make,
        part=part,
        progress=progressing(shell.root),
        marked=marked,
        editor=editor or os.environ.get(EDITOR, ""),
    )


@click.command(
    short_help=_("Show the site while you write."),
    help=_(
        "Show the site while you write: pages follow each save, mistakes appear on the page,\n"
        "forms can be filled in and sent, and the report counts them. For this computer alone.\n\n"
        "Example: mati serve --open"
    ),
)
@click.option("--port", default=PORT, type=click.IntRange(0, 65535), help=_("The port to use."))
@click.option("--open", "open_browser", is_flag=True, help=_("Open the page in the browser."))
@click.option(
    "--sample", is_flag=True, help=_("Show sample answers, marked, where there are none.")
)
@click.pass_obj
def serve(shell: Shell, *, port: int, open_browser: bool, sample: bool) -> int:
    """Serve a preview."""
    offered = translating(shell, sample=sample)
    return served(shell, port=port, open_browser=open_browser, sample=sample, offered=offered)


def served(
    shell: Shell,
    *,
    port: int,
    open_browser: bool,
    sample: bool,
    offered: Translating,
    pseudo: tuple[str, ...] = (),
    first: str = "",
) -> int:
    """Serve a preview until Ctrl-C; ``first`` is the page that a browser is sent to."""
    from mati import devserver

    last: list[Diagnostic] = []

    def make(notes: Notebook) -> tuple[Output, ...]:
        try:
            return make_outputs(shell.root, notes, sample=sample, preview=True, pseudo=pseudo)[0]
        except Exception as problem:
            complain(problem, shell.root)
            raise

    def ready(found: int) -> None:
        if found != port and port:
            text = _("Port {taken} is taken; using {port} instead.")
            click.echo(text.format(taken=port, port=found))
        address = f"http://localhost:{found}/"
        site, states = f"{address}{first}", f"{address}{devserver.STATUS.removeprefix('/')}"
        click.echo(_("The site:      {address}").format(address=site))
        click.echo(_("Your reports:  {address}").format(address=f"{address}private/reports/"))
        click.echo(_("Translations:  {address}").format(address=states))
        click.echo(_("Pages follow each save. To stop, press Ctrl-C."))
        if open_browser:
            click.launch(site)

    def told(notes: Notebook) -> None:
        if last == list(notes):
            return
        last[:] = notes
        show(notes)
        if notes.has_errors():
            click.echo(_("The last good pages stay until this is mended."), err=True)

    try:
        devserver.serve(
            shell.root,
            make,
            port=port,
            tries=_TRIES,
            ready=ready,
            told=told,
            translate=_,
            language=message_language(),
            translating=offered,
        )
    except devserver.NoPortError:
        text = _("No port from {port} on is free. Name another: mati serve --port 9000")
        click.echo(text.format(port=port), err=True)
        return 1
    return 0


commands: tuple[click.Command, ...] = (build, serve)
