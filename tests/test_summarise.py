"""What is shown tells of nobody; the faults others shipped do not come back.

The faults are those of likert, survey-analytics, formbricks and others, one test each.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_surveys import (
    LAST,
    choice,
    counted,
    csat,
    customer_service,
    everything,
    grid,
    multiple,
    nps,
    options,
    ranking,
    responses,
    scale,
    section,
    survey,
    tally,
    text,
    written,
)

from mati import figures
from mati.model import All, Cell, Chosen, Distribution, Not, RawRow, Survey
from mati.questions import kind_of
from mati.samples import sample
from mati.summarise import collection, columns, measures, safe, summaries

FIVE = (("1", "2"), ("3",), ("4", "5"))


def ordered(*counts: int, sides: tuple[tuple[str, ...], ...] = FIVE) -> Distribution:
    codes = [code for side in sides for code in side]
    cells = tuple(Cell((code,), n) for code, n in zip(codes, counts, strict=True))
    return Distribution(name="q", base=sum(counts), missing=0, cells=cells, sides=sides)


def plain(*counts: int, several: bool = False, base: int | None = None) -> Distribution:
    cells = tuple(Cell((chr(97 + at),), n) for at, n in enumerate(counts))
    size = sum(counts) if base is None else base
    return Distribution(name="q", base=size, missing=0, cells=cells, several=several)


def rows(
    name: str, values: dict[str, int], extra: tuple[tuple[str, str], ...] = ()
) -> list[RawRow]:
    """As many submissions of each value of one question as wanted; "" leaves it out."""
    made = []
    for value, number in values.items():
        for _ in range(number):
            given = ((name, value),) if value else ()
            key = f"k{len(made)}-{name}"
            at = "2026-11-01T00:00:00Z"
            made.append(RawRow(key=key, at=at, pairs=(*given, ("mati_lang", "en"), *extra)))
    return made


# --- Nothing small can be worked out ---------------------------------------------------------


def shown_as(found: Distribution) -> tuple[object, ...]:
    """What a reader sees of a distribution."""
    cells = tuple((cell.codes, cell.count) for cell in found.cells)
    return found.hidden, found.base, cells, found.withheld, found.missing, found.na, found.apart


def all_tables(cells: int, most: int) -> Iterator[tuple[int, ...]]:
    yield from (t for t in itertools.product(range(most + 1), repeat=cells) if sum(t) <= most)


@pytest.mark.parametrize(("least", "most"), [(3, 12), (5, 16)])
@pytest.mark.parametrize("shape", ["three levels", "four levels", "plain"])
def test_no_small_cell_follows_from_what_is_shown(shape, least, most):
    """A reader who knows these rules and tries every table finds no small cell for certain."""
    shapes = {
        "three levels": (("1",), ("2",), ("3",)),
        "four levels": (("1", "2"), (), ("3", "4")),
    }
    size = {"three levels": 3, "four levels": 4, "plain": 4}[shape]
    seen = defaultdict(list)
    for counts in all_tables(size, most):
        found = plain(*counts) if shape == "plain" else ordered(*counts, sides=shapes[shape])
        seen[shown_as(safe(found, least))].append(counts)
    for output, behind in seen.items():
        if output[0]:
            continue
        for at in range(size):
            values = {table[at] for table in behind}
            assert len(values) > 1 or not 0 < min(values) < least, (output, behind)


def test_no_small_cell_of_a_multiple_choice_follows_from_what_is_shown():
    least = 3
    for base in range(16):
        seen = defaultdict(list)
        for counts in itertools.product(range(base + 1), repeat=2):
            found = plain(*counts, several=True, base=base)
            seen[shown_as(safe(found, least))].append(counts)
        for output, behind in seen.items():
            for at in range(2):
                values = {table[at] for table in behind}
                if output[0] or len(values) > 1:
                    continue
                for small in (min(values), base - min(values)):
                    assert not 0 < small < least, (base, output, behind)


def orders(size: int, people: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of how often each of ``size`` things got each place, ``people`` in each row."""

    def rows(left: tuple[int, ...], base: int) -> Iterator[tuple[int, ...]]:
        if len(left) == 1:
            if base <= left[0]:
                yield (base,)
            return
        for first in range(min(left[0], base) + 1):
            for rest in rows(left[1:], base - first):
                yield (first, *rest)

    def tables(left: tuple[int, ...], more: int) -> Iterator[tuple[tuple[int, ...], ...]]:
        if not more:
            yield ()
            return
        for row in rows(left, people):
            below = tuple(a - b for a, b in zip(left, row, strict=True))
            for rest in tables(below, more - 1):
                yield (row, *rest)

    yield from tables((people,) * size, size)


