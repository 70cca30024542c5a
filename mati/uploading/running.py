"""A program and what it reads in, what it says out: no shell, nothing secret, no other language."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from mati.errands import Ran, Run

__all__ = ["scrubbed", "start"]

_SECRETS = ("NETLIFY_AUTH_TOKEN", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY",
            "CLOUDFLARE_ACCOUNT_ID", "MATI_SMTP")  # fmt: skip
"""Variables whose values are shown to nobody, and to no program that was not meant to see them."""
_SPEECH = frozenset({"LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"})
_REPOSITORY = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
     "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE"}
)  # fmt: skip
"""Set inside a hook of git; they speak of another place than ours."""
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+@")
_SHORTEST = 4
_PATIENCE = 5.0
"""Seconds to wait for last words once a program has ended."""
_PART, _MOST_PARTS = 65_536, 64


def scrubbed(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the text without any secret of the environment and without names in addresses."""
    for name in _SECRETS:
        value = environment.get(name, "").strip()
        if len(value) >= _SHORTEST:
            text = text.replace(value, "…")
    text = _IN_ADDRESS.sub("", text)
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _environment(errand: Run, *, person: bool) -> dict[str, str]:
    hidden = {*_SPEECH, *_REPOSITORY, *_SECRETS} - set(errand.secrets)
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    speech = {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": kept.get("GIT_TERMINAL_PROMPT", str(int(person))),
    }
    slow = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "60"}
    return {**kept, **speech, **slow, **dict(errand.environment)}


def start(
    errand: Run, project: Path, folder: Path, tick: Callable[[], None], *, person: bool = False
) -> Ran:
    """Run a program to its end; ``tick`` is called for every line that ``errand.counts``.

    ``person``: somebody is here to type a password.
    """
    program = shutil.which(errand.program)
    if program is None:
        return Ran(status=None)
    with contextlib.ExitStack() as stack:
        if errand.inside == "away":
            where = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mati-")))
        else:
            where = project if errand.inside == "project" else folder / errand.inside
        known = _environment(errand, person=person)
        return _run([program, *errand.arguments], errand, where, known, tick)


def _run(
    words: list[str],
    errand: Run,
    where: Path,
    known: Mapping[str, str],
    tick: Callable[[], None],
) -> Ran:
    errors: list[bytes] = []
    lines: list[bytes] = []
    pipe, begins = subprocess.PIPE, errand.counts.encode("ascii")
    with subprocess.Popen(  # noqa: S603 - a program of ours by name, no shell
        words, cwd=where, env=known, stdin=pipe, stdout=pipe, stderr=pipe
    ) as child:
        if child.stdin is None or child.stdout is None or child.stderr is None:
            raise OSError
        threads = (
            threading.Thread(target=_feed, args=(child.stdin, errand.stdin), daemon=True),
            threading.Thread(target=_drain, args=(child.stderr, errors), daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            for line in child.stdout:
                lines.append(line)
                if begins and line.startswith(begins):
                    tick()
            child.wait()
        except BaseException:
            child.terminate()
            raise
        for thread in threads:  # one that it left running may hold the pipe open for ever
            thread.join(_PATIENCE)
    said = b"".join(errors).decode("utf-8", "replace")
    return Ran(status=child.returncode, out=b"".join(lines), errors=said)


def _feed(pipe: IO[bytes], content: bytes) -> None:
    """Write what the program reads; one that ended early wants no more."""
    with contextlib.suppress(OSError):
        pipe.write(content)
    with contextlib.suppress(OSError):
        pipe.close()


def _drain(pipe: IO[bytes], into: list[bytes]) -> None:
    """Read what a program complains of, and keep the end of it, however much it says."""
    with contextlib.suppress(OSError, ValueError):  # the pipe may be closed meanwhile
        while part := os.read(pipe.fileno(), _PART):
            into.append(part)
            if len(into) > _MOST_PARTS:
                into[:] = [b"".join(into)[-_PART:]]
