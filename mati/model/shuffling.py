"""A question and a response's id in; the order in which its answers, or rows, were shown, out.

Nothing is sent for it: the page draws the order from the id, so who has the id has the order.
"""

from __future__ import annotations

from mati.model.survey import Question
from mati.model.tallies import RATING_LOOKS

__all__ = ["mixed_parts", "shown_order"]

_OFFSET, _PRIME = 0x811C9DC5, 0x01000193
"""FNV-1a, 32 bits (draft-eastlake-fnv, 5 and 6)."""


def mixed_parts(question: Question) -> tuple[str, ...]:
    """Return the codes, or rows, of a question that are shuffled; () for none.

    "Does not apply", "none of these" and a line for one's own words keep their places, and
    so do stars and faces, which are nothing in disorder.
    """
    if not question.shuffle or (question.look in RATING_LOOKS and not question.rows):
        return ()
    free = tuple(o.code for o in question.options if not (o.na or o.only or o.write_in))
    parts = tuple(row.id for row in question.rows) or free
    return parts if len(parts) > 1 else ()


def shown_order(question: Question, response: str) -> tuple[str, ...]:
    """Return the parts that were shuffled in the order shown to the response of that id.

    Without an id no script ran: then they stood in the author's order.
    """
    parts = mixed_parts(question)
    if not response:
        return parts
    return tuple(sorted(parts, key=lambda part: _draw(f"{part}a-{question.id}{response}")))


def _draw(text: str) -> int:
    """Return the hash of an ASCII text as the page's script has it, with a sign."""
    total = _OFFSET
    for sign in text:
        total = (total ^ ord(sign)) * _PRIME % 2**32
    return total - 2**32 if total >= 2**31 else total
