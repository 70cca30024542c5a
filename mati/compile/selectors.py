"""Conditions in, CSS out: the rules that hide the parts of a form which are not asked.

A part is shown unless its rule says otherwise: an engine without ``:has`` drops the rule and
shows every part, paper shows every part, and what only a script can know counts as true.
So ``:has`` never stands inside ``:is``, whose list forgives: engines of two years would take
``:not(:is(:has(…)))`` for "not nothing" and hide the part for ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from mati.model.conditions import All, Any, Chosen, Compared, Condition, Not, to_json

__all__ = [
    "NEVER_HIDES",
    "Controls",
    "condition_data",
    "hide_rule",
    "opposite",
    "resolve",
    "shown_while",
]

NEVER_HIDES = ""
"""What ``hide_rule`` returns for a condition that CSS cannot find false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What must be known of a form's controls: by name alone not all can be told apart.

    ``lists`` are the names of controls whose answers are options of a ``select``; ``grids``
    maps the names of all rows of a grid to the ``id`` of the element around them.
    """

    lists: frozenset[str] = frozenset()
    grids: Mapping[tuple[str, ...], str] = field(default_factory=dict)


PLAIN = Controls()
"""A form with neither."""

Respell = Callable[[Chosen | Compared], Chosen | Compared]


def resolve(condition: Condition, asked: Mapping[str, Condition], respell: Respell) -> Condition:
    """Return ``condition`` as the form's elements see it.

    An answer to a part that is itself skipped does not count: ``asked`` maps a wire name to
    the condition under which it is asked. ``respell`` turns wire names into those of the
    form's service.
    """
    match condition:
        case Chosen(names) | Compared(names):
            guard = next((asked[name] for name in names if name in asked), None)
            spelled = respell(condition)
            return All((resolve(guard, asked, respell), spelled)) if guard else spelled
        case Not(inner):
            return Not(resolve(inner, asked, respell))
        case All(parts):
            return All(tuple(resolve(part, asked, respell) for part in parts))
        case Any(parts):
            return Any(tuple(resolve(part, asked, respell) for part in parts))
        case _:
            assert_never(condition)


def condition_data(condition: Condition) -> str:
    """Return ``condition`` as compact JSON for the page's script.

    There "and" and "or" are called as JavaScript calls them of lists.
    """
    return json.dumps(_in_script(to_json(condition)), separators=(",", ":"))


def _in_script(data: object) -> object:
    match data:
        case ["and" | "or" as word, *parts]:
            return ["every" if word == "and" else "some", *map(_in_script, parts)]
        case ["not", part]:
            return ["not", _in_script(part)]
    return data


def hide_rule(condition: Condition, element: str, controls: Controls = PLAIN) -> str:
    """Return the CSS rule that hides ``#element`` while ``condition`` is certainly false."""
    selector = shown_while(condition, controls)
    if selector is True:
        return NEVER_HIDES
    if selector is False:
        return f"#{element}{{display:none}}"
    return f"form{opposite(selector)} #{element}{{display:none}}"


def shown_while(condition: Condition, controls: Controls = PLAIN) -> str | bool:
    """Return the compound selector of a form in which ``condition`` is not certainly false.

    True where CSS can never tell that, False where nothing makes it true.
    """
    return _selector(condition, controls, unknown=True)


def opposite(selector: str) -> str:
    """Return the compound selector of all that ``selector`` does not match."""
    inner = selector.removeprefix(":not(")
    if inner != selector and _closes(inner) == len(inner) - 1:
        return inner[:-1]
    return f":not({selector})"


def _closes(inner: str) -> int:
    """Return where the bracket closes that was opened before ``inner``."""
    depth = 1
    for place, sign in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth:
            return place
    return len(inner)


def _selector(condition: Condition, controls: Controls, *, unknown: bool) -> str | bool:
    """Return a compound selector of the form; True or False where no selector is needed.

    ``unknown`` is what a hidden field or something typed counts as: whatever shows more.
    """
    match condition:
        case Chosen():
            return unknown if condition.hidden else f":has({_chosen(condition, controls)})"
        case Compared():
            return unknown
        case Not(inner):
            found = _selector(inner, controls, unknown=not unknown)
            return not found if isinstance(found, bool) else opposite(found)
        case All(parts):
            return _all([_selector(part, controls, unknown=unknown) for part in parts])
        case Any(parts):
            return _any([_selector(part, controls, unknown=unknown) for part in parts])
        case _:
            assert_never(condition)


def _all(found: list[str | bool]) -> str | bool:
    if False in found:
        return False
    return "".join(dict.fromkeys(s for s in found if isinstance(s, str))) or True


def _any(found: list[str | bool]) -> str | bool:
    if True in found:
        return True
    selectors = list(dict.fromkeys(s for s in found if isinstance(s, str)))
    if len(selectors) > 1:
        return opposite("".join(map(opposite, selectors)))
    return selectors[0] if selectors else False


def _chosen(atom: Chosen, controls: Controls) -> str:
    """Return the selector of the controls that make ``atom`` true, perhaps with a comma."""
    names = _either("name", atom.names)
    if atom.names in controls.grids:
        codes = _either("value", atom.codes) if atom.codes else ""
        return f"#{controls.grids[atom.names]} {codes}:checked"
    if atom.names[0] in controls.lists:
        chosen = _either("value", atom.codes) if atom.codes else ':not([value=""])'
        return f"{names}>{chosen}:checked"
    if atom.codes:
        return f"{names}{_either('value', atom.codes)}:checked"
    return f"{names}:checked,{names}[placeholder]:not(:placeholder-shown)"


def _either(attribute: str, values: tuple[str, ...]) -> str:
    """Return a selector of elements whose ``attribute`` is one of ``values``."""
    each = [f'[{attribute}="{value}"]' for value in values]
    return each[0] if len(each) == 1 else f":is({','.join(each)})"
