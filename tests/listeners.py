"""A mail server and a web server of the tests' own, on loopback, that note what they are told."""

from __future__ import annotations

import email
import email.policy
import http.server
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import ClassVar


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs to hand in one message."""

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word in (b"EHLO", b"HELO"):
                self.say("250 here")
            elif word == b"DATA":
                self.say("354 go on")
                self.server.got.append(self.message())
                self.say(self.server.answer)
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


class _Web(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        status, extra = self.server.answer
        self.send_response(status)
        for name, value in extra:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Be silent."""


class _Drip(socketserver.StreamRequestHandler):
    """Answers a sign at a time, and never ends."""

    def handle(self) -> None:
        with suppress(OSError):
            while True:
                self.wfile.write(b"2")
                time.sleep(0.05)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    got: ClassVar[list[object]]


@contextmanager
def _running(handler: type, answer: object) -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), handler) as server:
        server.got, server.answer = [], answer
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        try:
            yield server
        finally:
            server.shutdown()


def mail(answer: str = "250 taken"):
    """Run a mail server; ``got`` are its messages."""
    return _running(_Mail, answer)


def web(status: int = 200, *headers: tuple[str, str]):
    """Run a web server; ``got`` are the bodies it was posted."""
    return _running(_Web, (status, headers))


def port(server: _Server) -> int:
    return int(server.server_address[1])


def dripping():
    """A server that is slow beyond all patience."""
    return _running(_Drip, None)
