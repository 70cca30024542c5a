"""One HTTP request in, one reply out: the rules that any Tornado application can mount."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import TracebackType
from typing import Any

from tornado.iostream import IOStream, StreamClosedError
from tornado.web import RequestHandler, stream_request_body

from mati.accept import (
    Headers,
    Limits,
    Reason,
    Refused,
    Reply,
    check_head,
    preferred_language,
    preflight,
    reply_kept,
    reply_refused,
    wants_json,
)
from mati.formservice.desk import DEADLINE, PATIENCE, Desk
from mati.model import Collect
from mati.store import Store

__all__ = ["Rule", "application"]

log = logging.getLogger("mati.collect")

_DRAIN_SECONDS = 2.0
_DRAIN_BYTES = 1024 * 1024


@stream_request_body
class _Handler(RequestHandler):
    """What all replies have in common: no name of the server, no addresses in logs."""

    def initialize(self, desk: Desk) -> None:
        """Take over what is shared."""
        self.desk = desk
        self.body = bytearray()
        self.survey_name = "-"

    def set_default_headers(self) -> None:
        """Tell nobody what runs here."""
        self.clear_header("Server")

    def compute_etag(self) -> None:
        """Compute none: replies are never cached."""

    def data_received(self, chunk: bytes) -> None:
        """Collect the body, whose length was checked before."""
        self.body += chunk

    @property
    def fields(self) -> Headers:
        """The header fields as received."""
        return [(name.lower(), value) for name, value in self.request.headers.get_all()]

    async def reply(self, reply: Reply) -> None:
        """Send ``reply``; a receiver slower than the deadline is cut off."""
        self.put(reply)
        with contextlib.suppress(StreamClosedError):
            await self.within(self.finish())

    async def reply_early(self, reply: Reply) -> None:
        """Send ``reply`` although the body has not been read.

        What the sender still sends is read for a moment and thrown away: closing at once
        would make its system discard our reply unread.
        """
        self.put(reply)
        self.set_header("Connection", "close")
        stream: IOStream = self.request.connection.stream  # type: ignore[union-attr]
        with contextlib.suppress(StreamClosedError):
            await self.within(self.flush())
            announced = {"content-length", "transfer-encoding"} & {name for name, _ in self.fields}
            if announced:
                with contextlib.suppress(TimeoutError, OSError):
                    await asyncio.wait_for(_drain(stream), _DRAIN_SECONDS)
                stream.close()
        with contextlib.suppress(StreamClosedError):
            await self.within(self.finish())

    def put(self, reply: Reply) -> None:
        """Set status, headers and body."""
        self.set_status(reply.status)
        self.clear_header("Content-Type")
        for name, value in reply.headers:
            self.set_header(name, value)
        if reply.status != 204:  # noqa: PLR2004 - a reply without a body has no length either
            self.set_header("Content-Length", str(len(reply.body)))
            self.write(reply.body)

    async def within(self, sending: Awaitable[None]) -> None:
        """Wait for ``sending``, but not longer than the deadline."""
        try:
            await asyncio.wait_for(asyncio.ensure_future(sending), self.desk.deadline)
        except TimeoutError:
            self.request.connection.stream.close()  # type: ignore[union-attr]

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say what is wrong in one plain line."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish(f"{status_code}\n")

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Name the kind of failure only: its words may quote a submission."""
        if self.get_status() >= 500 or not isinstance(value, Exception):  # noqa: PLR2004 - HTTP
            log.error("%s", typ.__name__ if typ else "unknown failure")

    def _log(self) -> None:
        took = 1000 * self.request.request_time()
        method = self.request.method if self.request.method in self.SUPPORTED_METHODS else "-"
        survey, status, size = self.survey_name, self.get_status(), len(self.body)
        log.info("%s %s %d %.1f ms %d bytes", method, survey, status, took, size)


