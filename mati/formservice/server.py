"""Tornado's server with bounds of time, bytes and connections."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import Any

from tornado import httputil
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream
from tornado.web import Application

from mati.accept import Limits
from mati.formservice.desk import DEADLINE

__all__ = ["Bounds", "CollectServer"]

HEADER_BYTES = 16 * 1024
_BUFFER_BYTES = 1024 * 1024
_ACCEPT_PAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one server takes on."""

    deadline: float = DEADLINE
    """Seconds for a whole request."""
    connections: int = 2000
    """Open connections; one more closes the one that has kept us waiting longest."""
    body: int = Limits().body
    """Bytes of a body."""


class _Deadline(httputil.HTTPMessageDelegate):
    """Lets the body have only what is left of the connection's deadline."""

    def __init__(
        self, inner: httputil.HTTPMessageDelegate, connection: httputil.HTTPConnection, end: float
    ) -> None:
        self._inner, self._connection, self._end = inner, connection, end

    def headers_received(
        self,
        start_line: httputil.RequestStartLine | httputil.ResponseStartLine,
        headers: httputil.HTTPHeaders,
    ) -> Awaitable[None] | None:
        left = max(0.01, self._end - IOLoop.current().time())
        self._connection.set_body_timeout(left)  # type: ignore[attr-defined]
        return self._inner.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._inner.on_connection_close()


class _Listener(socket.socket):
    """A listening socket that rests for a moment when descriptors run out.

    Without the rest the loop would be told of the waiting connection again at once, and
    again, with all its time.
    """

    def accept(self) -> tuple[socket.socket, Any]:
        try:
            return super().accept()
        except OSError as problem:
            if problem.errno not in {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}:
                raise
            loop = IOLoop.current()
            loop.update_handler(self, 0)
            loop.call_later(_ACCEPT_PAUSE, self._listen_again)
            raise BlockingIOError from problem

    def _listen_again(self) -> None:
        if self.fileno() != -1:
            IOLoop.current().update_handler(self, IOLoop.READ)


class CollectServer(HTTPServer):
    """Tornado's server with bounds: of time, of bytes, of connections."""

    def __init__(self, application: Application, *, bounds: Bounds = Bounds()) -> None:
        """Serve ``application`` within ``bounds``."""

    def initialize(  # type: ignore[override]
        self, application: Application, *, bounds: Bounds = Bounds()
    ) -> None:
        """Take over the bounds; Tornado calls this in place of the constructor."""
        self._bounds = bounds
        self._opened: dict[IOStream, float] = {}
        self._fresh: set[IOStream] = set()
        self._idle = asyncio.Event()
        super().initialize(
            application,
            no_keep_alive=True,
            max_header_size=HEADER_BYTES,
            idle_connection_timeout=bounds.deadline,
            body_timeout=bounds.deadline,
            max_body_size=bounds.body,
            max_buffer_size=_BUFFER_BYTES,
        )

    def add_sockets(self, sockets: Iterable[socket.socket]) -> None:
        """Start to accept connections."""
        super().add_sockets([_Listener(fileno=one.detach()) for one in sockets])

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a new connection; when there are too many, the oldest goes."""
        self._opened[stream] = IOLoop.current().time()
        self._fresh.add(stream)
        super().handle_stream(stream, address)
        if len(self._opened) > self._bounds.connections:
            oldest = next(iter(self._opened))
            del self._opened[oldest]
            oldest.close()

    def start_request(
        self, server_conn: object, request_conn: httputil.HTTPConnection
    ) -> httputil.HTTPMessageDelegate:
        """Start the clock of the one request a connection may carry.

        Tornado goes on reading what it has received even after a connection was closed: what
        was sent behind the request goes to a delegate that does nothing.
        """
        stream: IOStream = server_conn.stream  # type: ignore[attr-defined]
        if stream not in self._fresh:
            return httputil.HTTPMessageDelegate()
        self._fresh.remove(stream)
        opened = self._opened.get(stream, 0.0)
        inner = super().start_request(server_conn, request_conn)
        return _Deadline(inner, request_conn, opened + self._bounds.deadline)

    def on_close(self, server_conn: object) -> None:
        """Forget a connection that has ended."""
        self._opened.pop(server_conn.stream, None)  # type: ignore[attr-defined]
        self._fresh.discard(server_conn.stream)  # type: ignore[attr-defined]
        super().on_close(server_conn)
        if not self._opened:
            self._idle.set()

    async def idle(self) -> None:
        """Wait until no connection is open."""
        while self._opened:
            self._idle.clear()
            await self._idle.wait()
