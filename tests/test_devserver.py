"""The preview: it follows each save, shows problems beside the last good page, takes answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse

from mati import devserver
from mati.build import Options, build
from mati.devserver.page import live
from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import Collect, CollectLanguage, CollectSurvey, Output
from mati.project import open_project

PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; style-src 'sha256-x'; script-src 'sha256-y'; form-action 'self'\">"
    "</head><body>{text}</body></html>"
)  # fmt: skip


def collect() -> str:
    words = CollectLanguage(
        thanks="/km/visit/thanks/", refusal="<p>{{message}}</p>", messages=(("422", "no"),)
    )
    survey = CollectSurvey(
        name="visit",
        version="v1",
        source="km",
        languages=(("km", words),),
        names=("mood",),
        private=(),
        endings=(("thanks", None),),
    )
    return Collect(surveys=(survey,)).to_json()


def make(root: Path) -> Callable[[Notebook], tuple[Output, ...]]:
    """A build of one text file: "bad" in it is an error, its words are the page."""

    def build(notes: Notebook) -> tuple[Output, ...]:
        text = (root / "content/visit.md").read_text("utf-8")
        notes.open(Source("content/visit.md", text))
        if "bug" in text:
            raise KeyError(text)
        if "bad" in text:
            notes.note(Code.BAD_FILE_NAME, Span("content/visit.md", 1, 3), name=text, better="x.md")
        home = root / "private/responses"
        answers = sum(1 for path in home.rglob("*") if path.is_file()) if home.exists() else 0
        page = PAGE.replace("{text}", text).encode()
        return (
            Output(path="index.html", content=b"<p>chooser"),
            Output(path="404.html", content=b"<p>nothing here"),
            Output(path="km/visit/index.html", content=page),
            Output(path="km/visit/thanks/index.html", content=b"<p>thanks"),
            Output(path="a/logo.svg", content=b"<svg/>"),
            Output(path="collect.json", content=collect().encode(), root="private"),
            Output(
                path="reports/km/visit/index.html",
                content=f"<p>answers {answers}".encode(),
                root="private",
            ),
        )

    return build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ"
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text("hello", "utf-8")
    return folder


@asynccontextmanager
async def running(root: Path) -> AsyncIterator[devserver.Running]:
    server = await devserver.start(root, make(root), tries=5)
    try:
        yield server
    finally:
        await server.stop()


async def get(server: devserver.Running, path: str, **extra: object) -> HTTPResponse:
    request = HTTPRequest(f"http://127.0.0.1:{server.port}{path}", follow_redirects=False, **extra)
    client = AsyncHTTPClient(force_instance=True)
    try:
        return await client.fetch(request, raise_error=False)
    finally:
        client.close()


class Events:
    """A browser that listens."""

    def __init__(self, port: int, page: str) -> None:
        self.port, self.page = port, page

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        ask = f"GET /mati-preview/events?page={self.page} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        self.writer.write(ask.encode())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()
        await self.writer.wait_closed()

    async def next(self, name: str, seconds: float = 5) -> str:
        """The data of the next event called ``name``."""

        async def read() -> str:
            while True:
                line = (await self.reader.readline()).decode().strip()
                if line == f"event: {name}":
                    return (await self.reader.readline()).decode().strip().removeprefix("data: ")

        return await asyncio.wait_for(read(), seconds)


def problems(event: str) -> list[dict[str, Any]]:
    return json.loads(event)["problems"]


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scenario(), 30))  # type: ignore[arg-type]


def test_pages_are_served(root: Path):
    async def scenario() -> None:
        async with running(root) as server:
            page = await get(server, "/km/visit/")
            assert page.code == 200
            assert b"hello" in page.body
            assert page.headers["Cache-Control"] == "no-store"
            assert "Server" not in page.headers
            moved = await get(server, "/km/visit")
            assert (moved.code, moved.headers["Location"]) == (302, "/km/visit/")
            missing = await get(server, "/km/nowhere/")
            assert missing.code == 404
            assert b"nothing here" in missing.body
            logo = await get(server, "/a/logo.svg")
            assert logo.headers["Content-Type"] == "image/svg+xml"
            script = await get(server, "/mati-preview/live.js")
            assert script.headers["Content-Type"].startswith("text/javascript")

    run(scenario)


def test_reports_are_shown_and_nothing_else_of_private(root: Path):
    async def scenario() -> None:
        async with running(root) as server:
            assert (await get(server, "/private/reports/km/visit/")).code == 200
            listed = await get(server, "/private/reports/")
            assert b"/private/reports/km/visit/" in listed.body
            (root / "private").mkdir()
            (root / "private/secret.txt").write_text("secret", "utf-8")
            for path in (
                "/private/collect.json", "/private/collect.db", "/private/secret.txt", "/private/",
                "/private/reports/../collect.json", "/private/reports/%2e%2e/collect.json",
                "/../content/visit.md", "/%2e%2e/content/visit.md", "//etc/passwd", "/.mati/",
                "/..%2fcontent/visit.md", "/content/visit.md", "/private/reports//etc/passwd",
            ):  # fmt: skip
                found = await get(server, path)
                assert found.code == 404, path
                assert b"nothing here" in found.body

    run(scenario)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.0.9", "[::2]"])
def test_other_names_are_refused(root: Path, host: str):
    """A page elsewhere that makes its own name lead here learns and sends nothing."""

    async def scenario() -> None:
        async with running(root) as server:
            for path in ("/", "/private/reports/km/visit/", "/mati-preview/events"):
                found = await get(server, path, headers={"Host": f"{host}:{server.port}"})
                assert found.code == 421
            body = urlencode({"mood": "5"})
            sent = await get(server, "/f/visit", method="POST", body=body, headers={"Host": host})
            assert sent.code == 421
            for name in ("localhost", f"localhost:{server.port}", "127.0.0.1", "[::1]:1"):
                assert (await get(server, "/", headers={"Host": name})).code == 200

    run(scenario)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", ""])
def test_a_page_elsewhere_cannot_send_answers(root: Path, origin: str):
    async def scenario() -> None:
        async with running(root) as server:
            body = urlencode({"mood": "5", "mati_survey": "visit"})
            for said, code in ((origin, 403), (f"http://localhost:{server.port}", 200)):
                headers = {
                    "Host": f"localhost:{server.port}",
                    "Origin": said,
                    "Accept": "application/json",
                }
                sent = await get(server, "/f/visit", method="POST", body=body, headers=headers)
                assert sent.code == code

    run(scenario)


def test_a_save_reaches_the_page_within_a_second(root: Path):
    async def scenario() -> None:
        async with running(root) as server, Events(server.port, "/km/visit/") as events:
            first = await events.next("mark")
            assert first.encode() in (await get(server, "/km/visit/")).body
            started = time.monotonic()
            (root / "content/visit.md").write_text("hello again", "utf-8")
            second = await events.next("mark")
            assert time.monotonic() - started < 1
            assert second != first
            assert b"hello again" in (await get(server, "/km/visit/")).body

    run(scenario)


def test_a_page_that_did_not_change_is_left_alone(root: Path):
    async def scenario() -> None:
        async with running(root) as server, Events(server.port, "/km/visit/thanks/") as events:
            first = await events.next("mark")
            (root / "content/visit.md").write_text("hello again", "utf-8")
            assert await events.next("mark") == first

    run(scenario)


def test_problems_are_shown_while_the_last_good_page_stays(root: Path):
    async def scenario() -> None:
        async with running(root) as server, Events(server.port, "/km/visit/") as events:
            assert problems(await events.next("problems")) == []
            mark = await events.next("mark")
            (root / "content/visit.md").write_text("<script>bad", "utf-8")
            (found,) = problems(await events.next("problems"))
            assert found["place"] == "content/visit.md:1:3"
            assert found["severity"] == "error"
            assert found["quote"] == ["<s", "", "cript>bad"]
            assert found["hint"]
            assert await events.next("mark") == mark
            assert b"hello" in (await get(server, "/km/visit/")).body
            (root / "content/visit.md").write_text("well", "utf-8")
            assert problems(await events.next("problems")) == []
            assert await events.next("mark") != mark

    run(scenario)


def test_a_fault_in_the_build_does_not_end_the_preview(root: Path):
    async def scenario() -> None:
        (root / "content/visit.md").write_text("bug 012345", "utf-8")
        async with running(root) as server, Events(server.port, "/km/visit/") as events:
            told = await events.next("problems")
            assert "Something went wrong" in told
            assert "012345" not in told
            waiting = await get(server, "/km/visit/")
            assert waiting.code == 503
            assert b"live.js" in waiting.body
            (root / "content/visit.md").write_text("well", "utf-8")
            assert problems(await events.next("problems")) == []
            assert (await get(server, "/km/visit/")).code == 200

    run(scenario)


def test_a_submission_is_kept_brought_home_and_counted(root: Path, monkeypatch: pytest.MonkeyPatch):
    def arrive(folder: Path, survey: str) -> int:
        home = folder / "private/responses" / survey
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{len(list(home.iterdir()))}.jsonl").write_text("{}\n", "utf-8")
        return 1

    async def scenario() -> None:
        async with running(root) as server:
            await asyncio.sleep(0.5)  # what had arrived before is home
            async with Events(server.port, "/private/reports/km/visit/") as events:
                first = await events.next("mark")
                body = urlencode({"mood": "5", "mati_lang": "km"})
                sent = await get(server, "/f/visit", method="POST", body=body)
                assert sent.code == 303
                assert sent.headers["Location"] == "/km/visit/thanks/#thanks"
                assert (root / "private/collect.db").exists()
                while await events.next("mark") == first:
                    pass
                page = await get(server, "/private/reports/km/visit/")
                assert b"answers 2" in page.body

    monkeypatch.setattr(devserver, "bring_home", arrive)
    run(scenario)


SURVEY = """---
lang: en
send: netlify
---

