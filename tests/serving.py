"""Files in memory, a web server on this computer out: packed by gzip, taking posts, counting.

What is asked for stands in ``asked``, what is posted in ``posts``. A post is answered as the
embedded service answers it, so the page of a form behaves as it would at its own address.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Desk", "serving"]

KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}
THANKS = b"<!doctype html><meta charset=utf-8><title>Thanks</title><p id=thanks>Thank you."


@dataclass
class Desk:
    """What a server shows, and what came in."""

    url: str = ""
    """Where it is, without a slash at the end."""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)

    def show(self, path: str, page: str) -> str:
        """Serve a page of the sample project as if it were at home here; return its address."""
        home = re.sub(r"https://(\w+\.)?sokha\.example", self.url, page)
        self.files[path.lstrip("/")] = home.encode("utf-8")
        return f"{self.url}/{path.lstrip('/').removesuffix('index.html')}"

    def file(self, path: str) -> tuple[int, str, bytes]:
        """Return status, kind and content of what stands at a path."""
        name = path.lstrip("/")
        name += "index.html" if not name or name.endswith("/") else ""
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        if "/thanks/" in name:
            return 200, KINDS["html"], THANKS
        if name not in self.files:
            return 404, KINDS["html"], b"nothing here"
        return 200, kind, self.files[name]


@cache
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    desk: Desk
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):  # browsers hang up when they have seen enough
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.desk.asked.append(path)
        status, kind, content = self.desk.file(path)
        headers = {"Content-Type": kind, "Cache-Control": "no-store"}
        if "gzip" in self.headers.get("Accept-Encoding", "") and kind in KINDS.values():
            headers["Content-Encoding"] = "gzip"
            content = _packed(content)
        self.answer(status, headers, content)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        form = dict(parse_qsl(body, keep_blank_values=True))
        self.desk.posts.append(form)
        if "application/json" in self.headers.get("Accept", ""):
            reply = json.dumps({"ok": True, "ending": "thanks"}).encode()
            self.answer(200, {"Content-Type": "application/json"}, reply)
        else:
            self.answer(303, {"Location": f"/{form.get('mati_lang')}/thanks/#thanks"}, b"")


@contextmanager
def serving() -> Iterator[Desk]:
    """Serve on a free port of this computer until the block ends."""
    desk = Desk()
    handler = type("Handler", (_Handler,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    desk.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
