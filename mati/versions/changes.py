"""One difference between two shapes: what sort it is, what it is about, what stood there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

__all__ = ["BREAKING", "Change", "Sort"]


@unique
class Sort(Enum):
    """What kind of difference; the first ones lose or mix up answers, the others do not."""

    GONE = "question-gone"
    RENAMED = "renamed"
    KIND = "kind-changed"
    SEVERAL = "one-became-several"
    PART_GONE = "row-gone"
    PART_RENAMED = "row-renamed"
    CODE_GONE = "code-gone"
    CODE_RENAMED = "code-renamed"
    CODE_REUSED = "code-reused"
    ID_REUSED = "id-reused"
    REVERSED = "scale-reversed"
    # From here on results stay comparable.
    CONSENT = "consent-changed"
    REWORDED = "reworded"
    ANSWER_REWORDED = "answer-reworded"
    ADDED = "question-added"
    PART_ADDED = "row-added"
    CODE_ADDED = "code-added"
    ORDER = "order-changed"
    CONDITION = "condition-changed"


BREAKING = frozenset(
    {
        Sort.GONE, Sort.RENAMED, Sort.KIND, Sort.SEVERAL, Sort.PART_GONE, Sort.PART_RENAMED,
        Sort.CODE_GONE, Sort.CODE_RENAMED, Sort.CODE_REUSED, Sort.ID_REUSED, Sort.REVERSED,
    }
)  # fmt: skip
"""What answers given before do not survive without an alias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference; which fields are filled depends on its sort."""

    sort: Sort
    name: str
    """What it is about, by its old name: ``staff``, ``staff.polite``; "" for all of it."""
    near: str = ""
    """The new name of the question it stands in, or of the one that stood before it."""
    old: str = ""
    """The words, or the kind, that stood there."""
    new: str = ""
    offer: str = ""
    """The name that took the place."""
