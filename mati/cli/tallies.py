"""How far each file of translations is, for the status page of the preview.

The counting is that of ``mati.merge``; ``progress`` is the one place that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mati.catalog import Catalog
    from mati.devserver import Left, Progress
    from mati.merge import Unit

__all__ = ["commands", "progress"]

_SHARED = ("site", "mati", "mati-cli")
"""Domains that belong to no survey: they are seen on the list of all."""


def _left(units: Sequence[Unit], catalog: Catalog) -> Iterator[Left]:
    """Yield what wants a translator, in the order of the file."""
    from mati.devserver import Left
    from mati.diagnostics import Code, Notebook
    from mati.merge import check_units

    calm = (Code.NOT_TRANSLATED, Code.OUTDATED_TRANSLATION)
    for unit in units:
        notes = Notebook()
        check_units((unit,), catalog, notes)
        codes = [found.code for found in notes]
        if not codes:
            continue
        found = catalog.find(unit.context, unit.msgid)
        calmly = "missing" if calm[0] in codes else "outdated"
        state = calmly if set(codes) <= set(calm) else "problem"
        line = found.line if found else 0
        yield Left(state=state, context=unit.context, source=unit.msgid, line=line)


def _words(text: str) -> int:
    """Return about how many words a text has; Khmer and Lao write none apart, five letters do."""
    return sum(1 if word.isascii() else max(1, len(word) // 5) for word in text.split())


def _progress(language: str, domain: str, units: Sequence[Unit], catalog: Catalog) -> Progress:
    from mati.devserver import Progress
    from mati.localise import endonym
    from mati.merge import count_units

    counts, left = count_units(units, catalog), tuple(_left(units, catalog))
    found = ((unit.msgid, catalog.find(unit.context, unit.msgid)) for unit in units)
    return Progress(
        language=language,
        endonym=endonym(language),
        domain=domain,
        path=catalog.path,
        total=counts["total"],
        good=counts["good"],
        outdated=counts["outdated"],
        missing=counts["missing"],
        identical=sum(one is not None and one.string == msgid for msgid, one in found),
        problems=sum(one.state == "problem" for one in left),
        words=sum(_words(one.source) for one in left),
        address="" if domain in _SHARED else f"{domain}/",
        left=left,
    )


def progress(root: Path) -> tuple[Progress, ...]:
    """Return how far each file is, language by language, in the order of the domains."""
    from mati.cli.translation import _catalog, _work
    from mati.diagnostics import Notebook

    work, unheard = _work(root, Notebook()), Notebook()
    return tuple(
        _progress(language, domain, units, _catalog(root, path, language, unheard))
        for language in work.languages
        for domain, units in work.domains.items()
        for path in (f"locales/{language}/{domain}.po",)
    )


commands: tuple[click.Command, ...] = ()
