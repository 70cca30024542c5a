"""Conditions in, CSS out: the rules that hide the parts of a form which are not asked.

A part is shown unless its rule says otherwise: an engine without ``:has`` drops the rule and
shows every part, paper shows every part, and what only a script can know counts as true.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from typing import assert_never

from mati.model.conditions import All, Any, Chosen, Compared, Condition, Not, to_json

__all__ = ["NEVER_HIDES", "condition_data", "hide_rule", "resolve", "shown_while"]

NEVER_HIDES = ""
"""What ``hide_rule`` returns for a condition that CSS cannot find false."""

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
    """Return ``condition`` as compact JSON for the page's script."""
    return json.dumps(to_json(condition), separators=(",", ":"))


def hide_rule(condition: Condition, element: str, lists: Container[str] = ()) -> str:
    """Return the CSS rule that hides ``#element`` while ``condition`` is certainly false.

    ``lists`` are the names of controls whose answers are options of a ``select``.
    """
    selector = shown_while(condition, lists)
    if selector is True:
        return NEVER_HIDES
    if selector is False:
        return f"#{element}{{display:none}}"
    return f"form:not({selector}) #{element}{{display:none}}"


def shown_while(condition: Condition, lists: Container[str] = ()) -> str | bool:
    """Return the compound selector of a form in which ``condition`` is not certainly false.

    True where CSS can never tell that, False where nothing makes it true.
    """
    return _selector(condition, lists, unknown=True)


def _selector(condition: Condition, lists: Container[str], *, unknown: bool) -> str | bool:
    """Return a compound selector of the form; True or False where no selector is needed.

    ``unknown`` is what a hidden field or something typed counts as: whatever shows more.
    """
    match condition:
        case Chosen():
            return unknown if condition.hidden else f":has({_chosen(condition, lists)})"
        case Compared():
            return unknown
        case Not(inner):
            found = _selector(inner, lists, unknown=not unknown)
            return not found if isinstance(found, bool) else f":not({found})"
        case All(parts):
            return _all([_selector(part, lists, unknown=unknown) for part in parts])
        case Any(parts):
            return _any([_selector(part, lists, unknown=unknown) for part in parts])
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
        return f":is({','.join(selectors)})"
    return selectors[0] if selectors else False


def _chosen(atom: Chosen, lists: Container[str]) -> str:
    """Return the selector of the controls that make ``atom`` true, perhaps with a comma."""
    names = _either("name", atom.names)
    if atom.names[0] in lists:
        chosen = _either("value", atom.codes) if atom.codes else ':not([value=""])'
        return f"{names}>{chosen}:checked"
    if atom.codes:
        return f"{names}{_either('value', atom.codes)}:checked"
    return f"{names}:checked,{names}[placeholder]:not(:placeholder-shown)"


def _either(attribute: str, values: tuple[str, ...]) -> str:
    """Return a selector of elements whose ``attribute`` is one of ``values``."""
    each = [f'[{attribute}="{value}"]' for value in values]
    return each[0] if len(each) == 1 else f":is({','.join(each)})"
