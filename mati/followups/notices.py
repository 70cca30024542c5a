"""Whom to call back in, a message that says so out: reasons and names of cases, nothing more.

A message travels through other people's hands: no words that somebody typed, and nothing by
which somebody could be reached, ever stand in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any as Json

from mati.followups.cases import Case, case_id, grounds
from mati.model import CollectFollowUp, holds

__all__ = ["Alert", "Notice", "Row", "alert_of", "alerts", "arrivals", "notice"]

Translate = Callable[[str], str]
_MOST = 20
"""Cases that one message lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One person to call back: ``case`` is the name on the list, ``key`` and ``id`` those of the
    response.
    """

    survey: str
    case: str
    key: str
    id: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message: plain words for people, and the same for programs."""

    subject: str
    text: str
    record: Mapping[str, Json]


def _said(words: object) -> str:
    return str(getattr(words, "text", None) or getattr(words, "source", "") or "")


def alert_of(case: Case) -> Alert:
    """Return the alert of a case whose words are in a language."""
    reasons = (
        ": ".join(filter(None, (_said(r.part) or _said(r.question), _said(r.answer))))
        for r in case.reasons
    )
    return Alert(
        survey=case.survey,
        case=case.id,
        key=case.key,
        id=case.response,
        reasons=tuple(dict.fromkeys(reasons)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One stored submission: what was sent, by wire name."""

    key: str
    id: str
    values: Mapping[str, tuple[str, ...]]


def alerts(survey: str, rule: CollectFollowUp, rows: Iterable[Row]) -> Iterator[Alert]:
    """Go through the stored submissions that meet the rule of a survey."""
    labels, answers = dict(rule.labels), dict(rule.answers)
    for row in rows:
        if not holds(rule.condition, row.values):
            continue
        reasons = (
            ": ".join(filter(None, (labels[name], answers.get(f"{name}={value}", ""))))
            for name, value in grounds(rule.condition, row.values)
            if name in labels
        )
        yield Alert(
            survey=survey,
            case=case_id(survey, row.id or row.key),
            key=row.key,
            id=row.id,
            reasons=tuple(dict.fromkeys(reasons)),
        )


def arrivals(counts: Mapping[str, int], translate: Translate) -> Notice:
    """Return a message that says how many answers came to each survey, and nothing of them."""
    whole = sum(counts.values())
    subject = translate("New answers: {count}").format(count=whole)
    lines = [subject, ""] + [f"{name}: {count}" for name, count in sorted(counts.items())]
    record = {
        "format": 1,
        "event": "answers",
        "count": whole,
        "surveys": dict(sorted(counts.items())),
        "text": "\n".join(lines),
    }
    return Notice(subject=subject, text="\n".join(lines) + "\n", record=record)


def notice(found: Sequence[Alert], command: str, translate: Translate) -> Notice:
    """Return one message about all of them; ``command`` shows the list."""
    names = ", ".join(dict.fromkeys(alert.survey for alert in found))
    subject = translate("To call back: {count} ({surveys})").format(count=len(found), surveys=names)
    lines = [subject, ""]
    for alert in found[:_MOST]:
        lines.append(f"{alert.case} · {alert.survey}")
        lines += [f"  ! {reason}" for reason in alert.reasons]
    if len(found) > _MOST:
        lines.append(translate("And {count} more.").format(count=len(found) - _MOST))
    lines += ["", translate("To see them: {command}").format(command=command)]
    record = {
        "format": 1,
        "event": "followup",
        "count": len(found),
        "cases": [
            {"survey": a.survey, "case": a.case, "reasons": list(a.reasons)} for a in found[:_MOST]
        ],
        "text": "\n".join(lines),
    }
    return Notice(subject=subject, text="\n".join(lines) + "\n", record=record)
