"""Nothing received is dropped, and everything stands where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_surveys import (
    LAST,
    choice,
    consent,
    csat,
    customer_service,
    everything,
    multiple,
    ranking,
    responses,
    section,
    survey,
    written,
)

from mati.diagnostics import Notebook, Span
from mati.model import (
    Alias,
    All,
    Any,
    Chosen,
    Column,
    Input,
    Not,
    RawRow,
    Response,
    Survey,
    resolve,
)
from mati.responses import (
    Tabulator,
    as_of_today,
    contact_json,
    from_json,
    part,
    period_of,
    private_names,
    read_row,
    to_json,
)
from mati.samples import sample
from mati.summarise import columns

SHOP = customer_service()
OWN = (("mati_id", "visitor-1"), ("mati_lang", "km"), ("mati_version", "v1"))


def row(*pairs: tuple[str, str], at: str = "2026-11-22T02:47:00Z", **more: str) -> RawRow:
    return RawRow(key=more.pop("key", "k1"), at=at, pairs=pairs, **more)


def read(*pairs: tuple[str, str], wanted=SHOP, **more: str) -> Response:
    return read_row(row(*pairs, **more), wanted, Notebook())


def test_answers_stand_under_their_columns():
    found = read(*OWN, ("overall", "4"), ("staff.polite", " 5 "), ("best", "coffee"))
    assert dict(found.answers) == {"overall": ("4",), "staff.polite": ("5",), "best": ("coffee",)}
    assert (found.id, found.language, found.version) == ("visitor-1", "km", "v1")
    assert found.unknown == ()


def test_answers_to_what_was_not_shown_are_stale():
    found = read(*OWN, ("overall", "5"), ("phone", "012 345"))
    assert dict(found.stale) == {"phone": ("012 345",)}
    assert found.private == ()


def test_private_answers_stand_apart():
    found = read(*OWN, ("overall", "1"), ("phone", "012 345"))
    assert dict(found.private) == {"phone": ("012 345",)}
    assert "phone" not in found.asked


def test_a_skipped_question_decides_nothing():
    first = Chosen(("overall",), ("1",))
    wanted = survey(
        section(
            "s",
            None,
            csat(),
            choice(show_if=first),
            written("why", "Why?", show_if=Chosen(("reached",), ("shop",))),
        )
    )
    found = read(*OWN, ("overall", "5"), ("reached", "shop"), ("why", "x"), wanted=wanted)
    assert dict(found.stale) == {"reached": ("shop",), "why": ("x",)}
    assert found.asked == ("overall",)


@pytest.mark.parametrize(
    ("condition", "with_script", "without"),
    [
        (Chosen(("branch",), ("pp",), hidden=True), False, True),
        (Not(Chosen(("branch",), ("vt",), hidden=True)), False, True),
        (All((Chosen(("overall",)), Chosen(("branch",), ("pp",), hidden=True))), False, True),
        (Any((Chosen(("overall",)), Chosen(("branch",), ("pp",), hidden=True))), True, True),
    ],
)
def test_a_page_without_script_shows_what_hidden_fields_decide(condition, with_script, without):
    wanted = survey(section("s", None, csat(), written("why", "Why?", show_if=condition)))
    pairs = (("overall", "4"), ("why", "x"), ("branch", "vt"), ("mati_version", "v1"))
    assert (not read(("mati_id", "visitor-1"), *pairs, wanted=wanted).stale) == with_script
    assert (not read(*pairs, wanted=wanted).stale) == without


def test_another_version_is_read_but_not_judged():
    found = read(("mati_version", "v0"), ("overall", "5"), ("phone", "012"), ("best", "tea"))
    assert found.other_version
    assert found.stale == ()
    assert found.asked == ("overall", "best")


def test_unknown_names_and_codes_are_kept_and_said():
    notes = Notebook()
    found = read_row(row(*OWN, ("overall", "9"), ("colour", "red"), where="x.csv:3"), SHOP, notes)
    assert found.unknown == (("overall", "9"), ("colour", "red"))
    assert [(d.code.slug, d.span.path, d.span.line) for d in notes] == [
        ("unknown-answer", "x.csv", 3)
    ]


def order(*places: str) -> Response:
    names = ("price", "quality", "service")
    pairs = ((f"order.{name}", place) for name, place in zip(names, places, strict=True))
    return read(*OWN, *pairs, wanted=survey(section("s", "Page", ranking())))


def test_a_place_given_twice_counts_for_neither_and_is_kept():
    found = order("1", "1", "2")
    assert dict(found.answers) == {"order.service": ("2",)}
    assert found.unknown == (("order.price", "1"), ("order.quality", "1"))
    assert set(found.asked) == {"order.price", "order.quality", "order.service"}


def test_a_ranking_may_be_unfinished():
    assert dict(order("", "1", "").answers) == {"order.quality": ("1",)}
    assert dict(order("3", "1", "").answers) == {"order.price": ("3",), "order.quality": ("1",)}


def test_places_may_be_typed_in_any_digits_but_must_exist():
    found = order("១", " 3 ", "4")
    assert dict(found.answers) == {"order.price": ("1",), "order.quality": ("3",)}
    assert found.unknown == (("order.service", "4"),)


def line(kind: str, text: str) -> Response:
    asked = replace(written("line", "Line"), input=Input(kind=kind))
    return read(*OWN, ("line", text), wanted=survey(section("s", "Page", asked)))


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("number", " ៤២ ", "42"),
        ("number", "໑.໕", "1.5"),
        ("number", "-3", "-3"),
        ("date", "២០២៦-០១-៣១", "2026-01-31"),
        ("time", "09:30", "09:30"),
        ("email", "sokha@example.com", "sokha@example.com"),
        ("phone", "០១២ ៣៤៥ ៦៧៨", "012 345 678"),
        ("phone", "+855 (0)12-345-678", "+855 (0)12-345-678"),
        ("url", "facebook.com/sokha.bakery", "facebook.com/sokha.bakery"),
        ("text", "ល្អ ៥", "ល្អ ៥"),
    ],
)
def test_what_fits_its_line_is_kept_in_plain_digits(kind, text, kept):
    found = line(kind, text)
    assert dict(found.answers) == {"line": (kept,)}
    assert found.odd == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "many"), ("number", "1,000"), ("date", "yesterday"), ("date", "2026-02-30"),
        ("time", "25:00"), ("email", "sokha at example"), ("email", "a@b"), ("email", "a@b@c.de"),
        ("phone", "no"), ("phone", "ask Dara 012"), ("url", "our page"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_kept_counted_and_named(kind, text):
    found = line(kind, text)
    assert dict(found.answers) == {"line": (text,)}
    assert (found.odd, found.unknown, found.asked) == (("line",), (), ("line",))
    assert from_json(to_json(found)) == found
    asked = (Column(name=name, shape="open") for name in ("line", "mati_odd"))
    assert cells(found, *asked) == ("1", "1")


@pytest.mark.parametrize(
    ("number", "odd"), [("0", True), ("1", False), ("10", False), ("11", True)]
)
def test_a_number_out_of_its_range_is_named(number, odd):
    asked = replace(written("line", "Line"), input=Input(kind="number", low=1, high=10))
    found = read(*OWN, ("line", number), wanted=survey(section("s", "Page", asked)))
    assert found.odd == (("line",) if odd else ())


@pytest.mark.parametrize(
    ("text", "odd"), [("ab", True), ("abc", False), ("a" * 5, False), ("a" * 6, True)]
)
def test_words_too_few_or_too_many_are_named(text, odd):
    asked = written("line", "Line", least=3, most=5)
    found = read(*OWN, ("line", text), wanted=survey(section("s", "Page", asked)))
    assert found.odd == (("line",) if odd else ())


def test_a_mistyped_address_stays_with_the_contacts():
    asked = replace(
        written("mail", "Mail", private=True), kind="contact", input=Input(kind="email")
    )
    found = read(*OWN, ("mail", "sokha@"), wanted=survey(section("s", "Page", asked)))
    assert dict(found.private) == {"mail": ("sokha@",)}
    assert found.odd == ("mail",)


@pytest.mark.parametrize(("codes", "odd"), [(("late",), True), (("late", "broken"), False)])
def test_too_few_picks_are_kept_and_named(codes, odd):
    wanted = survey(section("s", "Page", multiple(least=2)))
    found = read(*OWN, *(("wrong", code) for code in codes), wanted=wanted)
    assert dict(found.answers) == {"wrong": codes}
    assert found.odd == (("wrong",) if odd else ())


def test_nothing_beside_something_is_rejected():
    wanted = survey(section("s", "Page", multiple()))
    found = read(*OWN, ("wrong", "late"), ("wrong", "none"), wanted=wanted)
    assert dict(found.answers)["wrong"] == ("late",)
    assert found.unknown == (("wrong", "none"),)
    alone = read(*OWN, ("wrong", "none"), wanted=survey(section("s", "Page", multiple(least=2))))
    assert (dict(alone.answers), alone.odd) == ({"wrong": ("none",)}, ())


def agreed(*pairs: tuple[str, str], **more: object) -> Response:
    return read(*OWN, *pairs, wanted=survey(section("s", "Page", consent(), **more)))


def test_a_consent_keeps_the_hash_of_its_words():
    found = agreed(("ok", "yes"), ("ok.wording", "0123456789abcdef"))
    assert dict(found.answers) == {"ok": ("yes",), "ok.wording": ("0123456789abcdef",)}
    assert found.asked == ("ok",)


def test_the_words_of_a_consent_alone_are_no_answer():
    found = agreed(("ok.wording", "0123456789abcdef"))
    assert (found.answers, found.unknown, found.asked) == ((), (), ("ok",))
    skipped = agreed(("ok.wording", "0123456789abcdef"), show_if=Chosen(("want",), ("yes",)))
    assert skipped.stale == ()


def test_a_hash_that_is_none_is_kept_apart():
    found = agreed(("ok", "yes"), ("ok.wording", "<b>agreed</b>"))
    assert dict(found.answers) == {"ok": ("yes",)}
    assert found.unknown == (("ok.wording", "<b>agreed</b>"),)


def test_a_value_outside_the_base_beside_others_is_rejected():
    question = replace(
        multiple(),
        options=tuple(replace(o, na=o.code == "none", only=False) for o in multiple().options),
    )
    wanted = survey(section("s", None, question))
    found = read(*OWN, ("wrong", "late"), ("wrong", "none"), wanted=wanted)
    assert dict(found.answers) == {"wrong": ("late",)}
    assert found.unknown == (("wrong", "none"),)


@pytest.mark.parametrize("ids", [("1",), ("012 345 678",), ("visitor-1", "visitor-2"), ("a" * 65,)])
def test_an_id_that_no_script_made_joins_nobody(ids):
    assert read(*(("mati_id", one) for one in ids), ("overall", "5")).id == ""


def test_a_hidden_field_sent_twice_loses_nothing():
    found = read(*OWN, ("branch", "pp"), ("branch", "vt"))
    assert found.hidden == (("branch", "pp"),)
    assert found.unknown == (("branch", "vt"),)


def test_hidden_values_not_declared_are_other():
    assert read(*OWN, ("branch", "pp")).hidden == (("branch", "pp"),)
    assert read(*OWN, ("branch", "<b>")).hidden == (("branch", "other"),)


@pytest.mark.parametrize(
    ("claimed", "kept"), [("facebook", "facebook"), (" QR ", "qr"), ("=1+1", "other"), ("", "")]
)
def test_channels_are_claims(claimed, kept):
    assert read(*OWN, ("mati_channel", claimed)).channel == kept


def test_an_answer_after_the_end_is_late():
    closes = datetime(2026, 11, 22, 2, 47, tzinfo=UTC)
    wanted = replace(SHOP, settings=replace(SHOP.settings, closes=closes))
    assert read(*OWN, wanted=wanted).late
    assert not read(*OWN, wanted=wanted, at="2026-11-22T02:46:59Z").late


def test_a_row_without_a_time_is_kept_and_said():
    notes = Notebook()
    found = read_row(row(*OWN, ("overall", "5"), at="yesterday"), SHOP, notes)
    assert found.at == ""
    assert [d.code.slug for d in notes] == ["answer-without-time"]


def test_times_are_utc():
    assert read(*OWN, at="2026-11-22T09:47:00+07:00").at == "2026-11-22T02:47:00Z"


def test_control_characters_and_endless_values_do_no_harm():
    found = read(*OWN, ("best", "a\x00b\x1b[31m\ud800c"), ("better", "x" * 1_000_000))
    answers = dict(found.answers)
    assert answers["best"] == ("a\ufffdb\ufffd[31m\ufffdc",)
    assert len(answers["better"][0]) == 20_000
    to_json(found).encode("utf-8")


def test_personal_words_are_split_off():
    found = read(*OWN, ("overall", "1"), ("phone", "012 345 678"), ("tel", "099 888"))
    plain, contact = part(found, private_names(SHOP))
    line, other = to_json(plain), contact_json(contact)
    for words in ("012 345 678", "099 888"):
        assert words not in line
        assert words in other
    assert plain.unknown == (("tel", ""),)


def test_a_second_telephone_number_is_split_off_too():
    found = read(*OWN, ("overall", "1"), ("phone", "012"), ("phone", "013-a"))
    plain, contact = part(found, private_names(SHOP))
    assert "013-a" not in to_json(plain)
    assert ("phone", "013-a") in contact.unknown


def test_without_anything_personal_there_is_no_contact():
    found = read(*OWN, ("overall", "4"))
    assert part(found, private_names(SHOP)) == (found, None)


TEXTS = st.text(max_size=12)


@given(st.lists(st.tuples(st.one_of(st.sampled_from(("overall", "best", "phone", "branch",
       "mati_id", "mati_lang", "mati_version", "staff.polite")), TEXTS), TEXTS), max_size=12),
       TEXTS)  # fmt: skip
@settings(max_examples=100)
def test_whatever_comes_is_somewhere_and_survives_its_line(pairs, at):
    found = read_row(row(*pairs, at=at), SHOP, Notebook())
    assert from_json(to_json(found)) == found
    places = (*found.answers, *found.private, *found.stale)
    kept = {name for name, _ in (*places, *found.unknown, *found.hidden)}
    for name, value in pairs:
        known = name.startswith("mati_") and not value.strip()
        if value.strip() and not known and name in ("overall", "best", "phone", "branch"):
            assert name in kept


def test_a_line_that_is_no_response_is_an_error():
    for line in ("", "[]", "3", '{"key":1}', '{"key":', "null"):
        with pytest.raises(ValueError, match=r"response|Expecting"):
            from_json(line)


def test_a_stored_answer_gives_the_same_row_as_the_answer():
    wanted = everything()
    known = columns(wanted)
    found = responses(sample(wanted, 60, LAST), wanted)
    odd = [
        replace(one, late=n % 5 == 0, suspect="x" * (n % 3), other_version=n % 7 == 0)
        for n, one in enumerate(found)
    ]
    gone = frozenset(one.key for one in odd[::4])
    slow, fast = (Tabulator(known, period_of("month", (), None)) for _ in range(2))
    for one in odd:
        row = slow.row(replace(one, revised=one.key in gone))
        assert fast.stored(to_json(one).encode(), gone) == row
        assert len(row) == len(known)


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{}", "null", '{"key":', '{"key":1,"id":"","mark":""}', "\xff",
     to_json(Response(key="k", id="", survey="s", version="", language="", channel="", at=""))
     .replace("}", ',"answers":{"q":[]}}'),
     to_json(Response(key="k", id="", survey="s", version="", language="", channel="", at=""))
     .replace("}", ',"answers":[1]}')],
)  # fmt: skip
def test_a_line_that_is_no_answer_makes_no_row(line):
    table = Tabulator((Column(name="q", shape="one", codes=("a",)),), str)
    with pytest.raises(ValueError, match=r".*"):
        table.stored(line.encode("latin-1"), frozenset())


@pytest.mark.parametrize(
    ("trend", "at", "code"),
    [
        ("month", "2026-11-30T16:59:00Z", "2026-11"),
        ("month", "2026-11-30T17:00:00Z", "2026-12"),  # already December in Phnom Penh
        ("week", "2026-01-01T00:00:00Z", "2026-w01"),
        ("week", "2027-01-01T00:00:00Z", "2026-w53"),
        ("quarter", "2026-12-31T17:30:00Z", "2027-q1"),
        ("quarter", "2026-03-31T00:00:00Z", "2026-q1"),
        ("month", "", ""),
        ("month", "yesterday", ""),
        ("month", "9999-12-31T23:59:00Z", ""),
    ],
)
def test_the_period_is_that_of_the_days_where_the_shop_is(trend, at, code):
    zone = timezone(timedelta(hours=7))
    assert period_of(trend, (), zone)(at) == code


def test_rounds_of_asking_begin_on_their_days():
    waves = (date(2026, 3, 1), date(2026, 9, 1))
    named = period_of("month", waves, None)
    days = ("2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01", "2030-01-01")
    found = [named(f"{day}T12:00:00Z") for day in days]
    assert found == ["earlier", "2026-03-01", "2026-03-01", "2026-09-01", "2026-09-01"]


def cells(found: Response, *known: Column) -> tuple[str | None, ...]:
    return Tabulator(known, str).row(found)


def test_who_was_asked_and_said_nothing_is_told_from_who_was_not_asked():
    found = read(*OWN, ("nps", "9"), wanted=everything())
    nps, why, none = (Column(name=name, shape="one", codes=()) for name in ("nps", "why", "z"))
    assert cells(found, nps, why, none) == ("9", "-", None)


def test_rows_hold_codes_and_never_words():
    wanted = everything()
    found = read(
        *OWN, ("wrong", "late"), ("wrong", "broken"), ("why", "secret"), ("nps", "9"), wanted=wanted
    )
    names = ("wrong", "why", "nps", "mati_late", "mati_counted")
    shapes = {"wrong": "several", "nps": "one"}
    columns = tuple(Column(name=name, shape=shapes.get(name, "open")) for name in names)
    assert cells(found, *columns) == ("|late|broken|", "1", "9", None, "1")
    assert cells(replace(found, late=True), *columns) == (None, None, None, "1", None)


# --- Old names --------------------------------------------------------------------------------


def renamed(wanted: Survey, **aliases: str) -> Survey:
    """Say what old names are today; ``__`` stands for the dot."""
    place = Span("content/service.md")
    found = tuple(
        Alias(old=old.replace("__", "."), new=new.replace("__", "."), span=place, new_span=place)
        for old, new in aliases.items()
    )
    return replace(wanted, settings=replace(wanted.settings, aliases=found))


OLD = (
    ("all_in_all", "1"), ("team.polite", "5"), ("team.smile", "3"), ("favourite", "coffee"),
    ("tel", "012 345"),
)  # fmt: skip
NEW = renamed(
    SHOP,
    all_in_all="overall",
    team="staff",
    team__smile="staff.friendly",
    favourite="liked",
    liked="best",
    tel="phone",
)


def test_old_names_count_under_the_new_ones_when_answers_come_late():
    found = read(*OWN, *OLD, wanted=NEW)
    assert dict(found.answers) == {
        "overall": ("1",),
        "staff.polite": ("5",),
        "staff.friendly": ("3",),
        "best": ("coffee",),
    }
    assert dict(found.private) == {"phone": ("012 345",)}
    assert found.unknown == ()


def test_a_new_answer_is_not_covered_by_an_old_one():
    found = read(*OWN, ("all_in_all", "1"), ("overall", "4"), wanted=NEW)
    assert dict(found.answers)["overall"] == ("4",)


def stored(*pairs: tuple[str, str], asked: tuple[str, ...] = (), **more: object) -> Response:
    answers: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        answers[name] = (*answers.get(name, ()), value)
    found = read(*OWN)
    return replace(found, answers=tuple(answers.items()), asked=asked, **more)


def test_stored_answers_go_under_the_names_of_today():
    kept = stored(("all_in_all", "4"), ("team.polite", "5"), asked=("all_in_all", "team.polite"))
    (found,) = as_of_today([kept], NEW)
    assert dict(found.answers) == {"overall": ("4",), "staff.polite": ("5",)}
    assert found.asked == ("overall", "staff.polite")
    assert list(as_of_today([kept], SHOP)) == [kept]


def test_what_nobody_knew_when_it_came_is_an_answer_once_its_name_is_told():
    kept = stored(unknown=(("all_in_all", "4"), ("all_in_all", "9"), ("else", "x")))
    (found,) = as_of_today([kept], NEW)
    assert dict(found.answers) == {"overall": ("4",)}
    assert found.unknown == (("all_in_all", "9"), ("else", "x"))


WRONG = survey(section("page", None, multiple()))


def test_two_answers_become_one_and_one_is_no_longer_offered():
    wanted = renamed(WRONG, wrong__slow="wrong.late", wrong__ox="")
    kept = stored(("wrong", "slow"), ("wrong", "late"), ("wrong", "ox"), asked=("wrong",))
    alone = stored(("wrong", "ox"), asked=("wrong",))
    found, nobody = as_of_today([kept, alone], wanted)
    assert dict(found.answers) == {"wrong": ("late",)}
    assert found.asked == ("wrong",)
    # who gave only what is no longer offered is neither among the answers nor among the missing
    assert (nobody.answers, nobody.asked) == ((), ())


def test_late_answers_that_are_no_longer_asked_are_kept_without_a_word():
    wanted, notes = renamed(WRONG, wrong__ox="", gone=""), Notebook()
    found = read_row(row(*OWN, ("wrong", "ox"), ("gone", "a"), ("odd", "b")), wanted, notes)
    assert set(found.unknown) == {("wrong", "ox"), ("gone", "a"), ("odd", "b")}
    assert [dict(d.values)["name"] for d in notes] == ["odd"]


@pytest.mark.parametrize(
    ("aliases", "name", "wanted"),
    [
        ({}, "a", "a"),
        ({"a": "b"}, "a", "b"),
        ({"a": "b"}, "a.x", "b.x"),
        ({"a": "b"}, "ab.x", "ab.x"),
        ({"a": "b", "a.x": "a.y"}, "a.x", "b.y"),
        ({"a": "b", "b": "c"}, "a", "c"),
        ({"b": "c", "a": "b"}, "a.x.text", "c.x.text"),
        ({"a": ""}, "a.x", ""),
        ({"a.x": ""}, "a.x", ""),
        ({"a.x": ""}, "a", "a"),
        ({"a": "b", "b": "a"}, "c", "c"),
    ],
)
def test_an_old_name_is_resolved(aliases, name, wanted):
    assert resolve(aliases, name) == wanted


def test_names_in_a_circle_do_not_hold_anybody_up():
    assert resolve({"a": "b", "b": "a"}, "a") in {"a", "b"}
    assert resolve({"a": "a.a"}, "a") == "a.a"
