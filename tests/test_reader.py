"""The dialect, rule by rule.

1. A question's kind follows from its answers, or from ``kind=``.
2. ``private`` on lines and fields means a contact.
3. Pages begin with ``##`` or with ``---`` between blank lines.
4. The ending without a condition comes last; a survey without one gets a plain one.
5. Properties may stand after a heading or on the line below it.
6. Prose, also as lists without codes, is help text; comments are not shown.
7. Words to translators reach the units they stand above.
8. Every unit has a context of its own, made as the contract says.
9. Conditions enumerate to codes; a grid's id means any of its rows.
16. Numbers, days and times that people type compare by their order.
10. The version hashes structure, never wording.
11. A byte-order mark and CRLF are accepted; what is no text is not.
12. A scale declared for the project stands for its answers, alone or with answers apart.
13. A kind with answers of its own needs no block; their words are not the survey's to translate.
14. Pipes of hidden fields stay in the text, their fallback is a unit of its own.
15. What a survey knows itself (reward, title, shop, end) is filled in, answers by the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mati.diagnostics import Notebook, Source
from mati.merge import of_node
from mati.model import (
    All,
    Any,
    Block,
    Chosen,
    Not,
    ProjectSettings,
    Question,
    Survey,
    Text,
    autofills,
    holds,
    texts,
)
from mati.model.conditions import from_json, to_json
from mati.reader import decode, read
from mati.settings import read_project

HEAD = "---\nlang: en\n---\n\n# Visit\n\n"
STARS = "### Stars? {#stars}\n\n- (3) Three\n- (2) Two\n- (1) One\n- (dk) Cannot say {na}\n\n"
WRONG = "### Wrong? {#wrong}\n\n- [late] Late\n- [cold] Cold\n\n"
STAFF = (
    "### Staff {#staff}\n\n| They | (2) Good | (1) Bad |\n|:---|:---:|---|\n"
    "| smiled {#smile} | | |\n| helped {#help} | ( ) | ○ |\n\n"
)


def survey(text: str, *, quiet: bool = True) -> Survey:
    notes = Notebook()
    found = read(Source("content/visit.md", text), ProjectSettings(), notes)
    assert found is not None
    if quiet:
        assert [d.code.slug for d in notes if d.severity.value == "error"] == []
    return found


def question(block: str, properties: str = "{#q}") -> Question:
    return survey(f"{HEAD}### What? {properties}\n\n{block}\n").questions[0]


@pytest.mark.parametrize(
    ("block", "properties", "kind", "shape"),
    [
        ("- (a) A\n- (b) B", "{#q}", "choice", Block.ONE),
        ("* (a) A\n* (b) B", "{#q}", "choice", Block.ONE),
        ("- [a] A\n- [b] B", "{#q}", "multiple", Block.SEVERAL),
        ("- (0..10) Low … High", "{#q}", "scale", Block.SCALE),
        ("- (0..10) Low ... High", "{#q kind=nps}", "nps", Block.SCALE),
        ("\n".join(f"- ({n}) {n}" for n in range(1, 6)), "{#q kind=csat}", "csat", Block.ONE),
        ("___", "{#q}", "text", Block.LINES),
        ("- A: ___ {#a}", "{#q}", "fields", Block.FIELDS),
        ("| S | (1) A | (2) B |\n|-|-|-|\n| s {#s} | | |", "{#q}", "grid", Block.MATRIX),
        ("S | (1) A | (2) B\n-|-|-\ns {#s} | | |", "{#q}", "grid", Block.MATRIX),
        ("___ phone", "{#q private}", "contact", Block.LINES),
        ("- A: ___ {#a}", "{#q private}", "contact", Block.FIELDS),
    ],
)
def test_rules_1_and_2_kinds(block, properties, kind, shape):
    found = question(block, properties)
    assert (found.kind, found.block) == (kind, shape)
    assert found.private == (kind == "contact")


def test_rule_1_answers_in_full():
    options = question("- (a) A\n  and more\n- (o) Other: ___\n- (x) ផ្សេង៖ ____ {na}").options
    assert [(o.code, o.label.source, o.write_in, o.na) for o in options] == [
        ("a", "A and more", False, False),
        ("o", "Other", True, False),
        ("x", "ផ្សេង", True, True),
    ]
    assert [o.only for o in question("- [a] A\n- [n] None {only}").options] == [False, True]


def test_rule_1_a_scale_has_ends_and_answers_beside_it():
    found = question("- (1..3) Very bad … Very good\n- (dk) Cannot say {na}")
    assert [o.code for o in found.options] == ["1", "2", "3", "dk"]
    assert (found.low_end.source, found.high_end.source) == ("Very bad", "Very good")
    assert [o.code for o in found.scored] == ["1", "2", "3"]


def test_rule_1_lines_take_inputs_and_ranges():
    assert question("___\n___\n\n___").input.lines == 3
    line = question("___ number 1..10").input
    assert (line.kind, line.low, line.high) == ("number", 1, 10)
    assert question("___ number", "{#q min=2 max=5}").input.high == 5
    assert question("___", '{#q max=9 placeholder="So"}').placeholder.source == "So"


def test_rule_1_fields_may_be_long_required_and_of_a_kind():
    name, mail = question("- Name： __________ {#name}\n- Mail ___ email {#mail *}").fields
    assert (name.label.source, name.input.lines > 1) == ("Name", True)
    assert (mail.input.kind, mail.required) == ("email", True)


def test_rule_1_a_table_may_take_several_answers_a_row_and_guard_a_bar():
    found = question("| S | [a] A | [n] None {na} |\n|--|--|--|\n| x \\| y {#x} | [ ] | |")
    assert found.several
    assert found.rows[0].label.source == "x | y"
    assert [o.na for o in found.options] == [False, True]


def test_rule_3_pages():
    found = survey(f"{HEAD}Hi.\n\n{STARS}---\n\nMore.\n\n{WRONG}## Last {{#last}}\n\n{STAFF}")
    assert [(s.id, s.title.source if s.title else "") for s in found.sections] == [
        ("page_1", ""),
        ("page_2", ""),
        ("last", "Last"),
    ]
    assert found.sections[1].prose[0].texts[0].source == "More."


def test_rule_4_endings():
    body = f"{HEAD}{STARS}## Bye {{#bye end}}\n\n## Sorry {{#sorry end if='x'}}\n"
    found = survey(body.replace("'x'", '"stars = 1"'))
    assert [(e.id, e.show_if is None) for e in found.endings] == [("sorry", False), ("bye", True)]
    assert [(e.id, e.show_if) for e in survey(HEAD + STARS).endings] == [("thanks", None)]


def test_rule_5_properties_on_the_line_below():
    found = question("- (a) A\n- (b) B", "\n{#q * shuffle}")
    assert (found.id, found.required, found.shuffle) == ("q", True, True)


def test_rule_6_prose_and_comments():
    found = question(
        "Think <!-- not shown -->\nof today.\n\n- coffee\n- bread\n\n1. first\n\n"
        "<!-- more\nlines -->\n- (a) A\n<!-- between -->\n- (b) B"
    )
    assert [(p.shape, [t.source for t in p.texts]) for p in found.help] == [
        ("p", ["Think of today."]),
        ("ul", ["coffee", "bread"]),
        ("ol", ["first"]),
    ]
    assert [o.code for o in found.options] == ["a", "b"]


def test_rule_6_lines_are_joined_unless_they_end_in_two_blanks_or_a_backslash():
    texts_of = [p.texts[0].source for p in question("One\ntwo  \nthree\\\nfour\n\n___").help]
    assert texts_of == ["One two  \nthree  \nfour"]


def test_rule_7_words_to_translators():
    note = "<!-- translators: about\n coffee -->\n"
    found = survey(f"{HEAD}{note}{STARS}### Else? {{#else}}\n\n- (a) A\n{note}- (b) B\n")
    by_context = {text.context: text.note for text in texts(found)}
    assert by_context["visit.stars.label"] == "about coffee"
    assert by_context["visit.stars.option.3"] == "about coffee"
    assert by_context["visit.else.label"] == by_context["visit.else.option.a"] == ""
    assert by_context["visit.else.option.b"] == "about coffee"


def test_rule_8_contexts():
    found = survey(
        "---\nlang: en\nhidden: {branch: {pp: PP}}\nshare: {title: T, text: X}\n---\n\n# Visit\n\n"
        "Hi {{branch|us}}, {{branch|shop}}.\n\n## P {#p}\n\nA.\n\n- b\n- c\n\n"
        '### Q {#q placeholder="h"}\n\nD.\n\nE.\n\n___\n\n'
        "### S {#s}\n\n- (1..2) l … h\n\n### F {#f}\n\n- N: ___ {#n placeholder=x}\n\n" + STAFF
    )
    assert {text.context for text in texts(found)} == {
        "visit.title", "visit.intro.p1", "visit.intro.p1.or", "visit.intro.p1.or2",
        "visit.p.title", "visit.p.p1", "visit.p.p2.1", "visit.p.p2.2",
        "visit.q.label", "visit.q.help", "visit.q.p2", "visit.q.placeholder",
        "visit.s.label", "visit.s.end.low", "visit.s.end.high",
        "visit.f.label", "visit.f.field.n", "visit.f.field.n.placeholder",
        "visit.staff.label", "visit.staff.corner", "visit.staff.option.2", "visit.staff.option.1",
        "visit.staff.row.smile", "visit.staff.row.help",
        "visit.share.title", "visit.share.text", "site.hidden.branch", "site.hidden.branch.pp",
    }  # fmt: skip


ROWS = ("staff.smile", "staff.help")


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("stars = 1", Chosen(("stars",), ("1",))),
        ("stars is 1", Chosen(("stars",), ("1",))),
        ('stars = "1"', Chosen(("stars",), ("1",))),
        ("stars != 1", Chosen(("stars",), ("3", "2", "dk"))),
        ("stars <= 2", Chosen(("stars",), ("2", "1"))),
        ("stars > 1", Chosen(("stars",), ("3", "2"))),
        ("stars in (1, dk)", Chosen(("stars",), ("1", "dk"))),
        ("answered stars", Chosen(("stars",))),
        ("wrong has late", Chosen(("wrong",), ("late",))),
        ("wrong has (late, cold)", Chosen(("wrong",), ("late", "cold"))),
        ("staff < 2", Chosen(ROWS, ("1",))),
        ("staff.smile = 1", Chosen(("staff.smile",), ("1",))),
        ("answered staff", Chosen(ROWS)),
        ("answered praise", Chosen(("praise.name",))),
        ("branch = pp", Chosen(("branch",), ("pp",), hidden=True)),
        ("not stars = 1", Not(Chosen(("stars",), ("1",)))),
        ("not not stars = 1", Chosen(("stars",), ("1",))),
        (
            "stars = 1 or stars = 2 and wrong has late",
            Any((
                Chosen(("stars",), ("1",)),
                All((Chosen(("stars",), ("2",)), Chosen(("wrong",), ("late",)))),
            )),
        ),
        (
            "(stars=1 or stars=2) and answered wrong",
            All((
                Any((Chosen(("stars",), ("1",)), Chosen(("stars",), ("2",)))),
                Chosen(("wrong",)),
            )),
        ),
    ],
)  # fmt: skip
def test_rule_9_conditions(words, meaning):
    text = (
        "---\nlang: en\nhidden: {branch: {pp: PP, vt: VT}}\n---\n\n# Visit\n\n"
        f"{STARS}{WRONG}{STAFF}### Praise {{#praise}}\n\n- Name: ___ {{#name}}\n\n"
        f"### Why? {{#why if='{words}'}}\n\n___\n"
    )
    attribute = f"if='{words}'"
    shown = 'if="' + words.replace('"', "") + '"'
    assert survey(text.replace(attribute, shown)).questions[-1].show_if == meaning


def test_rule_9_an_unanswered_question_makes_comparisons_false():
    found = survey(f'{HEAD}{STARS}### Why? {{#why if="stars != 1"}}\n\n___\n')
    assert not holds(found.questions[-1].show_if, {})
    assert holds(found.questions[-1].show_if, {"stars": ("2",)})


BASE = f"{HEAD}{STARS}### Why? {{#why}}\n\n___\n"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Three", "3 stars", True),
        ("# Visit", "# Your visit", True),
        ("{na}", "", False),
        ("(3)", "(4)", False),
        ("{#why}", "{#because}", False),
        ("{#why}", '{#why if="stars = 1"}', False),
        ("{#why}", "{#why *}", True),
        ("___", "___\n___", True),
        ("- (3) Three\n- (2) Two\n", "- (2) Two\n- (3) Three\n", False),
    ],
)
def test_rule_10_version(old, new, same):
    assert (survey(BASE).version == survey(BASE.replace(old, new, 1)).version) is same
    assert len(survey(BASE).version) == 8


def decoded(data: bytes, path: str = "content/visit.md") -> tuple[Source | None, list[str]]:
    notes = Notebook()
    source = decode(path, data, notes)
    return source, [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"# A\n\nb", []),
        (b"\xef\xbb\xbf# A\r\n\r\nb", []),
        (b"# A\r\rb", []),
        (b"# A\n\nb\x00c", ["3:2 forbidden-character"]),
        (b"# A\n\nb\x1a", ["3:2 forbidden-character"]),
        (b"# A\n\x00\x1a\x00", ["2:1 forbidden-character", "2:2 forbidden-character"]),
        ("# Café".encode("cp1252"), ["1:6 not-utf8"]),
        ("# ស\n".encode() + b"\xe1\x9e", ["2:1 not-utf8"]),
        (b"\xff\xfe# A\n", ["1:1 other-encoding"]),
        (b"\x89PNG\r\n\x1a\n\x00", ["1:1 binary-file"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00", ["1:1 binary-file"]),
    ],
)
def test_rule_11_bytes(data, found):
    source, slugs = decoded(data)
    assert slugs == found
    if not found:
        assert source is not None
        assert source.text == "# A\n\nb"


def test_rule_11_a_damaged_catalogue_is_only_a_warning():
    notes = Notebook()
    assert decode("locales/km/visit.po", b"msgid \xff", notes) is None
    assert [d.severity.value for d in notes] == ["warning"]


def test_rule_11_letters_put_together_in_two_ways_are_one_text():
    composed, apart = survey(HEAD + STARS + "## Caf\u00e9"), survey(HEAD + STARS + "## Cafe\u0301")
    assert composed.sections[-1].title.source == apart.sections[-1].title.source


def test_rule_12_pipes():
    text = (
        f"---\nlang: en\nhidden: {{branch: {{pp: PP}}}}\n---\n\n# At {{{{branch|us}}}}\n\n{STARS}"
    )
    title = survey(text).title
    assert title.source == "At {{branch}}"
    assert [(p.ref, p.fallback.source, p.fallback.context) for p in title.pipes] == [
        ("branch", "us", "visit.title.or")
    ]


def test_positions_are_lines_and_columns_from_one():
    found = survey("---\nlang: en\n---\n\n# Visit\n\n### ល្អ? {#q}\n\n- (a) A\n- (b) B\n")
    assert (found.title.span.line, found.title.span.column) == (5, 3)
    label = found.questions[0].options[0].label
    assert (label.span.line, label.span.column, label.span.length) == (9, 7, 1)


def test_the_name_is_the_stem_and_the_source_language_comes_first():
    project = replace(ProjectSettings(), languages=("km", "en", "lo"))
    found = read(Source("content/my-visit.md", HEAD + STARS), project, Notebook())
    assert found is not None
    assert (found.name, found.languages) == ("my-visit", ("en", "km", "lo"))


QUALITY = read_project(
    Source("mati.yaml", "scales:\n  quality:\n    5: Excellent\n    1: Poor\n"), Notebook()
)


def with_quality(text: str, *, slugs: tuple[str, ...] = ()) -> Question:
    notes = Notebook()
    found = read(Source("content/visit.md", HEAD + text), QUALITY, notes)
    assert found is not None
    assert tuple(d.code.slug for d in notes) == slugs
    return found.questions[0]


@pytest.mark.parametrize("opening", ["()", "[]"])
def test_a_declared_scale_stands_for_its_answers(opening):  # rule 12
    first, last = opening
    asked = with_quality(f"### Good? {{#good}}\n\n- {first}quality{last}\n")
    assert asked.kind == ("choice" if first == "(" else "multiple")
    assert [(o.code, o.label.context) for o in asked.options] == [
        ("5", "scale.quality.5"),
        ("1", "scale.quality.1"),
    ]
    assert {o.span.line for o in asked.options} == {9}


def test_a_declared_scale_and_an_answer_apart():  # rule 12
    asked = with_quality("### Good? {#good}\n\n- (quality)\n- (dk) Cannot say {na}\n")
    assert [o.code for o in asked.options] == ["5", "1", "dk"]
    assert [o.code for o in asked.scored] == ["5", "1"]


@pytest.mark.parametrize("more", ["- (6) Better", "- (quality)", "- (6) Better\n- (7) Best"])
def test_beside_a_declared_scale_stands_nothing_that_belongs_into_it(more):  # rule 12
    asked = with_quality(
        f"### Good? {{#good}}\n\n- (quality)\n{more}\n", slugs=("scale-not-alone",)
    )
    assert [o.code for o in asked.options] == ["5", "1"]
    table = f"| It | (quality) | {more[2:].splitlines()[0]} |\n|---|---|---|\n| is {{#is}} | | |\n"
    asked = with_quality(f"### Good? {{#good}}\n\n{table}", slugs=("scale-not-alone",))
    assert [o.code for o in asked.options] == ["5", "1"]


def test_a_declared_scale_heads_a_table():  # rule 12
    asked = with_quality(
        "### Staff {#staff}\n\n| They | (quality) | (na) None {na} |\n|---|---|---|\n"
        "| smiled {#smile} | | |\n"
    )
    assert [o.code for o in asked.options] == ["5", "1", "na"]
    assert not asked.several


def test_a_code_of_the_scale_cannot_be_used_again():  # rule 12
    with_quality("### Good? {#good}\n\n- (quality)\n- (5) Same {na}\n", slugs=("code-twice",))


@pytest.mark.parametrize(
    ("kind", "block", "codes"),
    [("nps", Block.SCALE, 11), ("csat", Block.ONE, 5), ("ces", Block.SCALE, 7)],
)
def test_a_kind_brings_its_own_answers(kind, block, codes):  # rule 13
    found = survey(HEAD + f"### How? {{#how kind={kind}}}\n\nTell us.\n")
    asked = found.questions[0]
    assert (asked.block, len(asked.options)) == (block, codes)
    assert [u.context for u in of_node(found)] == [
        "visit.title",
        "visit.how.label",
        "visit.how.help",
    ]


REWARD = (
    "---\nlang: en\nreward:\n  code: THANKS10\n  text: 10 % off\n  until: 2026-12-31\n---\n\n"
    "# Visit\n\n### Stars? {#stars}\n\n- (2) Good\n- (1) Bad\n\n"
)


def test_a_text_repeats_what_the_survey_knows():  # rule 15
    found = survey(
        REWARD
        + "## Bye {#bye end}\n\n{{reward.code}} {{reward.text}} {{reward.until}} {{survey.title}}\n"
    )
    (thanks,) = found.endings[-1].prose[0].texts
    code, words, until, title = (pipe.value for pipe in thanks.pipes)
    assert (code, until) == ("THANKS10", date(2026, 12, 31))
    assert isinstance(words, Text)
    assert (words.context, words.source) == ("visit.reward.text", "10 % off")
    assert isinstance(title, Text)
    assert title.source == "Visit"
    assert [t.context for t in texts(found)].count("visit.reward.text") == 1


def test_a_text_repeats_an_answer_given_above():  # rule 15
    found = survey(REWARD + "### Why {{stars|that}}? {#why}\n\n___\n")
    (pipe,) = found.questions[1].label.pipes
    assert (pipe.ref, pipe.value) == ("stars", None)


@pytest.mark.parametrize("name", ["reward.cod", "survey.name", "stars.x", "page_1"])
def test_a_text_repeats_nothing_that_is_not_known(name):  # rule 15
    notes = Notebook()
    read(
        Source("content/visit.md", REWARD + "### Why {{" + name + "|x}}? {#why}\n\n___\n"),
        ProjectSettings(),
        notes,
    )
    assert [d.code.slug for d in notes] == ["unknown-pipe"]


TYPED = (
    "### People {#people}\n\n___ number 0..20\n\n### Day {#day}\n\n___ date\n\n"
    "### More {#more}\n\n- At: ___ time {#at}\n- Name: ___ {#name}\n\n"
)


@pytest.mark.parametrize(
    ("words", "answers", "true"),
    [
        ("people > 4", {"people": ("5",)}, True),
        ("people > 4", {"people": ("៥",)}, True),
        ("people > 4", {"people": ("4",)}, False),
        ("people != 4", {"people": ("many",)}, False),
        ("people in (1, 2)", {"people": ("2",)}, True),
        ("not people > 4", {}, True),
        ("day < 2026-12-31", {"day": ("2026-12-30",)}, True),
        ("day = 2026-12-31", {"day": ("2026-12-31",)}, True),
        ("day >= 2026-12-31", {"day": ("31.12.2026",)}, False),
        ("more.at >= 09:30", {"more.at": ("10:00",)}, True),
        ("answered more.name and people <= 4", {"more.name": ("Dara",), "people": ("0",)}, True),
    ],
)
def test_what_people_type_compares(words, answers, true):  # rule 16
    found = survey(f'{HEAD}{TYPED}### Why? {{#why if="{words}"}}\n\n___\n')
    condition = found.questions[-1].show_if
    assert condition is not None
    assert holds(condition, answers) is true
    assert from_json(to_json(condition)) == condition


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("people > 4 and people < 6", True),
        ("people > 4 and people < 5", True),  # 4.5
        ("people > 4 and people < 4", False),
        ("people = 4 and people = 5", False),
        ("day > 2026-12-31 and day < 2026-12-30", False),
        ("day > 2026-12-30 and day < 2027-01-01", True),
        ("more.at < 09:00 and not answered more.at", False),
    ],
)
def test_what_can_never_be_typed_is_said(words, possible):  # rule 16
    text = f'{HEAD}{TYPED}### Why? {{#why if="{words}"}}\n\n___\n'
    notes = Notebook()
    read(Source("content/visit.md", text), ProjectSettings(), notes)
    assert [d.code.slug for d in notes] == ([] if possible else ["never-shown"])


def test_pictures_of_answers_and_paragraphs():
    found = question(
        '![Both cups](both.jpg)\n![On the *shelf*](<my cups/shelf (1).jpg> "Shelf")\n\nChoose.\n\n'
        "- (a) ![Blue cup](./blue.jpg) The **blue** one {na}\n"
        "- (b) ![Red cup](red.jpg)\n"
        "- (c) ![Cup](%E1%9E%80.jpg)\n  of any\n  colour: ___\n"
        "- (d) Another"
    )
    first, second = found.help
    assert (first.shape, first.texts, second.shape) == ("img", (), "p")
    assert [(p.path, p.alt.context, p.alt.source) for p in first.pictures if p.alt] == [
        ("both.jpg", "visit.q.help.alt", "Both cups"),
        ("my cups/shelf (1).jpg", "visit.q.help.alt2", "On the *shelf*"),
    ]
    a, b, c, d = found.options
    assert (a.label.source, a.picture.path, a.picture.alt.source, a.na) == (
        "The **blue** one", "blue.jpg", "Blue cup", True,
    )  # fmt: skip
    assert (b.label.context, b.label.source) == ("visit.q.option.b.alt", "Red cup")
    assert (b.picture.path, b.picture.alt, b.label.rich) == ("red.jpg", None, False)
    assert (c.label.source, c.picture.path, c.write_in) == ("of any colour", "ក.jpg", True)
    assert d.picture is None


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("email", True), ("Name", True), ("off", True), ("on", True), ("work tel", True),
        ("section-shop shipping street-address", True), ("billing mobile tel-national", True),
        ("work bday", False), ("tel work", False), ("emial", False), ("", False),
        ("off tel", False),
    ],
)  # fmt: skip
def test_what_browsers_can_fill_in(value, known):
    assert autofills(value) is known


def test_a_range_may_begin_below_nothing():
    line = question("___ number -10..40").input
    assert line is not None
    assert (line.low, line.high) == (-10, 40)


@pytest.mark.parametrize(
    ("answers", "offer"),
    [
        ("- (5) Good\n- ( ) Fair\n- (3) So-so\n- (1) Bad", "(4)"),
        ("- (3) Good\n- (2) Fair\n- ( ) Bad", "(1)"),
        ("- ( ) Good\n- (2) Fair\n- (1) Bad", "(3)"),
        ("- (yes) Yes\n- (no) No\n- ( ) Perhaps", "(perhaps)"),
        ("- (yes) Yes\n- (no) No\n- ( ) ប្រហែល", "(a3)"),
    ],
)
def test_a_missing_code_is_offered_as_those_beside_it_are(answers, offer):
    notes = Notebook()
    text = f"{HEAD}### How? {{#how}}\n\n{answers}\n"
    read(Source("content/visit.md", text), ProjectSettings(), notes)
    (found,) = notes
    assert (found.code.slug, dict(found.values)["offer"]) == ("no-code", offer)
