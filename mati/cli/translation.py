"""The commands for translators: the group ``i18n``, and what it checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, exchanging, show, standing, updating
from mati.cli.catalogs import LANGUAGE, asked_for
from mati.cli.githost import LAYOUT, remarks_of, tell

if TYPE_CHECKING:
    from pathlib import Path

    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.diagnostics import Notebook

__all__ = ["commands", "i18n"]

_MISSING = 10
"""Texts without a translation that are named of one file."""


@click.group(
    short_help=_("Translate surveys and the site."),
    help=_("Translate surveys and the site.\n\nExample: mati i18n update"),
)
def i18n() -> None:
    """Hold the commands for translators together."""


@i18n.command(
    short_help=_("Find everything a translator should mend."),
    help=_("Find everything a translator should mend.\n\nExample: mati i18n check km"),
)
@LANGUAGE
@click.option("--strict", is_flag=True, help=_("Take every warning for an error."))
@LAYOUT
@click.pass_obj
def check(shell: Shell, *, language: str, strict: bool, layout: str) -> int:
    """Check every message; whatever is wrong for certain fails, what is doubtful is told."""
    from mati.build.rooms import rooms
    from mati.build.translating import each, kept_by_authors, strays, work_of
    from mati.diagnostics import Code, Notebook, Span
    from mati.merge import check_units, united, units_of
    from mati.project import open_project

    notes = Notebook()
    work = work_of(shell.root, Notebook())
    asked_for(shell.root, work, language)
    room = rooms(open_project(shell.root, Notebook()))
    looked_at, keep = set(), kept_by_authors(shell.root)
    for domain, catalog in each(shell.root, work, language, notes):
        looked_at.add(catalog.path)
        units = work.units(domain, catalog.path.split("/")[1])
        if domain == "mati" and work.shipped:
            units = united((*units, *units_of(catalog)))
        check_units(units, catalog, notes, rooms=room.get(domain), keep=keep)
    for domain, catalog in _overrides(shell.root, work, language, notes):
        if catalog.path not in looked_at:
            check_units(units_of(catalog), catalog, notes, rooms=room.get(domain), keep=keep)
    for path, offer in strays(shell.root, work):
        here = f"locales/{language}/"
        if not language or path.startswith(here) or offer.startswith(here):
            notes.note(Code.PO_STRAY, Span(path), path=path, offer=offer)
    notes = _judged(notes, strict=strict)
    _tell(notes, layout, shell.root)
    return 1 if notes.has_errors() else 0


def _overrides(
    root: Path, work: Work, wanted: str, notes: Notebook
) -> Iterator[tuple[str, Catalog]]:
    """Go through the files in which a project says in its own words what Mati says."""
    from mati.build.translating import catalog_of, held

    for language in (wanted,) if wanted else work.languages:
        for domain in ("mati", "mati-cli"):
            path = f"locales/{language}/{domain}.po"
            if (root / path).is_file() and (work.shipped or domain not in work.domains):
                yield domain, catalog_of(path, held(root, path), language, notes)


def _judged(notes: Notebook, *, strict: bool) -> Notebook:
    """Return the same notes: an error is what is wrong for certain, or all of it (``strict``)."""
    from mati.catalog import DOUBTS
    from mati.diagnostics import Notebook, Severity

    judged = Notebook()
    judged.extend(
        found if found.code in DOUBTS and not strict else replace(found, severity=Severity.ERROR)
        for found in notes
    )
    return judged


def _tell(notes: Notebook, layout: str, root: Path) -> None:
    """Print what was found, as people, programs or a Git host want it."""
    from mati.cli.site import counted

    if layout == "github":
        tell(remarks_of(notes), root)
        return
    if layout != "human":
        show(notes, layout, error=False)
        return
    shown, more = _abridged(notes)
    show(shown, error=False)
    for path, count in more.items():
        click.echo(f"{path}: " + _("And more: {count}.").format(count=count))
    click.echo(counted(notes) or _("No problems."))


def _abridged(notes: Notebook) -> tuple[Notebook, dict[str, int]]:
    """Return what a person can read, and how many texts of each file lack a translation besides.

    A file just begun would bury every mistake under what is plain to see.
    """
    from mati.diagnostics import Code, Notebook

    missing: Counter[str] = Counter()
    shown = Notebook()
    for found in notes:
        if found.code is Code.NOT_TRANSLATED:
            missing[found.span.path] += 1
            if missing[found.span.path] > _MISSING:
                continue
        shown.extend((found,))
    more = {path: count - _MISSING for path, count in missing.items() if count > _MISSING}
    return shown, more


for _command in (
    updating.extract,
    updating.update,
    updating.new,
    standing.status,
    standing.prune,
    exchanging.export,
    exchanging.import_,
):
    i18n.add_command(_command)

commands: tuple[click.Command, ...] = (i18n,)
