"""Settings as text in, checked values out; each mistake at its place, none silent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.diagnostics import Notebook, Severity, Source, sentence
from mati.model import (
    FollowUp,
    Kiosk,
    ProjectSettings,
    ReportSettings,
    Retention,
    Settings,
    Target,
)
from mati.settings import KEYS, PROJECT_KEYS, close_to, read_front_matter, read_project
from mati.settings.address import address, meant

IDLE_SLUG = "setting-without-effect"
WITHOUT = f"3:1 {IDLE_SLUG}"
PHNOM_PENH = timezone(timedelta(hours=7))


def project(text: str, *, quiet: bool = True) -> tuple[ProjectSettings, list[str]]:
    notes = Notebook()
    zones = {"Asia/Phnom_Penh": PHNOM_PENH}
    found = read_project(Source("mati.yaml", text), notes, zone=zones.get)
    slugs = [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]
    assert not (quiet and slugs), slugs
    return found, slugs


def front(
    text: str, under: ProjectSettings | None = None, *, quiet: bool = True
) -> tuple[Settings, list[str]]:
    notes = Notebook()
    source = Source("content/visit.md", f"---\n{text}\n---\n")
    notes.open(source)
    under = under or ProjectSettings(timezone="Asia/Phnom_Penh", zone=PHNOM_PENH)
    found = read_front_matter(text, source, 2, survey_name="visit", project=under, notes=notes)
    slugs = [f"{d.span.line}:{d.span.column} {d.code.slug}" for d in notes]
    assert not (quiet and slugs), slugs
    return found.settings, slugs


def test_an_empty_project_has_the_defaults():
    found, _ = project("")
    assert (found.languages, found.name, found.url) == ((), None, "")


def test_a_project_in_full():
    found, slugs = project(
        'name: "ហាង"\nurl: https://sokha.example/\ntimezone: Asia/Phnom_Penh\n'
        'languages: [km, en]\ntheme: {accent: "#0B6E5F"}\n'
        "collect:\n  url: https://answers.sokha.example\nsend: generic:x\n"
    )
    assert slugs == []
    assert found.name is not None
    assert (found.name.source, found.name.context) == ("ហាង", "site.name")
    assert (found.url, found.defaults.accent) == ("https://sokha.example", "#0b6e5f")
    assert found.collect_url == "https://answers.sokha.example"
    assert (found.languages, found.zone) == (("km", "en"), PHNOM_PENH)
    assert (found.defaults.send, found.defaults.send_key) == ("generic", "x")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("nmae: x", "1:1 unknown-setting"),
        ("url: sokha", "1:6 wrong-setting"),
        ("timezone: Asia/Nowhere", "1:11 wrong-setting"),
        ("theme: {accent: green}", "1:17 wrong-setting"),
        ("theme: {accent: '#123456', radius: 3}", "1:36 wrong-setting"),
        ("theme: {acent: '#123456'}", "1:9 unknown-setting"),
        ("url: https://sokha.example/?page=1", "1:6 wrong-setting"),
        ("url: https://sokha.example/#top", "1:6 wrong-setting"),
        ("lang: kh", "1:7 wrong-setting"),
        ("languages: [km, vn]", "1:17 wrong-setting"),
        ("collect: {ulr: x}", "1:11 unknown-setting"),
        ("collect: own", "1:10 wrong-setting"),
        ("name: a\nname: b", "2:1 setting-twice"),
        ("just words", "1:1 not-a-setting"),
        ("[a, b]", "1:1 not-a-setting"),
        ("host:", "1:6 wrong-setting"),
        ("host: [netlify]", "1:7 wrong-setting"),
        ("services: x", "1:11 setting-without-effect"),
        ("name: 'open", "1:7 settings-unreadable"),
        ("a: \u0001", "1:4 settings-unreadable"),
        ("max: 0", "1:6 wrong-setting"),
    ],
)
def test_mistakes_in_a_project(text, slug):
    assert [s.partition(" ")[2] for s in project(text, quiet=False)[1]] == [slug.partition(" ")[2]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name: "open\nurl: https://s.example\nhost: netlify\n', "1:7 settings-unreadable"),
        ("languages: [km, lo\n\n# x\nurl: https://s.example\n", "1:12 settings-unreadable"),
        ("name: x\nurl៖ https://s.example\n\n# y\nhost: netlify\n", "2:4 wide-sign"),
        ("name៖ ហាង", "1:5 wide-sign"),
        (
            "name: x\n\n# once you have one\n url: https://s.example\nsend: own\n",
            "4:2 setting-indented",
        ),
    ],
)
def test_what_makes_settings_unreadable_is_told_where_it_was_written(text, place):
    assert project(text, quiet=False)[1] == [place]


def test_a_survey_takes_its_languages_from_the_project_unless_it_names_some():
    under, _ = project("languages: [en, km, lo]")
    assert front("lang: km", under)[0].languages == ("en", "km", "lo")
    assert front("lang: km\nlanguages: en", under)[0].languages == ("en",)


def test_the_project_s_values_lie_under_those_of_the_survey():
    under, _ = project("lang: en\nsend: netlify\nreport: {public: true, hide_below: 7}\nmax: 9\n")
    found, _ = front("report: {hide_below: 3}\nsend: own", under)
    assert (found.report.public, found.report.hide_below) == (True, 3)
    assert (found.lang, found.send, found.most_answers) == ("en", "own", 9)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("open: 2026-12-01", datetime(2026, 11, 30, 17, tzinfo=UTC), None),
        ("close: 2026-12-31", None, datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("close: 2026-12-31 18:30", None, datetime(2026, 12, 31, 11, 30, tzinfo=UTC)),
        ("close: 2026-12-31T18:30", None, datetime(2026, 12, 31, 11, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_the_project_s_and_become_utc(text, opens, closes):
    found, _ = front(f"lang: en\n{text}")
    assert (found.opens, found.closes) == (opens, closes)


def test_a_moment_needs_a_timezone():
    _, slugs = front("lang: en\nopen: 2026-12-01", ProjectSettings(), quiet=False)
    assert slugs == ["3:7 no-timezone"]


@pytest.mark.parametrize("text", ["open: 9999-12-31\nclose: 9999-12-31", "open: 0001-01-01"])
def test_moments_at_the_end_of_time_do_not_raise(text):
    front(f"lang: en\n{text}", quiet=False)


@pytest.mark.parametrize("text", ["hidden: branch", "hidden: [branch]", "hidden:\n  branch:"])
def test_a_bare_hidden_field_is_free_text(text):
    found, _ = front(f"lang: en\n{text}")
    assert [(h.name, h.values) for h in found.hidden] == [("branch", ())]


def test_a_hidden_field_with_values():
    found, _ = front("lang: en\nhidden: {branch: {pp: Phnom Penh, vt: ວຽງຈັນ}}")
    labels = [(code, label.context, label.source) for code, label in found.hidden[0].values]
    assert labels == [
        ("pp", "site.hidden.branch.pp", "Phnom Penh"),
        ("vt", "site.hidden.branch.vt", "ວຽງຈັນ"),
    ]


def test_follow_up():
    found, slugs = front(
        "lang: en\nfollowup:\n  if: a <= 2\n  within: 3 days\n  again: 2 weeks", quiet=False
    )
    assert slugs == []
    follow_up = found.follow_up
    assert follow_up is not None
    assert (follow_up.condition, follow_up.within_days, follow_up.again_days) == ("a <= 2", 3, 14)


def test_a_group_lies_over_that_of_the_project_key_by_key():
    under, _ = project(
        "timezone: Asia/Phnom_Penh\nfollowup: {within: 3 days, notify: shop@sokha.example}\n"
        "retention: {answers: 2 years, contacts: 90 days}\n"
        "report: {trend: week}\ntheme: {accent: '#102030'}",
        quiet=False,
    )
    found, _ = front(
        "lang: en\nfollowup: {if: a <= 2}\nretention: {contacts: 30 days}\n"
        "report: {waves: [2027-02-01, 2026-12-01], invited: 200}",
        under,
        quiet=False,
    )
    assert found.follow_up == FollowUp(
        condition="a <= 2", within_days=3, notify=(Target("email", "shop@sokha.example"),)
    )
    assert found.retention == Retention(answers_days=730, contacts_days=30)
    assert found.report == ReportSettings(
        trend="week", waves=(date(2026, 12, 1), date(2027, 2, 1)), invited=200
    )
    assert found.accent == "#102030"


def test_what_later_code_will_ask_for_is_read():
    found, _ = front(
        "lang: en\nsave: device\nkiosk: {restart: 2 minutes}\ndesk: public\n"
        "share: {image: cup.jpg}\ntheme: {accent: '#AABBCC'}",
        quiet=False,
    )
    assert (found.save, found.kiosk, found.desk_public) == ("device", Kiosk(restart_seconds=120), 1)
    assert (found.share_image.path, found.accent) == ("cup.jpg", "#aabbcc")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("followup: {within: 2 days}", ["3:1 follow-up-without-condition"]),
        ("followup: {if: [a]}", ["3:16 wrong-setting"]),
        ("followup: {if: a = 1, again: 0 days}", ["3:30 wrong-setting"]),
        ("followup: {if: a = 1, within: soon}", ["3:31 wrong-setting"]),
        ("followup: {iff: a = 1, within: 2 days}", ["3:12 unknown-setting"]),
        ("retention: {contacts: for ever}", ["3:23 wrong-setting"]),
        ("retention: {contacts: 0 days}", ["3:23 wrong-setting"]),
        ("retention: {contact: 9 days}", ["3:13 unknown-setting"]),
        ("kiosk: {restart: 2 seconds}", ["3:18 wrong-setting"]),
        ("kiosk: {restart: 2 days}", ["3:18 wrong-setting"]),
        ("kiosk: 30 seconds", ["3:8 wrong-setting"]),
        ("save: never", ["3:7 wrong-setting"]),
        ("save: no", []),
        ("desk: private", []),
        ("desk: open", ["3:7 wrong-setting"]),
        ("report: {waves: [2026-12-01, soon]}", ["3:30 wrong-setting"]),
        ("report: {trend: daily}", ["3:17 wrong-setting"]),
        ("report: {invited: all}", ["3:19 wrong-setting"]),
        ("report: {hide_below: 0}", ["3:22 wrong-setting"]),
        ("share: {image: ''}", ["3:17 wrong-setting"]),
        ("theme: {acent: '#123456'}", ["3:9 unknown-setting"]),
        ("theme: {accent: '#12345'}", ["3:18 wrong-setting"]),
        ("theme: {digits: khmer}", ["3:17 wrong-setting"]),
        ("theme: {radius: round}", ["3:17 wrong-setting"]),
        ("theme: {font: Arial}", ["3:15 wrong-setting"]),
        ("theme: {logo: ''}", ["3:16 wrong-setting"]),
        ("theme: {accent: '#ffcc00'}", ["3:18 accent-pale"]),
        ("max: some", ["3:6 wrong-setting"]),
        ("outdated: hide", ["3:11 wrong-setting"]),
    ],
)
def test_a_wrong_value_is_said_where_it_stands(text, slugs):
    assert front(f"lang: en\n{text}", quiet=False)[1] == slugs


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("max: ៥០", "max: 50"),
        ("max: some", "max: 1000"),
        ("close: 31.12.2026", "close: 2026-12-31"),
        ("close: 12/31/2026 18:00", "close: 2026-12-31 18:00"),
        ("open: 2026/1/5", "open: 2026-01-05"),
        ("close: 31.02.2026", "close: 2026-12-31 18:00"),
        ("close: 9999-12-31", "close: 2026-12-31 18:00"),
        ("followup: {if: a = 1, within: 3}", "within: 3 days"),
        ("followup: {if: a = 1, within: ໑ day}", "within: 1 day"),
        ("followup: {if: a = 1, within: soon}", "within: 2 days"),
        ("lang: lao", "lang: lo"),
        ("languages: [khmer]", "languages: [km]"),
        ("languages: [“lo”, en]", "languages: [lo, en]"),
        ("languages: km, lo", "languages: [km, lo]"),
        ("languages: [qq]", "languages: [km, lo, en]"),
        ("max: 2,500", "max: 2500"),
        ("max: 50 answers", "max: 50"),
        ("close: 5/6/2026", "close: 2026-12-31 18:00"),
        ("close: 6/6/2026", "close: 2026-06-06"),
        ("close: 5.6.2026", "close: 2026-06-05"),
        ("followup: {if: a = 1, within: 1}", "within: 1 day"),
        ("followup: {if: a = 1, within: 72 hours}", "within: 3 days"),
        ("followup: {if: a = 1, within: 5 hours}", "within: 2 days"),
    ],
)
def test_what_to_write_is_made_of_what_was_written(text, example):
    notes = Notebook()
    source = Source("content/visit.md", text)
    under = ProjectSettings(zone=UTC)
    read_front_matter(text, source, 1, survey_name="visit", project=under, notes=notes)
    told = [dict(found.values)["example"] for found in notes if "example" in dict(found.values)]
    assert told == [example]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        (
            "followup:\n  if: a = 1\nwithin: 1 day",
            "3:1 setting-not-indented",
            "write it right below 'followup:', with two blanks before it",
        ),
        (
            "report:\nhide_below: 5",
            "2:1 setting-not-indented",
            "write it right below 'report:', with two blanks before it",
        ),
        (
            "max: 5\nhide_below: 5",
            "2:1 unknown-setting",
            "did you mean 'report: {hide_below: …}'?",
        ),
        (
            "within: 2 days\nmax: 5",
            "1:1 unknown-setting",
            "did you mean 'followup: {within: …}'?",
        ),
        (
            "  lang: en\nmax: 5",
            "1:3 setting-indented",
            "remove the blanks at the beginning of this line, or all of it",
        ),
    ],
)
def test_a_setting_with_too_few_or_many_blanks_is_said_where_it_stands(text, place, hint):
    notes = Notebook()
    source = Source("content/visit.md", text)
    under = ProjectSettings(zone=UTC)
    read_front_matter(text, source, 1, survey_name="visit", project=under, notes=notes)
    urgent = [d for d in notes if d.severity is not Severity.NOTE and d.code.slug != "no-language"]
    told = [(f"{d.span.line}:{d.span.column} {d.code.slug}", sentence(d)[1]) for d in urgent]
    assert told == [(place, hint)]


VALUES = {
    "lang": "en", "languages": "[km]", "send": "own", "open": "2026-01-01", "close": "2027-01-01",
    "max": "5", "hidden": "branch", "prefill": "[a]", "save": "device", "pages": "steps",
    "outdated": "source", "reward": "{code: X, unique: true}", "followup": "{if: a = 1}",
    "kiosk": "{restart: 30 seconds}", "share": "{title: a}", "aliases": "{a: b}",
    "retention": "{answers: 730 days}", "desk": "public", "theme": "{accent: '#123456'}",
    "report": "{public: yes}",
}  # fmt: skip
IDLE = {"reward", "desk"}


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_has_an_effect_or_says_that_it_has_none(key):
    lead = "" if key == "lang" else "lang: en\n"
    settings, slugs = front(f"{lead}{key}: {VALUES[key]}", quiet=False)
    assert [s.partition(" ")[2] for s in slugs] == ["setting-without-effect"] * (key in IDLE)
    if key not in IDLE and key != "lang":
        assert settings != front("lang: en")[0]


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_refuses_what_is_none_of_its_values(key):
    lead = "" if key == "lang" else "lang: en\n"
    for value in ("{a: [b]}", "[[x]]"):
        _, slugs = front(f"{lead}{key}: {value}", quiet=False)
        assert [s for s in slugs if "without-effect" not in s]


@pytest.mark.parametrize("key", PROJECT_KEYS)
def test_settings_of_the_project_have_no_place_in_a_survey(key):
    assert front(f"lang: en\n{key}: x", quiet=False)[1] == ["3:1 project-setting"]


def test_positions_count_code_points_and_line_feeds_only():
    _, slugs = front("lang: en\nhidden: {branch: {pp: ភ្នំពេញ, 'a\u2028b': x}}", quiet=False)
    assert slugs[0].startswith("3:")


def test_the_nearest_name():
    assert close_to("langauges", KEYS) == "languages"
    assert close_to("ភាសា", KEYS) == ""


SCALES = "scales:\n  quality:\n    5: Excellent\n    1: Poor\n    na: Cannot say {na}\n"


def test_a_scale_is_declared_once():
    (scale,) = project(SCALES)[0].scales
    assert scale.name == "quality"
    assert [(o.code, o.na, o.label.source, o.label.context) for o in scale.options] == [
        ("5", False, "Excellent", "scale.quality.5"),
        ("1", False, "Poor", "scale.quality.1"),
        ("na", True, "Cannot say", "scale.quality.na"),
    ]
    assert (scale.options[0].span.line, scale.options[0].span.column) == (3, 5)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("scales: quality\n", "1:9 wrong-setting"),
        ("scales:\n  Quality: {5: Good, 1: Bad}\n", "2:3 wrong-setting"),
        ("scales:\n  quality: {5: Good}\n", "2:3 scale-too-short"),
        ("scales:\n  quality: {5: Good, na: None {na}}\n", "2:31 settings-unreadable"),
        ("scales:\n  quality: {A: Good, 1: Bad}\n", "2:13 bad-code"),
        ("scales:\n  quality: {៥: Good, 1: Bad}\n", "2:13 bad-code"),
        ("scales:\n  quality: {5: , 1: Bad}\n", "2:16 wrong-setting"),
        ("scales:\n  quality:\n    5: Good\n    5: Fine\n    1: Bad\n", "4:5 setting-twice"),
    ],
)
def test_a_scale_that_cannot_be_used_is_said_where_it_stands(text, slug):
    slugs = project(text, quiet=False)[1]
    assert [found.split()[1] for found in slugs] == [slug.split()[1]]
    assert slugs == [slug]


# --- Addresses -----------------------------------------------------------------------------------

NO_NAME = ("sokha", "ហាង", "owner@sokha.shop", "https://[::1", "https://[]", "https://[x]",
           "https://a]b", "https://a..example", "https://", "https://:80", "https://a:b:c", "...",
           "https://a:99999", "https://a.example:0", "https://sokha shop.example", "ftp://a.example",
           f"https://{'x' * 70}.ລາວ", "https://-.example", "//", "javascript:alert(1)")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("sokha.example", "https://sokha.example"),
        ("www.sokha.example/visits/", "https://www.sokha.example/visits"),
        ("https://sokha.example/?page=1", "https://sokha.example"),
        ("https://sokha.example/visits#top", "https://sokha.example/visits"),
        ("https//sokha.example", "https://sokha.example"),
        ("https://ຮ້ານ.ລາວ/visits", "https://xn--e7c5bm5g.xn--q7ce6a/visits"),
        ("ហាង.example:8443", "https://xn--m2e9c4c.example:8443"),
        *((text, "") for text in NO_NAME),
    ],
)
def test_a_wrong_address_is_answered_by_the_one_that_was_meant(text, right):
    examples = {"url": "https://sokha.example", "collect.url": "https://answers.sokha.example"}
    for key, line in (("url", f"url: '{text}'"), ("collect.url", f"collect: {{url: '{text}'}}")):
        notes = Notebook()
        read = read_project(Source("mati.yaml", line), notes, zone={}.get)
        assert (read.url, read.collect_url) == ("", "")
        (found,) = notes
        told = dict(found.values)
        assert (found.code.slug, told["key"]) == ("wrong-setting", key)
        assert told["example"] == f"url: {right or examples[key]}"


@pytest.mark.parametrize(
    "text",
    [
        "https://sokha.example", "http://localhost:8000", "https://[::1]:8080/x", "https://intranet",
        "https://192.168.1.5", "https://xn--e7c5bm5g.xn--q7ce6a", "https://a.example/~sokha/visits",
    ],
)  # fmt: skip
def test_an_address_is_taken_as_it_stands(text):
    assert project(f"url: {text}/")[0].url == text


@given(st.text(st.sampled_from("https:/.[]0a1@#?-%ហ ລ"), max_size=24))
def test_whatever_is_taken_for_an_address_can_be_taken_apart(text):
    for one in (address(text), meant(text)):
        if one:
            parts = urlsplit(one)
            assert parts.hostname
            assert parts.port != 0
