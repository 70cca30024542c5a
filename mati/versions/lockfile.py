"""The text of a lock file in, the shapes that were released out; and a line for it back.

One line of JSON is one version, the oldest first. Each carries the digest of itself, so that a
line that was changed by hand, or broke on the way, is known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any as Json
from typing import cast

from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import Condition
from mati.model.conditions import from_json, to_json
from mati.versions.shape import Asked, Named, Page, Shape

__all__ = ["Release", "line_of", "read_lock", "released_names", "released_words"]

_SUM = 16
_LINE = 200_000
"""Code points a line may have; the longest survey that can be read stays far below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One line of a lock file: a shape, and the day it was frozen (UTC)."""

    date: str
    shape: Shape
    line: int = 0


def _sum(record: Mapping[str, Json]) -> str:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SUM]


# --- Out --------------------------------------------------------------------------------------


def _named(found: Named) -> list[str]:
    return [found.name, found.words, found.marks] if found.marks else [found.name, found.words]


def _asked(asked: Asked) -> dict[str, Json]:
    record: dict[str, Json] = {"id": asked.id, "kind": asked.kind, "block": asked.block}
    for name in ("words", "direction", "several", "private", "takes"):
        if value := getattr(asked, name):
            record[name] = value
    for name in ("codes", "rows", "fields"):
        if named := getattr(asked, name):
            record[name] = [_named(one) for one in named]
    if asked.ends:
        record["ends"] = list(asked.ends)
    return record | _when(asked.show_if)


def _when(condition: Condition | None) -> dict[str, Json]:
    return {"if": to_json(condition)} if condition else {}


def _page(page: Page) -> dict[str, Json]:
    return {"asks": list(page.asks)} | _when(page.show_if)


def line_of(shape: Shape, date: str) -> str:
    """Return the line that freezes ``shape``, without its line end."""
    record: dict[str, Json] = {
        "version": shape.version,
        "date": date,
        "asked": [_asked(asked) for asked in shape.asked],
        "pages": [_page(page) for page in shape.pages],
        "endings": [_page(page) for page in shape.endings],
    }
    if shape.consents:
        record["consents"] = {id_: [list(text) for text in texts] for id_, texts in shape.consents}
    record["sum"] = _sum(record)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


# --- In ---------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _as_named(value: list[str]) -> Named:
    name, words, *marks = value
    return Named(name=_text(name), words=_text(words), marks=_text(marks[0]) if marks else "")


def _as_asked(record: Mapping[str, Json]) -> Asked:
    codes, rows, fields = (
        tuple(_as_named(one) for one in record.get(name, ()))
        for name in ("codes", "rows", "fields")
    )
    return Asked(
        id=_text(record["id"]),
        kind=_text(record["kind"]),
        block=_text(record["block"]),
        ends=tuple(_text(end) for end in record.get("ends", ())),
        show_if=_as_condition(record),
        words=_text(record.get("words", "")),
        direction=_text(record.get("direction", "")),
        takes=_text(record.get("takes", "")),
        several=record.get("several", False) is True,
        private=record.get("private", False) is True,
        codes=codes,
        rows=rows,
        fields=fields,
    )


def _as_condition(record: Mapping[str, Json]) -> Condition | None:
    return from_json(record["if"]) if "if" in record else None


def _as_page(record: Mapping[str, Json]) -> Page:
    return Page(asks=tuple(_text(name) for name in record["asks"]), show_if=_as_condition(record))


def _as_shape(record: Mapping[str, Json]) -> Shape:
    consents = cast("Mapping[str, list[list[str]]]", record.get("consents", {}))
    return Shape(
        version=_text(record["version"]),
        asked=tuple(_as_asked(asked) for asked in record["asked"]),
        pages=tuple(_as_page(page) for page in record["pages"]),
        endings=tuple(_as_page(page) for page in record["endings"]),
        consents=tuple(
            (id_, tuple((_text(a), _text(b), _text(c)) for a, b, c in texts))
            for id_, texts in consents.items()
        ),
    )


def _release(text: str, line: int) -> Release:
    """Read one line; ``ValueError`` where it is not as it was written."""
    record = json.loads(text)
    if not isinstance(record, dict) or record.pop("sum", "") != _sum(record):
        raise ValueError(line)
    try:
        return Release(date=_text(record["date"]), shape=_as_shape(record), line=line)
    except (AttributeError, KeyError, TypeError) as problem:
        raise ValueError(line) from problem


def released_words(releases: Iterable[Release]) -> dict[tuple[str, str], str]:
    """Return the name that a wording was last released under, by (id of its question, words).

    Of a question itself the id is "".
    """
    found: dict[tuple[str, str], str] = {}
    for release in releases:
        for asked in release.shape.asked:
            found["", asked.words] = asked.id
            for part in (*asked.parts, *asked.codes):
                found[asked.id, part.words] = part.name
    return found


def read_lock(source: Source, notes: Notebook) -> tuple[Release, ...]:
    """Return the releases in a lock file, the oldest first; a damaged line is written down."""
    found: list[Release] = []
    for number, text in enumerate(source.text.split("\n"), 1):
        if not text.strip():
            continue
        try:
            if len(text) > _LINE:
                raise ValueError(number)  # noqa: TRY301 - one way out for all that is damaged
            found.append(_release(text, number))
        except (ValueError, RecursionError):
            notes.note(Code.LOCK_DAMAGED, Span(source.path, number, 1, min(len(text), 40)))
    return tuple(found)


def released_names(releases: Iterable[Release]) -> frozenset[str]:
    """Return every name that was ever released: ids, ``id.row``, ``id.code``."""
    return frozenset(name for release in releases for name in release.shape.names())
