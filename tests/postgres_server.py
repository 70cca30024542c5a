"""A PostgreSQL server of its own for the tests, on loopback, in a folder that is deleted after."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from scripts import postgres

USER = "postgres"
"""Whom the server runs as where the tests run as root, which it refuses."""


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Start a server; yield its address; stop it."""
    programs = postgres.find()
    assert programs is not None, postgres.advice()
    folder = Path(tempfile.mkdtemp(prefix="mati-pg-"))
    who = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(USER)
        os.chown(folder, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "mati", "-A", "trust", "-E", "UTF8",
         "--no-locale", "-N"],
        check=True, **quiet,
    )  # fmt: skip
    running = subprocess.Popen(
        [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder,
         "-c", "fsync=off", "-c", "shared_buffers=16MB"],
        **quiet,
    )  # fmt: skip
    address = f"postgresql://mati@127.0.0.1:{port}/postgres"
    try:
        _wait(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert running.poll() is None, "the server ended"
        try:
            with psycopg.connect(address, connect_timeout=2):
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    message = "the server did not start"
    raise AssertionError(message)
