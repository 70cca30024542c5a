"""Tables come out aligned, braces in order, and everything else as it was.

Rules: 1. a survey reads the same before and after; 2. a second time changes nothing; 3. what is no
grid and no property stays byte for byte; 4. nothing raises, whatever the bytes are.
"""

from __future__ import annotations

import dataclasses
import re
import time
from pathlib import Path

import pytest
from hostile_texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import SCRAPS, mutant, seeds

from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import ProjectSettings
from mati.reader import decode, read
from mati.settings import read_project
from mati.tidy import tidy
from mati.width import cells

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((*ROOT.glob("content/*.md"), *ROOT.glob("mati/starters/*/??.md")))
PROJECT = ProjectSettings()


def tidied(text: str, notes: Notebook | None = None) -> str:
    found = notes if notes is not None else Notebook()
    return tidy("content/visit.md", text.encode(), PROJECT, found).decode()


def meaning(value: object) -> object:
    """What was read, without where it stands."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        kept = {name: meaning(one) for name, one in fields if not isinstance(one, Span)}
        return type(value).__name__, kept
    if isinstance(value, list | tuple):
        return [meaning(one) for one in value]
    return value


def survey(data: bytes) -> object:
    source = decode("content/visit.md", data, Notebook())
    return meaning(read(source, PROJECT, Notebook())) if source else None


def check(data: bytes) -> bytes:
    once = tidy("content/visit.md", data, PROJECT, Notebook())
    assert survey(once) == survey(data)
    assert tidy("content/visit.md", once, PROJECT, Notebook()) == once
    assert _bare(once) == _bare(data)
    return once


def _bare(data: bytes) -> list[str]:
    """The characters, sorted, without those that tidying may add and take away."""
    return sorted(re.sub(r'[\s"|-]', "", data.decode("utf-8", "replace")))


BEGIN = "---\nlang: en\n---\n\n# Visit\n\n"


def grid(table: str) -> str:
    return f"{BEGIN}### How well? {{#staff}}\n\n{table}\n"


def after(text: str) -> str:
    """The lines of a tidied grid."""
    return tidied(grid(text)).partition("{#staff}\n\n")[2].rstrip("\n")


def test_bars_stand_below_each_other():
    found = after(
        "| Our staff … | (5) Excellent | (1) Poor |\n"
        "|---|:-:|--:|\n"
        "| was polite{#polite} | | ○ |\n"
        "|knew a lot about the products {  #products }|||\n"
    )
    assert found.splitlines() == [
        "| Our staff …                               | (5) Excellent | (1) Poor |",
        "|-------------------------------------------|:-------------:|---------:|",
        "| was polite{#polite}                       |               |        ○ |",
        "| knew a lot about the products {#products} |               |          |",
    ]


def test_khmer_and_lao_are_counted_as_they_are_seen():
    found = after(
        "| បុគ្គលិក … | (5) ល្អណាស់ | (1) ບໍ່ດີ |\n"
        "|---|---|---|\n"
        "| មានភាពគួរសម {#polite} | | |\n"
        "| ຕ້ອນຮັບດີ {#welcome} | | |\n"
        "| ជួយខ្ញុំយ៉ាងរហ័ស {#quick} | | |\n"
    )
    rows = found.splitlines()
    assert len({cells(row) for row in rows}) == 1
    for bar in range(4):
        places = {cells(row[: [m.start() for m in re.finditer(r"\|", row)][bar]]) for row in rows}
        assert len(places) == 1


def test_bars_that_belong_to_a_cell_stay_in_it():
    found = after("| A | (1) x \\| y | (2) z |\n|-|-|-|\n| a \\| `b` {  #r} | | |")
    assert found.splitlines() == [
        "| A             | (1) x \\| y | (2) z |",
        "|---------------|------------|-------|",
        "| a \\| `b` {#r} |            |       |",
    ]


def test_a_row_without_all_its_cells_stays_as_it_is():
    text = "| A | (1) x | (2) z |\n|-|-|-|\n| a {#a} | |\n| bbbbb {#b} | | |"
    notes = Notebook()
    assert "| a {#a} | |\n" in tidied(grid(text), notes)


def test_one_very_long_row_does_not_make_the_others_long():
    text = f"| A | (1) x | (2) z |\n|-|-|-|\n| {'a' * 3000} {{#a}} | | |\n| b {{#b}} | | |"
    assert len(after(text).splitlines()[3]) < 150


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("{#a  *   }", "{#a *}"),
        ("{ * #a}", "{#a *}"),
        ("{*#a}", "{#a *}"),
        ("{private #a as=dropdown  *}", "{#a * private as=dropdown}"),
        ('{#a if="b = 1" kind="csat"}', '{#a if="b = 1" kind=csat}'),
        ('{placeholder="ឈ្មោះ" #a}', '{#a placeholder="ឈ្មោះ"}'),
        ('{#a placeholder=""}', '{#a placeholder=""}'),
        ('{#a placeholder="two  words "}', '{#a placeholder="two  words "}'),
        ('{#a if="b=1"}', '{#a if="b=1"}'),
        ("{#a required}", "{#a required}"),
        ("{#a\u00a0*}", "{#a *}"),
        ("{ }", "{ }"),
        ("{#a *} ###", "{#a *} ###"),
    ],
)
def test_braces(before, wanted):
    text = f"{BEGIN}### A question {before}\n\n- (1) A\n- (2) B\n"
    assert tidied(text) == text.replace(before, wanted)


def test_braces_of_answers_fields_lines_and_pages():
    text = (
        f'{BEGIN}## Page {{  #p}}\n{{ if="q = 1" }}\n\n### Q {{#q}}\n{{ *   min=1}}\n\n'
        "- [a] A {only }\n- [b] B\n  and more {  na }\n\n### F {#f}\n\n- Name: ___ {* #n}\n\n"
        "### L {#l}\n\n___ number 1..5 {  private}\n"
    )
    found = tidied(text)
    for wanted in (
        '## Page {#p}\n{if="q = 1"}', "{* min=1}", "{only}", "more {na}", "{#n *}", "5 {private}",
    ):  # fmt: skip
        assert wanted in found


@pytest.mark.parametrize(
    "text",
    [
        "Prose with {  braces }, `{ code }` and | bars |.",
        "{  a } begins a sentence { b  }",
        "<!-- ### Q { * #q} -->",
        "{{branch|our   shop}}",
        "- a list {  of   words }",
        "> a | b\n> -|-",
        "```\n    | a |  b |\n```",
    ],
)
def test_all_else_is_left_alone(text):
    whole = f"{BEGIN}{text}\n\n### Q {{#q}}\n\n- (1) A\n- (2) B\n"
    assert tidied(whole) == whole


def test_line_ends_the_mark_and_the_last_line_stay():
    text = f"\ufeff{grid('| A | (1) x | (2) y |')}|-|-|-|\n| a {{#a}} | | |".replace(
        "\n\n|-", "\n|-"
    )
    data = text.replace("\n", "\r\n").encode()
    found = check(data)
    assert found.startswith(b"\xef\xbb\xbf---\r\n")
    assert found.endswith(b"| a {#a} |       |       |")
    assert found.count(b"\n") == found.count(b"\r\n") == data.count(b"\n")


def test_a_table_with_a_comment_in_a_row_is_left_alone():
    text = grid("| A | (1) x | (2) y |\n|-|-|-|\n| a {#a} | | | <!-- | -->")
    assert tidied(text) == text
    between = after("| A | (1) x | (2) y |\n|-|-|-|\n<!-- translators: | -->\n| a {#a} | | |")
    assert between.splitlines()[2:] == ["<!-- translators: | -->", "| a {#a} |       |       |"]


def test_what_is_wrong_waits_and_is_told():
    notes = Notebook()
    text = grid("| A | (1) x | (1) y |\n|-|-|-|\n| a {#a} | | |") + "\n## P {  #p}\n"
    assert tidied(text, notes) == text.replace("{  #p}", "{#p}")
    assert [note.code for note in notes] == [Code.CODE_TWICE]
    broken = f"{BEGIN}### Q {{  #q ?}}\n\n- (1) A\n- (2) B\n"
    assert tidied(broken) == broken


def test_settings_are_none_of_its_business():
    notes = Notebook()
    text = "---\nlang:   en\nsnd: |\n  a {  b }\n---\n\n# V\n\n### Q {#q }\n\n- (1) A\n- (2) B\n"
    assert tidied(text, notes) == text.replace("{#q }", "{#q}")
    assert not len(notes)


def test_no_text_comes_back_as_it_is():
    notes = Notebook()
    for data in (b"", b"\xff\xfe\x00", "é".encode("cp1252") * 9):
        assert tidy("content/visit.md", data, PROJECT, notes) == data
    assert notes.has_errors()


def test_an_answer_beside_a_declared_scale():
    """Braces are read alike however they are spaced."""
    words = "scales:\n  quality:\n    2: Good\n    1: Bad\n"
    project = read_project(Source("mati.yaml", words), Notebook())
    text = grid("| A | (quality) | (dk) I cannot say { na } |\n|-|-|-|\n| a {#a} | | |")
    notes = Notebook()
    found = tidy("content/visit.md", text.encode(), project, notes)
    before, after = (read(Source("v.md", t), project, notes) for t in (text, found.decode()))
    assert meaning(before) == meaning(after)
    assert "I cannot say {na} |" in found.decode()
    assert not notes.has_errors()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_samples_are_tidy(path):
    data = path.read_bytes()
    assert check(data) == data


# --- Whatever the text -----------------------------------------------------------------------

WORDS = st.sampled_from(
    ["A", "ល្អណាស់", "ດີຫຼາຍ", "字", "a \\| b", "`x`", "{{name|you}}", "é", "\u200b"]
)
BLANKS = st.sampled_from(["", " ", "  ", "\t", "\u00a0"])
TOKENS = st.sampled_from(
    [
        "#a",
        "*",
        "na",
        "only",
        'if="a = 1"',
        'kind="csat"',
        "as=buttons",
        'x=""',
        "private",
        "required",
    ]
)


@st.composite
def braces(draw: st.DrawFn) -> str:
    tokens = draw(st.lists(TOKENS, max_size=4))
    blanks = [draw(BLANKS) for _ in range(len(tokens) + 1)]
    return (
        "{" + blanks[0] + "".join(f"{t} {b}" for t, b in zip(tokens, blanks[1:], strict=True)) + "}"
    )


@st.composite
def tables(draw: st.DrawFn) -> str:
    count = draw(st.integers(2, 4))
    rule = draw(
        st.lists(st.sampled_from(["-", ":-:", "--:", ":--"]), min_size=count, max_size=count)
    )
    lines = ["|" + "|".join(rule) + "|"]
    heads = [f"({n}) {draw(WORDS)} {draw(st.just('') | braces())}" for n in range(1, count)]
    lines.insert(0, f"|{draw(WORDS)}|" + "|".join(heads) + draw(st.sampled_from(["|", "", " | "])))
    for number in range(draw(st.integers(0, 4))):
        cells_ = [
            draw(st.sampled_from(["", "○", "( )"])) for _ in range(count - draw(st.booleans()))
        ]
        words = f"{draw(WORDS)} {{{draw(BLANKS)}#r{number}}}"
        lines.append(draw(BLANKS) + f"|{words}|" + "|".join(cells_[1:]) + draw(BLANKS) + "|")
    return "\n".join(lines)


@st.composite
def surveys(draw: st.DrawFn) -> str:
    parts = [BEGIN]
    for number in range(draw(st.integers(1, 4))):
        parts.append(f"### {draw(WORDS)} {draw(braces()).replace('#a', f'#q{number}')}\n\n")
        body = st.just("- (1) A {na }\n- (2) B\n") | st.just("___ email {  private }\n")
        parts.append(draw(tables() | body | st.just("- [a] A { only}\n- [b] B\n")) + "\n\n")
    return "".join(parts)


@settings(max_examples=150, deadline=None)
@given(surveys())
def test_generated_surveys(text):
    check(text.encode())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=60))
def test_heaps_of_scraps(scraps):
    check("".join(scraps).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    check(data)


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(3))
def test_mutants_of_every_sound_survey(shard):
    known = seeds()
    for number in range(shard, 450, 3):
        check(mutant(number, known))


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_tidied_in_time(name):
    # Processor time, and far more than it takes: the machine may be busy with other work.
    started = time.process_time()
    found = tidied(HOSTILE[name].replace("\r", "\n"))
    assert time.process_time() - started < 3
    assert len(found) < 4_000_000
