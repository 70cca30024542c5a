"""A submission as received in, a response as the survey understands it out; and its one line.

Nothing received is dropped: what was answered to parts that were not shown is ``stale``, what
the survey does not know is ``unknown``, what belongs to the contacts is ``private``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from operator import attrgetter
from typing import Any as Json

from mati.diagnostics import Code, Notebook, Span
from mati.model import (
    OWN,
    RESERVED,
    All,
    Any,
    Chosen,
    Column,
    Compared,
    Condition,
    Not,
    Question,
    RawRow,
    Response,
    Survey,
    code_today,
    holds,
    resolve,
    response_id,
    today,
)
from mati.questions import kind_of

__all__ = [
    "CHANNELS",
    "HIDDEN",
    "NONE",
    "OTHER",
    "Contact",
    "as_of_today",
    "contact_json",
    "from_json",
    "names_of",
    "part",
    "private_names",
    "read_row",
    "rows",
    "to_json",
]

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
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
_NUMBER = re.compile(r"[0-9][0-9_-]{4}")
"""What may be part of a telephone number."""
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


def private_names(survey: Survey) -> frozenset[str]:
    """Return the wire names whose values are kept with the contacts."""
    questions = (q for q in survey.questions if q.private)
    return frozenset(c.name for q in questions for c in kind_of(q.kind).columns(q))


def _needs_script(condition: Condition, unseen: frozenset[str]) -> bool:
    """Tell whether a page without script cannot judge a condition, and so shows the part."""
    match condition:
        case Chosen(names, codes, hidden):
            return hidden or not (codes or unseen.isdisjoint(names))
        case Compared():
            return True
        case Not(inner):
            return _needs_script(inner, unseen)
        case All(parts) | Any(parts):
            return any(_needs_script(inner, unseen) for inner in parts)


def _shown(condition: Condition | None, known: Values, unseen: frozenset[str] | None) -> bool:
    """Tell whether a part was shown; a page without script shows what it cannot judge.

    ``unseen`` are the lines of such a page that hide whether they are filled in; None: a
    script judged.
    """
    if condition is None or (unseen is not None and _needs_script(condition, unseen)):
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


def _read_question(
    question: Question, values: Values, reading: _Reading, *, shown: bool, judged: bool
) -> None:
    """Sort the answers to one question; ``judged``: missing answers mean something."""
    kind = kind_of(question.kind)
    columns = kind.columns(question)
    given = {column.name: values.pop(column.name, ()) for column in columns}
    parsed = kind.parse(given, question)
    reading.unknown.extend(parsed.rejected)
    kept = dict(parsed.kept)
    if not shown:
        reading.stale.update(kept)
        return
    reading.known.update(kept)
    reading.odd.extend(parsed.odd)
    if question.private:
        reading.private.update(kept)
        return
    reading.answers.update(kept)
    reading.asked.extend(c.name for c in columns if _is_asked(c, columns, kept, judged=judged))


def _is_asked(
    column: Column, columns: tuple[Column, ...], kept: Mapping[str, object], *, judged: bool
) -> bool:
    """Leave out the words behind "Other: ___", which nobody is asked apart."""
    behind = column.shape == "open" and columns[0].shape != "open"
    return not behind and (judged or column.name in kept)


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


def read_row(row: RawRow, survey: Survey, notes: Notebook) -> Response:
    """Return ``row`` as the survey understands it.

    A row of another version is read all the same, but only the version it was given to could
    tell what was shown: nothing of it is called stale, nothing unanswered is called missing.
    """
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    values = _gathered(row) if not aliases else today(aliases, _gathered(row).items())
    id_ = response_id([value.strip() for value in values.pop("mati_id", ())])
    own = {name: values.pop(name, ("",))[0].strip() for name in _TOLD}
    channel, hidden = _channel(values), _hidden(survey, values)
    other = bool(own["mati_version"]) and own["mati_version"] != survey.version
    reading = _Reading({name: (value,) for name, value in hidden}, {}, {}, {}, [], [], [])
    unseen = None if id_ else survey.unseen
    for section in survey.sections:
        page = other or _shown(section.show_if, reading.known, unseen)
        for question in section.questions:
            shown = page and (other or _shown(question.show_if, reading.known, unseen))
            _read_question(question, values, reading, shown=shown, judged=not other)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What of one response is kept with the contacts: private answers, and unknown words.

    A name the survey does not know may carry anything, a telephone number too.
    """

    key: str
    id: str
    at: str
    private: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stale: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def part(response: Response, private: frozenset[str]) -> tuple[Response, Contact | None]:
    """Split what is personal off a response; None when nothing is.

    ``private`` are the wire names kept with the contacts. What stays of an unknown value is
    its name, and the value only where it is a mere code.
    """
    stale = tuple(pair for pair in response.stale if pair[0] in private)
    apart = tuple(
        (name, value)
        for name, value in response.unknown
        if name in private or not _CODE.match(value) or _NUMBER.search(value)
    )
    if not (response.private or stale or apart):
        return response, None
    contact = Contact(
        key=response.key,
        id=response.id,
        at=response.at,
        private=response.private,
        stale=stale,
        unknown=apart,
    )
    plain = replace(
        response,
        private=(),
        stale=tuple(pair for pair in response.stale if pair[0] not in private),
        unknown=tuple(
            (name, "" if (name, value) in apart else value) for name, value in response.unknown
        ),
    )
    return plain, contact


