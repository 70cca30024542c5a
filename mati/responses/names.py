"""Stored responses in, the same under the names of today out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mati.model import Column, Response, Survey, code_today, resolve, today
from mati.questions import kind_of
from mati.responses.apart import CODE

__all__ = ["as_of_today", "names_of"]


def as_of_today(responses: Iterable[Response], survey: Survey) -> Iterator[Response]:
    """Go through stored responses by the names their answers go under today."""
    aliases = {alias.old: alias.new for alias in survey.settings.aliases}
    if not aliases:
        yield from responses
        return
    columns = {c.name: c for q in survey.questions for c in kind_of(q.kind).columns(q)}
    for response in responses:
        yield _renamed(response, aliases, columns)


def _renamed(
    response: Response, aliases: Mapping[str, str], columns: Mapping[str, Column]
) -> Response:
    """Return a response with the names of today.

    What nobody knew when it came home, because the survey had been changed before it said what
    the old name was, is an answer now.
    """
    answers = today(aliases, response.answers, counted=True)
    left = {resolve(aliases, name) for name, _ in response.answers} - answers.keys()
    unknown: list[tuple[str, str]] = []
    for name, value in response.unknown:
        new, code = resolve(aliases, name), code_today(aliases, name, value)
        column = columns.get(new)
        if column is None or code not in column.codes or new in answers:
            unknown.append((name, value))
        else:
            answers[new] = (code,)
    asked = [resolve(aliases, name) or name for name in response.asked]
    hidden = today(aliases, ((name, (value,)) for name, value in response.hidden))
    return replace(
        response,
        answers=tuple(answers.items()),
        hidden=tuple((name, values[0]) for name, values in hidden.items()),
        stale=tuple(today(aliases, response.stale).items()),
        unknown=tuple(unknown),
        asked=tuple(name for name in dict.fromkeys(asked) if name not in left),
    )


def names_of(response: Response) -> frozenset[str]:
    """Return every name that a response holds an answer under, ``id.code`` of codes too."""
    found: set[str] = set()
    for name, values in (*response.answers, *((n, (v,)) for n, v in response.hidden)):
        head = name.partition(".")[0]
        found |= {name, head}
        found.update(f"{head}.{value}" for value in values if CODE.match(value))
    return frozenset(found)
