"""Texts as they are shown in, an account of each out: where its translation stands, how it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from mati.catalog import Catalog, Fault, Message, faults, usable
from mati.inline.traces import trace

__all__ = ["Traced", "Traces", "traced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One text of a page as translators see it.

    ``state``: ``good``, ``outdated``, ``missing``, ``broken`` (there is a translation that
    cannot be shown), or ``source`` where nothing is to be translated. ``line`` is that of its
    ``msgid`` in ``path``, 0 where the file does not have it yet.
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


def _state(source: str, found: Message | None, *, rich: bool, outdated: str) -> str:
    """Return the state of a text whose entry is ``found``."""
    if found is None or not found.string:
        return "missing"
    if found.fuzzy:
        return "outdated"
    return "good" if usable(source, found, rich=rich, outdated=outdated) else "broken"


def traced(
    language: str,
    context: str,
    source: str,
    catalog: Catalog | None,
    *,
    written_in: str,
    source_language: bool,
    rich: bool,
    outdated: str,
    domain: str,
) -> Traced:
    """Return the account of one text, whose translation belongs into ``domain``."""
    if source_language:
        return Traced(
            language=language, context=context, source=source, state="source", written_in=written_in
        )
    found = catalog.find(context, source) if catalog else None
    string = found.string if found else ""
    return Traced(
        language=language,
        context=context,
        source=source,
        state=_state(source, found, rich=rich, outdated=outdated),
        path=catalog.path if catalog else f"locales/{language}/{domain}.po",
        line=found.line if found else 0,
        string=string,
        before=found.previous if found else "",
        written_in=written_in,
        faults=tuple(faults(source, string, rich=rich)) if string else (),
    )
