"""One contract for every service on the shelf.

1. A record says what a page must hold, attribute by attribute (golden).
2. Answers -> form pairs as spelled -> what the service stores -> its export -> rows -> the
   same answers; a store that keeps only the last of equal names must show as lossy.
3. Nothing in an export is left out without a diagnostic that names file and line.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mati.diagnostics import Code, Notebook, Severity, Span
from mati.model import (
    Block,
    Field,
    FormTarget,
    Input,
    Option,
    ProjectSettings,
    Question,
    RawRow,
    Row,
    Section,
    Settings,
    Survey,
    Text,
)
from mati.questions import kind_of
from mati.services import Place, origin, restore, services

SPAN = Span("content/visit.md", 3)
PLACE = Place(language="km", form="km/visit/", thanks="km/visit/thanks/")
PROJECT = ProjectSettings(
    url="https://shop.example/survey", collect_url="https://answers.shop.example"
)
KEYS = {"formspree": "xayzwvut", "generic": "https://forms.example.org/take?x=1"}
REPOSITORY = Path(__file__).parent.parent
AT = "2026-11-22T02:47:00Z"

Answers = dict[str, tuple[str, ...]]
Pairs = list[tuple[str, str]]


def words(source: str) -> Text:
    return Text(context="visit", source=source, span=SPAN)


def option(code: str, *, write_in: bool = False) -> Option:
    return Option(code=code, label=words(code), span=SPAN, write_in=write_in)


def question(name: str, kind: str, block: Block, **more: object) -> Question:
    return Question(  # type: ignore[arg-type]
        id=name, kind=kind, block=block, label=words(name), span=SPAN, **more
    )


QUESTIONS = (
    question(
        "staff",
        "grid",
        Block.MATRIX,
        options=(option("1"), option("2")),
        rows=(
            Row(id="polite", label=words("a"), span=SPAN),
            Row(id="web_", label=words("b"), span=SPAN),
        ),
    ),
    question(
        "channel",
        "multiple",
        Block.SEVERAL,
        options=(
            option("web"),
            option("face-book"),
            option("a__b"),
            option("other", write_in=True),
        ),
    ),
    question("why_", "choice", Block.ONE, options=(option("1"), option("x", write_in=True))),
    question("best", "text", Block.LINES, input=Input(lines=3)),
    question(
        "praise",
        "fields",
        Block.FIELDS,
        fields=(Field(id="name", label=words("n"), input=Input(), span=SPAN),),
    ),
)


def survey(send: str = "own", *questions: Question) -> Survey:
    return Survey(
        name="visit",
        language="en",
        languages=("en", "km"),
        title=words("Visit"),
        sections=(Section(id="one", span=SPAN, questions=questions or QUESTIONS),),
        settings=Settings(send=send, send_key=KEYS.get(send, ""), send_span=SPAN),
        path="content/visit.md",
        version="v1",
    )


def target(name: str) -> FormTarget:
    notes = Notebook()
    service = services.find(name)
    assert service is not None
    found = service.target(survey(name), PLACE, PROJECT, notes)
    assert found is not None
    assert {one.code for one in notes} <= {Code.HOSTS_UNKNOWN}
    return found


def read(name: str, text: str, notes: Notebook | None = None) -> list[RawRow]:
    service = services.find(name)
    assert service is not None
    mine = Notebook() if notes is None else notes
    rows = list(service.rows(text, "private/inbox/export", mine))
    if notes is None:
        assert [d.code.slug for d in mine] == []
    return rows


# --- 1. The record ---------------------------------------------------------------------------

GOLDEN = {
    "own": FormTarget(
        service="own",
        action="https://answers.shop.example/f/visit",
        hosts=("https://answers.shop.example",),
        script="fetch",
        without_script="",
    ),
    "generic": FormTarget(
        service="generic",
        action="https://forms.example.org/take?x=1",
        hosts=None,
        script="native",
        without_script="",
        dot="__",
        distinct=True,
    ),
    "netlify": FormTarget(
        service="netlify",
        action="/survey/km/visit/thanks/",
        hosts=(),
        script="native",
        without_script="",
        hidden=(("form-name", "visit"),),
        attributes=(
            ("name", "visit"),
            ("data-netlify", "true"),
            ("netlify-honeypot", "mati_trap"),
        ),
        thanks_action=True,
        dot="__",
        distinct=True,
    ),
    "formspree": FormTarget(
        service="formspree",
        action="https://formspree.io/f/xayzwvut",
        hosts=("https://formspree.io",),
        script="fetch",
        without_script="",
        hidden=(("_language", "km"),),
        honeypot="_gotcha",
        thanks_field="_next",
        dot="__",
    ),
}


def test_every_service_has_its_record_here():
    assert set(services.names()) == set(GOLDEN)


@pytest.mark.parametrize("name", services.names())
def test_the_record_says_what_a_page_must_hold(name):
    found = target(name)
    assert replace(found, without_script="") == GOLDEN[name]
    assert found.without_script.strip()


@pytest.mark.parametrize("service", services.all(), ids=services.names())
def test_each_says_how_far_it_is_proven(service):
    assert service.status in {"verified", "documented", "unverified"}
    assert bool(service.sources) == (service.status != "unverified")
    for source in service.sources:
        assert source.startswith("https://") or (REPOSITORY / source).is_file()


def test_the_preview_posts_to_itself():
    own = services.find("own")
    assert own is not None
    found = own.target(survey(), PLACE, replace(PROJECT, collect_url="/"), Notebook())
    assert found is not None
    assert (found.action, found.hosts) == ("/f/visit", ())


def test_a_table_of_another_service_is_one_mistake_not_one_for_each_line():
    notes = Notebook()
    assert read("own", "_date,way\n2026-11-20,bike\n2026-11-21,foot\n", notes) == []
    assert [found.code for found in notes] == [Code.EXPORT_UNREADABLE]


def test_an_error_in_the_settings_is_not_blamed_on_each_survey():
    notes = Notebook()
    notes.note(Code.WRONG_SETTING, Span("mati.yaml", 2, 8), key="collect.url", value="x")
    project = ProjectSettings(path="mati.yaml")
    own = services.find("own")
    assert own is not None
    assert own.target(survey(), PLACE, project, notes) is None
    assert [found.code for found in notes] == [Code.WRONG_SETTING]


@pytest.mark.parametrize(
    ("send", "key", "url", "slug"),
    [
        ("own", "", "", "no-collect-url"),
        ("own", "", "http://answers.example", "bad-collect-url"),
        ("own", "", "https://a b", "bad-collect-url"),
        ("formspree", "", "", "bad-service-key"),
        ("formspree", "../x", "", "bad-service-key"),
        ("formspree", "https://formspree.io/f/xayzwvut", "", "bad-service-key"),
        ("generic", "", "", "bad-service-key"),
        ("generic", "http://forms.example.org/", "", "bad-service-key"),
    ],
)
def test_a_bad_address_is_a_diagnostic_at_send(send, key, url, slug):
    notes, one = Notebook(), survey(send)
    one = replace(one, settings=replace(one.settings, send_key=key))
    service = services.find(send)
    assert service is not None
    assert service.target(one, PLACE, replace(PROJECT, collect_url=url), notes) is None
    found = list(notes)
    assert [d.code.slug for d in found] == [slug]
    assert found[0].span.path == ("mati.yaml" if slug == "bad-collect-url" else "content/visit.md")


def test_the_hosts_of_any_address_are_unknown_until_they_are_named():
    generic = services.find("generic")
    assert generic is not None
    for key, hosts in (
        ("https://a.example/x", None),
        ("https://a.example/x https://a.example", ("https://a.example",)),
        ("https://a.example/x  https://b.example/y", ("https://a.example", "https://b.example")),
        ("https://a.example/x b.example", "refused"),
    ):
        notes, one = Notebook(), survey("generic")
        one = replace(one, settings=replace(one.settings, send_key=key))
        found = generic.target(one, PLACE, PROJECT, notes)
        assert (found.hosts if found else "refused") == hosts
        said = {None: ["hosts-unknown"], "refused": ["bad-service-key"]}.get(hosts, [])
        assert [one.code.slug for one in notes] == said
        if found:
            assert found.action == "https://a.example/x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x", "https://a.example"),
        ("https://A.Example:8443/x?y=1", "https://a.example:8443"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000"),
        ("http://localhost/x", "http://localhost"),
        ("http://[::1]:80/x", "http://[::1]:80"),
        ("http://a.example/", None),
        ("http://localhost.example/", None),
        ("ftp://a.example/", None),
        ("//a.example/", None),
        ("https:a.example", None),
        ("https://", None),
        ("https://me@a.example/", None),
        ("https://me:pw@a.example/", None),
        ("https://a.example/#x", None),
        ("https://a.example/#", None),
        ("https://a.example:99999/", None),
        ("https://a.example:x/", None),
        ("https://a.example\\@b.example/", None),
        ("https://a.example; script-src *", None),
        ("https://a.example/'\"", None),
        ("https://កខ.example/", None),
        ("https://a.example/\r\nX: y", None),
        ("https://" + "a" * 3000, None),
    ],
)
def test_answers_go_only_to_a_plain_https_address(url, expected):
    assert origin(url) == expected


def test_a_name_that_would_not_come_back_is_an_error():
    lost = question(
        "q", "multiple", Block.SEVERAL, options=(option("a"), option("x--y", write_in=True))
    )
    notes, generic = Notebook(), services.find("generic")
    assert generic is not None
    assert generic.target(survey("generic", lost), PLACE, PROJECT, notes) is None
    errors = [d for d in notes if d.severity is Severity.ERROR]
    assert [(d.code.slug, dict(d.values)["text"]) for d in errors] == [
        ("name-lost-at-service", "q.x--y.text")
    ]


# --- 2. There and back -----------------------------------------------------------------------


def posted(answers: Answers, one: FormTarget) -> Pairs:
    """Return the pairs that a browser sends for ``answers``: unanswered lines come blank."""
    pairs: Pairs = [*one.hidden, ("mati_id", ""), ("mati_survey", "visit")]
    for asked in QUESTIONS:
        for column in kind_of(asked.kind).columns(asked):
            values = answers.get(column.name, ())
            if column.shape == "several":
                pairs += [one.option(column.name, value) for value in values]
            elif values or column.shape == "open":
                pairs += [(one.spell(column.name), value) for value in values or ("",)]
    return [*pairs, (one.honeypot, "")]


def as_read(row: RawRow) -> Answers:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in row.pairs:
        values[name] = (*values.get(name, ()), value)
    found: Answers = {}
    for asked in QUESTIONS:
        parsed = kind_of(asked.kind).parse(values, asked)
        assert parsed.rejected == ()
        found |= dict(parsed.kept)
    return found


def joined(pairs: Pairs) -> dict[str, str]:
    """Model a store that joins repeats with ", "."""
    found: dict[str, str] = {}
    for name, value in pairs:
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def listed(pairs: Pairs) -> dict[str, str | list[str]]:
    """Model a store that makes repeats a list."""
    found: dict[str, str | list[str]] = {}
    for name, value in pairs:
        old = found.get(name)
        if old is None:
            found[name] = value
        else:
            found[name] = [*old, value] if isinstance(old, list) else [old, value]
    return found


def last_wins(pairs: Pairs) -> dict[str, str]:
    """Model a store that keeps only the last of equal names."""
    return dict(pairs)


def table(record: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(record)
    writer.writerow(record.values())
    return "\ufeff" + out.getvalue()


def own_lines(pairs: Pairs) -> str:
    record = {"key": "k1", "at": AT, "survey": "visit", "pairs": pairs}
    return json.dumps(record, ensure_ascii=False) + "\n"


def netlify_json(keep: Callable[[Pairs], object]) -> Callable[[Pairs], str]:
    def export(pairs: Pairs) -> str:
        sent = [p for p in pairs if p[0] not in {"form-name", "mati_trap"}]
        data = keep(sent) | {"ip": "203.0.113.7", "user_agent": "x"}  # type: ignore[operator]
        return json.dumps([{"id": "5f", "created_at": "2026-11-22T02:47:00.000Z", "data": data}])

    return export


def netlify_csv(pairs: Pairs) -> str:
    return table(last_wins(pairs) | {"created_at": AT, "ip": "203.0.113.7"})


def formspree_json(keep: Callable[[Pairs], object]) -> Callable[[Pairs], str]:
    def export(pairs: Pairs) -> str:
        sent = [p for p in pairs if p[0] != "_gotcha"]
        entry = {"_date": "2026-11-22T02:47:00.707632", "_status": {}} | keep(sent)  # type: ignore[operator]
        return json.dumps({"fields": list(entry), "submissions": [entry]})

    return export


def formspree_csv(pairs: Pairs) -> str:
    rest = dict(sorted(joined(pairs).items()))
    return table({"id": "7", "date": "2026-11-22T02:47:00.123456"} | rest)


def generic_csv(pairs: Pairs) -> str:
    return table(last_wins(pairs) | {"mati_at": "2026-11-22T09:47:00+07:00", "mati_key": "7"})


STORES = [
    ("own", own_lines),
    ("netlify", netlify_json(last_wins)),
    ("netlify", netlify_json(listed)),
    ("netlify", netlify_csv),
    ("formspree", formspree_json(joined)),
    ("formspree", formspree_json(listed)),
    ("formspree", formspree_csv),
    ("generic", generic_csv),
]
IDS = [f"{name}-{number}" for number, (name, _) in enumerate(STORES)]

letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\u200b\u200d"),
    min_size=1,
    max_size=20,
).filter(lambda text: bool(text.strip()))
open_words = st.one_of(
    letters, st.sampled_from(["1", "web, other", '"', "=1+1", "ល្អ\u200bណាស់", "a;b|c"])
)


def one_of(*codes: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(codes).map(lambda code: (code,))


CODES = ("web", "face-book", "a__b", "other")
answered = st.fixed_dictionaries(
    {},
    optional={
        "staff.polite": one_of("1", "2"),
        "staff.web_": one_of("1", "2"),
        "channel": st.sets(st.sampled_from(CODES), min_size=1).map(
            lambda chosen: tuple(code for code in CODES if code in chosen)
        ),
        "channel.other.text": open_words.map(lambda w: (w,)),
        "why_": one_of("1", "x"),
        "why_.x.text": open_words.map(lambda w: (w,)),
        "best": open_words.map(lambda w: (w,)),
        "praise.name": open_words.map(lambda w: (w,)),
    },
)


@pytest.mark.parametrize(("name", "store"), STORES, ids=IDS)
@settings(max_examples=25, deadline=None)
@given(answers=answered)
def test_answers_come_back_as_they_were_given(name, store, answers):
    (row,) = read(name, store(posted(answers, target(name))))
    assert as_read(row) == answers
    assert row.at == AT
    assert ("mati_survey", "visit") in row.pairs
    assert not [value for key, value in row.pairs if key in {"ip", "user_agent", "form-name"}]


def test_a_store_that_keeps_only_the_last_of_equal_names_shows_as_lossy():
    answers: Answers = {"channel": ("web", "other")}
    pairs = posted(answers, replace(target("generic"), distinct=False))
    assert as_read(read("generic", generic_csv(pairs))[0]) == {"channel": ("other",)}


@pytest.mark.parametrize("name", services.names())
def test_equal_names_are_sent_only_to_services_that_keep_them(name):
    keeps_repeats = {"own", "formspree"}
    assert target(name).distinct == (name not in keeps_repeats)


@pytest.mark.parametrize(
    ("sent", "wire"),
    [
        (("staff__polite", "1"), ("staff.polite", "1")),
        (("staff.polite", "1"), ("staff.polite", "1")),
        (("channel--web", "1"), ("channel", "web")),
        (("staff__polite--5", "1"), ("staff.polite", "5")),
        (("channel--web", "yes"), ("channel--web", "yes")),
        (("channel__a__b__text", "x"), ("channel.a__b.text", "x")),
        (("a___b", "x"), ("a_.b", "x")),
        (("__proto__", "x"), ("__proto__", "x")),
        (("mati_lang", "km"), ("mati_lang", "km")),
    ],
)
def test_names_are_undone(sent, wire):
    assert restore([sent]) == (wire,)


# --- 3. Damaged exports ----------------------------------------------------------------------

DAMAGED = [
    ("own", "nonsense\n" + own_lines([("a", "b")]), 1, [("bad-row", 1)]),
    ("own", own_lines([("a", "b")]) + '{"key": "", "at": "", "pairs": []}\n', 1, [("bad-row", 2)]),
    ("own", '{"key": "k", "at": "x", "pairs": [["a"]]}', 0, [("bad-row", 1)]),
    ("own", '{"key": "k", "at": "x", "pairs": [["a", 1]]}', 0, [("bad-row", 1)]),
    ("own", '{"key": ' + "[" * 100_000, 0, [("bad-row", 1)]),
    ("own", "[" * 100_000, 0, [("export-unreadable", 1)]),
    ("own", '{"key": ' + "9" * 5000 + "}", 0, [("bad-row", 1)]),
    ("netlify", '{"code": 401, "message": "Access Denied"}', 0, [("export-unreadable", 1)]),
    ("netlify", "[1, ", 0, [("export-unreadable", 1)]),
    ("netlify", '[{"id": "1"}]', 0, [("bad-row", 1)]),
    ("netlify", '[{"id": "1", "data": {"a": "b"}, "created_at": "soon"}]', 1,
     [("row-time-unclear", 1)]),
    ("netlify", '[{"id": "1", "data": {"a": "b"}, "created_at": "2026-11-22T02:47:00"}]', 1,
     [("row-time-unclear", 1)]),
    ("formspree", '{"error": "no such form"}', 0, [("export-unreadable", 1)]),
    ("formspree", '{"submissions": ["x"]}', 0, [("bad-row", 1)]),
    ("formspree", "id,date,a\n1,2026-11-22T02:47:00,x,y\n", 0, [("bad-row", 2)]),
    ("generic", "", 0, [("export-unreadable", 1)]),
    ("generic", "a,a\n1,2\n", 0, [("export-unreadable", 1)]),
    ("generic", f'a,mati_at\nx,{AT}\n"y" z,{AT}\n', 1, [("bad-row", 3)]),
    ("generic", f'a,mati_at\nx,{AT}\n"never closed', 1, [("bad-row", 3)]),
    ("generic", "a,mati_at\nx,22/11/2026 9:47\n", 1, [("row-time-unclear", 2)]),
    ("generic", f"a,mati_at\n\n,\nx,{AT}\n", 1, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kept", "said"), DAMAGED)
def test_what_cannot_be_read_is_said_with_file_and_line(name, text, kept, said):
    notes = Notebook()
    assert len(read(name, text, notes)) == kept
    assert [(d.code.slug, d.span.line) for d in notes] == said
    assert {d.span.path for d in notes} <= {"private/inbox/export"}


@pytest.mark.parametrize("name", services.names())
@settings(max_examples=25, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.text('[]{}",:\n\\u0dabk', max_size=80)))
def test_no_text_makes_reading_fail(name, text):
    read(name, text, Notebook())


def test_reading_twice_gives_the_same_keys_and_equal_answers_differ():
    text = f"best,mati_at\ngood,{AT}\ngood,{AT}\nbad,{AT}\n"
    keys = [row.key for row in read("generic", text)]
    assert keys == [row.key for row in read("generic", text)]
    assert len(set(keys)) == 3
    longer = text + f"late,{AT}\n"
    assert [row.key for row in read("generic", longer)][:3] == keys


def test_a_key_of_the_service_is_kept_and_says_whose_it_is():
    assert read("netlify", netlify_json(last_wins)([("a", "b")]))[0].key == "netlify:5f"
    assert read("own", own_lines([("a", "b")]))[0].key == "k1"


def test_what_the_service_thinks_of_an_answer_comes_along():
    line = json.dumps({"key": "k", "at": AT, "survey": "visit", "pairs": [], "suspect": "honeypot"})
    (row,) = read("own", line)
    assert (row.suspect, row.where) == ("honeypot", "private/inbox/export:1")


def test_times_become_utc():
    (row,) = read("formspree", '[{"_date": "2026-11-22T09:47:00+07:00", "a": "b"}]')
    assert row.at == AT
    (row,) = read("formspree", '[{"_date": "2026-11-22T02:47:00.5", "a": "b"}]')
    assert row.at == AT
