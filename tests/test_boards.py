"""What every board keeps to, found by looking at the shelf; and what each says."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report_surveys import (
    HERE,
    LAST,
    TEMPLATES,
    Tongue,
    counts,
    customer_service,
    load,
    nps,
    responses,
    section,
    survey,
)

from mati.boards import boards, label_of, value_of
from mati.boards.trend import board as trend
from mati.model import Change, Groups, Link, Part, Segment, Survey, Text, Trace, map_text
from mati.report import formats
from mati.samples import sample
from mati.summarise import groups, summaries

ENVIRONMENT = TEMPLATES.environment(message=Tongue().message)
WORDS = {"channels": {"qr": "QR code"}, "languages": {"en": "English"}}
SHOP = customer_service()


def by(*names: str, wanted: Survey = SHOP) -> Survey:
    report = replace(wanted.settings.report, segments=names)
    return replace(wanted, settings=replace(wanted.settings, report=report))


def found(number, wanted=SHOP):
    cubes = counts(responses(sample(wanted, number, LAST), wanted), wanted)
    return groups(wanted, cubes, summaries(wanted, cubes[0].sums))


def drawn(name, view, language="en"):
    module = ENVIRONMENT.get_template(f"boards/{name}/board.html").module
    return module.board(map_text(view, Tongue(language).words), formats(language), WORDS)


def part(*counts: int, codes: tuple[str, ...] = ("2026-10",), rest: bool = False) -> Part:
    return Part(codes=codes, counts=counts, rest=rest)


@pytest.mark.parametrize("board", boards.all(), ids=lambda board: board.name)
def test_a_board_has_its_name_its_templates_and_its_style(board):
    assert boards.find(board.name) is board
    text = load(f"boards/{board.name}/board.html")
    assert "macro board(view, f, w)" in text
    assert "macro title()" in text
    assert load(f"boards/{board.name}/style.css")
    assert "style=" not in text


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 4, 12, 40, 240, 2000])
@pytest.mark.parametrize("language", ["en", "km", "ar"])
@pytest.mark.parametrize("board", boards.all(), ids=lambda board: board.name)
def test_any_number_of_answers_makes_a_sound_picture_or_none(board, number, language):
    wanted = by("branch", "language", "channel")
    view = board.view(wanted, found(number, wanted))
    if view is None:
        assert number < 240
        return
    html = drawn(board.name, view, language)
    assert "nan" not in html.lower().replace("finance", "")
    assert "None" not in html

    class Balance(HTMLParser):
        open: list[str] = []  # noqa: RUF012 - of this one test

        def handle_starttag(self, tag, attrs):
            if tag not in ("br", "rect", "line", "circle", "path"):
                self.open.append(tag)

        def handle_endtag(self, tag):
            if tag not in ("br", "rect", "line", "circle", "path"):
                assert self.open.pop() == tag

    parser = Balance()
    parser.open = []
    parser.feed(html)
    assert not parser.open
    for number_ in re.findall(r'(?:x1|x2|y1|y2|cx|cy)="(-?[0-9.]+)%', html):
        assert 0 <= float(number_) <= 100


def test_no_groups_make_no_board():
    for board in boards.all():
        assert board.view(SHOP, Groups()) is None


# --- Numbers of groups -----------------------------------------------------------------------


def test_a_share_is_a_whole_percent_with_its_interval_rounded_outward():
    value = value_of(part(81, 182))
    assert (value.number, value.low, value.high, value.base, value.few) == (31, 25, 37, 263, False)


def test_a_score_needs_fifty_answers():
    few, enough = value_of(part(20, 10, 19)), value_of(part(20, 10, 20))
    assert (few.number, enough.number) == (None, 0)
    assert few.low < 2 < few.high
    assert enough.score


@pytest.mark.parametrize(
    ("counts", "masked", "number"),
    [((29, 0), "over", 95), ((0, 12), "under", 5), ((30, 0), "", 100), ((28, 1), "", 97)],
)
def test_a_small_group_that_answered_alike_is_masked(counts, masked, number):
    value = value_of(part(*counts))
    assert (value.masked, value.number) == (masked, number)


def test_a_masked_share_shows_a_bound_and_no_interval():
    parts = (part(20, 0), part(40, 10, codes=("2026-11",)))
    trace = Trace(item="overall", score=False, parts=parts)
    html = drawn("trend", trend.view(SHOP, Groups(trends=(trace,))))
    assert "over 95" in html
    assert "100" not in re.sub(r'="[^"]*"', "", html)


def test_an_item_is_called_by_its_row_or_its_question():
    assert label_of(SHOP, "staff.polite").source == "stayed polite from beginning to end"
    assert label_of(SHOP, "overall").source.startswith("All in all")
    with pytest.raises(LookupError):
        label_of(SHOP, "nothing")


# --- What each says --------------------------------------------------------------------------


def test_the_last_twelve_periods_are_drawn():
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    trace = Trace(
        item="overall", score=False, parts=tuple(part(50, 20, codes=(m,)) for m in months)
    )
    (line,) = trend.view(SHOP, Groups(trends=(trace,))).lines
    assert (len(line.points), line.earlier) == (12, 12)
    assert [point.value.codes[0] for point in line.points] == months[12:]
    assert [point.x for point in line.points] == sorted(point.x for point in line.points)
    assert "Only the last 12" in drawn("trend", trend.view(SHOP, Groups(trends=(trace,))))


def test_a_higher_share_stands_higher():
    trace = Trace(
        item="overall", score=False, parts=(part(10, 40), part(40, 10, codes=("2026-11",)))
    )
    low, high = trend.view(SHOP, Groups(trends=(trace,))).lines[0].points
    assert low.y > high.y
    assert all(point.top < point.y < point.bottom for point in (low, high))


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("2026-10",), "Oct 2026"),
        (("2026-09", "2026-10"), "Sep 2026 – Oct 2026"),
        (("2026-q4",), "Q4 2026"),
        (("2026-w09",), "week of Feb 23, 2026"),
        (("2026-03-01",), "from Mar 1, 2026"),
        (("earlier",), "before"),
    ],
)
def test_periods_are_written_as_people_say_them(codes, words):
    trace = Trace(item="overall", score=False, parts=(part(10, 40, codes=codes), part(40, 10)))
    assert words in drawn("trend", trend.view(SHOP, Groups(trends=(trace,))))


@pytest.mark.parametrize(
    ("verdict", "said"), [(1, "likely higher"), (-1, "likely lower"), (0, "Nothing changed")]
)
def test_a_change_is_told_in_words(verdict, said):
    change = Change(
        item="staff.polite", score=False, before=part(50, 50), now=part(60, 40, codes=("2026-11",)),
        low=-0.0301, high=0.2301, chance=0.2, verdict=verdict,
    )  # fmt: skip
    view = boards.find("change").view(SHOP, Groups(changes=(change,)))
    html = drawn("change", view)
    assert said in html
    assert "−4 … +24" in html
    assert (view.rows[0].low, view.rows[0].high) == (-4, 24)
    assert view.clear == bool(verdict)


def test_only_the_three_worth_most_are_to_be_mended_first():
    links = [
        Link(item=f"staff.{name}", base=90, strength=strength, percent=60, weight=weight)
        for name, strength, weight in (
            ("polite", 0.6, 0.3), ("advice", 0.4, 0.2), ("prompt", 0.2, 0.1), ("welcome", 0.2, 0.1),
        )
    ]  # fmt: skip
    view = boards.find("first").view(SHOP, Groups(links=tuple(links)))
    assert [thing.strength for thing in view.things] == [2, 1, 0]
    html = drawn("first", view)
    assert html.index("stayed polite") < html.index("gave advice") < html.index("were there when")
    weak = Groups(links=(replace(links[0], weight=0.01),))
    assert boards.find("first").view(SHOP, weak) is None


def test_groups_too_small_stand_in_the_last_column_together():
    parts = (part(50, 20, codes=("pp",)), part(30, 10, codes=("vt", "other"), rest=True))
    trace = Trace(item="overall", score=False, parts=parts)
    whole = Trace(
        item="staff.polite", score=False,
        parts=(part(50, 20, codes=("pp",)), part(30, 10, codes=("vt",))),
    )  # fmt: skip
    change = Change(
        item="overall", score=False, before=parts[1], now=parts[0], low=0, high=1, chance=0.01,
        verdict=1,
    )  # fmt: skip
    segment = Segment(
        column="mati_hidden.branch", codes=("pp", "vt", "other", "none"), traces=(trace, whole),
        changes=(change,),
    )  # fmt: skip
    view = boards.find("segments").view(SHOP, Groups(segments=(segment,)))
    (table,) = view.tables
    assert [(column.code, column.rest) for column in table.columns] == [
        ("pp", False), ("vt", False), ("", True),
    ]  # fmt: skip
    overall, polite = table.rows
    assert [cell and cell.value.base for cell in overall.cells] == [70, None, 40]
    assert [cell and cell.value.base for cell in polite.cells] == [70, 40, None]
    assert overall.cells[0].verdict == 1
    html = drawn("segments", view)
    assert "Others together" in html
    assert "likely higher" in html
    assert "Phnom Penh" in html


def test_a_code_of_a_segment_without_words_shows_as_it_is():
    text = Text(context="x", source="<i>", span=HERE)
    wanted = survey(section("s", "Page", nps()))
    parts = tuple(part(9, 9, 9, codes=(code,)) for code in ("1", "2"))
    trace = Trace(item="nps", score=True, parts=parts)
    segment = Segment(column="nps", codes=("1", "2"), traces=(trace,))
    html = drawn("segments", boards.find("segments").view(wanted, Groups(segments=(segment,))))
    assert "<i>" not in html
    assert text.source not in html


def test_every_item_stands_in_a_table_whose_fields_reach_over_joined_periods():
    months = ("2026-07", "2026-08", "2026-09")
    apart = tuple(part(30, 20, codes=(month,)) for month in months)
    joined = (part(60, 40, codes=months[:2]), part(30, 20, codes=months[2:]))
    late = (part(30, 20, codes=months[2:]),)
    traces = tuple(
        Trace(item=item, score=False, parts=parts)
        for item, parts in (("overall", apart), ("staff.polite", joined), ("staff.advice", late))
    )
    view = trend.view(SHOP, Groups(trends=traces))
    assert view.columns == months
    spans = [
        [(cell.span, cell.value and cell.value.base) for cell in row.cells] for row in view.rows
    ]
    assert spans == [[(1, 50)] * 3, [(2, 100), (1, 50)], [(2, None), (1, 50)]]
    html = drawn("trend", view)
    assert html.count('colspan="2"') == 2
    assert "Jul 2026 – Aug 2026" in html


def test_the_table_holds_the_last_six_periods():
    months = [f"2026-{month:02}" for month in range(1, 11)]
    parts = (part(60, 40, codes=tuple(months[:6])), *(part(30, 20, codes=(m,)) for m in months[6:]))
    view = trend.view(SHOP, Groups(trends=(Trace(item="overall", score=False, parts=parts),)))
    assert view.columns == tuple(months[4:])
    assert [cell.span for cell in view.rows[0].cells] == [2, 1, 1, 1, 1]


def test_a_row_stands_behind_the_words_that_it_completes():
    grid = replace(SHOP.questions[0], corner=Text(context="c", source="Our staff …", span=HERE))
    page = replace(SHOP.sections[0], questions=(grid, *SHOP.sections[0].questions[1:]))
    wanted = replace(SHOP, sections=(page, *SHOP.sections[1:]))
    link = Link(item="staff.polite", base=90, strength=0.4, percent=60, weight=0.3)
    html = drawn("first", boards.find("first").view(wanted, Groups(links=(link,))))
    assert html.index("Our staff …") < html.index("stayed polite")
    whole = replace(link, item="overall")
    assert boards.find("first").view(wanted, Groups(links=(whole,))).things[0].stem is None
