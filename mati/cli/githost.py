"""Remarks on a project in; annotations on a Git host, and a summary of the step, out.

What the host tells a step stands in its environment: GitHub Docs, "Variables reference".
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

import click

from mati.cli import _, in_words
from mati.diagnostics import Diagnostic, Remark, annotated, below, remark, summary

__all__ = ["LAYOUT", "commands", "folder_of", "remarks_of", "tell"]

LAYOUT = click.option(
    "--format",
    "layout",
    type=click.Choice(["human", "json", "github"]),
    default="human",
    help=_("For people, for programs, or as annotations of a Git host."),
)
"""How a command that checks says what it found."""


def remarks_of(notes: Iterable[Diagnostic]) -> tuple[Remark, ...]:
    """Return what is said of each mistake, in the user's language."""
    return tuple(remark(found, in_words) for found in notes)


def folder_of(root: Path, environment: Mapping[str, str]) -> str:
    """Return where a project lies in the repository the host has checked out, "" for its top."""
    top = environment.get("GITHUB_WORKSPACE", "")
    try:
        place = root.resolve().relative_to(Path(top).resolve()) if top else Path()
    except ValueError:  # a project from elsewhere
        return ""
    return "" if place == Path() else place.as_posix()


def _further(level: str, count: int) -> str:
    texts = {
        "error": _("Further errors: {count}. The summary of this run lists all of them."),
        "warning": _("Further warnings: {count}. The summary of this run lists all of them."),
        "notice": _("Further notes: {count}. The summary of this run lists all of them."),
    }
    return texts[level].format(count=count)


def _link(one: Remark) -> str:
    """Return the address of a line as it was written: Markdown has no lines once it is drawn."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, revision = (os.environ.get(name, "") for name in names)
    if not (server and repository and revision):
        return ""
    return f"{server}/{repository}/blob/{revision}/{quote(one.path)}?plain=1#L{one.line}"


def _summary(remarks: tuple[Remark, ...]) -> str:
    words = {
        "where": _("Where"),
        "what": _("What is wrong"),
        "instead": _("What to write"),
        "error": _("error"),
        "warning": _("warning"),
        "notice": _("note"),
    }
    left_out = _("And {count} more.")
    table = summary(remarks, words, _link, lambda count: left_out.format(count=count))
    counts = {level: sum(one.level == level for one in remarks) for level in words}
    told = {
        "error": _("Errors: {count}."),
        "warning": _("Warnings: {count}."),
        "notice": _("Notes: {count}."),
    }
    head = " ".join(
        text.format(count=counts[level]) for level, text in told.items() if counts[level]
    )
    more = [_("The site stays as it was until the errors are mended.")] if counts["error"] else []
    return "\n\n".join((f"### Mati: {head or _('No problems.')}", *more, table)).rstrip() + "\n"


def tell(found: Iterable[Remark], root: Path) -> None:
    """Print annotated, and append a table to the summary of the step where there is one."""
    folder = folder_of(root, os.environ)
    remarks = tuple(below(folder, one) for one in found)
    for line in annotated(remarks, _further, _):
        click.echo(line)
    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(_summary(remarks))
    except OSError as problem:  # what was found is told above; a summary is for comfort
        text = _("The computer refused: {reason}")
        click.echo(text.format(reason=problem.strerror or type(problem).__name__), err=True)


commands: tuple[click.Command, ...] = ()
