"""Lists of files in, what is new, changed, gone or to stay out; words of programs, reasons out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mati.errands import (
    Plan,
    Ran,
    SiteFile,
    Why,
    Work,
    comes_last,
    difference,
    is_lasting,
    left_empty,
    may_be_published,
    shows_samples,
    without_answers,
)
from mati.errands.remote import last_words, reason_of, refused, remote_of


def work(*paths: str, **more: object) -> Work:
    files = {path: SiteFile(size=1, digest=f"d-{path}", sha1=f"s-{path}") for path in paths}
    return Work(to="somewhere", files=files, **more)


def test_what_differs_is_told_apart():
    site = work("new.html", "same.html", "other.html")
    there = {"same.html": "d-same.html", "other.html": "d-old", "gone.html": "x", "theirs": "x"}
    plan = difference(site, there, ["same.html", "gone.html"])
    assert (plan.new, plan.changed, plan.unchanged) == (
        ("new.html",),
        ("other.html",),
        ("same.html",),
    )
    assert plan.removed == ("gone.html",)


REPORT = "km/visit/report/index.html"


def test_reports_and_hashed_assets_stay():
    site = work("index.html")
    ours = [REPORT, "km/visit/report/results.csv", "a/logo.0123abcd.png", "km/old/index.html"]
    plan = difference(site, {}, ours)
    assert plan.removed == ("km/old/index.html",)
    assert plan.stays == (REPORT, "km/visit/report/results.csv")
    withdrawn = difference(work("index.html", withdraw=True), {}, ours)
    # The picture of a report that is posted somewhere shows a number of it.
    assert withdrawn.removed == (
        "a/logo.0123abcd.png",
        "km/old/index.html",
        REPORT,
        "km/visit/report/results.csv",
    )
    assert withdrawn.stays == ()


def test_a_report_without_an_answer_never_takes_the_place_of_one():
    record, packed = "km/visit/report/results.json", f"{REPORT}.gz"
    site = work("index.html", REPORT, record, packed, "km/visit/index.html")
    site = replace(
        site,
        files={path: replace(f, empty="/report/" in path) for path, f in site.files.items()},
    )
    plan = difference(site, {REPORT: "d-numbers", record: "d-numbers", "index.html": "x"}, [])
    assert (plan.new, plan.changed) == (("km/visit/index.html",), ("index.html",))
    assert plan.stays == (REPORT, record)
    assert plan.spared == (REPORT, packed, record)
    first = difference(site, {}, [])
    assert len(first.new) == 5
    same = difference(site, {path: f"d-{path}" for path in site.files}, [])
    assert len(same.unchanged) == 5
    asked = difference(replace(site, withdraw=True), {REPORT: "d-numbers"}, [])
    assert asked.changed == (REPORT,)


def test_a_record_without_answers_is_known():
    record = "km/visit/report/results.json"
    assert without_answers(record, b'{"answers": 0}')
    for other in (b'{"answers": 1}', b'{"answers": null}', b'{"answers": false}', b"{}", b"[0]"):
        assert not without_answers(record, other)
    assert not without_answers("km/visit/results.json", b'{"answers": 0}')


def test_what_nobody_is_known_to_have_brought_is_named():
    site = work("index.html", "km/index.html")
    there = {"index.html": "x", "km/index.html": "x", "old.html": "x", "theirs.txt": "x"}
    plan = difference(site, there, ["km/index.html", "old.html"])
    assert (plan.strange, plan.removed) == (("index.html",), ("old.html",))
    plan = difference(site, there, list(there), brought=["km/index.html"])
    assert plan.strange == ("index.html", "old.html", "theirs.txt")


def test_a_survey_called_like_a_report_is_none():
    assert is_lasting(REPORT)
    assert not is_lasting("report/index.html")
    assert not is_lasting("km/visit/index.html")
    assert not is_lasting("en/a/index.html")


def test_pages_travel_after_what_they_refer_to():
    assert comes_last("km/index.html.gz")
    assert not comes_last("results.csv.gz")
    plan = Plan(new=("a/x.png", "b.html", "robots.txt", "z.csv"), changed=("a.html", "sitemap.xml"))
    assert plan.sent == ("a/x.png", "z.csv", "a.html", "b.html", "robots.txt", "sitemap.xml")
    assert [comes_last(path) for path in plan.sent] == [0, 0, 1, 1, 1, 1]


def test_only_folders_without_files_of_the_site_are_left_empty():
    site = work("en/visit/index.html")
    plan = Plan(removed=("en/old/thanks/index.html", "en/visit/x.html"))
    assert left_empty(site, plan) == ("en/old/thanks", "en/old")
    assert left_empty(site, Plan(removed=("en/old/x",), stays=("en/old/report/i",))) == ()


@pytest.mark.parametrize(
    "path",
    [
        "", "/etc/passwd", "../x", "a/../../x", "a//b", "./x", "private/reports/x", "Private/x",
        ".mati/manifest.json", "a/.git/config", "a\\b", "a\nb", ".gitignore",
    ],
)  # fmt: skip
def test_what_must_stay_at_home_is_known(path):
    assert not may_be_published(path)


@pytest.mark.parametrize("path", ["index.html", "km/private/index.html", "_headers", ".htaccess"])
def test_a_site_may_hold_these(path):
    assert may_be_published(path)


def test_sample_answers_are_known_by_their_marks():
    page = b'<main><p class="banner" data-sample><strong>x</strong>'
    assert shows_samples(REPORT, page)
    assert shows_samples("km/visit/report/results.json", b'{"sample": true}')
    assert not shows_samples("km/visit/report/results.json", b'{"sample": false}')
    assert not shows_samples("km/visit/report/results.json", b"[" * 100_000)
    assert not shows_samples(REPORT, b"<p>&lt;p data-sample&gt; data-sample</p>")
    assert not shows_samples("km/visit/index.html", page)


# --- Servers ---------------------------------------------------------------------------------


def test_the_parts_of_a_target():
    found = remote_of("sokha@web.example:/var/www/ហាង shop/ port 2222")
    assert found is not None
    assert (found.who, found.host, found.path, found.port) == (
        "sokha@web.example",
        "web.example",
        "/var/www/ហាង shop",
        2222,
    )
    assert found.at("km/index.html") == "/var/www/ហាង shop/km/index.html"
    assert "-oBatchMode=yes" in found.options(person=False)
    assert found.options(person=True)[-1] == "-oPort=2222"
    root, home = remote_of("web.example:/"), remote_of("[::1]:public_html")
    assert root is not None
    assert home is not None
    assert (root.at("x"), home.at("x"), home.host) == ("/x", "public_html/x", "::1")


@pytest.mark.parametrize(
    "text",
    [
        "", "web.example", "web.example:", "-oProxyCommand=x:/y", "a@-host:/x", "-a@host:/x",
        "a@host:-x", "a@host:~/x", "a@host:/x/../y", "a@host:/x\ny", "a b@host:/x",
        "a@host:x port 0", "a@host:/x port 70000", "a@host:/x\x00", "a@[::1:/x",
        "a;b@host:/x", "a@ho;st:/x",
        # an address, a module of an rsync that nobody encrypts, a drive of Windows, too long
        "rsync://host/x", "ssh://a@host/x", "sftp://host/x", "a@host::x", "a@host://x",
        "C:\\web", "C:/web", "a@host:/" + "x" * 500,
    ],
)  # fmt: skip
def test_no_target_can_become_an_option_or_a_command(text):
    found = remote_of(text)
    assert found is None


def test_port_is_only_a_port_at_the_end():
    found = remote_of("a@host:/x port y")
    assert found is not None
    assert (found.path, found.port) == ("/x port y", None)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ssh: Could not resolve hostname nowhere.invalid: Name or service not known", Why.NO_HOST),
        ("Host key verification failed.\r\nrsync: connection closed", Why.HOST_UNKNOWN),
        ("a@b: Permission denied (publickey).\r\nConnection closed", Why.KEY_REFUSED),
        ("ssh: connect to host b port 22: Connection refused", Why.NO_CONNECTION),
        ("bash: line 1: rsync: command not found", Why.NO_PROGRAM_THERE),
        ('remote open("/x"): Permission denied', Why.CANNOT_WRITE),
        ('rsync: [Receiver] mkstemp "/x" failed: Permission denied (13)', Why.CANNOT_WRITE),
        ("[sender] io timeout after 300 seconds -- exiting", Why.NO_CONNECTION),
        ("This service allows sftp connections only.", Why.NO_PROGRAM_THERE),
        ('rsync: [receiver] write failed on "/x": No space left on device (28)', Why.DISK_FULL),
    ],
)
def test_words_of_programs_become_reasons(said, why):
    remote = remote_of("a@b:/x")
    assert remote is not None
    assert refused(Ran(status=255, errors=said), remote, "rsync").why is why


def test_what_is_not_known_is_quoted():
    remote = remote_of("a@b:/x")
    assert remote is not None
    words = "something odd\nrsync error: code 99\n"
    refusal = refused(Ran(status=99, errors=words), remote, "rsync")
    assert (refusal.why, refusal.detail) == (Why.PROGRAM_FAILED, "rsync: something odd")
    assert reason_of("odd") is None
    assert last_words("") == ""
