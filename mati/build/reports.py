"""The steps of the report stream: answers at home in, report pages and results files out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from mati import home
from mati.build.forms import Site
from mati.followups import performance
from mati.home import history_bytes, history_path
from mati.localise import Language, localise
from mati.model import CallBacks, Counted, Output, Page, PlainPage, Prose, Release, Survey, Told
from mati.pages import report_path
from mati.project import Project
from mati.render import plain_words, posted
from mati.render.parts import has_pictures
from mati.report import Report, formats, report, results_csv, results_json, styles
from mati.reviews import told as approved
from mati.share import Figure
from mati.summarise import Published, least_of, published, release, safe, today

__all__ = ["render", "wanted"]


def wanted(project: Project, surveys: Mapping[str, Survey], *, sample: bool) -> tuple[str, ...]:
    """Return the names of the surveys to report on: all where answers are kept, else none."""
    return tuple(surveys) if project.has_private or sample else ()


def _moment(at: str, zone: tzinfo) -> datetime | None:
    return datetime.fromisoformat(at).astimezone(zone) if at else None


def render(
    site: Site, counts: Mapping[str, tuple[Counted, ...]], *, released: bool
) -> Iterator[Output]:
    """Yield the public reports with their results files, and the owner's copy of every report.

    ``released``: public reports are brought up to date in steps, since they will be published.
    """
    timezone = site.project.settings.timezone
    zone = ZoneInfo(timezone) if timezone else UTC
    owners: dict[str, list[tuple[str, Report]]] = {}
    for name, counted in counts.items():
        survey = site.surveys[name]
        told = today(survey, counted)
        public, kept = _public(site, survey, counted, told, released=released)
        yield from kept
        waiting = (told.collection.counted or 0) - (public.collection.counted or 0)
        mine = replace(told, collection=replace(told.collection, waiting=max(0, waiting)))
        words = _words(site, survey, told)
        calls = _calls(site, survey, zone)
        owner = _made(survey, mine, zone, "owner", words=words, calls=calls)
        pages = [page for page in site.pages if page.kind == "report" and page.survey == name]
        if pages:
            made_public = _made(survey, public, zone, "public", words=words, calls=calls)
            for page in pages:
                site.cards.report(survey, *_headline(site, page, made_public))
                yield from _published(site, page, made_public)
        places = tuple((code, report_path(name, code)) for code in site.spoken(name))
        for code, path in places:
            page = Page(kind="report", path=path, language=code, survey=name, alternates=places)
            spoken = localise(owner, site.spoken(name)[code])
            owners.setdefault(code, []).append((name, spoken))
            made = _page(site, page, spoken, root="private")
            yield replace(made, path=f"reports/{made.path}")
    yield from _index(site, owners)


def _public(
    site: Site, survey: Survey, counted: Sequence[Counted], told: Published, *, released: bool
) -> tuple[Published, tuple[Output, ...]]:
    """Return what the public report shows, and the file that remembers it.

    A preview shows what is counted now; so does a report of made-up answers.
    """
    root, path = site.project.answers, history_path(survey.name)
    history = home.history_of(root, survey.name, site.notes)
    if told.collection.sample or not released:
        return told, _kept(path, history)
    if survey.settings.report.public:
        history = release(survey, counted, history)
        if history:
            return published(survey, history), _kept(path, history)
    return told, _kept(path, history)


def _kept(path: str, history: Sequence[Release]) -> tuple[Output, ...]:
    content = history_bytes(history)
    return (Output(path=path, content=content, root="private"),) if history else ()


def _words(site: Site, survey: Survey, told: Published) -> Told:
    """Return what may be quoted: of answers that are still there and count."""
    root, least = site.project.answers, least_of(survey)
    decisions = home.decisions_of(root, survey.name, site.notes)
    counted = home.counted_keys(root, survey.name, {key for key, _ in decisions})
    withheld = {d.name for one in told.summaries for d in one.distributions if d.hidden}
    everyone = told.collection.counted or 0
    found = approved(survey, decisions.values(), counted, everyone, withheld)
    return replace(found, themes={name: safe(one, least) for name, one in found.themes.items()})


def _calls(site: Site, survey: Survey, zone: tzinfo) -> CallBacks | None:
    """Return how quickly people were called back; None where too few were."""
    follow_up = survey.settings.follow_up
    entries = home.log_of(site.project.answers, survey.name, site.notes) if follow_up else ()
    if follow_up is None or not entries:
        return None
    given = home.moments_of(site.project.answers, survey.name, {entry.key for entry in entries})
    return performance(entries, given, follow_up.within_days, zone, least_of(survey))


def _made(
    survey: Survey,
    told: Published,
    zone: tzinfo,
    audience: str,
    *,
    words: Told,
    calls: CallBacks | None,
) -> Report:
    first, last = _moment(told.first, zone), _moment(told.last, zone)
    return report(
        survey, told.summaries, told.collection, told.groups, first=first, last=last,
        audience=audience, held=told.held, told=words, callbacks=calls,
    )  # fmt: skip


def _index(site: Site, owners: Mapping[str, Sequence[tuple[str, Report]]]) -> Iterator[Output]:
    """Yield a list of the owner's reports in each language, the latest answers first."""
    places = tuple((code, f"{code}/") for code in site.voices.site if code in owners)
    for code, path in places:
        speaker = site.voices.site[code]
        page = Page(kind="reports", path=path, language=code, alternates=places)
        listed = sorted(owners[code], key=lambda one: (_last(one[1]), one[0]), reverse=True)
        context = {
            "title": speaker.message("Your reports"),
            "reports": [(f"{name}/report/", report) for name, report in listed],
            "f": formats(code),
            "unlisted": True,
        }
        used = ("report.css", "list.css")
        made = site.renderer.page(
            "reports.html", page, speaker, context, styles=used, root="private"
        )
        yield replace(made, path=f"reports/{made.path}")


