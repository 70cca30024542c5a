"""Released shapes in, the survey as it was in each version out, for answers given to it."""

from __future__ import annotations

from collections.abc import Iterable

from mati.model import AskedThen, Block, PageThen, Then, join, write_in
from mati.versions.lockfile import Release
from mati.versions.shape import HIDDEN, Asked, Shape

__all__ = ["past"]

_UNSEEN = frozenset({"date", "time"})
"""Lines without a placeholder: CSS cannot tell whether they are filled in."""


def past(releases: Iterable[Release]) -> dict[str, Then]:
    """Return the released versions by the digest that comes with each answer."""
    return {release.shape.version: _then(release.shape) for release in releases}


def _then(shape: Shape) -> Then:
    asked = {one.id: one for one in shape.asked}
    lines = [(one.id, one.takes) for one in shape.asked]
    lines += [
        (join(one.id, field.name), field.marks) for one in shape.asked for field in one.fields
    ]
    words = {name for one in shape.asked for name in _own_words(one)}
    return Then(
        version=shape.version,
        pages=tuple(
            PageThen(
                asked=tuple(_asked(asked[id_]) for id_ in page.asks if id_ in asked),
                show_if=page.show_if,
            )
            for page in shape.pages
        ),
        hidden={
            one.id: frozenset(code.name for code in one.codes)
            for one in shape.asked
            if one.kind == HIDDEN
        },
        unseen=frozenset({name for name, takes in lines if takes in _UNSEEN} | words),
    )


def _own_words(asked: Asked) -> tuple[str, ...]:
    """Return the wire names of the lines behind "Other"."""
    return tuple(write_in(asked.id, code.name) for code in asked.codes if "text" in code.marks)


def _asked(asked: Asked) -> AskedThen:
    parts = [join(asked.id, part.name) for part in asked.parts]
    ranked = asked.block == Block.RANKING.value
    if ranked:
        parts = [join(asked.id, code.name) for code in asked.codes]
    names = (*(parts or (asked.id,)), *_own_words(asked))
    codes = () if ranked else (code.name for code in asked.codes)
    return AskedThen(
        id=asked.id,
        names=names,
        codes=frozenset(codes),
        private=asked.private,
        show_if=asked.show_if,
    )
