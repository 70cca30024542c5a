"""Requests that are wrong in a few places, the same ones each time."""

from __future__ import annotations

import random
import socket

from submissions import receive, status

HEADS = [
    b"POST /f/visit HTTP/1.1",
    b"Host: a",
    b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Length: 9",
    b"Transfer-Encoding: chunked",
    b"Accept: application/json",
    b"Expect: 100-continue",
    b"Connection: keep-alive, Upgrade",
    b"Content-Encoding: br",
    b"X-Forwarded-For: 1.2.3.4, ::1, \xff",
    b"Accept-Language: km;q=x,,;",
    b"Content-Length: 0x9",
]


def malformed(dice: random.Random) -> bytes:
    """Return one request that is wrong in a few places."""
    lines = [HEADS[0], *dice.sample(HEADS[1:], dice.randint(0, 8))]
    end = dice.choice([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r"])
    raw = bytearray(end.join(lines) + end + end)
    raw += dice.choice([b"a=%F0%9F&b", b"best=ok&x", b"9\r\na=b\r\n0\r\n\r\n", b"", b"%00" * 9])
    for _ in range(dice.randint(0, 6)):
        at = dice.randrange(len(raw))
        match dice.randrange(4):
            case 0:
                raw[at] = dice.randrange(256)
            case 1:
                del raw[at : at + dice.randint(1, 9)]
            case 2:
                raw[at:at] = dice.randbytes(dice.randint(1, 9))
            case _:
                raw[at:at] = raw[dice.randrange(len(raw)) :][:40]
        raw = raw or bytearray(b"\r\n")
    return bytes(raw)


def storm(port: int, count: int, seed: int) -> list[int]:
    dice, codes = random.Random(seed), []  # noqa: S311 - a game of dice
    for _ in range(count):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
            try:
                link.sendall(malformed(dice))
                link.shutdown(socket.SHUT_WR)
                codes.append(status(receive(link)))
            except OSError:
                codes.append(0)
    return codes
