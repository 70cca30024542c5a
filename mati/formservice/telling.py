"""What was just stored in; whoever should know is told of people to call back, out.

In a thread of its own, after the respondent has been answered: a mail server that is slow or
dead delays nobody and loses nothing. What could not be told is tried again.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mati import home
from mati.followups import Alert, Row, alerts, arrivals, notice
from mati.model import Collect, CollectFollowUp, Target
from mati.sending import send
from mati.store import Ledger, connect

__all__ = ["Teller"]

log = logging.getLogger("mati.collect")

_GATHER = 2.0
"""Seconds in which further answers join the same message."""
_CALM = 60.0
"""Seconds between two messages about people to call back: whoever sends a flood of bad marks
fills no mailbox with it.
"""
_PAUSE = 3600.0
"""Seconds between two messages about how many answers came."""
_AGAIN = (30.0, 120.0, 600.0)
"""Seconds until it is tried again where nobody could be told."""


class Teller:
    """Tells of people to call back; ``wake`` it when something was stored."""

    def __init__(
        self,
        private: Path,
        collect: Callable[[], Collect],
        translate: Callable[[str], str],
        command: str,
        *,
        gather: float = _GATHER,
        again: tuple[float, ...] = _AGAIN,
        calm: float = _CALM,
        pause: float = _PAUSE,
    ) -> None:
        """Read ``private/collect.db``; ``command`` shows the list. What was told is noted
        beside it.
        """
        self._root = private.parent if private.name == "private" else private
        self._private, self._collect = private, collect
        self._translate, self._command = translate, command
        self._gather, self._again, self._pause = gather, again, pause
        self._seen: dict[str, int] = {}
        self._counted: int | None = None
        self._calm, self._told = calm, 0.0
        self._said, self._pending = 0.0, False
        self._woken, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="teller", daemon=True)

    def start(self) -> None:
        """Begin, with what was stored while nobody told of it."""
        self._thread.start()
        self.wake()

    def wake(self) -> None:
        """Say that something was stored; returns at once."""
        self._woken.set()

    def stop(self, patience: float) -> None:
        """End; what is being sent has ``patience`` seconds left."""
        self._ended.set()
        self._woken.set()
        self._thread.join(patience)

    def _work(self) -> None:
        failed = 0
        while not self._ended.is_set():
            later = self._pause if self._pending else None
            self._woken.wait(self._again[min(failed, len(self._again)) - 1] if failed else later)
            calm = self._told + self._calm - time.monotonic() if self._told else 0.0
            if self._ended.wait(max(self._gather, calm)):
                return
            self._woken.clear()
            try:
                failed = 0 if self._tell() else failed + 1
            except (OSError, sqlite3.Error, ValueError) as problem:
                failed += 1
                log.warning("nobody could be told (%s)", type(problem).__name__)

    def _tell(self) -> bool:
        """Tell of all that is new; False where somebody could not be told."""
        collect, right = self._collect(), True
        for survey in collect.surveys:
            if survey.follow_up is not None:
                right = self._tell_of(survey.name, survey.follow_up) and right
        return self._tell_how_many(collect) and right

    def _tell_how_many(self, collect: Collect) -> bool:
        """Say how many answers came, once in a while; what came before the start was said then."""
        path = self._private / "collect.db"
        if not collect.notify or not path.is_file():
            return True
        with contextlib.closing(Ledger(connect(path))) as ledger:
            number, counts = ledger.counts_since(self._counted or 0)
        if self._counted is None:
            self._counted = number
            return True
        if not counts or (self._said and time.monotonic() - self._said < self._pause):
            self._pending = bool(counts)  # they join the next message
            return True
        message = arrivals(counts, self._translate)
        problems = [(t.kind, send(t, message, self._root)) for t in collect.notify]
        for kind, problem in problems:
            if problem:
                log.warning("%s could not be told of new answers (%s)", kind, problem)
        if all(problem for _, problem in problems):
            return False
        self._counted, self._said, self._pending = number, time.monotonic(), False
        return True

    def _tell_of(self, survey: str, rule: CollectFollowUp) -> bool:
        rows, number = self._rows(survey, self._seen.get(survey, 0))
        found = tuple(alerts(survey, rule, rows))
        count, problems = home.tell(self._root, survey, found, rule.notify, self._sent)
        for kind, problem in problems:
            log.warning("%s: %s could not be told (%s)", survey, kind, problem)
        if count:
            self._told = time.monotonic()
            log.info("%s: told of %d to call back", survey, count)
        if problems:
            return False  # the same rows are read again
        self._seen[survey] = number
        return True

    def _rows(self, survey: str, last: int) -> tuple[list[Row], int]:
        path = self._private / "collect.db"
        if not path.is_file():
            return [], last
        rows, number = [], last
        with contextlib.closing(Ledger(connect(path))) as ledger:
            for place, key, id_, pairs in ledger.since(last, survey):
                rows.append(Row(key=key, id=id_, values=_values(pairs)))
                number = place
        return rows, number

    def _sent(self, target: Target, due: Sequence[Alert]) -> str:
        return send(target, notice(due, self._command, self._translate), self._root)


def _values(pairs: list[list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if str(value).strip():
            found[str(name)] = (*found.get(str(name), ()), str(value))
    return found