# Visit

### How was it? {#mood}

- (5) Good
- (1) Bad

### Your phone {#phone private}

We call you back within two days, for this alone.

___ phone
"""


def words(page: HTTPResponse) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", page.body.decode())
    return re.sub(r"\s+", " ", text)


def test_a_real_survey_from_the_form_to_the_report(root: Path):
    """Whatever service the survey names, the preview takes the answer; contacts stay apart."""
    (root / "mati.yaml").write_text("name: Sokha\ntimezone: Asia/Phnom_Penh\n", "utf-8")
    (root / "content/visit.md").write_text(SURVEY, "utf-8")

    def real(notes: Notebook) -> tuple[Output, ...]:
        project = open_project(root, notes)
        at_home = replace(project.settings, collect_url="/")
        return build(replace(project, settings=at_home), Options(), notes)

    async def scenario() -> None:
        server = await devserver.start(root, real)
        try:
            assert server.preview.problems == ()
            form = await get(server, "/en/visit/")
            assert b'action="/f/visit"' in form.body
            for _ in range(6):
                pairs = {"mati_survey": "visit", "mati_lang": "en", "mood": "5", "phone": "012 345"}
                sent = await get(server, "/f/visit", method="POST", body=urlencode(pairs))
                assert sent.code == 303
            thanks = await get(server, sent.headers["Location"].partition("#")[0])
            assert thanks.code == 200
            page = "/private/reports/en/visit/report/"
            async with Events(server.port, page) as events:
                while "Received 6 " not in words(report := await get(server, page)):
                    await events.next("mark", 20)
            assert b"012 345" not in report.body
            assert b"012 345" in (root / "private/contacts/visit.jsonl").read_bytes()
            assert not (root / "site").exists()
        finally:
            await server.stop()

    run(scenario)


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_taken_port_gives_the_next_free_one(root: Path):
    async def scenario() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(devserver.NoPortError):
                await devserver.start(root, make(root), port=port, tries=1)
            server = await devserver.start(root, make(root), port=port, tries=20)
            assert port < server.port < port + 20
            await server.stop()

    run(scenario)


def test_the_live_script_comes_in_and_the_policy_stays():
    page = live(PAGE.replace("{text}", "x").encode(), "m1").decode().replace("&#x27;", "'")
    assert "script-src 'sha256-y' 'self'" in page
    assert "connect-src 'self'" in page
    assert "default-src 'none'; style-src 'sha256-x'" in page
    assert page.count("live.js") == 1
    assert page.index("live.js") < page.index("</body>")
    assert "unsafe-inline" not in page


def test_the_live_script_is_only_in_the_preview(root: Path):
    assert all(b"live.js" not in output.content for output in make(root)(Notebook()))
