"""Everything a person can read goes through a catalogue: pages, replies, commands, diagnostics.

All of it is made in ``en-XA``, which knows only what translators are given; a word of plain
letters was given to nobody, or written into a template or a module by hand.
"""

from __future__ import annotations

import ast
import calendar
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
import pytest
from leaks import Leak, leaks_in_page, plain_words

import mati.press
from mati.build import Options, build
from mati.build.translating import work_of
from mati.cli import MADE_UP
from mati.cli.borrowed import borrowed
from mati.devserver import Left, Progress
from mati.devserver.marks import script as marks_script
from mati.devserver.page import script as live_script
from mati.devserver.status import status_page
from mati.diagnostics import Code, Diagnostic, Notebook, Severity, Span, human, sentence
from mati.localise import PSEUDO, pseudo
from mati.model import Output
from mati.project import Project, open_project
from scripts.examples import all_examples

ROOT = Path(__file__).parent.parent
NAMES = frozenset({
    "en-XA", "English", "Mati", "THANKS10",
    "Facebook", "Messenger", "WhatsApp", "Telegram", "LINE",  # as they call themselves
    "AM", "PM", *calendar.month_name[1:], *calendar.month_abbr[1:],  # Babel's, not ours
})  # fmt: skip
"""Words that are nobody's to translate."""
RICH = """---
lang: en
languages: [km]
pages: steps
send: own
save: device
open: 2020-01-01
close: 2099-01-01
hidden:
  branch: {pp: Riverside, vt: Hillside}
  greet:
kiosk:
  restart: 30 seconds
reward:
  code: THANKS10
  text: 10 % off your next purchase
  until: 2027-06-30
followup:
  if: staff <= 2
  within: 2 days
report:
  public: true
  trend: month
  segments: [branch]
---

# How did we serve you, {{greet|dear guest}}?

We want to serve you well. Read [how we keep it](pages/privacy.md).

## Our staff {#team}

### How friendly were we? {#staff * kind=csat}

- (5) Very
- (4) Quite
- (3) So-so
- (2) Little
- (1) Not at all

### What went wrong? {#wrong if="staff <= 2"}

- [late] It came late
- [other] Something else: ___

### Whom may we call? {#who private}

___ phone
"""


@cache
def own() -> Mapping[str, frozenset[tuple[str, str]]]:
    """What translators are given of Mati itself, by domain."""
    return {
        name: frozenset((unit.context, unit.msgid) for unit in units)
        for name, units in work_of(ROOT, Notebook()).domains.items()
        if name in ("mati", "mati-cli")
    }


def made_up(root: Path, **settings: object) -> Project:
    """A project that speaks en-XA, knowing what translators are given and nothing more."""
    notes = Notebook()
    domains = work_of(root, notes).domains
    known = {name: {(u.context, u.msgid) for u in units} for name, units in domains.items()}
    found = open_project(root, notes)
    settings = replace(found.settings, collect_url="/", **settings)
    return replace(
        found, settings=settings, pseudo=("en-XA",), known={**known, **own()}, invented=True
    )


def outputs(project: Project) -> tuple[Output, ...]:
    notes, now = Notebook(), datetime(2026, 11, 25, tzinfo=UTC)
    made = build(project, Options(sample=True, release=False, now=now), notes)
    assert [human(one) for one in notes if one.severity is Severity.ERROR] == []
    return made


def refused(collect: bytes) -> Iterator[tuple[str, Leak]]:
    """Go through what the form service replies."""
    for name, survey in json.loads(collect)["surveys"].items():
        words = survey["languages"]["en-XA"]
        for leak in leaks_in_page(words["refusal"], "en-XA", NAMES):
            yield f"{name}: refused", leak
        for status, said in words["messages"].items():
            if plain_words(said, NAMES):
                yield f"{name}: {status}", ("", said)


def results(path: str, sheet: bytes) -> Iterator[tuple[str, Leak]]:
    """Go through the labels of a file of results."""
    for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))):
        if row["what"] in ("base", "count") and plain_words(row["label"], NAMES):
            yield path, ("label", row["label"])


def leaks(made: tuple[Output, ...]) -> Iterator[tuple[str, Leak]]:
    """Go through the pages of a site, the owner's reports, and what the form service replies."""
    for one in made:
        if one.path.endswith(".html"):
            for leak in leaks_in_page(one.content.decode("utf-8"), "en-XA", NAMES):
                yield one.path, leak
        elif one.path == "collect.json":
            yield from refused(one.content)
        elif one.path.startswith("en-XA/") and one.path.endswith("results.csv"):
            yield from results(one.path, one.content)


