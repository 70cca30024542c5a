"""Texts as they are shown in, an account of each out: where its translation stands, how it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from mati.catalog import Catalog, Fault, faults, pairs, state_of
from mati.inline.traces import trace

__all__ = ["Traced", "Traces", "traced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One text of a page as translators see it.

    ``state`` is that of ``mati.catalog.state_of``, or ``source`` where nothing is to be
    translated. ``line`` is that of its ``msgid`` in ``path``, 0 where the file lacks it.
    """

    language: str
    context: str
    source: str
    state: str
    path: str = ""
    line: int = 0
    string: str = ""
    before: str = ""
    """The wording that an outdated translation was made for."""
    written_in: str = ""
    """The language of ``source`` and ``before``."""
    faults: tuple[Fault, ...] = ()
    """What keeps a translation from being shown."""


@dataclass(slots=True)
class Traces:
    """The account of one build: every text that was shown, by the number in its traces."""

    found: list[Traced] = field(default_factory=list)
    _known: dict[Traced, int] = field(default_factory=dict)

    def around(self, words: str, one: Traced) -> str:
        """Return words with the traces of ``one`` around them."""
        number = self._known.get(one)
        if number is None:
            number = self._known[one] = len(self.found)
            self.found.append(one)
        return trace(words, number)


def traced(
    language: str,
    context: str,
    source: str,
    catalog: Catalog | None,
    *,
    written_in: str,
    source_language: bool,
    rich: bool,
    domain: str,
) -> Traced:
    """Return the account of one text, whose translation belongs into ``domain``."""
    if source_language:
        return Traced(
            language=language, context=context, source=source, state="source", written_in=written_in
        )
    found = catalog.find(context, source) if catalog else None
    both = pairs(source, found) if found and found.string else ()
    return Traced(
        language=language,
        context=context,
        source=source,
        state=state_of(source, found, rich=rich),
        path=catalog.path if catalog else f"locales/{language}/{domain}.po",
        line=found.line if found else 0,
        string=found.string if found else "",
        before=found.previous if found else "",
        written_in=written_in,
        faults=tuple(fault for one, each in both for fault in faults(one, each, rich=rich)),
    )