@pytest.mark.parametrize(("size", "most"), [(2, 16), (3, 8)])
def test_no_small_cell_of_a_ranking_follows_from_the_others(size, most):
    """Everybody knows how many there were, that each gave each place once, and this rule."""
    least, names = 3, ("price", "quality", "service")[:size]
    asked = replace(ranking(), options=ranking().options[:size])
    wanted = survey(section("s", "Page", asked), least=least)
    for people in range(1, most + 1):
        seen: dict[object, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
        for table in orders(size, people):
            counts = {"mati_counted": people}
            for name, row in zip(names, table, strict=True):
                counts |= {f"order.{name}?": people, f"order.{name}": people}
                counts |= {f"order.{name}={p}": n for p, n in enumerate(row, 1)}
            (found,) = summaries(wanted, counts)
            shown = tuple(map(shown_as, found.distributions)), found.figures
            seen[shown].append(table)
        for tables in seen.values():
            for row, column in itertools.product(range(size), repeat=2):
                values = {table[row][column] for table in tables}
                assert len(values) > 1 or not 0 < values.pop() < least, tables


def test_places_are_joined_alike_in_every_row():
    counts = {f"order.{n}{p}": 40 for n in ("price", "quality", "service") for p in ("?", "")}
    table = {"price": (20, 18, 2), "quality": (10, 10, 20), "service": (10, 12, 18)}
    counts |= {f"order.{n}={p}": c for n, row in table.items() for p, c in enumerate(row, 1)}
    (found,) = summaries(survey(section("s", "Page", ranking())), {"mati_counted": 40, **counts})
    cells = [tuple(cell.codes for cell in one.cells) for one in found.distributions]
    assert cells == [(("1",), ("2", "3"))] * 3
    assert [f.name for f in found.figures] == ["first"] * 3


@given(
    st.lists(st.integers(0, 25), min_size=5, max_size=5),
    st.integers(3, 12),
    st.integers(0, 9),
    st.booleans(),
)
@settings(max_examples=100)
def test_every_shown_cell_is_empty_or_large(counts, least, na, is_ordered):
    found = ordered(*counts) if is_ordered else plain(*counts)
    found = replace(found, na=na, has_na=True)
    shown = safe(found, least)
    if shown.hidden:
        assert (shown.base, shown.missing, shown.na, shown.cells) == (0, 0, 0, ())
        return
    assert sum(cell.count for cell in shown.cells) == sum(counts)
    assert all(cell.count == 0 or cell.count >= least for cell in shown.cells)
    assert shown.na == 0 or shown.na >= least
    assert shown.na + shown.missing == na
    codes = [code for cell in shown.cells for code in cell.codes]
    assert sorted(codes) == sorted(code for cell in found.cells for code in cell.codes)


def test_small_levels_join_their_own_side_first():
    cells = safe(ordered(2, 9, 20, 30, 40), 5).cells
    assert [cell.codes for cell in cells] == [("1", "2"), ("3",), ("4",), ("5",)]


def test_a_small_side_joins_the_middle():
    cells = safe(ordered(1, 2, 20, 30, 40), 5).cells
    assert cells[0].codes[-1] == "3"
    assert [cell.codes for cell in cells[1:]] == [("4",), ("5",)]


def test_one_small_option_takes_a_larger_one_with_it():
    cells = safe(plain(2, 30, 9, 0), 5).cells
    assert ("a", "c") in [cell.codes for cell in cells]
    assert Cell(("d",), 0) in cells


def test_a_pool_in_which_everybody_is_known_is_not_shown():
    # five answers of one person each: "5 people gave 5 answers" would tell all five
    assert safe(plain(1, 1, 1, 1, 1), 5).hidden


def test_an_option_that_nearly_everybody_chose_is_withheld():
    found = safe(plain(38, 20, several=True, base=40), 5)
    assert found.withheld == ("a",)
    assert [cell.codes for cell in found.cells] == [("b",)]


def test_figures_stand_only_where_their_counts_do():
    wanted = survey(section("s", None, csat()))
    sums = counted(responses(rows("overall", {"1": 1, "3": 1, "4": 20, "5": 2}), wanted), wanted)
    (summary,) = summaries(wanted, sums)
    assert summary.distributions[0].count(("4", "5")) is None
    assert summary.figure("positive") is None
    assert summary.figure("mean") is None


def test_a_mean_is_withheld_as_soon_as_cells_are_joined():
    wanted = survey(section("s", None, scale()))
    many = {str(n): 10 for n in range(1, 8)}
    (summary,) = summaries(wanted, counted(responses(rows("easy", many), wanted), wanted))
    assert summary.figure("mean").value == 4
    sums = counted(responses(rows("easy", many | {"1": 2}), wanted), wanted)
    assert summaries(wanted, sums)[0].figure("mean") is None


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ({"0": 20, "8": 20, "10": 20}, True),
        ({"0": 0, "8": 30, "10": 30}, True),
        ({"0": 4, "8": 30, "10": 30}, False),
    ],
)
def test_a_score_needs_three_groups_that_are_empty_or_large(marks, shown):
    wanted = survey(section("s", None, nps()))
    (summary,) = summaries(wanted, counted(responses(rows("nps", marks), wanted), wanted))
    assert (summary.figure("nps") is not None) == shown


