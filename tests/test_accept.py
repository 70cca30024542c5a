"""What is taken, what is refused and how each is answered, without sockets or disk."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from submissions import body, collect, survey

from mati.accept import (
    Accepted,
    Earlier,
    Limits,
    Outcome,
    Reason,
    Refused,
    Traffic,
    accept,
    check_head,
    preferred_language,
    preflight,
    read_pairs,
    reply_kept,
    reply_refused,
    verdict,
    wants_json,
)

NOW = datetime(2026, 11, 22, 2, 47, tzinfo=UTC)
LIMITS = Limits()
ID = "5f0c1d9e-0000-4000-8000-000000000001"
FORM = ("content-type", "application/x-www-form-urlencoded")


def taken(content: bytes, **changes: object) -> Accepted:
    found = accept(survey(**changes), content, NOW, LIMITS)
    assert isinstance(found, Accepted)
    return found


def refused(content: bytes, **changes: object) -> Reason:
    found = accept(survey(**changes), content, NOW, LIMITS)
    assert isinstance(found, Refused)
    return found.reason


# --- Before the body is read -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ([("content-length", "5")], None),
        ([("content-length", "65536")], None),
        ([("content-length", "65537")], Reason.TOO_LARGE),
        ([("content-length", "999999999999999")], Reason.TOO_LARGE),
        ([("content-length", "9" * 30)], Reason.UNREADABLE),
        ([("content-length", "-1")], Reason.UNREADABLE),
        ([("content-length", "+5")], Reason.UNREADABLE),
        ([("content-length", "5 5")], Reason.UNREADABLE),
        ([("content-length", "٥")], Reason.UNREADABLE),
        ([("content-length", "5"), ("content-length", "5")], Reason.UNREADABLE),
        ([("content-length", "5"), ("content-length", "6")], Reason.UNREADABLE),
        ([("content-length", "5"), ("transfer-encoding", "chunked")], Reason.UNREADABLE),
        ([("transfer-encoding", "chunked")], Reason.NO_LENGTH),
        ([], Reason.NO_LENGTH),
        ([("content-length", "5"), ("content-encoding", "gzip")], Reason.WRONG_FORMAT),
        ([("content-length", "5"), ("content-encoding", "identity")], None),
    ],
)
def test_the_length_is_known_and_small(headers, reason):
    found = check_head(collect(), "visit", [FORM, *headers], LIMITS)
    assert (found.reason if found else None) is reason


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("application/x-www-form-urlencoded", True),
        ("Application/X-WWW-Form-URLEncoded; charset=UTF-8", True),
        ('application/x-www-form-urlencoded;charset="utf-8"', True),
        ("application/x-www-form-urlencoded; charset=latin-1", False),
        ("application/x-www-form-urlencoded2", False),
        ("multipart/form-data; boundary=x", False),
        ("application/json", False),
        ("text/plain", False),
        ("", False),
        (None, False),
    ],
)
def test_only_forms_are_taken(kind, fits):
    headers = [("content-length", "5")] + ([("content-type", kind)] if kind is not None else [])
    found = check_head(collect(), "visit", headers, LIMITS)
    assert (found is None) == fits
    assert found is None or found.reason.status == 415


def test_two_content_types_are_none():
    found = check_head(collect(), "visit", [("content-length", "5"), FORM, FORM], LIMITS)
    assert found == Refused(reason=Reason.WRONG_FORMAT)


@pytest.mark.parametrize(("count", "fits"), [(63, True), (64, True), (65, False)])
def test_headers_are_counted(count, fits):
    headers = [FORM, ("content-length", "1"), *[("x", "y")] * (count - 2)]
    found = check_head(collect(), "visit", headers, LIMITS)
    assert (found is None) == fits


def test_an_unknown_survey_is_refused():
    found = check_head(collect(), "nothing", [FORM, ("content-length", "1")], LIMITS)
    assert found == Refused(reason=Reason.NO_SURVEY)


# --- The body --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"a=\xff",
        b"a=%FF",
        b"\xe1\x9e=x",
        b"a=%ED%A0%80",  # a lone surrogate
        b"a=%C0%AF",  # an overlong slash
        b"a=%E0%80%AF",
        b"a=%F4%90%80%80",  # beyond Unicode
        b"a=%F0%9F",  # cut off
        b"a=%80",
        b"%C1%BF=x",
        b"a=\xed\xb0\x80",
        b"a=%FE%FE%FF%FF",
        b"a=x%00y",
        b"a%00=x",
        b"a=\x00",
        b"a=ok&b=%C3%28",
        b"a=%F8%88%80%80%80",
    ],
)
def test_ill_formed_text_and_nul_are_refused(content):
    assert refused(content) is Reason.UNREADABLE


@pytest.mark.parametrize(
    "value",
    [
        "ល្អ\u200bណាស់",
        "ດີ\u200cຫຼາຍ\u200d",
        "e\u0301",
        "\u00e9",
        "\u202eabc",
        " two  blanks ",
        "a\r\nb",
        "50%",
        "+855 12",
        "<script>",
        "\U0001f600",
        "=1+1",
        "\ufeff",
        "\ufffe",
    ],
)
def test_words_are_kept_as_sent(value):
    assert ("best", value) in taken(body(best=value)).pairs


letters = st.characters(exclude_categories=("Cs", "Cc"))
names = st.text(letters, min_size=1, max_size=9)


@given(pairs=st.lists(st.tuples(names, st.text(letters, max_size=30)), max_size=20))
@settings(max_examples=60, deadline=None)
def test_whatever_a_form_encodes_is_read_again(pairs):
    assert read_pairs(body(*pairs), LIMITS) == tuple(pairs)


@given(content=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_taken_or_refused(content):
    assert isinstance(accept(survey(), content, NOW, LIMITS), Accepted | Refused)


@pytest.mark.parametrize(("size", "fits"), [(63, True), (64, True), (65, False)])
def test_names_have_a_length(size, fits):
    content = body(("n" * size, "x"))
    assert isinstance(accept(survey(), content, NOW, LIMITS), Accepted) == fits
    assert fits or refused(content) is Reason.BAD_NAME


def test_names_are_measured_in_bytes():
    assert taken(body(("ខ" * 21, "x")))
    assert refused(body(("ខ" * 22, "x"))) is Reason.BAD_NAME


@pytest.mark.parametrize(("size", "fits"), [(8191, True), (8192, True), (8193, False)])
def test_values_have_a_length(size, fits):
    content = body(best="v" * size)
    assert isinstance(accept(survey(), content, NOW, LIMITS), Accepted) == fits
    assert fits or refused(content) is Reason.VALUE_TOO_LONG


@pytest.mark.parametrize(("count", "fits"), [(199, True), (200, True), (201, False)])
def test_fields_are_counted(count, fits):
    content = b"&".join(b"a%d=1" % n for n in range(count))
    assert isinstance(accept(survey(), content, NOW, LIMITS), Accepted) == fits
    assert fits or refused(content) is Reason.TOO_MANY_FIELDS


@pytest.mark.parametrize("content", [b"=x", b"a=1&=", b"a%0Ab=x", b"a%1b[2J=x"])
def test_a_name_is_a_name(content):
    assert refused(content) is Reason.BAD_NAME


@pytest.mark.parametrize(
    "name", ["__proto__", "constructor", "a[b][c]", "../x", ";drop table", "a.b", "ខ្មែរ", "a b"]
)
def test_unknown_fields_are_kept(name):
    assert taken(body((name, "x"))).pairs == ((name, "x"),)


def test_empty_pieces_and_lone_names_are_read_as_browsers_mean_them():
    assert read_pairs(b"&&a&b=&c=1=2&", LIMITS) == (("a", ""), ("b", ""), ("c", "1=2"))
    assert read_pairs(b"", LIMITS) == ()
    assert read_pairs(b"a=%zz%4", LIMITS) == (("a", "%zz%4"),)


# --- What is made of it ----------------------------------------------------------------------


def test_private_answers_stand_apart():
    found = taken(body(overall="5", phone="012 345 678", best="ok"))
    assert found.contacts == (("phone", "012 345 678"),)
    assert found.pairs == (("overall", "5"), ("best", "ok"))


def test_repeated_names_stay():
    assert taken(body(("channel", "a"), ("channel", "b"))).pairs == (
        ("channel", "a"),
        ("channel", "b"),
    )


@pytest.mark.parametrize(
    ("answers", "ending"),
    [
        ({"overall": "2"}, "sorry"),
        ({"overall": "5"}, "thanks"),
        ({"staff.polite": "1", "overall": "5"}, "sorry"),
        ({"overall": " "}, "thanks"),
        ({}, "thanks"),
    ],
)
def test_the_first_ending_that_holds_is_shown_else_the_last(answers, ending):
    assert taken(body(**answers)).ending == ending


def test_a_survey_without_endings_has_none():
    assert taken(body(a="b"), endings=()).ending == ""


@pytest.mark.parametrize(
    ("said", "guessed", "language"),
    [
        ("km", "", "km"),
        ("", "lo", "lo"),
        ("xx", "lo", "lo"),
        ("xx", "yy", "en"),
        ("lo", "km", "lo"),
    ],
)
def test_the_reply_speaks_the_language_of_the_form(said, guessed, language):
    found = accept(survey(), body(mati_lang=said), NOW, LIMITS, language=guessed)
    assert found.language == language


def test_another_survey_in_the_body_is_a_conflict():
    assert refused(body(mati_survey="other")) is Reason.OTHER_SURVEY
    assert refused(body(("mati_survey", "visit"), ("mati_survey", "x"))) is Reason.OTHER_SURVEY
    assert taken(body(mati_survey="visit"))
    assert taken(body(mati_survey=""))


def test_the_honeypot_marks_but_does_not_drop():
    found = taken(body(overall="5", mati_trap="buy"))
    assert (found.suspect, found.pairs) == ("honeypot", (("overall", "5"), ("mati_trap", "buy")))
    assert taken(body(overall="5", mati_trap="")).pairs == (("overall", "5"),)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ((ID,), ID),
        (("",), ""),
        ((), ""),
        (("short",), ""),
        (("x" * 65,), ""),
        (("a b c d e f",), ""),
        ((ID, ID[::-1]), ""),
        (("", ID), ID),
    ],
)
def test_an_id_is_one_and_well_formed_or_none(values, kept):
    assert taken(body(*(("mati_id", value) for value in values))).id == kept


@pytest.mark.parametrize(
    ("opens", "closes", "closed"),
    [
        ("", "", None),
        ("2026-11-22T02:47:00Z", "", None),
        ("2026-11-22T02:47:01Z", "", Reason.NOT_OPEN),
        ("", "2026-11-22T02:47:00Z", Reason.CLOSED),
        ("", "2026-11-22T02:47:01Z", None),
    ],
)
def test_dates_open_and_close(opens, closes, closed):
    assert taken(body(a="b"), opens=opens, closes=closes).closed is closed


def test_the_moment_is_utc_in_whole_seconds():
    at = NOW + timedelta(microseconds=999_999)
    found = accept(survey(), b"a=b", at, LIMITS)
    assert isinstance(found, Accepted)
    assert found.at == "2026-11-22T02:47:00Z"


# --- What was stored before ------------------------------------------------------------------


def test_the_same_id():
    entry = replace(taken(body(mati_id=ID)), most=1)
    same, other = Earlier("visit", entry.digest), Earlier("visit", b"other")
    assert verdict(entry, [], 0) is Outcome.KEPT
    assert verdict(entry, [same], 1) is Outcome.AGAIN
    assert verdict(entry, [other], 1) is Outcome.REVISED
    assert verdict(entry, [same, other], 1) is Outcome.AGAIN
    away = verdict(entry, [Earlier("other", entry.digest)], 0)
    assert isinstance(away, Refused)
    assert away.reason is Reason.OTHER_SURVEY


def test_what_is_stored_is_confirmed_even_after_the_end():
    entry = replace(taken(body(mati_id=ID)), closed=Reason.CLOSED)
    assert verdict(entry, [Earlier("visit", entry.digest)], 0) is Outcome.AGAIN
    for earlier in ([], [Earlier("visit", b"other")]):
        late = verdict(entry, earlier, 0)
        assert isinstance(late, Refused)
        assert late.reason is Reason.CLOSED


def test_a_survey_closes_when_it_has_its_answers():
    entry = replace(taken(body(a="b")), most=2)
    assert verdict(entry, [], 1) is Outcome.KEPT
    full = verdict(entry, [], 2)
    assert isinstance(full, Refused)
    assert full.reason is Reason.CLOSED


def test_posts_without_an_id_are_never_merged():
    entry = taken(body(a="b"))
    assert verdict(entry, [Earlier("visit", entry.digest)], 5) is Outcome.KEPT


# --- The last minutes ------------------------------------------------------------------------


def test_a_flood_from_one_address_is_told_when_to_come_again():
    traffic = Traffic(Limits(address_per_minute=30, survey_per_minute=10**6))
    assert not any(traffic.admit("a", "visit", 0.0) for _ in range(60))
    full = traffic.admit("a", "visit", 0.0)
    assert full is not None
    assert (full.reason.status, full.retry_after) == (429, 2)
    assert traffic.admit("b", "visit", 0.0) is None
    assert traffic.admit("", "visit", 0.0) is None
    assert traffic.admit("a", "visit", 2.0) is None
    assert traffic.admit("a", "visit", 2.0) is not None


def test_a_flood_of_one_survey_leaves_the_others_open():
    traffic = Traffic(Limits(address_per_minute=10**6, survey_per_minute=60))
    refusals = [traffic.admit(f"address {n}", "visit", 0.0) for n in range(130)]
    assert sum(one is not None for one in refusals) == 10
    assert traffic.admit("x", "other", 0.0) is None


def test_a_refused_post_costs_the_others_nothing():
    traffic = Traffic(Limits(address_per_minute=1, survey_per_minute=2))
    assert [traffic.admit("a", "visit", 0.0) is None for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert traffic.admit("b", "visit", 0.0) is None


def test_the_memory_of_addresses_is_bounded():
    traffic = Traffic(Limits(address_per_minute=1, survey_per_minute=10**9))
    for n in range(12_000):
        traffic.admit(f"address {n}", "visit", n / 1000)
    assert len(traffic._buckets) <= 10_001


def test_the_same_body_from_the_same_address_in_ten_seconds_is_a_repeat():
    entry, other = taken(body(a="b")), taken(body(a="c"))
    traffic = Traffic()
    assert not traffic.repeats("x", entry, 0.0)
    assert not traffic.repeats("y", entry, 1.0)
    assert not traffic.repeats("x", other, 1.0)
    assert traffic.repeats("x", entry, 10.0)
    assert not traffic.repeats("x", entry, 20.1)
    traffic.not_kept("x", entry)
    assert not traffic.repeats("x", entry, 20.2)


def test_the_memory_of_bodies_is_bounded():
    traffic, entry = Traffic(), taken(body(a="b"))
    for n in range(25_000):
        traffic.repeats(str(n), entry, n / 100)
    assert len(traffic._bodies) <= 10_001


# --- Replies ---------------------------------------------------------------------------------


def test_a_plain_post_is_sent_to_the_thanks_page():
    reply = reply_kept(taken(body(overall="1", mati_lang="km")), survey(), as_json=False)
    assert reply.status == 303
    assert dict(reply.headers)["Location"] == "https://shop.example/km/visit/thanks/#sorry"


@pytest.mark.parametrize(
    "poison", ["//evil.example", "/\\evil.example", "https:evil.example", "x\r\nLocation: //e"]
)
def test_the_way_on_is_never_read_from_the_request(poison):
    content = body(
        ("_next", poison), ("redirect", poison), ("mati_lang", poison), ("mati_channel", poison)
    )
    reply = reply_kept(taken(content), survey(), as_json=False)
    assert dict(reply.headers)["Location"] == "https://shop.example/en/visit/thanks/#thanks"


def test_a_script_gets_json_from_anywhere():
    reply = reply_kept(taken(body(overall="1")), survey(), as_json=True)
    headers = dict(reply.headers)
    assert (reply.status, json.loads(reply.body)) == (200, {"ok": True, "ending": "sorry"})
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Vary"] == "Accept"


@pytest.mark.parametrize("reason", list(Reason))
def test_every_refusal_has_a_page_and_json(reason):
    no = Refused(reason=reason, language="km", retry_after=7)
    page = reply_refused(no, survey(), as_json=False)
    assert page.status == reason.status
    assert page.body.startswith(b'<html lang="km">')
    assert b"{{" not in page.body
    said = reply_refused(no, survey(), as_json=True)
    record = json.loads(said.body)
    assert said.status == reason.status
    assert (record["ok"], record["error"]) == (False, reason.slug)
    assert record["message"]
    for headers in (dict(page.headers), dict(said.headers)):
        assert headers["Retry-After"] == "7"
        assert headers["Vary"] == "Accept"
    assert dict(said.headers)["Access-Control-Allow-Origin"] == "*"


def test_the_sentence_is_the_surveys_own_where_it_has_one():
    no = Refused(reason=Reason.CLOSED, language="lo")
    assert "lo: closed &amp; done" in reply_refused(no, survey(), as_json=False).body.decode()
    said = json.loads(reply_refused(no, survey(), as_json=True).body)
    assert said["message"] == "lo: closed & done"


def test_not_open_has_its_own_sentence():
    assert Reason.NOT_OPEN.sentence != Reason.CLOSED.sentence
    words = survey()
    own = replace(words.language("km"), messages=(("410", "gone"), ("not-open", "soon")))
    one = replace(words, languages=(("en", own),))
    page = reply_refused(Refused(reason=Reason.NOT_OPEN), one, as_json=False)
    assert page.body == b'<html lang="km"><p>soon</p>'


def test_without_a_survey_the_page_is_plain():
    page = reply_refused(Refused(reason=Reason.NO_SURVEY), None, as_json=False)
    assert b"There is no such survey here." in page.body


def test_slugs_differ():
    assert len({reason.slug for reason in Reason}) == len(Reason)


def test_preflight_allows_what_a_script_sends():
    headers = dict(preflight().headers)
    assert preflight().status == 204
    assert headers["Access-Control-Allow-Methods"] == "POST"


@pytest.mark.parametrize(
    ("value", "json_wanted"),
    [
        ("application/json", True),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("text/html, Application/JSON;q=0.9", True),
        ("application/jsonx", False),
        ("*/*", False),
    ],
)
def test_json_only_where_asked_for(value, json_wanted):
    assert wants_json([("accept", value)]) == json_wanted


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("km-KH,km;q=0.9,en;q=0.8", "km"),
        ("fr, lo;q=0.5, en;q=0.7", "en"),
        ("LO", "lo"),
        ("", "en"),
        ("xx;q=nan,;q=,km;q=x", "en"),
        ("," * 100_000 + "km", "en"),
    ],
)
def test_the_browsers_language_helps_where_the_body_cannot(header, language):
    assert preferred_language(survey(), header) == language


def test_percent_signs_cost_what_they_hold():
    content = b"best=" + quote_plus("ក" * 2730).encode()
    assert isinstance(accept(survey(), content, NOW, LIMITS), Accepted)


def test_the_longest_answer_a_form_lets_through_is_taken():
    parts = (Path(__file__).parent.parent / "templates" / "parts.html").read_text("utf-8")
    longest = max(int(number) for number in re.findall(r", (\d+)\]\|min", parts))
    assert taken(body(best="ខ" * longest))
    assert taken(body(best="ខ\r\n" * (longest // 2)))
