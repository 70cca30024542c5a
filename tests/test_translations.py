"""Khmer and Lao: complete for the sample survey and Mati's own words, and well spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from mati.build.rooms import rooms
from mati.build.translating import work_of
from mati.catalog import Catalog, decode_po, read_po
from mati.diagnostics import Notebook
from mati.merge import Rooms, Unit, check_units, head_of
from mati.project import open_project
from mati.width import cells

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "locales").glob("*/*.po"))
COMPLETE = ("km", "lo")
"""Languages of which no word is missing."""
LAO_SPLIT = re.compile("\u0ecd[\u0ec8-\u0ecb]?\u0eb2|\u0eab[\u0e99\u0ea1](?![\u0ebd])")
"""ຳ written in two pieces, ໜ and ໝ as two letters."""
KHMER_SPLIT = re.compile("\u17c1[\u17b8\u17b6]|\u17d2(?![\u1780-\u17a2])|\u17d2\u179a\u17d2")
"""Vowels written in two pieces, a sign with nothing below it, RO before another subscript."""


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    return dict(work_of(ROOT, Notebook()).domains)


@cache
def room() -> Mapping[str, Rooms]:
    return rooms(open_project(ROOT, Notebook()))


def test_the_layout_of_the_sample_says_where_there_is_little_room():
    assert {"mati", "customer-service", "after-sales"} <= room().keys()
    assert room()["mati"]["", "Send my answers"] == 24
    assert room()["mati"]["", "Please choose"] == 23
    assert room()["customer-service"]["customer-service.staff.option.5", "Excellent"] == 25
    assert ("customer-service.overall.option.5", "Excellent") not in room()["customer-service"]


def read(path: Path, notes: Notebook) -> Catalog:
    name = path.relative_to(ROOT).as_posix()
    return read_po(decode_po(name, path.read_bytes(), notes), notes)


def strings(path: Path) -> list[str]:
    return [message.string for message in read(path, Notebook()).messages.values()]


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize(
    "domain", ["after-sales", "customer-service", "kiosk", "site", "mati", "mati-cli"]
)
def test_nothing_is_missing_outdated_or_broken(language, domain):
    notes = Notebook()
    catalog = read(ROOT / "locales" / language / f"{domain}.po", notes)
    check_units(units()[domain], catalog, notes, rooms=room().get(domain))
    assert [(d.code.slug, dict(d.values).get("text")) for d in notes] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_string_is_in_its_normal_form(path):
    for string in strings(path):
        assert unicodedata.normalize("NFC", string) == string
        assert "\u200b" not in string, string
        assert string == string.strip() or string.strip() == "", string
        if path.parent.name == "lo":
            assert not LAO_SPLIT.search(string), string
        if path.parent.name == "km":
            assert not KHMER_SPLIT.search(string), string


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_file_says_who_translated_and_who_did_not_look(path):
    head = read(path, Notebook()).head
    assert head is not None
    told = " ".join(head.comments).lower()
    assert "not yet reviewed by a native speaker" in told or "reviewed by " in told


def test_what_a_new_file_says_of_itself_is_honest_enough():
    told = " ".join(head_of("vi", "Shop", "Shop (visit)", "").comments).lower()
    assert "not yet reviewed by a native speaker" in told


@pytest.mark.parametrize("language", COMPLETE)
def test_the_five_words_of_the_scale_differ_and_fit_a_phone(language):
    catalog = read(ROOT / "locales" / language / "customer-service.po", Notebook())
    for question in ("staff", "overall"):
        lead = f"customer-service.{question}.option."
        labels = [m.string for m in catalog.messages.values() if m.context.startswith(lead)]
        assert len(set(labels)) == 5
        assert max(map(cells, labels)) <= 9
