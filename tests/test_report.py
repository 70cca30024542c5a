"""What stands on a report page and in the files beside it: the same numbers, and no more."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from html5lib import HTMLParser
from report_surveys import (
    LAST,
    ROOT,
    Tongue,
    choice,
    csat,
    customer_service,
    everything,
    grid,
    made,
    nps,
    options,
    page_of,
    section,
    survey,
    text,
)

from mati.blocks import blocks
from mati.blocks.diverging import tone
from mati.model import RawRow
from mati.questions import kinds
from mati.report import formats, report, results_csv, results_json, styles
from mati.samples import sample

SHOP = customer_service()
GOLDEN = Path(__file__).parent / "golden" / "report-customer-service.json"


def marks(name: str, values: dict[str, int]) -> list[RawRow]:
    return [
        RawRow(
            key=f"{value}-{number}",
            at="2026-11-01T00:00:00Z",
            pairs=((name, value), ("mati_lang", "km")),
        )
        for value, count in values.items()
        for number in range(count)
    ]


def page(found, code: str = "en") -> str:
    return page_of(found, Tongue(code))


def words(html: str) -> str:
    body = html.split("<main", 1)[1].split("</main>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


# --- The model -------------------------------------------------------------------------------


def test_the_report_of_the_sample_survey_stays_as_it_is():
    """Golden: results.json of the sample answers; write it anew when a change is meant."""
    found = results_json(made(sample(SHOP, 240, LAST), SHOP), "en").decode("utf-8")
    assert found == GOLDEN.read_text("utf-8")


def test_parts_add_up_to_the_totals_shown():
    found = made(sample(SHOP, 237, LAST), SHOP)
    for item in (i for part in found.parts for one in part.items for i in views_items(one)):
        sides = dict.fromkeys("nmpx", 0)
        for level in item.levels:
            sides[level.tone[0]] += level.percent
        assert sum(sides.values()) == 100
        assert item.negative in (None, sides["n"])
        assert item.positive in (None, sides["p"])
        assert item.low <= item.positive <= item.high


def views_items(item):
    for view in item.views:
        chart = getattr(view, "chart", view)
        yield from (one for one in getattr(chart, "items", ()) if one.levels)


def test_the_score_is_the_difference_of_the_percents_shown():
    wanted = survey(section("s", None, nps()))
    for extra in range(12):
        found = made(marks("nps", {"3": 17 + extra, "8": 29, "10": 41}), wanted)
        (view,) = found.items[0].views
        low, _, high = (level.percent for level in view.groups)
        assert view.score.value == high - low
        assert view.score.low <= view.score.value <= view.score.high


def test_the_best_and_the_worst_are_named_only_when_they_differ():
    assert made(sample(SHOP, 240, LAST), SHOP).best is not None
    same = [RawRow(key=str(n), at="2026-11-01T00:00:00Z", pairs=tuple(
        (f"staff.{row.id}", "5" if n % 2 else "1") for row in grid().rows)) for n in range(60)
    ]  # fmt: skip
    assert made(same, SHOP).best is None


def test_tones_grow_stronger_towards_the_ends():
    sides = (("1", "2"), ("3",), ("4", "5"))
    assert [tone(code, sides) for code in "12345"] == ["n3", "n2", "m", "p2", "p3"]
    eleven = (tuple("01234"), ("5",), ("6", "7", "8", "9", "10"))
    tones = [tone(code, eleven) for side in eleven for code in side]
    assert tones == ["n3", "n3", "n2", "n2", "n1", "m", "p1", "p2", "p2", "p3", "p3"]


def test_owner_and_public_see_the_same_numbers():
    rows = sample(SHOP, 240, LAST)
    public, owner = made(rows, SHOP), made(rows, SHOP, "owner")
    assert replace(owner, collection=None, answered=()) == public
    assert owner.collection.received == 240


@pytest.mark.parametrize(("most", "easy"), [(7, "567"), (5, "45")])
def test_effort_is_the_share_who_found_it_easy_with_the_mean(most, easy):
    marks_ = tuple((str(n + 1), None) for n in range(most))
    wanted = survey(
        section("s", None, replace(nps(), id="ces", kind="ces", options=options(*marks_)))
    )
    found = made(marks("ces", {str(n + 1): 10 + n for n in range(most)}), wanted)
    (score,) = found.scores
    everybody = sum(10 + n for n in range(most))
    share = 100 * sum(9 + int(code) for code in easy) / everybody
    assert (score.name, score.base) == ("ces", everybody)
    assert abs(score.value - share) <= 1
    assert score.low <= score.value <= score.high
    html = words(page(found))
    assert f"Found it easy {score.value}%" in html
    assert "Mean:" in html


def test_what_was_left_out_is_counted_among_those_who_were_asked():
    wanted = survey(section("s", None, csat(), nps()))
    rows = marks("overall", {"5": 30, "1": 10})
    owner = made(rows, wanted, "owner")
    assert [(a.answered, a.asked, a.percent) for a in owner.answered] == [(0, 40, 0)]
    assert owner.complete == 50
    assert made(marks("overall", {"5": 3}), wanted).complete is None, "nobody says how few"
    assert made([], wanted).complete is None


def test_who_says_that_it_does_not_apply_has_answered():
    wanted = survey(section("s", None, choice()))
    many = made(marks("reached", {"shop": 20, "no": 20}), wanted, "owner")
    assert (many.complete, many.answered) == (100, ())
    few = made(marks("reached", {"shop": 20, "no": 2}), wanted, "owner")
    assert few.complete is None, "two of them cannot be told from those who left it out"


def test_when_too_few_answered_nothing_says_when():
    assert made(sample(SHOP, 3, LAST), SHOP).last is None


# --- The page --------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [SHOP, everything()], ids=["shop", "all"])
@pytest.mark.parametrize("count", [0, 3, 5, 12, 31, 240])
def test_every_page_is_html(wanted, count):
    html = page(made(sample(wanted, count, LAST), wanted, "owner"))
    parser = HTMLParser(strict=True)
    parser.parse(html)
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert "None" not in words(html)


def test_no_answers_yet():
    assert "No answers yet" in words(page(made((), SHOP)))


def test_too_few_answers_say_only_that():
    said = words(page(made(sample(SHOP, 3, LAST), SHOP)))
    assert "Fewer than 5 people have answered so far." in said
    assert "Excellent" not in said


def test_sample_answers_are_marked_in_every_language():
    rows = sample(SHOP, 20, LAST)
    assert "Sample answers" in words(page(made(rows, SHOP)))
    real = [replace(row, sample=False) for row in rows]
    assert "Sample answers" not in words(page(made(real, SHOP)))
    known = Tongue("lo", known=lambda s: "ຕົວຢ່າງ" if s == "Sample answers" else s)
    assert "ຕົວຢ່າງ" in words(page_of(made(rows, SHOP), known))


def test_base_missing_and_as_of_stand_there():
    wanted = survey(section("s", None, csat()))
    rows = [*marks("overall", {"5": 30, "3": 20, "1": 10}), *marks("x", {"y": 0})]
    rows += [RawRow(key=f"m{n}", at="2026-11-01T00:00:00Z", pairs=()) for n in range(7)]
    said = words(page(made(rows, wanted)))
    assert "Answers: 60 · No answer: 7" in said
    assert "As of November 22, 2026, 2:47" in said


def test_few_answers_are_marked():
    wanted = survey(section("s", None, csat()))
    assert "few answers" in words(page(made(marks("overall", {"5": 20, "3": 9}), wanted)))
    assert "few answers" not in words(page(made(marks("overall", {"5": 20, "3": 10}), wanted)))


def test_below_fifty_the_score_is_told_in_words():
    wanted = survey(section("s", None, nps()))
    few = words(page(made(marks("nps", {"3": 10, "8": 10, "10": 20}), wanted)))
    assert "With fewer than 50 answers one score would promise too much." in few
    assert "recommendation score" not in few
    many = words(page(made(marks("nps", {"3": 10, "8": 20, "10": 20}), wanted)))
    assert "+20" in many


def test_joined_levels_share_a_cell_of_the_table():
    wanted = survey(section("s", None, csat()))
    html = page(made(marks("overall", {"5": 30, "4": 20, "2": 6, "1": 2, "3": 9}), wanted))
    assert 'colspan="2">8</td>' in html
    assert "shown together" in words(html)


def test_small_answers_stand_together_as_other():
    wanted = survey(section("s", None, choice()))
    said = words(page(made(marks("reached", {"shop": 30, "facebook": 8, "phone": 3}), wanted)))
    assert re.search(r"Other answers \( ?Facebook page ?, Telephone ?\)", said)
    assert " 3 " not in said.split("How to read")[0].split("Where did")[1]


def test_the_owners_copy_says_how_answers_came_in():
    rows = sample(SHOP, 40, LAST)
    assert "only in your own copy" in words(page(made(rows, SHOP, "owner")))
    assert "only in your own copy" not in words(page(made(rows, SHOP)))


def test_words_of_others_are_escaped():
    evil = '<script>alert(1)</script>"&'
    question = replace(choice(), label=text(evil), options=options(("a", evil), ("b", "B")))
    wanted = replace(survey(section("s", evil, question)), title=text(evil))
    html = page(made(marks("reached", {"a": 20, "b": 20}), wanted))
    assert "<script" not in html


def test_no_style_attribute_and_no_script():
    html = page(made(sample(everything(), 240, LAST), everything(), "owner"))
    assert " style=" not in html
    assert "<script" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert "unsafe" not in policy


@pytest.mark.parametrize("wanted", [SHOP, everything()], ids=["shop", "all"])
def test_a_page_weighs_little(wanted):
    html = page(made(sample(wanted, 240, LAST), wanted, "owner"), "km")
    assert len(gzip.compress(html.encode("utf-8"), 9)) <= 15 * 1024


def test_the_same_answers_give_the_same_bytes():
    rows = sample(SHOP, 50, LAST)
    assert page(made(rows, SHOP)) == page(made(tuple(reversed(rows)), SHOP))


def test_only_the_styles_of_the_blocks_used_are_named():
    wanted = survey(section("s", None, csat()))
    found = styles(report(wanted, (), made((), wanted, "owner").collection))
    assert found == ("report.css",)
    assert "blocks/diverging/style.css" in styles(made((), wanted))


def test_every_block_and_kind_has_its_template():
    for block in blocks.all():
        assert (ROOT / "mati" / "blocks" / block.name / "block.html").is_file()
    for kind in kinds.all():
        assert (ROOT / "mati" / "questions" / kind.name / "report.html").is_file()


# --- The files -------------------------------------------------------------------------------


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("least", [3, 5, 10])
@pytest.mark.parametrize("count", [4, 9, 30, 90])
def test_no_file_holds_a_small_cell(least, count):
    wanted = everything(least)
    found = made(sample(wanted, count, LAST), wanted)
    record = json.loads(results_json(found, "en"))
    cells = [
        cell
        for holder in (*(i for q in record["questions"] for i in q["items"]), *record["origins"])
        for cell in holder.get("cells", ())
    ]
    assert all(cell["count"] == 0 or cell["count"] >= least for cell in cells)
    for row in table(results_csv(found)):
        if row["what"] in ("count", "na", "base"):
            assert int(row["value"]) == 0 or int(row["value"]) >= least


def test_both_files_hold_the_same_counts():
    found = made(sample(SHOP, 120, LAST), SHOP)
    record = json.loads(results_json(found, "en"))
    from_json = [
        (item["id"], " ".join(cell["codes"]), str(cell["count"]))
        for question in record["questions"]
        for item in question["items"]
        for cell in item.get("cells", ())
    ]
    rows = table(results_csv(found))
    from_csv = [(r["item"], r["code"], r["value"]) for r in rows if r["what"] == "count"]
    assert from_json == from_csv


def test_a_table_of_sample_answers_says_so():
    pretended = table(results_csv(made(sample(SHOP, 60, LAST), SHOP)))
    assert [row["what"] for row in pretended].count("sample") == 1
    given = made(marks("overall", {"5": 9, "4": 9}), SHOP)
    assert all(row["what"] != "sample" for row in table(results_csv(given)))


def test_a_label_is_no_formula():
    question = replace(choice(), options=options(("a", "=1+1"), ("b", "+SUM(A1)"), ("c", "@x")))
    wanted = survey(section("s", None, replace(question, label=text("-2+3"))))
    rows = table(results_csv(made(marks("reached", {"a": 9, "b": 9, "c": 9}), wanted)))
    labels = {row["label"] for row in rows if row["label"]}
    assert {"'=1+1", "'+SUM(A1)", "'@x", "'-2+3"} <= labels


def test_negative_numbers_stay_numbers():
    wanted = survey(section("s", None, nps()))
    rows = table(results_csv(made(marks("nps", {"1": 40, "10": 20}), wanted)))
    (score,) = [row for row in rows if row["what"] == "nps"]
    assert float(score["value"]) < 0


# --- How languages write ---------------------------------------------------------------------


@pytest.mark.parametrize("code", ["km", "lo", "ar", "fa", "my", "en", "xx-nowhere", ""])
def test_digits_are_the_ones_everybody_reads(code):
    f = formats(code)
    said = f.number(1234) + f.percent(56) + f.date(LAST) + f.time(LAST) + f.score(-7)
    digits = [c for c in said if c.isdigit()]
    assert digits
    assert all(c in "0123456789" for c in digits)


@pytest.mark.parametrize("code", ["ar", "fa", "he", "ar-XB"])
def test_numbers_between_words_from_right_to_left_keep_their_signs(code):
    f = formats(code)
    for said in (f.percent(56), f.percents(49, 63), f.whole[56], f.score(-7), f.points(-7, 9)):
        assert said.startswith("\u200e"), ascii(said)
    assert "\u200e" not in formats("km").percent(56) + formats("en").percents(49, 63)


def test_the_ends_of_a_line_of_scores_keep_their_signs():
    wanted = survey(section("s", None, nps()))
    html = page_of(made(sample(wanted, 240, LAST), wanted), Tongue("ar", "rtl"))
    assert re.findall("<span>(.?[−+]100)</span>", html) == ["\u200e−100", "\u200e+100"]
    html = page_of(made(sample(wanted, 240, LAST), wanted), Tongue("km"))
    assert re.findall("<span>(.?[−+]100)</span>", html) == ["−100", "+100"]


def test_languages_are_called_by_their_own_names():
    assert formats("km").language("km") == "ខ្មែរ"
    assert formats("lo").language("lo") == "ລາວ"
    assert formats("en").language("xx-nowhere") == "xx-nowhere"


def test_no_word_is_written_into_a_template():
    """In a made-up language that marks every message, nothing stands outside the marks."""
    wanted = everything()
    known = Tongue("km", known=lambda source: f"⟦{source}⟧")
    html = page_of(made(sample(wanted, 240, LAST), wanted, "owner"), known)
    bare = words(html)
    while "⟦" in bare:  # from the inside out: a message may hold another one
        bare, before = re.sub(r"⟦[^⟦⟧]*⟧", " ", bare), bare
        assert bare != before
    left = set(re.findall(r"[A-Za-z]{2,}", bare))
    assert left <= {"id", "main", "English", "Branch", "AM", "PM"}, left


@pytest.mark.parametrize(
    ("number", "words"), [(-4, "−4"), (-100, "−100"), (0, "0"), (7, "+7"), (100, "+100")]
)
def test_a_score_is_written_with_its_sign_and_nothing_more(number, words):
    assert formats("en").score(number) == words
    assert formats("km").score(number) == words