HIDDEN = "mati_hidden."
"""Before the name of a hidden field in the table, where no question can be called so."""


_MARKS = tuple(
    (f"mati_{name}", attrgetter(name))
    for name in (
        "sample",
        "suspect",
        "stale",
        "unknown",
        "other_version",
        "late",
        "revised",
        "odd",
    )
)


def as_of_today(responses: Iterable[Response], survey: Survey) -> Iterator[Response]:
    """Go through stored responses by the names their answers go under today."""
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    if not aliases:
        yield from responses
        return
    columns = {c.name: c for q in survey.questions for c in kind_of(q.kind).columns(q)}
    for response in responses:
        yield _renamed(response, aliases, columns)


def _renamed(
    response: Response, aliases: Mapping[str, str], columns: Mapping[str, Column]
) -> Response:
    """Return a response with the names of today.

    What nobody knew when it came home, because the survey had been changed before it said what
    the old name was, is an answer now.
    """
    answers = today(aliases, response.answers, counted=True)
    left = {resolve(aliases, name) for name, _ in response.answers} - answers.keys()
    unknown: list[tuple[str, str]] = []
    for name, value in response.unknown:
        new, code = resolve(aliases, name), code_today(aliases, name, value)
        column = columns.get(new)
        if column is None or code not in column.codes or new in answers:
            unknown.append((name, value))
        else:
            answers[new] = (code,)
    asked = [resolve(aliases, name) or name for name in response.asked]
    hidden = today(aliases, ((name, (value,)) for name, value in response.hidden))
    return replace(
        response,
        answers=tuple(answers.items()),
        hidden=tuple((name, values[0]) for name, values in hidden.items()),
        stale=tuple(today(aliases, response.stale).items()),
        unknown=tuple(unknown),
        asked=tuple(name for name in dict.fromkeys(asked) if name not in left),
    )


def names_of(response: Response) -> frozenset[str]:
    """Return every name that a response holds an answer under, ``id.code`` of codes too."""
    found: set[str] = set()
    for name, values in (*response.answers, *((n, (v,)) for n, v in response.hidden)):
        head = name.partition(".")[0]
        found |= {name, head}
        found.update(f"{head}.{value}" for value in values if _CODE.match(value))
    return frozenset(found)