def test_below_fifty_answers_a_score_is_only_an_interval():
    wanted = survey(section("s", None, nps()))
    for number, value in ((16, None), (17, 0)):
        found = responses(rows("nps", {"0": number, "8": number, "10": number}), wanted)
        figure = summaries(wanted, counted(found, wanted))[0].figure("nps")
        assert figure.value == value
        assert figure.low < 0 < figure.high


def test_the_number_of_those_asked_does_not_give_a_hidden_cell_away():
    """Six were asked "why", because they said 1 or 2; joined with 3 they are nine."""
    bad = Chosen(("overall",), ("1", "2"))
    for condition in (bad, Not(bad)):
        wanted = survey(section("s", None, csat(), written("why", "Why?", show_if=condition)))
        given = {"1": 3, "2": 3, "3": 3, "4": 30, "5": 30}
        found = responses(rows("overall", given, (("why", "x"),)), wanted)
        overall, why = summaries(wanted, counted(found, wanted))
        shown = [cell.codes for cell in overall.distributions[0].cells]
        crossing = any("3" in codes and "2" in codes for codes in shown)
        assert why.distributions[0].hidden == crossing


@pytest.mark.parametrize(
    ("both", "hides"), [((10, 7, 12, 30), False), ((7, 3, 12, 30), True), ((7, 7, 9, 2), True),
     ((2, 9, 9, 30), True), ((0, 9, 9, 30), False)]
)  # fmt: skip
@pytest.mark.parametrize("nested", [True, False])
def test_a_part_behind_two_answers_does_not_give_few_away(both, hides, nested):
    """Who was asked because of two answers is a crossing: each of its four cells counts."""
    bad, shop = Chosen(("overall",), ("1", "2")), Chosen(("reached",), ("shop",))
    condition = shop if nested else All((bad, shop))
    page = bad if nested else None
    behind = section("t", None, written("why", "Why?", show_if=condition), show_if=page)
    wanted = survey(section("s", None, csat(), choice()), behind)
    four = (("1", "shop"), ("1", "phone"), ("5", "shop"), ("5", "phone"))
    made = [
        RawRow(
            key=f"k{at}-{overall}-{place}",
            at="2026-11-01T00:00:00Z",
            pairs=(("overall", overall), ("reached", place)),
        )
        for (overall, place), number in zip(four, both, strict=True)
        for at in range(number)
    ]
    found = summaries(wanted, counted(responses(made, wanted), wanted))
    assert not any(one.distributions[0].hidden for one in found[:2])
    assert found[2].distributions[0].hidden == hides


