"""Responses in, rows of the table that is counted out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mati.model import UNANSWERED, Column, Response
from mati.responses.reading import NONE
from mati.responses.stored import record_of

__all__ = ["HIDDEN", "MOMENT", "PERIOD", "Row", "Tabulator"]

HIDDEN = "mati_hidden."
"""Before the name of a hidden field in the table, where no question can be called so."""
MOMENT = "mati_at"
"""The column that tells when an answer that counts was given."""
PERIOD = "mati_period"
"""The column that tells in which period that was."""

Row = tuple[str | None, ...]

_FLAGS = ("sample", "suspect", "stale", "unknown", "other_version", "odd")


class Tabulator:
    """Turns responses into rows of the table that is counted, one value a column.

    A column of shape ``one`` holds its code, ``several`` its codes as ``|a|c|``, ``open`` "1"
    where words were given; ``-`` where somebody was asked and gave none, None where nobody was.
    One that came late or was revised fills only the columns that say so: no sum of a question
    needs to look whether it counts.
    """

    def __init__(self, columns: Iterable[Column], period: Callable[[str], str]) -> None:
        """Make rows of ``columns``; ``period`` tells the period of a moment."""
        columns = tuple(columns)
        self._names = tuple(column.name for column in columns)
        self._shapes = {column.name: column.shape for column in columns}
        self._bins = {column.name: column.bins for column in columns if column.bins}
        self._period = period

    def row(self, response: Response) -> Row:
        """Return the row of a response."""
        found = {f"mati_{name}": "1" for name in _FLAGS if getattr(response, name)}
        if response.late or response.revised:
            return self._left_out(found, late=response.late, revised=response.revised)
        self._came(found, response.at, response.language, response.channel)
        found.update((HIDDEN + name, value) for name, value in response.hidden)
        found.update(dict.fromkeys(response.asked, UNANSWERED))
        for name, values in response.answers:
            self._answer(found, name, values)
        return tuple(map(found.get, self._names))

    def stored(self, line: bytes, revised: frozenset[str]) -> Row:
        """Return the row of a response as it is kept; ``ValueError`` when the line is none.

        The same as reading the response first, in half the time: this runs for every answer of
        a survey. ``revised`` are the keys of those that a later one takes the place of.
        """
        record = record_of(line)
        found = {f"mati_{name}": "1" for name in _FLAGS if record.get(name)}
        late, gone = "late" in record, record["key"] in revised
        if late or gone:
            return self._left_out(found, late=late, revised=gone)
        self._came(found, record["at"], record["language"], record["channel"])
        try:
            for name, value in record.get("hidden", {}).items():
                found[HIDDEN + name] = value
            for name in record.get("asked", ()):
                found[name] = UNANSWERED
            for name, values in record.get("answers", {}).items():
                self._answer(found, name, values)
        except (AttributeError, TypeError, IndexError) as error:
            message = "not a response"
            raise ValueError(message) from error
        return tuple(map(found.get, self._names))

    def _left_out(self, found: Mapping[str, str], *, late: bool, revised: bool) -> Row:
        marks = {"mati_late": late, "mati_revised": revised}
        told = {**found, **{name: "1" for name, so in marks.items() if so}}
        return tuple(map(told.get, self._names))

    def _came(self, found: dict[str, str], at: str, language: str, channel: str) -> None:
        """Fill in what is counted of a response besides its answers."""
        found["mati_counted"] = "1"
        found["mati_lang"] = language or NONE
        found["mati_channel"] = channel or NONE
        if at:
            found[MOMENT] = at
            found[PERIOD] = self._period(at)

    def _answer(self, found: dict[str, str], name: str, values: Sequence[str]) -> None:
        shape = self._shapes.get(name)
        if shape == "one":
            found[name] = values[0]
        elif shape == "several":
            found[name] = f"|{'|'.join(values)}|"
        elif name in self._bins:
            found[name] = self._bins[name].code_of(values[0]) or "1"
        else:
            found[name] = "1"
