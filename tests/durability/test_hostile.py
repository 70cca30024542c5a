"""Many bad senders at once: the quick run of these stands in ``tests/test_formservice.py``."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from pathlib import Path

import pytest
from hostile import storm
from submissions import body, exchange, post, service, status

from mati.formservice import Bounds

pytestmark = pytest.mark.durability

GOOD = post(body(overall="5"))
SLOW = 250
DEADLINE = 3.0


def drip(port: int, raw: bytes, closed: list[float], ready: threading.Event) -> None:
    """Hold many connections, each sending a byte at a time; note when each is closed."""
    chooser = selectors.DefaultSelector()
    opened: dict[socket.socket, float] = {}
    for _ in range(SLOW):
        link = socket.create_connection(("127.0.0.1", port), timeout=5)
        link.setblocking(False)  # noqa: FBT003 - the socket's own way to say it
        opened[link] = time.monotonic()
        chooser.register(link, selectors.EVENT_READ)
    ready.set()
    at = 0
    while opened:
        for key, _ in chooser.select(0.1):
            link = key.fileobj
            assert isinstance(link, socket.socket)
            closed.append(time.monotonic() - opened.pop(link))
            chooser.unregister(link)
            link.close()
        for link in opened:
            try:
                link.send(raw[at : at + 1])
            except OSError:
                continue
        at += 1


def test_hundreds_of_slow_senders_are_cut_off_and_hurt_nobody(tmp_path: Path):
    closed: list[float] = []
    ready = threading.Event()
    raw = post(b"", length=5000) + b"a=" + b"x" * 5000
    with service(tmp_path, bounds=Bounds(deadline=DEADLINE)) as port:
        slow = threading.Thread(target=drip, args=(port, raw, closed, ready))
        slow.start()
        assert ready.wait(20)
        took = []
        while slow.is_alive():
            began = time.monotonic()
            assert status(exchange(port, GOOD)) == 303
            took.append(time.monotonic() - began)
        slow.join()
    assert len(closed) == SLOW
    assert max(closed) < DEADLINE + 1.5
    assert max(took) < 1.5


@pytest.mark.parametrize("seed", [2, 3])
def test_thousands_of_malformed_requests_never_make_it_fail(tmp_path: Path, seed: int):
    with service(tmp_path) as port:
        codes = storm(port, 2000, seed)
        assert not [code for code in codes if code >= 500]
        assert status(exchange(port, GOOD)) == 303
