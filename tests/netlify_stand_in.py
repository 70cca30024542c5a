"""Netlify's documented deploys on loopback, for the tests: digests in, what is lacking asked for.

``troubles`` are what the next requests meet instead of an answer: a status with headers, or
``torn`` for a line that breaks.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

TOKEN = "nfp_throwaway-0123456789"  # noqa: S105 - opens nothing
SITE = "shop.netlify.app"


@dataclass
class State:
    """What the host knows."""

    files: dict[str, str] = field(default_factory=dict)
    """Path and SHA-1 of what people see."""
    blobs: dict[str, bytes] = field(default_factory=dict)
    deploys: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: list[tuple[int, dict[str, str]] | str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    redirect: str = ""
    per_page: int = 4
    stuck: bool = False

    def shown(self, path: str) -> bytes:
        return self.blobs[self.files[path]]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    state: State

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def reply(self, status: int, record: object, **headers: str) -> None:
        body = json.dumps(record).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_all(self) -> None:
        state, body = self.state, self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        state.seen.append(f"{self.command} {self.path}")
        if state.troubles:
            trouble = state.troubles.pop(0)
            if trouble == "torn":
                self.close_connection = True
                self.connection.shutdown(2)
                return
            self.reply(trouble[0], {"message": "trouble"}, **trouble[1])
            return
        if state.redirect:
            self.reply(302, {}, Location=state.redirect)
            return
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.reply(401, {"code": 401, "message": "Access Denied"})
            return
        parts = [unquote(part) for part in url.path.removeprefix("/api/v1/").split("/")]
        match self.command, parts:
            case "GET", ["sites", site] if site == SITE:
                self.reply(200, {"id": "s1", "ssl_url": "https://shop.netlify.app"})
            case "GET", ["sites", site, "files"] if site == SITE:
                self.list_files(int((url.query or "page=1").removeprefix("page=")))
            case "POST", ["sites", site, "deploys"] if site == SITE:
                self.begin(json.loads(body))
            case "PUT", ["deploys", deploy, "files", *path] if deploy in state.deploys:
                self.take(deploy, "/" + "/".join(path), body)
            case "GET", ["deploys", deploy] if deploy in state.deploys:
                self.tell(deploy)
            case _:
                self.reply(404, {"code": 404, "message": "Not Found"})

    do_GET = do_POST = do_PUT = handle_all  # noqa: N815 - names of the library

    def list_files(self, page: int) -> None:
        rows = sorted(self.state.files.items())
        start = (page - 1) * self.state.per_page
        shown = [{"path": p, "sha": s} for p, s in rows[start : start + self.state.per_page]]
        more = {}
        if start + self.state.per_page < len(rows):
            more["Link"] = f'<http://elsewhere.example/files?page={page + 1}>; rel="next"'
        self.reply(200, shown, **more)

    def begin(self, wanted: dict[str, Any]) -> None:
        files = wanted["files"]
        if any(len(sha) != 40 for sha in files.values()):
            self.reply(422, {"code": 422, "message": "bad digest"})
            return
        deploy = f"d{len(self.state.deploys) + 1}"
        required = sorted({sha for sha in files.values() if sha not in self.state.blobs})
        record = {"id": deploy, "state": "uploading", "required": required, "files": files}
        self.state.deploys[deploy] = record
        self.settle(record)
        self.reply(200, {name: record[name] for name in ("id", "state", "required")})

    def take(self, deploy: str, path: str, body: bytes) -> None:
        record = self.state.deploys[deploy]
        sha = hashlib.sha1(body, usedforsecurity=False).hexdigest()
        if record["files"].get(path) != sha:
            self.reply(422, {"code": 422, "message": "digest differs"})
            return
        self.state.blobs[sha] = body
        self.settle(record)
        self.reply(200, {"path": path, "sha": sha})

    def settle(self, record: dict[str, Any]) -> None:
        if all(sha in self.state.blobs for sha in record["files"].values()):
            record["state"] = "processing"

    def tell(self, deploy: str) -> None:
        record = self.state.deploys[deploy]
        shown = record["state"]
        self.reply(200, {"id": deploy, "state": shown})
        if shown == "processing" and not self.state.stuck:
            record["state"] = "ready"
            self.state.files = dict(record["files"])


@contextmanager
def stand_in() -> Iterator[tuple[str, State]]:
    """Start it; yield the root of its addresses and what it knows."""
    state = State()
    handler = type("Bound", (Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v1", state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
