"""What every page has around it in, the whole file out: head, style, links, foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup

from mati.diagnostics import Code, Notebook, Severity, Span
from mati.inline.marks import settle
from mati.model import Goal, Output, Page, Picture, PlainPage, ProjectSettings, ShareImage
from mati.render.follow import follow
from mati.render.inline import short_properties, small_css
from mati.render.links import FootLink, absolute, relative, switch
from mati.render.locales import open_graph_locale
from mati.render.looks import Looks
from mati.render.policy import page_policy
from mati.render.speaking import Speaker
from mati.templating import Templates

__all__ = ["CardKey", "Frame"]

PAGE_STYLE = ("page.css",)
_EMPTY_LINES = re.compile(r"\n\s*\n")
"""What templates leave where they say nothing; no text of a page keeps its line ends."""
CardKey = tuple[str, str, str]
"""Kind of page, survey, language."""
_NO_CARDS: Mapping[CardKey, ShareImage] = MappingProxyType({})
_ELSEWHERE = frozenset({"callsheet", "missing", "refusal", "reports"})
"""Kinds of pages that do not stand where their path says, so that no relative link holds."""


class Frame:
    """Puts what a page says between what all pages of a site share.

    A broken template is said in ``notes`` and leaves an empty file, which nobody sees: nothing
    is written while an error stands.
    """

    def __init__(
        self,
        templates: Templates,
        project: ProjectSettings,
        pages: Sequence[Page],
        languages: Mapping[str, Speaker],
        notes: Notebook,
        *,
        looks: Looks | None = None,
        plain: Sequence[PlainPage] = (),
        cards: Mapping[CardKey, ShareImage] = _NO_CARDS,
    ) -> None:
        """Take all ``pages`` of the site, for links among them.

        ``languages`` are those of the site's own words by code, in the order of the chooser.
        ``looks`` are the themes of the project and of surveys; ``plain`` the pages that every
        other page leads to at its foot, ``cards`` the pictures shown where a page is posted, by
        kind of page, survey and language; pages of no survey share that of the list.
        """
        self._templates, self._project, self._notes = templates, project, notes
        self._languages, self._plain, self._cards = languages, plain, cards
        self._looks = looks or Looks(project=project.defaults)
        self._pages = {(page.kind, page.survey, page.language): page for page in pages}
        if not project.url and not _unread(project.path, notes):
            notes.note(Code.NO_SITE_URL, Span(project.path))

    def page(
        self,
        template: str,
        page: Page,
        language: Speaker,
        context: Mapping[str, object],
        *,
        styles: Sequence[str],
        script: str = "",
        root: str = "site",
    ) -> Output:
        """Return a page without a form, filled from ``template``.

        ``context`` holds at least ``title``; ``description`` and ``unlisted`` (keep it from
        search engines) where there is something to say. ``styles`` are files among the
        templates, laid after the style of every page.
        """
        footer = self._footer(page) if root == "site" else ()
        style = self._style((*styles, *(("foot.css",) if footer else ())), page, root=root)
        whole = {
            "policy": page_policy(style, script),
            "script": Markup(script),  # noqa: S704 -- our own files
            "description": "",
            "footer": footer,
            **context,
        }
        return self._output(template, page, language, whole, style, root=root)

    def _output(
        self,
        template: str,
        page: Page,
        language: Speaker,
        context: Mapping[str, object],
        style: str,
        *,
        root: str = "site",
    ) -> Output:
        """Fill ``template`` with ``context`` and what every page needs."""
        shop = self._project.name
        whole = {
            "unlisted": False,
            "page": page,
            "language": language,
            "locale": open_graph_locale(page.language),
            "style": Markup(style),  # noqa: S704 -- our own files, or those of the project
            "colours": self._looks.band(page.survey),
            "logo": self._logo(page) if root == "site" else None,
            "shop": self._shop(language),
            "shop_words": language.words(shop).html if shop else "",
            "footer": (),
            "switch": switch(page, self._endonyms(), self._directions()),
            **self._addresses(page),
            **context,
        }
        environment = self._templates.environment(message=language.message)
        html = self._templates.render(environment, template, whole, self._notes)
        aside = str(language.message("(opens in a new tab)"))
        html = follow(html or "", page, self._address(page, root), aside)
        html = settle(html, language.direction)
        html = _EMPTY_LINES.sub("\n", html)
        return Output(path=page.file, content=html.encode("utf-8"), root=root)

    def _goal(self, goal: Goal, language: str) -> str:
        """Return the path of what a link leads to: in this language, else in its first one."""
        found = self._pages.get((goal.kind, goal.name, language))
        known = (p for p in self._pages.values() if (p.kind, p.survey) == (goal.kind, goal.name))
        found = found or next(known, None)
        # Of a survey built alone the others are not planned; a form has one address everywhere.
        return found.path if found else f"{language}/{goal.name}/"

    def _address(self, page: Page, root: str) -> Callable[[Goal], str]:
        """Return what turns a goal into a link from ``page``; where none holds, the public one."""
        away = root != "site" or page.kind in _ELSEWHERE

        def found(goal: Goal) -> str:
            path = self._goal(goal, page.language)
            return absolute(self._project.url, path) if away else relative(page.path, path)

        return found

    def _footer(self, page: Page) -> tuple[FootLink, ...]:
        """Return the links to the plain pages, in the page's language."""
        speaker = self._languages[page.language]
        return tuple(
            FootLink(
                href=relative(page.path, self._path("plain", plain.name, page.language)),
                words=speaker.words(plain.title),
                current=(page.kind, page.survey) == ("plain", plain.name),
            )
            for plain in self._plain
            if page.kind not in _ELSEWHERE
        )

    def _addresses(self, page: Page) -> dict[str, object]:
        """Return the page's absolute addresses; empty where the site's own is unknown."""
        url = self._project.url
        if not url or page.kind in _ELSEWHERE:
            return {"canonical": "", "share_image": None}
        return {"canonical": absolute(url, page.path), "share_image": self._share_image(page)}

    def _share_image(self, page: Page) -> ShareImage | None:
        """Return the picture shown where a page is posted, with its whole address."""
        own = (page.kind, page.survey, page.language)
        found = self._cards.get(own) or self._cards.get(("list", "", page.language))
        if found is None:
            return None
        return replace(found, address=absolute(self._project.url, found.address))

    def _path(self, kind: str, survey: str, language: str) -> str:
        return self._pages[kind, survey, language].path

    def _shop(self, language: Speaker) -> str:
        return language.words(self._project.name).text if self._project.name else ""

    def _endonyms(self) -> dict[str, str]:
        return {code: speaker.endonym for code, speaker in self._languages.items()}

    def _directions(self) -> dict[str, str]:
        return {code: speaker.direction for code, speaker in self._languages.items()}

    def _logo(self, page: Page) -> tuple[str, Picture] | None:
        """Return the address of the shop's sign from a page, and the sign."""
        logo = None if page.kind in _ELSEWHERE else self._looks.logo(page.survey)
        return (_root(page) + logo.address, logo) if logo else None

    def _style(
        self, names: Sequence[str], page: Page, rules: str = "", *, root: str = "site"
    ) -> str:
        """Return the style of a page: ours, then ``names``, the shop's theme, then ``rules``."""
        looks, here = self._looks, root == "site" and page.kind not in _ELSEWHERE
        signs = ("logo.css",) if here and looks.logo(page.survey) else ()
        texts = (self._templates.text(name) for name in (*PAGE_STYLE, *signs, *names))
        ours = looks.shaped(page.survey, small_css("\n".join(texts)))
        faces = looks.faces(page.survey, _root(page)) if here else ""
        return short_properties(ours + faces + looks.css(page.survey) + small_css(rules))


def _unread(path: str, notes: Notebook) -> bool:
    """Tell whether the settings are not there or hold a mistake: what they lack is not known."""
    missing = any(found.code is Code.NO_PROJECT_FILE for found in notes)
    return missing or any(found.severity is Severity.ERROR for found in notes.of(path))


def _root(page: Page) -> str:
    """Return the way from a page to the root of the site."""
    return "../" * page.path.count("/")
