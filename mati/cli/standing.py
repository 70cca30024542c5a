"""The commands that tell how far translations are, and that clear up: ``status`` and ``prune``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, show
from mati.cli.catalogs import LANGUAGE, opened, put
from mati.diagnostics import Notebook, clean
from mati.width import cells

if TYPE_CHECKING:
    from pathlib import Path

    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.merge import Tally

__all__ = ["commands", "prune", "status", "tallies"]

_NUMBERS = ("translated", "outdated", "missing", "identical", "problems", "words_left")
_WIDTH, _LEAST = 80, 8
"""Cells of a line of the table, and what a file's name is left of them at least."""


def tallies(
    root: Path, work: Work, language: str, notes: Notebook
) -> Iterator[tuple[str, str, Tally]]:
    """Yield language, domain and count of every catalogue of one language, or of all."""
    from mati.build.translating import each
    from mati.merge import tally

    for domain, catalog in each(root, work, language, notes):
        code = catalog.path.split("/")[1]
        yield code, domain, tally(work.units(domain, code), catalog)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill a cell of the table up; letters of Khmer and Lao are counted as a terminal does."""
    blank = " " * max(0, width - cells(text))
    return blank + text if right else text + blank


def _heads() -> tuple[str, ...]:
    return (
        _("file"),
        _("done"),
        _("outdated"),
        _("missing"),
        _("identical"),
        _("problems"),
        _("words left"),
    )


def _rows(named: Sequence[tuple[str, Tally]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one language's table; a nought is a dash, so that work left is seen."""
    from mati.merge import total

    every = [*named]
    if len(named) > 1:
        every.append((_("all"), total(one for _name, one in named)))
    for name, one in every:
        yield (name, *(str(getattr(one, number) or "–") for number in _NUMBERS))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; a name too long for the line is cut: names are ASCII."""
    first, *rest = (max(map(cells, column)) for column in zip(*rows, strict=True))
    room = max(_LEAST, min(first, _WIDTH - 2 - sum(rest) - 2 * len(rest)))
    for name, *numbers in rows:
        shown = name if cells(name) <= room else name[: room - 1] + "…"
        ends = (_padded(cell, size, right=True) for cell, size in zip(numbers, rest, strict=True))
        yield "  ".join((f"  {_padded(shown, room)}", *ends)).rstrip()


def _named(language: str) -> str:
    """Return a language by its own name, with its code."""
    from mati.localise import language as speaker

    return f"{speaker(language, language).endonym} ({language})"


def _told(code: str, named: Sequence[tuple[str, Tally]]) -> Iterator[str]:
    """Yield the lines about one language."""
    yield _named(code)
    yield from _table([_heads(), *_rows(named)])
    people: dict[str, list[str]] = {}
    for name, one in named:
        if one.last_translator:
            people.setdefault(one.last_translator, []).append(name)
        if one.damaged:
            yield "  " + _("{path}: damaged, what cannot be read counts as missing").format(
                path=f"locales/{code}/{name}.po"
            )
    for person, files in people.items():
        names = "" if len(files) == len(named) else f" ({', '.join(files)})"
        yield "  " + _("Last translator: {name}").format(name=person) + names


def _records(found: Mapping[str, Sequence[tuple[str, Tally]]]) -> str:
    records = [
        {"language": code, "domain": name, "path": f"locales/{code}/{name}.po", **asdict(one)}
        for code, named in found.items()
        for name, one in named
    ]
    return json.dumps(records, ensure_ascii=False, indent=1)


@click.command(
    short_help=_("Show how far each language is."),
    help=_(
        "Show how far each language is: what is translated, outdated since its source was "
        "re-worded, missing, identical with the source, what has a problem that keeps it off the "
        "page, and how many words are left to translate.\n\nExample: mati i18n status"
    ),
)
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help=_("For machines: a list in JSON."))
@click.pass_obj
def status(shell: Shell, *, language: str, as_json: bool) -> int:
    """Print a table for each language."""
    work, notes = opened(shell, language)
    found: dict[str, list[tuple[str, Tally]]] = {}
    for code, domain, one in tallies(shell.root, work, language, Notebook()):
        found.setdefault(code, []).append((domain, one))
    if as_json:
        click.echo(_records(found))
    else:
        blocks = ("\n".join(_told(code, named)) for code, named in found.items())
        click.echo("\n\n".join(blocks) or _("There is nothing to translate: no second language."))
    if notes.has_errors():
        show(found for found in notes if found.severity.name == "ERROR")
        return 1
    return 0


def _catalogs(root: Path, language: str, notes: Notebook) -> Iterator[tuple[bytes | None, Catalog]]:
    """Go through all catalogues, also those of surveys that are gone, each with its bytes."""
    from mati.build.translating import catalog_of, held

    for code in (language,) if language else _begun(root):
        for place in sorted((root / "locales" / code).glob("*.po")):
            path = f"locales/{code}/{place.name}"
            data = held(root, path)
            yield data, catalog_of(path, data, code, notes)


def _begun(root: Path) -> tuple[str, ...]:
    from mati.model import is_language

    names = {path.parent.name for path in root.glob("locales/*/*.po")}
    return tuple(sorted(filter(is_language, names)))


@click.command(
    short_help=_("Drop translations whose source is gone."),
    help=_(
        "Drop the translations whose source is gone. 'update' keeps them at the end of each file "
        "and takes them up again when the text comes back. It is asked before anything is "
        "dropped.\n\nExample: mati i18n prune km"
    ),
)
@LANGUAGE
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def prune(shell: Shell, *, language: str, yes: bool) -> int:
    """Drop obsolete entries."""
    from mati.merge import text_of

    opened(shell, language)  # refuses a language that nobody began
    notes = Notebook()
    found = list(_catalogs(shell.root, language, notes))
    damaged = [one.path for _data, one in found if one.damaged or any(notes.of(one.path))]
    old = [(data, one) for data, one in found if one.obsolete and one.path not in damaged]
    for path in damaged:
        click.echo(_("{path}: damaged, left as it is").format(path=clean(path)))
    for _data, catalog in old:
        text = _("{path}: {number} translations whose source is gone")
        click.echo(text.format(path=clean(catalog.path), number=len(catalog.obsolete)))
    show(notes)
    if not old:
        click.echo(_("Nothing to drop."))
        return 1 if damaged else 0
    if not (yes or click.confirm(_("Drop them?"), default=False)):
        click.echo(_("Nothing was dropped."))
        return 1
    problems = Notebook()
    for data, catalog in old:
        text = text_of(replace(catalog, obsolete=()))
        put(shell.root, catalog.path, data, text, problems, write=True)
    show(problems)
    return 1 if damaged or problems.has_errors() else 0


commands: tuple[click.Command, ...] = ()
