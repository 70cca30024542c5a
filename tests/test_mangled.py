"""Our own .po files, mangled: no build breaks, each message falls back alone, all of it is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from formsite import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangled import escaped, one_message, some_bytes, some_lines

from mati.build import Options, build
from mati.build.translating import work_of
from mati.catalog import Catalog, decode_po, read_po, translator, usable
from mati.diagnostics import Diagnostic, Notebook, Severity
from mati.localise.controls import controls
from mati.merge import Unit, check_units
from mati.project import open_project

SURVEY = "customer-service"
DOMAINS = (SURVEY, "site", "mati")
TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
NEAR = 8
"""Lines: an entry and its remarks."""
EASY = {
    "deadline": None,
    "suppress_health_check": [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
}


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    return dict(work_of(ROOT, Notebook()).domains)


class Whole(bytes):
    """A file that does not show itself whole when an example is printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


@cache
def original(language: str, domain: str) -> Whole:
    return Whole((ROOT / "locales" / language / f"{domain}.po").read_bytes())


def read(language: str, domain: str, data: bytes) -> tuple[Catalog, Notebook]:
    notes, path = Notebook(), f"locales/{language}/{domain}.po"
    return read_po(decode_po(path, data, notes), notes), notes


class Case:
    """One mangled file; it shows itself by what is around the change."""

    def __init__(self, language: str, domain: str, data: bytes) -> None:
        self.language, self.domain, self.data = language, domain, data

    def __repr__(self) -> str:
        lines = self.data.split(b"\n")
        at = touched(original(self.language, self.domain), self.data)
        around = [line.decode("utf-8", "replace") for line in lines[max(0, at - 4) : at + 4]]
        return f"{self.language}/{self.domain}.po:{at}: {around}"

    def __iter__(self) -> Iterator[Any]:
        return iter((self.language, self.domain, self.data))


@st.composite
def mangled(draw: st.DrawFn, *domains: str) -> Case:
    """A language, a domain, and its file with one thing wrong."""
    language, domain = draw(st.sampled_from(["km", "lo"])), draw(st.sampled_from(domains))
    data = original(language, domain)
    one = st.one_of(one_message(data), some_bytes(data).map(lambda made: made[0]), some_lines(data))
    return Case(language, domain, draw(one))


def touched(old: bytes, new: bytes) -> int:
    """The line from which on a file is another one."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new))
    return new[:at].count(b"\n") + 1


def begins(unit: Unit, data: bytes) -> bool:
    """Tell whether the line that an entry begins with is still there."""
    if unit.context:
        return f'\nmsgctxt "{unit.context}"\n'.encode() in data
    return b'\nmsgid "' + escaped(unit.msgid) + b'"\n' in data


@given(mangled(*DOMAINS, "kiosk", "after-sales"))
@settings(max_examples=300, **EASY)
def test_each_message_falls_back_alone_and_is_told(case):
    language, domain, data = case
    before, _ = read(language, domain, original(language, domain))
    after, notes = read(language, domain, data)
    check_units(units()[domain], after, notes)
    told = {(d.span.path, d.span.line) for d in notes}
    hurt = []
    for unit in units()[domain]:
        old, new = before.find(unit.context, unit.msgid), after.find(unit.context, unit.msgid)
        shown = new is not None and usable(unit.msgid, new, rich=unit.rich)
        if old is not None and old.string and not shown:
            hurt.append(unit.msgid)
            where = {line for path, line in told if path == after.path}
            if new is not None:
                assert where & {new.line, new.string_line}
            else:
                here = touched(original(language, domain), data)
                near = any(abs(line - here) <= NEAR for line in where)
                # where the entry is gone as a whole there is no line to name
                assert near or (1 in where and not begins(unit, data))
    # four lines at most are touched: those of one entry, and of its neighbour
    assert len(hurt) <= 2, hurt


def form_pages(outputs) -> dict[str, str]:
    named = {output.path: output.content for output in outputs if output.root == "site"}
    return {
        code: named[f"{code}/{SURVEY}/index.html"].decode("utf-8") for code in ("en", "km", "lo")
    }


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mangled")
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mati.yaml", folder)
    return folder


def made(root: Path) -> tuple[list[Diagnostic], dict[str, str], set[str]]:
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(only=SURVEY), notes)
    return list(notes), form_pages(outputs), {output.path for output in outputs}


@given(case=mangled(*DOMAINS))
@settings(max_examples=60, **EASY)
def test_no_build_breaks_and_forms_ask_the_same_in_every_language(root, case):
    language, domain, data = case
    path = root / "locales" / language / f"{domain}.po"
    path.write_bytes(data)
    try:
        notes, pages, paths = made(root)
    finally:
        path.write_bytes(original(language, domain))
    assert [d for d in notes if d.severity is Severity.ERROR] == []
    assert paths >= {f"{language}/{SURVEY}/index.html", f"{language}/{SURVEY}/thanks/index.html"}
    wanted = controls(pages["en"])
    assert controls(pages["km"]) == controls(pages["lo"]) == wanted
    assert not TURNING.search(pages[language])
    after, _ = read(language, domain, data)
    broken = {
        found.string_line
        for unit in units()[domain]
        if (found := after.find(unit.context, unit.msgid)) is not None
        and found.string
        and not found.fuzzy
        and not usable(unit.msgid, found, rich=unit.rich)
    }
    name = f"locales/{language}/{domain}.po"
    assert broken <= {d.span.line for d in notes if d.span.path == name}


def test_a_message_that_is_left_alone_is_shown_as_before(root):
    _, before, _ = made(root)
    path = root / "locales" / "km" / f"{SURVEY}.po"
    text = original("km", SURVEY).decode("utf-8")
    at = text.index('msgctxt "customer-service.overall.label"')
    start = text.index('msgstr "', at)
    end = text.index("\n", start)
    try:
        path.write_text(text[:start] + 'msgstr "<script>{{x}}\\"' + text[end:], "utf-8")
        notes, after, _ = made(root)
    finally:
        path.write_bytes(original("km", SURVEY))
    assert {d.span.line for d in notes} == {1, text[:start].count("\n") + 1}
    lines = zip(before["km"].split("\n"), after["km"].split("\n"), strict=True)
    changed = [new for old, new in lines if old != new]
    assert changed
    assert all('<span lang="en">' in line for line in changed)
    assert before["lo"] == after["lo"]


@cache
def sentences() -> tuple[str, ...]:
    return tuple(unit.msgid for unit in units()["mati-cli"])


@given(mangled("mati-cli"))
@settings(max_examples=60, **EASY)
def test_the_commands_speak_whatever_became_of_their_words(case):
    language, domain, data = case
    speak = translator(read(language, domain, data)[0])
    lost = 0
    for sentence in sentences():
        said = speak(sentence)
        lost += said == sentence
        assert said == sentence or not TURNING.search(said)
        try:
            names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        except ValueError:
            continue
        assert {name for _, name, _, _ in Formatter().parse(said) if name is not None} == names
    spoken = translator(read(language, domain, original(language, domain))[0])
    assert lost <= sum(spoken(sentence) == sentence for sentence in sentences()) + 2
