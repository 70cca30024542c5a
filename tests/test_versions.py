"""What a change of a survey does to answers that were given before.

Rules: 1. a released shape reads back as it was written; a line that was touched is known; 2. every
sort of change is found, each once, and nothing else is said; 3. an alias heals a rename or a
removal; 4. re-wording, new answers and new questions are nobody's mistake; 5. what was released
first counts as much as what was released last.
"""

# ruff: noqa: E501 - a change and what is said of it stand side by side
from __future__ import annotations

import json
import random

import pytest

from mati.diagnostics import Diagnostic, Notebook, Source, human
from mati.model import ProjectSettings, Survey
from mati.reader import read
from mati.versions import (
    BREAKING,
    Release,
    Sort,
    check_lock,
    compare,
    line_of,
    read_lock,
    shape_of,
)

HEAD = "---\nlang: en\n---\n\n# Visit\n\n"
WAY = "### How did you come? {#way}\n\n- (foot) On foot\n- (bus) By bus\n- (car) By car\n\n"
MARK = "### How was it? {#mark}\n\n- (3) Good\n- (2) So-so\n- (1) Bad\n\n"
STAFF = (
    "### Our staff {#staff}\n\n| | (2) Good | (1) Bad |\n|-|-|-|\n"
    "| was kind {#kind} | | |\n| was quick {#quick} | | |\n\n"
)
WHY = "### Why? {#why}\n\n___\n\n"
PRAISE = "### Praise? {#praise}\n\n- Name: ___ {#name}\n- Reason: ___ {#reason}\n\n"
TEN = "### Likely? {#ten}\n\n- (0..4) Not at all … Very\n\n"
ALL = HEAD + WAY + MARK + STAFF + WHY + PRAISE + TEN


def survey(text: str, aliases: str = "") -> Survey:
    notes = Notebook()
    text = text.replace("lang: en\n", f"lang: en\naliases: {{{aliases}}}\n") if aliases else text
    found = read(Source("content/visit.md", text), ProjectSettings(), notes)
    assert found is not None
    assert not notes.has_errors(), [human(d) for d in notes]
    return found


def released(*texts: str) -> tuple[Release, ...]:
    lines = [line_of(shape_of(survey(text)), "2026-11-25") for text in texts]
    notes = Notebook()
    found = read_lock(Source("content/visit.lock", "\n".join((*lines, ""))), notes)
    assert not len(notes)
    return found


def judged(text: str, *before: str, aliases: str = "") -> list[Diagnostic]:
    notes, now = Notebook(), survey(text, aliases)
    check_lock(now, shape_of(now), released(*before or (ALL,)), notes, lambda _: 7)
    return list(notes)


def slugs(found: list[Diagnostic]) -> list[str]:
    return [d.code.slug for d in found]


def test_another_spelling_of_what_looks_the_same_is_no_new_wording():
    old = ALL.replace("How was it?", "ສໍາຄັນບໍ?").replace("By bus", "ស្រ្តី").replace("was kind", "ຫນ້າ")
    new = ALL.replace("How was it?", "ສຳຄັນບໍ?").replace("By bus", "ស្ត្រី").replace("was kind", "ໜ້າ")
    assert judged(new, old) == []
    then, now = shape_of(survey(old)), shape_of(survey(new))
    assert list(compare(then, now, {})) == []


# --- The file ---------------------------------------------------------------------------------


def test_a_shape_reads_back_as_it_was_written():
    now = shape_of(survey(ALL + '### More? {#more if="way in (foot, bus) and mark <= 2"}\n\n___\n'))
    (found,) = read_lock(Source("x.lock", line_of(now, "2026-11-25")), Notebook())
    assert found.shape == now
    assert found.date == "2026-11-25"
    assert {"way", "way.foot", "staff.kind", "praise.name"} <= set(found.shape.names())


