"""Made-up answers: always the same, believable, marked, and never anybody's."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from report_surveys import LAST, counted, customer_service, everything, responses

from mati.model import RawRow, Response
from mati.samples import COUNT, sample
from mati.summarise import summaries

SHOP = customer_service()


@cache
def rows() -> tuple[RawRow, ...]:
    return sample(SHOP, COUNT, LAST)


@cache
def understood() -> tuple[Response, ...]:
    return responses(rows(), SHOP)


def test_they_are_always_the_same():
    assert rows() == sample(customer_service(), COUNT, LAST)
    assert sample(SHOP, 5, LAST)[:4] != sample(everything(), 5, LAST)[:4]


def test_all_are_marked_and_none_is_suspect():
    assert all(row.sample and not row.suspect for row in rows())
    assert all(one.sample for one in understood())


def test_nothing_private_is_made_up():
    assert not any(name.startswith("phone") for row in rows() for name, _ in row.pairs)


@pytest.mark.parametrize("wanted", [SHOP, everything()], ids=["shop", "all"])
def test_the_survey_understands_every_one(wanted):
    for one in responses(sample(wanted, 60, LAST), wanted):
        assert one.unknown == ()
        assert one.stale == ()
        assert not one.other_version
        assert one.at


def test_the_last_one_was_given_at_the_last_moment():
    moments = [one.at for one in understood()]
    assert max(moments) == moments[-1] == "2026-11-21T19:47:00Z"
    assert len(set(moments)) > COUNT / 2


def test_every_language_channel_and_branch_occurs():
    found = understood()
    assert {one.language for one in found} == set(SHOP.languages)
    assert len({one.channel for one in found}) > 3
    assert {dict(one.hidden)["branch"] for one in found} == {"pp", "vt"}


def test_most_are_content_and_some_are_not():
    sums = counted(understood(), SHOP)
    grid, overall, *_ = summaries(SHOP, sums)
    for figure in (grid.figure("positive", "staff.polite"), overall.figure("positive")):
        assert 0.5 < figure.value < 0.9
    assert any(found.missing for found in grid.distributions)


def test_who_likes_one_thing_tends_to_like_the_others():
    pairs = [
        (int(answers["staff.polite"][0]), int(answers["overall"][0]))
        for one in understood()
        if {"staff.polite", "overall"} <= (answers := dict(one.answers)).keys()
    ]
    low = [overall for polite, overall in pairs if polite <= 2]
    high = [overall for polite, overall in pairs if polite == 5]
    assert sum(high) / len(high) > sum(low) / len(low) + 0.5


def test_only_some_write_and_their_words_mean_nothing():
    written = Counter(v for row in rows() for name, v in row.pairs if name == "best")
    assert 0.15 * COUNT < sum(written.values()) < 0.6 * COUNT
    assert len(written) <= 12
