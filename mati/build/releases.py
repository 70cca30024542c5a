"""Surveys and what was released of them in; what a change would do to answers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from mati import home
from mati.diagnostics import Notebook
from mati.model import Survey
from mati.project import Project
from mati.responses import names_of
from mati.versions import Release, Shape, check_lock, read_lock, shape_of

__all__ = ["check", "of_survey", "shape"]


def of_survey(project: Project, name: str, notes: Notebook) -> tuple[Release, ...]:
    """Return what was released of a survey, the oldest first."""
    lock = project.locks.get(name)
    return read_lock(lock, notes) if lock is not None else ()


def shape(survey: Survey) -> Shape:
    """Return what answers to a survey depend on, as it stands today."""
    return shape_of(survey)


def check(project: Project, surveys: Mapping[str, Survey], notes: Notebook) -> None:
    """Compare every survey with each version of it that was released."""
    for name, survey in surveys.items():
        releases = of_survey(project, name, notes)
        check_lock(survey, shape(survey), releases, notes, _kept(project, name))


def _kept(project: Project, name: str) -> Callable[[str], int]:
    """Return what counts the answers at home under a name; they are read when first asked for."""

    @cache
    def counted() -> Counter[str]:
        found: Counter[str] = Counter()
        for response in home.load(project.root, name):
            found.update(names_of(response))
        return found

    return lambda wanted: counted()[wanted]
