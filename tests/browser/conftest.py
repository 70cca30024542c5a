"""One browser for all tests that look at pages, and a server on this computer that keeps posts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
OK = 200
Reply = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium; each test opens contexts of its own in it."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@dataclass
class Desk:
    """A site served from memory; what was posted to it stands in ``posts``."""

    files: dict[str, bytes] = field(default_factory=dict)
    posts: list[tuple[str, list[tuple[str, str]], dict[str, str]]] = field(default_factory=list)
    replies: list[Reply | None] = field(default_factory=list)
    """Replies to the next posts, before the usual one; None breaks the connection."""
    ending: str = "thanks"
    url: str = ""
    back: str = "/"
    """Where the pages are, as people without a script are sent to the thanks page."""
    more: dict[str, str] = field(default_factory=dict)
    """Headers of every reply besides the usual ones."""
    pause: float = 0
    """Seconds that a post waits for its reply."""

    def usual(self, path: str, form: dict[str, str], wanted: str) -> Reply:
        """Answer as the embedded service does."""
        if "application/json" in wanted:
            body = json.dumps({"ok": True, "ending": self.ending}).encode()
            return OK, {"Content-Type": "application/json"}, body
        thanks = f"{self.back}{form['mati_lang']}/{form['mati_survey']}/thanks/#{self.ending}"
        return 303, {"Location": thanks}, b""


class _Handler(BaseHTTPRequestHandler):
    desk: Desk
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        length = {"Content-Length": str(len(body))}
        for name, value in {**headers, **self.desk.more, **length}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.lstrip("/")
        name = path + "index.html" if path.endswith("/") or not path else path
        body = self.desk.files.get(name)
        kind = {"Content-Type": "text/html; charset=utf-8"}
        self.answer(OK, kind, body) if body else self.answer(404, kind, b"nothing here")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        pairs = parse_qsl(body, keep_blank_values=True)
        reply = self.desk.replies.pop(0) if self.desk.replies else ()
        if reply is None:
            self.close_connection = True
            return
        self.desk.posts.append((self.path, pairs, dict(self.headers)))
        time.sleep(self.desk.pause)
        wanted = self.headers.get("Accept", "")
        self.answer(*(reply or self.desk.usual(self.path, dict(pairs), wanted)))


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A server on a free port of this computer."""
    yield from _running(Desk())


@pytest.fixture
def other_desk() -> Iterator[Desk]:
    """Another one, which is another origin to the browser."""
    yield from _running(Desk())


def _running(shown: Desk) -> Iterator[Desk]:
    handler = type("Handler", (_Handler,), {"desk": shown})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    shown.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield shown
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser contexts; they are closed after the test."""
    opened: list[BrowserContext] = []

    def make(**settings: object) -> BrowserContext:
        made = browser.new_context(**{"locale": "fr-FR", **settings})
        made.set_default_timeout(5000)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.close()


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """Run axe-core on a page and return what it finds, one line each."""

    def run(page: Page) -> list[str]:
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return run


@pytest.fixture
def counted() -> Callable[[Page], str]:
    """Read the count of a form as a screen reader gets it; CSS counters exist nowhere else."""

    def count(page: Page) -> str:
        session = page.context.new_cdp_session(page)
        nodes = {
            node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]
        }

        def words(node: dict) -> str:
            if node.get("role", {}).get("value") == "StaticText":
                return node["name"]["value"]
            return "".join(words(nodes[child]) for child in node.get("childIds", ()))

        said = (words(node) for node in nodes.values() if node["role"]["value"] == "paragraph")
        return next(text for text in said if text.startswith("Answered"))

    return count
