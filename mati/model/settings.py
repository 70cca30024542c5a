"""What an author may set: of one survey (front matter) and of the project (``mati.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from mati.diagnostics import Span
from mati.model.aliases import Alias
from mati.model.conditions import Condition
from mati.model.contact import Contact
from mati.model.notify import Target
from mati.model.options import Scale
from mati.model.pictures import Picture
from mati.model.publish import Publish
from mati.model.text import Text

__all__ = [
    "OWN_SEGMENTS",
    "FollowUp",
    "Hidden",
    "Kiosk",
    "ProjectSettings",
    "ReportSettings",
    "Retention",
    "Reward",
    "Settings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A hidden field: declared ``values`` (code, label) become segments, others are "other".

    Without values the field is free text for piping only (cleaned, at most 60 characters).
    """

    name: str
    label: Text | None = None
    """What reports call it: its name as a word, for translators to say better."""
    values: tuple[tuple[str, Text], ...] = ()
    span: Span


OWN_SEGMENTS = {"language": "mati_lang", "channel": "mati_channel"}
"""What a report can be parted by without a question or hidden field of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """How the report of a survey is shown."""

    public: bool = False
    hide_below: int = 5
    segments: tuple[str, ...] = ()
    trend: str = "month"
    """``week``, ``month`` or ``quarter``: how long one point of a curve is."""
    waves: tuple[date, ...] = ()
    """First days of rounds of asking, the earliest first."""
    themes: tuple[tuple[str, Text], ...] = ()
    """What open answers can be about: code and words, by which whoever reads them sorts them."""
    invited: int | None = None
    """How many people were asked to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """When an answer asks for a call back, and how soon."""

    condition: str = ""
    rule: Condition | None = None
    """The condition as read; None where it says nothing of this survey."""
    within_days: int = 2
    again_days: int | None = None
    """Days until the second contact; None for none."""
    notify: tuple[Target, ...] = ()
    """Whom or what to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk:
    """A device by the door that begins anew for the next person."""

    restart_seconds: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long answers and contacts are kept; None for as long as somebody wants them."""

    answers_days: int | None = None
    contacts_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """What people get for answering, whatever they answer; shown where a text says so."""

    code: str = ""
    text: Text | None = None
    until: date | None = None
    until_span: Span | None = None
    unique: bool = False
    """A code of its own for each response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one survey after the project's defaults were laid under them."""

    lang: str = "en"
    languages: tuple[str, ...] = ()
    send: str = "own"
    send_key: str = ""
    """What stands after the colon of ``send: formspree:KEY``."""
    send_span: Span | None = None
    opens_span: Span | None = None
    opens: datetime | None = None
    """Aware, UTC."""
    closes_span: Span | None = None
    closes: datetime | None = None
    """Aware, UTC; the first moment that is too late."""
    most_answers: int | None = None
    """``max``: complete answers after which the survey closes."""
    hidden: tuple[Hidden, ...] = ()
    prefill: tuple[str, ...] = ()
    save: str = "session"
    """Where a draft is kept: ``session`` until the tab closes, ``device``, or ``no``."""
    steps: bool = False
    """``pages: steps``: one part of the form at a time."""
    aliases: tuple[Alias, ...] = ()
    outdated: str = "show"
    """``show`` or ``source`` for fuzzy translations."""
    report: ReportSettings = ReportSettings()
    follow_up: FollowUp | None = None
    reward: Reward | None = None
    share_title: Text | None = None
    share_text: Text | None = None
    share_image: Picture | None = None
    """The picture shown where the link is posted, in place of one with the survey's words."""
    share_card: bool = True
    """Whether a picture with words is drawn, where it can be."""
    share_kit: bool | None = None
    """Whether the page for passing it on is made; None for what suits their number."""
    share_friend: bool = False
    """Whether the thanks page offers to tell a friend."""
    kiosk: Kiosk | None = None
    retention: Retention = Retention()
    desk_public: bool = False
    """True where the page for answers by telephone stands on the site."""
    accent: str = ""
    """``theme``: accent colour ``#rrggbb``; "" for Mati's own."""
    logo: Picture | None = None
    """The sign of the shop: a picture below ``content/``."""
    radius: str = "medium"
    """How round corners are: ``none``, ``small``, ``medium`` or ``large``."""
    bundled_font: bool = False
    """Whether the site brings letters of Khmer and Lao along."""
    native_digits: bool = False
    """``theme``: numbers on pages in a language's own digits, where it has any."""
    script: bool = True
    """False leaves the script out of the form page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """``mati.yaml``: what holds for the whole site."""

    name: Text | None = None
    """The shop's name, as people read it."""
    url: str = ""
    """Absolute URL of the site, without a slash at its end; "" when not known."""
    url_span: Span | None = None
    timezone: str = ""
    zone: tzinfo | None = None
    """The timezone itself, looked up where the settings were opened."""
    languages: tuple[str, ...] = ()
    """Languages of the site, the first one its source; () where nobody said."""
    scales: tuple[Scale, ...] = ()
    """Answers that many questions share, by name."""
    collect_url: str = ""
    """Absolute URL of the embedded form service for ``send: own``."""
    collect_span: Span | None = None
    collect_notify: tuple[Target, ...] = ()
    """Whom or what to tell how many answers came."""
    defaults: Settings = Settings()
    """Survey settings that hold where a survey says nothing."""
    engine: str = ""
    """What counts the answers; "" for what suits their number."""
    host: str = ""
    """The web host whose control files are written; "" for none."""
    host_span: Span | None = None
    contact: tuple[Contact, ...] = ()
    """Ways to reach the shop, in the order they are shown."""
    publish: Publish | None = None
    """Where ``mati publish`` brings the site; None where nobody said."""
    missing: bool = False
    """There is no ``mati.yaml`` at all."""
    broken: bool = False
    """``mati.yaml`` could not be read: what it would have said is not missed elsewhere."""
    path: str = "mati.yaml"
