"""The commands for translators: ``i18n new``, ``update``, ``check`` and ``status``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, save, show

if TYPE_CHECKING:
    from mati.catalog import Catalog
    from mati.diagnostics import Notebook
    from mati.merge import Unit

__all__ = ["commands"]

_OURS = (
    "mati/cli/*.py",
    "mati/devserver/*.py",
    "mati/formservice/*.py",
    "mati/followups/notices.py",
    "mati/diagnostics/*.py",
)
"""Where the sentences of the commands stand, in Mati's own repository."""
_PAGES = (
    "templates/**/*.html",
    "mati/questions/*/*.html",
    "mati/blocks/*/*.html",
    "mati/boards/*/*.html",
)
_PAGES_IN_CODE = (
    "mati/render/*.py",
    "mati/build/*.py",
    "mati/report/*.py",
    "mati/pages.py",
    "mati/questions/*/*.py",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is to be translated: the languages wanted, and the texts of each domain."""

    languages: tuple[str, ...]
    domains: Mapping[str, tuple[Unit, ...]]
    name: str


def _texts(root: Path, *patterns: str) -> dict[str, str]:
    files = sorted({path for pattern in patterns for path in root.glob(pattern)})
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def _own_domains(root: Path) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    """Yield Mati's own two domains, in its repository only."""
    codes = "mati/diagnostics/sentences/"
    if not (root / codes).is_dir():
        return
    from mati.merge import from_codes, from_python, from_templates, united

    pages = from_templates(_texts(root, *_PAGES))
    yield "mati", united((*pages, *from_python(_texts(root, *_PAGES_IN_CODE))))
    yield "mati-cli", united((*from_python(_texts(root, *_OURS)), *from_codes(codes)))


def _work(root: Path, notes: Notebook) -> _Work:
    """Read the project: what has words, and which languages are wanted."""
    from mati.build import forms
    from mati.build import plain as plain_pages
    from mati.merge import of_node
    from mati.project import open_project

    project = open_project(root, notes)
    surveys = forms.read(project, "", notes)
    domains = {name: of_node(survey) for name, survey in surveys.items()}
    plain = plain_pages.read(project, notes)
    words = plain_pages.read_reports(project, surveys, notes)
    texts = (*surveys.values(), *plain.values(), *words.values())
    domains["site"] = of_node((project.settings, *texts), site=True)
    domains.update(_own_domains(root))
    languages = {code for survey in surveys.values() for code in survey.languages}
    sources = {survey.language for survey in surveys.values()} or {"en"}
    name = project.settings.name.source if project.settings.name else root.name
    return _Work(
        languages=tuple(sorted((languages | set(project.settings.languages)) - sources)),
        domains=domains,
        name=name,
    )


def _catalog(root: Path, path: str, language: str, notes: Notebook) -> Catalog:
    from mati.catalog import Catalog, decode_po, read_po

    if (root / path).is_file():
        return read_po(decode_po(path, (root / path).read_bytes(), notes), notes)
    return Catalog(language=language, path=path)


def _merged(work: _Work, domain: str, old: Catalog) -> str:
    """Return what the file should be."""
    from mati.merge import head_of, merge, write_po

    messages, gone = merge(work.domains[domain], old)
    return write_po(old.head or head_of(old.language, work.name), messages, gone)


def _bring_up_to_date(root: Path, work: _Work, notes: Notebook, wanted: str, *, write: bool) -> int:
    """Merge every catalogue; return 1 where a file is damaged, or old and not to be written."""
    old = 0
    for language in (wanted,) if wanted else work.languages:
        for domain in work.domains:
            path = f"locales/{language}/{domain}.po"
            catalog = _catalog(root, path, language, notes)
            if catalog.damaged:
                old += 1
                click.echo(_("{path}: damaged, left as it is").format(path=path))
                continue
            text = _merged(work, domain, catalog)
            stands = root / path
            if stands.is_file() and stands.read_bytes().decode("utf-8", "replace") == text:
                continue
            if write:
                known = stands.is_file()
                stands.parent.mkdir(parents=True, exist_ok=True)
                save(stands, text.encode("utf-8"))
                told = _("{path}: brought up to date") if known else _("{path}: new")
                click.echo(told.format(path=path))
            else:
                old += 1
                click.echo(_("{path}: not up to date").format(path=path))
    show(notes)
    return 1 if old or notes.has_errors() else 0


def _each(root: Path, work: _Work, wanted: str, notes: Notebook) -> Iterator[tuple[str, Catalog]]:
    """Go through the catalogues of one language, or of all."""
    for language in (wanted,) if wanted else work.languages:
        for domain in work.domains:
            yield domain, _catalog(root, f"locales/{language}/{domain}.po", language, notes)


@click.group(
    short_help=_("Translate surveys and the site."),
    help=_("Translate surveys and the site.\n\nExample: mati i18n update"),
)
def i18n() -> None:
    """Hold the commands for translators together."""


def _language(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
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


def _asked_for(root: Path, work: _Work, language: str) -> None:
    """Refuse a language that nobody asked for and nobody has begun: most likely mistyped."""
    if language and language not in work.languages and not (root / "locales" / language).is_dir():
        text = _("There is no translation into '{language}'. To begin one: {command}")
        command = called(f"i18n new {language}")
        raise click.UsageError(text.format(language=language, command=command))


@i18n.command(
    short_help=_("Begin a translation into a new language."),
    help=_("Begin a translation into a new language.\n\nExample: mati i18n new fr"),
)
@click.argument("language", metavar=_("LANGUAGE"), callback=_language)
@click.pass_obj
def new(shell: Shell, *, language: str) -> int:
    """Write the empty files of a language."""
    from mati.diagnostics import Notebook

    notes = Notebook()
    work = _work(shell.root, notes)
    status = _bring_up_to_date(shell.root, work, notes, language, write=True)
    if language not in work.languages:
        text = _("Now add '{language}' to 'languages' in mati.yaml or in the survey.")
        click.echo(text.format(language=language))
    return status


@i18n.command(
    short_help=_("Bring the translation files up to date."),
    help=_(
        "Bring the translation files up to date with the surveys. Re-worded texts keep their "
        "translation, marked as fuzzy, with the old wording beside it.\n\n"
        "Example: mati i18n update km"
    ),
)
@click.argument("language", metavar=_("[LANGUAGE]"), required=False, callback=_language)
@click.option("--check", is_flag=True, help=_("Write nothing; fail if a file is out of date."))
@click.pass_obj
def update(shell: Shell, *, language: str, check: bool) -> int:
    """Merge what is to be translated into the files."""
    from mati.diagnostics import Notebook

    notes = Notebook()
    work = _work(shell.root, notes)
    _asked_for(shell.root, work, language)
    return _bring_up_to_date(shell.root, work, notes, language, write=not check)


@i18n.command(
    short_help=_("Find everything a translator should mend."),
    help=_("Find everything a translator should mend.\n\nExample: mati i18n check km"),
)
@click.argument("language", metavar=_("[LANGUAGE]"), required=False, callback=_language)
@click.option("--strict", is_flag=True, help=_("Take every warning for an error."))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["human", "json", "github"]),
    default="human",
    help=_("For people, for programs, or as annotations of a Git host."),
)
@click.pass_obj
def check(shell: Shell, *, language: str, strict: bool, layout: str) -> int:
    """Check every message; whatever is wrong for certain fails, what is doubtful is told."""
    from mati.build.rooms import rooms
    from mati.diagnostics import Notebook
    from mati.merge import check_units, units_of
    from mati.project import open_project

    notes = Notebook()
    work = _work(shell.root, Notebook())
    _asked_for(shell.root, work, language)
    room = rooms(open_project(shell.root, Notebook()))
    for domain, catalog in _each(shell.root, work, language, notes):
        check_units(work.domains[domain], catalog, notes, rooms=room.get(domain))
    for domain, catalog in _overrides(shell.root, work, language, notes):
        check_units(units_of(catalog), catalog, notes, rooms=room.get(domain))
    notes = _judged(notes, strict=strict)
    _tell(notes, layout, shell.root)
    return 1 if notes.has_errors() else 0


