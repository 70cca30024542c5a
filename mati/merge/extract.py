"""Surveys, templates and our own modules in; the texts to translate out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import jinja2
from jinja2 import nodes

from mati.catalog import Catalog
from mati.diagnostics import Code, Notebook, Source, Span
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
    """One text to translate: ``notes`` tell the translator about it, ``files`` where it stands.

    ``places`` are those of ``files`` with their lines, ``content/visit.md:12``: for a template of
    catalogues (.pot) only, since a line shifts with every line above it.
    """

    context: str
    msgid: str
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rich: bool = False
    """Whether inline Markdown has a meaning here."""
    places: tuple[str, ...] = ()
    remarks: str = field(init=False, compare=False, repr=False)
    """The lines above its entry that are made anew each time: what it is, where it stands."""

    def __post_init__(self) -> None:
        """Make the lines once: the same text stands in the catalogues of fifty languages."""
        lines = (*(f"#. {note}\n" for note in self.notes), *(f"#: {f}\n" for f in self.files))
        object.__setattr__(self, "remarks", "".join(lines))


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
                places=tuple(dict.fromkeys((*known.places, *unit.places))),
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
    path, line = text.span.path, text.span.line
    found = _found(text.source, path, line, context=text.context, notes=notes)
    return replace(found, rich=text.rich)


def _found(
    msgid: str, path: str, line: int, *, context: str = "", notes: tuple[str, ...] = ()
) -> Unit:
    places = (f"{path}:{line}",)
    return Unit(context=context, msgid=msgid, notes=notes, files=(path,), places=places)


def from_templates(templates: Mapping[str, str], notes: Notebook) -> tuple[Unit, ...]:
    """Return the messages of templates (path -> text); a broken one is an error in ``notes``."""
    environment = jinja2.Environment(autoescape=True)
    found: list[Unit] = []
    for path, text in sorted(templates.items()):
        try:
            calls = environment.parse(text).find_all(nodes.Call)
            found += (_found(const.value, path, const.lineno) for const in _consts(calls))
        except jinja2.TemplateSyntaxError as error:
            notes.open(Source(path, text))
            problem = error.message or type(error).__name__
            notes.note(Code.TEMPLATE_BROKEN, Span(path, error.lineno), problem=problem, path=path)
    return united(found)


def _consts(calls: Iterable[nodes.Call]) -> Iterator[nodes.Const]:
    """Go through the strings that are given to ``_`` and its like."""
    for call in calls:
        name, given = call.node, call.args[:1]
        if isinstance(name, nodes.Name) and name.name in _CALLS and given:
            for const in (given[0], *given[0].find_all(nodes.Const)):
                if isinstance(const, nodes.Const) and isinstance(const.value, str):
                    yield const


def from_python(modules: Mapping[str, str], notes: Notebook) -> tuple[Unit, ...]:
    """Return the messages of our own modules (path -> text): ``_("…")``, ``.message("…")``.

    A module with a mistake in its syntax is an error in ``notes``.
    """
    found: list[Unit] = []
    for path, text in sorted(modules.items()):
        try:
            tree = ast.parse(text, path)
        except SyntaxError as error:
            notes.open(Source(path, text))
            place = Span(path, error.lineno or 1, max(error.offset or 1, 1))
            notes.note(Code.MODULE_BROKEN, place, problem=error.msg, path=path)
            continue
        for call in _calls(tree):
            given = call.args[0]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                found.append(_found(given.value, path, given.lineno))
    return united(found)


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
