"""A folder on a server, by rsync over ssh: rsync itself sees what differs.

Arguments go over the connection (``--secluded-args``), not through the shell of the server;
names go as a list, so that nothing else can be sent or removed. Read: rsync(1), 3.1 and later.
"""

from __future__ import annotations

from collections.abc import Iterable

from mati.errands import (
    Errands,
    Plan,
    Ran,
    Refusal,
    Run,
    Why,
    Work,
    comes_last,
    difference,
    left_empty,
    run,
)
from mati.errands.remote import OverSsh, Remote, folder_there, reason_of, refused

__all__ = ["way"]

_PLAIN = (
    "-s",  # its longer name changed; this one did not
    "-8",
    "--perms",
    "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r",
    "--no-implied-dirs",
    "--timeout=300",
    "--from0",
    "--files-from=-",
)
_NO_FOLDER = 3
"""Exit code where the folder there is none."""
_VANISHED = 24
"""Exit code where what is listed is not there: so it is meant, when it is to be removed there."""


def _run(
    work: Work, remote: Remote, paths: Iterable[str], *more: str, inside: str = "site"
) -> Errands[Ran]:
    ssh = " ".join(("ssh", *remote.options(person=work.person)))
    arguments = (*_PLAIN, *more, "-e", ssh, "--", "./", f"{remote.who}:{remote.at('')}")
    listed = "\0".join(paths).encode("utf-8")
    return run(Run(program="rsync", arguments=arguments, stdin=listed, inside=inside, counts="<f"))


class _Rsync(OverSsh):
    name = "rsync"

    def compare(self, work: Work) -> Errands[Plan]:
        """Let rsync compare the bytes here and there, and change nothing."""
        remote = folder_there(work)
        ran = yield from _run(
            work, remote, sorted(work.files), "--checksum", "--dry-run", "--out-format=%i %n"
        )
        if ran.status:
            raise _refusal(ran, remote)
        items = [line.partition(" ") for line in ran.out.decode("utf-8", "replace").splitlines()]
        sent = {path: "+" in item for item, _, path in items if item.startswith("<f")}
        there = {
            path: "" if path in sent else file.digest
            for path, file in work.files.items()
            if not sent.get(path)
        }
        return difference(work, there, work.known)

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Send what pages refer to, then pages, then remove what is gone."""
        remote = folder_there(work)
        # What differs is known: that sizes and moments agree must not keep a file from travelling.
        always = ("--ignore-times", "--out-format=%i %n")
        for last, more in ((0, ()), (1, ("--delay-updates",))):
            paths = [path for path in plan.sent if comes_last(path) == last]
            if paths:
                ran = yield from _run(work, remote, paths, *always, *more)
                if ran.status:
                    raise _refusal(ran, remote)
        if plan.removed:
            ran = yield from _removed(work, remote, plan.removed)
            if ran.status and ran.status != _VANISHED:
                raise _refusal(ran, remote)
        folders = left_empty(work, plan)
        for depth in sorted({folder.count("/") for folder in folders}, reverse=True):
            # One that holds anything stays: rsync removes no folder with something in it.
            yield from _removed(work, remote, [f for f in folders if f.count("/") == depth])
        return ()


def _removed(work: Work, remote: Remote, paths: Iterable[str]) -> Errands[Ran]:
    return _run(work, remote, paths, "--delete-missing-args", inside="empty")


def _refusal(ran: Ran, remote: Remote) -> Refusal:
    """Return why it failed; the words of the server are sometimes lost, the exit code is not."""
    if ran.status == _NO_FOLDER and reason_of(ran.errors) is None:
        return Refusal(Why.CANNOT_WRITE, remote.path)
    return refused(ran, remote, "rsync")


way = _Rsync()
