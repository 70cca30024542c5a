"""Conditions: the reader against a second reading of the language, JSON, and reach."""

from __future__ import annotations

import json
import operator
import re
from itertools import product

import pytest
from formsite import survey_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mati.diagnostics import Diagnostic, Notebook, Source, sentence
from mati.model import ProjectSettings
from mati.model.conditions import (
    All,
    Any,
    Chosen,
    Compared,
    Condition,
    Not,
    from_json,
    holds,
    to_json,
)
from mati.reader import read

SURVEY = """---
lang: en
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
---

# Visit

### Stars {#stars}

- (3) Three
- (2) Two
- (1) One
- (dk) Cannot say {na}

### Wrong {#wrong}

- [late] Late
- [cold] Cold
- [more] More: ___
- [none] Nothing {only}

### People {#people}

___ number

### Day {#day}

___ date

### Why? {#why if="CONDITION"}

___
"""
CODES = {"stars": ("3", "2", "1", "dk"), "branch": ("pp", "vt", "other")}
PICKS = ((), ("late",), ("late", "cold"), ("none",))

# A second reading of the language, by another way: its words become Python, which judges them.

RELATIONS = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Answer:
    """What a name stands for while Python judges: every comparison of nothing is false."""

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = [value for value in values if value]

    def relate(self, op: str, other: str) -> bool:
        """Tell whether one of the values stands in this relation to ``other``."""
        for value in self.values:
            if value.isdigit() and other.isdigit():
                if RELATIONS[op](int(value), int(other)):
                    return True
            elif (op in {"=", "!="} or "-" in value) and RELATIONS[op](value, other):
                return True  # only days are in an order besides numbers
        return False


def judged(words: str, answers: dict[str, tuple[str, ...]]) -> bool:
    """Say what a condition means, without looking at how Mati reads it."""

    def atom(match: re.Match[str]) -> str:
        if match["answered"]:
            return str(bool(Answer(answers.get(match["answered"], ())).values))
        given = Answer(answers.get(match["name"], ()))
        values = match["values"] or match["value"]
        options = [value.strip() for value in values.split(",")]
        op = match["op"] if match["op"] in RELATIONS else "="
        return str(any(given.relate(op, option) for option in options))

    pattern = (
        r"answered (?P<answered>[a-z.]+)"
        r"|(?P<name>[a-z.]+) (?P<op>[<>]=?|!?=|is|in|has) "
        r"(?:\((?P<values>[^)]*)\)|(?P<value>[\w-]+))"
    )
    return bool(eval(re.sub(pattern, atom, words)))  # noqa: S307 -- True, False, and, or, not, ( )


ATOMS = st.sampled_from([
    "stars = 2", "stars is dk", "stars != 3", "stars <= 2", "stars > 1", "stars in (3, dk)",
    "stars is (1, 2)", "answered stars", "wrong has late", "wrong has (late, cold)",
    "answered wrong", "wrong has none",
    "branch = pp", "branch != pp", "answered branch", "people > 4", "people = 5", "people != 5",
    "answered people", "day < 2026-06-01", "day >= 2026-06-01", "answered day",
])  # fmt: skip
WORDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join),
        inner.map("({})".format),
        inner.map("not ({})".format),
        ATOMS.map("not {}".format),
    ),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries({
    "stars": st.sampled_from([(), *((code,) for code in CODES["stars"])]),
    "wrong": st.sampled_from(PICKS),
    "branch": st.sampled_from([("",), *((code,) for code in CODES["branch"])]),
    "people": st.sampled_from([(), ("4",), ("5",), ("17",)]),
    "day": st.sampled_from([(), ("2026-05-31",), ("2026-06-01",)]),
})  # fmt: skip


def condition_of(words: str) -> tuple[Condition | None, list[str]]:
    """Return what the reader makes of a condition, and the slugs of its messages."""
    notes = Notebook()
    source = Source("content/visit.md", SURVEY.replace("CONDITION", words))
    found = read(source, ProjectSettings(languages=("en",)), notes)
    slugs = [d.code.slug for d in notes if d.code.slug != "no-id"]
    assert found is not None
    return found.questions[-1].show_if, slugs


@given(WORDS, st.lists(ANSWERS, min_size=3, max_size=3))
@settings(deadline=None)
def test_the_reader_means_what_the_words_say(words, all_answers):
    condition, slugs = condition_of(words)
    assert condition is not None, slugs
    for answers in all_answers:
        assert holds(condition, answers) is judged(words, answers), words


