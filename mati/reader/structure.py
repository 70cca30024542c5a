"""A survey in, the short hash of its structure out: ids, codes, order, conditions, kinds.

Wording is left out, so that answers to a question stay comparable when a word is mended.
"""

from __future__ import annotations

import hashlib
import json

from mati.model import Question, Section, Survey
from mati.model.conditions import Condition, to_json

__all__ = ["version_of"]

_LENGTH = 8


def version_of(survey: Survey) -> str:
    """Return eight hexadecimal digits that change when the structure does."""
    record = [
        [[_section(section), [_question(q) for q in section.questions]]
         for section in survey.sections],
        [[ending.id, _condition(ending.show_if)] for ending in survey.endings],
        [[hidden.name, [code for code, _ in hidden.values]] for hidden in survey.settings.hidden],
    ]  # fmt: skip
    text = json.dumps(record, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]


def _condition(condition: Condition | None) -> object:
    return to_json(condition) if condition else None


def _section(section: Section) -> object:
    """Return a page's condition; its own id is no part of the answers."""
    return _condition(section.show_if)


def _question(question: Question) -> list[object]:
    line = question.input
    return [
        question.id,
        question.kind,
        question.block.value,
        question.several,
        question.private,
        _condition(question.show_if),
        [[o.code, o.na, o.only, o.write_in] for o in question.options],
        [row.id for row in question.rows],
        [[f.id, f.input.kind] for f in question.fields],
        line.kind if line else "",
    ]
