"""A folder and a port in; a form service that runs until it is asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from pathlib import Path

from tornado.netutil import bind_sockets
from tornado.web import Application

from mati.accept import Limits
from mati.formservice.desk import DEADLINE, PATIENCE, CollectFile
from mati.formservice.handlers import Rule, application
from mati.formservice.server import Bounds, CollectServer
from mati.formservice.telling import Teller
from mati.store import Store

__all__ = ["hush_tornado", "serve_collect"]


def hush_tornado() -> None:
    """Keep Tornado's own log lines out: they quote addresses, paths and bodies."""
    for name in ("tornado.access", "tornado.general", "tornado.application"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.handlers[:] = [logging.NullHandler()]


def serve_collect(
    private: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    deadline: float = DEADLINE,
    connections: int = Bounds().connections,
    proxies: frozenset[str] = frozenset(),
    teller: Callable[[CollectFile], Teller] | None = None,
    ready: Callable[[int], None] = lambda _port: None,
) -> None:
    """Collect submissions into ``private/collect.db`` until asked to stop.

    ``teller`` makes what tells of people to call back. ``proxies`` are believed when they say
    for whom they ask. ``ready`` is called with the
    port once posts are taken; ``OSError`` when the port is taken. On SIGTERM or Ctrl-C no new
    connection is taken, what arrived is stored and answered, then it returns.
    """
    hush_tornado()
    store = Store(private / "collect.db")
    told = teller(CollectFile(private / "collect.json")) if teller else None
    rules = application(
        CollectFile(private / "collect.json"),
        store,
        limits=limits,
        deadline=deadline,
        proxies=proxies,
        health=True,
        kept=(lambda _survey: told.wake()) if told else None,
    )
    body = (limits or Limits()).body
    if told:
        told.start()
    try:
        asyncio.run(_serve(rules, host, port, ready, Bounds(deadline, connections, body)))
    finally:
        store.close()
        if told:
            told.stop(PATIENCE)


async def _serve(
    rules: list[Rule], host: str, port: int, ready: Callable[[int], None], bounds: Bounds
) -> None:
    sockets = bind_sockets(port, host)
    bound = int(sockets[0].getsockname()[1])
    server = CollectServer(Application(list(rules)), bounds=bounds)
    server.add_sockets(sockets)
    stop = _stop_event()
    ready(bound)
    await stop.wait()
    server.stop()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(server.idle(), PATIENCE)
    await server.close_all_connections()


def _stop_event() -> asyncio.Event:
    """Return an event that is set when the process is asked to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
