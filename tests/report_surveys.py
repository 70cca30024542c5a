"""Surveys built by hand, a stand-in for a language, and the way from answers to a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from mati.diagnostics import Notebook, Span
from mati.engines import engines
from mati.model import (
    UNANSWERED,
    Block,
    Chosen,
    Counted,
    Field,
    Hidden,
    Input,
    Measure,
    Option,
    Page,
    ProjectSettings,
    Question,
    RawRow,
    ReportSettings,
    Response,
    Row,
    Section,
    Settings,
    Survey,
    Text,
    map_text,
)
from mati.render import Renderer
from mati.report import Report, formats, report, styles
from mati.responses import Tabulator, period_of, read_row
from mati.runners import Wanted, count
from mati.summarise import collection, columns, groupings, groups, measures, summaries
from mati.templating import Templates

ROOT = Path(__file__).parent.parent
Counts = tuple[Counted, ...]
HERE = Span("survey.md")
LAST = datetime(2026, 11, 22, 2, 47, tzinfo=timezone(timedelta(hours=7)))


def text(source: str, context: str = "") -> Text:
    return Text(context=context or source, source=source, span=HERE)


def options(*pairs: tuple[str, str | None], na: str = "", only: str = "") -> tuple[Option, ...]:
    return tuple(
        Option(
            code=code,
            label=text(label) if label else None,
            span=HERE,
            na=code == na,
            only=code == only,
        )
        for code, label in pairs
    )


LEVELS = (("5", "Excellent"), ("4", "Good"), ("3", "Average"), ("2", "Fair"), ("1", "Poor"))
STATEMENTS = (
    ("prompt", "were there when I needed them"),
    ("welcome", "welcomed me and offered to help"),
    ("friendly", "were friendly and cheerful"),
    ("answers", "answered my questions"),
    ("knowledge", "knew the products and services"),
    ("advice", "gave advice that fitted my needs"),
    ("polite", "stayed polite from beginning to end"),
)


def grid(*, na: bool = False) -> Question:
    extra = (("na", "Does not apply"),) if na else ()
    return Question(
        id="staff",
        kind="grid",
        block=Block.MATRIX,
        label=text("How well do these describe our staff today?"),
        span=HERE,
        required=True,
        options=options(*LEVELS, *extra, na="na"),
        rows=tuple(Row(id=name, label=text(words), span=HERE) for name, words in STATEMENTS),
    )


def csat() -> Question:
    return Question(
        id="overall",
        kind="csat",
        block=Block.ONE,
        label=text("All in all, how would you rate our service?"),
        span=HERE,
        required=True,
        options=options(*LEVELS),
    )


def nps() -> Question:
    return Question(
        id="nps",
        kind="nps",
        block=Block.SCALE,
        label=text("How likely are you to recommend us to a friend?"),
        span=HERE,
        options=options(*((str(n), None) for n in range(11))),
        low_end=text("Not at all likely"),
        high_end=text("Extremely likely"),
    )


def multiple(**more: object) -> Question:
    return Question(
        id="wrong",
        kind="multiple",
        block=Block.SEVERAL,
        label=text("What went wrong?"),
        span=HERE,
        options=options(
            ("late", "It came late"),
            ("broken", "It was broken"),
            ("differs", "It was not as described"),
            ("none", "Nothing"),
            only="none",
        ),
        **more,
    )


def choice(**more: object) -> Question:
    return Question(
        id="reached",
        kind="choice",
        block=Block.ONE,
        label=text("Where did you reach us for help?"),
        span=HERE,
        options=options(
            ("shop", "In the shop"),
            ("facebook", "Facebook page"),
            ("phone", "Telephone"),
            ("no", "I needed no help"),
            na="no",
        ),
        **more,
    )


def ranking(**more: object) -> Question:
    return Question(
        id="order",
        kind="ranking",
        block=Block.RANKING,
        label=text("Put these in order"),
        span=HERE,
        options=options(("price", "Price"), ("quality", "Quality"), ("service", "Service")),
        **more,
    )


def consent(**more: object) -> Question:
    return Question(
        id="ok",
        kind="consent",
        block=Block.SEVERAL,
        label=text("Your data"),
        span=HERE,
        options=options(("yes", "I agree")),
        **more,
    )


def scale() -> Question:
    return Question(
        id="easy",
        kind="scale",
        block=Block.SCALE,
        label=text("How easy was it to get help?"),
        span=HERE,
        options=options(*((str(n), None) for n in range(1, 8))),
        low_end=text("Very difficult"),
        high_end=text("Very easy"),
    )


def written(name: str, label: str, **more: object) -> Question:
    return Question(
        id=name,
        kind="text",
        block=Block.LINES,
        label=text(label),
        span=HERE,
        input=Input(lines=3),
        **more,
    )


def praise() -> Question:
    return Question(
        id="praise",
        kind="fields",
        block=Block.FIELDS,
        label=text("Is there someone on our staff you would like to praise?"),
        span=HERE,
        fields=(
            Field(id="name", label=text("Name"), input=Input(), span=HERE),
            Field(id="reason", label=text("Reason"), input=Input(), span=HERE),
        ),
    )


def survey(*sections: Section, least: int = 5, **more: object) -> Survey:
    settings = Settings(
        hidden=(
            Hidden(
                name="branch",
                label=text("Branch"),
                values=(("pp", text("Phnom Penh")), ("vt", text("Vientiane"))),
                span=HERE,
            ),
        ),
        report=ReportSettings(public=True, hide_below=least),
    )
    return Survey(
        name="customer-service",
        language="en",
        languages=("en", "km", "lo"),
        title=text("How did we serve you?"),
        sections=sections,
        settings=replace(settings, **more),
        path="survey.md",
        version="v1",
    )


def section(name: str, title: str | None, *questions: Question, **more: object) -> Section:
    words = text(title) if title else None
    return Section(id=name, span=HERE, title=words, questions=questions, **more)


def customer_service(least: int = 5) -> Survey:
    bad = Chosen(("overall",), ("1", "2"))
    return survey(
        section("page_staff", "Our staff", grid(), csat()),
        section(
            "page_words",
            "In your own words",
            written("best", "What do you like best about our service?"),
            written("better", "What could we do better?"),
            praise(),
        ),
        section(
            "sorry",
            "We are sorry",
            written("phone", "Your phone number", private=True),
            show_if=bad,
        ),
        least=least,
    )


def everything(least: int = 5) -> Survey:
    return survey(
        section("one", "Using it", grid(na=True), nps(), multiple(show_if=Chosen(("nps",)))),
        section(
            "two",
            "Help",
            choice(),
            scale(),
            csat(),
            ranking(),
            written("why", "Why?"),
            praise(),
            consent(),
        ),
        least=least,
    )


def responses(rows: Iterable[RawRow], wanted: Survey) -> tuple[Response, ...]:
    return tuple(read_row(row, wanted, Notebook()) for row in rows)


def counted(found: Iterable[Response], wanted: Survey) -> Mapping[str, int]:
    return counts(found, wanted)[0].sums


def counts(found: Iterable[Response], wanted: Survey, zone: tzinfo | None = None) -> Counts:
    engine = engines.find("sqlite")
    assert engine is not None
    settings, known = wanted.settings.report, columns(wanted)
    table = Tabulator(known, period_of(settings.trend, settings.waves, zone))
    names = tuple(column.name for column in known)
    rows = map(table.row, found)
    asked = Wanted(columns=names, measures=measures(wanted), groupings=groupings(wanted))
    return count(engine, rows, asked)


def made(rows: Iterable[RawRow], wanted: Survey, audience: str = "public") -> Report:
    cubes = counts(responses(rows, wanted), wanted)
    sums = cubes[0].sums
    shown = summaries(wanted, sums)
    return report(
        wanted,
        shown,
        collection(wanted, sums),
        groups(wanted, cubes, shown),
        first=LAST - timedelta(days=50),
        last=LAST,
        audience=audience,
    )


@dataclass(frozen=True)
class Words:
    text: str

    @property
    def html(self) -> Markup:
        return escape(self.text)

    def __html__(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Tongue:
    """A language for tests: what ``known`` says, else the source."""

    code: str = "en"
    direction: str = "ltr"
    known: Callable[[str], str] = str

    @property
    def endonym(self) -> str:
        return {"en": "English", "km": "ខ្មែរ", "lo": "ລາວ"}.get(self.code, self.code)

    def words(self, text: Text) -> Words:
        return Words(self.known(text.source))

    def message(self, msgid: str, **values: object) -> Markup:
        found = escape(self.known(msgid))
        return Markup(str(found).format(**{k: escape(v) for k, v in values.items()}))  # noqa: S704 -- escaped right here


@cache
def load(name: str) -> str | None:
    for folder in (ROOT / "templates", ROOT / "mati"):
        path = folder / name
        if path.is_file():
            return path.read_text("utf-8")
    return None


TEMPLATES = Templates(load)
"""Compiled once for all tests."""


def page_of(found: Report, tongue: Tongue, tongues: Iterable[Tongue] = ()) -> str:
    notes = Notebook()
    everyone = {one.code: one for one in (tongue, *tongues)}
    alternates = tuple((code, f"{code}/customer-service/report/") for code in everyone)
    page = Page(
        kind="report",
        path=f"{tongue.code}/customer-service/report/",
        language=tongue.code,
        survey="customer-service",
        alternates=alternates,
    )
    project = ProjectSettings(name=text("Sokha Coffee & Bakery"), url="https://sokha.example")
    renderer = Renderer(TEMPLATES, project, (page,), everyone, notes)
    names = formats(tongue.code)
    context = {
        "title": tongue.message("Results"),
        "report": map_text(found, tongue.words),
        "f": names,
        "spoken": {code: names.language(code) for code in ("en", "km", "lo")},
        "files": found.collection is None,
        "words": None,
        "words_root": "../../../",
        "form": "../" if found.collection is None else "",
    }
    output = renderer.page(
        "report.html",
        page,
        tongue,
        context,
        styles=styles(found),
    )
    assert not [str(found) for found in notes], list(notes)
    return output.content.decode("utf-8")


def tally(wanted: Survey, found: Iterable[Response], asked: Iterable[Measure]) -> dict[str, int]:
    """Count in plain Python, to hold the engine against."""
    known = {column.name: column.shape for column in columns(wanted)}
    sums = dict.fromkeys((measure.name for measure in asked), 0)
    for one in found:
        values = _values(one, known)
        for measure in asked:
            sums[measure.name] += all(_passes(test, values) for test in measure.tests)
    return sums


def _values(one: Response, known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    flags = {
        "mati_sample": one.sample,
        "mati_suspect": one.suspect,
        "mati_stale": one.stale,
        "mati_unknown": one.unknown,
        "mati_other_version": one.other_version,
        "mati_late": one.late,
        "mati_revised": one.revised,
        "mati_counted": not (one.late or one.revised),
    }
    values: dict[str, tuple[str, ...]] = {name: ("1",) for name, is_so in flags.items() if is_so}
    if not (one.late or one.revised):
        values |= dict.fromkeys(one.asked, (UNANSWERED,))
        values |= {name: given for name, given in one.answers if name in known}
        values |= {f"mati_hidden.{name}": (value,) for name, value in one.hidden}
        values["mati_lang"] = (one.language or "none",)
        values["mati_channel"] = (one.channel or "none",)
    return values


def _passes(test: object, values: Mapping[str, tuple[str, ...]]) -> bool:
    given = values.get(test.column)
    if test.op == "asked":
        return given is not None
    if test.op == "given":
        return given is not None and given != (UNANSWERED,)
    return bool(given) and not set(test.values).isdisjoint(given)
