"""The nouns of Mati, frozen. Knows nothing of files or HTML."""

from mati.model.aliases import Alias, code_today, resolve, today
from mati.model.answers import RawRow, Response
from mati.model.autofill import FIELDS, autofills
from mati.model.collect import Collect, CollectLanguage, CollectSurvey
from mati.model.conditions import All, Any, Chosen, Compared, Condition, Not, holds, references
from mati.model.consent import WORDING, consent_texts, wording, wording_hash
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
from mati.model.measures import Measure, Test
from mati.model.names import OWN, RESERVED, join, response_id, spelling, write_in
from mati.model.options import STANDARD, Option, Scale
from mati.model.pages import FormTarget, Output, Page
from mati.model.pictures import Picture, map_pictures, pictures
from mati.model.plain import PlainPage, PlainPart
from mati.model.settings import (
    FollowUp,
    Hidden,
    Kiosk,
    ProjectSettings,
    ReportSettings,
    Retention,
    Reward,
    Settings,
)
from mati.model.slots import Body, Slot
from mati.model.summary import Cell, Collection, Distribution, Figure, QuestionSummary
from mati.model.survey import Block, Field, Input, Prose, Question, Row, Section, Survey
from mati.model.tallies import (
    ASKED,
    RATING_LOOKS,
    asked_of,
    distribution,
    ladder,
    ordered_sides,
    sides_of,
    tallies,
    written,
)
from mati.model.text import Pipe, Text, map_text, texts

__all__ = [
    "ASKED",
    "FIELDS",
    "OWN",
    "RATING_LOOKS",
    "RESERVED",
    "STANDARD",
    "WORDING",
    "Alias",
    "All",
    "Any",
    "Block",
    "Body",
    "Cell",
    "Check",
    "Chosen",
    "Collect",
    "CollectLanguage",
    "CollectSurvey",
    "Collection",
    "Column",
    "Compared",
    "Condition",
    "Distribution",
    "Field",
    "Figure",
    "FollowUp",
    "FormTarget",
    "Goal",
    "Hidden",
    "Input",
    "Kiosk",
    "Line",
    "LinkUse",
    "Measure",
    "Not",
    "Option",
    "Output",
    "Page",
    "Parsed",
    "Picture",
    "Pipe",
    "PlainPage",
    "PlainPart",
    "ProjectSettings",
    "Prose",
    "Question",
    "QuestionKind",
    "QuestionSummary",
    "RawRow",
    "ReportSettings",
    "Response",
    "Retention",
    "Reward",
    "Row",
    "Scale",
    "Section",
    "Settings",
    "Slot",
    "Standard",
    "Survey",
    "Test",
    "Text",
    "asked_of",
    "autofills",
    "code_today",
    "consent_texts",
    "distribution",
    "flag",
    "holds",
    "join",
    "ladder",
    "leads_to",
    "map_pictures",
    "map_text",
    "ordered_sides",
    "parse_columns",
    "parse_lines",
    "pictures",
    "references",
    "resolve",
    "response_id",
    "sides_of",
    "spelling",
    "tallies",
    "texts",
    "today",
    "translate",
    "whole",
    "word",
    "wording",
    "wording_hash",
    "write_in",
    "written",
]
