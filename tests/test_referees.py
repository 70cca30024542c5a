"""What GNU gettext and i18nspector say of .po files: of ours, and of those we write."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from mati.catalog import Catalog, Message, plural_rule, read_po
from mati.diagnostics import Notebook, Source
from mati.merge import Unit, check_units, head_of, write_po
from scripts import gettext

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "locales").glob("*/*.po"))
ACCEPTED = {
    "no-date-header-field": "a date would change a file in which nothing else did",
    "no-last-translator-header-field": "nobody is named who did not look",
    "no-language-team-header-field": "there is none",
    "no-report-msgid-bugs-to-header-field": "a shop has no address for it",
    "no-version-in-project-id-version": "a survey has no version that a translator should know",
    "invalid-last-translator": "nobody is named who did not look",
    "invalid-language-team": "there is none",
    "boilerplate-in-last-translator": "nobody is named who did not look",
}
"""What i18nspector would have otherwise, and why we do not."""
LANGUAGES = (
    "am ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja "
    "ka kk km kn ko lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ro ru si sk sl sq sr sv sw ta te "
    "th tr uk ur uz vi"
)
HARD = (
    'say "yes" \\ no',
    "one\ntwo\n\nthree",
    "\ttab\t",
    "ends with a line\n",
    "\\n is no line",
    "ល្អ។ ຳ ໜ \u200b",
    "#~ not gone",
    "a" * 300,
    "%s % 100%",
    "{{x}} {y}",
)


@pytest.fixture(scope="module")
def programs() -> Mapping[str, Path]:
    found = gettext.find()
    assert found is not None, gettext.advice()
    return found


def said(*command: object) -> tuple[int, str]:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def complaints(programs: Mapping[str, Path], path: Path) -> list[str]:
    """What msgfmt and i18nspector have against a file, but for what we meant."""
    status, told = said(programs["msgfmt"], "-c", "-o", "/dev/null", path)
    found = [] if status == 0 else [told]
    lines = said(programs["i18nspector"], path)[1].splitlines()
    return found + [line for line in lines if line.split(": ")[2].split()[0] not in ACCEPTED]


def test_what_is_missing_is_named(programs):
    assert gettext.find(which=lambda _: None) is None
    assert set(programs) == set(gettext.PROGRAMS)
    assert "i18nspector" in gettext.advice()


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_both_accept_our_files(programs, path):
    assert complaints(programs, path) == []


def written(path: Path, language: str, *messages: Message) -> Catalog:
    """Write a file as ``i18n update`` does, its header with the rule that we hold right."""
    head = head_of(language, "Visit")
    lines = (line for line in head.string.splitlines() if not line.startswith("Plural-Forms"))
    fields = "".join(f"{line}\n" for line in (*lines, f"Plural-Forms: {plural_rule(language)}"))
    text = write_po(head._replace(strings=(fields,)), messages)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    notes = Notebook()
    catalog = read_po(Source(f"locales/{language}/visit.po", text), notes)
    assert len(notes) == 0
    return catalog


def test_both_read_what_we_write_and_we_what_they_write(programs, tmp_path):
    messages = [Message(f"v.q{n}.label", text, (text,)) for n, text in enumerate(HARD)]
    messages.append(Message("v.old", "New", ("ចាស់",), flags=("fuzzy",), previous='O"ld\n'))
    path = tmp_path / "km" / "visit.po"
    ours = written(path, "km", *messages)
    status, told = said(programs["msgfmt"], "-c", "-o", "/dev/null", path)
    assert status == 0, told
    theirs = tmp_path / "again.po"
    for options in (("--no-wrap",), ("--width=20",)):
        status, told = said(programs["msgcat"], *options, "-o", theirs, path)
        assert status == 0, told
        notes = Notebook()
        read = read_po(Source("locales/km/visit.po", theirs.read_text("utf-8")), notes)
        assert len(notes) == 0
        assert [(m.key, m.strings, m.fuzzy, m.previous) for m in read.messages.values()] == [
            (m.key, m.strings, m.fuzzy, m.previous) for m in ours.messages.values()
        ]


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_both_accept_the_header_of_every_language(programs, tmp_path, language):
    path = tmp_path / language / "visit.po"
    catalog = written(path, language, Message("v.q.label", "Good", ("X",)))
    told = complaints(programs, path)
    # for languages whose rule CLDR has changed since, it goes by what others write
    assert [one for one in told if "unusual-" not in one] == []
    notes = Notebook()
    check_units((), catalog, notes)
    assert {d.code.slug for d in notes} == {"unknown-text"}


@pytest.mark.parametrize(
    ("flag", "source", "string"),
    [
        ("python-brace-format", "for {name}", "សម្រាប់ {nom}"),
        ("python-format", "for %(name)s", "សម្រាប់ %(nom)s"),
        ("", "Good\n", "ល្អ"),
        ("", "Good", "ល្អ\n"),
    ],
)
def test_we_find_what_msgfmt_finds(programs, tmp_path, flag, source, string):
    path = tmp_path / "km" / "visit.po"
    flags = (flag,) if flag else ()
    catalog = written(path, "km", Message("v.q.label", source, (string,), flags=flags))
    assert said(programs["msgfmt"], "-c", "-o", "/dev/null", path)[0] != 0
    notes = Notebook()
    check_units((Unit(context="v.q.label", msgid=source),), catalog, notes)
    assert {d.code.slug for d in notes} <= {"placeholders-differ", "edges-differ"}
    assert len(notes) == 1