def test_few_in_one_row_but_not_in_another_do_not_follow():
    """Bad in one row or the other: asked are few more than in the first row alone."""
    rated = Chosen(("staff.prompt", "staff.welcome"), ("1", "2"))
    wanted = survey(section("s", None, grid(), written("why", "Why?", show_if=rated)))
    for extra, hides in ((2, True), (6, False)):
        made = [
            RawRow(
                key=f"k{at}",
                at="2026-11-01T00:00:00Z",
                pairs=(
                    ("staff.prompt", "1" if at < 12 else "5"),
                    ("staff.welcome", "1" if 6 <= at < 12 + extra else "5"),
                    ("why", "x"),
                ),
            )
            for at in range(40)
        ]
        found = summaries(wanted, counted(responses(made, wanted), wanted))
        assert found[1].distributions[0].hidden == hides


def branches(counts: dict[str, int], wanted: Survey) -> dict[str, int]:
    """The sums of as many answers from each branch as wanted; "" names none."""
    extra = (("mati_id", "with-script"), ("overall", "5"), ("why", "x"))
    return counted(responses(rows("branch", counts, extra), wanted), wanted)


def by_branch(*codes: str, condition: Chosen | Not | None = None) -> Survey:
    made = survey(section("s", None, csat(), written("why", "Why?", show_if=condition)))
    field = replace(made.settings.hidden[0], values=tuple((code, text(code)) for code in codes))
    return replace(made, settings=replace(made.settings, hidden=(field,)))


def branch_cells(wanted: Survey, sums: dict[str, int]) -> dict[tuple[str, ...], int]:
    found = [o for o in collection(wanted, sums).origins if o.name == "mati_hidden.branch"]
    return {cell.codes: cell.count for one in found for cell in one.cells if cell.count}


@pytest.mark.parametrize("codes", [("b",), ("a", "c"), ("c",)])
def test_a_part_for_some_branches_does_not_give_a_small_branch_away(codes):
    """Eight and three are shown as eleven: who was asked may not tell the eight."""
    for condition in (
        Chosen(("branch",), codes, hidden=True),
        Not(Chosen(("branch",), codes, hidden=True)),
    ):
        wanted = by_branch("a", "b", "c", condition=condition)
        sums = branches({"a": 50, "b": 8, "c": 3}, wanted)
        assert branch_cells(wanted, sums) == {("a",): 50, ("b", "c"): 11}
        assert summaries(wanted, sums)[1].distributions[0].hidden
    wanted = by_branch("a", "b", "c", condition=Chosen(("branch",), ("a",), hidden=True))
    assert (
        not summaries(wanted, branches({"a": 50, "b": 8, "c": 3}, wanted))[1]
        .distributions[0]
        .hidden
    )


