"""The words of a condition in, sets of codes out.

Grammar (binding from loose to tight)::

    or   = and { "or" and }        not  = { "not" } atom
    and  = not { "and" not }       atom = "(" or ")" | "answered" ref | ref op value
    op   = "=" "!=" "<" "<=" ">" ">=" "is" "in" "has"; the last three also take "(" a, b ")"

Every comparison is enumerated to the codes that make it true, so that ``!=`` means "answered,
and with another code". A question without an answer makes every comparison false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import ge, gt, le, lt

from mati.diagnostics import Code, Notebook
from mati.model import All, Any, Chosen, Compared, Condition, Not
from mati.model.conditions import KINDS, typed
from mati.reader.pieces import Piece, Reading
from mati.reader.unread import BENT, JOINTS, WORDS, UnreadableError, meant
from mati.settings import close_to

__all__ = ["Subject", "read_condition"]

_TOKEN = re.compile(
    r"\s*(?:(?P<slip>==|<>|=<|=>|&&|\|\||[≤≥≠]|" + f'[{BENT}][^{BENT}"]*[{BENT}]?)'
    r'|(?P<op><=|>=|!=|[=<>])|(?P<mark>[(),])|"(?P<quoted>[^"]*)"'
    r'|(?P<word>[^\s()<>=!,"]+)|(?P<odd>\S))'
)
_ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
_LONGEST = 2_000
_DEEPEST = 40
_LONGEST_NUMBER = 9
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something a condition can look at: a question, a row, a field, a hidden field.

    ``names`` are its wire names; ``shape`` is one, several or open as with columns;
    ``numbers`` the codes inside the base where all of them are numbers.
    """

    name: str
    names: tuple[str, ...]
    shape: str
    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    takes: str = ""
    """What is typed there: number, date, time, or other words; "" where nothing is."""
    order: int = -1
    """Place of its question in the survey; -1 for what is known from the start."""
    hidden: bool = False
    damaged: bool = False
    """Something is wrong with its answers: what follows from that is not said again."""
    broken: bool = False
    """Its question could not be read: nothing more is said about it."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    piece: Piece

    @property
    def text(self) -> str:
        return self.piece.text


def read_condition(
    reading: Reading,
    piece: Piece,
    subjects: Mapping[str, Subject],
    before: int,
    *,
    own: str = "",
    others: Mapping[str, str] = NOBODY,
) -> Condition | None:
    """Read a condition; None when it is wrong, which is then written down.

    It may look at questions that stand before place ``before``; ``own`` is the id of the
    question it belongs to. ``others`` are names it cannot look at: pages (""), and names
    that a question had once, with the one it has today.
    """
    piece = piece.strip()
    if len(piece.text) > _LONGEST:
        reading.note(Code.CONDITION_SYNTAX, piece.cut(0, 40), text=piece.text[:40])
        return None
    if not piece.text:
        reading.note(Code.EMPTY_CONDITION, piece)
        return None
    parser = _Parser(reading, piece, subjects, before, own=own, others=others)
    try:
        found = parser.whole()
    except UnreadableError as error:
        if not parser.wrong:  # else the cause is written down
            reading.note(error.code, error.piece, text=error.piece.text[:40], offer=error.offer)
        return None
    return None if parser.wrong else found


def _tokens(piece: Piece) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(piece.text):
        kind = match.lastgroup or "odd"
        found.append(_Token(kind, piece.cut(match.start(kind), match.end(kind))))
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _example(subject: Subject, value: str) -> str:
    """Return a condition about ``subject`` as it is written, with ``value`` if that is given."""
    values = {"number": "2", "date": "2026-12-31", "time": "09:30"}
    value = value or values.get(subject.takes) or "".join(subject.codes[:1])
    if not value or (subject.shape == "open" and subject.takes not in KINDS):
        return f"answered {subject.name}"
    return f"{subject.name} {'has' if subject.shape == 'several' else '='} {value}"


class _Parser:
    """Reads one condition; what is only wrong in meaning does not stop it."""

    def __init__(
        self,
        reading: Reading,
        piece: Piece,
        subjects: Mapping[str, Subject],
        before: int,
        *,
        own: str,
        others: Mapping[str, str],
    ) -> None:
        self.reading, self.piece, self.own, self.others = reading, piece, own, others
        self.subjects, self.before = subjects, before
        self.tokens = _tokens(piece)
        self.next = 0
        self.depth = 0
        self.wrong = False

    def whole(self) -> Condition:
        """Read everything."""
        found = self._or()
        if self.next < len(self.tokens):
            raise self._unread(self.tokens[self.next])
        return found

    def _unread(self, token: _Token) -> UnreadableError:
        """Say what is wrong with a token behind a condition that could be read."""
        if token.text == ")":
            return UnreadableError(token.piece, Code.CONDITION_BRACKET)
        joint = JOINTS.get(token.text) or close_to(token.text, ("and", "or"))
        if joint and token.text not in self.subjects and self.next + 1 < len(self.tokens):
            return UnreadableError(token.piece, offer=joint)
        beside = token.text in self.subjects or token.text in ("not", "answered", "(")
        return UnreadableError(
            token.piece, Code.CONDITION_JOINT if beside else Code.CONDITION_SYNTAX
        )

    def _between(self, first: _Token, last: _Token) -> Piece:
        """Return the stretch from one token to another."""
        start = first.piece.column - self.piece.column
        end = last.piece.column - self.piece.column + len(last.text)
        return self.piece.cut(start, end)

    def _peek(self) -> str:
        """Return the next word, operator or mark; "" at the end and for quoted text."""
        if self.next >= len(self.tokens) or self.tokens[self.next].kind == "quoted":
            return ""
        return self.tokens[self.next].text

    def _take(self) -> _Token:
        if self.next >= len(self.tokens):
            last = self.tokens[-1].piece
            raise UnreadableError(last)
        self.next += 1
        return self.tokens[self.next - 1]

    def _close(self, opened: _Token) -> None:
        """Read the bracket that closes ``opened``."""
        if self.next >= len(self.tokens):
            raise UnreadableError(opened.piece, Code.CONDITION_BRACKET)
        token = self._take()
        if token.text != ")":
            raise self._unread(token)

    def _or(self) -> Condition:
        parts = [self._and()]
        while self._peek() == "or":
            self.next += 1
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _and(self) -> Condition:
        parts = [self._not()]
        while self._peek() == "and":
            self.next += 1
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _not(self) -> Condition:
        turned = False
        while self._peek() == "not":
            self.next += 1
            turned = not turned
        found = self._atom()
        return Not(found) if turned else found

    def _atom(self) -> Condition:
        token = self._take()
        if token.text == "(" and token.kind == "mark":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise UnreadableError(token.piece)
            found = self._or()
            self._close(token)
            self.depth -= 1
            return found
        if token.kind != "word":
            raise UnreadableError(token.piece)
        if token.text == "answered":
            return self._answered(token)
        slipped = token.text.lower() in WORDS or meant(token.text)
        if slipped and token.text not in self.subjects:
            raise UnreadableError(token.piece)
        return self._comparison(token)

    def _answered(self, word: _Token) -> Condition:
        name = self._take()
        if name.text == "(" and self.next + 1 < len(self.tokens):
            inner, last = self.tokens[self.next : self.next + 2]
            if inner.kind == "word" and last.text == ")":
                offer = f"answered {inner.text}"
                raise UnreadableError(self._between(word, last), offer=offer)
        if name.kind != "word" or name.text in WORDS:
            raise UnreadableError(name.piece)
        subject = self._subject(name)
        return Chosen(subject.names, (), subject.hidden) if subject else Any(())

    def _comparison(self, name: _Token) -> Condition:
        op = self._operator(name)
        if op is None:
            return Any(())
        values = self._values(op)
        subject = self._subject(name)
        if subject is None:
            return Any(())
        desk = replace(self.reading, notes=Notebook()) if subject.damaged else self.reading
        found = _Comparison(desk, subject, op, values).condition()
        self.wrong = self.wrong or found is None
        return found or Any(())

    def _operator(self, name: _Token) -> _Token | None:
        """Read the operator behind a name; None where there is none, which is written down."""
        behind = self.tokens[self.next] if self.next < len(self.tokens) else None
        if behind is not None and (behind.kind == "op" or behind.text in ("is", "in", "has")):
            return self._take()
        if behind is not None and behind.text == "not" and self.next + 1 < len(self.tokens):
            last = self.tokens[self.next + 1]
            if last.text in ("is", "in", "has"):
                offer = f"not {name.text} {last.text}"
                raise UnreadableError(self._between(name, last), offer=offer)
        if behind is not None and meant(behind.text):
            raise UnreadableError(behind.piece)
        if behind is not None and behind.text not in WORDS and self._follows(name):
            offer = close_to(behind.text, ("has", "is", "in"))
            if offer:
                raise UnreadableError(behind.piece, offer=offer)
        if self._subject(name) is None:
            return None
        value, last = "", name
        if behind is not None and behind.text not in ("and", "or", ")"):
            if behind.kind not in ("word", "quoted") or behind.text in WORDS:
                raise UnreadableError(behind.piece)
            value, last = behind.text, behind
        offer = _example(self.subjects[name.text], value)
        raise UnreadableError(self._between(name, last), Code.CONDITION_HALF, offer)

    def _follows(self, name: _Token) -> bool:
        """Tell whether behind the name of a question and another word a value stands."""
        if name.text not in self.subjects or self.next + 1 >= len(self.tokens):
            return False
        last = self.tokens[self.next + 1]
        return last.kind in ("word", "quoted", "mark") and last.text not in ("and", "or", ")")

    def _values(self, op: _Token) -> list[_Token]:
        behind = self.tokens[self.next] if self.next < len(self.tokens) else op
        if behind.text == "not" and op.text in ("=", "is", "in"):
            offer = "!=" if op.text != "in" else "not … in"
            raise UnreadableError(self._between(op, behind), offer=offer)
        if self._peek() != "(":
            found = [self._value()]
            if self._peek() == "," and op.kind != "op":
                raise self._unbracketed(found[0])
            return found
        if op.text == "=":
            raise UnreadableError(self._between(op, behind), offer="in (")
        if op.kind == "op":
            raise UnreadableError(behind.piece)
        self.next += 1
        found = [self._value()]
        while self._peek() == ",":
            self.next += 1
            found.append(self._value())
        if self.next < len(self.tokens) and self.tokens[self.next].kind in ("word", "quoted"):
            offer = f"{found[-1].text}, {self.tokens[self.next].text}"
            raise UnreadableError(self._between(found[-1], self.tokens[self.next]), offer=offer)
        self._close(behind)
        return found

    def _unbracketed(self, first: _Token) -> UnreadableError:
        """Say that several values stand between brackets."""
        words, last = [first.text], first
        while self._peek() == "," and self.next + 1 < len(self.tokens):
            last = self.tokens[self.next + 1]
            words.append(last.text)
            self.next += 2
        return UnreadableError(self._between(first, last), offer=f"({', '.join(words)})")

    def _value(self) -> _Token:
        token = self._take()
        if token.kind == "quoted":
            return token
        if token.kind != "word" or token.text in WORDS or meant(token.text):
            raise UnreadableError(token.piece)
        return token

    def _subject(self, name: _Token) -> Subject | None:
        subject = self.subjects.get(name.text)
        if subject is None:
            self._note_unknown(name)
            return None
        if subject.broken:
            self.wrong = True
            return None
        if subject.order >= self.before:
            own = subject.order == self.before and name.text.partition(".")[0] == self.own
            code = Code.OWN_QUESTION if own else Code.LATER_QUESTION
            self.reading.note(code, name.piece, name=name.text)
            self.wrong = True
            return None
        return subject

    def _note_unknown(self, name: _Token) -> None:
        self.wrong = True
        if self.reading.unsure:
            return
        if name.text in self.others and not self.others[name.text]:
            self.reading.note(Code.PAGE_IN_CONDITION, name.piece, name=name.text)
            return
        whole, dot, _ = name.text.partition(".")
        parent = self.subjects.get(whole)
        if dot and parent is not None and parent.broken:
            return
        start = f"{whole}." if dot and parent else ""
        earlier = (s.name for s in self.subjects.values() if s.order < self.before)
        offer, known = self.reading.offer(
            name.text, (each for each in earlier if each.startswith(start))
        )
        offer = self.others.get(name.text, offer)
        behind = self.tokens[self.next].text if self.next < len(self.tokens) else ""
        if behind in self.subjects or behind in ("answered", "not", "("):
            offer = close_to(name.text, ("answered", "not")) or offer
        self.reading.note(
            Code.UNKNOWN_IN_CONDITION, name.piece, name=name.text, offer=offer, known=known
        )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One comparison, all its parts known."""

    reading: Reading
    subject: Subject
    op: _Token
    values: list[_Token]

    def condition(self) -> Condition | None:
        """Return the codes that make it true; None when it makes no sense."""
        subject, op = self.subject, self.op.text
        if subject.shape == "open":
            return self._typed(op)
        if op == "has" and subject.shape == "one":
            value = self.values[0].text
            self.reading.note(Code.HAS_ON_ONE_ANSWER, self.op.piece, name=subject.name, value=value)
            return None
        if op != "has" and subject.shape == "several":
            value = self.values[0].text
            self.reading.note(Code.HAS_NEEDED, self.op.piece, name=subject.name, op=op, value=value)
            return None
        codes = self._ordered(op) if op in _ORDER else self._named(op)
        return Chosen(subject.names, codes, subject.hidden) if codes else None

    def _typed(self, op: str) -> Condition | None:
        """Compare what people type: numbers with numbers, days with days, times with times."""
        subject = self.subject
        if subject.takes not in KINDS or op == "has":
            self.reading.note(Code.TYPED_COMPARED, self.op.piece, name=subject.name)
            return None
        relation = op if self.op.kind == "op" else "="
        for value in self.values:
            if not self._is_good(value, relation):
                return None
        found = (
            Compared(subject.names, relation, value.text, subject.takes) for value in self.values
        )
        parts = tuple(found)
        return parts[0] if len(parts) == 1 else Any(parts)

    def _is_good(self, value: _Token, op: str) -> bool:
        """Tell whether a value is of the kind that is typed there."""
        subject, good = self.subject, False
        if value.text.isascii():
            match subject.takes:
                case "number":
                    good = value.text.isdigit() and len(value.text) <= _LONGEST_NUMBER
                case "date":
                    good = _is_day(value.text)
                case _:
                    good = typed(value.text, subject.takes) is not None
        if not good:
            self._note_bad(value, op)
        return good

    def _note_bad(self, value: _Token, op: str) -> None:
        codes = {"number": Code.NOT_A_NUMBER, "date": Code.NOT_A_DATE, "time": Code.NOT_A_TIME}
        code = codes[self.subject.takes]
        name = self.subject.name
        self.reading.note(code, value.piece, value=value.text, name=name, op=op)

    def _ordered(self, op: str) -> tuple[str, ...] | None:
        subject, value = self.subject, self.values[0]
        codes = ", ".join(subject.codes)
        if not subject.numbers:
            self.reading.note(
                Code.NOT_ORDERED, self.op.piece, name=subject.name, op=op, codes=codes
            )
            return None
        if not (
            value.text.isascii() and value.text.isdigit() and len(value.text) <= _LONGEST_NUMBER
        ):
            self.reading.note(
                Code.NOT_A_NUMBER, value.piece, value=value.text, name=subject.name, op=op
            )
            return None
        found = tuple(c for c in subject.numbers if _ORDER[op](int(c), int(value.text)))
        if not found:
            self.reading.note(
                Code.EMPTY_COMPARISON,
                value.piece,
                name=subject.name,
                op=op,
                value=value.text,
                codes=codes,
            )
        return found

    def _named(self, op: str) -> tuple[str, ...] | None:
        subject = self.subject
        for value in self.values:
            if value.text not in subject.codes:
                self._note_unknown(value)
                return None
        wanted = {value.text for value in self.values}
        if op == "!=":
            wanted = set(subject.codes) - wanted
        return tuple(code for code in subject.codes if code in wanted) or None

    def _note_unknown(self, value: _Token) -> None:
        offer, known = self.reading.offer(value.text, self.subject.codes)
        self.reading.note(
            Code.UNKNOWN_ANSWER_CODE,
            value.piece,
            name=self.subject.name,
            value=value.text,
            offer=offer,
            known=known,
        )