def project(folder: Path, surveys: Mapping[str, str], templates: Mapping[str, str] = {}) -> Path:
    """Write a project of a few surveys, and pages as the sample has them."""
    for name, text in surveys.items():
        place = folder / "content" / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    (folder / "content/pages").mkdir(exist_ok=True)
    (folder / "content/pages/privacy.md").write_text("# Privacy\n\nWe keep little.\n", "utf-8")
    yaml = (
        "name: Riverside Bakery\nurl: https://x.example\nlanguages: [en, km]\n"
        "timezone: Asia/Phnom_Penh\ncollect:\n  url: https://a.example\n"
        'contact:\n  phone: "+855 12 345 678"\n  telegram: "@riverside"\n'
    )
    (folder / "mati.yaml").write_text(yaml, "utf-8")
    for name, text in templates.items():
        (folder / "templates").mkdir(exist_ok=True)
        (folder / "templates" / name).write_text(text, "utf-8")
    return folder


def test_no_page_of_the_sample_says_a_word_of_its_own():
    made = outputs(made_up(ROOT))
    pages = {one.path for one in made}
    for kind in ("", "thanks/", "again/", "report/"):
        assert f"en-XA/customer-service/{kind}index.html" in pages
    for path in ("en-XA/index.html", "en-XA/privacy/index.html", "404.html", "index.html"):
        assert path in pages
    assert "share/customer-service/en-XA/index.html" in pages
    assert "reports/en-XA/index.html" in pages
    assert list(leaks(made)) == []


def test_no_kind_and_no_setting_says_a_word_of_its_own(tmp_path):
    examples = {
        one.slug: f"---\nlang: en\n---\n\n{one.text}"
        for one in all_examples()
        if not one.wrong and one.language == "en" and not one.settings
        and not one.text.lstrip().startswith("---") and "](" not in one.text
    }  # fmt: skip
    assert len(examples) >= 20
    closed = RICH.replace("2099-01-01", "2021-01-01")
    early = RICH.replace("2020-01-01", "2098-01-01")
    surveys = {**examples, "rich": RICH, "over": closed, "soon": early}
    found = made_up(project(tmp_path, surveys))
    assert list(leaks(outputs(found))) == []
    # as it is published: with its hours, and closed
    away = replace(found, settings=replace(found.settings, collect_url="https://a.example"))
    assert list(leaks(outputs(away))) == []


@pytest.mark.parametrize(
    ("template", "word", "planted"),
    [
        ("thanks.html", "{% block main %}", "{% block main %}<p>Planted word</p>"),
        ("thanks.html", "{% block main %}", '{% block main %}<img src="" alt="Planted word">'),
        ("form.html", "<form", '<form aria-label="Planted word"'),
        ("form.html", "<form", '<form data-sorry="Planted word"'),
        ("list.html", "{% block main %}", '{% block main %}{{ "Planted word" }}'),
        ("refusal.html", "{% block main %}", "{% block main %}<p>Planted word</p>"),
        # looked for, but in a way in which no extraction finds it
        ("closed.html", "{% block main %}", '{% block main %}{% set w = "Planted" %}{{ _(w) }}'),
    ],
)
def test_a_word_written_by_hand_is_found(tmp_path, template, word, planted):
    whole = (ROOT / "templates" / template).read_text("utf-8")
    assert word in whole
    changed = whole.replace(word, planted, 1)
    text = RICH.replace("2099-01-01", "2021-01-01") if template == "closed.html" else RICH
    found = made_up(project(tmp_path, {"rich": text}, {template: changed}))
    if template == "closed.html":
        found = replace(found, settings=replace(found.settings, collect_url="https://a.example"))
    assert any("Planted" in leak[1] for _, leak in leaks(outputs(found)))


def test_what_is_drawn_goes_through_the_catalogues(monkeypatch):
    drawn: list[object] = []

    def draw(self: object, wanted: object) -> bytes:
        drawn.append(wanted)
        return b"%PDF"

    monkeypatch.setattr(mati.press.Press, "missing", lambda _self, _wanted: "")
    monkeypatch.setattr(mati.press.Press, "card", draw)
    monkeypatch.setattr(mati.press.Press, "poster", draw)
    outputs(made_up(ROOT))
    ours = [one for one in drawn if one.language == "en-XA"]
    assert len(ours) >= 6
    for one in ours:
        said = (one.shop, one.title, getattr(one, "text", ""), getattr(one, "call", ""))
        figure = getattr(one, "figure", None)
        for words in (*said, figure.words if figure else ""):
            assert plain_words(words, NAMES) == [], words


