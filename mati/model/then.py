"""A survey as it was when a version of it was released: who was asked what, for old answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mati.model.conditions import Condition, holds, needs_script, references

__all__ = ["AskedThen", "PageThen", "Then"]

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThen:
    """One question as it was: ``names`` are its wire names, ``codes`` the answers it offered
    (empty for words of one's own).
    """

    id: str
    names: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    private: bool = False
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageThen:
    """One part of the form as it was."""

    asked: tuple[AskedThen, ...]
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """One released version; ``hidden`` are the hidden fields and their declared values,
    ``unseen`` the lines of which a page without script cannot tell whether they are filled in.
    """

    version: str
    pages: tuple[PageThen, ...] = ()
    hidden: Mapping[str, frozenset[str]]
    unseen: frozenset[str] = frozenset()

    def shown(self, values: Values, *, script: bool) -> dict[str, bool]:
        """Return for each question of then whether the person who gave ``values`` was asked it.

        As on the page, an answer to what was not shown counts for nothing. Without a ``script``
        a part is shown whose condition the page could not judge.
        """
        found: dict[str, bool] = {}
        known = {name: self._given(name, values) for name in self.hidden if name in values}
        for page in self.pages:
            here = self._holds(page.show_if, known, script=script)
            for asked in page.asked:
                there = here and self._holds(asked.show_if, known, script=script)
                found[asked.id] = there
                if there:
                    known.update(_answers(asked, values))
        return found

    def _given(self, name: str, values: Values) -> tuple[str, ...]:
        codes = self.hidden[name]
        return tuple(value if not codes or value in codes else "other" for value in values[name])

    def _holds(self, condition: Condition | None, known: Values, *, script: bool) -> bool:
        if condition is None or not (script or self._could_judge(condition)):
            return True
        return holds(condition, known)

    def _could_judge(self, condition: Condition) -> bool:
        """Tell whether a page without script could; a lock does not mark hidden fields as such."""
        hidden = not references(condition).isdisjoint(self.hidden)
        return not (hidden or needs_script(condition, self.unseen))

    @property
    def asked(self) -> dict[str, AskedThen]:
        """Every question of then by its id."""
        return {asked.id: asked for page in self.pages for asked in page.asked}


def _answers(asked: AskedThen, values: Values) -> dict[str, tuple[str, ...]]:
    """Return what was answered to a question, as far as it was offered."""
    given = {name: values[name] for name in asked.names if name in values}
    if not asked.codes:
        return given
    known = {n: tuple(v for v in given[n] if v in asked.codes) for n in given if n[-5:] != ".text"}
    words = {n: v for n, v in given.items() if n[-5:] == ".text"}
    return {name: found for name, found in (known | words).items() if found}
