"""A survey becomes a body once; words can be printed, nothing else; conditions become CSS."""

from __future__ import annotations

import itertools
import re

import pytest
from formsite import site_of, survey_of, target_of, template
from hypothesis import given, settings
from hypothesis import strategies as st

from mati.compile import compile_form
from mati.compile.holes import Holes
from mati.compile.selectors import Controls, condition_data, hide_rule, resolve
from mati.diagnostics import Notebook, Span
from mati.model import Body, Text, wording_hash
from mati.model.conditions import All, Any, Chosen, Condition, Not, holds
from mati.questions import kinds
from mati.templating import Templates, WordsTestedError


def text(source: str = "Good") -> Text:
    return Text(context="a.b.label", source=source, span=Span("a.md"))


# Places for words


def test_a_place_is_printed_as_a_slot():
    holes = Holes()
    hole = holes.words(text())
    html = f'<b>{hole.__html__()}</b><i title="{hole.text.__html__()}">'
    parts, slots = holes.cut(html)
    assert parts == ("<b>", '</b><i title="', '">')
    assert [(s.shape, s.text) for s in slots] == [("html", text()), ("text", text())]


def test_a_place_printed_twice_is_two_slots():
    holes = Holes()
    hole = holes.words(text())
    assert len(holes.cut(hole.__html__() * 2)[1]) == 2


def test_a_message_is_a_slot_with_its_values():
    holes = Holes()
    _, slots = holes.cut(holes.message("Part {n}", n=2).__html__())
    assert (slots[0].message, slots[0].values) == ("Part {n}", (("n", "2"),))


def test_long_labels_are_a_slot_of_their_own():
    holes = Holes()
    _, slots = holes.cut(str(holes.lengths([holes.words(text())], 9)))
    assert (slots[0].shape, slots[0].texts, slots[0].limit) == ("class", (text(),), 9)
    assert holes.lengths([], 9) == "short"


@pytest.mark.parametrize(
    "use",
    [
        bool,
        len,
        iter,
        str,
        list,
        int,
        float,
        lambda h: h == "Good",
        lambda h: h + "!",
        "{}".format,
        lambda h: h[0],
        lambda h: "G" in h,
        lambda h: h < "a",
        lambda h: h % 1,
        sorted,
    ],
)
def test_a_place_refuses_every_other_use(use):
    with pytest.raises(WordsTestedError, match=r"a\.b\.label"):
        use(Holes().words(text()))


def test_a_place_inside_a_message_is_refused():
    holes = Holes()
    with pytest.raises(WordsTestedError):
        holes.message("Hello {who}", who=holes.words(text()))


def test_a_damaged_mark_is_noticed():
    holes = Holes()
    with pytest.raises(ValueError, match="cut to pieces"):
        holes.cut(holes.words(text()).__html__()[:-1])


# Conditions


LOW = Chosen(("overall",), ("1", "2"))
ROW = Chosen(("staff.polite", "staff.friendly"), ("1",))
BRANCH = Chosen(("branch",), ("pp",), hidden=True)


def test_a_part_is_hidden_unless_its_condition_holds():
    assert hide_rule(LOW, "q-sorry") == (
        'form:not(:has([name="overall"]:is([value="1"],[value="2"]):checked))'
        " #q-sorry{display:none}"
    )


def test_what_only_a_script_knows_hides_nothing():
    assert hide_rule(BRANCH, "x") == ""
    assert hide_rule(Not(BRANCH), "x") == ""
    assert hide_rule(Any((LOW, BRANCH)), "x") == ""
    assert hide_rule(All((LOW, BRANCH)), "x") == hide_rule(LOW, "x")


def test_written_answers_count_as_answered():
    rule = hide_rule(Chosen(("mail",)), "x")
    assert '[name="mail"][placeholder]:not(:placeholder-shown)' in rule


def test_answers_of_a_list_are_options_inside_its_control():
    lists = Controls(lists=frozenset({"reached"}))
    assert hide_rule(Chosen(("reached",), ("mail",)), "x", lists) == (
        'form:not(:has([name="reached"]>[value="mail"]:checked)) #x{display:none}'
    )
    assert '[name="reached"]>:not([value=""]):checked' in hide_rule(
        Chosen(("reached",)), "x", lists
    )
    assert hide_rule(LOW, "x", lists) == hide_rule(LOW, "x")


def body_of(markdown: str) -> Body:
    survey = survey_of(markdown)
    body = compile_form(survey, target_of(survey), Templates(template), Notebook())
    assert body is not None
    return body


def html_of(markdown: str) -> str:
    return "".join(body_of(markdown).parts)


