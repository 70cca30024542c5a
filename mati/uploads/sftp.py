"""A folder on a server, by sftp: for web space that lets nothing else in.

A server can not be asked for digests this way. So a folder with a random name is left there as
a mark: while it is found again, and no other, what is remembered of the last time holds; else all
is sent. Marks of others are removed, so that they see that somebody published after them.
Read: sftp(1), its batch files and their quoting, OpenSSH 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mati.errands import (
    Errands,
    Plan,
    Ran,
    Refusal,
    Run,
    Why,
    Work,
    difference,
    folders_of,
    left_empty,
    run,
)
from mati.errands.remote import OverSsh, Remote, folder_there, refused

__all__ = ["way"]

_MARK = ".mati-published-"
_MARKED = re.compile(re.escape(_MARK) + "[0-9a-f]{1,64}")
_NEW = ".mati-new"
_LONGEST_LINE = 2_000
"""Bytes: sftp takes what is beyond 2,047 for the next line."""
_FULL = re.compile(r"write remote .*: Failure")
"""All that the protocol has for a disk that is full, or a share of it that is used up."""


def _quoted(path: str) -> str:
    """Return a path as batch files take it: nothing in it means anything."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _beside(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/.{name}{_NEW}" if folder else f".{name}{_NEW}"


class _Sftp(OverSsh):
    name = "sftp"

    def compare(self, work: Work) -> Errands[Plan]:
        """Look for the mark; without it all travels, whatever of it is there."""
        remote = folder_there(work)
        found = yield from _listed(work, remote, [""])
        marks = {name for name in found if _MARKED.fullmatch(name)}
        if work.mark and marks == {_MARK + work.mark}:
            return difference(work, work.known, work.known)
        folders = [f for f in folders_of(work.files) if f.partition("/")[0] in found]
        if folders:
            found |= yield from _listed(work, remote, folders)
        there = dict.fromkeys(sorted(found & work.files.keys()), "")
        plan = difference(work, there, work.known)
        return replace(plan, note=dict.fromkeys(sorted(marks - {_MARK + work.mark}), ""))

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Send each file beside its place and move it in: pages last, then removals."""
        remote = folder_there(work)
        ran = yield from _run(work, remote, _batch(work, plan, remote, clear=False))
        if ran.status and "remote rename" in ran.errors and "Failure" in ran.errors:
            # A server that moves no file into the place of another.
            ran = yield from _run(work, remote, _batch(work, plan, remote, clear=True))
        if ran.status and _FULL.search(ran.errors):
            raise Refusal(Why.DISK_FULL)
        if ran.status:
            raise refused(ran, remote, "sftp")
        return ()


def _batch(work: Work, plan: Plan, remote: Remote, *, clear: bool) -> Iterator[str]:
    """Make the lines; those that begin with a hyphen may fail: what they ask for may be so."""
    parts = remote.path.strip("/").split("/")
    start = "/" if remote.path.startswith("/") else "./"
    for length in range(1, len(parts) + 1):
        yield f"-mkdir {_quoted(start + '/'.join(parts[:length]))}"
    yield f"-mkdir {_there(remote, _MARK + work.next_mark)}"
    for folder in folders_of(plan.sent):
        yield f"-mkdir {_there(remote, folder)}"
    for path in plan.sent:
        yield f"put {_quoted('./' + path)} {_there(remote, _beside(path))}"
        if clear:
            yield f"-rm {_there(remote, path)}"
        yield f"rename {_there(remote, _beside(path))} {_there(remote, path)}"
    for path in plan.removed:
        yield f"-rm {_there(remote, path)}"
        if not work.known.get(path):  # it was on its way when a publish was killed
            yield f"-rm {_there(remote, _beside(path))}"
    for folder in left_empty(work, plan):  # one that holds something else stays
        yield f"-rmdir {_there(remote, folder)}"
    for mark in (*((_MARK + work.mark,) if work.mark else ()), *plan.note):
        yield f"-rmdir {_there(remote, mark)}"


def _listed(work: Work, remote: Remote, folders: Iterable[str]) -> Errands[set[str]]:
    """Return what stands in folders there, by path; those that are not there hold nothing."""
    ran = yield from _run(work, remote, [f"-ls -1a {_there(remote, one)}" for one in folders])
    if ran.status:
        raise refused(ran, remote, "sftp")
    lines = (_shown(line) for line in ran.out.splitlines())
    start = _whole(remote, "")
    return {line.removeprefix(start).lstrip("/") for line in lines if line.startswith(start)}


_ESCAPED = re.compile(rb"\\(\\|[0-7]{3})")


def _shown(line: bytes) -> str:
    """Return a line as it is meant: what is no ASCII is escaped in the locale C."""
    plain = _ESCAPED.sub(lambda m: m[1] if m[1] == b"\\" else bytes((int(m[1], 8) & 0xFF,)), line)
    return plain.decode("utf-8", "replace")


def _whole(remote: Remote, path: str) -> str:
    whole = remote.at(path)
    return whole if whole.startswith("/") else f"./{whole}"


def _there(remote: Remote, path: str) -> str:
    return _quoted(_whole(remote, path))


def _run(work: Work, remote: Remote, lines: Iterable[str]) -> Errands[Ran]:
    written = [f"{line}\n".encode() for line in lines]
    if too_long := [line for line in written if len(line) > _LONGEST_LINE]:
        words = too_long[0].decode("utf-8")
        raise Refusal(Why.PROGRAM_FAILED, f"sftp: {words[:80]}…")
    batch = b"".join(written)
    # What is set first holds: -b alone would forbid to ask for a password.
    arguments = (*remote.options(person=work.person), "-b", "-", "--", remote.who)
    return run(Run(program="sftp", arguments=arguments, stdin=batch, counts="sftp> rename"))


way = _Sftp()
