"""Rows in, answers at home: one line a response, contacts apart, nothing twice, nothing lost.

``private/responses/<survey>/YYYY-MM.jsonl`` only ever grows; a line is on the disk before
anyone is told so. Only ``forget`` takes lines out, and sees to it that they stay out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from mati.diagnostics import Code, Notebook, Span
from mati.home.files import alone, append, lines_of
from mati.home.forgotten import digest, forgotten, named, secret_of
from mati.model import RawRow, Response, Survey, Then
from mati.responses import contact_json, from_json, part, private_names, read_row, to_json

__all__ = ["Brought", "bring", "files_of", "load", "revised_keys"]

_UNDATED = "undated"
_LONGEST_KEY = 200


@dataclass(slots=True, kw_only=True)
class Brought:
    """What became of the rows: every one is counted in exactly one of ``new``, ``again``,
    ``forgotten`` and ``elsewhere``.

    ``again`` were here already, ``forgotten`` must not come back, ``elsewhere`` belong to
    another survey. Of the new ones: ``revised`` take the place of an earlier answer of the
    same person, ``suspect`` may not be a person's, ``stale`` hold answers to parts that were
    not shown, ``late`` came after the end, ``other_version`` were given to another version;
    ``unknown`` counts the values the survey does not know.
    """

    new: int = 0
    again: int = 0
    forgotten: int = 0
    elsewhere: int = 0
    revised: int = 0
    suspect: int = 0
    stale: int = 0
    late: int = 0
    unknown: int = 0
    other_version: int = 0

    def see(self, response: Response) -> None:
        """Count one new response."""
        self.new += 1
        self.revised += bool(response.revises)
        self.suspect += bool(response.suspect)
        self.stale += bool(response.stale)
        self.late += response.late
        self.other_version += response.other_version
        self.unknown += len(response.unknown)


# --- What is here already --------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """Keys that are here, and of every id the last response: key and mark."""

    keys: set[str] = field(default_factory=set)
    last: dict[str, tuple[str, str]] = field(default_factory=dict)

    def see(self, key: str, id_: str, mark: str) -> None:
        self.keys.add(key)
        if id_:
            self.last[id_] = (key, mark)


def files_of(root: Path, survey: str) -> tuple[Path, ...]:
    """Return the files of a survey's answers, one for each month, the earliest first."""
    return tuple(sorted((root / "private" / "responses" / survey).glob("*.jsonl")))


_HEAD = ('{"key":', '"id":', '"mark":')
_scan = json.JSONDecoder().raw_decode


def _head(line: str) -> tuple[str, str, str]:
    """Read key, id and mark at the beginning of a line without reading the rest."""
    found: list[str] = []
    at = 0
    for name in _HEAD:
        if not line.startswith(name, at):
            raise ValueError(line[:40])
        value, end = _scan(line, at + len(name))
        found.append(str(value))
        at = end + 1
    key, id_, mark = found
    return key, id_, mark


def _known(root: Path, survey: str) -> _Known:
    known = _Known()
    for path in files_of(root, survey):
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            for line in file:
                # a line cut short by a crash was never promised to anyone: it comes again
                if line.endswith("}\n"):
                    with suppress(ValueError):
                        known.see(*_head(line))
    return known


# --- In, and out ---------------------------------------------------------------------------


def _keyed(rows: Iterable[RawRow], secret: bytes) -> Iterator[RawRow]:
    """Give every row a key that a line can hold: its own, or a digest in place of a wild one.

    Rows without a key get one from what they say and how often that was said before, so that
    the same export brought again gives the same keys.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        if row.key.isprintable() and 0 < len(row.key) <= _LONGEST_KEY:
            yield row
            continue
        said = row.key or json.dumps([row.at, row.pairs])
        seen[said] += 1
        again = seen[said] if not row.key else 0
        yield replace(row, key=digest(secret, f"{again} {said}"))


def _belongs(row: RawRow, survey: Survey) -> bool:
    named = [value.strip() for name, value in row.pairs if name == "mati_survey"]
    return not any(named) or survey.name in named


def _sort_out(
    row: RawRow, survey: Survey, secret: bytes, known: _Known, gone: frozenset[str]
) -> str:
    """Return which of ``Brought``'s counts the row belongs to, "" when it is new."""
    if not _belongs(row, survey):
        return "elsewhere"
    ids = [value.strip() for name, value in row.pairs if name == "mati_id"]
    if any(digest(secret, one) in gone for one in (row.key, *ids) if one):
        return "forgotten"
    return "again" if row.key in known.keys else ""


