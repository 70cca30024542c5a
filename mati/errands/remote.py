"""``user@host:/folder port 2222`` in, its parts out; words of ssh in, a reason out.

The words are those of OpenSSH, rsync and git under the locale C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mati.errands import Ran, Refusal, Why, Work

__all__ = ["OverSsh", "Remote", "folder_there", "last_words", "reason_of", "refused", "remote_of"]

_REMOTE = re.compile(
    r"(?P<who>(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,63}@)?"
    r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\]))"
    r":(?P<path>(?!//)[^\s~:\\-].*?)(?: port (?P<port>[0-9]{1,5}))?"
)
_DRIVE = re.compile(r"[A-Za-z]:.*")
"""A folder of Windows, which is no server."""
_HIGHEST = 65_535
_LONGEST = 500
"""Bytes of a target: sftp reads no line above 2,047, and a line has two paths."""
_WORDS = (
    (Why.NO_HOST, ("could not resolve host", "name or service not known")),
    (Why.HOST_UNKNOWN, ("host key verification failed", "host identification has changed")),
    # Behind it stands how one may prove who one is; a number is another matter.
    (Why.KEY_REFUSED, ("permission denied (p", "permission denied (k", "permission denied (g",
                       "permission denied (h", "too many authentication failures")),
    (
        Why.NO_PROGRAM_THERE,
        ("command not found", "rsync: not found", "subsystem request failed", "no such command",
         "sftp connections only"),
    ),
    (
        Why.NO_CONNECTION,
        (
            "connection refused", "timed out", "no route to host", "network is unreachable",
            "io timeout", "connection reset", "connection closed", "broken pipe",
            "failed to connect",
        ),
    ),
    (Why.DISK_FULL, ("no space left", "quota exceeded", "disk quota")),
    (
        Why.CANNOT_WRITE,
        ("permission denied", "read-only file system", "no such file or directory",
         "operation not permitted", "not a directory"),
    ),
)  # fmt: skip
"""What stands in small letters in the words of a program, the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A folder on a server."""

    who: str
    """``user@host`` or ``host``, never beginning with a hyphen."""
    host: str
    path: str
    """Without a slash at its end; relative to the home folder without one at its start."""
    port: int | None = None

    def at(self, path: str) -> str:
        """Return the path of a file there."""
        return f"{self.path.rstrip('/')}/{path}"

    def options(self, *, person: bool) -> tuple[str, ...]:
        """Return options of ssh and sftp: ask nothing where nobody is, give up in the end."""
        batch = "no" if person else "yes"
        values = (batch, "20", "15", "4")
        names = ("BatchMode", "ConnectTimeout", "ServerAliveInterval", "ServerAliveCountMax")
        port = (f"-oPort={self.port}",) if self.port else ()
        pairs = zip(names, values, strict=True)
        return (*(f"-o{name}={value}" for name, value in pairs), *port)


def remote_of(text: str) -> Remote | None:
    """Return the folder that is meant; None where it is not one that can be named safely."""
    fits = text.isprintable() and len(text.encode("utf-8")) <= _LONGEST
    found = _REMOTE.fullmatch(text) if fits and not _DRIVE.fullmatch(text) else None
    if found is None:
        return None
    path, port = found["path"], int(found["port"]) if found["port"] else None
    if ".." in path.split("/") or (port is not None and not 0 < port <= _HIGHEST):
        return None
    host = found["host"].strip("[]")
    return Remote(who=found["who"], host=host, path=path.rstrip("/") or "/", port=port)


class OverSsh:
    """What the ways over ssh share: a folder on a server, whose files appear one by one."""

    example = "sokha@sokha.example:/var/www/shop"
    hosts = ("apache", "nginx")
    whole = False

    def accepts(self, to: str) -> bool:
        """Accept ``user@host:/folder`` and, behind it, ``port 2222``."""
        return remote_of(to) is not None


def folder_there(work: Work) -> Remote:
    """Return the folder that work is for; ``ValueError`` where its way would not accept it."""
    found = remote_of(work.to)
    if found is None:
        raise ValueError(work.to)
    return found


def last_words(errors: str) -> str:
    """Return the line of a program's complaints that says most: its last, its exit code aside."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith("rsync error:")] or lines
    return telling[-1][:300] if telling else ""


def reason_of(errors: str) -> Why | None:
    """Return what a program complains of; None where that is not clear."""
    said = errors.lower()
    return next((why for why, words in _WORDS if any(word in said for word in words)), None)


def refused(ran: Ran, remote: Remote, program: str) -> Refusal:
    """Return why a program that talks to a server failed."""
    details = {
        Why.KEY_REFUSED: remote.who,
        Why.CANNOT_WRITE: remote.path,
        Why.NO_PROGRAM_THERE: program,
        Why.DISK_FULL: "",
    }
    why = reason_of(ran.errors)
    if why is None:
        words = last_words(ran.errors) or str(ran.status)
        return Refusal(Why.PROGRAM_FAILED, f"{program}: {words}")
    return Refusal(why, details.get(why, remote.host))
