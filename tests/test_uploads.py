"""The ways to publish, without the world: which errands they ask for, and what they make of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from mati.diagnostics import Code, Notebook, Source, Span, human
from mati.errands import Answer, Call, Errand, Errands, Ran, Refusal, Run, SiteFile, Wait, Why, Work
from mati.model import Publish
from mati.settings import read_project
from mati.uploads import check, ways
from mati.uploads.sftp import way as sftp

NAMES = ("branch", "cloudflare", "folder", "netlify", "rsync", "sftp")


def drive(errands: Errands, reply: Callable[[Errand], object]) -> tuple[object, list[Errand]]:
    """Do all errands with made-up replies; return what came of it, and the errands."""
    asked: list[Errand] = []
    try:
        errand = next(errands)
        while True:
            asked.append(errand)
            errand = errands.send(reply(errand))
    except StopIteration as end:
        return end.value, asked


def work(to: str, files: Mapping[str, str], **more: object) -> Work:
    made = {path: SiteFile(size=3, digest=f"d{sha}", sha1=sha) for path, sha in files.items()}
    return Work(to=to, files=made, **more)


# --- The setting -----------------------------------------------------------------------------


def setting(text: str) -> tuple[Publish | None, list[str]]:
    notes = Notebook()
    settings = read_project(Source("mati.yaml", f"languages: [en]\n{text}\n"), notes)
    if settings.publish is not None:
        check(settings.publish, notes)
    return settings.publish, [human(note) for note in notes]


def test_all_ways_are_on_the_shelf():
    assert ways.names() == NAMES


@pytest.mark.parametrize("way", ways.all(), ids=NAMES)
def test_the_example_of_a_way_is_right(way):
    publish, notes = setting(f"publish: {way.name} {way.example}")
    assert publish is not None
    assert (publish.way, publish.to, notes) == (way.name, way.example, [])
    assert not way.accepts("")


@pytest.mark.parametrize(
    ("line", "code", "offer"),
    [
        ("publish:", Code.WRONG_SETTING, "publish: branch gh-pages"),
        ("publish: [a, b]", Code.WRONG_SETTING, "publish: branch gh-pages"),
        ("publish: gh-pages", Code.UNKNOWN_WAY, "publish: branch gh-pages"),
        ("publish: Folder ../x", Code.UNKNOWN_WAY, "publish: folder ../x"),
        ("publish: ../public", Code.UNKNOWN_WAY, "publish: folder ../public"),
        ("publish: me@x.example:/y", Code.UNKNOWN_WAY, "publish: rsync me@x.example:/y"),
        ("publish: shop.netlify.app", Code.UNKNOWN_WAY, "publish: netlify shop.netlify.app"),
        ("publish: shop.pages.dev", Code.UNKNOWN_WAY, "publish: cloudflare shop"),
        ("publish: ftp x", Code.UNKNOWN_WAY, "publish: sftp sokha@"),
        ("publish: nothing", Code.UNKNOWN_WAY, "branch, cloudflare, folder"),
        ("publish: branch", Code.BAD_PUBLISH_TARGET, "publish: branch gh-pages"),
        ("publish: branch a..b", Code.BAD_PUBLISH_TARGET, "publish: branch gh-pages"),
        ("publish: netlify https://x.netlify.app/", Code.BAD_PUBLISH_TARGET, "x.netlify.app"),
        ("publish: sftp sftp://me@x.example/y", Code.BAD_PUBLISH_TARGET, "sftp me@x.example:/y"),
        ("publish: rsync me@x:~/y", Code.BAD_PUBLISH_TARGET, "publish: rsync sokha@"),
        ("publish: cloudflare My Shop", Code.BAD_PUBLISH_TARGET, "publish: cloudflare sokha-"),
    ],
)
def test_a_wrong_setting_is_said_at_its_place(line, code, offer):
    _publish, notes = setting(line)
    assert len(notes) == 1
    assert notes[0].startswith("mati.yaml:2:")
    assert f"[{code.slug}]" in notes[0]
    assert offer in notes[0]


@pytest.mark.parametrize(
    "to", ["-x", "a b", "a~b", "a:b", "x.lock", "x/", "/x", "HEAD", "a@{1}", "a\\b", "x" * 101]
)
def test_no_branch_can_become_an_option(to):
    found = ways.find("branch")
    assert found is not None
    assert not found.accepts(to)


@pytest.mark.parametrize("to", ["../x", "a/b", "a?b", "-x", "a b", "a..b", "ហាង"])
def test_no_name_of_a_site_leads_elsewhere(to):
    for name in ("netlify", "cloudflare"):
        found = ways.find(name)
        assert found is not None
        assert not found.accepts(to)


# --- sftp ------------------------------------------------------------------------------------


def test_names_in_a_batch_mean_nothing_but_themselves():
    job = work('me@x:/w "w\\*', {"[a]*?.html": "1", "-x/i.html": "2"}, next_mark="ab")
    plan, _ = drive(sftp.compare(job), lambda _: Ran(status=0, out=b""))
    _, asked = drive(sftp.publish(job, plan), lambda _: Ran(status=0))
    (run,) = asked
    assert isinstance(run, Run)
    lines = run.stdin.decode().splitlines()
    assert 'put "./[a]*?.html" "/w \\"w\\\\*/.[a]*?.html.mati-new"' in lines
    assert 'rename "/w \\"w\\\\*/-x/.i.html.mati-new" "/w \\"w\\\\*/-x/i.html"' in lines
    assert run.arguments[-2:] == ("--", "me@x")
    assert not any(line.lstrip("-").startswith(("!", "rm *")) for line in lines)


def test_a_server_that_can_write_no_more_is_full():
    job = work("me@x:/w", {"i.html": "1"}, next_mark="ab")
    plan, _ = drive(sftp.compare(job), lambda _: Ran(status=0))
    full = Ran(status=1, errors='write remote "/w/.i.html.mati-new": Failure')
    with pytest.raises(Refusal) as caught:
        drive(sftp.publish(job, plan), lambda _: full)
    assert caught.value.why is Why.DISK_FULL


def test_no_line_is_longer_than_sftp_reads():
    job = work("me@x:/w", {f"{'x' * 1200}.html": "1"}, next_mark="ab")
    plan, _ = drive(sftp.compare(job), lambda _: Ran(status=0))
    with pytest.raises(Refusal) as caught:
        drive(sftp.publish(job, plan), lambda _: Ran(status=0))
    assert caught.value.why is Why.PROGRAM_FAILED


def test_a_server_that_replaces_nothing_is_asked_to_remove_first():
    job = work("me@x:/w", {"i.html": "1"}, next_mark="ab")
    plan, _ = drive(sftp.compare(job), lambda _: Ran(status=0))
    replies = iter([Ran(status=1, errors='remote rename "a" to "b": Failure'), Ran(status=0)])
    _, asked = drive(sftp.publish(job, plan), lambda _: next(replies))
    assert b'-rm "/w/i.html"\nrename' in asked[1].stdin
    assert b"-rm" not in asked[0].stdin


@pytest.mark.parametrize("words", ["", "rsync error: errors selecting input/output files (code 3)"])
def test_what_rsync_says_by_its_exit_code_alone_is_understood(words):
    way, job = ways.find("rsync"), work("a@b:/x", {"i.html": "1"})
    with pytest.raises(Refusal) as caught:
        drive(way.compare(job), lambda _: Ran(status=3, errors=words))
    assert (caught.value.why, caught.value.detail) == (Why.CANNOT_WRITE, "/x")


# --- Netlify ---------------------------------------------------------------------------------

NETLIFY = ways.find("netlify")


def reply(*answers: Answer) -> Callable[[Errand], object]:
    left = iter(answers)
    return lambda errand: None if isinstance(errand, Wait) else next(left)


def said(record: object, status: int = 200, **more: object) -> Answer:
    return Answer(status=status, body=json.dumps(record).encode(), **more)


SITE = said({"ssl_url": "https://shop.example"})


def test_what_is_asked_of_netlify_and_in_which_order():
    job = work("shop.example", {"index.html": "aa", "a/x y.png": "bb", "old.html": "cc"})
    files = [
        {"path": "/old.html", "sha": "cc"},
        {"path": "/km/v/report/index.html", "sha": "dd"},
        {"path": "/gone.html", "sha": "ee"},
    ]
    plan, _ = drive(NETLIFY.compare(job), reply(SITE, said(files)))
    assert (plan.new, plan.unchanged) == (("a/x y.png", "index.html"), ("old.html",))
    assert (plan.removed, plan.stays) == (("gone.html",), ("km/v/report/index.html",))
    answers = (
        said(files),
        said({"id": "d1", "required": ["aa", "bb"], "state": "uploading"}),
        said({}),
        said({}),
        said({"state": "processing"}),
        said({"state": "ready"}),
    )
    addresses, asked = drive(NETLIFY.publish(job, plan), reply(*answers))
    calls = [errand for errand in asked if isinstance(errand, Call)]
    assert [(call.method, call.path) for call in calls] == [
        ("GET", "/sites/shop.example/files"),
        ("POST", "/sites/shop.example/deploys"),
        ("PUT", "/deploys/d1/files/a/x%20y.png"),
        ("PUT", "/deploys/d1/files/index.html"),
        ("GET", "/deploys/d1"),
        ("GET", "/deploys/d1"),
    ]
    assert json.loads(calls[1].body)["files"] == {
        "/index.html": "aa",
        "/a/x y.png": "bb",
        "/old.html": "cc",
        "/km/v/report/index.html": "dd",
    }
    assert addresses == ("https://shop.example/",)


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ((Answer(status=429, wait=7.0), SITE), [7.0]),
        ((Answer(status=503), Answer(status=502), SITE), [1.0, 2.0]),
        ((Answer(status=0, trouble="connection"), SITE), [1.0]),
    ],
)
def test_what_passes_is_waited_for(answers, waits):
    _, asked = drive(
        NETLIFY.compare(work("shop.example", {"i.html": "aa"})), reply(*answers, said([]))
    )
    assert [errand.seconds for errand in asked if isinstance(errand, Wait)] == waits


@pytest.mark.parametrize(
    ("answer", "why", "tries"),
    [
        (Answer(status=401), Why.TOKEN_REFUSED, 1),
        (Answer(status=403), Why.TOKEN_REFUSED, 1),
        (Answer(status=404), Why.NO_SITE, 1),
        (said({"message": "no\nmore"}, 422), Why.NOT_TAKEN, 1),
        (Answer(status=301), Why.NOT_TAKEN, 1),
        (Answer(status=0, trouble="certificate"), Why.NOT_TRUSTED, 1),
        (Answer(status=429, wait=3600.0), Why.BUSY, 1),
        (Answer(status=429), Why.BUSY, 6),
        (Answer(status=500), Why.NOT_TAKEN, 6),
        (Answer(status=0, trouble="host"), Why.NO_HOST, 6),
        (Answer(status=200, body=b"<html>"), Why.NOT_TAKEN, 1),
    ],
)
def test_what_does_not_pass_is_said(answer, why, tries):
    calls = []

    def always(errand: Errand) -> object:
        calls.append(errand)
        return None if isinstance(errand, Wait) else answer

    with pytest.raises(Refusal) as caught:
        drive(NETLIFY.compare(work("shop.example", {"i.html": "aa"})), always)
    assert caught.value.why is why
    assert sum(isinstance(call, Call) for call in calls) == tries
    assert "\n" not in caught.value.detail


def test_the_list_of_files_is_read_to_its_end_and_not_beyond():
    pages = iter([SITE, said([{"path": "/a", "sha": "1"}], following=2),
                  said([{"path": "/b", "sha": "2"}], following=2)])  # fmt: skip
    plan, asked = drive(NETLIFY.compare(work("x", {"i.html": "aa"})), lambda _: next(pages))
    assert [call.path for call in asked][1:] == ["/sites/x/files", "/sites/x/files?page=2"]
    assert plan.removed == ("a", "b")


def test_a_report_that_the_host_lost_is_not_given_up():
    job = work("x", {"i.html": "aa"})
    kept = said([{"path": "/km/visit/report/index.html", "sha": "dd"}])
    plan, _ = drive(NETLIFY.compare(job), reply(SITE, kept))
    asking = said({"id": "d1", "required": ["aa", "dd"], "state": "uploading"})
    with pytest.raises(Refusal) as caught:
        drive(NETLIFY.publish(job, plan), reply(kept, asking))
    assert (caught.value.why, caught.value.detail) == (Why.REPORTS_ELSEWHERE, "visit")


def test_an_old_asset_that_the_host_lost_is():
    job = work("x", {"i.html": "aa"})
    there = said([{"path": "/a/o.png", "sha": "dd"}])
    plan, _ = drive(NETLIFY.compare(job), reply(SITE, there))
    answers = (
        there,
        said({"id": "d1", "required": ["dd"], "state": "uploading"}),
        said({"id": "d2", "required": [], "state": "uploading"}),
        said({"state": "ready"}),
    )
    _, asked = drive(NETLIFY.publish(job, plan), reply(*answers))
    assert list(json.loads(asked[2].body)["files"]) == ["/i.html"]


@pytest.mark.parametrize("way", ways.all(), ids=NAMES)
def test_a_check_has_a_place(way):
    notes = Notebook()
    check(Publish(way=way.name, to="\x00", span=Span("mati.yaml", 3, 4, 5)), notes)
    (found,) = notes
    assert (found.code, found.span.line) == (Code.BAD_PUBLISH_TARGET, 3)
