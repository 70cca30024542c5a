"""How far each file of translations is, for the status page of the preview.

The counting is that of ``mati.merge``; ``progressing`` is the one place that asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mati.build.translating import Work
    from mati.catalog import Catalog
    from mati.devserver import Left, Progress
    from mati.merge import Unit

__all__ = ["commands", "progress", "progressing"]

_SHARED = ("site", "mati", "mati-cli")
"""Domains that belong to no survey: they are seen on the list of all."""


def _left(units: Sequence[Unit], catalog: Catalog) -> Iterator[Left]:
    """Yield what wants a translator, in the order of the file."""
    from mati.catalog import state_of
    from mati.devserver import Left

    for unit in units:
        found = catalog.find(unit.context, unit.msgid)
        state = state_of(unit.msgid, found, rich=unit.rich)
        if state != "good":
            line = found.line if found else 0
            yield Left(state=state, context=unit.context, source=unit.msgid, line=line)


def _progress(language: str, domain: str, units: Sequence[Unit], catalog: Catalog) -> Progress:
    from mati.devserver import Progress
    from mati.localise import endonym
    from mati.merge import tally

    counts = tally(units, catalog)
    return Progress(
        language=language,
        endonym=endonym(language),
        domain=domain,
        path=catalog.path,
        total=counts.texts,
        good=counts.translated,
        outdated=counts.outdated,
        missing=counts.missing,
        identical=counts.identical,
        problems=counts.problems,
        words=counts.words_left,
        address="" if domain in _SHARED else f"{domain}/",
        left=tuple(_left(units, catalog)),
    )


def progress(root: Path) -> tuple[Progress, ...]:
    """Return how far each file is, language by language, in the order of the domains."""
    return progressing(root)()


def progressing(root: Path) -> Callable[[], tuple[Progress, ...]]:
    """Return what tells how far each file is, again and again.

    What there is to translate is read anew only when something else than a translation was
    saved: of all words of Mati itself it takes twenty times as long as their translations.
    """
    from mati.build.translating import work_of
    from mati.diagnostics import Notebook
    from mati.writer import scan

    before: Mapping[str, object] = {}
    work: Work | None = None

    def found() -> tuple[Progress, ...]:
        nonlocal before, work
        now = {name: not name.endswith(".po") and state for name, state in scan(root).items()}
        if work is None or now != before:
            before, work = now, work_of(root, Notebook())
        return tuple(_counted(root, work))

    return found


def _counted(root: Path, work: Work) -> Iterator[Progress]:
    from mati.build.translating import each
    from mati.diagnostics import Notebook

    unheard = Notebook()
    for language in work.languages:
        for domain, catalog in each(root, work, language, unheard):
            one = _progress(language, domain, work.units(domain, language), catalog)
            begun = (root / catalog.path).is_file()
            yield replace(one, begun=begun, source=work.sources.get(domain, ""))


commands: tuple[click.Command, ...] = ()
