"""A survey in, what its answers are kept under out; and what a change of it does to them.

A *shape* is everything of a survey that answers depend on: ids, kinds, codes, rows, conditions,
and the wording they stood for. Released shapes stand in ``content/<survey>.lock``.
"""

from mati.versions.changes import BREAKING, Change, Sort
from mati.versions.compare import compare
from mati.versions.lockfile import Release, line_of, read_lock, released_names, released_words
from mati.versions.past import past
from mati.versions.shape import Shape, places_of, shape_of, source_shape
from mati.versions.verdict import aliases_of, check_lock, placed

__all__ = [
    "BREAKING",
    "Change",
    "Release",
    "Shape",
    "Sort",
    "aliases_of",
    "check_lock",
    "compare",
    "line_of",
    "past",
    "placed",
    "places_of",
    "read_lock",
    "released_names",
    "released_words",
    "shape_of",
    "source_shape",
]
