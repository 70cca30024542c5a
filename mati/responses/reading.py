"""A submission as received in, a response as the survey understands it out.

Nothing received is dropped: what was answered to parts that were not shown is ``stale``, what
the survey does not know is ``unknown``, what belongs to the contacts is ``private``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from types import MappingProxyType

from mati.diagnostics import Code, Notebook, Span
from mati.model import (
    OWN,
    RESERVED,
    Column,
    Condition,
    Question,
    RawRow,
    Response,
    Survey,
    Then,
    holds,
    needs_script,
    resolve,
    response_id,
    today,
)
from mati.questions import kind_of

__all__ = ["CHANNELS", "NONE", "OTHER", "private_names", "read_row"]

OTHER = "other"
"""What stands for a channel or a hidden value that was not declared."""

NONE = "none"
"""What stands for a language or channel where none was named."""

CHANNELS = (
    "web", "facebook", "messenger", "telegram", "whatsapp", "line", "email", "sms", "qr",
    "phone", "paper", "kiosk", "desk", "shop", "ref",
)  # fmt: skip
"""Ways in which a link is known to claim that an answer came; any other claim is "other"."""

_TOLD = tuple(name for name in OWN if name not in {"mati_id", "mati_channel"})

_LONGEST = 20_000
"""Code points kept of one value; more is no answer of a person."""
_LONGEST_NAME = 200
_LONGEST_HIDDEN = 60
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
"""Control characters and lone surrogates: no letters of any script."""

Values = dict[str, tuple[str, ...]]


def _clean(value: str, longest: int = _LONGEST) -> str:
    """Return ``value`` without control characters, cut where no person would write on."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("\ufffd", plain[:longest])


def _moment(at: str) -> datetime | None:
    """Read a UTC moment in ISO 8601; None when it is none."""
    try:
        moment = datetime.fromisoformat(at.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)  # noqa: UP017