def test_few_without_a_branch_do_not_follow_from_the_total():
    wanted = by_branch("a", "b")
    sums = branches({"a": 50, "b": 9, "": 2}, wanted)
    assert branch_cells(wanted, sums) == {("a",): 50, ("b", "none"): 11}
    some = by_branch("a", "b", condition=Chosen(("branch",), hidden=True))
    assert summaries(some, sums)[0].distributions[0].base == 61
    assert summaries(some, branches({"a": 50, "b": 9, "": 2}, some))[1].distributions[0].hidden


def test_a_branch_called_other_is_counted_once():
    wanted = by_branch("a", "other", "none")
    sums = branches({"a": 20, "other": 10, "elsewhere": 7, "none": 6, "": 9}, wanted)
    assert branch_cells(wanted, sums) == {("a",): 20, ("other",): 17, ("none",): 15}


def test_those_not_asked_may_not_be_few_either():
    condition = Chosen(("overall",), ("3", "4", "5"))
    wanted = survey(section("s", None, csat(), written("why", "Why?", show_if=condition)))
    found = responses(rows("overall", {"1": 3, "4": 30}, (("why", "x"),)), wanted)
    _, why = summaries(wanted, counted(found, wanted))
    assert why.distributions[0].hidden


def test_two_is_no_threshold():
    # with two, every joined cell of two would be known
    wanted = survey(section("s", None, choice()), least=2)
    found = responses(rows("reached", {"shop": 1, "phone": 1}), wanted)
    assert summaries(wanted, counted(found, wanted))[0].distributions[0].hidden


def test_a_small_survey_does_not_say_how_small():
    wanted = survey(section("s", None, choice()))
    found = responses(rows("reached", {"shop": 3}), wanted)
    made = collection(wanted, counted(found, wanted))
    assert made.counted is None
    assert made.received == 3


# --- Faults of others ------------------------------------------------------------------------


def test_a_level_nobody_chose_keeps_its_place():
    wanted = survey(section("s", None, csat()), least=0)
    found = responses(rows("overall", {"2": 1, "3": 2, "4": 3, "5": 4}), wanted)
    (summary,) = summaries(wanted, counted(found, wanted))
    assert [cell.count for cell in summary.distributions[0].cells] == [0, 1, 2, 3, 4]


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
@settings(max_examples=40)
def test_the_parts_of_every_row_add_up_to_its_base(counts):
    wanted = survey(section("s", None, csat()), least=0)
    given_marks = dict(zip("12345", counts, strict=True))
    (summary,) = summaries(wanted, counted(responses(rows("overall", given_marks), wanted), wanted))
    (found,) = summary.distributions
    assert sum(cell.count for cell in found.cells) == found.base == sum(counts)


def test_does_not_apply_is_outside_the_base_and_counted():
    wanted = survey(section("s", None, choice()))
    found = responses(rows("reached", {"shop": 10, "phone": 10, "no": 7, "": 2}), wanted)
    (shown,) = summaries(wanted, counted(found, wanted))[0].distributions
    assert (shown.base, shown.na, shown.missing) == (20, 7, 2)
    assert [cell.codes for cell in shown.cells] == [("shop",), ("facebook",), ("phone",)]


def test_few_who_say_it_does_not_apply_are_not_told_apart():
    wanted = survey(section("s", None, choice()))
    found = responses(rows("reached", {"shop": 10, "phone": 10, "no": 2, "": 2}), wanted)
    (shown,) = summaries(wanted, counted(found, wanted))[0].distributions
    assert (shown.na, shown.missing, shown.apart) == (0, 4, False)


def test_the_base_of_a_multiple_choice_is_who_answered_it():
    wanted = survey(section("s", None, multiple()))
    both = rows("wrong", {"late": 10, "none": 6, "": 5})
    both += rows("wrong", {"late": 8}, (("wrong", "broken"),))
    (shown,) = summaries(wanted, counted(responses(both, wanted), wanted))[0].distributions
    assert shown.base == 24
    assert shown.missing == 5
    assert {cell.codes: cell.count for cell in shown.cells} == {
        ("late",): 18,
        ("broken",): 8,
        ("differs",): 0,
        ("none",): 6,
    }


