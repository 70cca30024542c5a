"""A table for spreadsheets: every cell comes back, none of them runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.spreadsheet import table, unguarded

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


WORDING = [
    "5.0",
    "007",
    "1/2",
    "12:30",
    "1e5",
    "$5",
    "-5 %",
    "May 5",
    "1 Mar",
    "True",
    "10%",
    "2 pm",
]


@pytest.mark.parametrize("text", [*WORDING, "'=1", "''=1", "'007", "'x", "=1", "+855 12", "5", "x"])
@pytest.mark.parametrize("exact", [True, False])
def test_every_cell_comes_back_as_it_was(text, exact):
    cell = table([[text]], exact=exact).removeprefix("\ufeff").rstrip("\r\n")
    assert unguarded(cell, exact=exact) == text


@pytest.mark.parametrize("text", WORDING)
def test_wording_is_no_number_and_no_day(text):
    assert table([[text]], exact=True) == f"\ufeff'{text}\r\n"


@pytest.mark.parametrize("text", ["5", "10", "0", "Maybe", "May I?", "5 stars", "១/២"])
def test_what_a_spreadsheet_keeps_needs_no_mark(text):
    assert table([[text]], exact=True) == f"\ufeff{text}\r\n"