PLAIN = "# T\n\n### How? {#how}\n\n- (2) Good\n- (1) Bad\n"
LOOKS = [(kind.name, look) for kind in kinds.all() for look in kind.looks]


def test_a_look_brings_its_own_files_and_no_others():
    found = {
        look: body_of(PLAIN.replace("#how", f"#how as={look}"))
        for look in ("radio", "stars", "dropdown")
    }
    assert found["radio"].styles == (
        "questions/choice/style.css",
        "questions/choice/radio.css",
    )
    assert "questions/choice/stars.css" in found["stars"].styles
    assert "questions/choice/dropdown.js" in found["dropdown"].scripts
    assert "questions/choice/dropdown.css" not in found["stars"].styles


ANSWERS = {
    "choice": "- (2) Good\n- (1) Bad\n- (other) Other: ___\n- (dk) None {na}\n",
    "multiple": "- [a] Good\n- [b] Bad\n- [other] Other: ___\n",
    "scale": "- (1..7) Bad … Good\n- (dk) None {na}\n",
    "grid": "| It | (2) Good | (1) Bad | (na) No {na} |\n|---|---|---|---|\n| is {#big} | | | |\n",
}


@pytest.mark.parametrize(("kind", "look"), LOOKS)
def test_every_look_asks_for_the_same(kind, look):
    """The names and values of a look are those of the plain one, each once."""
    block = ANSWERS.get(kind, "")
    written = f"# T\n\n### How? {{#how kind={kind} * LOOK}}\n\n{block}"
    plain, other = (html_of(written.replace("LOOK", said)) for said in ("", f"as={look}"))
    values = [sorted(re.findall(r'value="([^"]+)"', page)) for page in (plain, other)]
    assert values[0] == values[1] != []
    names = [set(re.findall(r'name="(how[^"]*)"', page)) for page in (plain, other)]
    assert names[0] == names[1]
    assert "required" in other or kind == "multiple"


def test_any_row_of_a_grid_is_whatever_stands_inside_it():
    rows = Controls(grids={("staff.polite", "staff.friendly"): "a-staff"})
    assert hide_rule(ROW, "x", rows) == (
        'form:not(:has(#a-staff [value="1"]:checked)) #x{display:none}'
    )
    answered = Chosen(("staff.polite", "staff.friendly"))
    assert hide_rule(answered, "x", rows) == ("form:not(:has(#a-staff :checked)) #x{display:none}")
    assert hide_rule(Chosen(("staff.polite",), ("1",)), "x", rows) == (
        'form:not(:has([name="staff.polite"][value="1"]:checked)) #x{display:none}'
    )


def test_an_answer_to_a_skipped_part_does_not_count():
    asked = {"wrong": LOW}
    resolved = resolve(Chosen(("wrong",), ("late",)), asked, lambda atom: atom)
    assert resolved == All((LOW, Chosen(("wrong",), ("late",))))


def test_the_script_gets_the_same_atoms():
    assert condition_data(All((LOW, Not(ROW)))) == (
        '["every",["in",["overall"],["1","2"]],["not",["in",["staff.polite","staff.friendly"],["1"]]]]'
    )


atoms = st.builds(
    lambda names, codes: Chosen(tuple(names), tuple(codes)),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from("12"), max_size=2, unique=True),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    atoms,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(lambda x, y: All((x, y)), inner, inner)
        | st.builds(lambda x, y: Any((x, y)), inner, inner)
    ),
    max_leaves=6,
)


def matches(selector: str, answers: dict[str, tuple[str, ...]]) -> bool:
    """Read a compound selector made of :has, :not and :is as a browser would."""
    position = 0
    result = True
    while position < len(selector):
        word = re.compile(r":(has|not|is)\(").match(selector, position)
        assert word, selector[position:]
        depth, end = 1, word.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(selector[end], 0)
            end += 1
        inner = selector[word.end() : end - 1]
        match word[1]:
            case "has":
                found = any(chosen(part, answers) for part in split(inner))
            case "not":
                found = not matches(inner, answers)
            case _:
                found = any(matches(part, answers) for part in split(inner))
        result = result and found
        position = end
    return result


def split(selectors: str) -> list[str]:
    parts, depth = [""], 0
    for sign in selectors:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def chosen(selector: str, answers: dict[str, tuple[str, ...]]) -> bool:
    if "placeholder" in selector:
        return False  # the answers of this test are codes
    names = re.findall(r'name="(\w+)"', selector)
    codes = re.findall(r'value="(\w+)"', selector)
    return any(v in codes or not codes for name in names for v in answers.get(name, ()))


