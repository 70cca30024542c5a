"""How many cells of a line a text fills."""

from __future__ import annotations

import pytest

from mati.width import cells


@pytest.mark.parametrize(
    ("words", "width"),
    [
        ("Good", 4),
        ("ល្អ", 1),
        ("ល្អណាស់", 4),
        ("ດີຫຼາຍ", 4),
        ("ប្រើ", 2),
        ("", 0),
        ("字", 2),
        ("a\u200bb", 2),
    ],
)
def test_cells(words, width):
    assert cells(words) == width
