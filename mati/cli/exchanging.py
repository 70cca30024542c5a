"""Translations as a table for people without tools: ``i18n export`` and ``i18n import``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, save, show
from mati.cli.catalogs import language_of, merged, opened, put, texts_of
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.merge import Unit

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The files of a language, by domain: what they hold, their texts, what they say of them.

    A catalogue is as ``update`` would write it, so that sheets hold all texts of today.
    """

    data: Mapping[str, bytes | None]
    texts: Mapping[str, Sequence[Unit]]
    catalogs: Mapping[str, Catalog]


def _read(
    root: Path, work: Work, language: str, domains: Sequence[str], notes: Notebook
) -> _Known | None:
    """Read the catalogues of a language; None where one of ``domains`` is damaged: that is said."""
    from mati.build.translating import catalog_of, held

    data, texts, catalogs = {}, {}, {}
    for domain in work.wants(root, language):
        path = f"locales/{language}/{domain}.po"
        data[domain] = held(root, path)
        old = catalog_of(path, data[domain], language, notes)
        texts[domain] = texts_of(work, language, domain, old)
        catalogs[domain] = merged(work, language, domain, texts[domain], old)
    found = (catalogs[domain] for domain in domains)
    damaged = [one.path for one in found if one.damaged or any(notes.of(one.path))]
    for path in sorted(damaged):
        click.echo(_("{path}: damaged, left as it is").format(path=path), err=True)
    return None if damaged else _Known(data=data, texts=texts, catalogs=catalogs)


def _keep_sheet(path: Path, known: _Known, language: str) -> None:
    """Refuse to write over a table that somebody filled in and nobody has brought back yet."""
    from mati.merge import decode_sheet, read_rows, taken

    if not path.is_file():
        return
    unheard = Notebook()
    text = decode_sheet(path.name, path.read_bytes(), unheard)
    rows = read_rows(path.name, text, unheard) if text is not None else ()
    if taken(path.name, rows, known.texts, known.catalogs, unheard):
        told = _(
            "'{path}' holds translations that were not taken yet. To take them: {command}. "
            "To write another table, name it with --out."
        )
        command = called(f"i18n import {language} {path}")
        raise click.UsageError(told.format(path=path, command=command))


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
    known = _read(shell.root, work, language, domains, notes)
    show([one for one in (*mistakes, *notes) if one.severity.name == "ERROR"])
    if known is None or mistakes.has_errors():
        show(one for one in notes if one.severity.name != "ERROR")
        return 1
    before = _("The translation was made for: {text}")
    rows = [
        row
        for domain in domains
        for row in rows_of(domain, known.texts[domain], known.catalogs[domain], before)
        if not todo or row[-1] != "translated"
    ]
    path = out or shell.root / f"translation-{language}.csv"
    _keep_sheet(path, known, language)
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
    from mati.merge import decode_sheet, read_rows, taken, text_of

    work, mistakes = opened(shell, language)
    domains = tuple(work.wants(shell.root, language))
    notes = Notebook()
    known = _read(shell.root, work, language, domains, notes)
    if known is None or mistakes.has_errors():
        show([*(one for one in mistakes if one.severity.name == "ERROR"), *notes])
        return 1
    text = decode_sheet(sheet.name, sheet.read_bytes(), notes)
    rows = read_rows(sheet.name, text, notes) if text is not None else ()
    changed = taken(sheet.name, rows, known.texts, known.catalogs, notes)
    show(notes)
    if notes.has_errors():
        click.echo(_("Nothing was taken. Mend what is named above, then import again."))
        return 1
    problems = Notebook()
    for domain, catalog in changed.items():
        old, new = known.catalogs[domain].messages, catalog.messages
        count = sum(message != old.get(key) for key, message in new.items())
        told = _("{path}: {number} translations taken")
        if dry_run:
            told = _("{path}: {number} translations would be taken")
        click.echo(told.format(path=catalog.path, number=count))
        if not dry_run:
            made, before = text_of(catalog), known.data[domain]
            put(shell.root, catalog.path, before, made, problems, write=True)
    if not changed:
        click.echo(_("The table says nothing new."))
    show(problems)
    return 1 if len(notes) or problems.has_errors() else 0


commands: tuple[click.Command, ...] = ()
