"""Answers come home once, whole, and apart from the contacts; forgotten ones stay away."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from report_surveys import LAST, customer_service

from mati import home
from mati.diagnostics import Notebook
from mati.home import answers, bring, forget, load
from mati.model import RawRow
from mati.samples import sample

SHOP = customer_service()


def row(key: str, *pairs: tuple[str, str], at: str = "2026-11-22T02:47:00Z") -> RawRow:
    return RawRow(key=key, at=at, pairs=(("mati_version", "v1"), *pairs))


def brought(root: Path, *rows: RawRow) -> home.Brought:
    return bring(root, SHOP, rows, Notebook())


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "private").rglob("*"))
        if path.is_file()
    }


def test_bringing_twice_changes_no_byte(tmp_path):
    rows = sample(SHOP, 60, LAST)
    assert brought(tmp_path, *rows).new == 60
    before = files(tmp_path)
    second = brought(tmp_path, *rows)
    assert (second.new, second.again) == (0, 60)
    assert files(tmp_path) == before


def test_every_row_is_counted_once(tmp_path):
    rows = (
        row("a", ("mati_id", "visitor-1"), ("overall", "4")),
        row("a", ("mati_id", "visitor-1"), ("overall", "4")),
        row("b", ("mati_id", "visitor-1"), ("overall", "2"), ("colour", "red")),
        row("c", ("overall", "2")),
        row("d", ("overall", "2")),
        row("e", ("mati_survey", "other"), ("overall", "2")),
    )
    found = brought(tmp_path, *rows)
    assert (found.new, found.again, found.elsewhere, found.revised) == (4, 1, 1, 1)
    assert found.unknown == 1


def test_the_later_answer_of_one_person_counts(tmp_path):
    brought(tmp_path, row("a", ("mati_id", "visitor-1"), ("overall", "4")))
    found = brought(tmp_path, row("b", ("mati_id", "visitor-1"), ("overall", "2")))
    assert (found.new, found.revised) == (1, 1)
    assert [(one.key, one.revised) for one in load(tmp_path, SHOP.name)] == [
        ("a", True),
        ("b", False),
    ]


def test_the_same_answer_under_another_key_is_a_repetition(tmp_path):
    brought(tmp_path, row("a", ("mati_id", "visitor-1"), ("overall", "4")))
    assert brought(tmp_path, row("b", ("mati_id", "visitor-1"), ("overall", "4"))).again == 1


def test_without_an_id_every_answer_is_kept(tmp_path):
    found = brought(tmp_path, row("a", ("overall", "4")), row("b", ("overall", "4")))
    assert found.new == 2


def test_rows_without_a_key_are_kept_and_known_again(tmp_path):
    rows = (row("", ("overall", "4")), row("", ("overall", "4")), row("x\x00" * 300))
    assert brought(tmp_path, *rows).new == 3
    assert brought(tmp_path, *rows).again == 3


def test_contacts_stand_apart_and_only_their_owner_may_look(tmp_path):
    brought(
        tmp_path, row("a", ("mati_id", "visitor-1"), ("overall", "1"), ("phone", "012 345 678"))
    )
    found = files(tmp_path)
    holders = [name for name, data in found.items() if b"012 345 678" in data]
    assert holders == ["private/contacts/customer-service.jsonl"]
    for path in (tmp_path / "private").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700


def test_a_crash_between_contacts_and_answers_doubles_neither(tmp_path, monkeypatch):
    rows = (
        row("a", ("mati_id", "visitor-1"), ("overall", "1"), ("phone", "012 345 678")),
        row("b", ("mati_id", "visitor-2"), ("overall", "1"), ("phone", "099 111")),
    )
    append = answers.append

    def failing(path, lines):
        if path.parent.name != "contacts":
            raise OSError
        append(path, lines)

    monkeypatch.setattr(answers, "append", failing)
    with pytest.raises(OSError):  # noqa: PT011 -- any will do
        brought(tmp_path, rows[0])
    monkeypatch.setattr(answers, "append", append)
    assert brought(tmp_path, *rows).new == 2
    contacts = next((tmp_path / "private" / "contacts").glob("*.jsonl")).read_text("utf-8")
    assert [contacts.count(number) for number in ("012 345 678", "099 111")] == [1, 1]


def test_months_have_files_of_their_own(tmp_path):
    brought(
        tmp_path,
        row("a", at="2026-10-31T23:59:59Z"),
        row("b", at="2026-11-01T06:30:00+07:00"),
        row("c", at="soon"),
    )
    names = [path.name for path in (tmp_path / "private/responses/customer-service").iterdir()]
    assert sorted(names) == ["2026-10.jsonl", "undated.jsonl"]


def test_a_line_torn_by_a_crash_is_mended(tmp_path):
    brought(tmp_path, row("a"), row("b"))
    path = tmp_path / "private/responses/customer-service/2026-11.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert [one.key for one in load(tmp_path, SHOP.name)] == ["a"]
    assert brought(tmp_path, row("a"), row("b"), row("c")).new == 2
    assert [one.key for one in load(tmp_path, SHOP.name)] == ["a", "b", "c"]


def test_a_damaged_line_is_said_and_left_alone(tmp_path):
    brought(tmp_path, row("a"))
    path = tmp_path / "private/responses/customer-service/2026-11.jsonl"
    path.write_bytes(b"{oops\n\xff\xfe\n" + path.read_bytes())
    notes = Notebook()
    assert [one.key for one in load(tmp_path, SHOP.name, notes)] == ["a"]
    assert [(d.code.slug, d.span.line) for d in notes] == [("damaged-line", 1), ("damaged-line", 2)]
    brought(tmp_path, row("b"))
    assert path.read_bytes().startswith(b"{oops\n\xff\xfe\n")


@pytest.mark.parametrize("wanted", ["visitor-1", "a", ("b",)])
def test_forgetting_leaves_no_byte_and_keeps_it_away(tmp_path, wanted):
    rows = (
        row(
            "a",
            ("mati_id", "visitor-1"),
            ("overall", "1"),
            ("phone", "012 345"),
            ("best", "tea-one"),
        ),
        row(
            "b",
            ("mati_id", "visitor-1"),
            ("overall", "2"),
            ("phone", "012 345"),
            ("best", "tea-two"),
        ),
        row(
            "c", ("mati_id", "visitor-2"), ("overall", "1"), ("phone", "099 111"), ("best", "cake")
        ),
    )
    brought(tmp_path, *rows)
    assert forget(tmp_path, wanted) == 2
    everything = b"".join(files(tmp_path).values())
    for gone in (b"tea-one", b"tea-two", b"012 345"):
        assert gone not in everything
    assert b"cake" in everything
    assert b"099 111" in everything
    found = brought(tmp_path, *rows)
    assert (found.new, found.forgotten, found.again) == (0, 2, 1)
    assert [one.key for one in load(tmp_path, SHOP.name)] == ["c"]


def test_forgetting_reaches_what_a_crash_left(tmp_path):
    """A torn line, a damaged one and a half-made copy hold a person's words, too."""
    brought(tmp_path, row("a", ("mati_id", "visitor-1"), ("overall", "1"), ("best", "tea-one")))
    brought(tmp_path, row("c", ("mati_id", "visitor-2"), ("overall", "1"), ("best", "cake")))
    month = next((tmp_path / "private" / "responses").glob("*/*.jsonl"))
    first, second = month.read_bytes().splitlines(keepends=True)
    month.with_suffix(".new").write_bytes(first)
    month.write_bytes(first + b"?" + first + second + first[:-9])
    assert forget(tmp_path, "visitor-1") == 1
    assert month.read_bytes() == second
    for path in (tmp_path / "private").rglob("*"):
        assert path.is_dir() or b"tea-one" not in path.read_bytes()


