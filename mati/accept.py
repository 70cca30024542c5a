"""One submission's headers and body in; accepted, or refused with a reason, out.

Everything the form service decides is decided here, without sockets, clock or disk: moments,
keyed addresses and what was stored before come in as arguments. The limits and replies are
those of "Reply of the embedded service": a refusal never costs the respondent the answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, unique
from urllib.parse import unquote_to_bytes

from mati.model import Collect, CollectSurvey, holds

__all__ = [
    "Accepted",
    "Earlier",
    "Headers",
    "Limits",
    "Outcome",
    "Reason",
    "Refused",
    "Traffic",
    "accept",
    "check_head",
    "preferred_language",
    "read_pairs",
    "verdict",
]

Headers = Sequence[tuple[str, str]]
"""Header fields as received: (name in lower case, value), repeated names allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one submission may be, and how many may come.

    Khmer and Lao cost nine bytes a letter on the wire, so 64 KiB hold some 7,000 letters.
    Rates are generous because all guests of a shop share one address.
    """

    body: int = 64 * 1024
    """Bytes of a body."""
    fields: int = 200
    name: int = 64
    """Bytes of a field's name."""
    value: int = 8 * 1024
    """Bytes of a field's value."""
    headers: int = 64
    """Header fields of a request."""
    address_per_minute: int = 30
    survey_per_minute: int = 600
    repeat_seconds: float = 10.0
    """How long the same body from the same address, without an id, looks like a double click."""


@unique
class Reason(Enum):
    """Why a submission is refused: slug, HTTP status, and the sentence where no page has one."""

    UNREADABLE = ("unreadable", 400, "The answers arrived damaged.")
    NO_SURVEY = ("no-survey", 404, "There is no such survey here.")
    WRONG_METHOD = ("wrong-method", 405, "This address takes answers only from its form.")
    OTHER_SURVEY = ("other-survey", 409, "These answers belong to another survey.")
    CLOSED = ("closed", 410, "This survey is closed. Thank you for your interest.")
    NOT_OPEN = ("not-open", 410, "This survey is not open yet. Please come back later.")
    NO_LENGTH = ("no-length", 411, "The answers arrived without their length.")
    TOO_LARGE = ("too-large", 413, "The answers are too long. Please shorten them.")
    WRONG_FORMAT = ("wrong-format", 415, "The answers came in a format this form never sends.")
    TOO_MANY_FIELDS = ("too-many-fields", 422, "There are more answers than this form can have.")
    BAD_NAME = ("bad-name", 422, "The answers hold a name this form never sends.")
    VALUE_TOO_LONG = ("value-too-long", 422, "One of the answers is too long. Please shorten it.")
    TOO_OFTEN = ("too-often", 429, "Many answers are arriving. Please send again in a moment.")
    TOO_MANY_HEADERS = ("too-many-headers", 431, "The request holds too many headers.")
    NOT_STORED = ("not-stored", 503, "The answers could not be stored. Please send them again.")

    @property
    def slug(self) -> str:
        """The word a script sees under ``error``."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def sentence(self) -> str:
        """What happened, in plain English, where no page has its own words for it."""
        return self.value[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A submission that is not kept; ``retry_after`` in seconds where waiting helps."""

    reason: Reason
    language: str = ""
    """Language of the form, "" when the body was not read."""
    retry_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A submission that may be kept.

    ``pairs`` are the fields as sent, without the private ones, which are ``contacts``; an
    empty honeypot is left out. ``digest`` is the SHA-256 of the body: "the same bytes".
    """

    survey: str
    id: str
    """``mati_id``, "" when the page had no script."""
    language: str
    at: str
    """UTC, ISO 8601, whole seconds."""
    pairs: tuple[tuple[str, str], ...]
    contacts: tuple[tuple[str, str], ...] = ()
    ending: str = ""
    suspect: str = ""
    digest: bytes = b""
    closed: Reason | None = None
    """Set when it came outside the survey's dates: only what is stored already is confirmed."""
    most: int | None = None
    """Answers after which the survey closes."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is stored already under the same ``mati_id``."""

    survey: str
    digest: bytes


@unique
class Outcome(Enum):
    """What became of an accepted submission; every one of them is answered the same way."""

    KEPT = "kept"
    AGAIN = "again"
    """The same id with the same bytes: stored before, nothing new."""
    REVISED = "revised"
    """The same id with other bytes: both kept, the later one counts."""


