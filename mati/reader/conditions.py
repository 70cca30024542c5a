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
from dataclasses import replace

from mati.diagnostics import Code, Notebook
from mati.model import All, Any, Chosen, Condition, Not, plain_digits
from mati.model.conditions import KINDS
from mati.reader.comparisons import Comparison, Subject, Token
from mati.reader.pieces import Piece, Reading
from mati.reader.unread import (
    BENT,
    JOINTS,
    OPERATORS,
    TURNED,
    WORDS,
    UnreadableError,
    meant,
)
from mati.settings import close_to

__all__ = ["read_condition"]

_TOKEN = re.compile(
    r"\s*(?:(?P<slip>==|<>|=<|=>|&&|\|\||[≤≥≠]|" + f'[{BENT}][^{BENT}"]*[{BENT}]?)'
    r'|(?P<op><=|>=|!=|[=<>])|(?P<mark>[(),])|"(?P<quoted>[^"]*)"'
    r'|(?P<word>[^\s()<>=!,"]+)|(?P<odd>\S))'
)
_LONGEST = 2_000
_DEEPEST = 40
NOBODY: Mapping[str, str] = {}


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


def _tokens(piece: Piece) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(piece.text):
        kind = match.lastgroup or "odd"
        found.append(Token(kind, piece.cut(match.start(kind), match.end(kind))))
    return found


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
        self.last: Subject | None = None
        """What was compared last: its codes may go on behind "or"."""

    def whole(self) -> Condition:
        """Read everything."""
        found = self._or()
        if self.next < len(self.tokens):
            raise self._unread(self.tokens[self.next])
        return found

    def _unread(self, token: Token) -> UnreadableError:
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

    def _between(self, first: Token, last: Token) -> Piece:
        """Return the stretch from one token to another."""
        start = first.piece.column - self.piece.column
        end = last.piece.column - self.piece.column + len(last.text)
        return self.piece.cut(start, end)

    def _peek(self) -> str:
        """Return the next word, operator or mark; "" at the end and for quoted text."""
        if self.next >= len(self.tokens) or self.tokens[self.next].kind == "quoted":
            return ""
        return self.tokens[self.next].text

    def _take(self) -> Token:
        if self.next >= len(self.tokens):
            last = self.tokens[-1].piece
            raise UnreadableError(last)
        self.next += 1
        return self.tokens[self.next - 1]

    def _close(self, opened: Token) -> None:
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

    def _turned(self, value: Token) -> None:
        """Say that the name stands first where ``2 >= overall`` was written."""
        if self.next + 1 >= len(self.tokens) or not plain_digits(value.text).isdigit():
            return
        op, name = self.tokens[self.next : self.next + 2]
        if op.text in TURNED and name.text in self.subjects and value.text not in self.subjects:
            offer = f"{name.text} {TURNED[op.text]} {plain_digits(value.text)}"
            raise UnreadableError(self._between(value, name), offer=offer)

    def _answered(self, word: Token) -> Condition:
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

    def _comparison(self, name: Token) -> Condition:
        self._turned(name)
        if name.text.endswith(":") and name.text[:-1] in self.subjects:
            raise UnreadableError(name.piece, offer=f"{name.text[:-1]} =")
        op = self._operator(name)
        if op is None:
            return Any(())
        values = self._values(name, op)
        subject = self._subject(name)
        if subject is None:
            return Any(())
        desk = replace(self.reading, notes=Notebook()) if subject.damaged else self.reading
        self.last = subject if op.text != "!=" else None
        found = Comparison(desk, subject, op, values).condition()
        self.wrong = self.wrong or found is None
        return found or Any(())

    def _operator(self, name: Token) -> Token | None:
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
            offer = OPERATORS.get(behind.text) or close_to(behind.text, ("has", "is", "in"))
            last = self.tokens[self.next + 1]
            if offer:
                place = self._between(behind, last) if last.text == "than" else behind.piece
                raise UnreadableError(place, offer=offer)
        if self._subject(name) is None:
            return None
        raise self._half(name, behind)

    def _half(self, name: Token, behind: Token | None) -> UnreadableError:
        """Say that a name alone, or with a value but no operator, is no condition."""
        value, last = "", name
        if behind is not None and behind.text not in ("and", "or", ")"):
            if behind.kind not in ("word", "quoted") or behind.text in WORDS:
                return UnreadableError(behind.piece)
            value, last = behind.text, behind
            further = self.tokens[self.next + 1 :][:1]
            if further and further[0].text in self.subjects[name.text].codes:
                value, last = further[0].text, further[0]
        offer = _example(self.subjects[name.text], value)
        return UnreadableError(self._between(name, last), Code.CONDITION_HALF, offer)

    def _follows(self, name: Token) -> bool:
        """Tell whether behind the name of a question and another word a value stands."""
        if name.text not in self.subjects or self.next + 1 >= len(self.tokens):
            return False
        last = self.tokens[self.next + 1]
        return last.kind in ("word", "quoted", "mark") and last.text not in ("and", "or", ")")

    def _values(self, name: Token, op: Token) -> list[Token]:
        behind = self.tokens[self.next] if self.next < len(self.tokens) else op
        if behind.text == "not" and op.text in ("=", "is", "in"):
            offer = "!=" if op.text != "in" else "not … in"
            raise UnreadableError(self._between(op, behind), offer=offer)
        if self._peek() != "(":
            found = [self._value()]
            if self._peek() == "," and op.text in ("=", "!=", "is", "in", "has"):
                raise self._unbracketed(name, op, found[0])
            return found
        if op.text == "=":
            offer = f"{self._one_of(name)} ("
            raise UnreadableError(self._between(op, behind), offer=offer)
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

    def _one_of(self, name: Token) -> str:
        """Return the operator that several values may stand behind."""
        subject = self.subjects.get(name.text)
        return "has" if subject and subject.shape == "several" else "in"

    def _unbracketed(self, name: Token, op: Token, first: Token) -> UnreadableError:
        """Say that several values stand between round brackets."""
        words, last = [first.text], first
        while self._peek() == "," and self.next + 1 < len(self.tokens):
            last = self.tokens[self.next + 1]
            words.append(last.text)
            self.next += 2
        offer = f"({', '.join(word.strip('[]{}') for word in words)})"
        if op.text == "!=":
            offer = f"not {name.text} {self._one_of(name)} {offer}"
            return UnreadableError(self._between(name, last), offer=offer)
        if op.text == "=":
            return UnreadableError(self._between(op, last), offer=f"{self._one_of(name)} {offer}")
        return UnreadableError(self._between(first, last), offer=offer)

    def _value(self) -> Token:
        token = self._take()
        if token.kind == "quoted":
            return token
        if token.kind != "word" or token.text in WORDS or meant(token.text):
            raise UnreadableError(token.piece)
        return token

    def _subject(self, name: Token) -> Subject | None:
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

    def _note_unknown(self, name: Token) -> None:
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
        if self.last is not None and name.text in self.last.codes and behind in ("", "or", "and"):
            offer = _example(self.last, name.text)
        elif behind in self.subjects or behind in ("answered", "not", "("):
            offer = close_to(name.text, ("answered", "not")) or offer
        self.reading.note(
            Code.UNKNOWN_IN_CONDITION, name.piece, name=name.text, offer=offer, known=known
        )
