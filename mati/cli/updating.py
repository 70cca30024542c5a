"""The commands that gather what is to be translated: ``i18n extract``, ``update`` and ``new``."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, save
from mati.cli.abreast import abreast
from mati.cli.catalogs import (
    LANGUAGE,
    asked_for,
    encoded,
    language_of,
    merged,
    put,
    said,
    texts_of,
)
from mati.diagnostics import Diagnostic, Notebook

if TYPE_CHECKING:
    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.merge import Unit

__all__ = ["commands", "extract", "new", "update"]

_MEMORY = ".mati/i18n.json"
_MANY = 400
"""Files from which on it is worth to do them side by side."""
_Job = tuple[str, str, str]
"""Language, domain, digest of its texts."""
_INPUTS = ("content/", "templates/", "mati.yaml", "own:")
"""Of the sources of a build those that words to be translated may come from."""


# --- What was seen the last time -------------------------------------------------------------


def _digest(*parts: bytes) -> str:
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def _digests_of_inputs(root: Path) -> tuple[str, str]:
    """Return the digest of every byte that the texts are made of, and that of the names below
    ``locales/``, on which it depends which files are wanted.
    """
    from mati.writer import scan

    texts, names = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    for key, (path, size, _moment) in sorted(scan(root).items()):
        if key.startswith("locales/"):
            names.update(f"{key}\n".encode())
        elif key.startswith(_INPUTS) and size and not key.endswith((".ttf", ".woff2")):
            texts.update(f"{key}\n{_digest(Path(path).read_bytes())}\n".encode())
    return texts.hexdigest(), names.hexdigest()


@dataclass(slots=True)
class _Memory:
    """What was up to date after the last run: digests of whole files, never their moments.

    It only spares work. Where a byte differs, or the memory cannot be read, all is done anew.
    """

    texts: str = ""
    names: str = ""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Path of a catalogue -> digest of its texts, digest of its bytes."""

    @staticmethod
    def read(root: Path) -> _Memory:
        """Return what is remembered, nothing where it is damaged."""
        try:
            told = json.loads((root / _MEMORY).read_bytes())
            files = {str(path): (str(one), str(two)) for path, (one, two) in told["files"].items()}
            return _Memory(str(told["texts"]), str(told["names"]), files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return _Memory()

    def write(self, root: Path) -> None:
        """Keep it for the next run, if the project takes it."""
        place = root / _MEMORY
        data = json.dumps({"texts": self.texts, "names": self.names, "files": self.files}).encode()
        try:
            place.parent.mkdir(exist_ok=True)
            save(place, data)
        except OSError:
            return

    def holds(self, root: Path, inputs: tuple[str, str], language: str) -> bool:
        """Tell whether nothing can have changed in the catalogues of a language, or of all."""
        lead = f"locales/{language}/" if language else "locales/"
        paths = [path for path in self.files if path.startswith(lead)]
        if not paths or (self.texts, self.names) != inputs:
            return False
        return all(_digest_of(root, path) == self.files[path][1] for path in paths)


def _digest_of(root: Path, path: str) -> str:
    try:
        return _digest((root / path).read_bytes())
    except OSError:
        return ""


# --- Bringing up to date ---------------------------------------------------------------------


def _text(work: Work, language: str, domain: str, old: Catalog, typos: Collection[str]) -> str:
    """Return what the file of a catalogue should hold."""
    from mati.merge import text_of

    units = texts_of(work, language, domain, old)
    return text_of(merged(work, language, domain, units, old, typos=typos))


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run over catalogues: what it may do, what it remembers, what it found."""

    root: Path
    work: Work
    write: bool
    typos: Collection[str] = ()
    memory: _Memory
    notes: Notebook
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    left: int = 0
    """Files that are damaged, or not up to date and not written."""

    def jobs(self, languages: Iterable[str]) -> list[list[_Job]]:
        """Return what is to be done, by languages: language, domain, digest of its texts."""
        from mati import __version__

        known: dict[tuple[str, str], str] = {}
        made: list[list[_Job]] = []
        for language in languages:
            made.append([])
            for domain in self.work.wants(self.root, language):
                key = domain, language if domain == "mati" else ""
                if key not in known:
                    units = _digest_of_units(self.work.units(domain, language))
                    parts = (units, self.work.name, __version__)
                    known[key] = _digest(*(part.encode() for part in parts))
                made[-1].append((language, domain, known[key]))
        return made

    def over_all(
        self, jobs: Sequence[_Job]
    ) -> tuple[dict[str, tuple[str, str]], int, tuple[Diagnostic, ...]]:
        """Bring catalogues up to date; return what was seen, how many are left, what is wrong."""
        part = replace(self, notes=Notebook(), seen={}, left=0)
        for job in jobs:
            part.over(*job)
        return part.seen, part.left, tuple(part.notes)

    def over(self, language: str, domain: str, units: str) -> None:
        """Bring one catalogue up to date; ``units`` is the digest of its texts."""
        from mati.build.translating import catalog_of, held

        path = f"locales/{language}/{domain}.po"
        data = held(self.root, path)
        if data is not None and not self.typos:
            before = (units, _digest(data))
            if self.memory.files.get(path) == before:
                self.seen[path] = before
                return
        count = len(self.notes)
        catalog = catalog_of(path, data, language, self.notes)
        if catalog.damaged or len(self.notes) > count:
            self.left += 1
            click.echo(_("{path}: damaged, left as it is").format(path=path))
            return
        text = _text(self.work, language, domain, catalog, self.typos)
        if not put(self.root, path, data, text, self.notes, write=self.write):
            self.left += 1
        elif not self.typos:  # what was written, not what stands there now: it may be newer
            self.seen[path] = (units, _digest(encoded(text, data or b"")))


def _digest_of_units(units: Iterable[Unit]) -> str:
    return _digest(*(repr((u.context, u.msgid, u.notes, u.files)).encode() for u in units))


def _bring_up_to_date(
    root: Path,
    work: Work,
    notes: Notebook,
    wanted: str,
    *,
    inputs: str = "",
    write: bool,
    typos: Sequence[str] = (),
) -> int:
    """Merge every catalogue; return 1 where a file is damaged, or old and not to be written.

    ``inputs`` is the digest of what ``work`` was read from, taken before it was read.
    """
    run = _Run(
        root=root, work=work, write=write, typos=typos, memory=_Memory.read(root), notes=notes
    )
    jobs = run.jobs((wanted,) if wanted else work.languages)
    many = sum(map(len, jobs)) >= _MANY
    # Half a million entries are made and dropped, none in a circle: to look for circles among
    # them is a third of the time.
    gc.disable()
    try:
        for seen, left, found in abreast(run.over_all, jobs, worthwhile=many):
            run.seen |= seen
            run.left += left
            notes.extend(found)
    finally:
        gc.enable()
    _remember(run, inputs, wanted)
    wrong = said(notes)
    return 1 if run.left or wrong else 0


def _remember(run: _Run, inputs: str, wanted: str) -> None:
    """Keep what was seen; that nothing need be read at all only after a run without a fault."""
    whole = not wanted and not run.left and not run.typos
    files = run.seen if not wanted else {**run.memory.files, **run.seen}
    if run.typos:
        files = run.memory.files
    names = _digests_of_inputs(run.root)[1] if whole else ""
    made = _Memory(inputs if whole else "", names, files)
    if made != run.memory:
        made.write(run.root)


# --- The commands ----------------------------------------------------------------------------


@click.command(
    short_help=_("Gather all words into template files (.pot)."),
    help=_(
        "Gather all words that can be translated into locales/*.pot, one file for each survey, "
        "one for the words of the project: for Weblate and other tools that begin languages from "
        "such files. Mati itself needs none.\n\n"
        "Nothing is written while a survey or a template has a mistake in it.\n\n"
        "Example: mati i18n extract"
    ),
)
@click.option("--check", is_flag=True, help=_("Write nothing; fail if a file is out of date."))
@click.pass_obj
def extract(shell: Shell, *, check: bool) -> int:
    """Write a template of catalogues for each domain."""
    from mati.build.translating import held, work_of
    from mati.merge import write_pot

    notes = Notebook()
    work = work_of(shell.root, notes)
    if said(notes):
        return 1
    texts = {
        f"locales/{domain}.pot": write_pot(units, work.name)
        for domain, units in work.domains.items()
        if units
    }
    done = [
        put(shell.root, path, held(shell.root, path), text, notes, write=not check)
        for path, text in texts.items()
    ]
    return 0 if not said(notes) and all(done) else 1


@click.command(
    short_help=_("Begin a translation into a new language."),
    help=_("Begin a translation into a new language.\n\nExample: mati i18n new fr"),
)
@click.argument("language", metavar=_("LANGUAGE"), callback=language_of)
@click.pass_obj
def new(shell: Shell, *, language: str) -> int:
    """Write the empty files of a language."""
    from mati.build.translating import work_of

    notes = Notebook()
    work = work_of(shell.root, notes, language)
    if language in work.written:
        asked_for(shell.root, work, language)
    if said(notes):
        return 1
    status = _bring_up_to_date(shell.root, work, Notebook(), language, write=True)
    if language not in work.languages:
        text = _("Now add '{language}' to 'languages' in mati.yaml or in the survey.")
        click.echo(text.format(language=language))
    return status


@click.command(
    short_help=_("Bring the translation files up to date."),
    help=_(
        "Bring the translation files up to date with the surveys. Re-worded texts keep their "
        "translation, marked as fuzzy, with the old wording beside it. With --typo ID the text "
        "of that context, or all texts of that question, keep it as good as it was.\n\n"
        "Example: mati i18n update km"
    ),
)
@LANGUAGE
@click.option("--check", is_flag=True, help=_("Write nothing; fail if a file is out of date."))
@click.option(
    "--typo",
    "typos",
    multiple=True,
    metavar=_("ID"),
    help=_("Only a mistake in typing was mended there: translations stay good. May be repeated."),
)
@click.pass_obj
def update(shell: Shell, *, language: str, check: bool, typos: Sequence[str]) -> int:
    """Merge what is to be translated into the files."""
    root = shell.root
    inputs = _digests_of_inputs(root)
    if not typos and _Memory.read(root).holds(root, inputs, language):
        return 0
    from mati.build.translating import work_of  # only now: it takes longer than to look

    notes = Notebook()
    work = work_of(root, notes)
    asked_for(root, work, language)
    contexts = tuple(_contexts(work, typos))
    if said(notes):
        return 1
    return _bring_up_to_date(
        root, work, Notebook(), language, inputs=inputs[0], write=not check, typos=contexts
    )


def _contexts(work: Work, typos: Iterable[str]) -> Iterator[str]:
    """Yield the contexts that are meant by ids: one of them, or a question's; refuse others."""
    known = {unit.context for units in work.domains.values() for unit in units if unit.context}
    for wanted in (part for typo in typos for part in typo.replace(",", " ").split()):
        found = [context for context in sorted(known) if _meant(wanted, context)]
        if not found:
            raise click.UsageError(_no_such(wanted, known))
        yield from found


def _meant(wanted: str, context: str) -> bool:
    """Tell whether a context is ``wanted``, or a part of it, with or without its survey."""
    inside = context.partition(".")[2]
    return any(one == wanted or one.startswith(f"{wanted}.") for one in (context, inside))


def _no_such(wanted: str, known: Collection[str]) -> str:
    from mati.settings import close_to

    names = set(known)
    for context in known:
        parts = context.split(".")
        names |= {".".join(parts[:2]), *parts[1:2]}
    near = close_to(wanted, tuple(sorted(names)))
    if near:
        text = _("No text is called '{name}'. Did you mean '{offer}'?")
        return text.format(name=wanted, offer=near)
    text = _(
        "No text is called '{name}'. The line 'msgctxt' in a .po file tells how each is called."
    )
    return text.format(name=wanted)


commands: tuple[click.Command, ...] = ()