def _marked(response: Response, row: RawRow, secret: bytes, known: _Known) -> Response | None:
    """Return the response with its mark and what it revises; None when it is a repetition."""
    mark = digest(secret, json.dumps(sorted(map(list, row.pairs))))
    earlier = known.last.get(response.id) if response.id else None
    if earlier and earlier[1] == mark:
        return None
    return replace(response, mark=mark, revises=earlier[0] if earlier else "")


def bring(
    root: Path,
    survey: Survey,
    rows: Iterable[RawRow],
    notes: Notebook,
    released: Mapping[str, Then] = MappingProxyType({}),
) -> Brought:
    """Keep ``rows`` under ``private/`` of the project at ``root`` and say what became of them.

    ``released`` are the versions that were released, by which older answers are judged.

    Bringing the same rows again changes nothing. The contacts are on the disk before the
    answers, so that a crash between the two loses neither.
    """
    brought = Brought()
    with alone(root):
        secret, known, gone = secret_of(root), _known(root, survey.name), forgotten(root)
        private = private_names(survey, released)
        answers: dict[str, list[str]] = {}
        contacts: dict[str, str] = {}
        for row in _keyed(rows, secret):
            verdict = _sort_out(row, survey, secret, known, gone)
            response = None if verdict else read_row(row, survey, notes, released)
            marked = _marked(response, row, secret, known) if response else None
            if marked is None:
                verdict = verdict or "again"
                setattr(brought, verdict, getattr(brought, verdict) + 1)
                continue
            known.see(row.key, marked.id, marked.mark)
            brought.see(marked)
            plain, contact = part(marked, private)
            answers.setdefault(marked.at[:7] or _UNDATED, []).append(to_json(plain))
            if contact:
                contacts[marked.key] = contact_json(contact)
        _append_contacts(root / "private" / "contacts" / f"{survey.name}.jsonl", contacts)
        for month, lines in sorted(answers.items()):
            append(root / "private" / "responses" / survey.name / f"{month}.jsonl", lines)
    return brought


def _append_contacts(path: Path, contacts: dict[str, str]) -> None:
    """Add the contacts that are not there yet: a crash may have left them without answers."""
    if contacts and path.exists():
        here = {named(line)[0] for line in lines_of(path) if line.endswith(b"\n")}
        contacts = {key: line for key, line in contacts.items() if key not in here}
    append(path, list(contacts.values()))


def revised_keys(root: Path, survey: str) -> frozenset[str]:
    """Return the keys of the responses that a later one takes the place of."""
    found: set[str] = set()
    for path in files_of(root, survey):
        with path.open("rb") as file:
            for line in file:
                if b'"revises":' in line:
                    try:
                        found.add(from_json(line).revises)
                    except ValueError:
                        continue
    return frozenset(found - {""})


def load(root: Path, survey_name: str, notes: Notebook | None = None) -> Iterator[Response]:
    """Go through the answers at home, month by month, in the order they came.

    One that a later answer of the same person takes the place of is marked ``revised``. A
    line that cannot be read is left out and said in ``notes``.
    """
    revised = revised_keys(root, survey_name)
    for path in files_of(root, survey_name):
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    response = from_json(line)
                except ValueError:
                    if notes is not None and line.endswith(b"\n"):
                        place = Span(path.relative_to(root).as_posix(), number)
                        notes.note(Code.DAMAGED_LINE, place)
                    continue
                yield replace(response, revised=True) if response.key in revised else response