TEMPLATES = sorted((*ROOT.glob("templates/**/*.html"), *ROOT.glob("mati/**/*.html")))
ATTRIBUTE = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')|\brequired\b""")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def _blank(match: re.Match[str]) -> str:
    """What stands for a value, which may be part of a name, and for a statement."""
    return "0" if match[0].startswith("{{") else " "


def written(template: str) -> list[Leak]:
    """What a template says whatever the language: all that stands outside of Jinja's braces."""
    bare = JINJA.sub(_blank, template.replace("<{{", "<x{{"))
    found = leaks_in_page(f'<html lang="en-XA"><body>{bare}', "en-XA", NAMES)
    # attributes that are put together apart from their element
    return [one for one in found if plain_words(ATTRIBUTE.sub(" ", one[1]), NAMES)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_says_a_word_of_its_own(path):
    # also those of pages that no test project shows, such as the sheet of people to call
    text = path.read_text("utf-8")
    assert written(text) == []
    assert written(text + "<p>Planted word</p>") == [("p", "Planted word")]


# --- Scripts ---------------------------------------------------------------------------------

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`([^`]*)`')
SENTENCE = re.compile(
    r"^\s*[A-Z]?[a-z]{2,}(?:,? +[A-Za-z]{2,})+[.!?…:]?\s*$|^[A-Z][a-z]{2,}[.!?…]?$"
)
NO_SENTENCES = frozenset(
    {"use strict", "Storage", "Escape", "Enter", "Content", "Accept", "Tab", "Space"}
)
"""Of browsers, not of people."""


def sentences(code: str) -> list[str]:
    """What a script might show of its own: literals that read like words of a language."""
    bare = re.sub(r"^\s*//.*$", "", code, flags=re.MULTILINE)
    found = ("".join(match.groups(default="")) for match in LITERAL.finditer(bare))
    return [one for one in found if SENTENCE.match(one) and one.strip() not in NO_SENTENCES]


SCRIPTS = sorted((*ROOT.glob("templates/**/*.js"), *ROOT.glob("mati/**/*.js")))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_says_a_word_of_its_own(path):
    code = path.read_text("utf-8")
    assert sentences(code) == []
    assert sentences(f'{code}\nbox.textContent = "Planted words";') == ["Planted words"]


def test_scripts_of_the_preview_are_given_their_words():
    for script in (live_script, marks_script):
        code = script(lambda words: pseudo(words, "en-XA"), "en-XA")
        words = json.loads(re.search(r"words = (\{.*?\}), looks", code)[1])
        assert len(words) >= 8
        assert [one for one in words.values() if plain_words(one, {*NAMES, "ltr"})] == []


def test_the_page_of_translations_is_in_the_language_of_the_commands():
    states = ("missing", "outdated", "broken", "lost")
    left = tuple(Left(state=state, context="a.b", source="", line=3) for state in states)
    one = Progress(
        language="km", endonym="ខ្មែរ", domain="visit", path="locales/km/visit.po", total=9,
        good=6, outdated=1, missing=1, identical=0, problems=1, words=8, address="visit/",
        left=left,
    )  # fmt: skip
    site = {"km/visit/index.html": b""}
    for found in ((one,), (), (replace(one, left=left * 100),)):
        page = status_page(found, site, lambda words: pseudo(words, "en-XA"), "en-XA")
        assert (
            leaks_in_page(page.decode("utf-8"), "en-XA", {*NAMES, "km", "locales", "mati", "visit"})
            == []
        )


# --- Commands and diagnostics ----------------------------------------------------------------


def test_every_sentence_of_a_diagnostic_is_given_to_translators():
    known = {msgid for _, msgid in own()["mati-cli"]}

    def translate(words: str) -> str:
        return pseudo(words, "en-XA") if words in known else words

    for code in Code:
        for values in ((), (("offer", "…"),)):
            one = Diagnostic(code=code, span=Span("x.md"), values=values, severity=Severity.ERROR)
            for said in sentence(one, translate):
                assert plain_words(re.sub(r"\{.*\}", "", said)) == [], code.slug


def constant(call: ast.Call) -> bool:
    """Tell whether extraction finds all that a call may ask for."""
    given = call.args[0]
    if isinstance(given, ast.IfExp):
        return all(isinstance(one, ast.Constant) for one in (given.body, given.orelse))
    return isinstance(given, ast.Constant)


def test_nothing_is_asked_for_that_extraction_cannot_see():
    allowed = {
        "mati/cli/__init__.py": 1,  # sentences of diagnostics, extracted from their list
        "mati/cli/borrowed.py": 1,  # what click says, listed in the same module
        "mati/diagnostics/githost.py": 1,  # three names of severities
        "mati/diagnostics/layout.py": 2,
    }
    for path in sorted((ROOT / "mati").rglob("*.py")):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "translate") and node.args and not constant(node)
        ]  # fmt: skip
        name = path.relative_to(ROOT).as_posix()
        assert len(calls) == allowed.get(name, 0), [ast.unparse(call) for call in calls]


def test_click_borrows_its_words_from_us():
    ours = set(borrowed(str))
    # what only a programmer meets, or nobody: commands that are deprecated, editors, colours
    others = re.compile(
        "deprecated|iterable|determine name|No options defined|env var|dynamic|exactly one|"
        "defined twice|Takes {nargs}|Boolean option|not executable|start character|editor|"
        "Windows error|Bash|Press any key|Repeat for|two entered|colour|boolean|UUID|"
        "{len_type}|Choice|standard stream|prog|^d$"
    )
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            many = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
            for given in node.args[:many]:
                if isinstance(given, ast.Constant) and not others.search(given.value):
                    assert given.value in ours, given.value


def test_the_made_up_languages_of_the_commands_are_those_of_pages():
    assert set(MADE_UP) == {code for code, change in PSEUDO.items() if change}


HELP = """
import click
from mati.cli import main
def shown(command, path):
    context = click.Context(command, info_name=path)
    print(command.get_help(context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            shown(command.get_command(context, name), f"{path} {name}")
shown(main, "mati")
"""
COMMANDS = re.compile(
    r"^  [a-z0-9]+(?=  |$)|--?[a-z][\w-]*|\[x?[<>=x0-9]+\]|\bmati(?: [a-z0-9]+)*", re.MULTILINE
)
"""Names of commands and options, and numbers between which something lies."""
QUOTED = re.compile(
    r"'[^'\n]*'"  # what somebody wrote
    r"|[\w.~-]*/[\w./~-]*(?::\d+)*|[\w-]+\.(?:md|yaml|po|lock)\b"  # files
    r"|\[[\w-]+(?:\|[\w-]+)+\]|\b[\w-]+(?:, [\w-]+)+"  # names of things to choose from
)


def spoken(root: Path, *words: str, code: str = "") -> str:
    """What a command says in en-XA, on both of its ways out."""
    run = [sys.executable, "-c", code] if code else [sys.executable, "-m", "mati", *words]
    kept = {**os.environ, "MATI_LANG": "en-XA", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(run, cwd=root, env=kept, capture_output=True, check=False, input=b"")
    return (done.stdout + done.stderr).decode("utf-8")


def own_words(said: str, allowed: frozenset[str] = NAMES) -> list[str]:
    """The words of plain letters that are neither names of commands nor quoted from files."""
    lines = [line for line in said.splitlines() if not re.match(r"\s*\d* \|", line)]
    bare = re.sub(r"\[[a-z]+(?:-[a-z0-9]+)+\]", " ", "\n".join(lines))  # the code of a diagnostic
    return plain_words(COMMANDS.sub(" ", QUOTED.sub(" ", bare)), allowed)


def test_the_help_of_no_command_says_a_word_of_its_own():
    said = spoken(ROOT, code=HELP)
    assert said.count("⟦Ŭşȧɠḗ") >= 30
    assert own_words(said) == []
    assert own_words(f"{said}\nPlanted words") == ["Planted", "words"]


WRONG = "---\nlang: en\ncolour: red\n---\n\n# Visit\n\n### How? {#how kind=csta}\n\n- Good\n"


@pytest.mark.parametrize(
    "words",
    [
        "build --verbose", "build --only nothing", "build --host nowhere", "build --nothing",
        "check", "check visit", "nothing", "serve --port x", "ids", "ids --check", "fmt",
        "i18n status", "i18n update xx-nothing", "i18n update fr", "i18n check", "i18n new km",
        "i18n pseudo nothing", "i18n pseudo --to site", "i18n preview fr", "i18n preview",
        "pull", "pull nothing", "export", "followup", "followup nothing", "review list",
        "review nothing", "forget", "publish", "new", "import", "template list",
        "collect --port 99999999",
    ],
)  # fmt: skip
@pytest.mark.slow
@pytest.mark.parametrize("content", [WRONG, RICH], ids=["wrong", "good"])
def test_no_command_says_a_word_of_its_own(tmp_path, words, content):
    project(tmp_path, {"visit": content})
    said = spoken(tmp_path, *words.split())
    said = said.replace(str(tmp_path), "")
    quoted = {
        "csta",
        "csat",
        "red",
        "colour",
        "nothing",
        "nowhere",
        "visit",
        "fr",
        "xx",
        "km",
        "Good",
    }
    quoted |= set(words.split())
    assert own_words(said, NAMES | quoted | {"en"}) == []
