"""Pages and the words of a language in, files out: whole HTML with its style inlined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from markupsafe import Markup

from mati.model import (
    Body,
    CollectLanguage,
    FormTarget,
    Output,
    Page,
    PlainPage,
    Survey,
    led,
    map_text,
    ways,
)
from mati.render.form import labels, script, small, told
from mati.render.frame import CardKey, Frame
from mati.render.links import Link, absolute, relative, site_root
from mati.render.looks import Looks
from mati.render.parts import Form, has_pictures, has_steps, used
from mati.render.policy import form_policy
from mati.render.speaking import Speaker, Spoken, plain_words, posted, refusals, spoken_head

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

LIST_STYLE = ("list.css",)
_FRIENDS = ("telegram", "whatsapp", "line", "facebook")
"""Where people tell their friends."""


class Renderer(Frame):
    """Turns the pages of one site into files."""

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

    def _about(self, survey: Survey, language: Speaker) -> dict[str, object]:
        """Return title and description of a survey, as search and share pages show them."""
        title, text = posted(survey, language)
        return {"title": title, "description": text}

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

    def _speakers(self, links: Sequence[Link]) -> list[Speaker]:
        return [self._languages[link.code] for link in links]
