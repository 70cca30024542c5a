"""A table for spreadsheets: every cell comes back, none of them runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.spreadsheet import table

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_every_cell_comes_back_as_it_was_or_behind_an_apostrophe(rows):
    text = table(rows)
    assert text.startswith("\ufeff")
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(back) == len(rows)
    for row, old in zip(back, rows, strict=True):
        assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in old]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "@x", "\t=1", "\r=1", "＝1", "+-1", "-"]
)
def test_what_would_run_does_not(cell):
    assert f"'{cell}" in table([[cell]]).replace('""', '"')


@pytest.mark.parametrize(
    "cell", ["-5", "+855 12 345 678", "-0.25", "-1e-06", "+1 (212) 555-0100", "5"]
)
def test_numbers_stay_numbers(cell):
    assert table([[cell]]) == f"\ufeff{cell}\r\n"
