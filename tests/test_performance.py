"""How quickly people were called back: each case once, never of few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mati.followups import Entry, performance

BEGUN = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
ZONE = timezone(timedelta(hours=7))


def entry(number: int, hours: float, **more: str) -> Entry:
    at = (BEGUN + timedelta(hours=hours)).isoformat(timespec="seconds")
    return Entry(key=f"k{number}", case=f"c{number}", at=at, **{"state": "contacted", **more})


GIVEN = {f"k{n}": BEGUN.isoformat() for n in range(40)}


def told(*entries: Entry, least: int = 5):
    return performance(entries, GIVEN, 2, ZONE, least)


def test_the_first_call_counts_and_half_of_them_are_quicker():
    hours = (1, 2, 10, 30, 90)
    found = told(*(entry(n, h) for n, h in enumerate(hours)), entry(0, 200, state="done"))
    assert (found.called, found.hours, found.in_time, found.within_days) == (5, 10, 4, 2)


def test_in_time_is_until_the_end_of_the_day_where_the_shop_is():
    # given on the 3rd at 3 o'clock there: until the end of the 5th, 69 hours later
    found = told(*(entry(n, 68.9) for n in range(5)), *(entry(n, 69.1) for n in range(5, 9)))
    assert (found.called, found.in_time) == (9, 5)


@pytest.mark.parametrize("number", [0, 1, 4])
def test_few_calls_are_not_told(number):
    assert told(*(entry(n, 1) for n in range(number))) is None


def test_what_is_no_call_is_not_counted():
    states = ("assigned", "unreachable", "dropped")
    others = [entry(n, 1, state=state) for n, state in enumerate(states)]
    gone = [Entry(key="gone", case="x", at=BEGUN.isoformat(), state="done")]
    before = [entry(9, -5)]
    assert told(*others, *gone, *before, least=1) is None


def test_how_many_are_satisfied_is_told_where_enough_are_and_are_not():
    calls = [entry(n, 1) for n in range(20)]
    said = [entry(n, 99, satisfied="yes" if n < 12 else "no") for n in range(18)]
    found = told(*calls, *said)
    assert (found.asked, found.satisfied) == (18, 12)
    few = told(*calls, *said[:14])
    assert (few.called, few.asked) == (20, 0)
    everybody = told(*calls, *said[:12])
    assert (everybody.asked, everybody.satisfied) == (12, 12)


def test_the_last_word_holds():
    calls = [entry(n, 1, satisfied="no") for n in range(6)]
    again = [entry(n, 200, satisfied="yes", state="done") for n in range(6)]
    assert told(*calls, *again).satisfied == 6


@pytest.mark.parametrize("at", ["", "yesterday", "2026-13-01"])
def test_a_moment_that_is_none_is_no_call(at):
    entries = [Entry(key=f"k{n}", case=f"c{n}", at=at or "x", state="done") for n in range(9)]
    assert told(*entries) is None