def _overrides(
    root: Path, work: _Work, wanted: str, notes: Notebook
) -> Iterator[tuple[str, Catalog]]:
    """Go through the files in which a project says in its own words what Mati says."""
    for language in (wanted,) if wanted else work.languages:
        for domain in ("mati", "mati-cli"):
            path = f"locales/{language}/{domain}.po"
            if domain not in work.domains and (root / path).is_file():
                yield domain, _catalog(root, path, language, notes)


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
    from mati.cli.githost import remarks_of, tell
    from mati.cli.site import counted

    if layout == "github":
        tell(remarks_of(notes), root)
        return
    show(notes, layout, error=False)
    if layout == "human":
        click.echo(counted(notes) or _("No problems."))


@i18n.command(
    short_help=_("Show how far each language is."),
    help=_("Show how far each language is.\n\nExample: mati i18n status"),
)
@click.pass_obj
def status(shell: Shell) -> int:
    """Print a line for each file."""
    from mati.diagnostics import Notebook
    from mati.merge import count_units

    work = _work(shell.root, Notebook())
    for domain, catalog in _each(shell.root, work, "", Notebook()):
        state = count_units(work.domains[domain], catalog)
        line = _("{path}: {good} of {total} translated, {outdated} outdated, {missing} missing")
        click.echo(line.format(path=catalog.path, **state))
    return 0


commands: tuple[click.Command, ...] = (i18n,)