def _own_cells(response: Response) -> dict[str, str]:
    """Return what is counted of a response besides its answers.

    One that came late or was revised fills only the columns that say so: no sum of a question
    needs to look whether it counts.
    """
    found = {name: "1" for name, of in _MARKS if of(response)}
    if not (response.late or response.revised):
        found["mati_counted"] = "1"
        found["mati_lang"] = response.language or NONE
        found["mati_channel"] = response.channel or NONE
        found["mati_asked"] = f"|{'|'.join(response.asked)}|"
        found.update((HIDDEN + name, value) for name, value in response.hidden)
    return found


def rows(
    responses: Iterable[Response], columns: tuple[Column, ...]
) -> Iterator[tuple[str | None, ...]]:
    """Turn responses into rows of the table that is counted, one value a column.

    A column of shape ``one`` holds its code, ``several`` its codes as ``|a|c|``, ``open`` "1"
    where words were given; None where nothing was.
    """
    names = tuple(column.name for column in columns)
    shapes = {column.name: column.shape for column in columns}
    for response in responses:
        found = _own_cells(response)
        if "mati_counted" in found:
            for name, values in response.answers:
                shape = shapes.get(name)
                if shape == "one":
                    found[name] = values[0]
                elif shape == "several":
                    found[name] = f"|{'|'.join(values)}|"
                else:
                    found[name] = "1"
        yield tuple(map(found.get, names))


_PLAIN = ("key", "id", "mark", "at", "survey", "version", "language", "channel")
_FLAGS = ("sample", "late", "other_version")
_MAPS = ("answers", "private", "stale")


def to_json(response: Response) -> str:
    """Return one line of JSON: key, id and mark first, what is empty left out."""
    record: dict[str, Json] = {name: getattr(response, name) for name in _PLAIN}
    for name in _MAPS:
        if pairs := getattr(response, name):
            record[name] = {column: list(values) for column, values in pairs}
    if response.hidden:
        record["hidden"] = dict(response.hidden)
    if response.unknown:
        record["unknown"] = [list(pair) for pair in response.unknown]
    for name in ("odd", "asked"):
        if names := getattr(response, name):
            record[name] = list(names)
    for name in ("suspect", "revises"):
        if value := getattr(response, name):
            record[name] = value
    record |= {name: True for name in _FLAGS if getattr(response, name)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def contact_json(contact: Contact) -> str:
    """Return the line of the contacts' file."""
    record: dict[str, Json] = {"key": contact.key, "id": contact.id, "at": contact.at}
    for name in ("private", "stale"):
        if pairs := getattr(contact, name):
            record[name] = {column: list(values) for column, values in pairs}
    if contact.unknown:
        record["unknown"] = [list(pair) for pair in contact.unknown]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _pairs(record: Mapping[str, Json], name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = record.get(name)
    # a list inside: a generator costs a third more, and this runs for every response
    return tuple([(column, tuple(values)) for column, values in found.items()]) if found else ()


_decode = json.JSONDecoder().decode


def from_json(line: str | bytes) -> Response:
    """Read back what ``to_json`` wrote; ``ValueError`` on anything else."""
    # decoded here, because json.loads would guess the encoding of every line
    record = _decode(line if isinstance(line, str) else line.decode("utf-8"))
    try:
        return Response(
            key=record["key"],
            id=record["id"],
            mark=record["mark"],
            at=record["at"],
            survey=record["survey"],
            version=record["version"],
            language=record["language"],
            channel=record["channel"],
            answers=_pairs(record, "answers"),
            private=_pairs(record, "private"),
            stale=_pairs(record, "stale"),
            hidden=tuple(record.get("hidden", {}).items()),
            unknown=tuple((name, value) for name, value in record.get("unknown", ())),
            odd=tuple(record.get("odd", ())),
            asked=tuple(record.get("asked", ())),
            suspect=record.get("suspect", ""),
            revises=record.get("revises", ""),
            sample="sample" in record,
            late="late" in record,
            other_version="other_version" in record,
        )
    except (AttributeError, TypeError, KeyError) as error:
        message = "not a response"
        raise ValueError(message) from error