@settings(max_examples=100, deadline=None)
@given(conditions)
def test_the_selector_means_what_the_condition_means(condition):
    rule = hide_rule(condition, "x")
    assert not re.search(r":is\([^)]*:has", rule), "a list that forgives would hide for ever"
    selector = rule.removeprefix("form").removesuffix(" #x{display:none}")
    for a, b in itertools.product(("", "1", "2"), repeat=2):
        answers = {name: (code,) for name, code in (("a", a), ("b", b)) if code}
        assert matches(selector, answers) != holds(condition, answers)


AGREE = """# Stay in touch

### May we call you? {#want}

- (yes) Yes
- (no) No

### Your   data {#ok kind=consent if="want = yes"}

We keep **your number** for a [year](privacy.md).

- [yes] I agree
"""
KHMER_AGREE = {
    "Your   data": "ទិន្នន័យរបស់អ្នក",
    "We keep **your number** for a [year](privacy.md).": (
        "យើងរក្សាទុក**លេខរបស់អ្នក**រយៈពេល[មួយឆ្នាំ](privacy.md)។"
    ),
}


def proof(page: str) -> str:
    (found,) = re.findall(r'<input type="hidden" name="ok[._]+wording" value="([^"]*)">', page)
    return found


def test_a_consent_carries_the_hash_of_the_words_in_its_language():
    pages = site_of({"visit": AGREE}, words={"en": {}, "km": KHMER_AGREE})
    assert not pages.notes.has_errors()
    english = ("Your data", "We keep your number for a year.", "I agree")
    assert proof(pages.html("en/visit/index.html")) == wording_hash(english)
    khmer = ("ទិន្នន័យរបស់អ្នក", "យើងរក្សាទុកលេខរបស់អ្នករយៈពេលមួយឆ្នាំ។", "I agree")
    assert proof(pages.html("km/visit/index.html")) == wording_hash(khmer)


def test_the_hash_of_a_consent_stands_in_the_part_that_is_hidden_and_outside_its_group():
    page = site_of({"visit": AGREE}, dot="__").html("en/visit/index.html")
    part = page[page.index('id="q-ok"') :]
    assert part.index("</fieldset>") < part.index('name="ok__wording"') < part.index("</div>\n</s")
    assert "checked" not in part[: part.index("</section>")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("A  b ", "c"), ("A\u00a0b", "c"), True),
        (("e\u0301",), ("\u00e9",), True),
        (("a", "b"), ("a b",), False),
        (("a", "b"), ("b", "a"), False),
        (("I agree",), ("I agree.",), False),
    ],
)
def test_equal_words_have_equal_hashes(one, other, same):
    assert (wording_hash(one) == wording_hash(other)) is same
    assert re.fullmatch("[0-9a-f]{16}", wording_hash(one))


# One part at a time

STEPS = """---
lang: en
pages: steps
hidden: {branch: {pp: Phnom Penh}}
---

# Visit

## A {#a}

### Good? {#good *}

- (yes) Yes
- (no) No

## B {#b if="good = no"}

### Why? {#why}

___

## C {#c if="branch = pp"}

### Where? {#where}

___

## Thanks {#thanks end}
"""


def ways_in(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="([^"]+)" href="#q-([^"]+)">', html)


def test_ways_lead_to_what_may_come_next_and_say_what_they_pass():
    html = site_of({"visit": STEPS}).html("en/visit/index.html")
    assert ways_in(html) == [
        ("next", "b"),
        ("next past-b", "c"),
        ("back", "a"),
        ("next", "c"),
        ("back", "b"),
        ("back past-b", "a"),
    ]


def test_ways_are_hidden_by_the_same_conditions_as_the_parts():
    html = site_of({"visit": STEPS}).html("en/visit/index.html")
    no = ':has([name="good"][value="no"]:checked)'
    plain = "form:not(.js)"
    assert f'form:not({no}) .go [href="#q-b"]{{display:none}}' in html
    assert f"{plain}{no} .past-b{{display:none}}" in html
    assert f"{plain} .past-c{{display:none}}" in html  # CSS does not know the branch: C is shown
    sends = re.findall(r"[^}]*\.send\{display:none\}", html)
    assert [rule for rule in sends if "#q-b" in rule and no in rule]
    assert [rule for rule in sends if "#q-c" in rule and no not in rule]


def test_nothing_static_is_required_in_steps():
    stepped = site_of({"visit": STEPS}).html("en/visit/index.html")
    whole = site_of({"visit": STEPS.replace("steps", "one")}).html("en/visit/index.html")
    assert " required" in whole
    assert " required" not in stepped


def test_one_part_alone_needs_no_steps():
    one = STEPS.partition("## B")[0]
    html = site_of({"visit": one}).html("en/visit/index.html")
    assert 'class="go"' not in html
    assert " required" in html
