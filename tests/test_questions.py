"""Every kind of question keeps its promises: the examples in its folder are run.

An example begins with ``# Title`` and is read from there on, its fences left out. Fences:
``diagnostics`` (``line: slug``, lines counted from the example's title; no fence: none),
``settings`` (of the project), ``columns`` (``name: shape codes``), ``html`` (lines that must
appear in the form, in English) and ``summary`` (``name: answers of one respondent after the
other`` with ``+`` between codes and ``-`` for none, then ``name = base 3, missing 1, good 2``).
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from formsite import survey_of, target_of, template

import mati.questions
from mati.compile import compile_form
from mati.diagnostics import Notebook, Source, human
from mati.localise import fill, language
from mati.model import Measure, ProjectSettings, Question, Survey
from mati.questions import kind_of, kinds
from mati.reader import read
from mati.responses import private_names
from mati.summarise import measures
from mati.templating import Templates
from scripts.examples import SHELF, Example, all_examples

TEMPLATES = Templates(template)


ALL = all_examples()


def made(example: Example) -> tuple[Survey, Notebook]:
    survey, notes = example.read()
    assert survey is not None
    return survey, notes


def with_fence(name: str) -> list[Example]:
    return [example for example in ALL if name in example.fences]


def question_of(example: Example) -> Question:
    survey, notes = made(example)
    assert not notes.has_errors(), "\n".join(human(d) for d in notes)
    return survey.questions[0]


@pytest.mark.parametrize("name", kinds.names())
def test_every_kind_has_examples_and_the_files_of_a_kind(name):
    assert 2 <= len([e for e in ALL if e.kind == name]) <= 12
    for file in ("form.html", "report.html"):
        assert (SHELF / name / file).is_file()
    assert kind_of(name).name == name


def test_every_kind_has_an_example_in_khmer_or_lao():
    for name in kinds.names():
        text = "".join(e.text for e in ALL if e.kind == name)
        assert re.search(r"[\u1780-\u17ff\u0e80-\u0eff]", text), name


@pytest.mark.parametrize("example", ALL, ids=str)
def test_diagnostics(example):
    _, notes = made(example)
    found = tuple(f"{d.span.line}: {d.code.slug}" for d in notes)
    assert found == example.fences.get("diagnostics", ())


@pytest.mark.parametrize("example", [e for e in ALL if "diagnostics" not in e.fences], ids=str)
def test_examples_are_of_their_kind(example):
    assert question_of(example).kind == example.kind


@pytest.mark.parametrize("example", with_fence("columns"), ids=str)
def test_columns(example):
    question = question_of(example)
    columns = kind_of(question.kind).columns(question)
    found = tuple(f"{c.name}: {' '.join((c.shape, *c.codes))}" for c in columns)
    assert found == example.fences["columns"]


@pytest.mark.parametrize("example", with_fence("columns"), ids=str)
def test_what_is_private_goes_to_the_contacts_whatever_its_kind(example):
    survey, _ = made(example)
    wanted = {c.name for q in survey.questions for c in kind_of(q.kind).columns(q)}
    section = survey.sections[0]
    private = tuple(replace(question, private=True) for question in section.questions)
    survey = replace(survey, sections=(replace(section, questions=private),))
    assert private_names(survey) == wanted
    assert not {measure.name.split("=")[0] for measure in measures(survey)} & wanted


@pytest.mark.parametrize("example", with_fence("html"), ids=str)
def test_html(example):
    survey, _ = made(example)
    page = form(survey, TEMPLATES)
    for line in example.fences["html"]:
        assert line in page, page


def form(survey: Survey, templates: Templates) -> str:
    notes = Notebook()
    body = compile_form(survey, target_of(survey), templates, notes)
    assert body is not None, "\n".join(human(d) for d in notes)
    html = fill(body, language(survey.language, survey.language, survey=None, site=None, mati=None))
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("example", with_fence("summary"), ids=str)
def test_summary(example):
    question = question_of(example)
    answers, wanted = {}, {}
    for line in example.fences["summary"]:
        if " = " in line:
            name, _, numbers = line.partition(" = ")
            wanted[name] = dict(part.rsplit(" ", 1) for part in numbers.split(", "))
        else:
            name, _, given = line.partition(": ")
            answers[name] = [tuple(v for v in a.split("+") if v != "-") for a in given.split(", ")]
    kind = kind_of(question.kind)
    counts = {m.name: count(m, answers) for m in kind.measures(question)}
    summary = kind.summarise(question, counts)
    for distribution in summary.distributions:
        expected = wanted.pop(distribution.name)
        found = {
            "base": distribution.base,
            "missing": distribution.missing,
            "na": distribution.na,
            **{"+".join(cell.codes): cell.count for cell in distribution.cells},
        }
        assert {name: found[name] for name in expected} == {n: int(v) for n, v in expected.items()}
    assert not wanted


def count(measure: Measure, answers: dict[str, list[tuple[str, ...]]]) -> int:
    """Count respondents that pass all tests, the slow and plain way."""
    total = 0
    for at in range(max(map(len, answers.values()))):
        for test in measure.tests:
            given = answers.get(test.column, [()] * 99)[at]
            if test.op == "given" and not given:
                break
            if test.op in ("in", "has") and not set(given) & set(test.values):
                break
        else:
            total += 1
    return total


UPWARD = "# T\n\n### How? {#how LOOK}\n\n- (1) Bad\n- (2) Fair\n- (3) Good\n"


@pytest.mark.parametrize(
    ("look", "sides"),
    [("", ()), ("as=buttons", ()), ("as=stars", (("1",), ("2",), ("3",)))],
)
def test_what_looks_like_marks_is_reported_as_a_scale(look, sides):
    question = survey_of(UPWARD.replace("LOOK", look)).questions[0]
    kind = kind_of(question.kind)
    (found,) = kind.summarise(question, {"how": 1, "how=3": 1}).distributions
    assert found.sides == sides


STARS = '''"""Stars in; as a choice out."""

from mati.model import Block
from mati.questions.choice import Kind as Choice


class Kind(Choice):
    name = "stars"
    blocks = frozenset({Block.ONE})
    default_for = frozenset()


kind = Kind()
'''


@pytest.fixture
def shelf(tmp_path):
    """A shelf of one's own beside Mati's, with one new kind on it."""
    folder = tmp_path / "stars"
    shutil.copytree(SHELF / "choice", folder)
    (folder / "__init__.py").write_text(STARS, "utf-8")
    mati.questions.__path__.append(str(tmp_path))
    kinds.forget()
    yield tmp_path
    mati.questions.__path__.remove(str(tmp_path))
    kinds.forget()


NEW = "# Visit\n\n### How many stars? {#stars kind=stars}\n\n- (2) Two\n- (1) One\n"


def test_a_new_kind_is_found_by_everything(shelf):
    survey = survey_of(NEW)
    question = survey.questions[0]
    kind = kind_of(question.kind)
    assert "stars" in kinds.names()
    assert [c.name for c in kind.columns(question)] == ["stars"]

    def load(name: str) -> str | None:
        path = shelf / name.removeprefix("questions/")
        return path.read_text("utf-8") if path.is_file() else template(name)

    assert 'value="2"' in form(survey, Templates(load))
    measures = kind.measures(question)
    counts = {m.name: count(m, {"stars": [("2",), ("2",), ()]}) for m in measures}
    summary = kind.summarise(question, counts)
    assert (summary.kind, summary.distributions[0].base) == ("stars", 2)


def test_a_kind_that_left_the_shelf_is_unknown_again():
    notes = Notebook()
    read(Source("content/visit.md", NEW), ProjectSettings(), notes)
    assert [d.code.slug for d in notes] == ["unknown-kind"]
