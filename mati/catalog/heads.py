"""A catalogue in; what is wrong with its header and with its plural forms out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from gettext import c2py

from mati.catalog.message import Catalog
from mati.catalog.plurals import plural_rule
from mati.diagnostics import Code, Notebook, Span

__all__ = ["check_head", "forms_of"]

_RULE = re.compile(r"nplurals=([0-9]{1,2});plural=([^;]+);?")
_CHARSET = re.compile(r"text/plain;\s*charset=(\S+)", re.IGNORECASE)
_NUMBERS = (*range(201), 1000, 1_000_000)
"""Enough to tell any two rules of CLDR apart."""


@cache
def _compiled(rule: str) -> tuple[int, Callable[[int], int]] | None:
    """Return number of forms and what chooses one; None where the rule cannot be read."""
    match = _RULE.fullmatch("".join(rule.split()))  # no two signs of a rule need a blank between
    if match is None:
        return None
    try:
        chosen: Callable[[int], int] = c2py(match[2])
        chosen(1)
    except (ValueError, RecursionError, ArithmeticError):
        return None
    return int(match[1]), chosen


def forms_of(catalog: Catalog) -> int:
    """Return how many plural forms a catalogue's header speaks of, else its language has."""
    found = _compiled(catalog.header.get("Plural-Forms", ""))
    found = found or _compiled(plural_rule(catalog.language))
    return found[0] if found else 1


@cache
def _agree(one: str, other: str) -> bool:
    """Tell whether two plural rules choose the same form for every number."""
    first, second = _compiled(one), _compiled(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    try:
        return all(first[1](number) == second[1](number) for number in _NUMBERS)
    except ArithmeticError:
        return False


def check_head(catalog: Catalog, notes: Notebook) -> None:
    """Note what other programs would stumble over in the header of a file.

    What it should say follows from the folder the file lies in.
    """
    head, folder = catalog.head, catalog.path.split("/")[-2:][0]
    wanted = {
        "Language": folder.replace("-", "_"),
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": plural_rule(folder),
    }
    offers = {name: f'"{name}: {better}\\n"' for name, better in wanted.items()}
    if head is None:
        if catalog.messages:
            offer = " ".join(offers.values())
            notes.note(Code.PO_HEADER_MISSING, Span(catalog.path), text='msgid ""', offer=offer)
        return
    missing = [name for name in wanted if name not in catalog.header]
    if missing:
        offer = " ".join(offers[name] for name in missing)
        span = Span(catalog.path, head.string_line)
        notes.note(Code.PO_HEADER_MISSING, span, text=", ".join(missing), offer=offer)
    for number, line in enumerate(head.string.split("\n"), 1):
        name, _, given = line.partition(":")
        if name in wanted and not _good(name, given.strip(), wanted[name]):
            span = Span(catalog.path, head.string_line + number)  # a field stands on each line
            readable = name == "Plural-Forms" and _compiled(given.strip()) is not None
            code = Code.PLURAL_RULE if readable else Code.PO_HEADER
            notes.note(code, span, text=line, offer=offers[name], language=folder)
    if head.fuzzy:
        notes.note(Code.PO_HEADER_FUZZY, Span(catalog.path, head.line))


def _good(name: str, given: str, wanted: str) -> bool:
    match name:
        case "Language":
            given = given.replace("-", "_")
            return given == wanted or given.partition("_")[0] == wanted
        case "Plural-Forms":
            return _agree(given, wanted)
    return _is_utf8(given)


def _is_utf8(given: str) -> bool:
    found = _CHARSET.fullmatch(given)
    return found is not None and found[1].lower() in {"utf-8", "utf8"}
