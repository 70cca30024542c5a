"""Sums in, the numbers that may be shown out: what leaves here tells of nobody."""

from __future__ import annotations

from collections.abc import Mapping

from mati.model import (
    All,
    Cell,
    Collection,
    Column,
    Distribution,
    QuestionSummary,
    Survey,
    asked_of,
)
from mati.questions import kind_of
from mati.responses import NONE
from mati.summarise.asked import bounds, comparisons, tells
from mati.summarise.privacy import hidden, least_of, safe, safe_summary, small
from mati.summarise.table import (
    origins,
    reported,
)

__all__ = ["collection", "summaries"]


def summaries(survey: Survey, counts: Mapping[str, int]) -> tuple[QuestionSummary, ...]:
    """Return the numbers of every question that may be shown, in the order of the survey."""
    least = least_of(survey)
    everyone = counts.get("mati_counted", 0)
    shown = {one.name: one for one in _safe_origins(survey, counts)}
    conditions = [*(s.show_if for s in survey.sections), *(q.show_if for q in survey.questions)]
    compared = [test for one in conditions if one is not None for test in comparisons(one)]
    found: list[QuestionSummary] = []
    for question in reported(survey):
        kind = kind_of(question.kind)
        summary = safe_summary(kind.summarise(question, counts), least)
        both = (survey.section_of(question).show_if, question.show_if)
        wanted = tuple(condition for condition in both if condition is not None)
        asked = max((counts.get(asked_of(one.name), 0) for one in summary.distributions), default=0)
        if wanted and (
            tells(All(wanted), shown, compared)
            or bounds(All(wanted), shown, everyone).tell(asked, everyone, least)
        ):
            summary = hidden(summary)
        shown.update((one.name, one) for one in summary.distributions)
        found.append(summary)
    return tuple(found)


# --- Where answers came from -----------------------------------------------------------------


def collection(survey: Survey, counts: Mapping[str, int]) -> Collection:
    """Return how the answers to ``survey`` came in."""
    least = least_of(survey)
    counted = counts.get("mati_counted", 0)
    found = _safe_origins(survey, counts)
    return Collection(
        counted=None if small(counted, least) else counted,
        sample=counts.get("mati_sample", 0) > 0,
        origins=tuple(one for one in found if one.base and not one.hidden),
        received=counts.get("mati_received", 0),
        suspect=counts.get("mati_suspect", 0),
        revised=counts.get("mati_revised", 0),
        late=counts.get("mati_late", 0),
        stale=counts.get("mati_stale", 0),
        unknown=counts.get("mati_unknown", 0),
        odd=counts.get("mati_odd", 0),
        other_version=counts.get("mati_other_version", 0),
    )


def _safe_origins(survey: Survey, counts: Mapping[str, int]) -> tuple[Distribution, ...]:
    return tuple(safe(_origin(column, counts), least_of(survey)) for column in origins(survey))


def _origin(column: Column, counts: Mapping[str, int]) -> Distribution:
    """Return where all counted answers came from.

    Those who came without a value are a group like any other: left out, their number would
    follow from the total.
    """
    cells = tuple(Cell((code,), counts.get(f"{column.name}={code}", 0)) for code in column.codes)
    everyone = counts.get("mati_counted", 0)
    unsaid = everyone - sum(cell.count for cell in cells)
    if unsaid:
        rest = sum(cell.count for cell in cells if cell.codes == (NONE,)) + unsaid
        cells = (*(cell for cell in cells if cell.codes != (NONE,)), Cell((NONE,), rest))
    return Distribution(name=column.name, base=everyone, missing=0, cells=cells)
