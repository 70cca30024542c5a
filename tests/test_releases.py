"""Public reports go from state to state; the difference of two tells of nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_surveys import LAST, counts, everything, responses
from scipy.optimize import linprog
from test_traces import (
    BRANCHES,
    CELLS,
    LEAST,
    LEVELS,
    MONTHS,
    SHOP,
    Name,
    drawn,
    published_sums,
    rows,
    shows,
)

from mati.diagnostics import Notebook
from mati.home import history_bytes, history_of, history_path
from mati.model import Counted, Release
from mati.samples import sample
from mati.summarise import published, release, today

NAMES = list(product(MONTHS, BRANCHES, (*LEVELS, "")))


def cubes_of(cells: dict[Name, int]) -> tuple[Counted, ...]:
    return counts(responses(rows(cells), SHOP), SHOP)


def after(*states: dict[Name, int]) -> tuple[Release, ...]:
    history = ()
    for cells in states:
        history = release(SHOP, cubes_of(cells), history)
    return history


def many(number: int, mark: str = "5", month: str = "2026-10", branch: str = "pp"):
    return {(month, branch, mark): number}


def test_the_first_report_shows_everything():
    (one,) = after(many(20))
    assert (one.number, one.shows) == (1, ())
    assert published(SHOP, [one]) == today(SHOP, cubes_of(many(20)))


@pytest.mark.parametrize("number", [0, 1, 4])
def test_too_few_answers_release_nothing(number):
    assert after(many(number)) == ()


@pytest.mark.parametrize(("more", "releases"), [(0, 1), (1, 1), (4, 1), (5, 2), (40, 2)])
def test_a_report_is_brought_up_to_date_by_enough_answers(more, releases):
    history = after(many(20), many(20 + more))
    assert len(history) == releases
    shown = published(SHOP, history)
    assert shown.collection.counted == (20 + more if releases == 2 else 20)


def test_few_in_the_difference_of_one_answer_hold_the_question_back():
    before = Counter(many(20) | many(20, "1") | many(20, "3"))
    new = before + Counter(many(9, "5") | many(1, "1"))
    history = after(before, new)
    assert dict(history[1].shows)["overall"] == 1
    (shown,) = published(SHOP, history).summaries
    assert shown.distributions[0].base == 60
    assert shown.figure("positive").base == 60
    assert published(SHOP, history).collection.counted == 70
    enough = after(before, new, new + Counter(many(4, "1")), new + Counter(many(4, "1") | many(9)))
    assert published(SHOP, enough).summaries[0].distributions[0].base == 83


def test_what_was_shown_is_not_hidden_again():
    before = Counter(many(20) | many(20, "1"))
    less = Counter(many(9))
    history = after(before, less)
    assert len(history) == 2
    assert not published(SHOP, history).summaries[0].distributions[0].hidden


def test_forgetting_somebody_changes_nothing_by_itself():
    before = Counter(many(20) | many(20, "1"))
    one_less = before - Counter(many(1, "1"))
    assert after(before, one_less) == after(before)


@given(st.lists(CELLS, min_size=2, max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_two_states_differ_by_few(steps):
    cells: Counter[tuple[str, str, str]] = Counter()
    states, history = [], ()
    for step in steps:
        cells += Counter(step)
        history = release(SHOP, cubes_of(cells), history)
        if history:
            states.append(published(SHOP, history))
    for early, late in pairwise(states):
        (old,), (new,) = early.summaries[0].distributions, late.summaries[0].distributions
        if old.hidden:
            continue
        assert not new.hidden
        for cell in (*old.cells, *new.cells):
            then, now = old.count(cell.codes), new.count(cell.codes)
            if then is not None and now is not None:
                assert abs(now - then) == 0 or abs(now - then) >= LEAST


@pytest.mark.parametrize("turn", range(80))
def test_no_small_group_can_be_worked_out_from_two_states(turn):
    """A linear program knows both pages and that no answer was taken away."""
    first = drawn()
    more = drawn()
    second = Counter(first) + Counter(more)
    history = after(first)
    if not history:
        return
    later = release(SHOP, cubes_of(second), history)
    states = [(published(SHOP, h), h) for h in (history, later)]
    size = len(NAMES)
    left, right = [], []
    for told, kept in states:
        number = kept[-1].number
        for holds, count, at in published_sums(told, kept[-1]):
            row = [float(holds(name)) for name in NAMES]
            left.append(row + (row if at == 2 and number == 2 else [0.0] * size))
            right.append(float(count))
    left, right = np.array(left), np.array(right)
    for at, groups in ((0, MONTHS), (1, BRANCHES), (2, ())):
        wanted = [(g, m) for g in groups for m in ("45", "123")] or [("", m) for m in LEVELS]
        for group, marks in wanted:
            holds = shows(at, (group,), marks) if group else shows(2, tuple(marks), "12345")
            row = np.array([float(holds(name)) for name in NAMES])
            nothing = np.zeros(size)
            for aim, cells in (
                (np.concatenate([row, nothing]), first),
                (np.concatenate([nothing, row]), more if len(later) == 2 else {}),
                (np.concatenate([row, row]), second if len(later) == 2 else {}),
            ):
                true = sum(number for name, number in cells.items() if holds(name))
                everybody = sum(n for name, n in cells.items() if name[at] == group)
                unasked = sum(n for name, n in cells.items() if name[at] == group and not name[2])
                if 0 < true < LEAST and not everybody - unasked < LEAST <= everybody:
                    low, high = (linprog(way, A_eq=left, b_eq=right) for way in (aim, -aim))
                    assert low.status == 0
                    top = float("inf") if high.status == 3 else -high.fun
                    assert top >= LEAST - 1e-6, (group, marks, true, top)
                    assert top - low.fun > 0.5, (group, marks, true)


# --- Kept on the disk ------------------------------------------------------------------------


def test_what_was_released_is_kept_whole(tmp_path: Path):
    wanted = everything()
    found = responses(sample(wanted, 120, LAST), wanted)
    history = release(wanted, counts(found[:60], wanted), ())
    history = release(wanted, counts(found, wanted), history)
    path = tmp_path / "private" / history_path("shop")
    path.parent.mkdir(parents=True)
    path.write_bytes(history_bytes(history))
    notes = Notebook()
    back = history_of(tmp_path, "shop", notes)
    assert not list(notes)
    assert history_bytes(back) == history_bytes(history)
    assert published(wanted, back) == published(wanted, history)


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[]", "null", "\x00", '{"format":2}', '{"format":1,"number":1}',
     '{"format":1,"number":1,"first":"","last":"","shows":{},"names":["a"],"cubes":[]}',
     ('{"format":1,"number":1,"first":"","last":"","shows":{},"names":["a"],'
      '"cubes":[{"by":[],"cells":[[[],[1,2]]]}]}')],
)  # fmt: skip
def test_a_damaged_line_is_an_error(tmp_path: Path, line: str):
    path = tmp_path / "private" / history_path("shop")
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n", "ascii")
    notes = Notebook()
    assert history_of(tmp_path, "shop", notes) == ()
    assert [(d.code.slug, d.span.line) for d in notes] == [("damaged-release", 1)]
    assert notes.has_errors()


def test_no_more_is_kept_than_is_held_against():
    cells: Counter[tuple[str, str, str]] = Counter(many(10) | many(10, "1"))
    history = ()
    for _ in range(40):
        cells += Counter(many(10) | many(10, "1"))
        history = release(SHOP, cubes_of(cells), history)
    assert history[-1].number == 40
    assert len(history) == 24
    assert not history[-1].shows
    assert replace(history[-1], number=1).cubes == history[-1].cubes
