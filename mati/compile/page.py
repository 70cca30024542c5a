"""A survey and its form target in; what a kind's template may ask about the page out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from mati.compile.holes import Hole, Holes
from mati.compile.selectors import Controls, condition_data, hide_rule, resolve, shown_while
from mati.compile.steps import Way, step_rules, ways
from mati.model import (
    Block,
    Chosen,
    Column,
    Compared,
    Condition,
    FormTarget,
    Option,
    Question,
    Row,
    Section,
    Survey,
    consent_texts,
    join,
    ladder,
    mixed_parts,
)
from mati.model.conditions import All
from mati.questions import kind_of

__all__ = ["FormPage", "asked_under", "group_id", "part_id"]

LIST = "dropdown"
"""The look whose answers are the options of one control."""


def asked_under(survey: Survey) -> dict[str, Condition]:
    """Map the wire names of conditional questions to the condition under which they are asked."""
    found: dict[str, Condition] = {}
    for section in survey.sections:
        for question in section.questions:
            parts = tuple(c for c in (section.show_if, question.show_if) if c is not None)
            if parts:
                whole = parts[0] if len(parts) == 1 else All(parts)
                found.update((column.name, whole) for column in _columns(question))
    return found


def _columns(question: Question) -> tuple[Column, ...]:
    return kind_of(question.kind).columns(question)


def part_id(part: str) -> str:
    """Return the ``id`` on the page of a section or question that may be hidden."""
    return f"q-{part}"


def group_id(*parts: str) -> str:
    """Return the ``id`` on the page of the controls of one answer: question, perhaps row."""
    return "-".join(("a", *parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What a kind's ``form.html`` may ask: names, ids, what is required, which labels are long.

    In a template it is called ``page``.
    """

    survey: Survey
    target: FormTarget
    holes: Holes
    asked: Mapping[str, Condition]

    def name(self, *parts: str) -> str:
        """Return the wire name of a part of a question, spelled as the form's service wants it."""
        return self.target.spell(join(*parts))

    def control(self, question: Question, option: Option, row: Row | None = None) -> Markup:
        """Return the attributes of the control of one answer, in a row of a grid or alone.

        The names of the ends of a scale belong to its first and its last number.
        """
        name, value = join(question.id, row.id) if row else question.id, option.code
        several = question.several or question.block is Block.SEVERAL
        shape = "checkbox" if several else "radio"
        name, value = self.target.option(name, value) if several else (self.name(name), value)
        made = Markup('type="{}" name="{}" value="{}"').format(shape, name, value)
        if several:
            alone = option.only or (option.na and row is None)
            return made + (" data-only" if alone else "")
        made += " required" if self.enforced(question) else ""
        described = Markup(' aria-describedby="{}.{}"')
        if question.low_end is not None and option is question.scored[0]:
            made += described.format(self.group(question.id), "l")
        elif question.high_end is not None and option is question.scored[-1]:
            made += described.format(self.group(question.id), "u")
        return made

    def ladder(self, question: Question) -> tuple[Option, ...]:
        """Return the answers that are steps of a scale, the lowest first."""
        return ladder(question)

    def id(self, part: str) -> str:
        """Return the ``id`` of a section's or a question's place on the page."""
        return part_id(part)

    def group(self, *parts: str) -> str:
        """Return the ``id`` of the group of controls that makes up one answer.

        Ids of authors hold no hyphen and none of ours a dot: ``id.e`` is its error text.
        """
        return group_id(*parts)

    def enforced(self, question: Question) -> bool:
        """Tell whether static HTML may say ``required``: only where the part is always shown.

        A required control that is hidden would block sending without a word.
        """
        return question.required and self.always(question) and not self.steps

    @property
    def steps(self) -> bool:
        """Whether the parts are shown one at a time."""
        return self.survey.settings.steps and len(self.survey.sections) > 1

    def ahead(self, section: Section) -> tuple[Way, ...]:
        """Return the ways from one part to those that may come next."""
        return ways(self.survey.sections[self._place(section) + 1 :])

    def behind(self, section: Section) -> tuple[Way, ...]:
        """Return the ways from one part back to those that may have come before."""
        return ways(reversed(self.survey.sections[: self._place(section)]))

    def _place(self, section: Section) -> int:
        return [each.id for each in self.survey.sections].index(section.id)

    def always(self, question: Question) -> bool:
        """Tell whether everybody is asked this question."""
        section = next(s for s in self.survey.sections for q in s.questions if q.id == question.id)
        return question.show_if is None and section.show_if is None

    def optional(self, question: Question) -> bool:
        """Tell whether to say "optional": where some questions must be answered and this not."""
        return not question.required and any(q.required for q in self.survey.questions)

    def part(self, section: Section) -> tuple[int, int] | None:
        """Return number and count of a part that everybody is asked; None where that says little.

        Conditional parts are not counted: "part 3 of 4" would be a lie to those who skip one.
        """
        parts = [s for s in self.survey.sections if s.show_if is None]
        known = [s.id for s in parts]
        if len(parts) < 2 or section.id not in known:  # noqa: PLR2004 -- "part 1 of 1" says nothing
            return None
        return known.index(section.id) + 1, len(parts)

    def care(self, section: Section) -> bool:
        """Tell whether a part asks some people only how they may be reached."""
        return section.show_if is not None and any(q.private for q in section.questions)

    @property
    def script(self) -> bool:
        """Whether the page has a script; without one nobody reads ``data-`` attributes."""
        return self.survey.settings.script

    def need(self, *, required: bool) -> Markup:
        """Return the attribute that tells the script an answer is required."""
        return Markup(" data-need" if required and self.script else "")  # noqa: S704 -- our own

    def mix(self, question: Question) -> Markup:
        """Return what the script shuffles: the answers, or the rows of a grid."""
        parts = mixed_parts(question) if self.script else ()
        return Markup(' data-mix="{}"').format(" ".join(parts)) if parts else Markup()

    def condition(self, condition: Condition | None) -> Markup:
        """Return the ``data-if`` attribute of a conditional part, nothing for any other."""
        if condition is None or not self.script:
            return Markup()
        data = condition_data(self.resolved(condition))
        # ids and codes are ASCII letters, digits, "_" and "-": nothing to escape
        return Markup(f" data-if='{data}'")  # noqa: S704

    def lengths(self, items: Sequence[Option], limit: int) -> Markup:
        """Return a class slot: ``long`` where one of the items' labels is wider than ``limit``."""
        labels: list[object] = [item.label for item in items]  # places by now, no texts
        return self.holes.lengths([hole for hole in labels if isinstance(hole, Hole)], limit)

    def room(self, letters: int) -> Markup:
        """Return the place for the ``maxlength`` of a line that takes so many letters."""
        return self.holes.room(letters)

    def wording(self, question: Question) -> Markup:
        """Return the place for the hash of everything that stands beside a box to agree."""
        written = next(q for q in self.survey.questions if q.id == question.id)
        return self.holes.wording(consent_texts(written))

    def rules(self) -> str:
        """Return the CSS that hides the conditional parts of this survey on screens."""
        things: list[Section | Question] = []
        for section in self.survey.sections:
            things += [section, *section.questions]
        controls = self._controls()
        rules = [
            hide_rule(self.resolved(thing.show_if), self.id(thing.id), controls)
            for thing in things
            if thing.show_if is not None
        ]
        rules += [
            hide_rule(Chosen((self.name(q.id),), (o.code,)), self.group(q.id, o.code), controls)
            for q in self.survey.questions
            for o in q.options
            if q.look == LIST and o.write_in
        ]
        if self.steps:
            rules += step_rules([(s, self.id(s.id), self._shown(s)) for s in self.survey.sections])
        found = "\n".join(dict.fromkeys(rule for rule in rules if rule))
        return f"@media screen{{\n{found}\n}}" if found else ""

    def _shown(self, section: Section) -> str | bool:
        if section.show_if is None:
            return True
        return shown_while(self.resolved(section.show_if), self._controls())

    def _controls(self) -> Controls:
        questions = self.survey.questions
        names = {q.id: tuple(self.name(q.id, row.id) for row in q.rows) for q in questions}
        return Controls(
            lists=frozenset(self.name(q.id) for q in questions if q.look == LIST),
            grids={found: self.group(id_) for id_, found in names.items() if len(found) > 1},
        )

    def resolved(self, condition: Condition) -> Condition:
        """Return ``condition`` in the names of this form's controls."""
        return resolve(condition, self.asked, self._respell)

    def endings(self) -> str:
        """Return the endings and their conditions for the script; "" where there is no choice."""
        if all(ending.show_if is None for ending in self.survey.endings):
            return ""
        found = ((e.id, e.show_if and self.resolved(e.show_if)) for e in self.survey.endings)
        pairs = (f'["{id_}",{condition_data(when) if when else 0}]' for id_, when in found)
        return f"[{','.join(pairs)}]"

    def _respell(self, atom: Chosen | Compared) -> Chosen | Compared:
        if isinstance(atom, Compared):
            return replace(atom, names=tuple(map(self.target.spell, atom.names)))
        if atom.hidden:
            return atom
        if not atom.codes and not self.survey.unseen.isdisjoint(atom.names):
            return replace(atom, names=tuple(map(self.target.spell, atom.names)), hidden=True)
        several = {
            column.name: column.codes
            for question in self.survey.questions
            for column in _columns(question)
            if column.shape == "several"
        }
        if self.target.distinct and any(name in several for name in atom.names):
            codes = atom.codes or several[atom.names[0]]
            names = (self.target.option(name, c)[0] for name in atom.names for c in codes)
            return Chosen(tuple(names), ("1",))
        return Chosen(tuple(self.target.spell(name) for name in atom.names), atom.codes)
