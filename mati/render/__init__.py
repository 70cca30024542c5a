"""Pages and the words of a language in, files out: whole HTML with its style inlined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from types import MappingProxyType

from markupsafe import Markup

from mati.diagnostics import Code, Notebook, Severity, Span
from mati.inline.marks import settle
from mati.model import (
    Body,
    CollectLanguage,
    FormTarget,
    Goal,
    Output,
    Page,
    Picture,
    PlainPage,
    ProjectSettings,
    ShareImage,
    Survey,
    led,
    map_text,
    ways,
)
from mati.render.follow import follow
from mati.render.form import labels, script, small, told
from mati.render.inline import short_properties, small_css
from mati.render.links import FootLink, Link, absolute, relative, site_root, switch
from mati.render.locales import open_graph_locale
from mati.render.looks import Looks
from mati.render.parts import Form, has_pictures, has_steps, used
from mati.render.policy import form_policy, page_policy
from mati.render.speaking import Speaker, Spoken, plain_words, posted, refusals, spoken_head
from mati.templating import Templates

__all__ = [
    "CardKey",
    "Looks",
    "Renderer",
    "Speaker",
    "Spoken",
    "absolute",
    "plain_words",
    "posted",
    "relative",
    "small",
]

PAGE_STYLE = ("page.css",)
LIST_STYLE = ("list.css",)
_EMPTY_LINES = re.compile(r"\n\s*\n")
"""What templates leave where they say nothing; no text of a page keeps its line ends."""
_FRIENDS = ("telegram", "whatsapp", "line", "facebook")
"""Where people tell their friends."""
CardKey = tuple[str, str, str]
"""Kind of page, survey, language."""
_NO_CARDS: Mapping[CardKey, ShareImage] = MappingProxyType({})
_ELSEWHERE = frozenset({"callsheet", "missing", "refusal", "reports"})
"""Kinds of pages that do not stand where their path says, so that no relative link holds."""


class Renderer:
    """Turns the pages of one site into files.

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

    def form(
        self,
        page: Page,
        survey: Survey,
        body: Body,
        filled: str,
        *,
        target: FormTarget,
        language: Speaker,
        early: bool = False,
    ) -> Output:
        """Return the form of ``survey``: ``filled`` is ``body`` in ``language``.

        ``early``: it is not open yet, which the script goes by and others read.
        """
        form = Form(survey, body, target)
        parts = used(form)
        code = script(form, parts, self._templates.text) if survey.settings.script else ""
        comfort = ("comfort.css",) if code else ()
        extras = (f"{part.name}.css" for part in parts if part.styled)
        names = ("form.css", *comfort, *extras, *body.styles)
        style = self._style(names, page, body.rules)
        thanks = self._path("thanks", survey.name, page.language)
        back = relative(page.path, thanks)
        taken = survey.settings.hidden
        context = {
            "survey": spoken_head(survey, language),
            "body": Markup(filled),  # noqa: S704 -- compiled by us, its words escaped when filled
            "target": target,
            "action": back if target.thanks_action else target.action,
            "told": told(form, back, language.native) if code else (),
            "hidden": self._hidden(target, thanks),
            "steps": has_steps(form),
            "opens": self._opening_day(survey, language) if early else "",
            "taken": [(h.name, labels(h, lambda text: language.words(text).text)) for h in taken],
            "script": Markup(code),  # noqa: S704 -- our own files
            "policy": form_policy(style, code, target.hosts),
            **self._about(survey, language),
        }
        return self._output("form.html", page, language, context, style)

    def thanks(self, page: Page, survey: Survey, language: Speaker) -> Output:
        """Return the page that thanks: a section for every ending, the unconditional one last."""
        form = self._path("form", survey.name, page.language)
        context = {
            **self._about(survey, language),
            "survey": spoken_head(survey, language),
            "endings": map_text(survey.endings, language.words),
            "form": relative(page.path, form),
            "title": self._ending_title(survey, language),
            "unlisted": True,
            "contacts": self._project.contact,
        }
        pictures = any(has_pictures(ending.prose) for ending in survey.endings)
        kiosk = survey.settings.script and survey.settings.kiosk is not None
        scripts = ("frame.js", *(("kiosk.js",) if kiosk else ())) if survey.settings.script else ()
        code = "".join(small(self._templates.text(name)) for name in scripts)
        context["kiosk"] = kiosk
        address = absolute(self._project.url, form)
        friend = survey.settings.share_friend and address
        told = ways(address, str(context["title"]), _FRIENDS, via="ref")
        context["friend"] = led(address, "ref") if address else ""
        context["ways"] = told if friend else ()
        extras = {
            "pic.css": pictures,
            "kiosk.css": kiosk,
            "reach.css": friend or context["contacts"],
        }
        styles = ("thanks.css", *(name for name, wanted in extras.items() if wanted))
        return self.page("thanks.html", page, language, context, styles=styles, script=code)

    def closed(self, page: Page, survey: Survey, language: Speaker, state: str = "") -> Output:
        """Return the page of a survey that is not open; ``state`` (early, closed) is shown."""
        settings = survey.settings
        when = (("early", settings.opens), ("closed", settings.closes))
        states = [name for name, moment in when if moment or name == state]
        report = self._pages.get(("report", survey.name, page.language))
        context = {
            **self._about(survey, language),
            "survey": spoken_head(survey, language),
            "states": sorted(states, key=lambda name: (name == state, name == "closed")),
            "opens": self._opening_day(survey, language),
            "report": relative(page.path, report.path) if report else "",
            "list": relative(page.path, self._path("list", "", page.language)),
            "contacts": self._project.contact,
            "unlisted": True,
        }
        styles = ("thanks.css", *(("reach.css",) if self._project.contact else ()))
        return self.page("closed.html", page, language, context, styles=styles)

    def again(self, page: Page, survey: Survey, language: Speaker) -> Output:
        """Return the page for people whose answers a service could not take."""
        context = {
            "survey": spoken_head(survey, language),
            "title": language.message("Your answers were not sent"),
            "form": relative(page.path, self._path("form", survey.name, page.language)),
            "contacts": self._project.contact,
            "unlisted": True,
        }
        styles = ("thanks.css", *(("reach.css",) if self._project.contact else ()))
        return self.page("again.html", page, language, context, styles=styles)

    def plain(self, page: Page, plain: PlainPage, language: Speaker) -> Output:
        """Return a page that asks nothing."""
        blocks = (*plain.intro, *(block for part in plain.parts for block in part.prose))
        told = next((block.texts[0] for block in blocks if block.texts), None)
        context = {
            "plain": map_text(plain, language.words),
            "title": language.words(plain.title).text,
            "description": language.words(told).text if told else "",
        }
        styles = ("plain.css", *(("pic.css",) if has_pictures(blocks) else ()))
        return self.page("plain.html", page, language, context, styles=styles)

    def listing(
        self, page: Page, surveys: Sequence[tuple[Survey, Speaker, str]], language: Speaker
    ) -> Output:
        """Return the list of surveys in ``language``, each with its own words and its state.

        What has closed (state "closed") is offered no more: it stands last while it has results
        to show, and not at all without.
        """
        entries = [self._entry(page, survey, speaker, state) for survey, speaker, state in surveys]
        context = {
            "title": self._shop(language) or language.message("Tell us what you think"),
            "entries": [entry for entry in entries if entry["state"] != "closed"],
            "over": [e for e in entries if e["state"] == "closed" and e["report"]],
        }
        return self.page("list.html", page, language, context, styles=LIST_STYLE)

    def chooser(self, page: Page) -> Output:
        """Return the first page of the site: every language by its own name."""
        language = self._languages[page.language]
        choices = [
            Link(
                href=relative(page.path, self._path("list", "", code)),
                code=code,
                endonym=speaker.endonym,
                direction=speaker.direction,
            )
            for code, speaker in self._languages.items()
            if ("list", "", code) in self._pages
        ]
        context = {
            "title": self._shop(language) or language.message("Choose your language"),
            "choices": choices,
            "headings": [(s, s.message("Choose your language")) for s in self._speakers(choices)],
        }
        return self.page("chooser.html", page, language, context, styles=LIST_STYLE)

    def missing(self, page: Page) -> Output:
        """Return the 404 page, in all languages; its links hold under any address."""
        start = site_root(self._project.url)
        entries = [
            {
                "code": speaker.code,
                "direction": speaker.direction,
                "title": speaker.message("This page does not exist"),
                "text": speaker.message("It may have moved, or the address has a mistake in it."),
                "link": speaker.message("To the first page"),
                "href": start + self._path("list", "", code),
            }
            for code, speaker in self._languages.items()
            if ("list", "", code) in self._pages
        ]
        language = self._languages[page.language]
        context = {
            "title": language.message("This page does not exist"),
            "languages": entries,
            "unlisted": True,
        }
        return self.page("missing.html", page, language, context, styles=LIST_STYLE)

    def refusal(self, survey: Survey, language: Speaker) -> CollectLanguage:
        """Return what the form service shows in ``language`` when it cannot take the answers.

        The page stands at the service's own address, so it links nowhere; ``{{message}}`` is
        where the sentence for the status goes.
        """
        page = Page(kind="refusal", path="", language=language.code, survey=survey.name)
        context = {
            "title": language.message("Your answers were not sent"),
            "place": Markup("{{message}}"),
            "contacts": self._project.contact,
            "unlisted": True,
        }
        styles = ("reach.css",) if self._project.contact else ()
        thanks = self._path("thanks", survey.name, language.code)
        html = self.page("refusal.html", page, language, context, styles=styles).content
        return CollectLanguage(
            thanks=absolute(self._project.url, thanks) or "/" + thanks,
            refusal=html.decode("utf-8"),
            messages=tuple(refusals(language).items()),
        )

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

    def _about(self, survey: Survey, language: Speaker) -> dict[str, object]:
        """Return title and description of a survey, as search and share pages show them."""
        title, text = posted(survey, language)
        return {"title": title, "description": text}

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

    def _entry(self, page: Page, survey: Survey, speaker: Speaker, state: str) -> dict[str, object]:
        report = self._pages.get(("report", survey.name, page.language))
        return {
            "state": state,
            "opens": self._opening_day(survey, speaker),
            "survey": spoken_head(survey, speaker),
            "href": relative(page.path, self._path("form", survey.name, page.language)),
            "report": relative(page.path, report.path) if report else "",
        }

    def _opening_day(self, survey: Survey, language: Speaker) -> str:
        """Return the day on which a survey opens, as the language writes it; "" for none."""
        opens = survey.settings.opens
        return language.day(opens.astimezone(self._project.zone or UTC).date()) if opens else ""

    def _hidden(self, target: FormTarget, thanks: str) -> list[tuple[str, str]]:
        """Return the hidden fields the service wants."""
        back = absolute(self._project.url, thanks)
        returning = [(target.thanks_field, back)] if target.thanks_field and back else []
        return [*target.hidden, *returning]

    def _ending_title(self, survey: Survey, language: Speaker) -> str:
        title = survey.endings[-1].title if survey.endings else None
        return language.words(title).text if title else str(language.message("Thank you!"))

    def _path(self, kind: str, survey: str, language: str) -> str:
        return self._pages[kind, survey, language].path

    def _shop(self, language: Speaker) -> str:
        return language.words(self._project.name).text if self._project.name else ""

    def _speakers(self, links: Sequence[Link]) -> list[Speaker]:
        return [self._languages[link.code] for link in links]

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
