"""A survey in, what its answers are kept under out; and what a change of it does to them.

A *shape* is everything of a survey that answers depend on: ids, kinds, codes, rows, conditions,
and the wording they stood for. Released shapes stand in ``content/<survey>.lock``.
"""

from mati.versions.changes import BREAKING, Change, Sort
from mati.versions.compare import compare
from mati.versions.lockfile import Release, line_of, read_lock, released_names, released_words
from mati.versions.shape import Shape, places_of, shape_of
from mati.versions.verdict import check_lock

__all__ = [
    "BREAKING",
    "Change",
    "Release",
    "Shape",
    "Sort",
    "check_lock",
    "compare",
    "line_of",
    "places_of",
    "read_lock",
    "released_names",
    "released_words",
    "shape_of",
]
