"""The shelf of question kinds: a name in, the kind out. A folder here is a kind."""

from __future__ import annotations

from functools import lru_cache

from mati.model import Block, QuestionKind
from mati.shelf import Shelf

__all__ = ["default_kind", "kind_of", "kinds"]

kinds: Shelf[QuestionKind] = Shelf(__name__, __path__, "kind")


def default_kind(block: Block) -> QuestionKind | None:
    """Return the kind that ``block`` means where the author names none."""
    return _default_kind(kinds.all(), block)


@lru_cache(maxsize=64)
def _default_kind(shelf: tuple[QuestionKind, ...], block: Block) -> QuestionKind | None:
    return next((kind for kind in shelf if block in kind.default_for), None)


def kind_of(name: str) -> QuestionKind:
    """Return the kind of a question that was read; ``LookupError`` when it left the shelf."""
    kind = kinds.find(name)
    if kind is None:
        raise LookupError(name)
    return kind
