"""What the commands for translators share: which language, which texts, and writing a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, save, show
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    from mati.build.translating import Work

__all__ = ["LANGUAGE", "asked_for", "commands", "encoded", "language_of", "opened", "put", "said"]


def encoded(text: str, old: bytes) -> bytes:
    """Return a text as it is to stand in a file; lines end as they did in the ``old`` one."""
    data = text.encode("utf-8")
    return data.replace(b"\n", b"\r\n") if b"\r\n" in old[:4096] else data


def put(root: Path, path: str, text: str, *, write: bool) -> bool:
    """Make a file hold ``text``, and say so; tell whether it did not before.

    A file whose lines end as on Windows keeps that. Without ``write`` it is only said.
    """
    place = root / path
    known = place.is_file()
    old = place.read_bytes() if known else b""
    data = encoded(text, old)
    if old == data:
        return False
    if write:
        place.parent.mkdir(parents=True, exist_ok=True)
        save(place, data)
        told = _("{path}: brought up to date") if known else _("{path}: new")
    else:
        told = _("{path}: not up to date")
    click.echo(told.format(path=path))
    return True


def said(notes: Notebook) -> bool:
    """Show what forbids writing, and what is wrong with catalogues; tell whether anything does.

    What else an author could do better is for ``check`` to say.
    """
    kept = Notebook()
    kept.extend(
        found
        for found in notes
        if found.severity.name == "ERROR" or found.span.path.startswith("locales/")
    )
    show(kept)
    return notes.has_errors()


def language_of(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Return the code of a language, "" for none; refuse a word that only looks like one."""
    from babel import localedata

    from mati.model import is_language

    if not value:
        return ""
    code = value.replace("_", "-")
    first = code.partition("-")[0]
    # Not what Babel guesses: it takes the word 'Lao' for Lao as spoken in Laos, 'lo-LA'.
    if not is_language(code) or not localedata.exists(first):
        text = _("'{text}' is no language code. Write for example: km, lo, fr, pt-BR")
        raise click.BadParameter(text.format(text=value))
    return code


LANGUAGE = click.argument("language", metavar=_("[LANGUAGE]"), required=False, callback=language_of)


def asked_for(root: Path, work: Work, language: str) -> None:
    """Refuse a language that nobody asked for and nobody has begun: most likely mistyped.

    So is the one in which everything is written: there is nothing to translate into it.
    """
    if language in work.written and language not in work.languages:
        text = _("The surveys are written in '{language}'; there are translations into: {names}")
        names = ", ".join(work.languages) or "–"
        raise click.UsageError(text.format(language=language, names=names))
    if language and language not in work.languages and not (root / "locales" / language).is_dir():
        text = _("There is no translation into '{language}'. To begin one: {command}")
        command = called(f"i18n new {language}")
        raise click.UsageError(text.format(language=language, command=command))


def opened(shell: Shell, language: str) -> tuple[Work, Notebook]:
    """Return what is to be translated, where nothing is written; refuse an unknown language."""
    from mati.build.translating import work_of

    notes = Notebook()
    work = work_of(shell.root, notes)
    asked_for(shell.root, work, language)
    return work, notes


commands: tuple[click.Command, ...] = ()
