"""Names of responses in, their lines taken out of every file, and kept out for good.

Keyed digests in ``private/forgotten`` keep what was taken out from being brought home again;
nothing can be read from those.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Iterable
from pathlib import Path

from mati.home.files import alone, append, lines_of, put, rewrite

__all__ = ["digest", "expire", "forget", "forgotten", "named", "secret_of"]

_MARK = 16
"""Bytes of a keyed digest that are kept."""
_KEY = 32
_LOGS = ("followups", "approved")
"""Folders of files that their owner may open in an editor, which may save no last newline."""


def secret_of(root: Path) -> bytes:
    """Return the key of the digests, made once for a project."""
    path = root / "private" / "home.key"
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        found = b""
    if len(found) == _KEY:
        return found
    made = secrets.token_bytes(_KEY)
    put(path, made)
    return made


def digest(secret: bytes, text: str) -> str:
    """Return a name in place of ``text`` that tells nothing of it to who lacks the secret."""
    words = text.encode("utf-8", "surrogatepass")
    return hmac.new(secret, words, hashlib.sha256).hexdigest()[: 2 * _MARK]


def forgotten(root: Path) -> frozenset[str]:
    """Return the digests of keys and ids that must not come back."""
    try:
        return frozenset((root / "private" / "forgotten").read_text("ascii").split())
    except (FileNotFoundError, ValueError):
        return frozenset()


def named(line: bytes) -> tuple[str, str]:
    """Return key and id of a line of ours, "" where it is damaged."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(record, dict):
        return "", ""
    return str(record.get("key", "")), str(record.get("id", ""))


def _about(line: bytes, wanted: Collection[str], *, exact: bool, log: bool) -> bool:
    """Tell whether a line goes: it is of one of ``wanted``, or damaged and may be.

    What a crash left of a line at the end was promised to nobody and goes in any case; in a log
    it may be whole.
    """
    names = set(named(line)[:1] if exact else named(line)) - {""}
    if not line.endswith(b"\n") and not (log and names):
        return True
    if any(named(line)):
        return not names.isdisjoint(wanted)
    return any(one.encode("utf-8", "surrogatepass") in line for one in wanted)


def _files(private: Path) -> tuple[list[Path], list[Path]]:
    """Return the files with answers, and those with what belongs to them."""
    beside = [path for n in ("contacts", *_LOGS) for path in (private / n).glob("*.jsonl")]
    return sorted((private / "responses").glob("*/*.jsonl")), sorted(beside)


def _drop_made(private: Path, kept: Collection[Path]) -> None:
    """Delete whatever was made of answers and can be made again."""
    for path in (*private.glob("responses/*/*.new"), *private.glob("contacts/*.new")):
        path.unlink()  # an earlier rewriting was broken off: the file itself still stands
    for path in (private / "cubes").glob("*.*"):
        path.unlink()  # counted with those that go; the next build counts again
    for path in (path for name in _LOGS for path in (private / name).glob("*.*")):
        if path not in kept:
            path.unlink()


def _take_out(root: Path, wanted: set[str], *, exact: bool) -> int:
    """Take out the lines that are about ``wanted``; return how many answers that were."""
    private = root / "private"
    answers, beside = _files(private)
    secret, removed = secret_of(root), 0
    append(private / "forgotten", sorted({digest(secret, one) for one in wanted} - forgotten(root)))
    _drop_made(private, beside)
    for path in (*beside, *answers):
        log = path.parent.name in _LOGS
        lines = lines_of(path)
        gone = [_about(line, wanted, exact=exact, log=log) for line in lines]
        if any(gone):
            rewrite(path, [line for line, out in zip(lines, gone, strict=True) if not out])
            if path in answers:
                removed += sum(
                    out and any(named(line)) for line, out in zip(lines, gone, strict=True)
                )
    return removed


def forget(root: Path, ids: str | Iterable[str]) -> int:
    """Take out every response whose key or ``mati_id`` is among ``ids``; return how many.

    Their other versions go too, their contacts, what was noted on the call-back list and decided of
    their words; sheets made of those go whole, since their lines cannot be told apart for sure.
    """
    wanted = ({ids} if isinstance(ids, str) else set(ids)) - {""}
    answers, beside = _files(root / "private")
    with alone(root):
        for path in (*answers, *beside):
            for line in lines_of(path):
                names = set(named(line)) - {""}  # many have no id: they are not one person
                if wanted & names:
                    wanted |= names
        return _take_out(root, wanted, exact=False)


def expire(root: Path, keys: Iterable[str]) -> int:
    """Take out the responses with these keys and no other; return how many.

    A version that the same person sent later, perhaps not at home yet, stays or comes.
    """
    with alone(root):
        return _take_out(root, set(keys) - {""}, exact=True)
