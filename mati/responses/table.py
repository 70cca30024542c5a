"""Responses in, rows of the table that is counted out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from mati.model import Column, Response
from mati.responses.reading import NONE

__all__ = ["HIDDEN", "rows"]

HIDDEN = "mati_hidden."
"""Before the name of a hidden field in the table, where no question can be called so."""


_MARKS = tuple(
    (f"mati_{name}", attrgetter(name))
    for name in (
        "sample",
        "suspect",
        "stale",
        "unknown",
        "other_version",
        "late",
        "revised",
        "odd",
    )
)


def _own_cells(response: Response) -> dict[str, str]:
    """Return what is counted of a response besides its answers.

    One that came late or was revised fills only the columns that say so: no sum of a question
    needs to look whether it counts.
    """
    found = {name: "1" for name, of in _MARKS if of(response)}
    if not (response.late or response.revised):
        found["mati_counted"] = "1"
        found["mati_lang"] = response.language or NONE
        found["mati_channel"] = response.channel or NONE
        found["mati_asked"] = f"|{'|'.join(response.asked)}|"
        found.update((HIDDEN + name, value) for name, value in response.hidden)
    return found


def rows(
    responses: Iterable[Response], columns: tuple[Column, ...]
) -> Iterator[tuple[str | None, ...]]:
    """Turn responses into rows of the table that is counted, one value a column.

    A column of shape ``one`` holds its code, ``several`` its codes as ``|a|c|``, ``open`` "1"
    where words were given; None where nothing was.
    """
    names = tuple(column.name for column in columns)
    shapes = {column.name: column.shape for column in columns}
    for response in responses:
        found = _own_cells(response)
        if "mati_counted" in found:
            for name, values in response.answers:
                shape = shapes.get(name)
                if shape == "one":
                    found[name] = values[0]
                elif shape == "several":
                    found[name] = f"|{'|'.join(values)}|"
                else:
                    found[name] = "1"
        yield tuple(map(found.get, names))
