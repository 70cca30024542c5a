"""Translations as a table for people without tools: ``i18n export`` and ``i18n import``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, save, show
from mati.cli.catalogs import language_of, opened, put
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    from mati.build.translating import Work
    from mati.catalog import Catalog

__all__ = ["commands", "export", "import_"]

_COMMANDS = "mati-cli"
"""The words of the commands: no translator of a survey is asked for them unless by name."""
_NEEDED = click.argument("language", metavar=_("LANGUAGE"), callback=language_of)


def _domains(root: Path, work: Work, language: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the files that are meant; refuse a name that none has."""
    known = tuple(work.wants(root, language))
    for name in wanted:
        if name not in known:
            text = _("There is no survey called '{name}'. There are: {names}")
            raise click.UsageError(text.format(name=name, names=", ".join(known)))
    return tuple(d for d in known if (d in wanted if wanted else d != _COMMANDS))


def _current(root: Path, work: Work, language: str, domain: str, notes: Notebook) -> Catalog:
    """Return a catalogue as ``update`` would write it, so that sheets hold all texts of today."""
    from mati.build.translating import catalog_of
    from mati.localise.letters import digits
    from mati.merge import head_of, merge

    found = catalog_of(root, f"locales/{language}/{domain}.po", language, notes)
    messages, gone = merge(work.units(domain, language), found)
    title = f"{work.name} ({domain})"
    head = found.head or head_of(language, work.name, title, digits(language))
    by_key = {message.key: message for message in messages}
    return replace(found, messages=by_key, obsolete=gone, head=head)


def _read(
    root: Path, work: Work, language: str, domains: Sequence[str], notes: Notebook
) -> dict[str, Catalog] | None:
    """Return the catalogues of a language; None where one is damaged, which is said."""
    found = {domain: _current(root, work, language, domain, notes) for domain in domains}
    damaged = {one.path for one in found.values() if one.damaged or list(notes.of(one.path))}
    for path in sorted(damaged):
        click.echo(_("{path}: damaged, left as it is").format(path=path), err=True)
    return None if damaged else found


@click.command(
    short_help=_("Write translations as a table for Excel or LibreOffice."),
    help=_(
        "Write the translations into a language as a table (CSV) for Excel or LibreOffice, to be "
        "filled in and brought back with 'i18n import'. Without SURVEY: all surveys and the words "
        "of the project.\n\nExample: mati i18n export km"
    ),
)
@_NEEDED
@click.argument("surveys", nargs=-1, metavar=_("[SURVEY]"))
@click.option("--todo", is_flag=True, help=_("Only what is missing or outdated."))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("The file to write; without it translation-LANGUAGE.csv in the project."),
)
@click.pass_obj
def export(
    shell: Shell, *, language: str, surveys: Sequence[str], todo: bool, out: Path | None
) -> int:
    """Write a table of translations."""
    from mati.merge import COLUMNS, rows_of
    from mati.spreadsheet import table

    work, mistakes = opened(shell, language)
    domains = _domains(shell.root, work, language, surveys)
    notes = Notebook()
    catalogs = _read(shell.root, work, language, domains, notes)
    show([one for one in (*mistakes, *notes) if one.severity.name == "ERROR"])
    if catalogs is None or mistakes.has_errors():
        show(one for one in notes if one.severity.name != "ERROR")
        return 1
    before = _("The translation was made for: {text}")
    rows = [
        row
        for domain, catalog in catalogs.items()
        for row in rows_of(domain, work.units(domain, language), catalog, before)
        if not todo or row[-1] != "translated"
    ]
    path = out or shell.root / f"translation-{language}.csv"
    save(path, table([COLUMNS, *rows], exact=True).encode("utf-8"))
    click.echo(str(path))
    return 0


@click.command(
    "import",
    short_help=_("Take translations from a table."),
    help=_(
        "Take translations from a table that 'i18n export' wrote and a spreadsheet saved. Nothing "
        "is written while a row has a mistake in it; a row whose source was re-worded meanwhile "
        "is named and left out, an empty translation takes nothing back.\n\n"
        "Example: mati i18n import km translation-km.csv"
    ),
)
@_NEEDED
@click.argument(
    "sheet",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("SHEET"),
)
@click.option("--dry-run", is_flag=True, help=_("Show what would change, and change nothing."))
@click.pass_obj
def import_(shell: Shell, *, language: str, sheet: Path, dry_run: bool) -> int:
    """Take a table of translations."""
    from mati.merge import decode_sheet, read_rows, taken, write_po

    work, mistakes = opened(shell, language)
    domains = tuple(work.wants(shell.root, language))
    notes = Notebook()
    catalogs = _read(shell.root, work, language, domains, notes)
    if catalogs is None or mistakes.has_errors():
        show([*(one for one in mistakes if one.severity.name == "ERROR"), *notes])
        return 1
    text = decode_sheet(sheet.name, sheet.read_bytes(), notes)
    rows = read_rows(sheet.name, text, notes) if text is not None else ()
    texts = {domain: work.units(domain, language) for domain in domains}
    changed = taken(sheet.name, rows, texts, catalogs, notes)
    show(notes)
    if notes.has_errors():
        click.echo(_("Nothing was taken. Mend what is named above, then import again."))
        return 1
    for domain, catalog in changed.items():
        old, new = catalogs[domain].messages, catalog.messages
        count = sum(message != old.get(key) for key, message in new.items())
        told = _("{path}: {number} translations taken")
        if dry_run:
            told = _("{path}: {number} translations would be taken")
        click.echo(told.format(path=catalog.path, number=count))
        if catalog.head is not None and not dry_run:
            made = write_po(catalog.head, catalog.messages.values(), catalog.obsolete)
            put(shell.root, catalog.path, made, write=True)
    if not changed:
        click.echo(_("The table says nothing new."))
    return 1 if len(notes) else 0


commands: tuple[click.Command, ...] = ()
