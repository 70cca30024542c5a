"""Ways to reach the shop: as people write them in, links out; and the pages that show them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.build import Options, build
from mati.build.hours import holds_until
from mati.diagnostics import Diagnostic, Notebook, Source, Span
from mati.model import Output, ProjectSettings, Reward, Settings, Survey, Text, ways
from mati.project import open_project
from mati.settings import read_project
from mati.settings.contact import read_contact
from mati.settings.nodes import Mapped, Scalar
from mati.settings.parts import PARTS
from mati.settings.values import Desk

SURVEY = """---
lang: en
open: 2026-06-01
close: 2026-07-01
share: {friend: yes}
---

# How was it?

### Well? {#well}

- (y) Yes
- (n) No
"""
YAML = """name: Sokha
url: https://sokha.example
timezone: Asia/Phnom_Penh
languages: [en, km]
contact:
  phone: "012 345 678"
  telegram: "@sokha"
collect: {url: https://answers.sokha.example}
"""


def project(text: str) -> tuple[ProjectSettings, list[str]]:
    notes = Notebook()
    found = read_project(Source("mati.yaml", text), notes, zone=lambda _: UTC)
    return found, [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]


PAGE, LINE = "https://m.me/", "https://line.me/R/ti/p/"


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        # a zero begins a number of the country that the timezone names
        ("phone: 012 345 678", "tel:+85512345678", "012 345 678"),
        ('phone: "+855 (12) 345-678"', "tel:+85512345678", "+855 (12) 345-678"),
        ("phone: ០១២ ៣៤៥ ៦៧៨", "tel:+85512345678", "012 345 678"),
        ("phone: tel:+85512345678", "tel:+85512345678", "+85512345678"),
        ("phone: 1286", "tel:1286", "1286"),
        ("phone: +66 2 123 4567", "tel:+6621234567", "+66 2 123 4567"),
        ("messenger: sokha.coffee", PAGE + "sokha.coffee", "m.me/sokha.coffee"),
        ("messenger: @sokha.coffee", PAGE + "sokha.coffee", "m.me/sokha.coffee"),
        ("messenger: m.me/sokha.coffee", PAGE + "sokha.coffee", "m.me/sokha.coffee"),
        (
            "messenger: https://www.facebook.com/sokha.coffee/?ref=x",
            PAGE + "sokha.coffee",
            "m.me/sokha.coffee",
        ),
        ("messenger: https://web.facebook.com/sokha", PAGE + "sokha", "m.me/sokha"),
        (
            "messenger: https://www.facebook.com/profile.php?id=100012345678901",
            PAGE + "100012345678901",
            "m.me/100012345678901",
        ),
        (
            "messenger: facebook.com/p/Sokha-Coffee-100012345678901/",
            PAGE + "100012345678901",
            "m.me/100012345678901",
        ),
        ("telegram: @sokha", "https://t.me/sokha", "@sokha"),
        ("telegram: https://t.me/sokha?start=x", "https://t.me/sokha", "@sokha"),
        ("telegram: sokha", "https://t.me/sokha", "@sokha"),
        ("telegram: t.me/+85512345678", "https://t.me/+85512345678", "+85512345678"),
        ("telegram: 012 345 678", "https://t.me/+85512345678", "012 345 678"),
        ("line: @Sokha", LINE + "%40sokha", "@sokha"),
        ("line: sokha99", LINE + "~sokha99", "sokha99"),
        ("line: https://line.me/R/ti/p/@sokha", LINE + "%40sokha", "@sokha"),
        ("line: https://line.me/R/ti/p/%40sokha", LINE + "%40sokha", "@sokha"),
        ("line: https://line.me/ti/p/aB3-x_9", "https://line.me/ti/p/aB3-x_9", None),
        ("line: https://lin.ee/AbCd12", "https://lin.ee/AbCd12", "lin.ee/AbCd12"),
        ('whatsapp: "+855 12 345 678"', "https://wa.me/85512345678", "+855 12 345 678"),
        ('whatsapp: "+855 012 345 678"', "https://wa.me/85512345678", "+855 012 345 678"),
        ("whatsapp: 012 345 678", "https://wa.me/85512345678", "012 345 678"),
        ("whatsapp: https://wa.me/85512345678", "https://wa.me/85512345678", "+85512345678"),
        (
            "whatsapp: https://api.whatsapp.com/send?phone=85512345678&text=x",
            "https://wa.me/85512345678",
            "+85512345678",
        ),
        ("email: hello@sokha.example", "mailto:hello@sokha.example", "hello@sokha.example"),
        ("email: mailto:a@b.example", "mailto:a@b.example", "a@b.example"),
    ],
)
def test_a_way_to_reach_the_shop_is_read_as_people_write_it(written, address, shown):
    found, said = project(f"timezone: Asia/Phnom_Penh\ncontact:\n  {written}\n")
    assert said == []
    assert [(c.address, c.shown) for c in found.contact] == [
        (address, shown or address.removeprefix("https://"))
    ]


@pytest.mark.parametrize(
    ("written", "address"),
    [("012 345 678", "tel:012345678"), ("+855 12 345 678", "tel:+85512345678")],
)
def test_without_a_country_a_number_is_dialled_as_it_stands(written, address):
    found, said = project(f"contact: {{phone: {written}}}\n")
    assert said == []
    assert found.contact[0].address == address
    assert project("contact: {whatsapp: 012 345 678}\n")[1] == ["1:21 wrong-setting"]


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("012 345 678 / 098 765 432", "phone: [012 345 678, 098 765 432]"),
        ("12 345 678", "phone: 012 345 678"),
        ("call us", "phone: 012 345 678"),
    ],
)
def test_what_to_write_is_made_of_what_was_written(written, offered):
    notes = Notebook()
    text = f"timezone: Asia/Phnom_Penh\ncontact:\n  phone: {written}\n"
    read_project(Source("mati.yaml", text), notes, zone=lambda _: UTC)
    (note,) = notes
    assert offered in dict(note.values).values()


@given(st.sampled_from(sorted(PARTS["contact"])), st.text(max_size=60))
def test_any_text_is_a_safe_address_or_none(channel, text):
    desk = Desk(Notebook(), "")
    key, value = Scalar(channel, Span("mati.yaml")), Scalar(text, Span("mati.yaml"))
    group = Mapped(((key, value),), Span("mati.yaml"))
    for found in read_contact(desk, group, "Asia/Vientiane"):
        assert re.fullmatch(
            r"tel:\+?[0-9]{3,15}|mailto:[^\s\"'<>?&]+@[A-Za-z0-9.-]+"
            r"|https://(m\.me|t\.me|line\.me|lin\.ee|wa\.me)/[A-Za-z0-9%~+._/-]+",
            found.address,
        )


@pytest.mark.parametrize(
    "written",
    [
        "phone: call us", "phone: 12", "phone: 0123456789012345678", "phone: [{}]",
        "phone: 'javascript:alert(1)'", "messenger: https://evil.example/sokha",
        "messenger: \"so'kha\"", "messenger: https://www.facebook.com/share/1AbCdEf/",
        "messenger: https://facebook.com/groups/sokha", "messenger: facebook.com",
        "telegram: '@s'", "telegram: https://t.me/joinchat",
        "telegram: '\"><script>'", "line: 'javascript:x'", "line: 'a b'",
        "whatsapp: 012 345 678", "whatsapp: https://wa.me/", "email: sokha",
        "email: 'a@b.example\"'", "email: ''",
    ],
)  # fmt: skip
def test_what_is_no_way_is_said_where_it_stands(written):
    found, said = project(f"contact:\n  {written}\n")
    assert found.contact == ()
    assert len(said) == 1
    assert said[0].endswith(" wrong-setting")
    assert said[0].startswith("2:")


def test_several_and_unknown_ones():
    found, said = project(
        "contact:\n  phone: [012 345 678, x]\n  viber: 012345678\n  email: a@b.example\n"
    )
    assert [c.channel for c in found.contact] == ["phone", "email"]
    assert said == ["2:24 wrong-setting", "3:3 unknown-setting"]
    assert project("contact: 012345678\n")[1] == ["1:10 wrong-setting"]


def test_a_friend_is_told_without_a_script():
    told = ways("https://s.example/km/visit/", 'Tea & "cake"?', ("whatsapp", "line"), via="ref")
    assert [way.address for way in told] == ["https://s.example/km/visit/?via=ref"] * 2
    assert all(way.opens.startswith("https://") for way in told)
    assert all("https%3A%2F%2Fs.example%2Fkm%2Fvisit%2F%3Fvia%3Dref" in w.opens for w in told)
    assert all("Tea%20%26%20%22cake%22%3F" in way.opens for way in told)


EARLY = datetime(2026, 5, 31, 16, 59, tzinfo=UTC)
OPEN = datetime(2026, 6, 15, tzinfo=UTC)
OVER = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)


def made(root: Path, moment: datetime, **settings: str) -> tuple[list[Output], list[Diagnostic]]:
    if not (root / "content").exists():
        (root / "content").mkdir()
        (root / "content" / "visit.md").write_text(SURVEY, "utf-8")
        (root / "mati.yaml").write_text(YAML, "utf-8")
        (root / "locales" / "km").mkdir(parents=True)
        (root / "locales" / "km" / "visit.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    notes = Notebook()
    project = open_project(root, notes)
    project = replace(project, settings=replace(project.settings, **settings))
    outputs = build(project, Options(now=moment), notes)
    assert not notes.has_errors()
    return list(outputs), [d for d in notes if d.code.slug.startswith("survey-")]


def built(root: Path, moment: datetime, **settings: str) -> tuple[dict[str, str], list[str]]:
    outputs, said = made(root, moment, **settings)
    found = {o.path: o.content.decode() for o in outputs if o.path.endswith((".html", ".json"))}
    return found, [d.code.slug for d in said]


def test_while_it_is_open_the_form_knows_when_it_closes(tmp_path):
    pages, said = built(tmp_path, OPEN)
    assert said == []
    form = pages["km/visit/index.html"]
    assert "data-close='1782925200000'" in form  # 2026-07-02 00:00 in Phnom Penh
    assert 'location.replace("closed/"' in form
    assert "data-open" not in form, "a phone whose clock is slow would be sent away"
    closed = pages["km/visit/closed/index.html"]
    assert closed.index('id="early"') < closed.index('id="closed"')
    assert '<a href="tel:+85512345678"' in closed
    assert 'content="noindex"' in closed
    assert "១ មិថុនា ២០២៦" in closed or "1 មិថុនា 2026" in closed


def test_before_it_opens_the_form_is_there_already_and_opens_by_itself(tmp_path):
    pages, said = built(tmp_path, EARLY)
    assert said == ["survey-not-open"]
    form = pages["en/visit/index.html"]
    assert "data-open='1780246800000'" in form  # 2026-06-01 00:00 in Phnom Penh
    assert "<noscript><p><b>It opens on June 1, 2026.</b></p></noscript>" in form
    assert "not open yet" in pages["en/visit/closed/index.html"]
    assert "It opens on June 1, 2026." in pages["en/index.html"]
    assert 'href="visit/"' in pages["en/index.html"]


def test_after_it_has_closed_its_page_says_so_and_the_list_offers_it_no_more(tmp_path):
    pages, said = built(tmp_path, OVER)
    assert said == ["survey-closed"]
    page = pages["en/visit/index.html"]
    assert "<form" not in page
    assert "<script" not in page
    assert "This survey is closed." in page.rpartition('class="s end"')[2]
    assert '<a href="https://t.me/sokha" rel="noreferrer"' in page
    assert "new tab" not in page
    assert "visit/" not in pages["en/index.html"].partition("<main")[2]
    assert "There is nothing to answer" in pages["en/index.html"]


def test_the_last_day_is_named_not_the_one_after(tmp_path):
    (note,) = made(tmp_path, OVER)[1]
    assert dict(note.values)["day"] == "2026-07-01"


@pytest.mark.parametrize("moment", [EARLY, OVER])
def test_the_preview_shows_and_takes_the_form_at_any_time(tmp_path, moment):
    outputs, said = made(tmp_path, moment, collect_url="/")
    assert len(said) == 1
    pages = {o.path: o.content.decode() for o in outputs if o.path.endswith((".html", ".json"))}
    form = pages["en/visit/index.html"]
    assert "<form" in form
    assert "closed/" not in form
    assert "noscript" not in form
    survey = json.loads(pages["collect.json"])["surveys"]["visit"]
    assert not survey["opens"]
    assert not survey["closes"]


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (EARLY, datetime(2026, 5, 31, 17, tzinfo=UTC)),
        (OPEN, datetime(2026, 7, 1, 17, tzinfo=UTC)),
        (OVER, None),
    ],
)
def test_every_page_knows_until_when_it_holds(tmp_path, moment, until):
    outputs, _ = made(tmp_path, moment)
    assert {o.until for o in outputs if o.path.endswith(".html")} == {until}


@pytest.mark.parametrize(
    ("over", "until"),
    [
        ("2026-06-20", datetime(2026, 6, 21, 4, tzinfo=UTC) - timedelta(microseconds=1)),
        ("9999-12-31", None),
    ],
)
def test_a_reward_that_ends_makes_another_build(over, until):
    reward = Reward(code="X", until=date.fromisoformat(over))
    settings = replace(Settings(), reward=reward)
    title = Text(context="visit.title", source="Visit", span=Span("content/visit.md"))
    survey = Survey(name="visit", language="en", languages=("en",), title=title, settings=settings)
    zone = timezone(timedelta(hours=-4))
    assert holds_until([survey], OPEN, zone) == until


def test_thanks_and_the_way_back_show_how_to_reach_the_shop(tmp_path):
    pages, _ = built(tmp_path, OPEN)
    thanks, again = pages["en/visit/thanks/index.html"], pages["en/visit/again/index.html"]
    for page in (thanks, again):
        assert '<a href="tel:+85512345678"' in page
        assert 'content="noindex"' in page
    assert 'href="https://sokha.example/en/visit/?via=ref"' in thanks
    assert "https://wa.me/?text=" in thanks
    assert "Press Back" in again
    assert "tel:" not in pages["en/visit/index.html"]
