"""A body and an address in; the store is asked, and what became of it comes out."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from mati.accept import Accepted, Limits, Outcome, Reason, Refused, Traffic, accept
from mati.model import Collect, CollectSurvey
from mati.store import NotStoredError, Store

__all__ = ["DEADLINE", "PATIENCE", "CollectFile", "Desk"]

log = logging.getLogger("mati.collect")

DEADLINE = 10.0
"""Seconds from the opening of a connection until its whole request must have arrived."""

PATIENCE = 5.0
"""Seconds a respondent waits for the disk before being told to send again."""

_DAY = 24 * 60 * 60


class CollectFile:
    """``collect.json`` on disk: called, it returns what the file says now."""

    def __init__(self, path: Path) -> None:
        """Look at ``path``, which need not exist yet."""
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._collect = Collect()

    def __call__(self) -> Collect:
        """Return the surveys; a file that cannot be read leaves those last known in force."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if stamp != self._seen:
                self._seen = stamp
                self._collect = Collect.from_json(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            log.warning("collect.json cannot be read (%s)", type(problem).__name__)
        return self._collect


@dataclass(slots=True, kw_only=True)
class Desk:
    """What the handlers of one service share: rules, store, and the memory of the last minutes.

    ``kept`` is told the survey's name after each commit of something new.
    """

    collect: Callable[[], Collect]
    store: Store
    limits: Limits = field(default_factory=Limits)
    patience: float = PATIENCE
    deadline: float = DEADLINE
    kept: Callable[[str], None] | None = None
    proxies: frozenset[str] = frozenset()
    """Addresses, besides this machine's own, that say truly for whom they ask."""
    traffic: Traffic = field(init=False)
    _secret: bytes = b""
    _secret_since: float = 0.0

    def __post_init__(self) -> None:
        """Start without any memory."""
        self.traffic = Traffic(self.limits)

    def keyed(self, address: str) -> str:
        """Return the hash of the network of ``address`` under today's key.

        The network is the /24 of IPv4 and the /56 of IPv6: one household or shop.
        """
        now = time.monotonic()
        if not self._secret or now - self._secret_since > _DAY:
            self._secret, self._secret_since = secrets.token_bytes(32), now
            self.traffic.clear()
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            network = "unknown"
        else:
            found = getattr(found, "ipv4_mapped", None) or found
            bits = 24 if found.version == 4 else 56  # noqa: PLR2004 - the two versions of IP
            network = str(ipaddress.ip_network((found, bits), strict=False))
        return hmac.new(self._secret, network.encode(), hashlib.sha256).hexdigest()

    async def take(
        self, survey: CollectSurvey, body: bytes, address: str, language: str
    ) -> Accepted | Refused:
        """Keep ``body``; return when the disk has it, or why it is refused."""
        entry = accept(survey, body, datetime.now(UTC), self.limits, language=language)
        if isinstance(entry, Refused):
            return entry
        keyed = self.keyed(address)
        if not entry.id and self.traffic.repeats(keyed, entry, time.monotonic()):
            entry = replace(entry, suspect=entry.suspect or "repeat")
        waiting = asyncio.wrap_future(self.store.keep(entry))
        try:
            outcome = await asyncio.wait_for(waiting, self.patience)
        except (NotStoredError, TimeoutError) as problem:
            reason = str(problem) or type(problem).__name__
            log.error("not stored (%s)", reason)  # noqa: TRY400 - a traceback may quote answers
            outcome = Refused(reason=Reason.NOT_STORED, language=entry.language, retry_after=5)
        if isinstance(outcome, Refused):
            self.traffic.not_kept(keyed, entry)
            return outcome
        if outcome is not Outcome.AGAIN and self.kept is not None:
            self.kept(survey.name)
        return entry
