"""Surveys and the languages they are published in, in; the pages of the site out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from mati.model import Page, ProjectSettings, Settings, Survey

__all__ = ["MISSING", "form_path", "list_path", "plan", "report_path", "thanks_path"]

MISSING = "404.html"
"""The page static hosts show for an address that leads nowhere."""


def list_path(language: str) -> str:
    """Return the path of the list of surveys in ``language``."""
    return f"{language}/"


def form_path(survey: str, language: str) -> str:
    """Return the path of a survey's form."""
    return f"{language}/{survey}/"


def thanks_path(survey: str, language: str) -> str:
    """Return the path of the page shown after sending."""
    return f"{language}/{survey}/thanks/"


def report_path(survey: str, language: str) -> str:
    """Return the path of a survey's report, in ``site`` or in ``private/reports``."""
    return f"{language}/{survey}/report/"


def plan(
    surveys: Sequence[Survey],
    published: Mapping[str, tuple[str, ...]],
    project: ProjectSettings,
    *,
    reports: Collection[str] | None = None,
) -> tuple[Page, ...]:
    """Return every page of the site.

    ``published`` maps a survey's name to the languages it is shown in, the source first. Of the
    public reports those of the surveys named in ``reports`` are planned; None means all.
    """
    languages = _languages(surveys, published, project)
    pages = [
        Page(kind="chooser", path="", language=languages[0]),
        Page(kind="missing", path=MISSING, language=languages[0]),
        *_family("list", "", languages, lambda _, language: list_path(language)),
    ]
    for survey in surveys:
        shown = published.get(survey.name, ())
        pages += _family("form", survey.name, shown, form_path)
        pages += _family("thanks", survey.name, shown, thanks_path)
        if survey.settings.report.public and (reports is None or survey.name in reports):
            pages += _family("report", survey.name, shown, report_path)
    return tuple(pages)


def _family(
    kind: str, survey: str, languages: Sequence[str], path: Callable[[str, str], str]
) -> list[Page]:
    """Return one page in each of its languages, each knowing the others."""
    alternates = tuple((language, path(survey, language)) for language in languages)
    return [
        Page(kind=kind, path=where, language=language, survey=survey, alternates=alternates)
        for language, where in alternates
    ]


def _languages(
    surveys: Sequence[Survey],
    published: Mapping[str, tuple[str, ...]],
    project: ProjectSettings,
) -> tuple[str, ...]:
    """Return the languages of the site: those in which something is published.

    They stand in the project's order; a site without surveys has the project's first language.
    """
    used = {language for survey in surveys for language in published.get(survey.name, ())}
    order = (*project.languages, *sorted(used))
    return (
        tuple(dict.fromkeys(code for code in order if code in used))
        or (*project.languages, Settings().lang)[:1]
    )
