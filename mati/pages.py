"""Surveys and the languages they are published in, in; the pages of the site out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from mati.diagnostics import Code, Notebook
from mati.model import Page, PlainPage, ProjectSettings, Settings, Survey, leads_to
from mati.settings import close_to

__all__ = [
    "MISSING",
    "again_path",
    "check_links",
    "closed_path",
    "form_path",
    "list_path",
    "plain_path",
    "plan",
    "report_path",
    "share_path",
    "thanks_path",
]

MISSING = "404.html"
"""The page static hosts show for an address that leads nowhere."""


def list_path(language: str) -> str:
    """Return the path of the list of surveys in ``language``."""
    return f"{language}/"


def form_path(survey: str, language: str) -> str:
    """Return the path of a survey's form."""
    return f"{language}/{survey}/"


def plain_path(page: str, language: str) -> str:
    """Return the path of a plain page; no survey has its name."""
    return f"{language}/{page}/"


def thanks_path(survey: str, language: str) -> str:
    """Return the path of the page shown after sending."""
    return f"{language}/{survey}/thanks/"


def closed_path(survey: str, language: str) -> str:
    """Return the path of the page shown before a survey opens and after it has closed."""
    return f"{language}/{survey}/closed/"


def again_path(survey: str, language: str) -> str:
    """Return the path of the page for people whose answers could not be taken."""
    return f"{language}/{survey}/again/"


def report_path(survey: str, language: str) -> str:
    """Return the path of a survey's report, in ``site`` or in ``private/reports``."""
    return f"{language}/{survey}/report/"


def share_path(survey: str, language: str, first: str) -> str:
    """Return the path of the page an owner passes a survey on with; ``first`` is its language at
    the short address.
    """
    return f"share/{survey}/" if language == first else f"share/{survey}/{language}/"


def plan(
    surveys: Sequence[Survey],
    published: Mapping[str, tuple[str, ...]],
    project: ProjectSettings,
    *,
    reports: Collection[str] | None = None,
    plain: Collection[str] = (),
    kits: Collection[str] = (),
) -> tuple[Page, ...]:
    """Return every page of the site.

    ``published`` maps a survey's name to the languages it is shown in, the source first. Of the
    public reports those of the surveys named in ``reports`` are planned; None means all.
    ``plain`` names the plain pages; they stand in every language of the site. ``kits`` names the
    surveys with a page to be passed on with, which takes the site's whole address.
    """
    languages = _languages(surveys, published, project)
    pages = [
        Page(kind="chooser", path="", language=languages[0]),
        Page(kind="missing", path=MISSING, language=languages[0]),
        *_family("list", "", languages, lambda _, language: list_path(language)),
        *(page for name in plain for page in _family("plain", name, languages, plain_path)),
    ]
    for survey in surveys:
        shown = published.get(survey.name, ())
        pages += _family("form", survey.name, shown, form_path)
        pages += _family("thanks", survey.name, shown, thanks_path)
        pages += _family("again", survey.name, shown, again_path)
        if survey.settings.opens or survey.settings.closes:
            pages += _family("closed", survey.name, shown, closed_path)
        if project.url and survey.name in kits and shown:
            pages += _family("share", survey.name, shown, partial(share_path, first=shown[0]))
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


_MAIL = re.compile(r"[^\s@/]{1,64}@[^\s@/]{1,200}\.[^\s@/]{1,60}")
_HOST = re.compile(r"(?:https?/*)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:[/?#].*)?)", re.IGNORECASE)
_PAGES = "content/pages/"
_MOST_OFFERS = 200
"""Suggestions that are looked for: ten thousand slips stay quick."""


def check_links(
    texts: Sequence[Survey | PlainPage],
    names: Mapping[str, Collection[str]],
    notes: Notebook,
) -> None:
    """Write down every link of an author that leads nowhere.

    ``names`` are those of all texts there are, by the kind of page each becomes, also of those
    that are not built now.
    """
    anchors = {
        text.name: text.anchors
        for text in texts
        if isinstance(text, PlainPage) and text.path.startswith(_PAGES)
    }
    missing = [
        (text, use)
        for text in texts
        for use in text.links
        if not _stands(text, use.target, names, anchors)
    ]
    for number, (text, use) in enumerate(missing):
        known = tuple(_targets(text, names, anchors)) if number < _MOST_OFFERS else ()
        notes.note(
            Code.LINK_MISSING,
            use.span,
            name=use.target[:60],
            offer=_address(use.target) or _nearest(use.target, known),
            known=", ".join(known[:12]) or "…",
        )


def _stands(
    text: Survey | PlainPage,
    target: str,
    names: Mapping[str, Collection[str]],
    anchors: Mapping[str, Collection[str]],
) -> bool:
    """Tell whether a link of ``text`` leads somewhere, or to another site."""
    goal = leads_to(text.path, target)
    if goal is None:
        return True
    if goal.name and goal.name not in names.get(goal.kind, ()):
        return False
    if goal.anchor:
        here = text.anchors if isinstance(text, PlainPage) else ()
        found = anchors.get(goal.name, ()) if goal.name else here
        return goal.kind == "plain" and goal.anchor in found
    return bool(goal.name)


def _targets(
    text: Survey | PlainPage,
    names: Mapping[str, Collection[str]],
    anchors: Mapping[str, Collection[str]],
) -> Iterator[str]:
    """Go through what a link of ``text`` can be, as it would be written there."""
    inside = isinstance(text, PlainPage)
    yield from (f"#{anchor}" for anchor in (text.anchors if isinstance(text, PlainPage) else ()))
    beside = text.path.startswith(_PAGES)
    for name in names.get("plain", ()):
        file = f"{name}.md" if beside else f"{'../' * inside}pages/{name}.md"
        yield file
        yield from (f"{file}#{anchor}" for anchor in anchors.get(name, ()))
    for name in names.get("form", ()):
        yield f"../{name}.md" if inside else f"{name}.md"


def _address(target: str) -> str:
    """Return the address of another site that ``target`` was meant to be, "" for none."""
    if _MAIL.fullmatch(target):
        return f"mailto:{target}"
    found = _HOST.fullmatch(target)
    return f"https://{found[1]}" if found and not target.partition("#")[0].endswith(".md") else ""


def _nearest(target: str, known: Sequence[str]) -> str:
    """Return what was most likely meant: the right name in another folder, or nearly the name."""
    file, sign, _ = target.partition("#")
    if file in known or (sign and not file):
        headings = tuple(name for name in known if name.startswith(f"{file}#"))
        return close_to(target, headings) or file
    stem = file.rpartition("/")[2]
    same = (name for name in known if name.rpartition("/")[2] == stem)
    return next(same, "") or close_to(target, tuple(known))