def test_what_is_kept_of_the_forgotten_tells_nothing(tmp_path):
    brought(tmp_path, row("a", ("mati_id", "secret-id")))
    forget(tmp_path, "secret-id")
    assert b"secret-id" not in (tmp_path / "private/forgotten").read_bytes()


@pytest.mark.parametrize("wanted", ["a", "", {"a", ""}])
def test_forgetting_one_without_an_id_leaves_the_others_without_one(tmp_path, wanted):
    phone = ("phone", "012 345 678")
    brought(tmp_path, row("a", ("overall", "1"), phone), row("b", ("overall", "1"), phone))
    gone = forget(tmp_path, wanted)
    assert gone == (1 if wanted else 0)
    left = [response.key for response in load(tmp_path, "customer-service")]
    assert left == ["a", "b"][gone:]


def test_forgetting_nobody_changes_no_answer(tmp_path):
    brought(tmp_path, row("a"))
    before = files(tmp_path)
    assert forget(tmp_path, "nobody") == 0
    after = files(tmp_path)
    assert {n: d for n, d in after.items() if n != "private/forgotten"} == before


def test_hostile_answers_stay_one_line_each(tmp_path):
    wild = '=cmd|\' /C calc\'!A0\r\n\u2028{"key":"x"}\x00'
    found = brought(tmp_path, row("a", ("best", wild)), row("b", (wild, wild)))
    assert found.new == 2
    path = tmp_path / "private/responses/customer-service/2026-11.jsonl"
    assert path.read_bytes().count(b"\n") == 2
    assert [one.key for one in load(tmp_path, SHOP.name)] == ["a", "b"]


def test_samples_stay_marked(tmp_path):
    brought(tmp_path, *sample(SHOP, 3, LAST))
    assert all(one.sample for one in load(tmp_path, SHOP.name))
