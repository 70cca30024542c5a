"""A list in, the answer block it makes out; None where it is plain prose."""

from __future__ import annotations

from mati.model import Block
from mati.reader.brackets import mostly
from mati.reader.choices import is_scale, read_choices, read_scale
from mati.reader.drafts import Answers, Item
from mati.reader.lines import has_line, read_fields
from mati.reader.pieces import Reading

__all__ = ["read_list"]


def read_list(
    reading: Reading, context: str, items: list[Item], *, ordered: bool
) -> Answers | None:
    """Read a list as an answer block; None when it is plain prose."""
    first = items[0].first
    coded = [item for item in items if item.coded]
    if coded and not ordered and is_scale(coded):
        return read_scale(reading, context, items)
    if coded:
        several = mostly(item.bracket for item in coded) == "["
        block = Block.RANKING if ordered else Block.SEVERAL if several else Block.ONE
        return read_choices(reading, context, items, block)
    # Mostly without lines they are answers that lack their codes, the last of them "Other: ___".
    lines = sum(has_line(item.first.text) for item in items)
    if not ordered and lines and lines * 2 >= len(items):
        fields = tuple(read_fields(reading, context, items))
        return Answers(block=Block.FIELDS, line=first.line, fields=fields, broken=not fields)
    return None
