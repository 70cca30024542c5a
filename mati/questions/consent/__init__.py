"""A question that asks somebody to agree in; its columns, sums and numbers out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mati.diagnostics import Code, Notebook
from mati.model import (
    Block,
    Cell,
    Check,
    Column,
    Distribution,
    Measure,
    Parsed,
    Question,
    QuestionSummary,
    Standard,
    asked_of,
    parse_columns,
    tallies,
    wording,
)

__all__ = ["Kind", "kind"]

_HASH = re.compile(r"[0-9a-f]{16}")


class Kind:
    """One box to tick, never ticked beforehand, and proof of the words beside it."""

    name = "consent"
    blocks = frozenset({Block.SEVERAL})
    default_for: frozenset[Block] = frozenset()
    looks: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = {}
    private = False
    consent = True
    example = "- [yes] I agree"
    standard: Standard | None = None

    def check(self, question: Question, notes: Notebook) -> None:
        """Insist on one box: who agrees to several things must be able to refuse one of them."""
        if len(question.options) != 1:
            notes.note(Code.CONSENT_NEEDS_ONE_BOX, question.span, id=question.id)
        for option in question.options:
            if option.write_in:
                notes.note(Code.LINE_NOT_HERE, option.span, code=option.code)
            for name, stands in (("na", option.na), ("only", option.only)):
                if stands:
                    notes.note(Code.PROPERTY_NOT_HERE, option.span, name=name, offer="", known="")

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return one column for the tick, and one for the hash of what was agreed to."""
        codes = tuple(option.code for option in question.options)
        return (
            Column(name=question.id, shape="several", codes=codes),
            Column(name=wording(question.id), shape="open"),
        )

    def parse(self, values: Mapping[str, tuple[str, ...]], question: Question) -> Parsed:
        """Read the tick and the hash beside it.

        The page sends the hash whether somebody ticked or not; alone it is no answer, and
        says nothing that the page did not say itself.
        """
        parsed = parse_columns(self.columns(question), values)
        kept, name = dict(parsed.kept), wording(question.id)
        proof = kept.pop(name, ())
        if kept and proof and _HASH.fullmatch(proof[0]):
            kept[name] = proof
        elif proof and not _HASH.fullmatch(proof[0]):
            return Parsed(tuple(kept.items()), (*parsed.rejected, (name, proof[0])))
        return Parsed(tuple(kept.items()), parsed.rejected)

    def measures(self, question: Question) -> tuple[Measure, ...]:
        """Want who was asked and who agreed."""
        return tallies(self.columns(question)[0])

    def summarise(self, question: Question, counts: Mapping[str, int]) -> QuestionSummary:
        """Return how many of those who were asked agreed: who left the box empty did not."""
        asked = counts.get(asked_of(question.id), 0)
        agreed = tuple(
            Cell((option.code,), counts.get(f"{question.id}={option.code}", 0))
            for option in question.options
        )
        found = Distribution(name=question.id, base=asked, missing=0, cells=agreed, several=True)
        return QuestionSummary(
            question=question.id, kind=self.name, distributions=(found,), shows=("bars",)
        )


kind = Kind()
