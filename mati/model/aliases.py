"""Old names of ids, rows and codes in, the names they go under today out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mati.diagnostics import Span

__all__ = ["Alias", "code_today", "resolve", "today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Answers kept under ``old`` count under ``new``; "" where they are kept but not counted.

    Both are names as conditions write them: ``staff``, ``staff.polite``, and with an answer's
    code ``reached.phone``.
    """

    old: str
    new: str
    span: Span
    new_span: Span


def resolve(aliases: Mapping[str, str], name: str) -> str:
    """Return the name that ``name`` goes under today; "" for one that is no longer asked.

    The longest part that has an alias is replaced, again and again: a question renamed twice
    has two aliases. One that leads back to itself ends after each was used once.
    """
    for _ in aliases:
        head = name
        while head not in aliases and "." in head:
            head = head.rpartition(".")[0]
        if head not in aliases:
            return name
        if not aliases[head]:
            return ""
        name = aliases[head] + name[len(head) :]
    return name


def code_today(aliases: Mapping[str, str], name: str, value: str) -> str:
    """Return the code that ``value``, given to ``name``, goes under today; most are the same."""
    head = name.partition(".")[0]
    found = resolve(aliases, f"{head}.{value}")
    question = resolve(aliases, head)
    return found.removeprefix(f"{question}.") if question and found else value


def today(
    aliases: Mapping[str, str],
    values: Iterable[tuple[str, tuple[str, ...]]],
    *,
    counted: bool = False,
) -> dict[str, tuple[str, ...]]:
    """Return answers by the names and codes of today; what is no longer asked keeps its own.

    Where two old names became one, or one was given under both, the first answer stays.
    ``counted``: codes that are no longer offered are left out, a question with them where no
    other is left, so that nobody counts as one who answered something else.
    """
    given = list(values)
    found: dict[str, tuple[str, ...]] = {}
    for name, codes in sorted(given, key=lambda pair: resolve(aliases, pair[0]) != pair[0]):
        head = name.partition(".")[0]
        kept = tuple(c for c in codes if not counted or resolve(aliases, f"{head}.{c}"))
        renamed = dict.fromkeys(code_today(aliases, name, code) for code in kept)
        if renamed or not counted:
            found.setdefault(resolve(aliases, name) or name, tuple(renamed))
    return found
