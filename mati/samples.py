"""A survey in, made-up submissions out: they show what its report will look like.

The same survey, count and moment give the same submissions. People who like one thing tend to
like the others, most are content, some leave questions out. Nothing private is made up.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from statistics import NormalDist

from mati.model import (
    Block,
    Condition,
    Field,
    Input,
    Option,
    Question,
    RawRow,
    Survey,
    holds,
    join,
    ordered_sides,
    sides_of,
)

__all__ = ["COUNT", "sample"]

COUNT = 240
"""Submissions that make a believable report."""

_DAYS = 56
_OPEN, _HOURS = 1, 12
"""A shop's day in UTC, where Khmer and Lao are at home: from 8 o'clock, for twelve hours."""
_MISSING = 0.05
_WRITES = 0.34
_NA = 0.04
_PICKS = 0.34
_AGREES = 0.7
"""Share of people who tick a box to agree."""
_AGREE = 0.6
"""How much people agree on what comes first, where 0 is chance."""
_LIKES_ALIKE = 0.65
"""Correlation of the ratings of one person."""
_NORMAL = NormalDist()

_WAYS = (("facebook", 0.38), ("qr", 0.24), ("web", 0.16), ("phone", 0.06), ("", 0.16))

_WORDS = {
    "en": ("Everything was fine.", "Thank you.", "Nothing to add.", "Please keep it up."),
    "km": ("អ្វីៗល្អហើយ។", "អរគុណ។", "គ្មានអ្វីបន្ថែមទេ។", "សូមរក្សាបែបនេះ។"),
    "lo": ("ທຸກຢ່າງດີແລ້ວ.", "ຂອບໃຈ.", "ບໍ່ມີຫຍັງເພີ່ມ.", "ຂໍໃຫ້ຮັກສາໄວ້ແບບນີ້."),
}

Pairs = list[tuple[str, str]]


class _Chance:
    """Numbers that look like chance and are the same every time: digests of what they are for."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def share(self, *purpose: object) -> float:
        """Return a number above 0 and below 1."""
        words = "\x1f".join(map(str, (self._seed, *purpose)))
        digest = hashlib.sha256(words.encode("utf-8")).digest()
        return (int.from_bytes(digest[:7], "big") + 0.5) / 2**56

    def normal(self, *purpose: object) -> float:
        """Return a number of the standard normal distribution."""
        return _NORMAL.inv_cdf(self.share(*purpose))

    def one(self, things: Sequence[str], weights: Iterable[float], *purpose: object) -> str:
        """Choose one of ``things`` by weight."""
        weighed = list(weights)
        left = self.share(*purpose) * sum(weighed)
        for thing, weight in zip(things, weighed, strict=True):
            left -= weight
            if left < 0:
                return thing
        return things[-1]


def _level(codes: Sequence[str], liking: float) -> str:
    """Return the level that ``liking`` (standard normal) reaches: most reach the upper ones."""
    weights = [0.05 + ((place + 0.5) / len(codes)) ** 2.2 for place in range(len(codes))]
    left = _NORMAL.cdf(liking) * sum(weights)
    for code, weight in zip(codes, weights, strict=True):
        left -= weight
        if left < 0:
            return code
    return codes[-1]


class _Person:
    """One made-up respondent."""

    def __init__(self, survey: Survey, number: int) -> None:
        self.number = number
        self.chance = _Chance(f"{survey.name} {number}")
        self.shared = _Chance(survey.name)
        self.mood = self.chance.normal("mood")
        favourites = range(len(survey.languages), 0, -1)
        self.language = self.chance.one(survey.languages, favourites, "language")

    def likes(self, name: str) -> float:
        """Return how much the person likes one item, which all people like more or less."""
        own = self.chance.normal("liking", name)
        shift = 0.9 * (self.shared.share("item", name) - 0.5)
        alike = math.sqrt(_LIKES_ALIKE) * self.mood + math.sqrt(1 - _LIKES_ALIKE) * own
        return alike + shift

    def words(self, name: str) -> str:
        """Return something that means nothing, in the person's language."""
        found = _WORDS.get(self.language, _WORDS["en"])
        return self.chance.one(found, (1,) * len(found), "words", name)

    def leaves_out(self, name: str, share: float = _MISSING) -> bool:
        """Tell whether the person skips something."""
        return self.chance.share("left out", name) < share


def _one(person: _Person, name: str, options: Sequence[Option], codes: Sequence[str]) -> Pairs:
    """Answer with one option: a level when ``codes`` are ordered, else what many choose."""
    outside = [option.code for option in options if option.na]
    if outside and person.leaves_out(name + " na", _NA):
        return [(name, outside[0])]
    if codes:
        return [(name, _level(codes, person.likes(name)))]
    inside = [option.code for option in options if not option.na]
    weights = [0.15 + person.shared.share("option", name, code) for code in inside]
    return [(name, person.chance.one(inside, weights, "choice", name))]


def _several(person: _Person, name: str, options: Sequence[Option]) -> Pairs:
    alone = [option.code for option in options if option.only or option.na]
    if alone and person.leaves_out(name + " alone", _NA * 3):
        return [(name, alone[0])]
    codes = [option.code for option in options if option.code not in alone]
    picked = [
        code
        for code in codes
        if person.chance.share("pick", name, code) < _PICKS + person.shared.share(name, code) / 3
    ]
    return [(name, code) for code in picked or codes[:1]]


