"""Decisions in, what a report may quote and count of them out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from mati.model import Cell, Distribution, Quote, Survey, Told
from mati.reviews.decisions import Decision
from mati.wording import spellings

__all__ = ["ENOUGH", "told"]

ENOUGH = 10
"""Answers that a survey must have before words of any are shown: with fewer, people who know
each other know who wrote them.
"""


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_WILD = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What no letter is made of: controls, what turns text around, halves of a pair."""

NOTHING = Told(quotes={}, praise=(), themes={})


def _order(made: Decision) -> str:
    """Return what quotes are sorted by: nothing of who wrote them, or when."""
    words = f"{made.key}\n{made.name}\n{made.text}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _quote(made: Decision) -> Quote:
    """Return words as a page may hold them: the log may have been written by hand."""
    language = made.language if _LANGUAGE.match(made.language) else ""
    return Quote(text=_WILD.sub(" ", made.text).strip(), language=language)


def _united(found: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the same words once, in the spelling of most, those that most people wrote first."""
    first: dict[str, Quote] = {}
    texts = []
    for quote in found:
        first.setdefault(quote.text, quote)
        texts.append(quote.text)
    rows = (replace(first[text], times=times) for text, times in spellings(texts))
    return tuple(sorted(rows, key=lambda quote: -quote.times))


def told(
    survey: Survey,
    decisions: Iterable[Decision],
    counted: Collection[str],
    everyone: int,
    withheld: Collection[str] = (),
) -> Told:
    """Return what may be shown of ``survey``: of responses that count, in public questions.

    ``counted`` are the keys of the responses that count, of those decided about; ``everyone`` is
    how many answered. A place that is private now, or was taken out, shows nothing, nor does one
    of ``withheld``, whose numbers the report does not show.
    """
    if everyone < ENOUGH:
        return NOTHING
    names = {q.id for q in survey.questions if not q.private}
    kept = sorted(
        (
            d
            for d in decisions
            if d.key in counted and d.name.partition(".")[0] in names and d.name not in withheld
        ),
        key=_order,
    )
    quotes: dict[str, list[Quote]] = {}
    praise: list[Quote] = []
    for made in kept:
        quote = _quote(made)
        if made.decision == "quote" and quote.text:
            quotes.setdefault(made.name, []).append(quote)
        elif made.decision == "praise" and quote.text:
            praise.append(quote)
    shown = {name: _united(found) for name, found in quotes.items()}
    return Told(quotes=shown, praise=_united(praise), themes=_themes(survey, kept))


def _themes(survey: Survey, kept: Iterable[Decision]) -> dict[str, Distribution]:
    """Count the themes of each place, over the answers that somebody has sorted."""
    codes = [code for code, _ in survey.settings.report.themes]
    sorted_: dict[str, list[tuple[str, ...]]] = {}
    for made in kept:
        if made.themes is not None:
            sorted_.setdefault(made.name, []).append(made.themes)
    found = {}
    for name, given in sorted_.items():
        counts = Counter(code for themes in given for code in set(themes))
        cells = tuple(Cell((code,), counts[code]) for code in codes)
        found[name] = Distribution(name=name, base=len(given), missing=0, cells=cells, several=True)
    return found
