"""The parts of a survey in, the ways between them out: one part at a time, without a script.

The address says which part is shown (``:target``), so that the browser's own Back works and
what was answered stays. An engine without ``:has`` drops these rules and shows every part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mati.compile.selectors import opposite
from mati.model import Section

__all__ = ["Way", "step_rules", "ways"]

Shown = str | bool
"""When a part is shown: a compound selector of the form, always, or never."""

PLAIN = "form:not(.js)"
"""A form for which no script does it better."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link from one part to another, over those it passes: only while these are skipped."""

    to: str
    past: tuple[str, ...] = ()


def ways(others: Iterable[Section]) -> tuple[Way, ...]:
    """Return the ways to ``others``, the nearest first, as far as nobody skips one."""
    found: list[Way] = []
    past: list[str] = []
    for other in others:
        found.append(Way(other.id, tuple(past)))
        if other.show_if is None:
            break
        past.append(other.id)
    return tuple(found)


def step_rules(parts: Sequence[tuple[Section, str, Shown]]) -> Iterator[str]:
    """Yield the CSS that hides ways which lead nowhere, and the button before the last part.

    ``parts`` are the sections, each with the ``id`` of its element and when it is shown.
    """
    for section, element, shown in parts:
        if section.show_if is None:
            continue
        way = f'.go [href="#{element}"]{{display:none}}'
        if shown is False:
            yield way
        elif shown is True:
            yield f"{PLAIN} .past-{section.id}{{display:none}}"
        else:
            yield f"form{opposite(shown)} {way}"
            yield f"{PLAIN}{shown} .past-{section.id}{{display:none}}"
    certain = [place for place, (section, _, _) in enumerate(parts) if section.show_if is None]
    for place, (_, element, shown) in enumerate(parts):
        if shown is not False and 0 < place >= max(certain, default=0):
            when = "" if shown is True else shown
            before = (f":has(.s:target~#{element})", ":not(:has(.s:target))")
            yield ",".join(f"{PLAIN}{now}{when} .send" for now in before) + "{display:none}"