class _FormHandler(_Handler):
    """``/f/<survey>``: takes posts, and says so to everything else."""

    async def prepare(self) -> None:
        """Refuse what can be refused before the body is read; read bodies of posts only."""
        name = self.path_args[0]
        collect = self.desk.collect()
        survey = collect.survey(name)
        self.survey_name = name if survey else "-"
        self.survey = survey
        self.language = ""
        if survey is not None:
            self.language = preferred_language(
                survey, self.request.headers.get("Accept-Language", "")
            )
        refused: Refused | None
        if self.request.method == "OPTIONS":
            await self.reply_early(preflight())
            return
        if self.request.method != "POST":
            refused = Refused(reason=Reason.WRONG_METHOD)
        else:
            refused = check_head(collect, name, self.fields, self.desk.limits) or self.admit(name)
        if refused is not None:
            refused = replace(refused, language=self.language)
            json = wants_json(self.fields)
            await self.reply_early(reply_refused(refused, self.survey, as_json=json))

    def admit(self, name: str) -> Refused | None:
        """Count the post against its network and its survey."""
        address, local = self.sender()
        keyed = "" if local else self.desk.keyed(address)
        return self.desk.traffic.admit(keyed, name, time.monotonic())

    def sender(self) -> tuple[str, bool]:
        """Return the sender's address, and whether all we know is "this machine".

        A proxy, on this machine or named by whoever runs the service, may say for whom it
        asks; only the entry that it added itself, the last one, is believed.
        """
        address = str(self.request.remote_ip)
        try:
            local = ipaddress.ip_address(address).is_loopback
        except ValueError:
            return address, False
        forwarded = self.request.headers.get_list("X-Forwarded-For")
        if forwarded and (local or address in self.desk.proxies):
            return forwarded[-1].split(",")[-1].strip(), False
        return address, local

    async def post(self, name: str) -> None:
        """Keep the submission, then reply."""
        json = wants_json(self.fields)
        survey = self.survey
        if survey is None:  # pragma: no cover - refused before the body was read
            return
        outcome = await self.desk.take(survey, bytes(self.body), self.sender()[0], self.language)
        if isinstance(outcome, Refused):
            await self.reply(reply_refused(outcome, survey, as_json=json))
        else:
            await self.reply(reply_kept(outcome, survey, as_json=json))


class _HealthHandler(_Handler):
    """``/health``: the process lives."""

    async def prepare(self) -> None:
        """Reply without reading anything."""
        if self.request.method in {"GET", "HEAD"}:
            plain = ("Content-Type", "text/plain; charset=UTF-8")
            await self.reply_early(Reply(status=200, headers=(plain,), body=b"ok\n"))
        else:
            await self.reply_early(
                reply_refused(Refused(reason=Reason.WRONG_METHOD), None, as_json=False)
            )


class _NothingHandler(_Handler):
    """Every other address."""

    async def prepare(self) -> None:
        """Reply without reading anything."""
        json = wants_json(self.fields)
        await self.reply_early(reply_refused(Refused(reason=Reason.NO_SURVEY), None, as_json=json))


async def _drain(stream: IOStream) -> None:
    """Read what still comes, up to a bound; our side of the connection is finished."""
    stream.socket.shutdown(socket.SHUT_WR)
    left = _DRAIN_BYTES
    while left > 0:
        left -= len(await stream.read_bytes(min(left, 65536), partial=True))


Rule = tuple[str, type[RequestHandler], dict[str, Any]]


def application(
    collect: Callable[[], Collect],
    store: Store,
    *,
    limits: Limits | None = None,
    patience: float = PATIENCE,
    deadline: float = DEADLINE,
    kept: Callable[[str], None] | None = None,
    proxies: frozenset[str] = frozenset(),
    health: bool = False,
) -> list[Rule]:
    """Return the rules that take submissions under ``/f/``, for any Tornado application.

    ``kept`` is called in the loop with the survey's name after something new was stored.
    """
    desk = Desk(
        collect=collect,
        store=store,
        limits=limits or Limits(),
        patience=patience,
        deadline=deadline,
        kept=kept,
        proxies=proxies,
    )
    shared = {"desk": desk}
    rules: list[Rule] = [
        (r"/f/([a-z][a-z0-9-]{0,99})", _FormHandler, shared),
        (r"/f/.*", _NothingHandler, shared),
    ]
    if health:
        rules += [(r"/health", _HealthHandler, shared), (r".*", _NothingHandler, shared)]
    return rules
