"""A request to an HTTPS service in, its answer out: certificates checked, no redirect followed."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from mati import __version__
from mati.errands import Answer, Call, Refusal, Why

__all__ = ["Caller"]

_SECONDS = 60
_DEADLINE = 900.0
"""Seconds for one question and its answer: long enough for a picture on a weak line, and an end
for a service that lets one byte go at a time.
"""
_MOST = 64_000_000
"""Bytes of an answer that are read: the list of a very large site."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_NEXT = re.compile(r"<[^<>]*[?&]page=(\d{1,6})[^<>]*>\s*;\s*rel=\"?next\"?")
_TOKEN = re.compile(r"[!-~]+")


@dataclass(slots=True)
class Caller:
    """Asks one service after the other and keeps the line open in between."""

    line: http.client.HTTPConnection | None = None
    place: tuple[str, str] = ("", "")

    def ask(self, call: Call, folder: Path) -> Answer:
        """Ask once; never raises for what the other side does.

        ``Refusal`` where the token is missing or cannot be one. ``folder`` holds ``call.file``.
        """
        headers = {"Accept": "application/json", "User-Agent": f"mati/{__version__}"}
        if call.token:
            headers["Authorization"] = f"Bearer {_token(call.token)}"
        body = (folder / call.file).read_bytes() if call.file else call.body
        if call.file:
            headers["Content-Type"] = "application/octet-stream"
        elif body:
            headers["Content-Type"] = "application/json"
        url = _root(call)
        try:
            return self._ask(url, call, body, headers)
        except ssl.SSLCertVerificationError:
            trouble = "certificate"
        except socket.gaierror:
            trouble = "host"
        except (OSError, http.client.HTTPException):
            trouble = "connection"
        self.hang_up()
        return Answer(status=0, trouble=trouble)

    def _ask(self, url: SplitResult, call: Call, body: bytes, headers: dict[str, str]) -> Answer:
        if self.line is None or self.place != (url.scheme, url.netloc):
            self.hang_up()
            self.line, self.place = _line(url), (url.scheme, url.netloc)
        with _ended(self.line):
            self.line.request(call.method, url.path + call.path, body or None, headers)
            reply = self.line.getresponse()
            content = reply.read(_MOST + 1)
        if reply.will_close or len(content) > _MOST:
            self.hang_up()
        after, following = reply.getheader("Retry-After", ""), reply.getheader("Link", "")
        found = _NEXT.search(following or "")
        return Answer(
            status=reply.status,
            body=content[:_MOST],
            wait=float(after) if after and after.isascii() and after.isdigit() else None,
            following=int(found[1]) if found else None,
        )

    def hang_up(self) -> None:
        """Close the line."""
        if self.line is not None:
            self.line.close()
        self.line = None


@contextlib.contextmanager
def _ended(line: http.client.HTTPConnection) -> Iterator[None]:
    """Break a line that is still talked on when the time is over."""
    if line.sock is None:
        line.connect()
    watch = threading.Timer(_DEADLINE, _broken, (line.sock,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _broken(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _token(name: str) -> str:
    """Return a token of the environment; it goes into a header and nowhere else."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise Refusal(Why.NO_TOKEN, name)
    if not _TOKEN.fullmatch(value):
        raise Refusal(Why.TOKEN_REFUSED, name)
    return value


def _root(call: Call) -> SplitResult:
    """Return where the service is; a stand-in only where it is this machine itself."""
    with contextlib.suppress(ValueError):  # of an address that is none
        found = urlsplit(os.environ.get(call.instead, "")) if call.instead else None
        if found is not None and found.hostname in _HERE and found.port != 0:
            return found
    return urlsplit(call.root)


def _line(url: SplitResult) -> http.client.HTTPConnection:
    if url.scheme == "http" and url.hostname in _HERE:
        return http.client.HTTPConnection(url.hostname or "", url.port, timeout=_SECONDS)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(
        url.hostname or "", url.port, timeout=_SECONDS, context=context
    )
