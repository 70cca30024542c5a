"""One comparison of a condition in, the codes that make it true out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt

from mati.diagnostics import Code
from mati.model import Any, Chosen, Compared, Condition
from mati.model.conditions import KINDS, typed
from mati.reader.pieces import Piece, Reading

__all__ = ["Comparison", "Subject", "Token"]

_ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
_LONGEST_NUMBER = 9


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
class Token:
    """A word, an operator, a mark or a quoted value, and where it stands."""

    kind: str
    piece: Piece

    @property
    def text(self) -> str:
        """Return it as written, without quotes."""
        return self.piece.text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison, all its parts known."""

    reading: Reading
    subject: Subject
    op: Token
    values: list[Token]

    def condition(self) -> Condition | None:
        """Return the codes that make it true; None when it makes no sense."""
        subject, op = self.subject, self.op.text
        if subject.shape == "open":
            return self._typed(op)
        if op == "has" and subject.shape == "one":
            value = self._shown()
            self.reading.note(Code.HAS_ON_ONE_ANSWER, self.op.piece, name=subject.name, value=value)
            return None
        if op != "has" and subject.shape == "several":
            value = self._shown()
            self.reading.note(Code.HAS_NEEDED, self.op.piece, name=subject.name, op=op, value=value)
            return None
        codes = self._ordered(op) if op in _ORDER else self._named(op)
        return Chosen(subject.names, codes, subject.hidden) if codes else None

    def _shown(self) -> str:
        """Return the values as they are written behind an operator."""
        words = ", ".join(value.text for value in self.values)
        return f"({words})" if len(self.values) > 1 else words

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

    def _is_good(self, value: Token, op: str) -> bool:
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

    def _note_bad(self, value: Token, op: str) -> None:
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
        if not found or len(found) == len(subject.codes):
            self.reading.note(
                Code.FULL_COMPARISON if found else Code.EMPTY_COMPARISON,
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

    def _note_unknown(self, value: Token) -> None:
        offer, known = self.reading.offer(value.text, self.subject.codes)
        self.reading.note(
            Code.UNKNOWN_ANSWER_CODE,
            value.piece,
            name=self.subject.name,
            value=value.text,
            offer=offer,
            known=known,
        )
