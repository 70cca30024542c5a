"""A survey, its answers and what was done so far in; the people to call, the most urgent first.

Nothing is stored of a case but what people did: it follows from the answer each time, so that
the same answers give the same list however often it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from mati.followups.entries import Entry
from mati.model import (
    All,
    Any,
    Chosen,
    Compared,
    Condition,
    Input,
    Not,
    Question,
    Response,
    Survey,
    Text,
    holds,
    today,
)
from mati.questions import kind_of
from mati.responses import Contact

__all__ = ["CLOSED", "Case", "Reason", "Reply", "case_id", "cases", "grounds"]

CLOSED = frozenset({"done", "dropped"})
"""States in which nothing is left to do."""
_DIGITS = 10
"""Of the digest that names a case: ten hexadecimal digits keep a million cases apart."""

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One answer that put somebody on the list: the question, its row or field, the answer.

    ``answer`` is None where the survey has no words for it; ``code`` is what was sent.
    """

    question: Text
    part: Text | None
    answer: Text | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Words that somebody wrote, and where."""

    question: Text
    part: Text | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person to call, in the owner's copy alone.

    ``at`` is when the answer came and ``due`` the day until which to call, or to ask again, in
    the project's timezone. ``state`` is "" for new, else one of ``entries.STATES``. Without
    ``may_call`` the person was asked for leave and gave none: ways to reach them are left out.
    ``refused`` are the consents they were asked for and did not give; where they gave another
    one, it is for a person to judge which of them the call needs.
    """

    id: str
    key: str
    response: str
    survey: str
    at: datetime
    due: date
    overdue: bool = False
    language: str
    channel: str
    hidden: tuple[tuple[str, str], ...] = ()
    reasons: tuple[Reason, ...] = ()
    replies: tuple[Reply, ...] = ()
    may_call: bool = True
    refused: tuple[Text, ...] = ()
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    others: tuple[Reply, ...] = ()
    state: str = ""
    owner: str = ""
    promised: str = ""
    again: date | None = None
    satisfied: str = ""
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in CLOSED

    @property
    def ask(self) -> bool:
        """Whether what is left is to ask if they are satisfied now."""
        return self.state == "contacted"


def case_id(survey: str, response: str) -> str:
    """Return the name of a case: always the same for one response, and nothing of it is in it."""
    return hashlib.sha256(f"{survey}\n{response}".encode()).hexdigest()[:_DIGITS]


def cases(
    survey: Survey,
    responses: Iterable[Response],
    contacts: Mapping[str, Contact],
    entries: Iterable[Entry],
    now: datetime,
) -> tuple[Case, ...]:
    """Return everybody whose answers meet the survey's ``followup.if``: open ones first, by day.

    ``contacts`` are by key of the response; ``entries`` is the log; ``now`` is the moment in the
    project's timezone. Made-up answers, and those
    that a later answer of the same person takes the place of, are left out; late ones are not:
    the person is unhappy all the same.
    """
    follow_up = survey.settings.follow_up
    if follow_up is None or follow_up.rule is None:
        return ()
    done: dict[str, list[Entry]] = {}
    for entry in entries:
        done.setdefault(entry.case, []).append(entry)
    zone = now.tzinfo or UTC
    desk = _Desk(survey, follow_up.rule, follow_up.within_days, zone, now.date())
    found = [
        _carried(made, done.get(made.id, ()), desk)
        for response in responses
        if not (response.sample or response.revised)
        and (made := desk.case(response, contacts.get(response.key))) is not None
    ]
    return tuple(sorted(found, key=lambda case: (not case.open, case.due, case.at, case.id)))


def _carried(case: Case, entries: Sequence[Entry], desk: _Desk) -> Case:
    """Return a case with what was done so far."""
    last: dict[str, str] = {}
    for entry in entries:
        for name in ("state", "owner", "promised", "again", "satisfied"):
            last[name] = getattr(entry, name) or last.get(name, "")
    again = date.fromisoformat(last["again"]) if last.get("again") else None
    state = last.get("state", "")
    due = again if again and state == "contacted" else case.due
    return replace(
        case,
        state=state,
        owner=last.get("owner", ""),
        promised=last.get("promised", ""),
        again=again,
        satisfied=last.get("satisfied", ""),
        notes=tuple(entry.note for entry in entries if entry.note),
        due=due,
        overdue=state not in CLOSED and due < desk.day,
    )


