"""An SSH server of its own for the tests, on loopback, with keys that are thrown away after."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import sshd


@dataclass(frozen=True)
class Server:
    """``programs`` is to stand first on the search path: ssh and sftp there know the key."""

    port: int
    user: str
    programs: Path
    settings: Path
    """What ssh reads: a test may change it."""

    def target(self, folder: Path | str) -> str:
        return f"{self.user}@localhost:{folder} port {self.port}"


SERVER = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
Subsystem sftp {sftp}
"""
CLIENT = """\
Host *
  IdentityFile {folder}/key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known
  GlobalKnownHostsFile /dev/null
  LogLevel ERROR
"""


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def server(sftp: str = "internal-sftp") -> Iterator[Server]:
    """Start a server that lets this very user in; yield it; stop it."""
    programs = sshd.find()
    assert programs is not None, sshd.advice()
    folder = Path(tempfile.mkdtemp(prefix="mati-ssh-"))
    port = _free_port()
    for name in ("host", "key"):
        words = [programs["ssh-keygen"], "-q", "-t", "ed25519", "-N", "", "-f", folder / name]
        subprocess.run(words, check=True)
    public = (folder / "host.pub").read_text("ascii").split()[:2]
    (folder / "known").write_text(f"[localhost]:{port} {' '.join(public)}\n", "ascii")
    (folder / "server").write_text(SERVER.format(port=port, folder=folder, sftp=sftp), "utf-8")
    settings = folder / "client"
    settings.write_text(CLIENT.format(folder=folder), "utf-8")
    (folder / "bin").mkdir()
    for name in ("ssh", "sftp"):
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec {programs[name]} -F {settings} "$@"\n', "utf-8")
        script.chmod(0o755)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where it parts with its rights
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [programs["sshd"].resolve(), "-D", "-e", "-f", folder / "server"],
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        _wait(port, running, folder / "log")
        yield Server(port, getpass.getuser(), folder / "bin", settings)
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert running.poll() is None, log.read_text("utf-8")
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = "the server did not start"
    raise AssertionError(message)
