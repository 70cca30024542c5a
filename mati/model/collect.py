"""What the form service must know of each survey: the contents of ``private/collect.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any as Json

from mati.model.conditions import Condition, from_json, to_json

__all__ = ["Collect", "CollectLanguage", "CollectSurvey"]

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

    def language(self, wanted: str) -> CollectLanguage:
        """Return the wanted language, else the source language."""
        known = dict(self.languages)
        return known.get(wanted) or known[self.source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Everything the form service reads."""

    surveys: tuple[CollectSurvey, ...] = ()

    def survey(self, name: str) -> CollectSurvey | None:
        """Return the survey called ``name``, None when it is not collected."""
        return next((survey for survey in self.surveys if survey.name == name), None)

    def to_json(self) -> str:
        """Return the text of ``collect.json``: stable order, one trailing newline."""
        record = {"format": FORMAT, "surveys": {s.name: _survey_record(s) for s in self.surveys}}
        return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Collect:
        """Read ``collect.json``; ``ValueError`` or ``KeyError`` when it is not one of ours."""
        record = json.loads(text)
        if not isinstance(record, dict) or record.get("format") != FORMAT:
            message = "not a collect.json of this version of Mati"
            raise ValueError(message)
        surveys = (_survey(name, entry) for name, entry in sorted(record["surveys"].items()))
        return cls(surveys=tuple(surveys))


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
    }


def _survey(name: str, entry: dict[str, Json]) -> CollectSurvey:
    return CollectSurvey(
        name=name,
        version=entry["version"],
        source=entry["source"],
        languages=tuple(
            (
                code,
                CollectLanguage(
                    thanks=words["thanks"],
                    refusal=words["refusal"],
                    messages=tuple(words["messages"].items()),
                ),
            )
            for code, words in sorted(entry["languages"].items())
        ),
        names=tuple(entry["names"]),
        private=tuple(entry["private"]),
        endings=tuple((end, from_json(c) if c else None) for end, c in entry["endings"]),
        opens=entry["opens"],
        closes=entry["closes"],
        most_answers=entry["max"],
        trap=entry["trap"],
    )