def _last(made: Report) -> str:
    return made.last.astimezone(UTC).isoformat() if made.last else ""


def _headline(site: Site, page: Page, public: Report) -> tuple[Language, str, Figure | None]:
    """Return what stands on the card of a report: whose it is, and the first number of it."""
    voice, survey = site.spoken(page.survey)[page.language], site.surveys[page.survey]
    title, _text = posted(survey, voice)
    names = formats(page.language)
    for score in public.scores:
        if score.value is not None and not public.sample:
            number = names.score if score.name == "nps" else names.percent
            return (
                voice,
                title,
                Figure(value=number(score.value), words=_counted(voice, score.name)),
            )
    return voice, title, None


def _counted(voice: Language, score: str) -> str:
    match score:
        case "nps":
            return plain_words(voice.message("recommendation score, from −100 to +100"))
        case "ces":
            return plain_words(voice.message("found it easy"))
        case _:
            return plain_words(voice.message("satisfied"))


def _published(site: Site, page: Page, public: Report) -> Iterator[Output]:
    spoken = localise(public, site.spoken(page.survey)[page.language])
    yield _page(site, page, spoken, root="site")
    yield Output(path=f"{page.path}results.json", content=results_json(spoken, page.language))
    yield Output(path=f"{page.path}results.csv", content=results_csv(spoken))


def _page(site: Site, page: Page, spoken: Report, *, root: str) -> Output:
    speaker = site.spoken(page.survey)[page.language]
    names, public = formats(page.language), root == "site"
    title = getattr(spoken.title, "text", "")
    words = site.words.get(page.survey)
    voice = site.voices.site.get(page.language)
    told = localise(words, _voice(voice, words)) if words and voice else None
    if told is not None:
        title = getattr(told.title, "text", title)
    context = {
        "title": speaker.message("Results: {survey}", survey=title),
        "report": spoken,
        "words": told,
        "words_root": "../../../" if public else "../../../../../site/",
        "f": names,
        "spoken": {code: names.language(code) for code in site.surveys[page.survey].languages},
        "files": public,
        "form": "../" if public else "",
        "unlisted": not public,
    }
    used = tuple(name for name in styles(spoken) if name != "page.css")
    used += ("pic.css",) if words is not None and has_pictures(_blocks(words)) else ()
    return site.renderer.page("report.html", page, speaker, context, styles=used, root=root)


def _voice(voice: Language, words: PlainPage) -> Language:
    """Let a voice of the site speak words that were written in another language than its own."""
    if words.language == voice.source:
        return voice
    return replace(voice, source=words.language, _known={})


def _blocks(words: PlainPage) -> tuple[Prose, ...]:
    return (*words.intro, *(block for part in words.parts for block in part.prose))