@given(WORDS)
@settings(deadline=None)
def test_what_is_called_impossible_never_holds(words):
    condition, slugs = condition_of(words)
    assert condition is not None
    seen = any(
        holds(
            condition,
            dict(zip(("stars", "wrong", "branch", "people", "day"), answers, strict=True)),
        )
        for answers in product(
            [(), ("3",), ("2",), ("1",), ("dk",)],
            [(), ("late",), ("cold",), ("late", "cold"), ("none",), ("more",)],
            [(), ("pp",), ("vt",), ("other",)],
            [(), ("4",), ("5",), ("6",)],
            [(), ("2026-05-31",), ("2026-06-01",)],
        )
    )
    if "never-shown" in slugs:
        assert not seen, words


NAMES = st.lists(st.sampled_from(["a", "staff.polite", "b_c"]), min_size=1, max_size=2).map(tuple)
TREES = st.recursive(
    st.one_of(
        st.builds(Chosen, NAMES, st.lists(st.sampled_from(["1", "dk"]), max_size=2).map(tuple)),
        st.builds(
            Compared,
            NAMES,
            st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
            st.just("2026-01-31"),
            st.just("date"),
        ),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(TREES)
@settings(deadline=None)
def test_conditions_survive_json(condition):
    assert from_json(json.loads(json.dumps(to_json(condition)))) == condition


@pytest.mark.parametrize(
    "record",
    [
        [], None, {}, "in", ["in"], ["in", "a", []], ["in", ["a"]], ["not"],
        ["nor", ["in", ["a"], []]], ["cmp", ["a"], "~", "1", "number"],
        ["cmp", ["a"], "<", "1", "weight"], ["cmp", ["a"], "<", 1, "number"],
        ["and", None], ["not", ["in", ["a"], []], 1],
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused(record):
    with pytest.raises(ValueError, match="not a condition"):
        from_json(record)


def test_words_of_ones_own_can_be_asked_for():
    condition, slugs = condition_of("answered wrong.more.text")
    assert condition == Chosen(("wrong.more.text",))
    assert not slugs
    page = survey_of(SURVEY.replace("CONDITION", "answered wrong.more.text"))
    assert page.unseen == {"day", "wrong.more.text"}


def test_a_value_nobody_declared_is_other():
    assert condition_of("branch = other")[0] == Chosen(("branch",), ("other",), hidden=True)
    assert condition_of("branch != pp")[0] == Chosen(("branch",), ("vt", "other"), hidden=True)


def told_of(words: str) -> list[Diagnostic]:
    notes = Notebook()
    text = SURVEY.replace("CONDITION", words)
    read(Source("content/visit.md", text), ProjectSettings(), notes)
    return list(notes)


@pytest.mark.parametrize(
    ("words", "place", "hint"),
    [
        ("stars in 1, 2", "1, 2", "write '(1, 2)' instead"),
        ("stars in [1, 2]", "[1, 2]", "write '(1, 2)' instead"),
        ("stars = 1, 2", "= 1, 2", "write 'in (1, 2)' instead"),
        ("stars != 1, 2", "stars != 1, 2", "write 'not stars in (1, 2)' instead"),
        ("wrong = late, cold", "= late, cold", "write 'has (late, cold)' instead"),
        ("wrong = (late, cold)", "= (", "write 'has (' instead"),
        ("stars holds 2", "stars holds 2", "say what it must be, such as: stars = 2"),
        ("stars = 1 or 2", "2", "did you mean 'stars = 2'?"),
        ("wrong has late or cold", "cold", "did you mean 'wrong has cold'?"),
        ("wrong in (late, cold)", "in", "write: wrong has (late, cold)"),
        ("stars has (1, 2)", "has", "write: stars is (1, 2)"),
    ],
)
def test_what_to_write_is_made_of_what_was_written(words, place, hint):
    (found,) = told_of(words)
    line = SURVEY.replace("CONDITION", words).splitlines()[found.span.line - 1]
    start = found.span.column - 1
    assert line[start : start + found.span.length] == place
    assert sentence(found)[1] == hint


def test_an_old_name_is_answered_with_the_one_of_today():
    notes = Notebook()
    text = SURVEY.replace("lang: en\n", "lang: en\naliases: {rating: stars}\n")
    read(
        Source("content/visit.md", text.replace("CONDITION", "rating = 2")),
        ProjectSettings(),
        notes,
    )
    (found,) = [d for d in notes if d.code.slug == "unknown-in-condition"]
    assert dict(found.values)["offer"] == "stars"
