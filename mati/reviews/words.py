"""Answers in, the words that people wrote out, each with what was decided of it so far."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mati.model import Question, Response, Survey, Text, join
from mati.questions import kind_of
from mati.reviews.decisions import Decision
from mati.reviews.flags import flags
from mati.wording import key

__all__ = ["Words", "side_by_side", "words", "words_id"]

_DIGITS = 10
_SCRIPTS = {"km": re.compile("[\u1780-\u17b3]"), "lo": re.compile("[\u0e81-\u0eae]")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one person wrote in one place: ``part`` is its row or field, where it has some.

    ``flags`` are the kinds of personal data it may hold; ``made`` is None where nobody has
    decided yet.
    """

    id: str
    key: str
    response: str
    survey: str
    name: str
    question: Text
    part: Text | None
    text: str
    language: str
    at: str
    flags: tuple[str, ...] = ()
    made: Decision | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has decided."""
        return self.made is None or self.made.decision == "open"


def words_id(survey: str, key: str, name: str) -> str:
    """Return a short name of somebody's words: always the same, and nothing of them is in it."""
    plain = f"{survey}\n{key}\n{name}".encode()
    return hashlib.sha256(plain).hexdigest()[:_DIGITS]


def _language(text: str, chosen: str) -> str:
    """Return the language of words: where the script tells, that; else the form's, unless its
    script is another. "" where nobody knows.
    """
    for language, letters in _SCRIPTS.items():
        if letters.search(text):
            return language
    return "" if chosen in _SCRIPTS else chosen


def _places(survey: Survey) -> dict[str, tuple[Question, Text | None]]:
    """Return the places where people write words that are not private, by wire name."""
    found: dict[str, tuple[Question, Text | None]] = {}
    for question in survey.questions:
        if question.private or question.autocomplete:
            continue  # what a browser fills in is about the person
        parts: dict[str, Text | None] = {question.id: None}
        parts |= {
            join(question.id, field.id): field.label
            for field in question.fields
            if not field.autocomplete
        }
        parts |= {
            join(question.id, option.code, "text"): option.label
            for option in question.options
            if option.write_in
        }
        open_ = {c.name for c in kind_of(question.kind).columns(question)
                 if c.shape == "open" and c.bins is None}  # fmt: skip
        found |= {name: (question, part) for name, part in parts.items() if name in open_}
    return found


def words(
    survey: Survey,
    responses: Iterable[Response],
    decisions: Mapping[tuple[str, str], Decision],
) -> Iterator[Words]:
    """Go through everything people wrote, in the order it came; private questions have no part.

    Answers that a later one of the same person takes the place of are left out.
    """
    places = _places(survey)
    for response in responses:
        if response.revised or response.late:
            continue
        for name, values in response.answers:
            if name not in places or not (text := " ".join(values[0].split())):
                continue
            question, part = places[name]
            yield Words(
                id=words_id(survey.name, response.key, name),
                key=response.key,
                response=response.id,
                survey=survey.name,
                name=name,
                question=question.label,
                part=part,
                text=text,
                language=_language(text, response.language),
                at=response.at,
                flags=flags(text),
                made=decisions.get((response.key, name)),
            )


def side_by_side(found: Iterable[Words]) -> tuple[Words, ...]:
    """Return words with those that say the same in the same place one after the other.

    Each stands where the first of them came: whoever reads "Dara" thirty times decides at once.
    """
    rows: dict[tuple[str, str, str], list[Words]] = {}
    for one in found:
        rows.setdefault((one.survey, one.name, key(one.text, one.language)), []).append(one)
    return tuple(one for row in rows.values() for one in row)
