"""Parts of a long work in, what came of each out: done side by side where that is quick."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["abreast", "commands"]

Part = TypeVar("Part")
Made = TypeVar("Made")

_MOST = 4
"""Processes at a time; more would wait for the disk."""
_doing: list[Callable[[object], object]] = []
"""In a copied process: what it is to do, which it was copied with."""


def _take(work: Callable[[object], object]) -> None:
    """Begin a copied process: Ctrl-C is for the first one, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _doing.append(work)


def _do(part: object) -> tuple[str, object]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        made = _doing[-1](part)
    return said.getvalue(), made


def _pool(work: Callable[[object], object], count: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Copied, not begun anew: what was read need not be read again.
    return ProcessPoolExecutor(
        count, mp_context=get_context("fork"), initializer=_take, initargs=(work,)
    )


def abreast(work: Callable[[Part], Made], parts: Sequence[Part], *, worthwhile: bool) -> list[Made]:
    """Return what ``work`` makes of each part, in order; what it says is said in order, too.

    Where the work is not ``worthwhile`` to share out, or the system cannot copy a process, the
    parts are done one after the other in this one. What is made must be picklable.
    """
    count = min(os.cpu_count() or 1, _MOST, len(parts))
    if not worthwhile or count < 2 or sys.platform != "linux":  # noqa: PLR2004 -- one alone
        return [work(part) for part in parts]
    made: list[Made] = []
    with _pool(work, count) as pool:  # type: ignore[arg-type]  # it is given parts alone
        try:
            for said, one in pool.map(_do, parts):
                click.echo(said, nl=False)
                made.append(one)  # type: ignore[arg-type]  # what work makes
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return made


commands: tuple[click.Command, ...] = ()
