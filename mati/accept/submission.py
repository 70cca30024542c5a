"""Headers and body of one post in, what is to be stored out, or why it is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_to_bytes

from mati.accept.reasons import Headers, Limits, Reason, Refused
from mati.model import Collect, CollectSurvey, holds, response_id

__all__ = ["Accepted", "accept", "check_head", "preferred_language", "read_pairs"]


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


_FORM = "application/x-www-form-urlencoded"
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
        id=response_id([value for name, value in pairs if name == "mati_id"]),
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
