"""Decisions in, what a report may quote and count of them out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable

from mati.model import Cell, Distribution, Quote, Survey, Told
from mati.reviews.decisions import Decision

__all__ = ["ENOUGH", "told"]

ENOUGH = 10
"""Answers that a survey must have before words of any are shown: with fewer, people who know
each other know who wrote them.
"""


NOTHING = Told(quotes={}, praise=(), themes={})


def _order(made: Decision) -> str:
    """Return what quotes are sorted by: nothing of who wrote them, or when."""
    return hashlib.sha256(f"{made.key}\n{made.name}\n{made.text}".encode()).hexdigest()


def told(
    survey: Survey, decisions: Iterable[Decision], counted: Collection[str], everyone: int
) -> Told:
    """Return what may be shown of ``survey``: of responses that count, in public questions.

    ``counted`` are the keys of the responses that count, of those decided about; ``everyone`` is
    how many answered. A place that is private now, or was taken out, shows nothing.
    """
    if everyone < ENOUGH:
        return NOTHING
    names = {q.id for q in survey.questions if not q.private}
    kept = sorted(
        (d for d in decisions if d.key in counted and d.name.partition(".")[0] in names),
        key=_order,
    )
    quotes: dict[str, tuple[Quote, ...]] = {}
    for made in kept:
        if made.decision == "quote":
            quote = Quote(text=made.text.strip(), language=made.language)
            quotes[made.name] = (*quotes.get(made.name, ()), quote)
    praise = tuple(
        Quote(text=made.text.strip(), language=made.language)
        for made in kept
        if made.decision == "praise"
    )
    return Told(quotes=quotes, praise=praise, themes=_themes(survey, kept))


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
