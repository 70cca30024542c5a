"""Words of people: what may be in them, what was decided, what may be shown."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_surveys import choice, nps, section, survey, text, written

from mati.diagnostics import Notebook
from mati.model import Input, Option, Response
from mati.reviews import (
    Decision,
    decision_line,
    flags,
    read_decisions,
    side_by_side,
    told,
    words,
    words_id,
)
from mati.summarise import safe

PERSONAL = [
    ("my mail is sok.dara@example.com", "email"),
    ("sok dara at gmail dot com", "email"),
    ("អ៊ីមែលខ្ញុំ dara@shop.com.kh សូមអរគុណ", "email"),
    ("ອີເມວ somchai@lao.la ເດີ້", "email"),
    ("SOK.DARA+SHOP@EXAMPLE.CO.UK", "email"),
    ("a_b@c-d.org.", "email"),
    ("write to (me [at] yahoo)", "email"),
    ("call 012 345 678", "phone"),
    ("call me: 012-345-678!", "phone"),
    ("+855 12 345 678", "phone"),
    ("00856 20 5555 1234", "phone"),
    ("លេខខ្ញុំ ០១២ ៣៤៥ ៦៧៨", "phone"),
    ("ទូរសព្ទ៖០១២៣៤៥៦៧៨", "phone"),
    ("ເບີ ໐໒໐ ໕໕໕໕ ໑໒໓໔", "phone"),
    ("ໂທ 020 5555 1234 ແດ່", "phone"),
    ("0 1 2 3 4 5 6 7 8", "phone"),
    ("(023) 880 880", "phone"),
    ("tel.0123456789", "phone"),
    ("０１２３４５６７８９", "phone"),
    ("٠١٢٣٤٥٦٧٨٩", "phone"),
    ("098/765/432", "phone"),
    ("see https://example.com/me", "link"),
    ("www.sokha.example", "link"),
    ("t.me/sokdara", "link"),
    ("facebook.com/sok.dara.9", "link"),
    ("មើល http://bit.ly/x", "link"),
    ("wa.me/85512345678", "link"),
    ("line.me/ti/p/abc", "link"),
    ("my telegram @sokdara", "handle"),
    ("@dara_sok is me", "handle"),
    ("តេឡេក្រាម @sokdara", "handle"),
    ("(@abc)", "handle"),
    ("ig: @coffee.lover", "handle"),
    ("follow @xyz123", "handle"),
    ("012.345.678", "phone"),
    ("my number: 85512345678", "phone"),
    ("phone 5551234567 or mail x@y.com", "phone"),
    ("https://example.com/?q=@me", "link"),
    ("ທັກ @somchai", "handle"),
    ("bit.ly/3abc", "link"),
    ("instagram.com/dara", "link"),
    ("look at sokha.shop please", "link"),
    ("Telegram: dara", "handle"),
    ("Line ID: dara99", "handle"),
    ("whatsapp = dara", "handle"),
    ("dara.sok@example.museum", "email"),
]
HARMLESS = [
    "Everything was fine.",
    "អ្វីៗល្អហើយ។",
    "ທຸກຢ່າງດີແລ້ວ.",
    "I came on 2026-11-25.",
    "25/11/2026 at noon",
    "It cost 20 000 000 KIP",
    "15.000.000 ៛ is too much",
    "$12345678",
    "10 000 000 riel",
    "5 stars of 5",
    "I waited 45 minutes",
    "room 1204",
    "the price was 12,500,000",
    "២៥ នាទី",
    "២០ ០០០ ០០០ រៀល",
    "៥០០០០០០០៛",
    "ລໍຖ້າ 30 ນາທີ",
    "20.000.000 ກີບ",
    "100%",
    "at home it is better",
    "we met at 8:30",
    "table 7, chair 2",
    "a @ b",
    "@ the counter",
    "1, 2, 3, 4",
    "2026",
    "3+4=7",
    "50000000 KHR",
    "it is 12345",
    "USD 10000000",
    "I like it.me too",
    "in line: 3 people",
    "Nice staff.Good coffee",
]


@pytest.mark.parametrize(("said", "flag"), PERSONAL)
def test_what_may_be_personal_is_flagged(said, flag):
    assert flag in flags(said), flags(said)


@pytest.mark.parametrize("said", HARMLESS)
def test_what_is_harmless_is_not(said):
    assert flags(said) == ()


@given(st.text())
def test_any_words_can_be_looked_at(said):
    assert set(flags(said)) <= {"email", "phone", "link", "handle"}


@pytest.mark.slow
@pytest.mark.parametrize("part", ["a", "1 ", "@", "a@", "១", "- ", "1-", "at gmai"])
def test_a_million_signs_take_no_time(part):
    start = time.process_time()
    flags(part * 10**6)
    assert time.process_time() - start < 2


# --- Decisions -------------------------------------------------------------------------------


def decision(key="k", name="why", **more: object) -> Decision:
    return Decision(**{"key": key, "name": name, "at": "2026-11-25T00:00:00+00:00", **more})


def lines(*made: Decision) -> list[str]:
    return [decision_line(one) + "\n" for one in made]


@given(st.text(min_size=1, max_size=200), st.sampled_from(["quote", "praise", "no", "open"]))
def test_a_decision_is_read_back_as_it_was_written(said, kind):
    made = decision(
        decision=kind, text=said if said.strip() else "x", themes=("price",), id="i", language="km"
    )
    notes = Notebook()
    assert read_decisions(lines(made), "f", notes) == {("k", "why"): made}
    assert not list(notes)


def test_the_last_decision_holds_and_themes_stay():
    first = decision(decision="quote", text="a", themes=("price",))
    found = read_decisions(lines(first, decision(decision="no")), "f", Notebook())
    assert found["k", "why"].decision == "no"
    assert found["k", "why"].themes == ("price",)
    found = read_decisions(lines(first, decision(themes=())), "f", Notebook())
    assert found["k", "why"].themes == ()


@pytest.mark.parametrize(
    "line",
    [
        "oops", "[]", "{}", "null", "\x00\xff", '{"key":"k"}',
        json.dumps({"key": "k", "name": "why", "at": "x", "decision": "shout", "text": "a"}),
        json.dumps({"key": "k", "name": "why", "at": "x", "decision": "quote", "text": "  "}),
        json.dumps({"key": "k", "name": "why", "at": "x", "decision": "quote", "text": "a" * 601}),
        json.dumps({"key": "k", "name": "why", "at": "x", "themes": ["Price!"]}),
        json.dumps({"key": "k", "name": "why", "at": "x", "themes": "price"}),
        json.dumps({"key": 5, "name": "why", "at": "x"}),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_line_changed_by_hand_is_said_and_the_others_hold(line):
    notes = Notebook()
    right = decision(decision="quote", text="good")
    found = read_decisions([line + "\n", *lines(right)], "private/approved/x.jsonl", notes)
    assert found == {("k", "why"): right}
    assert [(d.code.slug, d.span.line) for d in notes] == [("damaged-decision", 1)]


def test_what_a_crash_left_was_promised_to_nobody():
    notes = Notebook()
    assert read_decisions(['{"key":"k'], "f", notes) == {}
    assert not list(notes)


# --- What people wrote -----------------------------------------------------------------------


def response(key: str, *answers: tuple[str, str], **more: object) -> Response:
    return Response(
        key=key, id="", survey="s", version="", language="km", channel="",
        at="2026-11-01T00:00:00Z",
        answers=tuple((name, (value,)) for name, value in answers), **more,
    )  # fmt: skip


def other() -> object:
    options = (
        *choice().options,
        Option(code="x", label=text("Elsewhere"), span=choice().span, write_in=True),
    )
    return replace(choice(), options=options)


SHOP = survey(section(
    "s", "Page", nps(), other(), written("why", "Why?"), written("call", "Call", private=True),
    replace(written("many", "How many?"), input=Input(kind="number")),
))  # fmt: skip


def test_only_open_answers_that_are_not_private_are_offered():
    given_ = [
        ("nps", "9"), ("why", " the  coffee\n was cold "), ("call", "012 345 678"),
        ("many", "7"), ("reached", "x"), ("reached.x.text", "at home"),
    ]  # fmt: skip
    found = list(words(SHOP, [response("k", *given_)], {}))
    assert {one.name: one.text for one in found} == {
        "why": "the coffee was cold", "reached.x.text": "at home",
    }  # fmt: skip
    assert all(one.waits and one.language == "" for one in found)  # Latin letters, a Khmer form
    assert found[0].id != found[1].id
    assert words_id("customer-service", "k", "why") in {one.id for one in found}


@pytest.mark.parametrize(
    ("said", "chosen", "language"),
    [("កាហ្វេឆ្ងាញ់", "en", "km"), ("ກາເຟແຊບ", "km", "lo"), ("nice", "lo", ""), ("nice", "en", "en"),
     ("Nescafé ល្អ", "km", "km"), ("!!", "km", "")],
)  # fmt: skip
def test_the_script_tells_the_language_where_it_can(said, chosen, language):
    given_ = replace(response("k", ("why", said)), language=chosen)
    assert [one.language for one in words(SHOP, [given_], {})] == [language]


def test_what_a_browser_fills_in_is_never_offered():
    named = replace(written("why", "Your name?"), autocomplete="name")
    asked = survey(section("s", "Page", named))
    assert not list(words(asked, [response("k", ("why", "Sok Dara"))], {}))


def test_answers_that_do_not_count_are_not_offered():
    found = [response("a", ("why", "x"), late=True), response("b", ("why", "y"), revised=True),
             response("c", ("why", "  ")), response("d", ("why", "z"))]  # fmt: skip
    assert [one.key for one in words(SHOP, found, {})] == ["d"]


def test_the_same_words_stand_side_by_side_to_be_read_together():
    said = ("ស្រ្តី", "too slow", "ស្ត្រី", "Too slow!", "fine")
    found = words(SHOP, [response(f"k{at}", ("why", one)) for at, one in enumerate(said)], {})
    assert [one.key for one in side_by_side(found)] == ["k0", "k2", "k1", "k3", "k4"]


# --- What a report may show ------------------------------------------------------------------


def themed(*codes: str):
    report = replace(SHOP.settings.report, themes=tuple((code, text(code)) for code in codes))
    return replace(SHOP, settings=replace(SHOP.settings, report=report))


def test_a_place_with_too_few_answers_quotes_nobody():
    made = [decision(decision="quote", text="a"), decision(key="l", decision="praise", text="b")]
    found = told(SHOP, made, {"k", "l"}, 50, {"why"})
    assert (found.quotes, found.praise) == ({}, ())


@pytest.mark.parametrize("wild", ["\ud800", "\x07", "\u202e", "\ufeff", "\n"])
def test_nothing_wild_from_a_file_written_by_hand_is_shown(wild):
    line = json.dumps({"key": "k", "name": "why", "at": "x", "decision": "quote",
                       "text": f"a{wild}b", "language": '"><b'})  # fmt: skip
    found = read_decisions(["\ufeff" + line], "f", Notebook())
    (quote,) = told(SHOP, found.values(), {"k"}, 50).quotes["why"]
    assert (quote.text, quote.language) == ("a b", "")


def test_quotes_are_shown_where_enough_answered_and_count():
    made = [decision(key=f"k{n}", decision="quote", text=f"q{n}", language="lo") for n in range(4)]
    keys = {"k0", "k1", "k2"}
    assert told(SHOP, made, keys, 9).quotes == {}
    found = told(SHOP, made, keys, 10).quotes["why"]
    assert {one.text for one in found} == {"q0", "q1", "q2"}
    assert {one.language for one in found} == {"lo"}


def test_the_order_of_quotes_tells_nothing_of_when_they_came():
    made = [decision(key=f"k{n}", decision="quote", text=f"q{n:02}") for n in range(20)]
    keys = {f"k{n}" for n in range(20)}
    order = [one.text for one in told(SHOP, made, keys, 50).quotes["why"]]
    assert order != sorted(order)
    assert order == [one.text for one in told(SHOP, made[::-1], keys, 50).quotes["why"]]


def test_a_question_that_is_private_now_shows_nothing():
    made = [decision(name=name, decision="quote", text="x") for name in ("call", "gone", "call.x")]
    assert told(SHOP, made, {"k"}, 50).quotes == {}


def test_praise_has_a_place_of_its_own():
    found = told(SHOP, [decision(decision="praise", text=" Dara was kind ")], {"k"}, 50)
    assert [one.text for one in found.praise] == ["Dara was kind"]
    assert found.quotes == {}


def test_one_person_praised_in_two_spellings_is_praised_once():
    """``ស្រ្តី`` and ``ស្ត្រី``, ``ສໍາ`` and ``ສຳ`` look the same; a full stop is no other name."""
    names = ("ស្រ្តី", "ស្ត្រី", "ស្ត្រី។", "ស្ត្រី", "Dara", "ບຸນສໍາ", "dara ", "Dara", "ບຸນສຳ")
    made = [decision(f"k{at}", decision="praise", text=name) for at, name in enumerate(names)]
    kept = {one.key for one in made}
    found = told(SHOP, made, kept, 50).praise
    assert [(one.text, one.times) for one in found[:2]] == [("ស្ត្រី", 4), ("Dara", 3)]
    assert (found[2].text in ("ບຸນສໍາ", "ບຸນສຳ"), found[2].times, len(found)) == (True, 2, 3)


def test_the_same_words_of_several_are_quoted_once_with_how_many():
    made = [
        decision(key, decision="quote", text=text, language=language)
        for key, text, language in (("k", "Good!", "en"), ("l", "good", "km"), ("m", "Good!", "en"))
    ]
    found = told(SHOP, made, {"k", "l", "m"}, 50).quotes["why"]
    assert [(one.text, one.language, one.times) for one in found] == [("Good!", "en", 3)]


def test_themes_are_counted_over_what_was_sorted():
    made = [decision(key=f"a{n}", themes=("price",)) for n in range(9)]
    made += [decision(key=f"b{n}", themes=("price", "price", "waiting")) for n in range(6)]
    made += [decision(key=f"c{n}", themes=()) for n in range(7)]
    made += [decision(key=f"d{n}", decision="no") for n in range(8)]
    found = told(themed("price", "waiting", "noise"), made, {one.key for one in made}, 50).themes[
        "why"
    ]
    assert (found.base, found.several) == (22, True)
    assert {cell.codes[0]: cell.count for cell in found.cells} == {
        "price": 15,
        "waiting": 6,
        "noise": 0,
    }
    few = told(themed("price", "waiting"), made[:16], {one.key for one in made}, 50).themes["why"]
    assert "waiting" not in {cell.codes[0] for cell in safe(few, 7).cells}
