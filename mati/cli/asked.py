"""The name of a survey in, the surveys that are meant and who speaks their words out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mati.cli import Shell, message_language, surveys_named
from mati.diagnostics import Notebook

if TYPE_CHECKING:
    import click

    from mati.localise import Language
    from mati.model import Survey
    from mati.project import Project

__all__ = ["Asked", "commands", "surveys_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Surveys by name, each with the languages it is spoken in by code."""

    project: Project
    surveys: Mapping[str, Survey]
    languages: Mapping[str, Mapping[str, Language]]

    def __iter__(self) -> Iterator[tuple[str, Survey, Language]]:
        """Go through names and surveys, each with the language to tell of it in: that of the
        commands, else the survey's own.
        """
        for name, survey in self.surveys.items():
            spoken = self.languages[name]
            yield name, survey, spoken.get(message_language()) or spoken[survey.language]


def surveys_of(shell: Shell, wanted: str, notes: Notebook) -> Asked:
    """Read one survey, or all for ""; none where ``notes`` get a mistake, and nothing else."""
    from mati.build import forms
    from mati.project import open_project

    reading = Notebook()
    project = open_project(shell.root, reading)
    surveys_named(project, [wanted] if wanted else ())
    surveys = forms.read(project, wanted, reading)
    voices = forms.voices(project, tuple(surveys.values()), Notebook())
    if reading.has_errors():
        notes.extend(reading)
        surveys = {}
    return Asked(project=project, surveys=surveys, languages=voices.surveys)


commands: tuple[click.Command, ...] = ()