def _utc(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: UP017


def _gathered(row: RawRow) -> Values:
    """Gather the values by name in the order sent; blank values are not given."""
    found: dict[str, list[str]] = {}
    for name, value in row.pairs:
        if value.strip():
            found.setdefault(_clean(name, _LONGEST_NAME), []).append(_clean(value))
    return {name: tuple(values) for name, values in found.items()}


def private_names(
    survey: Survey, released: Mapping[str, Then] = MappingProxyType({})
) -> frozenset[str]:
    """Return the wire names whose values are kept with the contacts, now or when released."""
    questions = (q for q in survey.questions if q.private)
    now = {c.name for q in questions for c in kind_of(q.kind).columns(q)}
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    once = (asked for then in released.values() for asked in then.asked.values() if asked.private)
    return frozenset(now.union(resolve(aliases, name) for asked in once for name in asked.names))


def _shown(condition: Condition | None, known: Values, unseen: frozenset[str] | None) -> bool:
    """Tell whether a part was shown; a page without script shows what it cannot judge.

    ``unseen`` are the lines of such a page that hide whether they are filled in; None: a
    script judged.
    """
    if condition is None or (unseen is not None and needs_script(condition, unseen)):
        return True
    return holds(condition, known)


@dataclass(slots=True)
class _Reading:
    """What has been understood of one row so far."""

    known: Values
    """Hidden fields and the answers to what was shown: what conditions look at."""
    answers: Values
    private: Values
    stale: Values
    asked: list[str]
    unknown: list[tuple[str, str]]
    odd: list[str]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is known of one question: whether it was shown, what was asked, who may read it."""

    shown: bool
    asked: frozenset[str] | None
    """Wire names whose missing answers mean something; None for all of them."""
    private: bool


def _read_question(question: Question, values: Values, reading: _Reading, judged: _Judged) -> None:
    """Sort the answers to one question."""
    kind = kind_of(question.kind)
    columns = kind.columns(question)
    given = {column.name: values.pop(column.name, ()) for column in columns}
    parsed = kind.parse(given, question)
    reading.unknown.extend(parsed.rejected)
    kept = dict(parsed.kept)
    if not judged.shown:
        reading.stale.update(kept)
        return
    reading.known.update(kept)
    reading.odd.extend(parsed.odd)
    if judged.private:
        reading.private.update(kept)
        return
    reading.answers.update(kept)
    reading.asked.extend(c.name for c in columns if _is_asked(c, columns, kept, judged.asked))


def _is_asked(
    column: Column,
    columns: tuple[Column, ...],
    kept: Mapping[str, object],
    asked: frozenset[str] | None,
) -> bool:
    """Leave out the words behind "Other: ___", which nobody is asked apart."""
    behind = column.shape == "open" and columns[0].shape != "open"
    return not behind and (asked is None or column.name in kept or column.name in asked)


Judge = Callable[[Question], _Judged]


def _judge_now(survey: Survey, reading: _Reading, unseen: frozenset[str] | None) -> Judge:
    """Return what judges questions by the survey as it is, one after the other."""
    pages = {q.id: (s, q) for s in survey.sections for q in s.questions}

    def judge(question: Question) -> _Judged:
        section, _ = pages[question.id]
        shown = _shown(section.show_if, reading.known, unseen)
        shown = shown and _shown(question.show_if, reading.known, unseen)
        return _Judged(shown, None, question.private)

    return judge


def _judge_then(then: Then | None, values: Values, survey: Survey, *, script: bool) -> Judge:
    """Return what judges questions by the version that was answered; None: it is not known.

    ``values`` go under the names of then. What was private then, or is now, stays private.
    """
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    shown = then.shown(values, script=script) if then else {}
    asked = then.asked if then else {}
    known = {resolve(aliases, id_): (asked[id_], there) for id_, there in shown.items()}

    def judge(question: Question) -> _Judged:
        if question.id not in known:
            return _Judged(shown=True, asked=frozenset(), private=question.private)
        was, there = known[question.id]
        names = frozenset(resolve(aliases, name) for name in was.names)
        return _Judged(there, names, question.private or was.private)

    return judge


def _hidden(survey: Survey, values: Values) -> tuple[tuple[str, str], ...]:
    """Read the hidden fields: declared values as they are, others as "other", free text cut.

    Of one that came twice the second stays among the values: the survey does not know it.
    """
    found: list[tuple[str, str]] = []
    for field in survey.settings.hidden:
        given = values.pop(field.name, ())
        if not given:
            continue
        if given[1:]:
            values[field.name] = given[1:]
        codes = {code for code, _ in field.values}
        value = " ".join(given[0].split())[:_LONGEST_HIDDEN]
        found.append((field.name, value if not codes or value in codes else OTHER))
    return tuple(found)


def _channel(values: Values) -> str:
    """Read the claimed channel: one we know, "other", or "" when none was named."""
    claimed = values.pop("mati_channel", ("",))[0].strip().lower()
    return claimed if not claimed or claimed in CHANNELS else OTHER


def read_row(
    row: RawRow,
    survey: Survey,
    notes: Notebook,
    released: Mapping[str, Then] = MappingProxyType({}),
) -> Response:
    """Return ``row`` as the survey understands it.

    A row of another version is judged by that version, where it is among the ``released``.
    Where it is not, nobody can tell what was shown: nothing of it is called stale, nothing
    unanswered is called missing.
    """
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    given = _gathered(row)
    values = today(aliases, given.items()) if aliases else dict(given)
    id_ = response_id([value.strip() for value in values.pop("mati_id", ())])
    own = {name: values.pop(name, ("",))[0].strip() for name in _TOLD}
    channel, hidden = _channel(values), _hidden(survey, values)
    other = bool(own["mati_version"]) and own["mati_version"] != survey.version
    reading = _Reading({name: (value,) for name, value in hidden}, {}, {}, {}, [], [], [])
    if other:
        then = released.get(own["mati_version"])
        judge = _judge_then(then, given, survey, script=bool(id_))
    else:
        judge = _judge_now(survey, reading, None if id_ else survey.unseen)
    for question in survey.questions:
        _read_question(question, values, reading, judge(question))
    reading.unknown.extend((name, v) for name, given in values.items() for v in given)
    moment = _moment(row.at)
    _say(row, survey, reading, moment, notes)
    closes = survey.settings.closes
    return Response(
        key=_clean(row.key, _LONGEST_NAME),
        id=id_,
        survey=survey.name,
        version=own["mati_version"][:_LONGEST_NAME],
        language=own["mati_lang"] if own["mati_lang"] in survey.languages else "",
        channel=channel,
        at=_utc(moment) if moment else "",
        answers=tuple(reading.answers.items()),
        private=tuple(reading.private.items()),
        hidden=hidden,
        stale=tuple(reading.stale.items()),
        unknown=tuple(reading.unknown),
        odd=tuple(reading.odd),
        suspect=row.suspect,
        sample=row.sample,
        asked=tuple(reading.asked),
        late=moment is not None and closes is not None and moment >= closes,
        other_version=other,
    )


def _place(row: RawRow, survey: Survey) -> Span:
    """Return where the row was read: its file and line, else the survey's file."""
    path, _, line = row.where.rpartition(":")
    if path and line.isdigit():
        return Span(path, int(line))
    return Span(row.where or survey.path)


def _say(
    row: RawRow, survey: Survey, reading: _Reading, moment: datetime | None, notes: Notebook
) -> None:
    """Write down what could not be understood; values stay out of it, they may be personal."""
    place = _place(row, survey)
    if moment is None:
        notes.note(Code.ANSWER_WITHOUT_TIME, place, survey=survey.name, text=row.at)
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    names = [
        name
        for name, value in reading.unknown
        if not name.startswith(RESERVED)
        and resolve(aliases, name)
        and resolve(aliases, f"{name.partition('.')[0]}.{value}")
    ]
    if names:
        notes.note(Code.UNKNOWN_ANSWER, place, survey=survey.name, name=names[0])
