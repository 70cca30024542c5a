"""A web server in, the same server behind a slow third-generation network out.

A proxy in this process, as no setting of the system is asked for: a round trip takes 400 ms,
all connections share 400 kbit/s downwards, each needs two round trips before its first
request (TCP and TLS 1.3) and begins with ten segments in flight, one more for each that is
confirmed (slow start). Nothing is lost on the way. HTTP/1.1 behind it: a page of several files
opens several connections, as it would with most small hosts.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

__all__ = ["slow"]

ROUND_TRIP = 0.4
SECONDS_PER_BYTE = 8 / 400_000
SEGMENT = 1460
WINDOW = 10 * SEGMENT
SET_UP = 2 * ROUND_TRIP


class _Link:
    """The shared way down: when it is free again."""

    def __init__(self) -> None:
        self._free = 0.0

    def passed(self, now: float, size: int) -> float:
        """Return when so many bytes, handed over now, have left."""
        self._free = max(now, self._free) + size * SECONDS_PER_BYTE
        return self._free


class _Way:
    """Down one connection: bytes leave while the window is open, arrive half a trip later."""

    def __init__(self, link: _Link, client: asyncio.StreamWriter) -> None:
        self._link, self._client = link, client
        self._window = WINDOW
        self._flying = 0
        self._room = asyncio.Event()
        self._arrived = 0.0

    async def send(self, content: bytes) -> None:
        """Send bytes; returns when the last has left, not when it has arrived."""
        loop = asyncio.get_running_loop()
        for start in range(0, len(content), SEGMENT):
            segment = content[start : start + SEGMENT]
            while self._flying + len(segment) > self._window:
                self._room.clear()
                await self._room.wait()
            self._flying += len(segment)
            left = self._link.passed(loop.time(), len(segment))
            self._arrived = left + ROUND_TRIP / 2
            loop.call_at(self._arrived, self._client.write, segment)
            loop.call_at(left + ROUND_TRIP, self._confirmed, len(segment))

    def _confirmed(self, size: int) -> None:
        self._flying -= size
        self._window += size
        self._room.set()

    async def end(self) -> None:
        """Close the connection when all has arrived."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._arrived - loop.time()) + 0.01)
        self._client.close()


async def _up(client: asyncio.StreamReader, server: asyncio.StreamWriter, ready: float) -> None:
    """Hand on what the browser asks, half a trip late, the first after the set-up."""
    loop = asyncio.get_running_loop()
    while content := await client.read(65536):
        due = max(loop.time(), ready) + ROUND_TRIP / 2
        loop.call_at(due, server.write, content)
    loop.call_later(ROUND_TRIP, server.close)


async def _through(
    client: tuple[asyncio.StreamReader, asyncio.StreamWriter], port: int, link: _Link
) -> None:
    """Connect one browser's connection with the server."""
    ready = asyncio.get_running_loop().time() + SET_UP
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    up = asyncio.create_task(_up(client[0], writer, ready))
    way = _Way(link, client[1])
    with suppress(ConnectionError):
        while content := await reader.read(65536):
            await way.send(content)
        await way.end()
    up.cancel()
    writer.close()


@contextmanager
def slow(url: str) -> Iterator[str]:
    """Give the address of a server as seen through the slow network, until the block ends."""
    port = urlsplit(url).port or 80
    link = _Link()
    loop = asyncio.new_event_loop()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await _through((reader, writer), port, link)

    async def start() -> asyncio.Server:
        return await asyncio.start_server(meet, "127.0.0.1", 0)

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
