"""Surveys, templates and our own modules in; the texts to translate out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import jinja2
from jinja2 import nodes

from mati.catalog import Catalog
from mati.diagnostics import Code
from mati.model import STANDARD, Text, texts

__all__ = [
    "Unit",
    "from_codes",
    "from_python",
    "from_templates",
    "of_node",
    "united",
    "units_of",
]

_SITE = ("site.", "scale.")
_CALLS = frozenset({"_", "message", "translate"})
"""Functions whose first argument is a message, in templates and in our own modules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text to translate: ``notes`` tell the translator about it, ``files`` where it stands."""

    context: str
    msgid: str
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rich: bool = False
    """Whether inline Markdown has a meaning here."""


def united(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return each (context, text) once, with the notes and files of all its places."""
    found: dict[tuple[str, str], Unit] = {}
    for unit in units:
        known = found.get((unit.context, unit.msgid))
        if known is not None:
            unit = replace(  # noqa: PLW2901 -- the same unit, enriched
                known,
                notes=tuple(dict.fromkeys((*known.notes, *unit.notes))),
                files=tuple(dict.fromkeys((*known.files, *unit.files))),
            )
        found[unit.context, unit.msgid] = unit
    return tuple(found.values())


def of_node(node: object, *, site: bool = False) -> tuple[Unit, ...]:
    """Return the texts of surveys and settings: those of the project (``site``) or the rest."""
    found = (t for t in texts(node) if t.source and not t.context.startswith(STANDARD))
    return united(_unit(text) for text in found if text.context.startswith(_SITE) is site)


def _unit(text: Text) -> Unit:
    notes = tuple(line.strip() for line in text.note.splitlines() if line.strip())
    if text.pipes:
        notes = (*notes, "Keep what stands in {{…}} as it is.")
    return Unit(
        context=text.context,
        msgid=text.source,
        notes=notes,
        files=(text.span.path,),
        rich=text.rich,
    )


def from_templates(templates: Mapping[str, str]) -> tuple[Unit, ...]:
    """Return the messages of templates (path -> text); a broken one raises ``TemplateError``."""
    environment = jinja2.Environment(autoescape=True)

    def found() -> Iterator[Unit]:
        for path, text in sorted(templates.items()):
            for call in environment.parse(text).find_all(nodes.Call):
                name, given = call.node, call.args[:1]
                if isinstance(name, nodes.Name) and name.name in _CALLS and given:
                    for const in (given[0], *given[0].find_all(nodes.Const)):
                        if isinstance(const, nodes.Const) and isinstance(const.value, str):
                            yield Unit(context="", msgid=const.value, files=(path,))

    return united(found())


def from_python(modules: Mapping[str, str]) -> tuple[Unit, ...]:
    """Return the messages of our own modules (path -> text): ``_("…")``, ``.message("…")``."""

    def found() -> Iterator[Unit]:
        for path, text in sorted(modules.items()):
            for call in _calls(ast.parse(text, path)):
                given = call.args[0]
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield Unit(context="", msgid=given.value, files=(path,))

    return united(found())


def _calls(tree: ast.Module) -> list[ast.Call]:
    """Return the calls that name a message, as they stand in the file."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    wanted = (call for call in found if call.args and _called(call.func) in _CALLS)
    return sorted(wanted, key=lambda call: (call.lineno, call.col_offset, call.end_col_offset))


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def from_codes(path: str) -> tuple[Unit, ...]:
    """Return the messages and hints of all diagnostics; ``path`` is where they stand."""
    return united(
        Unit(context="", msgid=words, notes=(code.slug,), files=(path,))
        for code in Code
        for words in (code.message, code.hint, code.otherwise)
        if words
    )


def units_of(catalog: Catalog) -> tuple[Unit, ...]:
    """Return what a catalogue translates, for one that says only some things in other words."""
    kept = (message for message in catalog.messages.values() if message.string)
    return tuple(Unit(context=message.context, msgid=message.msgid) for message in kept)
