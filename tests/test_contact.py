"""Ways to reach the shop: as people write them in, links out; and the pages that show them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mati.build import Options, build
from mati.diagnostics import Notebook, Source
from mati.model import ProjectSettings
from mati.project import open_project
from mati.render.sharing import ways_to_tell
from mati.settings import read_project

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
    found = read_project(Source("mati.yaml", text), notes)
    return found, [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        ('phone: "012 345 678"', "tel:012345678", "012 345 678"),
        ('phone: "+855 (12) 345-678"', "tel:+85512345678", "+855 (12) 345-678"),
        ("phone: ០១២ ៣៤៥ ៦៧៨", "tel:012345678", "012 345 678"),
        ("messenger: sokha.coffee", "https://m.me/sokha.coffee", "sokha.coffee"),
        ("messenger: '@sokha.coffee'", "https://m.me/sokha.coffee", "sokha.coffee"),
        ("messenger: m.me/sokha.coffee", "https://m.me/sokha.coffee", "sokha.coffee"),
        (
            "messenger: https://www.facebook.com/sokha.coffee/",
            "https://m.me/sokha.coffee",
            "sokha.coffee",
        ),
        ("telegram: '@sokha'", "https://t.me/sokha", "@sokha"),
        ("telegram: https://t.me/sokha", "https://t.me/sokha", "@sokha"),
        ("telegram: sokha", "https://t.me/sokha", "@sokha"),
        ("line: '@sokha'", "https://line.me/R/ti/p/@sokha", "@sokha"),
        ("line: https://line.me/R/ti/p/@sokha", "https://line.me/R/ti/p/@sokha", "@sokha"),
        ('whatsapp: "+855 12 345 678"', "https://wa.me/85512345678", "+855 12 345 678"),
        ("whatsapp: https://wa.me/85512345678", "https://wa.me/85512345678", "+85512345678"),
        ("email: hello@sokha.example", "mailto:hello@sokha.example", "hello@sokha.example"),
    ],
)
def test_a_way_to_reach_the_shop_is_read_as_people_write_it(written, address, shown):
    found, said = project(f"contact:\n  {written}\n")
    assert said == []
    assert [(c.address, c.shown) for c in found.contact] == [(address, shown)]


@pytest.mark.parametrize(
    "written",
    [
        "phone: call us", "phone: 12", "phone: 0123456789012345678", "phone: [{}]",
        "phone: 'javascript:alert(1)'", "messenger: https://evil.example/sokha",
        "messenger: \"so'kha\"", "telegram: '@s'", "telegram: 'https://t.me/a/b'",
        "telegram: '\"><script>'", "line: 'javascript:x'", "line: 'a b'",
        "whatsapp: 012 345 678", "whatsapp: https://wa.me/", "email: sokha",
        "email: 'a@b.example?subject=x\"'", "email: ''",
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
    ways = dict(ways_to_tell("https://s.example/km/visit/?via=ref", 'Tea & "cake"?'))
    assert set(ways) == {"Telegram", "WhatsApp", "LINE", "Facebook"}
    assert all(way.startswith("https://") for way in ways.values())
    assert all("https%3A%2F%2Fs.example%2Fkm%2Fvisit%2F%3Fvia%3Dref" in w for w in ways.values())
    assert "Tea%20%26%20%22cake%22%3F" in ways["WhatsApp"]


def built(root: Path, moment: datetime) -> tuple[dict[str, str], list[str]]:
    (root / "content").mkdir()
    (root / "content" / "visit.md").write_text(SURVEY, "utf-8")
    (root / "mati.yaml").write_text(YAML, "utf-8")
    (root / "locales" / "km").mkdir(parents=True)
    (root / "locales" / "km" / "visit.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(now=moment), notes)
    found = {o.path: o.content.decode() for o in outputs if o.path.endswith(".html")}
    assert not notes.has_errors()
    return found, [d.code.slug for d in notes if d.code.slug.startswith("survey-")]


def test_while_it_is_open_the_form_knows_its_hours(tmp_path):
    pages, said = built(tmp_path, datetime(2026, 6, 15, tzinfo=UTC))
    assert said == []
    form = pages["km/visit/index.html"]
    assert "data-open='1780246800000'" in form  # 2026-06-01 00:00 in Phnom Penh
    assert 'location.replace("closed/"' in form
    closed = pages["km/visit/closed/index.html"]
    assert closed.index('id="early"') < closed.index('id="closed"')
    assert '<a href="tel:012345678"' in closed
    assert 'content="noindex"' in closed
    assert "១ មិថុនា ២០២៦" in closed or "1 មិថុនា 2026" in closed


@pytest.mark.parametrize(
    ("moment", "slug", "words"),
    [
        (datetime(2026, 5, 31, 16, 59, tzinfo=UTC), "survey-not-open", "not open yet"),
        (datetime(2026, 7, 1, 17, 0, tzinfo=UTC), "survey-closed", "This survey is closed."),
    ],
)
def test_outside_its_hours_the_pages_say_so(tmp_path, moment, slug, words):
    pages, said = built(tmp_path, moment)
    assert said == [slug]
    page = pages["en/visit/index.html"]
    assert "<form" not in page
    assert "<script" not in page
    shown = page.rpartition('class="s end"')[2]
    assert words in shown
    assert '<a href="https://t.me/sokha"' in page


def test_thanks_and_the_way_back_show_how_to_reach_the_shop(tmp_path):
    pages, _ = built(tmp_path, datetime(2026, 6, 15, tzinfo=UTC))
    thanks, again = pages["en/visit/thanks/index.html"], pages["en/visit/again/index.html"]
    for page in (thanks, again):
        assert '<a href="tel:012345678"' in page
        assert 'content="noindex"' in page
    assert 'href="https://sokha.example/en/visit/?via=ref"' in thanks
    assert "https://wa.me/?text=" in thanks
    assert "Press Back" in again
    assert "tel:" not in pages["en/visit/index.html"]
