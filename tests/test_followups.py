"""The call-back list: whom an answer puts on it, what is done, sheets that others read."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.diagnostics import Notebook, Source
from mati.followups import SHEETS, Case, Entry, case_id, cases, entry_line, read_entries, sheet
from mati.followups.entries import STATES
from mati.followups.sheets import label_words, reason_words, reply_words
from mati.model import ProjectSettings, Response, Settings, Survey
from mati.reader import read
from mati.responses import Contact

FOLLOW_UP = """followup:
  if: overall <= 2 or staff <= 2 or branch = pp and wait > 30 or overall = 5 and answered phone
  within: 2 days
"""
SURVEY = """---
lang: en
hidden:
  branch: {pp: Phnom Penh}
followup:
  if: overall <= 2 or staff <= 2 or branch = pp and wait > 30 or overall = 5 and answered phone
  within: 2 days
---

# Visit

### All in all? {#overall}

- (5) Good
- (2) Bad
- (1) Very bad

### Our staff {#staff}

| | (5) Good | (2) Bad |
| --- | --- | --- |
| was polite {#polite} | | |
| was quick {#quick} | | |

### Minutes of waiting {#wait}

___ number

### What went wrong? {#wrong}

- [cold] It was cold
- [other] Other: ___

### You {#you kind=contact private}

- Name: ___ {#name}
- Telephone: ___ phone {#phone}
- Street: ___ {#street}

### Phone {#phone private}

___ phone

### Your leave {#leave kind=consent}

- [yes] You may call
"""
ZONE = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


def survey(text: str = SURVEY) -> Survey:
    notes = Notebook()
    project = ProjectSettings(defaults=Settings(), zone=UTC)
    found = read(Source("content/visit.md", text), project, notes)
    assert not notes.has_errors(), list(notes)
    assert found is not None
    return found


def answer(key: str = "k1", at: str = "2026-11-22T20:00:00Z", **more: object) -> Response:
    given = {name.replace("__", "."): (str(v),) for name, v in more.pop("answers", {}).items()}
    return Response(
        key=key, id=str(more.pop("id", "")), survey="visit", version="v", language="km",
        channel="qr", at=at, answers=tuple(given.items()), **more,
    )  # fmt: skip


def listed(*answers: Response, contacts: dict[str, Contact] | None = None, log=(), now=NOW):
    return cases(survey(), answers, contacts or {}, log, now)


def words(case: Case) -> list[str]:
    return [reason_words(reason) for reason in case.reasons]


@pytest.mark.parametrize(
    ("answers", "hidden", "reasons"),
    [
        ({"overall": 1}, (), ["All in all?: Very bad"]),
        ({"overall": 5}, (), None),
        ({"overall": 2, "staff__quick": 2}, (),
         ["All in all?: Bad", "Our staff, was quick: Bad"]),
        ({"overall": 5, "wait": 45}, (("branch", "pp"),), ["Minutes of waiting: 45"]),
        ({"overall": 5, "wait": 45}, (), None),
        ({}, (), None),
    ],
)  # fmt: skip
def test_who_is_on_the_list_and_why(answers, hidden, reasons):
    found = listed(answer(answers=answers, hidden=hidden))
    assert [words(case) for case in found] == ([] if reasons is None else [reasons])


def test_a_person_is_called_in_time_from_the_day_they_wrote_here():
    (case,) = listed(answer(answers={"overall": 1}))  # already the 23rd in Phnom Penh
    assert (case.at.date(), case.due, case.overdue) == (
        date(2026, 11, 23), date(2026, 11, 25), False,
    )  # fmt: skip
    (case,) = listed(answer(answers={"overall": 1}), now=NOW + timedelta(days=1))
    assert case.overdue


def test_the_ways_to_reach_a_person_and_what_they_wrote():
    private = (
        ("phone", ("012 345 678",)), ("you.name", ("សុខា",)), ("you.phone", ("099 1",)),
        ("you.street", ("st. 271",)),
    )  # fmt: skip
    contact = Contact(key="k1", id="", at="", private=private)
    given = answer(answers={"overall": 5, "wrong__other__text": "=cmd()\nnoise"})
    (case,) = listed(given, contacts={"k1": contact})
    assert (case.names, set(case.phones)) == (("សុខា",), {"012 345 678", "099 1"})
    assert [reply_words(one) for one in case.replies] == ["What went wrong?, Other: =cmd() noise"]
    assert [reply_words(one) for one in case.others] == ["You, Street: st. 271"]
    assert case.reasons[0].code == "5"


@pytest.mark.parametrize(
    ("asked", "leave", "may"),
    [((), None, True), (("leave",), None, False), (("leave",), "yes", True)],
)
def test_nobody_is_called_who_was_asked_and_gave_no_leave(asked, leave, may):
    answers = {"overall": 1} | ({"leave": leave} if leave else {})
    contact = Contact(key="k1", id="", at="", private=(("phone", ("012 345 678",)),))
    (case,) = listed(answer(answers=answers, asked=asked), contacts={"k1": contact})
    assert case.may_call is may
    assert [label_words(one) for one in case.refused] == ([] if may else ["Your leave"])
    assert case.phones == (("012 345 678",) if may else ())


def test_made_up_and_replaced_answers_are_left_out_late_ones_are_not():
    one = {"overall": 1}
    found = listed(
        answer("a", answers=one, sample=True),
        answer("b", answers=one, revised=True),
        answer("c", answers=one, late=True),
    )
    assert [case.key for case in found] == ["c"]


def test_the_same_person_is_the_same_case_however_often_they_answer():
    assert case_id("visit", "v1") == case_id("visit", "v1") != case_id("other", "v1")
    first, second = (
        listed(answer(key, id="v1", answers={"overall": 1}))[0] for key in ("k1", "k2")
    )
    assert first.id == second.id
    assert "v1" not in first.id


def test_what_was_done_holds_and_the_list_begins_with_the_most_urgent():
    bad = {"overall": 1}
    answers = [answer(f"k{n}", f"2026-11-2{n}T01:00:00Z", answers=bad) for n in (0, 1, 2)]
    names = [case_id("visit", f"k{n}") for n in (0, 1, 2)]

    def entry(n: int, **more: str) -> Entry:
        return Entry(key=f"k{n}", case=names[n], at="2026-11-24T01:00:00Z", **more)

    log = [
        entry(0, state="assigned", owner="Dara"),
        entry(0, state="contacted", promised="a new cup", again="2026-12-08", note="kind"),
        entry(1, state="dropped", note="test"),
    ]
    found = listed(*answers, log=log)
    assert [case.id for case in found] == [names[2], names[0], names[1]]
    called, gone = found[1], found[2]
    assert (called.owner, called.promised, called.due, called.ask, called.overdue) == (
        "Dara", "a new cup", date(2026, 12, 8), True, False,
    )  # fmt: skip
    assert not gone.open
    later = listed(*answers, log=log, now=NOW + timedelta(days=20))
    assert next(case for case in later if case.id == names[0]).overdue


def test_a_survey_that_says_nothing_has_no_list():
    plain = survey(SURVEY.replace(FOLLOW_UP, ""))
    assert cases(plain, [answer(answers={"overall": 1})], {}, (), NOW) == ()


def test_the_log_reads_back_what_it_wrote_and_says_what_is_damaged():
    entry = Entry(key="k", id="i", case="c", at="2026-11-24T01:00:00Z", state="done", note="«ñ»")
    notes = Notebook()
    lines = [
        entry_line(entry) + "\n", "{broken\n",
        '{"key": "k", "case": "c", "at": "x", "state": "?"}\n',
        '{"key": "k", "case": "c", "at": "x", "again": "soon"}\n', "[]\n", "\n", '{"key": "cut',
    ]  # fmt: skip
    assert list(read_entries(lines, "private/followups/visit.jsonl", notes)) == [entry]
    assert [note.span.line for note in notes] == [2, 3, 4, 5]


TEXTS = st.text(max_size=40)


@given(TEXTS, TEXTS, st.sampled_from(STATES))
def test_any_words_go_through_the_log(note, promised, state):
    entry = Entry(key="k", case="c", at="x", state=state, note=note, promised=promised)
    assert list(read_entries([entry_line(entry) + "\n"], "p", Notebook())) == [entry]


def reached(name: str = "Sokha", phone: str = "+855 12 345 678", comment: str = "cold") -> Case:
    private = (("you.name", (name,)), ("phone", (phone,)))
    contact = Contact(key="k1", id="", at="", private=private)
    given = answer(answers={"overall": 1, "wrong.other.text": comment})
    return listed(given, contacts={"k1": contact})[0]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("csv", {"name": "Sokha", "phone": "+855 12 345 678", "due": "2026-11-25", "state": "new"}),
        ("hubspot", {"First name": "Sokha", "Phone number": "+855 12 345 678"}),
        ("zoho", {"Last Name": "Sokha", "Phone": "+855 12 345 678"}),
        ("odoo", {"contact_name": "Sokha", "date_deadline": "2026-11-25"}),
    ],
)
def test_a_sheet_has_the_columns_its_reader_wants(name, columns):
    text = sheet(name, [reached()])
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert columns.items() <= row.items()


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"vcard"}))
@given(words=TEXTS)
def test_no_spreadsheet_runs_what_somebody_wrote(name, words):
    text = sheet(name, [reached(name=f"=cmd|{words}", comment="+SUM(A1)" + words)])
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        for cell in row:
            assert cell[:1] not in tuple("=-@\t\r＝＋－＠")
            assert not cell.startswith("+") or cell == "+855 12 345 678"


@given(TEXTS, TEXTS)
def test_a_card_is_folded_between_characters_and_holds_nothing_it_should_not(name, words):
    text = sheet("vcard", [reached(name="ຄ້າຂາຍ" + name, comment=words)])
    lines = text.split("\r\n")
    assert max(len(line.encode("utf-8", "replace")) for line in lines) <= 75
    whole = text.replace("\r\n ", "")
    assert whole.count("BEGIN:VCARD") == 1
    names = [line.partition(":")[0] for line in whole.split("\r\n") if line]
    assert names == ["BEGIN", "VERSION", "UID", "FN", "N", "TEL", "NOTE", "END"]


def test_who_left_no_number_is_in_no_address_book():
    assert sheet("vcard", listed(answer(answers={"overall": 1}))) == ""
