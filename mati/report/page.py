"""A survey, its summaries and how they came in; out comes what a report page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mati import figures
from mati.blocks import Headline, Name, View, blocks
from mati.blocks.bars import Group, group
from mati.boards import View as BoardView
from mati.boards import boards
from mati.model import (
    CallBacks,
    Collection,
    Distribution,
    Groups,
    Hidden,
    Question,
    QuestionSummary,
    Quote,
    Survey,
    Text,
    Told,
)

__all__ = ["PARTS", "Answered", "Item", "Origin", "Part", "Report", "Said", "report", "styles"]

PARTS = ("headline", *boards.names(), "questions", "praise", "callbacks", "origins", "reading")
"""Parts of a report that words around it may place, besides its questions."""


_NONE = Groups()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: itself with its words, its numbers, and the views that show them."""

    question: Question
    summary: QuestionSummary
    views: tuple[View, ...]

    def view(self, block: str) -> View:
        """Return the view of a block; ``LookupError`` when the kind did not ask for it."""
        for view in self.views:
            if view.block == block:
                return view
        raise LookupError(block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page of the survey and its questions."""

    id: str
    title: Text | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where answers came from: ``mati_lang``, ``mati_channel`` or a hidden field's name."""

    name: str
    distribution: Distribution
    group: Group
    label: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How many of those who were asked a question answered it, rows and fields together.

    Who said that it does not apply has answered. What is left out by many is hard to
    understand, too private, or stands too far down (item non-response; Groves et al., Survey
    Methodology, 2009, ch. 6).
    """

    label: Text
    answered: int
    asked: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people said in one place: approved quotes, and what all of it was about.

    ``label`` is None where the question itself says what was asked.
    """

    question: str
    label: Text | None
    quotes: tuple[Quote, ...]
    themes: Group | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report page shows; ``map_text`` turns it into a language.

    ``counted`` is None where too few have answered to say how many. ``first`` and ``last`` are
    when the first and the last answer that counts were given, in the project's timezone.
    ``best`` and ``worst`` are the ends of all items rated on one scale, None where they are
    few or alike. ``complete`` is which percent of the questions that people were asked they
    answered, None where nothing tells. ``invited`` people were asked, as the author says, and
    ``reached`` percent of them answered (response rate; Groves et al., Survey Methodology, 2009,
    ch. 6); None where nobody said, or more answered than were asked. ``answered`` (what somebody
    left out, the most left out first) and ``collection`` are filled in the owner's copy only.
    """

    survey: str
    title: Text
    counted: int | None
    sample: bool
    least: int
    first: datetime | None = None
    last: datetime | None = None
    parts: tuple[Part, ...] = ()
    scores: tuple[Headline, ...] = ()
    best: Headline | None = None
    worst: Headline | None = None
    origins: tuple[Origin, ...] = ()
    complete: int | None = None
    invited: int | None = None
    reached: int | None = None
    answered: tuple[Answered, ...] = ()
    collection: Collection | None = None
    held: bool = False
    said: tuple[Said, ...] = ()
    praise: tuple[Quote, ...] = ()
    callbacks: CallBacks | None = None
    boards: tuple[BoardView, ...] = ()
    groups: Groups = _NONE
    """The numbers behind the boards."""

    def board(self, name: str) -> BoardView | None:
        """Return the view of a board, None where it has nothing to say."""
        return next((view for view in self.boards if view.board == name), None)

    def said_of(self, question: str) -> tuple[Said, ...]:
        """Return what may be quoted of one question, place by place."""
        return tuple(said for said in self.said if said.question == question)

    def item(self, question: str) -> Item | None:
        """Return one question, None where the report has none of this id."""
        return next((item for item in self.items if item.question.id == question), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """All questions in order."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def written(self) -> bool:
        """Whether people could answer in their own words."""
        return any(view.block == "written" for item in self.items for view in item.views)

    @property
    def few(self) -> bool:
        """True when everything rests on few answers."""
        return self.counted is not None and 0 < self.counted < figures.FEW


def _item(question: Question, summary: QuestionSummary) -> Item:
    found = (blocks.find(name) for name in summary.shows)
    views = tuple(block.view(question, summary) for block in found if block is not None)
    return Item(question=question, summary=summary, views=views)


def _parts(survey: Survey, summaries: Iterable[QuestionSummary]) -> tuple[Part, ...]:
    known = {summary.question: summary for summary in summaries}
    parts = (
        Part(
            id=section.id,
            title=section.title,
            items=tuple(_item(q, known[q.id]) for q in section.questions if q.id in known),
        )
        for section in survey.sections
    )
    return tuple(part for part in parts if part.items)


_ALL = 100
_ITEMS = 3
"""Fewest rated items among which a best and a worst one mean something."""


def _ends(headlines: Sequence[Headline]) -> tuple[Headline | None, Headline | None]:
    """Return the best and the worst rated item whose intervals lie apart."""
    rated = [h for h in headlines if h.name == "positive" and h.value is not None and not h.few]
    if len(rated) < _ITEMS:
        return None, None
    best = max(rated, key=lambda h: (h.value or 0, h.low))
    worst = min(rated, key=lambda h: (h.value or 0, h.high))
    return (best, worst) if worst.high < best.low else (None, None)


def _origin(found: Distribution, hidden: dict[str, Hidden]) -> Origin:
    name = found.name.removeprefix("mati_hidden.")
    labels = dict(hidden[name].values) if name in hidden else {}
    label = hidden[name].label if name in hidden else None
    made = _named(group(found, (), None), labels)
    return Origin(name=name, distribution=found, group=made, label=label)


def _named(made: Group, labels: Mapping[str, Text]) -> Group:
    """Return bars with their words, those that nobody chose left out."""

    def named(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(Name(name.code, labels.get(name.code)) for name in names)

    bars = (
        replace(bar, level=replace(bar.level, names=named(bar.level.names)))
        for bar in made.bars
        if bar.level.count
    )
    return replace(made, bars=tuple(bars), withheld=named(made.withheld))


def _answered(items: Iterable[Item]) -> Iterator[Answered]:
    """Yield how many answered each question, as far as the numbers shown tell.

    Where too few said that it does not apply to say so, they cannot be told from those who left
    it out: such items are not counted here.
    """
    for item in items:
        known = [one for one in item.summary.distributions if one.apart and not one.hidden]
        answered = sum(one.base + one.na for one in known)
        asked = answered + sum(one.missing for one in known)
        if asked:
            percent = figures.part_percent(answered, asked)
            label = item.question.label
            yield Answered(label=label, answered=answered, asked=asked, percent=percent)


def _invited(said: int | None, counted: int) -> int | None:
    return said if said and counted <= said else None


def _said(survey: Survey, told: Told) -> Iterator[Said]:
    """Yield what may be quoted of each place, in the order of the survey."""
    labels = dict(survey.settings.report.themes)
    for question in survey.questions:
        parts: dict[str, Text | None] = {question.id: None}
        parts |= {f"{question.id}.{field.id}": field.label for field in question.fields}
        parts |= {f"{question.id}.{o.code}.text": o.label for o in question.options}
        for name, label in parts.items():
            found = told.themes.get(name)
            themes = _named(group(found, (), None), labels) if found is not None else None
            if told.quotes.get(name) or (themes is not None and themes.bars):
                quotes = told.quotes.get(name, ())
                yield Said(question=question.id, label=label, quotes=quotes, themes=themes)


def _boards(survey: Survey, groups: Groups) -> tuple[BoardView, ...]:
    views = (board.view(survey, groups) for board in boards.all())
    return tuple(view for view in views if view is not None)


def report(
    survey: Survey,
    summaries: Iterable[QuestionSummary],
    collection: Collection,
    groups: Groups | None = None,
    *,
    first: datetime | None = None,
    last: datetime | None = None,
    audience: str = "public",
    held: bool = False,
    told: Told | None = None,
    callbacks: CallBacks | None = None,
) -> Report:
    """Return the report of ``survey`` for ``audience``: ``public`` or ``owner``.

    Both see the same numbers; the owner's copy also says how the answers came in. ``held``: some
    numbers are of an earlier day than the rest. ``callbacks`` tell how quickly people were
    called back, ``told`` are the words that were approved; its
    themes are safe to show.
    ``summaries``, ``collection`` and ``groups`` are those of ``mati.summarise``: safe to show.
    """
    parts = _parts(survey, summaries)
    views = [view for part in parts for item in part.items for view in item.views]
    headlines = [headline for view in views for headline in view.headlines]
    best, worst = _ends(headlines)
    hidden = {field.name: field for field in survey.settings.hidden}
    shown = bool(collection.counted)
    answered = tuple(_answered(item for part in parts for item in part.items)) if shown else ()
    asked = sum(one.asked for one in answered)
    invited = _invited(survey.settings.report.invited, collection.counted or 0)
    left_out = sorted((a for a in answered if a.percent < _ALL), key=lambda a: a.percent)
    return Report(
        survey=survey.name,
        title=survey.title,
        counted=collection.counted,
        sample=collection.sample,
        least=survey.settings.report.hide_below,
        first=first if shown else None,
        last=last if shown else None,
        parts=parts,
        scores=tuple(h for h in headlines if h.name != "positive"),
        best=best,
        worst=worst,
        origins=tuple(_origin(found, hidden) for found in collection.origins),
        complete=figures.part_percent(sum(a.answered for a in answered), asked) if asked else None,
        answered=tuple(left_out) if audience == "owner" else (),
        collection=collection if audience == "owner" else None,
        held=held,
        said=tuple(_said(survey, told)) if shown and told else (),
        callbacks=callbacks if shown else None,
        praise=told.praise if shown and told else (),
        invited=invited,
        reached=figures.part_percent(collection.counted or 0, invited) if invited else None,
        boards=_boards(survey, groups) if shown and groups else (),
        groups=groups if shown and groups else _NONE,
    )


def styles(made: Report) -> tuple[str, ...]:
    """Return the names of the style sheets that the page of a report needs, in order."""
    used = {view.block for item in made.items for view in item.views}
    used |= {"bars"} if made.origins or made.said else set()
    used |= {"bars"} if "numbers" in used else set()
    used |= {"diverging"} if used & {"ces", "csat", "ranking"} else set()
    shown = {view.board for view in made.boards}
    shown |= {"segments"} if "trend" in shown else set()
    return (
        "report.css",
        *(f"blocks/{name}/style.css" for name in sorted(used)),
        *(f"boards/{name}/style.css" for name in sorted(shown)),
    )
