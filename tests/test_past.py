"""Answers given to a released version are judged by that version: who was asked what, then.

1. What was not shown then is stale, whatever is shown today.
2. What was asked then and left empty is missing; what was not asked then is not.
3. Renamed ids heal by aliases; conditions of then speak the names of then.
4. What was private then, or is now, is kept with the contacts.
5. A version that was never released is judged by nobody.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mati import home
from mati.build.releases import past_of
from mati.diagnostics import Notebook, Source
from mati.model import All, Any, Chosen, Condition, Not, ProjectSettings, RawRow, Response, Survey
from mati.reader import read
from mati.responses import private_names, read_row
from mati.versions import Release, line_of, past, read_lock, source_shape

THEN = """---
lang: en
hidden: {branch: {pp: Phnom Penh, vt: Vientiane}}
---

# Visit

### How was it? {#overall}

- (3) Good
- (2) Fair
- (1) Bad

### What was bad? {#bad if="overall <= 2"}

- [late] It came late
- [cold] It was cold
- [other] Something else: ___

### Rate us {#staff}

| | (2) Good | (1) Bad |
|---|---|---|
| Polite {#polite} | | |
| Quick {#quick} | | |

### Your number {#phone private if="staff = 1"}

We call you back.

___ phone

## In Vientiane {#vientiane if="branch = vt"}

### Did you come by boat? {#boat}

- (y) Yes
- (n) No
"""
NOW = """---
lang: en
hidden: {branch: {pp: Phnom Penh, vt: Vientiane}}
aliases: {overall: rating, bad: wrong, staff.polite: staff.kind}
---

# Visit

### How was it? {#rating}

- (3) Good
- (2) Fair
- (1) Bad

### What went wrong? {#wrong}

- [late] It came late
- [cold] It was cold
- [other] Something else: ___

### Rate us {#staff if="rating = 3"}

| | (2) Good | (1) Bad |
|---|---|---|
| Kind {#kind} | | |
| Quick {#quick} | | |
| Clean {#clean} | | |

### Your number {#phone private if="staff = 1"}

We call you back.

___ phone

### New? {#new}

- (y) Yes
- (n) No

## In Vientiane {#vientiane if="branch = vt"}

### Did you come by boat? {#boat}

- (y) Yes
- (n) No
"""


def survey(text: str) -> Survey:
    notes = Notebook()
    source = Source("content/visit.md", text)
    found = read(source, ProjectSettings(languages=("en",)), notes)
    assert found is not None
    return found


def locked(then: Survey) -> tuple[str, dict]:
    """Return a lock file with one version, and that version as answers meet it."""
    text = line_of(source_shape(then), "2026-01-01") + "\n"
    return text, past(read_lock(Source("content/visit.lock", text), Notebook()))


def row(version: str, **values: str | list[str]) -> RawRow:
    pairs = [("mati_id", "abcdefgh-1"), ("mati_version", version), ("mati_survey", "visit")]
    for name, given_ in values.items():
        wire = name.replace("__", ".")
        pairs += [(wire, one) for one in ([given_] if isinstance(given_, str) else given_)]
    return RawRow(key="k1", at="2026-02-01T10:00:00Z", pairs=tuple(pairs), where="x.csv:2")


OLD, NEW = survey(THEN), survey(NOW)
_, RELEASED = locked(OLD)


def answered(**values: str | list[str]) -> Response:
    return read_row(row(OLD.version, **values), NEW, Notebook(), RELEASED)


def test_what_was_not_shown_then_is_stale_under_todays_name():
    found = answered(overall="3", bad=["late"])
    assert dict(found.answers)["rating"] == ("3",)
    assert found.stale == (("wrong", ("late",)),)
    shown = answered(overall="1", bad=["late", "other"], bad__other__text="noise")
    assert dict(shown.answers)["wrong"] == ("late", "other")
    assert shown.stale == ()


def test_what_was_asked_then_and_left_empty_is_missing_and_nothing_else():
    found = answered(overall="1")
    assert found.other_version
    assert set(found.asked) == {"rating", "wrong", "staff.kind", "staff.quick"}
    assert "new" not in found.asked  # nobody was asked it then
    assert "staff.clean" not in found.asked
    assert answered(overall="3").asked == ("rating", "staff.kind", "staff.quick")


def test_conditions_of_then_look_at_the_answers_of_then():
    kept = answered(overall="1", staff__polite="1", phone="012 345 678")
    assert dict(kept.private) == {"phone": ("012 345 678",)}
    gone = answered(overall="1", staff__polite="2", phone="012 345 678")
    assert dict(gone.stale) == {"phone": ("012 345 678",)}
    assert "phone" in private_names(NEW, RELEASED)
    assert dict(answered(overall="1", staff__polite="2").answers)["staff.kind"] == ("2",)


@pytest.mark.parametrize(("branch", "stale"), [("vt", False), ("pp", True), ("xx", True)])
def test_hidden_fields_of_then_decide_too(branch, stale):
    found = answered(overall="3", branch=branch, boat="y")
    assert dict(found.stale if stale else found.answers)["boat"] == ("y",)


def test_without_a_script_a_part_was_shown_that_no_page_could_judge():
    plain = row(OLD.version, overall="3", boat="y")
    plain = replace(plain, pairs=tuple(p for p in plain.pairs if p[0] != "mati_id"))
    found = read_row(plain, NEW, Notebook(), RELEASED)
    assert dict(found.answers)["boat"] == ("y",)


def test_a_version_nobody_released_is_judged_by_nobody():
    found = read_row(row("deadbeef", overall="3", bad="late"), NEW, Notebook(), RELEASED)
    assert found.stale == ()
    assert dict(found.answers)["wrong"] == ("late",)
    assert set(found.asked) == {"rating", "wrong"}


def test_what_was_private_then_stays_private():
    open_now = survey(NOW.replace("{#phone private if", "{#phone if"))
    found = read_row(
        row(OLD.version, overall="1", staff__polite="1", phone="012 345 678"),
        open_now,
        Notebook(),
        RELEASED,
    )
    assert dict(found.private) == {"phone": ("012 345 678",)}
    assert "phone" not in dict(found.answers)


def test_answers_come_home_judged(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "visit.lock").write_text(locked(OLD)[0], "utf-8")
    released = past_of(tmp_path, "visit", Notebook())
    rows = [row(OLD.version, overall="3", bad="late", phone="012 345 678")]
    brought = home.bring(tmp_path, NEW, rows, Notebook(), released)
    assert (brought.new, brought.stale, brought.other_version) == (1, 1, 1)
    lines = "".join(p.read_text() for p in (tmp_path / "private" / "responses").rglob("*.jsonl"))
    assert '"stale":{"wrong":["late"]}' in lines
    assert "345 678" not in lines
    kept = (tmp_path / "private" / "contacts" / "visit.jsonl").read_text()
    assert "012 345 678" in kept


# Any survey, any answers

atoms = st.builds(
    lambda name, codes: Chosen((name,), tuple(codes)),
    st.sampled_from("abc"),
    st.lists(st.sampled_from("12"), max_size=2, unique=True),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda x, y: All((x, y)), inner, inner),
        st.builds(lambda x, y: Any((x, y)), inner, inner),
    ),
    max_leaves=4,
)
BODY = "".join(f"### {n.upper()}? {{#{n}}}\n\n- (1) One\n- (2) Two\n\n" for n in "abcde")
PLAIN = f"---\nlang: en\n---\n\n# T\n\n## P {{#p}}\n\n{BODY}"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.none(), conditions), min_size=2, max_size=2),
    st.dictionaries(st.sampled_from("abcde"), st.sampled_from("12"), max_size=5),
)
def test_a_row_is_judged_as_the_survey_of_then_would_have(found, values):
    plain = survey(PLAIN)
    (page,) = plain.sections
    when = dict(zip("de", found, strict=True))
    asked = tuple(replace(q, show_if=when.get(q.id)) for q in page.questions)
    then = replace(plain, sections=(replace(page, questions=asked),), version="then0000")
    _, released = locked(then)
    now = replace(plain, version="now00000")
    sent = row("then0000", **values)
    judged = read_row(sent, now, Notebook(), released)
    own = read_row(sent, then, Notebook())
    assert (judged.answers, judged.stale, judged.asked) == (own.answers, own.stale, own.asked)
    assert judged.other_version
    assert not own.other_version


def test_a_release_without_the_question_of_a_page_does_no_harm():
    shape = source_shape(OLD)
    damaged = replace(shape, asked=shape.asked[1:])
    released = past((Release(date="2026-01-01", shape=damaged),))
    found = read_row(row(OLD.version, overall="3"), NEW, Notebook(), released)
    assert dict(found.answers)["rating"] == ("3",)