def test_nothing_divides_by_no_answers():
    for wanted in (customer_service(), everything()):
        for summary in summaries(wanted, {}):
            assert all(found.base == 0 and not found.hidden for found in summary.distributions)
            assert all(figure.value is None for figure in summary.figures)


def test_not_asked_is_not_missing():
    condition = Chosen(("overall",), ("1", "2"))
    wanted = survey(section("s", None, csat(), written("why", "Why?", show_if=condition)))
    found = responses(rows("overall", {"1": 10, "4": 20}), wanted)
    _, why = summaries(wanted, counted(found, wanted))
    assert why.distributions[0].missing == 10


def test_a_question_added_later_is_not_missing_in_older_answers():
    old = survey(section("s", None, csat()))
    stored = responses(rows("overall", {"4": 20}), old)
    new = replace(survey(section("s", None, csat(), choice())), version="v2")
    _, added = summaries(new, counted(stored, new))
    assert added.distributions[0].missing == 0


def test_the_threshold_holds_for_a_cell_not_for_the_survey():
    wanted = survey(section("s", None, choice()))
    found = responses(rows("reached", {"shop": 100, "phone": 3, "facebook": 90}), wanted)
    (shown,) = summaries(wanted, counted(found, wanted))[0].distributions
    assert all(cell.count >= 5 or not cell.count for cell in shown.cells)


def test_private_questions_have_no_column_and_no_sum():
    wanted = customer_service()
    assert not any(column.name.startswith("phone") for column in columns(wanted))
    assert not any("phone" in measure.name.split("=")[0] for measure in measures(wanted))


# --- The engine counts what plain Python counts ----------------------------------------------


@pytest.mark.parametrize("wanted", [customer_service(), everything()], ids=["shop", "all"])
def test_measures_have_names_of_their_own(wanted):
    names = [measure.name for measure in measures(wanted)]
    assert len(names) == len(set(names))


@given(st.integers(0, 10_000), st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_the_engine_counts_what_plain_python_counts(seed, number):
    chance = random.Random(seed)  # noqa: S311 -- for tests
    wanted = everything()
    made = [
        replace(
            one,
            late=chance.random() < 0.1,
            revised=chance.random() < 0.1,
            suspect="twice" if chance.random() < 0.1 else "",
        )
        for one in responses(sample(wanted, number, LAST), wanted)
        if chance.random() < 0.9
    ]
    assert counted(made, wanted) == tally(wanted, made, measures(wanted))


def test_sides_of_scales():
    question = replace(scale(), options=options(*((str(n), None) for n in range(1, 8))))
    (found,) = kind_of("scale").summarise(question, {}).distributions
    assert found.sides == (("1", "2", "3"), ("4",), ("5", "6", "7"))


def test_plain_numbering_is_no_scale():
    numbered = replace(choice(), options=options(("1", "Shop"), ("2", "Phone"), ("3", "E-mail")))
    assert kind_of("choice").summarise(numbered, {}).shows == ("bars",)
    rated = replace(choice(), options=options(("3", "Good"), ("2", "So-so"), ("1", "Bad")))
    assert kind_of("choice").summarise(rated, {}).shows == ("diverging",)


def test_every_share_has_its_wilson_interval():
    wanted = survey(section("s", None, grid()), least=0)
    found = responses(rows("staff.polite", {"5": 30, "2": 10}), wanted)
    (summary,) = summaries(wanted, counted(found, wanted))
    figure = summary.figure("positive", "staff.polite")
    assert (figure.value, (figure.low, figure.high)) == (0.75, figures.wilson(30, 40))


def test_a_thousand_tables_agree_with_binomials():
    # keeps the brute force above honest: it really tries every table
    assert sum(1 for _ in all_tables(3, 12)) == comb(15, 3)
