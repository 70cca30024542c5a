"""What the commands for translators share: which language, which texts, and writing a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, show
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.merge import Unit

__all__ = [
    "LANGUAGE",
    "asked_for",
    "commands",
    "encoded",
    "language_of",
    "merged",
    "opened",
    "put",
    "said",
    "texts_of",
]


def encoded(text: str, old: bytes) -> bytes:
    """Return a text as it is to stand in a file; lines end as they did in the ``old`` one."""
    data = text.encode("utf-8")
    return data.replace(b"\n", b"\r\n") if b"\r\n" in old[:4096] else data


def texts_of(work: Work, language: str, domain: str, old: Catalog) -> Sequence[Unit]:
    """Return the texts of a catalogue, with those of Mati's own that the project says itself."""
    from mati.merge import Unit

    units = work.units(domain, language)
    shipped = work.shipped.get(language, {}) if domain == "mati" else {}
    known = {(unit.context, unit.msgid) for unit in units}
    kept = (
        Unit(context=m.context, msgid=m.msgid, notes=m.notes, files=m.references)
        for key, m in old.messages.items()
        if key in shipped and key not in known
    )
    return (*units, *kept)


def merged(
    work: Work,
    language: str,
    domain: str,
    units: Sequence[Unit],
    old: Catalog,
    *,
    typos: Collection[str] = (),
) -> Catalog:
    """Return a catalogue as it should be; the language is its folder's, whatever its head says."""
    from mati.localise.letters import digits
    from mati.merge import head_of, merge

    messages, gone = merge(units, old, typos=typos)
    title = f"{work.name} ({domain})"
    head = old.head or head_of(language, work.name, title, digits(language))
    by_key = {message.key: message for message in messages}
    return replace(old, messages=by_key, obsolete=gone, head=head)


def put(
    root: Path, path: str, old: bytes | None, text: str, notes: Notebook, *, write: bool
) -> bool:
    """Make a file hold ``text``, and say so; tell whether it does now.

    ``old`` is what it held when ``text`` was made of it: where somebody has saved it since then
    it is left alone, and ``notes`` say so. A file whose lines end as on Windows keeps that.
    Without ``write`` it is only said.
    """
    from mati.writer.rewrite import rewrite

    data = encoded(text, old or b"")
    if old == data:
        return True
    if write and not rewrite(root, path, old or b"", data, notes):
        return False
    told = _("{path}: not up to date")
    if write:
        told = _("{path}: new") if old is None else _("{path}: brought up to date")
    click.echo(told.format(path=path))
    return write


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


def _cased(part: str) -> str:
    """Return a part of a language's code as it is written by rule (RFC 5646, 2.1.1)."""
    sizes = {2: str.upper, 4: str.title}  # a region, a script
    return sizes.get(len(part), str)(part)


def language_of(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Return the code of a language, "" for none; refuse a word that only looks like one."""
    from babel import localedata

    from mati.model import is_language

    if not value:
        return ""
    first, *rest = value.replace("_", "-").split("-")
    # On many disks km-kh and km-KH are one folder, and everywhere they are one language.
    code = "-".join((first, *map(_cased, rest)))
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
