"""How long answers and contacts are kept, carried out: what is too old in, what is left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mati.followups import entry_line, read_entry
from mati.home.answers import load
from mati.home.files import alone, lines_of, rewrite
from mati.model import Retention
from mati.responses import contact_from_json

__all__ = ["Expired", "drop_contacts", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """Keys of the responses that are too old to keep, and of those whose contact is."""

    answers: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()


def _before(days: int | None, now: datetime) -> str:
    """Return the moment (UTC, ISO 8601) before which something is too old; "" for never."""
    if days is None:
        return ""
    try:
        return (now.astimezone(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return ""


def _contacts(root: Path, survey: str) -> Path:
    return root / "private" / "contacts" / f"{survey}.jsonl"


def _old(root: Path, survey: str, before: str) -> set[str]:
    """Return the keys of old responses; one that somebody changed later is as old as that."""
    old: dict[str, str] = {}
    young: set[str] = set()
    for one in load(root, survey):
        if one.at and one.at < before:
            old[one.key] = one.id
        elif one.id:
            young.add(one.id)
    return {key for key, id_ in old.items() if id_ not in young}


def expired(root: Path, survey: str, kept: Retention, now: datetime) -> Expired:
    """Return what of a survey is older than ``kept`` allows at ``now``.

    What has no day stays: nobody knows how old it is.
    """
    answers, contacts = _before(kept.answers_days, now), _before(kept.contacts_days, now)
    old: set[str] = set()
    if answers:
        old = _old(root, survey, answers)
    found: set[str] = set()
    path = _contacts(root, survey)
    for line in lines_of(path) if contacts and path.exists() else ():
        try:
            contact = contact_from_json(line)
        except ValueError:
            continue  # it stays, and is said wherever contacts are read
        if contact.at and contact.at < contacts:
            found.add(contact.key)
    return Expired(answers=frozenset(old), contacts=frozenset(found - old))


def _drop_notes(log: Path, keys: Collection[str]) -> None:
    def plain(line: bytes) -> bytes:
        entry = read_entry(line.decode("utf-8", "replace"))
        if entry is None or entry.key not in keys or not entry.note:
            return line
        return entry_line(replace(entry, note="")).encode() + b"\n"

    lines = lines_of(log) if log.exists() else []
    left = [plain(line) for line in lines]
    if left != lines:
        rewrite(log, left)


def drop_contacts(root: Path, survey: str, keys: Collection[str]) -> int:
    """Delete the contacts of some responses; return how many. Their answers stay.

    Sheets of the call-back list go whole: the contacts stand in them, too. So may they in what
    was noted of a call: of the log stays what happened when, without the notes.
    """
    path = _contacts(root, survey)
    if not keys or not path.exists():
        return 0
    with alone(root):
        lines, left = lines_of(path), []
        for line in lines:
            try:
                gone = contact_from_json(line).key in keys
            except ValueError:
                gone = False
            if not gone:
                left.append(line)
        if len(left) < len(lines):
            rewrite(path, left)
        _drop_notes(root / "private" / "followups" / f"{survey}.jsonl", keys)
        for sheet in (root / "private" / "followups").glob("*.*"):
            if sheet.suffix != ".jsonl":
                sheet.unlink()
    return len(lines) - len(left)
