"""Surveys and what was released of them in; what a change would do to answers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from mati import home
from mati.build.forms import Voices
from mati.diagnostics import Code, Notebook, Source
from mati.localise import Language
from mati.model import Question, Survey, Then, consent_texts, wording_hash
from mati.project import Project
from mati.questions import kind_of
from mati.responses import names_of
from mati.versions import Release, Shape, check_lock, past, read_lock, shape_of

__all__ = ["check", "of_survey", "past_of", "shape"]


def of_survey(project: Project, name: str, notes: Notebook) -> tuple[Release, ...]:
    """Return what was released of a survey, the oldest first."""
    lock = project.locks.get(name)
    return read_lock(lock, notes) if lock is not None else ()


def past_of(root: Path, name: str, notes: Notebook) -> dict[str, Then]:
    """Return the released versions of a survey in the project at ``root``, by their digests."""
    path = f"content/{name}.lock"
    if not (root / path).is_file():
        return {}
    text = (root / path).read_text("utf-8", "replace")
    return past(read_lock(Source(path, text), notes))


def shape(survey: Survey, spoken: Mapping[str, Language]) -> Shape:
    """Return what answers to a survey depend on, as it stands today in each language."""
    consents = (
        (question.id, tuple(_agreed(question, code, one) for code, one in spoken.items()))
        for question in survey.questions
        if kind_of(question.kind).consent
    )
    return replace(shape_of(survey), consents=tuple(consents))


def _agreed(question: Question, code: str, language: Language) -> tuple[str, str, str]:
    """Return what people agree to in one language: its code, the hash, the words."""
    words = [language.words(text).text for text in consent_texts(question)]
    return code, wording_hash(words), " ".join(" ".join(words).split())


def check(project: Project, surveys: Mapping[str, Survey], voices: Voices, notes: Notebook) -> None:
    """Compare every survey with each version of it that was released."""
    for name, survey in surveys.items():
        releases = of_survey(project, name, notes)
        if releases:
            now = shape(survey, voices.surveys[name])
            check_lock(survey, now, releases, notes, _kept(project, name))
            if any(found.code is Code.RELEASED_CODE_GONE for found in notes.of(survey.path)):
                # A scale that got shorter makes comparisons with it true for all.
                notes.forget(Code.FULL_COMPARISON, survey.path)


def _kept(project: Project, name: str) -> Callable[[str], int]:
    """Return what counts the answers at home under a name; they are read when first asked for."""

    @cache
    def counted() -> Counter[str]:
        found: Counter[str] = Counter()
        for response in home.load(project.answers, name):
            found.update(names_of(response))
        return found

    return lambda wanted: counted()[wanted]