def test_a_lock_that_was_touched_is_known_by_its_line():
    line = line_of(shape_of(survey(ALL)), "2026-11-25")
    record = json.loads(line)
    by_hand = line.replace("On foot", "Walking")
    lines = (line, by_hand, line[:-20], "<<<<<<< HEAD", "[]", "{}", json.dumps(record), "", line)
    notes = Notebook()
    found = read_lock(Source("content/visit.lock", "\n".join(lines)), notes)
    assert [release.line for release in found] == [1, 7, 9]
    assert [(d.code.slug, d.span.line) for d in notes] == [
        ("lock-damaged", number) for number in (2, 3, 4, 5, 6)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_lock_raises(seed):
    chance = random.Random(seed)  # noqa: S311 - the same damage on every run
    line = list(line_of(shape_of(survey(ALL)), "2026-11-25"))
    for _ in range(chance.randint(1, 4)):
        line[chance.randrange(len(line))] = chance.choice('"{}[],:0x\n')
    read_lock(Source("content/visit.lock", "".join(line)), Notebook())


# --- What is said -----------------------------------------------------------------------------

CHANGES = {
    "the same": (ALL, []),
    "a question gone": (ALL.replace(WHY, ""), ["released-question-gone"]),
    "two gone": (ALL.replace(WHY + PRAISE, ""), ["released-question-gone"]),
    "renamed": (ALL.replace("{#why}", "{#reason}"), ["released-id-renamed"]),
    "another kind": (ALL.replace("___\n\n### Praise", "___ number\n\n### Praise"), ["released-kind-changed"]),
    "several": (
        ALL.replace(WAY, WAY.replace("(", "[").replace(")", "]")),
        ["one-became-several"],
    ),
    "private": (ALL.replace("{#why}", "{#why private}"), ["released-kind-changed"]),
    "a row gone": (ALL.replace("| was kind {#kind} | | |\n", ""), ["released-row-gone"]),
    "a row renamed": (ALL.replace("{#kind}", "{#friendly}"), ["released-id-renamed"]),
    "a field gone": (ALL.replace("- Name: ___ {#name}\n", ""), ["released-row-gone"]),
    "codes gone": (ALL.replace("- (bus) By bus\n- (car) By car\n", "- (van) By van\n"), ["released-code-gone"]),
    "a code renamed": (ALL.replace("(bus)", "(coach)"), ["released-code-renamed"]),
    "codes swapped": (
        ALL.replace("(bus)", "(x)").replace("(car)", "(bus)").replace("(x)", "(car)"),
        ["released-code-reused"],
    ),
    "reversed": (ALL.replace("(3) Good", "(1) Good").replace("(1) Bad\n\n### Our", "(3) Bad\n\n### Our"), ["scale-reversed"]),
    "ends reversed": (ALL.replace("Not at all … Very", "Very … Not at all"), ["scale-reversed"]),
    "shorter scale": (ALL.replace("(0..4)", "(0..3)"), ["released-code-gone"]),
    # results stay comparable
    "reworded": (ALL.replace("How did you come?", "How did you get here today?"), []),
    "an answer reworded a little": (ALL.replace("By bus", "By city bus"), []),
    "an answer reworded": (ALL.replace("By bus", "With friends on a truck"), ["answer-reworded"]),
    "an answer more": (ALL.replace("- (car)", "- (van) By van\n- (car)"), []),
    "a question more": (ALL + "### More? {#more}\n\n___\n", []),
    "another order": (HEAD + MARK + WAY + STAFF + WHY + PRAISE + TEN, ["order-changed"]),
    "answers in another order": (ALL.replace("- (foot) On foot\n- (bus) By bus\n", "- (bus) By bus\n- (foot) On foot\n"), ["order-changed"]),
    "shown the other way round": (ALL.replace("- (3) Good\n- (2) So-so\n- (1) Bad", "- (1) Bad\n- (2) So-so\n- (3) Good"), ["order-changed"]),
    "a condition": (ALL.replace("{#why}", '{#why if="way = bus"}'), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_said_once(name):
    text, wanted = CHANGES[name]
    assert slugs(judged(text)) == wanted


ALIASES = {
    "retired": (ALL.replace(WHY, ""), "why: "),
    "renamed": (ALL.replace("{#why}", "{#reason}"), "why: reason"),
    "renamed twice": (ALL.replace("{#why}", "{#last}"), "why: reason, reason: last"),
    "a row": (ALL.replace("{#kind}", "{#friendly}"), "staff.kind: staff.friendly"),
    "a row retired": (ALL.replace("| was kind {#kind} | | |\n", ""), "staff.kind: "),
    "a code": (ALL.replace("(bus)", "(coach)"), "way.bus: way.coach"),
    "codes made one": (ALL.replace("- (bus) By bus\n", ""), "way.bus: way.car"),
    "a code retired": (ALL.replace("- (bus) By bus\n", ""), "way.bus: "),
    "all at once": (
        ALL.replace("{#way}", "{#travel}").replace("(bus)", "(coach)"),
        "way: travel, travel.bus: travel.coach",
    ),
}


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_heals(name):
    text, aliases = ALIASES[name]
    assert judged(text) != []
    assert judged(text, aliases=aliases) == []


def test_a_message_says_what_breaks_and_what_to_write():
    (found,) = judged(
        ALL.replace("{#why}", "{#reason}"),
        ALL,
        ALL + "### More? {#more}\n\n___\n",
        aliases="more: ",
    )
    text = human(found)
    assert "this was released as 'why'" in text
    assert "versions: 2, answers at home: 7" in text
    assert "aliases: {why: reason}" in text
    assert found.line == ""  # the survey was not opened in this notebook
    (line, column) = (found.span.line, found.span.column)
    now = ALL.replace("{#why}", "{#reason}").replace("lang: en\n", "lang: en\naliases: {more: }\n")
    assert now.split("\n")[line - 1][column - 1 :].startswith("Why?")


def test_an_answer_without_words_is_named_by_its_code():
    (found,) = judged(ALL.replace("(0..4)", "(0..3)"))
    assert "released ('4')" in human(found)


def test_what_was_released_first_counts_as_well():
    later = ALL.replace(WHY, "")
    assert slugs(judged(later, ALL, later)) == ["released-question-gone"]


def test_a_name_that_was_gone_must_not_come_back_as_something_else():
    between = ALL.replace(WHY, "").replace("- (bus) By bus\n", "")
    back = ALL.replace("### Why?", "### Which of our shops do you like best of all?")
    assert slugs(judged(back, ALL, between)) == ["released-id-reused"]
    back = ALL.replace("By bus", "On an elephant")
    assert "released-code-reused" in slugs(judged(back, ALL, between))
    assert judged(ALL, ALL, between, ALL) == []


# --- One comparison for the lock and for two revisions ----------------------------------------


def changed(before: str, after: str) -> dict[Sort, set[str]]:
    found: dict[Sort, set[str]] = {}
    for change in compare(shape_of(survey(before)), shape_of(survey(after)), {}):
        found.setdefault(change.sort, set()).add(change.name)
    return found


def test_harmless_changes_are_told_apart():
    after = (
        ALL.replace("How did you come?", "How did you get here?")
        .replace("- (car)", "- (van) By van\n- (car)")
        .replace("| was quick", "| was neat {#neat} | | |\n| was quick")
        .replace("{#why}", '{#why if="way = bus"}')
        + "### More? {#more}\n\n___\n"
    )
    assert changed(ALL, after) == {
        Sort.REWORDED: {"way"},
        Sort.CODE_ADDED: {"way.van"},
        Sort.PART_ADDED: {"staff.neat"},
        Sort.CONDITION: {"why"},
        Sort.ADDED: {"more"},
    }


def test_a_page_s_condition_is_one_of_its_questions():
    page = '## More {if="way = bus"}\n\n' + WHY
    assert changed(HEAD + WAY + "## More\n\n" + WHY, HEAD + WAY + page) == {Sort.CONDITION: {"why"}}


def test_conditions_that_follow_a_rename_are_the_same():
    before = HEAD + WAY + WHY.replace("{#why}", '{#why if="way = bus"}')
    after = before.replace("way", "travel")
    found = compare(shape_of(survey(before)), shape_of(survey(after)), {"way": "travel"})
    assert found == ()


def test_hidden_fields_are_compared_like_questions():
    text = ALL.replace(
        "lang: en\n", "lang: en\nhidden: {branch: {pp: Phnom Penh, vt: Vientiane}}\n"
    )
    assert changed(text, text.replace("vt: Vientiane", "lp: Luang Prabang")) == {
        Sort.CODE_GONE: {"branch.vt"},
        Sort.CODE_ADDED: {"branch.lp"},
    }
    assert changed(text, ALL) == {Sort.GONE: {"branch"}}


def test_every_breaking_sort_is_one_that_is_said():
    assert {d for _, wanted in CHANGES.values() for d in wanted} >= {
        "released-question-gone", "released-id-renamed", "released-kind-changed",
        "one-became-several", "released-row-gone", "released-code-gone", "released-code-renamed",
        "released-code-reused", "scale-reversed",
    }  # fmt: skip
    assert len(BREAKING) == 11


def test_what_follows_from_a_mistake_is_not_said_of_the_lock():
    notes = Notebook()
    mistaken = HEAD + WAY.replace("- (car) By car\n", "") + WHY.replace("___", "___ number 1-9")
    now = read(Source("content/visit.md", mistaken), ProjectSettings(), notes)
    assert now is not None
    assert slugs(list(notes)) == ["bad-range"]
    check_lock(now, shape_of(now), released(HEAD + WAY + WHY), notes, lambda _: 7)
    assert slugs(list(notes)) == ["released-code-gone", "bad-range"]


def test_another_sort_of_line_is_named():
    (found,) = judged(HEAD + WHY.replace("___", "___ number"), HEAD + WHY)
    assert (dict(found.values)["words"], dict(found.values)["new"]) == ("text", "number")
