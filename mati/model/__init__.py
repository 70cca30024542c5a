"""The nouns of Mati, frozen. Knows nothing of files or HTML."""

from mati.model.aliases import Alias, code_today, resolve, today
from mati.model.answers import RawRow, Response
from mati.model.autofill import FIELDS, autofills
from mati.model.bins import Bins, bins_of
from mati.model.callbacks import CallBacks
from mati.model.collect import Collect, CollectFollowUp, CollectLanguage, CollectSurvey
from mati.model.colours import contrast, mix, tint
from mati.model.conditions import (
    All,
    Any,
    Chosen,
    Compared,
    Condition,
    Not,
    holds,
    needs_script,
    references,
)
from mati.model.consent import WORDING, consent_texts, wording, wording_hash
from mati.model.contact import Contact
from mati.model.counted import Counted, Release
from mati.model.entries import Line, parse_lines
from mati.model.kinds import (
    Check,
    Column,
    Parsed,
    QuestionKind,
    Standard,
    flag,
    parse_columns,
    translate,
    whole,
    word,
)
from mati.model.links import Goal, LinkUse, leads_to
from mati.model.measures import UNANSWERED, Measure, Test
from mati.model.names import (
    CODE,
    OWN,
    RESERVED,
    is_language,
    join,
    plain_digits,
    response_id,
    spelling,
    write_in,
)
from mati.model.nearest import nearest, readable
from mati.model.notify import Target
from mati.model.options import STANDARD, Option, Scale
from mati.model.pages import FormTarget, Output, Page
from mati.model.pictures import Picture, map_pictures, pictures
from mati.model.plain import PlainPage, PlainPart
from mati.model.publish import Publish
from mati.model.quotes import Quote, Told
from mati.model.settings import (
    OWN_SEGMENTS,
    FollowUp,
    Hidden,
    Kiosk,
    ProjectSettings,
    ReportSettings,
    Retention,
    Reward,
    Settings,
)
from mati.model.share import Kit, ShareImage
from mati.model.shuffling import mixed_parts, shown_order
from mati.model.slots import Body, Slot
from mati.model.summary import Cell, Collection, Distribution, Figure, QuestionSummary
from mati.model.survey import Block, Field, Input, Prose, Question, Row, Section, Survey
from mati.model.tallies import (
    RATING_LOOKS,
    asked_of,
    distribution,
    ladder,
    ordered_sides,
    own_words,
    sides_of,
    spread,
    tallies,
    written,
)
from mati.model.text import Pipe, Text, map_text, texts
from mati.model.then import AskedThen, PageThen, Then
from mati.model.traces import Change, Groups, Link, Part, Segment, Trace
from mati.model.ways import Way, led, ways

__all__ = [
    "CODE",
    "FIELDS",
    "OWN",
    "OWN_SEGMENTS",
    "RATING_LOOKS",
    "RESERVED",
    "STANDARD",
    "UNANSWERED",
    "WORDING",
    "Alias",
    "All",
    "Any",
    "AskedThen",
    "Bins",
    "Block",
    "Body",
    "CallBacks",
    "Cell",
    "Change",
    "Check",
    "Chosen",
    "Collect",
    "CollectFollowUp",
    "CollectLanguage",
    "CollectSurvey",
    "Collection",
    "Column",
    "Compared",
    "Condition",
    "Contact",
    "Counted",
    "Distribution",
    "Field",
    "Figure",
    "FollowUp",
    "FormTarget",
    "Goal",
    "Groups",
    "Hidden",
    "Input",
    "Kiosk",
    "Kit",
    "Line",
    "Link",
    "LinkUse",
    "Measure",
    "Not",
    "Option",
    "Output",
    "Page",
    "PageThen",
    "Parsed",
    "Part",
    "Picture",
    "Pipe",
    "PlainPage",
    "PlainPart",
    "ProjectSettings",
    "Prose",
    "Publish",
    "Question",
    "QuestionKind",
    "QuestionSummary",
    "Quote",
    "RawRow",
    "Release",
    "ReportSettings",
    "Response",
    "Retention",
    "Reward",
    "Row",
    "Scale",
    "Section",
    "Segment",
    "Settings",
    "ShareImage",
    "Slot",
    "Standard",
    "Survey",
    "Target",
    "Test",
    "Text",
    "Then",
    "Told",
    "Trace",
    "Way",
    "asked_of",
    "autofills",
    "bins_of",
    "code_today",
    "consent_texts",
    "contrast",
    "distribution",
    "flag",
    "holds",
    "is_language",
    "join",
    "ladder",
    "leads_to",
    "led",
    "map_pictures",
    "map_text",
    "mix",
    "mixed_parts",
    "nearest",
    "needs_script",
    "ordered_sides",
    "own_words",
    "parse_columns",
    "parse_lines",
    "pictures",
    "plain_digits",
    "readable",
    "references",
    "resolve",
    "response_id",
    "shown_order",
    "sides_of",
    "spelling",
    "spread",
    "tallies",
    "texts",
    "tint",
    "today",
    "translate",
    "ways",
    "whole",
    "word",
    "wording",
    "wording_hash",
    "write_in",
    "written",
]
