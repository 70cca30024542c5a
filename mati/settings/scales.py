"""``scales:`` of ``mati.yaml`` in, the scales that every survey may use by name out."""

from __future__ import annotations

import re
from dataclasses import replace

from mati.diagnostics import Code
from mati.model import CODE, Option, Scale, spelling
from mati.settings import values as read
from mati.settings.nodes import Node, Scalar
from mati.settings.values import Desk

__all__ = ["read_scales"]

_EXAMPLE = "scales: {quality: {5: Excellent, 4: Good, 3: Average, 2: Fair, 1: Poor}}"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_NA = "{na}"
_FEWEST = 2


def read_scales(desk: Desk, node: Node) -> tuple[Scale, ...]:
    """Read every scale: a name, below it a label for each code, ``{na}`` behind those apart."""
    group = read.mapping(desk, "scales", node, _EXAMPLE)
    found = (_scale(desk, key, value) for key, value in (group.entries if group else ()))
    return tuple(scale for scale in found if scale is not None)


def _scale(desk: Desk, name: Scalar, node: Node) -> Scale | None:
    key = f"scales.{name.text}"
    if not _NAME.fullmatch(name.text):
        desk.wrong("scales", name, _EXAMPLE)
        return None
    group = read.mapping(desk, key, node, f"{name.text}: {{5: Excellent, 1: Poor}}")
    if group is None:
        return None
    before = len(desk.notes)
    found = (_option(desk, name.text, code, label) for code, label in group.entries)
    options = tuple(option for option in found if option is not None)
    inside = [option for option in options if not option.na]
    if len(inside) < _FEWEST and len(desk.notes) == before:
        desk.notes.note(Code.SCALE_TOO_SHORT, name.span, name=name.text)
    return Scale(name=name.text, options=options, span=name.span)


def _option(desk: Desk, scale: str, code: Scalar, label: Node) -> Option | None:
    if not CODE.fullmatch(code.text):
        desk.notes.note(
            Code.BAD_CODE, code.span, text=code.text, offer=spelling(code.text, "a", code=True)
        )
        return None
    words = read.words(desk, f"scales.{scale}.{code.text}", label)
    if words is None:
        return None
    kept = words.text.rstrip()
    na = kept.endswith(_NA)
    bare = replace(words, text=kept.removesuffix(_NA).rstrip())
    return Option(
        code=code.text,
        label=desk.text(f"scale.{scale}.{code.text}", bare),
        span=code.span,
        na=na,
    )
