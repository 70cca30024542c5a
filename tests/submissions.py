"""What the tests of the form service share: a survey, a body, a service that runs."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from tornado.netutil import bind_sockets
from tornado.web import Application

from mati.accept import Limits
from mati.formservice import Bounds, CollectServer, application
from mati.model import Chosen, Collect, CollectLanguage, CollectSurvey
from mati.store import Store


def words(code: str) -> CollectLanguage:
    return CollectLanguage(
        thanks=f"https://shop.example/{code}/visit/thanks/",
        refusal=f'<html lang="{code}"><p>{{{{message}}}}</p>',
        messages=(("410", f"{code}: closed &amp; done"), ("503", f"{code}: later")),
    )


def survey(**changes: object) -> CollectSurvey:
    values: dict[str, object] = {
        "name": "visit",
        "version": "v1",
        "source": "en",
        "languages": tuple((code, words(code)) for code in ("en", "km", "lo")),
        "names": ("overall", "staff.polite", "channel", "best", "phone"),
        "private": ("phone",),
        "endings": (("sorry", Chosen(("overall", "staff.polite"), ("1", "2"))), ("thanks", None)),
    }
    return CollectSurvey(**(values | changes))  # type: ignore[arg-type]


def collect(*surveys: CollectSurvey) -> Collect:
    return Collect(surveys=surveys or (survey(), survey(name="other")))


def body(*pairs: tuple[str, str], **more: str) -> bytes:
    return urlencode([*pairs, *more.items()]).encode()


def post(
    content: bytes,
    *,
    path: str = "/f/visit",
    kind: str = "application/x-www-form-urlencoded",
    headers: str = "",
    length: int | None = None,
    method: str = "POST",
) -> bytes:
    size = len(content) if length is None else length
    head = f"{method} {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return (head + headers + "\r\n").encode("latin-1") + content


def exchange(port: int, raw: bytes, seconds: float = 10.0) -> bytes:
    """Send ``raw``, return everything until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as link:
        with contextlib.suppress(OSError):
            link.sendall(raw)
        return receive(link)


def receive(link: socket.socket) -> bytes:
    received = b""
    with contextlib.suppress(ConnectionError):
        while chunk := link.recv(65536):
            received += chunk
    return received


def status(reply: bytes) -> int:
    """Return the status of a reply, 0 when the connection was closed without one."""
    return int(reply.split(b" ", 2)[1]) if reply else 0


@contextlib.contextmanager
def service(
    folder: Path,
    *,
    get: Callable[[], Collect] = collect,
    limits: Limits | None = None,
    bounds: Bounds | None = None,
    store: Store | None = None,
    patience: float = 5.0,
) -> Iterator[int]:
    """Run the real server on a thread; yields its port."""
    plenty = Limits(address_per_minute=10**6, survey_per_minute=10**6)
    kept = store or Store(folder / "private" / "collect.db")
    started = threading.Event()
    told: dict[str, object] = {}

    async def run() -> None:
        bound = bounds or Bounds()
        rules = application(
            get,
            kept,
            limits=limits or plenty,
            patience=patience,
            deadline=bound.deadline,
            health=True,
        )
        server = CollectServer(Application(list(rules)), bounds=bound)
        listening = bind_sockets(0, "127.0.0.1")
        told["port"] = listening[0].getsockname()[1]
        told["loop"] = asyncio.get_running_loop()
        told["stop"] = stop = asyncio.Event()
        server.add_sockets(listening)
        started.set()
        await stop.wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert started.wait(5)
    try:
        yield int(str(told["port"]))
    finally:
        loop, stop = told["loop"], told["stop"]
        loop.call_soon_threadsafe(stop.set)  # type: ignore[attr-defined]
        thread.join()
        kept.close()