_FORM = "application/x-www-form-urlencoded"
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_DIGITS = re.compile(r"[0-9]{1,15}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def check_head(collect: Collect, survey: str, headers: Headers, limits: Limits) -> Refused | None:
    """Return why a post to ``survey`` is refused before its body is read, None to read on.

    A body is never decompressed, never chunked and never multipart: what is not offered
    cannot be attacked.
    """
    if len(headers) > limits.headers:
        reason: Reason | None = Reason.TOO_MANY_HEADERS
    elif collect.survey(survey) is None:
        reason = Reason.NO_SURVEY
    else:
        reason = _framing(headers, limits) or _format(headers)
    return Refused(reason=reason) if reason else None


def _framing(headers: Headers, limits: Limits) -> Reason | None:
    """Return what is wrong with how the length of the body is told."""
    lengths = _all(headers, "content-length")
    chunked = bool(_all(headers, "transfer-encoding"))
    if len(lengths) > 1 or (lengths and chunked):
        return Reason.UNREADABLE
    if chunked or not lengths:
        return Reason.NO_LENGTH
    if not _DIGITS.fullmatch(lengths[0]):
        return Reason.UNREADABLE
    return Reason.TOO_LARGE if int(lengths[0]) > limits.body else None


def _format(headers: Headers) -> Reason | None:
    """Return what is wrong with the format of the body."""
    encodings = _all(headers, "content-encoding")
    plain = all(encoding.strip().lower() == "identity" for encoding in encodings)
    return None if plain and _is_form(_all(headers, "content-type")) else Reason.WRONG_FORMAT


def _all(headers: Headers, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in headers if key == name)


def _is_form(types: tuple[str, ...]) -> bool:
    """Tell whether the one content type given is that of a form in UTF-8."""
    if len(types) != 1:
        return False
    kind, *parameters = (part.strip().lower() for part in types[0].split(";"))
    charsets = [p.partition("=")[2].strip('" ') for p in parameters if p.startswith("charset")]
    return kind == _FORM and all(charset in {"utf-8", "utf8"} for charset in charsets)


def read_pairs(body: bytes, limits: Limits) -> tuple[tuple[str, str], ...] | Reason:
    """Read a form body strictly: the pairs as sent, or why it cannot be taken.

    Ill-formed UTF-8 (lone surrogates and overlong forms included) and NUL are unreadable;
    everything else, joiners and zero-width spaces of Khmer and Lao above all, stays as sent.
    Format: https://url.spec.whatwg.org/#urlencoded-parsing
    """
    parts = [part for part in body.split(b"&") if part]
    if len(parts) > limits.fields:
        return Reason.TOO_MANY_FIELDS
    pairs: list[tuple[str, str]] = []
    for part in parts:
        name, _, value = part.partition(b"=")
        raw = (
            unquote_to_bytes(name.replace(b"+", b" ")),
            unquote_to_bytes(value.replace(b"+", b" ")),
        )
        try:
            pair = raw[0].decode(), raw[1].decode()
        except UnicodeDecodeError:
            return Reason.UNREADABLE
        if "\x00" in pair[0] or "\x00" in pair[1]:
            return Reason.UNREADABLE
        if not 0 < len(raw[0]) <= limits.name or _CONTROLS.search(pair[0]):
            return Reason.BAD_NAME
        if len(raw[1]) > limits.value:
            return Reason.VALUE_TOO_LONG
        pairs.append(pair)
    return tuple(pairs)


def accept(
    survey: CollectSurvey, body: bytes, at: datetime, limits: Limits, *, language: str = ""
) -> Accepted | Refused:
    """Return what is to be stored of ``body`` posted to ``survey`` at ``at`` (aware).

    ``language`` is the one to answer in where the body names none.
    """
    pairs = read_pairs(body, limits)
    if isinstance(pairs, Reason):
        return Refused(reason=pairs, language=language)
    spoken = _language(survey, _first(pairs, "mati_lang"), language)
    named = [value for name, value in pairs if name == "mati_survey" and value.strip()]
    if any(value != survey.name for value in named):
        return Refused(reason=Reason.OTHER_SURVEY, language=spoken)
    private = frozenset(survey.private)
    trapped = any(value.strip() for name, value in pairs if name == survey.trap)
    sent = tuple(pair for pair in pairs if pair[0] != survey.trap or pair[1].strip())
    moment = at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Accepted(
        survey=survey.name,
        id=_id(pairs),
        language=spoken,
        at=moment,
        pairs=tuple(pair for pair in sent if pair[0] not in private),
        contacts=tuple(pair for pair in sent if pair[0] in private),
        ending=_ending(survey, pairs),
        suspect="honeypot" if trapped else "",
        digest=hashlib.sha256(body).digest(),
        closed=_outside(survey, at),
        most=survey.most_answers,
    )


def _first(pairs: Iterable[tuple[str, str]], wanted: str) -> str:
    return next((value for name, value in pairs if name == wanted), "")


def _language(survey: CollectSurvey, said: str, guessed: str) -> str:
    known = dict(survey.languages)
    return next((code for code in (said, guessed) if code in known), survey.source)


def _id(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the id the page's script made; a damaged or doubled one counts as none."""
    given = [value for name, value in pairs if name == "mati_id" and value]
    return given[0] if len(given) == 1 and _ID.fullmatch(given[0]) else ""


def _ending(survey: CollectSurvey, pairs: Iterable[tuple[str, str]]) -> str:
    """Return the fragment of the first ending whose condition holds, else of the last."""
    answers: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if value.strip():
            answers[name] = (*answers.get(name, ()), value)
    for fragment, condition in survey.endings:
        if condition is not None and holds(condition, answers):
            return fragment
    return survey.endings[-1][0] if survey.endings else ""


def _outside(survey: CollectSurvey, at: datetime) -> Reason | None:
    if survey.opens and at < datetime.fromisoformat(survey.opens):
        return Reason.NOT_OPEN
    if survey.closes and at >= datetime.fromisoformat(survey.closes):
        return Reason.CLOSED
    return None


def verdict(entry: Accepted, earlier: Iterable[Earlier], count: int) -> Outcome | Refused:
    """Return what becomes of ``entry``, given what its id stored before and how many counted.

    What is stored already is confirmed even after the survey closed: a retry whose first
    reply got lost must not read "closed".
    """
    known = tuple(earlier) if entry.id else ()
    if any(one.survey != entry.survey for one in known):
        return Refused(reason=Reason.OTHER_SURVEY, language=entry.language)
    if any(one.digest == entry.digest for one in known):
        return Outcome.AGAIN
    if entry.closed is not None:
        return Refused(reason=entry.closed, language=entry.language)
    if known:
        return Outcome.REVISED
    if entry.most is not None and count >= entry.most:
        return Refused(reason=Reason.CLOSED, language=entry.language)
    return Outcome.KEPT


def preferred_language(survey: CollectSurvey, accepted: str) -> str:
    """Return the survey's language that ``Accept-Language`` names first, else its source."""
    known = [code for code, _ in survey.languages]
    wanted: list[tuple[float, str]] = []
    for part in accepted[:200].split(","):
        tag, _, quality = part.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wanted.append((-weight, tag.strip().lower()))
    for _, tag in sorted(wanted, key=lambda one: one[0]):
        for code in known:
            if tag and (tag == code.lower() or tag.split("-")[0] == code.lower()):
                return code
    return survey.source


_MINUTE = 60.0
_REMEMBERED = 10_000
"""Buckets and repeats kept in memory before the stale ones are thrown away."""


@dataclass(slots=True)
class Traffic:
    """What is remembered, in memory only, of the posts of the last minutes.

    Addresses come in as keyed hashes; "" is an address that is not limited (a proxy on the
    same machine that does not say for whom it asks). ``now`` is any clock in seconds that
    never runs backwards.
    """

    limits: Limits = field(default_factory=Limits)
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _bodies: dict[tuple[str, str, bytes], float] = field(default_factory=dict)

    def admit(self, address: str, survey: str, now: float) -> Refused | None:
        """Count one post; the refusal says after how many seconds there is room again.

        Token buckets that hold two minutes' worth: a burst is normal, a flood is not.
        """
        rates = (
            (("survey", survey), self.limits.survey_per_minute),
            (("address", address), self.limits.address_per_minute),
        )
        wanted = [(key, rate) for key, rate in rates if key[1]]
        levels = {key: self._level(key, rate, now) for key, rate in wanted}
        for key, rate in wanted:
            if levels[key] < 1:
                wait = (1 - levels[key]) * _MINUTE / rate
                return Refused(reason=Reason.TOO_OFTEN, retry_after=max(1, round(wait + 0.5)))
        for key, level in levels.items():
            self._buckets[key] = (level - 1, now)
        if len(self._buckets) > _REMEMBERED:
            self._forget_buckets(now)
        return None

    def _level(self, key: tuple[str, str], rate: int, now: float) -> float:
        level, since = self._buckets.get(key, (2.0 * rate, now))
        return min(2.0 * rate, level + (now - since) * rate / _MINUTE)

    def _forget_buckets(self, now: float) -> None:
        """Drop buckets that have filled up again, and the oldest if none has."""
        fresh = {key: b for key, b in self._buckets.items() if now - b[1] < 2 * _MINUTE}
        newest = sorted(fresh.items(), key=lambda entry: entry[1][1])[-_REMEMBERED // 2 :]
        self._buckets = dict(newest)

    def repeats(self, address: str, entry: Accepted, now: float) -> bool:
        """Tell whether ``entry``, which has no id, repeats a body just sent from ``address``."""
        key = (address, entry.survey, entry.digest)
        last = self._bodies.get(key)
        self._bodies[key] = now
        if len(self._bodies) > _REMEMBERED:
            horizon = now - self.limits.repeat_seconds
            self._bodies = {k: seen for k, seen in self._bodies.items() if seen > horizon}
        return last is not None and now - last <= self.limits.repeat_seconds

    def not_kept(self, address: str, entry: Accepted) -> None:
        """Forget a body that could not be stored: sending it again is no repeat."""
        self._bodies.pop((address, entry.survey, entry.digest), None)

    def clear(self) -> None:
        """Forget everything, when the key of the address hashes changes."""
        self._buckets.clear()
        self._bodies.clear()
