"""Responses and contacts in, their one line of JSON out; and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any as Json

from mati.model import Response
from mati.responses.apart import Contact

__all__ = ["contact_from_json", "contact_json", "from_json", "record_of", "to_json"]

_PLAIN = ("key", "id", "mark", "at", "survey", "version", "language", "channel")
_NEEDED = frozenset(_PLAIN)
_FLAGS = ("sample", "late", "other_version")
_MAPS = ("answers", "private", "stale")


def to_json(response: Response) -> str:
    """Return one line of JSON: key, id and mark first, what is empty left out."""
    record: dict[str, Json] = {name: getattr(response, name) for name in _PLAIN}
    for name in _MAPS:
        if pairs := getattr(response, name):
            record[name] = {column: list(values) for column, values in pairs}
    if response.hidden:
        record["hidden"] = dict(response.hidden)
    if response.unknown:
        record["unknown"] = [list(pair) for pair in response.unknown]
    for name in ("odd", "asked"):
        if names := getattr(response, name):
            record[name] = list(names)
    for name in ("suspect", "revises"):
        if value := getattr(response, name):
            record[name] = value
    record |= {name: True for name in _FLAGS if getattr(response, name)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def contact_json(contact: Contact) -> str:
    """Return the line of the contacts' file."""
    record: dict[str, Json] = {"key": contact.key, "id": contact.id, "at": contact.at}
    for name in ("private", "stale"):
        if pairs := getattr(contact, name):
            record[name] = {column: list(values) for column, values in pairs}
    if contact.unknown:
        record["unknown"] = [list(pair) for pair in contact.unknown]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _pairs(record: Mapping[str, Json], name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = record.get(name)
    # a list inside: a generator costs a third more, and this runs for every response
    return tuple([(column, tuple(values)) for column, values in found.items()]) if found else ()


def contact_from_json(line: str | bytes) -> Contact:
    """Read back a line of the contacts' file; ``ValueError`` when it is none."""
    try:
        record = json.loads(line)
        return Contact(
            key=str(record["key"]),
            id=str(record["id"]),
            at=str(record["at"]),
            private=_pairs(record, "private"),
            stale=_pairs(record, "stale"),
            unknown=tuple((str(name), str(value)) for name, value in record.get("unknown", ())),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(str(problem)) from None


_scan = json.JSONDecoder().raw_decode


def record_of(line: str | bytes) -> dict[str, Json]:
    """Return what stands in a line of JSON; ``ValueError`` when something must and does not."""
    # json.loads would guess the encoding of every line and look for blanks, a third of the time
    text = line if isinstance(line, str) else line.decode("utf-8")
    record, end = _scan(text)
    if not isinstance(record, dict) or not record.keys() >= _NEEDED or text[end:].strip():
        message = "not a response"
        raise ValueError(message)
    return record


def from_json(line: str | bytes) -> Response:
    """Read back what ``to_json`` wrote; ``ValueError`` on anything else."""
    record = record_of(line)
    try:
        return Response(
            key=record["key"],
            id=record["id"],
            mark=record["mark"],
            at=record["at"],
            survey=record["survey"],
            version=record["version"],
            language=record["language"],
            channel=record["channel"],
            answers=_pairs(record, "answers"),
            private=_pairs(record, "private"),
            stale=_pairs(record, "stale"),
            hidden=tuple(record.get("hidden", {}).items()),
            unknown=tuple((name, value) for name, value in record.get("unknown", ())),
            odd=tuple(record.get("odd", ())),
            asked=tuple(record.get("asked", ())),
            suspect=record.get("suspect", ""),
            revises=record.get("revises", ""),
            sample="sample" in record,
            late="late" in record,
            other_version="other_version" in record,
        )
    except (AttributeError, TypeError) as error:
        message = "not a response"
        raise ValueError(message) from error