def _line(person: _Person, name: str, asked: Input, last: datetime) -> Pairs:
    if asked.kind in ("email", "phone", "url") or person.leaves_out(name, 1 - _WRITES):
        return []
    if asked.kind == "number":
        low = asked.low or 0
        high = asked.high if asked.high is not None else low + 10
        return [(name, str(low + int(person.chance.share("number", name) * (high - low + 1))))]
    if asked.kind == "date":
        days = int(_DAYS * person.chance.share("date", name))
        return [(name, (last - timedelta(days=days)).date().isoformat())]
    if asked.kind == "time":
        return [(name, f"{8 + int(12 * person.chance.share('time', name)):02}:00")]
    return [(name, person.words(name))]


def _fields(person: _Person, question: Question, last: datetime) -> Pairs:
    found: tuple[Field, ...] = question.fields
    return [p for f in found for p in _line(person, join(question.id, f.id), f.input, last)]


def _rows(person: _Person, question: Question) -> Pairs:
    codes = [code for side in sides_of(question) for code in side]
    found: Pairs = []
    for row in question.rows:
        name = join(question.id, row.id)
        if person.leaves_out(name, _MISSING / 2):
            continue
        if question.several:
            found += _several(person, name, question.options)
        else:
            found += _one(person, name, question.options, codes)
    return found


def _order(person: _Person, question: Question) -> Pairs:
    """Put things in order: what many like comes first more often; some name only the first."""
    name = question.id

    def liked(code: str) -> float:
        alike = person.shared.share("rank", name, code)
        return _AGREE * alike + person.chance.share("rank", name, code)

    order = sorted((option.code for option in question.options), key=liked)
    if not question.required and person.leaves_out(name + " rest"):
        order = order[:1]
    return [(join(name, code), str(place)) for place, code in enumerate(order, 1)]


def _answer(person: _Person, question: Question, last: datetime) -> Pairs:
    """Return what one person answers to one question."""
    name, options = question.id, question.options
    match question.block:
        case Block.LINES:
            return _line(person, name, question.input or Input(), last)
        case Block.FIELDS:
            return _fields(person, question, last)
        case Block.MATRIX:
            return _rows(person, question)
        case Block.SEVERAL:
            agrees = question.required or not person.leaves_out(name + " consent", 1 - _AGREES)
            return _several(person, name, options) if len(options) > 1 or agrees else []
        case Block.RANKING:
            return _order(person, question)
        case _:
            sides = sides_of(question) if question.block is Block.SCALE else ()
            sides = sides or ordered_sides(question)
            ordered = [code for side in sides for code in side]
            return _one(person, name, options, ordered) if options else []


def _shown(condition: Condition | None, pairs: Pairs) -> bool:
    if condition is None:
        return True
    given: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        given[name] = (*given.get(name, ()), value)
    return holds(condition, given)


def _hidden(person: _Person, survey: Survey) -> Pairs:
    return [
        (field.name, person.chance.one(codes, range(len(codes), 0, -1), "hidden", field.name))
        for field in survey.settings.hidden
        if (codes := [code for code, _ in field.values])
    ]


def _pairs(person: _Person, survey: Survey, last: datetime) -> Pairs:
    pairs = _hidden(person, survey)
    for section in survey.sections:
        if not _shown(section.show_if, pairs):
            continue
        for question in section.questions:
            private = question.private
            skipped = not question.required and person.leaves_out(question.id)
            if not (private or skipped) and _shown(question.show_if, pairs):
                pairs += _answer(person, question, last)
    return pairs


def _moment(person: _Person, count: int, last: datetime) -> datetime:
    """Return when the person answered: some time of a shop's day, the last one at ``last``."""
    if person.number == count - 1:
        return last
    day = last - timedelta(days=1 + _DAYS * (1 - (person.number + 0.5) / count))
    start = day.replace(hour=_OPEN, minute=0, second=0, microsecond=0)
    return start + timedelta(seconds=int(_HOURS * 3600 * person.chance.share("moment")))


def sample(survey: Survey, count: int, last: datetime) -> tuple[RawRow, ...]:
    """Return ``count`` made-up submissions up to ``last`` (aware), each marked as a sample."""
    end = last.astimezone(timezone.utc)  # noqa: UP017
    names, weights = [way for way, _ in _WAYS], [weight for _, weight in _WAYS]
    rows = []
    for number in range(count):
        person = _Person(survey, number)
        key = f"sample-{survey.name}-{number + 1:04}"
        way = person.chance.one(names, weights, "way")
        own = [
            ("mati_id", key),
            ("mati_lang", person.language),
            ("mati_survey", survey.name),
            ("mati_version", survey.version),
            ("mati_channel", way),
        ]
        at = _moment(person, count, end).strftime("%Y-%m-%dT%H:%M:%SZ")
        pairs = (*own, *_pairs(person, survey, end))
        rows.append(RawRow(key=key, at=at, pairs=pairs, sample=True))
    return tuple(rows)
