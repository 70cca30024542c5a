"""What the form service must know of each survey: the contents of ``private/collect.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any as Json

from mati.model.conditions import Condition, from_json, to_json
from mati.model.notify import Target

__all__ = [
    "Collect",
    "CollectFollowUp",
    "CollectLanguage",
    "CollectSurvey",
]

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectLanguage:
    """One language of a survey: where thanks stands, and how a refusal reads.

    ``refusal`` is a whole HTML page with ``{{message}}`` where the sentence goes;
    ``messages`` maps a reason (``"not-open"``) or else a status (``"410"``) to that sentence,
    already escaped.
    """

    thanks: str
    refusal: str
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectFollowUp:
    """Which submissions ask for a call back, and whom to tell.

    ``labels`` are the words of what can be a reason, by wire name, ``answers`` those of answers,
    by ``name=code``: in the source language, nothing private among them.
    """

    condition: Condition
    notify: tuple[Target, ...]
    labels: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectSurvey:
    """One survey as the form service sees it.

    ``names`` are all declared wire names, ``private`` those kept with the contacts (write-ins
    and fields written out in full); ``endings`` (fragment, condition) in order, the last one
    unconditional; moments are UTC in ISO 8601 or "".
    """

    name: str
    version: str
    source: str
    """The source language, shown when the post names none."""
    languages: tuple[tuple[str, CollectLanguage], ...]
    names: tuple[str, ...]
    private: tuple[str, ...]
    endings: tuple[tuple[str, Condition | None], ...]
    opens: str = ""
    closes: str = ""
    most_answers: int | None = None
    trap: str = "mati_trap"
    follow_up: CollectFollowUp | None = None

    def language(self, wanted: str) -> CollectLanguage:
        """Return the wanted language, else the source language."""
        known = dict(self.languages)
        return known.get(wanted) or known[self.source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Everything the form service reads."""

    surveys: tuple[CollectSurvey, ...] = ()
    notify: tuple[Target, ...] = ()
    """Whom or what to tell how many answers came."""

    def survey(self, name: str) -> CollectSurvey | None:
        """Return the survey called ``name``, None when it is not collected."""
        return next((survey for survey in self.surveys if survey.name == name), None)

    def to_json(self) -> str:
        """Return the text of ``collect.json``: stable order, one trailing newline."""
        record: dict[str, Json] = {
            "format": FORMAT,
            "surveys": {s.name: _survey_record(s) for s in self.surveys},
        }
        if self.notify:
            record["notify"] = _target_records(self.notify)
        return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Collect:
        """Read ``collect.json``; ``ValueError`` when it is not one of ours in every part.

        What is half right must not come into force: a service that fails at the first post,
        or no longer knows which answers are private, is worse than one with yesterday's rules.
        """
        try:
            record = json.loads(text)
            if not isinstance(record, dict) or record.get("format") != FORMAT:
                message = "not a collect.json of this version of Mati"
                raise ValueError(message)
            surveys = (_survey(name, entry) for name, entry in sorted(record["surveys"].items()))
            return cls(surveys=tuple(surveys), notify=_targets(record.get("notify", [])))
        except (LookupError, TypeError, AttributeError, RecursionError) as problem:
            message = f"not a whole collect.json ({type(problem).__name__})"
            raise ValueError(message) from problem


def _survey_record(survey: CollectSurvey) -> dict[str, Json]:
    return {
        "version": survey.version,
        "source": survey.source,
        "languages": {
            code: {
                "thanks": entry.thanks,
                "refusal": entry.refusal,
                "messages": dict(entry.messages),
            }
            for code, entry in survey.languages
        },
        "names": list(survey.names),
        "private": list(survey.private),
        "endings": [[name, to_json(c) if c else None] for name, c in survey.endings],
        "opens": survey.opens,
        "closes": survey.closes,
        "max": survey.most_answers,
        "trap": survey.trap,
        "followup": _follow_up_record(survey.follow_up) if survey.follow_up else None,
    }


def _target_records(targets: tuple[Target, ...]) -> list[list[str]]:
    return [[target.kind, target.to] for target in targets]


def _targets(found: list[list[str]]) -> tuple[Target, ...]:
    return tuple(Target(_word(kind), _word(to)) for kind, to in found)


def _follow_up_record(rule: CollectFollowUp) -> dict[str, Json]:
    return {
        "if": to_json(rule.condition),
        "notify": _target_records(rule.notify),
        "labels": dict(rule.labels),
        "answers": dict(rule.answers),
    }


def _follow_up(entry: dict[str, Json] | None) -> CollectFollowUp | None:
    if entry is None:
        return None
    return CollectFollowUp(
        condition=from_json(entry["if"]),
        notify=_targets(entry["notify"]),
        labels=tuple((name, _word(words)) for name, words in sorted(entry["labels"].items())),
        answers=tuple((name, _word(words)) for name, words in sorted(entry["answers"].items())),
    )


def _survey(name: str, entry: dict[str, Json]) -> CollectSurvey:
    languages = tuple((code, _language(w)) for code, w in sorted(entry["languages"].items()))
    source, most = _word(entry["source"]), entry["max"]
    if source not in dict(languages) or not (most is None or type(most) is int):
        raise TypeError
    return CollectSurvey(
        name=name,
        version=_word(entry["version"]),
        source=source,
        languages=languages,
        names=_words(entry["names"]),
        private=_words(entry["private"]),
        endings=tuple((_word(end), from_json(c) if c else None) for end, c in entry["endings"]),
        opens=_moment(entry["opens"]),
        closes=_moment(entry["closes"]),
        most_answers=most,
        trap=_word(entry["trap"]),
        follow_up=_follow_up(entry.get("followup")),
    )


def _language(words: dict[str, Json]) -> CollectLanguage:
    messages = words["messages"].items()
    return CollectLanguage(
        thanks=_word(words["thanks"]),
        refusal=_word(words["refusal"]),
        messages=tuple((reason, _word(sentence)) for reason, sentence in messages),
    )


def _word(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _words(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError
    return tuple(map(_word, found))


def _moment(found: object) -> str:
    """Return a moment with its zone, or ""."""
    moment = _word(found)
    if moment and datetime.fromisoformat(moment).tzinfo is None:
        raise TypeError
    return moment
