"""The files of a site in; what a crawler of previews gets of each page out, over a real line."""

from __future__ import annotations

import gzip
import threading
import urllib.request
import zlib
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError
from urllib.parse import quote, unquote, urlsplit

__all__ = ["AGENT", "crawl"]

AGENT = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
"""How Meta's crawler names itself ("Meta Web Crawlers")."""
_MOST = 1_000_000
"""Bytes of a page that it reads."""
_SECONDS = 5


class _Site(BaseHTTPRequestHandler):
    """A plain host: folders by their index, gzip where it is asked for, no ranges."""

    files: Mapping[str, bytes]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        """Be silent."""

    def do_GET(self) -> None:
        """Give a file."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        name = path + "index.html" if not path or path.endswith("/") else path
        body = self.files.get(name)
        self.send_response(404 if body is None else 200)
        body = body or b""
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _fetch(address: str) -> bytes:
    """Ask as Meta's crawler does: by its name, for the first million bytes, packed by gzip."""
    headers = {
        "User-Agent": AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Range": f"bytes=0-{_MOST - 1}",
    }
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - this computer
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_SECONDS) as reply:
        body = reply.read()
        packed = reply.headers.get("Content-Encoding", "") == "gzip"
    return zlib.decompressobj(31).decompress(body, _MOST) if packed else body[:_MOST]


def crawl(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Fetch every page of ``files`` (by path from the site's root) from a server on loopback.

    Returns what arrived by path; a page that could not be fetched is missing. No script runs, and
    what stands behind the first million bytes is cut off.
    """
    handler = type("Site", (_Site,), {"files": files})
    found: dict[str, bytes] = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        start = f"http://127.0.0.1:{server.server_address[1]}/"
        for path in (path for path in files if path.endswith(".html")):
            try:
                found[path] = _fetch(start + quote(path.removesuffix("index.html")))
            except (URLError, OSError, zlib.error):
                continue
        server.shutdown()
    return found