def grounds(condition: Condition, values: Values) -> Iterator[tuple[str, str]]:
    """Go through the answers (wire name, value) that make a condition true.

    Where they came from, and that they left a number, is no reason to call.
    """
    match condition:
        case Chosen(names, codes, hidden) if codes and not hidden:
            for name in names:
                yield from ((name, value) for value in values.get(name, ()) if value in codes)
        case Compared(names):
            for name in names:
                given = values.get(name, ())
                yield from ((name, v) for v in given if holds(condition, {name: (v,)}))
        case All(parts) | Any(parts):
            for part in parts:
                if holds(part, values):
                    yield from grounds(part, values)
        case Chosen() | Not():
            return


def _moment(at: str) -> datetime:
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return datetime.min.replace(year=1970, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Desk:
    """What is the same for all cases of a survey."""

    survey: Survey
    rule: Condition
    within: int
    zone: tzinfo
    day: date
    questions: dict[str, Question] = field(default_factory=dict)
    consents: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions = {question.id: question for question in self.survey.questions}
        self.consents = {n: q for n, q in self.questions.items() if kind_of(q.kind).consent}

    def case(self, response: Response, contact: Contact | None) -> Case | None:
        """Return the case of one response; None where nobody needs to call."""
        aliases = {alias.old: alias.new for alias in self.survey.settings.aliases}
        private = today(aliases, contact.private) if contact else {}
        values = {**dict(response.answers), **private}
        values |= {name: (value,) for name, value in response.hidden}
        if not holds(self.rule, values):
            return None
        asked = [q for q in self.consents.values() if q.id in response.asked]
        refused = tuple(q.label for q in asked if not values.get(q.id))
        may_call = not asked or len(refused) < len(asked)
        at = _moment(response.at).astimezone(self.zone)
        name = response.id or response.key
        made = Case(
            id=case_id(self.survey.name, name),
            key=response.key,
            response=response.id,
            survey=self.survey.name,
            at=at,
            due=at.date() + timedelta(days=self.within),
            language=response.language,
            channel=response.channel,
            hidden=response.hidden,
            reasons=tuple(self._reasons(values)),
            replies=tuple(self._replies(dict(response.answers))),
            may_call=may_call,
            refused=refused,
        )
        return self._reached(made, private) if may_call else made

    def _reasons(self, values: Values) -> Iterator[Reason]:
        for name, value in dict.fromkeys(grounds(self.rule, values)):
            question, part = self._place(name)
            if question is None or question.private:
                continue
            labels = {option.code: option.label for option in question.options}
            yield Reason(question=question.label, part=part, answer=labels.get(value), code=value)

    def _replies(self, values: Values) -> Iterator[Reply]:
        """Go through what was written, write-ins too."""
        for question in self.survey.questions:
            if question.private:
                continue
            for column in kind_of(question.kind).columns(question):
                words = " / ".join(values.get(column.name, ())) if column.shape == "open" else ""
                if words.strip():
                    part = self._place(column.name)[1]
                    yield Reply(question=question.label, part=part, words=words)

    def _place(self, name: str) -> tuple[Question | None, Text | None]:
        """Return the question a wire name belongs to, and its row, field or answer."""
        head, _, rest = name.partition(".")
        question = self.questions.get(head)
        if question is None:
            return None, None
        parts: dict[str, Text | None] = {row.id: row.label for row in question.rows}
        parts |= {one.id: one.label for one in question.fields}
        parts |= {f"{option.code}.text": option.label for option in question.options}
        return question, parts.get(rest)

    def _reached(self, case: Case, private: Values) -> Case:
        """Return a case with the ways to reach the person: what sort each is, the survey says."""
        sorts: dict[str, list[str]] = {"name": [], "phone": [], "email": []}
        others: list[Reply] = []
        for name, given in private.items():
            words = " ".join(" / ".join(given).split())
            question, part = self._place(name)
            if question is None or not words or question.id in self.consents:
                continue
            sort = _sort(question, name)
            if sort:
                sorts[sort].append(words)
            else:
                others.append(Reply(question=question.label, part=part, words=words))
        return replace(
            case,
            names=tuple(sorts["name"]),
            phones=tuple(sorts["phone"]),
            emails=tuple(sorts["email"]),
            others=tuple(others),
        )


_COMPLETED = {"tel": "phone", "email": "email", "name": "name"}


def _sort(question: Question, name: str) -> str:
    """Tell what a private answer is: name, phone, email, or "" for anything else."""
    line = next((one for one in question.fields if name == f"{question.id}.{one.id}"), None)
    taken = (line.input if line else question.input) or Input()
    token = (line.autocomplete if line else question.autocomplete).partition("-")[0]
    last = name.rpartition(".")[2]
    if taken.kind in ("phone", "email"):
        return taken.kind
    return _COMPLETED.get(token) or ("name" if last == "name" else "")
