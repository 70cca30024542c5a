"""A way to build in, a preview in the browser out: for this computer alone.

Pages are built in memory and follow each save; mistakes are shown on the page while the last
good one stays; forms post to the embedded form service, whose answers come home at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import re
import socket
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tornado.web import Application

from mati.devserver.arrivals import bring_home
from mati.devserver.handlers import Listeners, foreign, refusing, rules
from mati.devserver.places import locate
from mati.devserver.preview import Make, MakePart, MakeTraced, Preview, Translate
from mati.devserver.status import STATUS, Left, Progress
from mati.diagnostics import Notebook
from mati.formservice import CollectServer, application, hush_tornado
from mati.store import Store
from mati.writer import scan

__all__ = [
    "STATUS",
    "Left",
    "NoPortError",
    "Progress",
    "Running",
    "Translating",
    "serve",
    "start",
]

log = logging.getLogger("mati.preview")

_EVERY = 0.2
"""Seconds between two looks at the files."""
_TRANSLATION = re.compile(r"locales/[A-Za-z0-9-]+/([a-z][a-z0-9-]*)\.po")
_FIRST = 0.5
"""Seconds in which browsers fetch the pages of one survey before all others are built."""
_REST = 4
"""Times as long as a look takes, so that many files do not keep the computer busy."""
_LOCAL = r"(localhost|127\.0\.0\.1|\[::1\])"
"""Only these names lead here: a page elsewhere cannot make a browser ask under its own name."""


class NoPortError(OSError):
    """Neither the wanted port nor those after it are free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translating:
    """What a preview offers translators.

    ``make`` builds with every text accounted for, ``part`` one survey alone; ``progress`` counts
    what is left; ``marked``: pages show it unasked; ``editor`` is an address that opens
    ``{path}`` at ``{line}``.
    """

    make: MakeTraced | None = None
    part: MakePart | None = None
    progress: Callable[[], Sequence[Progress]] | None = None
    marked: bool = False
    editor: str = ""


@dataclass(slots=True, kw_only=True)
class Running:
    """A preview that runs; ``await stop()`` ends it."""

    port: int
    preview: Preview
    root: Path
    told: Callable[[Notebook], None]
    listeners: Listeners
    server: CollectServer
    store: Store
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    arrived: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def rebuild(self, changed: Collection[str] = ()) -> None:
        """Build in a thread, tell the terminal and every open page.

        Where nothing ``changed`` but the translation of one survey, its pages are built and shown
        first: whoever translates waits for no other.
        """
        found = {match[1] for path in changed if (match := _TRANSLATION.fullmatch(path))}
        alone = len(found) == 1 and all(map(_TRANSLATION.fullmatch, changed))
        if alone and await asyncio.to_thread(self.preview.refresh, found.pop()):
            self.listeners.tell()
            await asyncio.sleep(_FIRST)
        notes = await asyncio.to_thread(self.preview.rebuild)
        self.told(notes)
        self.listeners.tell()

    async def watch(self, seen: Mapping[str, object]) -> None:
        """Look for saves for ever; ``seen`` is what the files were before the first build."""
        pause = _EVERY
        while True:
            await asyncio.sleep(pause)
            started = time.monotonic()
            now = await asyncio.to_thread(scan, self.root)
            pause = max(_EVERY, _REST * (time.monotonic() - started))
            if now != seen:
                changed = {name for name, _ in seen.items() ^ now.items()}
                seen = now
                await self.rebuild(changed)

    async def take_home(self) -> None:
        """Bring home what arrives, and first what had arrived before; the watcher sees it."""
        for survey in self.preview.collect.surveys:
            self.arrived.put_nowait(survey.name)
        while True:
            name = await self.arrived.get()
            try:
                await asyncio.to_thread(bring_home, self.root, name)
            except Exception as fault:  # noqa: BLE001 - answers stay stored; the next try brings them
                log.warning("answers of %s were not brought home (%s)", name, type(fault).__name__)

    async def stop(self) -> None:
        """End watching, let go of the port and the database."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.listeners.close()
        self.server.stop()
        await self.server.close_all_connections()
        await asyncio.to_thread(self.store.close)


def _listening(port: int, family: socket.AddressFamily, address: str) -> socket.socket:
    """Take one port of one loopback address; ``OSError`` when it is taken."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there the option lets two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.settimeout(0)
        made.bind((address, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def _pair(port: int) -> list[socket.socket]:
    """Take a port of this computer; ``OSError`` when another program answers there.

    IPv6 is taken, too, where there is any: some browsers ask there first for ``localhost``.
    """
    sockets = [_listening(port, socket.AF_INET, "127.0.0.1")]
    try:
        sockets.append(_listening(sockets[0].getsockname()[1], socket.AF_INET6, "::1"))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            sockets[0].close()
            raise
    return sockets


def _free_port(port: int, tries: int) -> list[socket.socket]:
    """Take the wanted port, or one of the next; 0 takes any."""
    for offset in range(tries):
        with contextlib.suppress(OSError, OverflowError):
            return _pair(port + offset if port else 0)
    raise NoPortError(errno.EADDRINUSE, "no free port")


async def start(
    root: Path,
    make: Make,
    *,
    port: int = 0,
    tries: int = 1,
    told: Callable[[Notebook], None] = lambda _notes: None,
    translate: Translate = str,
    language: str = "en",
    translating: Translating | None = None,
) -> Running:
    """Start a preview of the project in ``root``; it runs until it is stopped.

    ``make`` builds in memory, ``told`` hears of each build. ``NoPortError`` when no port is free.
    """
    hush_tornado()
    sockets = _free_port(port, tries)
    found: int = sockets[0].getsockname()[1]
    offered = translating or Translating()
    preview = Preview(
        make=make,
        translate=translate,
        language=language,
        locate=partial(locate, root),
        make_traced=offered.make,
        make_part=offered.part,
        progress=offered.progress,
        marked=offered.marked,
        editor=offered.editor,
        root=root.as_posix(),
    )
    store = Store(root / "private" / "collect.db")
    arrived: asyncio.Queue[str] = asyncio.Queue()
    forms: list[Any] = list(application(lambda: preview.collect, store, kept=arrived.put_nowait))
    listeners = Listeners(preview)
    app = Application([(r".*", refusing())])
    app.add_handlers(_LOCAL, [foreign(), *forms, *rules(preview, listeners)])
    server = CollectServer(app)
    running = Running(
        port=found,
        preview=preview,
        root=root,
        told=told,
        listeners=listeners,
        server=server,
        store=store,
        arrived=arrived,
    )
    server.add_sockets(sockets)
    seen = await asyncio.to_thread(scan, root)
    await running.rebuild()
    running.tasks.append(asyncio.create_task(running.watch(seen)))
    running.tasks.append(asyncio.create_task(running.take_home()))
    return running


def serve(
    root: Path,
    make: Make,
    *,
    port: int,
    tries: int,
    ready: Callable[[int], None],
    told: Callable[[Notebook], None],
    translate: Translate,
    language: str,
    translating: Translating | None = None,
) -> None:
    """Serve a preview until Ctrl-C; ``ready`` is called with the port when it stands."""

    async def run() -> None:
        running = await start(
            root,
            make,
            port=port,
            tries=tries,
            told=told,
            translate=translate,
            language=language,
            translating=translating,
        )
        try:
            ready(running.port)
            await running.tasks[0]
        finally:
            await running.stop()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())
