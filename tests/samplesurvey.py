"""The sample survey as a model: in a language's words, and with answers to all of it."""

from __future__ import annotations

from functools import cache

from formsite import ROOT

from mati.diagnostics import Notebook
from mati.localise import language, localise
from mati.model import Block, Survey, join
from mati.project import open_project
from mati.reader import read

__all__ = ["LOW", "answers", "sample"]

NAME = "customer-service"
LOW = "2"
"""A rating that opens the branch of the sample."""

TEXTS = {
    "en": "Friendly & quick — 100 % (thank you)",
    "km": "បុគ្គលិករួសរាយ & រហ័ស 100 % សូមអរគុណ",
    "lo": "ພະນັກງານເປັນກັນເອງ & ວ່ອງໄວ 100 % ຂອບໃຈ",
}
PHONE = "012 345 678"


@cache
def sample(code: str) -> Survey:
    """Return the sample survey; its texts are words of the language ``code``."""
    notes = Notebook()
    project = open_project(ROOT, notes)
    source = next(s for s in project.sources if s.path == f"content/{NAME}.md")
    survey = read(source, project.settings, notes)
    assert survey is not None
    words = project.survey_catalog(NAME, code, notes)
    return localise(survey, language(code, survey.language, survey=words))


def answers(code: str) -> dict[str, str]:
    """Return an unhappy customer's answer to every question, by wire name."""
    found = {}
    for question in sample(code).questions:
        match question.block:
            case Block.MATRIX:
                found.update({join(question.id, row.id): LOW for row in question.rows})
            case Block.FIELDS:
                found.update({join(question.id, one.id): TEXTS[code] for one in question.fields})
            case Block.LINES:
                phone = question.input is not None and question.input.kind == "phone"
                found[question.id] = PHONE if phone else TEXTS[code]
            case _:
                found[question.id] = LOW
    return found
