"""What is planned of a site in; the pages their owner passes surveys on with, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mati.build.forms import Site
from mati.inline.traces import untraced
from mati.localise import Language
from mati.model import Kit, Output, Page, Survey, led
from mati.pages import form_path, report_path, share_path
from mati.project import Project
from mati.render import absolute, plain_words, posted, relative, small
from mati.share import PAPERS, Poster, kit

__all__ = ["EMBED", "render", "wanted"]

EMBED = "embed.js"
"""The script that turns a link on another website into the form."""
_STYLES = ("share.css",)
_FEW = 12
"""Surveys up to which each has its kit unasked: codes and posters take time to draw."""


def wanted(project: Project, surveys: Mapping[str, Survey]) -> tuple[str, ...]:
    """Return the names of the surveys that have a kit: those that want one, and where they are
    few all that do not refuse it.
    """
    few = len(project.sources) <= _FEW
    said = {name: survey.settings.share_kit for name, survey in surveys.items()}
    return tuple(name for name, kit_ in said.items() if (few if kit_ is None else kit_))


def render(site: Site) -> tuple[Output, ...]:
    """Return the kits of the surveys that may be answered, and the script they offer."""
    pages: dict[str, list[Page]] = {}
    for page in site.pages:
        if page.kind == "share":
            survey = site.surveys[page.survey]
            if site.at_home or site.state(survey) != "closed":
                pages.setdefault(page.survey, []).append(page)
    if not pages:
        return ()
    made = [Output(path=EMBED, content=small(site.templates.text(EMBED)).encode())]
    for name, languages in pages.items():
        survey = site.surveys[name]
        kits = tuple(_kits(site, survey))
        made += [output for one in kits for output in one.files]
        made += [_page(site, page, survey, kits) for page in languages]
    return tuple(made)


def _kits(site: Site, survey: Survey) -> Iterator[Kit]:
    """Yield the kit of each language of a survey, its source first."""
    url = site.project.settings.url
    for code, speaker in site.spoken(survey.name).items():
        title, text = posted(survey, speaker)
        made = kit(
            language=code,
            title=title,
            text=text,
            address=absolute(url, form_path(survey.name, code)),
            embed=absolute(url, EMBED),
            folder=_folder(survey),
            image=site.cards.images.get(("form", survey.name, code)),
        )
        yield _with_posters(site, survey, speaker, made)


def _folder(survey: Survey) -> str:
    """Return where the files of all languages stand: beside the page in the first one."""
    return share_path(survey.name, "", "")


def _with_posters(site: Site, survey: Survey, speaker: Language, made: Kit) -> Kit:
    """Add what is printed, where it can be drawn."""
    shop = site.project.settings.name
    vector = made.files[0].content
    found, files = [], []
    for paper in PAPERS:
        poster = Poster(
            language=made.language,
            shop=untraced(speaker.words(shop).text) if shop else "",
            title=untraced(made.title),
            call=plain_words(speaker.message("Scan with your phone, or open:")),
            address=made.address.partition("://")[2],
            code=vector,
            url=led(made.address, "qr"),
            paper=paper,
            accent=survey.settings.accent,
            rtl=speaker.direction == "rtl",
            sign=site.cards.sign(survey.name),
        )
        content = site.cards.poster(poster, survey.name)
        if content:
            name = f"poster-{made.language}-{paper}.pdf"
            found.append((paper.upper(), name))
            files.append(Output(path=f"{_folder(survey)}{name}", content=content))
    return replace(made, posters=tuple(found), files=(*made.files, *files))


def _page(site: Site, page: Page, survey: Survey, kits: Sequence[Kit]) -> Output:
    """Return the page in one language; it shows the kits of all, its own first and open."""
    spoken = site.spoken(survey.name)
    speaker = spoken[page.language]
    title, _text = posted(survey, speaker)
    root = relative(page.path, "")
    folder = _folder(survey)
    public = any(one.kind == "report" and one.survey == survey.name for one in site.pages)
    context = {
        "title": speaker.message("To pass on: {survey}", survey=title),
        "survey_title": title,
        "kits": sorted(kits, key=lambda one: one.language != page.language),
        "endonyms": {code: one.endonym for code, one in spoken.items()},
        "directions": {code: one.direction for code, one in spoken.items()},
        "form": relative(page.path, form_path(survey.name, page.language)),
        "report": relative(page.path, report_path(survey.name, page.language)) if public else "",
        "here": relative(page.path, folder),
        "root": root,
        "others": {code: relative(page.path, path) for code, path in page.alternates},
        "posters": any(one.posters for one in kits),
        "unlisted": True,
    }
    script = small(site.templates.text("copy.js"))
    return site.renderer.page("share.html", page, speaker, context, styles=_STYLES, script=script)
