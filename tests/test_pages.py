"""Which pages a site has, where they stand, and which are translations of each other."""

from __future__ import annotations

from mati.diagnostics import Span
from mati.model import ProjectSettings, ReportSettings, Settings, Survey, Text
from mati.pages import plan


def survey(name: str, *languages: str, public: bool = False) -> Survey:
    title = Text(context=f"{name}.title", source=name, span=Span("a.md"))
    settings = Settings(report=ReportSettings(public=public))
    return Survey(
        name=name, language=languages[0], languages=languages, title=title, settings=settings
    )


def paths(*surveys: Survey, **settings: tuple[str, ...]) -> dict[str, str]:
    project = ProjectSettings(languages=settings.get("languages", ("en", "km", "lo")))
    published = {s.name: s.languages for s in surveys}
    return {page.path: page.kind for page in plan(surveys, published, project)}


def test_a_survey_has_a_form_and_a_thanks_page_in_each_language():
    assert paths(survey("visit", "en", "km")) == {
        "": "chooser",
        "404.html": "missing",
        "en/": "list",
        "km/": "list",
        "en/visit/": "form",
        "km/visit/": "form",
        "en/visit/thanks/": "thanks",
        "km/visit/thanks/": "thanks",
        "en/visit/again/": "again",
        "km/visit/again/": "again",
    }


def test_only_public_reports_are_pages_of_the_site():
    assert "en/visit/report/" in paths(survey("visit", "en", public=True))
    assert "en/visit/report/" not in paths(survey("visit", "en"))


def test_a_page_knows_its_translations():
    both = survey("visit", "en", "km")
    pages = plan([both], {"visit": ("en", "km")}, ProjectSettings(languages=("en", "km")))
    form = next(p for p in pages if p.path == "km/visit/")
    assert form.alternates == (("en", "en/visit/"), ("km", "km/visit/"))
    assert form.file == "km/visit/index.html"


def test_languages_stand_in_the_projects_order_and_only_where_something_is_published():
    pages = plan(
        [survey("visit", "en", "lo")],
        {"visit": ("en", "lo")},
        ProjectSettings(languages=("km", "lo", "en")),
    )
    assert [p.language for p in pages if p.kind == "list"] == ["lo", "en"]


def test_a_site_without_surveys_still_has_a_way_in():
    assert paths() == {"": "chooser", "404.html": "missing", "en/": "list"}
